// Package mutants lists all the ways in which a table can be broken on purpose: what a mock may be
// served with, and what a suite has to notice. It reads a compiled table and adds nothing to it.
//
// It is no API: it serves the packages beside it, and may change with any version.
package mutants

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/rule"
	"rollcall/specs/contract"
)

// List lists every way to break every requirement, in catalogue order: three for each refusal,
// one for each setting, the rows of the table, and those derived from the document. There are
// thousands, and a server that breaks nothing needs none. The error is all that is wrong in what the
// table says of them: a break of an operation, an excuse of a defect, or a requirement that does
// not exist.
func List(p *behavior.Plan) ([]defect.Defect, error) {
	l := &lister{Plan: p, seen: map[string]bool{}}
	for _, row := range p.API.Rules {
		l.rule(row)
	}
	for _, c := range p.API.Attributions {
		l.refusal(c.Requirement)
	}
	l.settings(reflect.ValueOf(p.API.Uses))
	l.settings(reflect.ValueOf(p.API.Enforces))
	l.settings(reflect.ValueOf(p.API.Refuses))
	l.settings(reflect.ValueOf(p.API.Media))
	l.settings(reflect.ValueOf(p.API.Unknown))
	for i := range p.API.Resources {
		l.settings(reflect.ValueOf(p.API.Resources[i]))
	}
	for _, o := range p.API.Operations {
		l.only = []string{o.ID}
		l.settings(reflect.ValueOf(o))
		l.settings(reflect.ValueOf(o.Verb))
		l.only = nil
	}
	for _, d := range p.API.Breaks {
		for _, o := range d.Operations {
			if _, ok := p.Operation(o); !ok {
				l.complain("break %s names operation %q, which has no row", d.ID(), o)
			}
		}
		l.add(d)
	}
	for _, d := range append(ofDocument(p.Contract, p.API.Never), ofKept(p.Contract, p.API.Kept)...) {
		l.add(d)
	}
	l.excused()
	return l.sorted(), errors.Join(l.wrong...)
}

// excused checks that every defect that the table excuses is known.
func (l *lister) excused() {
	for _, id := range slices.Sorted(maps.Keys(l.API.Excuses)) {
		requirement, _, defects := strings.Cut(id, "/")
		requirement, _, _ = strings.Cut(requirement, "@")
		l.requires(requirement, "an excuse")
		if defects && !l.seen[id] {
			l.complain("an excuse names defect %q, which there is not; `rollcall list defects` prints them all", id)
		}
	}
}

type lister struct {
	*behavior.Plan
	wrong []error
	only  []string // the operations whose own settings are being listed
	all   []defect.Defect
	seen  map[string]bool
}

func (l *lister) complain(format string, args ...any) {
	l.wrong = append(l.wrong, fmt.Errorf("%s: "+format, append([]any{l.API.Contract}, args...)...))
}

// requires checks that a requirement named in the table is in the catalogue.
func (l *lister) requires(id, where string) {
	if _, ok := l.Contract.Requirement(id); ok || id == "" {
		return
	}
	ids := make([]string, 0, len(l.Contract.Requirements))
	for _, r := range l.Contract.Requirements {
		ids = append(ids, r.ID)
	}
	hint := ""
	if n := contract.Nearest(id, ids); n != "" {
		hint = "; did you mean " + n + "?"
	}
	l.complain("%s names requirement %q, which the catalogue does not have%s", where, id, hint)
}

func (l *lister) add(d defect.Defect) {
	l.requires(d.Requirement, "defect "+d.ID())
	if d.Excuse == "" {
		d.Excuse = cmp.Or(l.API.Excuses[d.ID()], l.API.Excuses[d.Requirement])
	}
	if d.Excuse == "" && l.API.Excused != nil {
		d.Excuse = l.API.Excused(d)
	}
	if !l.seen[d.ID()] {
		l.seen[d.ID()] = true
		l.all = append(l.all, d)
	}
}

func (l *lister) refusal(requirement string, operations ...string) {
	l.each(requirement, defect.Omit, operations)
	l.each(requirement, defect.Code, operations)
	l.each(requirement, defect.Dirty, operations)
}

// each breaks the requirement in each of the operations by itself: those given, else all
// that it names. So every pair of requirement and operation has to have a case. A refused
// read has nothing to be dirty with.
func (l *lister) each(requirement string, op defect.Op, operations []string) {
	r, ok := l.Contract.Requirement(requirement)
	if !ok {
		l.add(defect.Defect{Requirement: requirement, Op: op}) // which is complained of
		return
	}
	if operations = append(operations, l.only...); len(operations) == 0 {
		operations = r.Operations
	}
	for _, id := range r.Operations {
		if len(r.Operations) > 1 && !slices.Contains(operations, id) || op == defect.Dirty && !l.writes(id) {
			continue
		}
		d := defect.Defect{Requirement: requirement, Op: op, OfRule: true}
		if len(r.Operations) > 1 {
			d.Name, d.Operations = string(op)+"@"+id, []string{id}
		}
		l.add(d)
	}
}

func (l *lister) writes(operation string) bool {
	o, ok := l.Operation(operation)
	return ok && o.Verb.Writes()
}

// rule lists the defects of a rule, in the operations that it is about and that write.
func (l *lister) rule(row behavior.Rule) {
	if row.Requirement == "" {
		return // nobody asks for it: it can't be broken in anybody's name
	}
	var writing []string
	if r, ok := l.Contract.Requirement(row.Requirement); ok {
		for _, id := range r.Operations {
			if l.writes(id) && (len(row.Operations) == 0 || slices.Contains(row.Operations, id)) {
				writing = append(writing, id)
			}
		}
	}
	if _, refuses := row.Kind.(rule.Check); refuses {
		l.refusal(row.Requirement, writing...)
	} else {
		l.each(row.Requirement, defect.Omit, writing)
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
		l.each(id, defect.Omit, nil)
	}
}

// settings finds the By and Denies members of a row, at any depth.
func (l *lister) settings(v reflect.Value) { (&search{l, map[any]bool{}}).in(v) }

// search goes through one row. What it has come to is not gone through again: a row may have
// schemas, which lead to each other on many ways.
type search struct {
	*lister
	seen map[any]bool
}

func (l *search) in(v reflect.Value) {
	switch {
	case !v.IsValid():
	case v.Type() == reflect.TypeFor[behavior.By]():
		if v.String() != "" {
			l.each(v.String(), defect.Omit, nil)
		}
	case v.Type() == reflect.TypeFor[behavior.Denies]():
		if v.String() != "" {
			l.refusal(v.String())
		}
	case v.Kind() == reflect.Pointer && !v.IsNil() && l.seen[v.UnsafePointer()]:
	case v.Kind() == reflect.Interface, v.Kind() == reflect.Pointer:
		if v.Kind() == reflect.Pointer {
			l.seen[v.UnsafePointer()] = true
		}
		l.in(v.Elem())
	case v.Kind() == reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			l.in(v.MapIndex(key))
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				l.in(v.Field(i))
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			l.in(v.Index(i))
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

// Unbreakable lists the pairs of requirement and operation without a defect and without
// a written reason (of "ID" or "ID@operation"), after what is wrong with the defects, for the linter.
func Unbreakable(p *behavior.Plan) []string {
	all, err := List(p)
	var missing []string
	if err != nil {
		missing = strings.Split(err.Error(), "\n")
	}
	has := map[[2]string]bool{}
	for _, d := range all {
		for _, op := range acts(p, d) {
			has[[2]string{d.Requirement, op}] = true
		}
	}
	for _, r := range p.Contract.Requirements {
		for _, op := range r.Operations {
			if !has[[2]string{r.ID, op}] && p.API.Excuses[r.ID]+p.API.Excuses[r.ID+"@"+op] == "" {
				missing = append(missing, fmt.Sprintf("%s: no defect breaks it on %s alone, and the table gives no reason", r.ID,
					op))
			}
		}
	}
	return missing
}

// acts lists the operations in which a defect shows by itself: one that breaks several at
// once proves none of them.
func acts(p *behavior.Plan, d defect.Defect) []string {
	r, ok := p.Contract.Requirement(d.Requirement)
	switch {
	case len(d.Operations) == 1:
		return d.Operations
	case ok && len(r.Operations) == 1:
		return r.Operations
	}
	return nil
}

// Declared tells whether a row of the table gives a requirement a defect of its own rule or
// setting: "omit" when it is asked about, "code" when it refuses.
func Declared(p *behavior.Plan) func(requirement string, op defect.Op) bool {
	type declaration struct {
		requirement string
		op          defect.Op
	}
	declared := sync.OnceValue(func() map[declaration]bool {
		all, _ := List(p) // what is wrong with it is told where defects are asked for
		out := map[declaration]bool{}
		for _, d := range all {
			if d.OfRule {
				out[declaration{d.Requirement, d.Op}] = true
			}
		}
		return out
	})
	return func(requirement string, op defect.Op) bool { return declared()[declaration{requirement, op}] }
}
