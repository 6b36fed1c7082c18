package behavior

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"rollcall/mockserver/defect"
	"rollcall/mockserver/rule"
)

// listDefects lists every way to break every requirement: three for each refusal,
// one for each setting, the rows of the table, and those derived from the document.
func listDefects(p *Plan) ([]defect.Defect, error) {
	l := &lister{compiler: &compiler{Plan: p}, seen: map[string]bool{}}
	for _, row := range p.API.Rules {
		l.rule(row)
	}
	for _, c := range p.API.Claims {
		l.refusal(c.Requirement)
	}
	l.settings(reflect.ValueOf(p.API.Enforces))
	l.settings(reflect.ValueOf(p.API.Refuses))
	l.settings(reflect.ValueOf(p.API.Media))
	l.settings(reflect.ValueOf(p.API.Unknown))
	for i := range p.API.Resources {
		l.settings(reflect.ValueOf(p.API.Resources[i]))
	}
	for _, o := range p.API.Operations {
		l.settings(reflect.ValueOf(o))
		l.settings(reflect.ValueOf(o.Verb))
	}
	for _, d := range p.API.Breaks {
		for _, o := range d.Operations {
			if _, ok := p.operations[o]; !ok {
				l.complain("break %s names operation %q, which has no row", d.ID(), o)
			}
		}
		l.add(d)
	}
	for _, d := range derive(p.Contract, p.API.Never) {
		l.add(d)
	}
	l.excused()
	return l.sorted(), errors.Join(l.wrong...)
}

// excused checks that every defect that the table excuses is known.
func (l *lister) excused() {
	for _, id := range slices.Sorted(maps.Keys(l.API.Excuses)) {
		requirement, _, defects := strings.Cut(id, "/")
		l.requires(requirement, "an excuse")
		if defects && !l.seen[id] {
			l.complain("an excuse names defect %q, which there is not; `rollcall list defects` prints them all", id)
		}
	}
}

type lister struct {
	*compiler
	all  []defect.Defect
	seen map[string]bool
}

func (l *lister) add(d defect.Defect) {
	l.requires(d.Requirement, "defect "+d.ID())
	if d.Excuse == "" {
		d.Excuse = l.API.Excuses[d.ID()]
	}
	if !l.seen[d.ID()] {
		l.seen[d.ID()] = true
		l.all = append(l.all, d)
	}
}

func (l *lister) refusal(requirement string) {
	l.add(defect.Defect{Requirement: requirement, Op: defect.Omit})
	l.add(defect.Defect{Requirement: requirement, Op: defect.Code})
	if l.writes(requirement) {
		l.add(defect.Defect{Requirement: requirement, Op: defect.Dirty})
	}
}

// writes tells whether an operation of the requirement writes: a refused read
// has nothing to be dirty with.
func (l *lister) writes(requirement string) bool {
	r, ok := l.Contract.Requirement(requirement)
	return ok && slices.ContainsFunc(r.Operations, func(id string) bool {
		o, ok := l.operations[id]
		return ok && o.Verb.Writes()
	})
}

func (l *lister) rule(row Rule) {
	if row.Requirement == "" {
		return // nobody asks for it: it can't be broken in anybody's name
	}
	if _, refuses := row.Kind.(rule.Check); refuses {
		l.refusal(row.Requirement)
	} else {
		l.add(defect.Defect{Requirement: row.Requirement, Op: defect.Omit})
	}
	l.asked(reflect.ValueOf(row.Kind))
}

// asked finds the requirements that a rule kind names besides its row's own:
// its text fields that are ids of the catalogue.
func (l *lister) asked(v reflect.Value) {
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			l.asks(f.String())
		case reflect.Slice:
			for j := range f.Len() {
				if f.Index(j).Kind() == reflect.String {
					l.asks(f.Index(j).String())
				}
			}
		}
	}
}

func (l *lister) asks(id string) {
	if _, ok := l.Contract.Requirement(id); ok {
		l.add(defect.Defect{Requirement: id, Op: defect.Omit})
	}
}

// settings finds the By members of a row, at any depth.
func (l *lister) settings(v reflect.Value) {
	switch {
	case !v.IsValid():
	case v.Type() == reflect.TypeFor[By]():
		if v.String() != "" {
			l.add(defect.Defect{Requirement: v.String(), Op: defect.Omit})
		}
	case v.Type() == reflect.TypeFor[Denies]():
		if v.String() != "" {
			l.refusal(v.String())
		}
	case v.Kind() == reflect.Interface:
		l.settings(v.Elem())
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				l.settings(v.Field(i))
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			l.settings(v.Index(i))
		}
	}
}

func (l *lister) sorted() []defect.Defect {
	rank := map[string]int{}
	for i, r := range l.Contract.Requirements {
		rank[r.ID] = i
	}
	slices.SortStableFunc(l.all, func(a, b defect.Defect) int { return rank[a.Requirement] - rank[b.Requirement] })
	return l.all
}

// Unbreakable lists the requirements without a defect and without a written
// reason, after what is wrong with the defects, for the linter.
func (p *Plan) Unbreakable() []string {
	all, err := p.Defects()
	var missing []string
	if err != nil {
		missing = strings.Split(err.Error(), "\n")
	}
	has := map[string]bool{}
	for _, d := range all {
		has[d.Requirement] = true
	}
	for _, r := range p.Contract.Requirements {
		if !has[r.ID] && p.API.Excuses[r.ID] == "" {
			missing = append(missing, fmt.Sprintf("%s: no defect breaks it, and the table gives no reason", r.ID))
		}
	}
	return missing
}
