package contract

import (
	"net/http"
	"slices"
	"strings"
)

// listDemands are the rows of a list.
func listDemands(a *Act, r *Resource) (all []actDemand) {
	add := func(what, text string) {
		all = append(all, actDemand{what: what, text: strings.ReplaceAll(text, "RECORD", r.Name)})
	}
	add(RowListed, "The list holds a RECORD that was created, once.")
	if len(r.Order) > 0 {
		add(RowOrdered, "The list is in the order of "+strings.Join(r.Order, ", ")+".")
	}
	if l := a.List; l != nil {
		if l.Paging != nil {
			add(RowPaged, "The pages together hold each RECORD once.")
		}
		if l.Sort.Stated() {
			add(RowSorted, "The list is in the order of the member that "+l.Sort.Param+" names, the other way round with -.")
		}
		for _, f := range l.Filters {
			add(RowFilter+f.Param, "The list by "+f.Param+" holds each RECORD that passes, and no other.")
		}
	}
	return all
}

// creationDemands are the rows of an operation that makes records.
func creationDemands(r *Resource) []actDemand {
	all := []actDemand{
		{what: RowStored, text: "A " + r.Name + " that was created is there, with what was sent."},
		{what: RowServer, text: "Members that the server makes are not taken from the one who creates a " + r.Name + "."},
	}
	if r.ID.Make == MakeGiven {
		all = append(all, actDemand{RowKey, "A " + r.Name + " with an id that is taken is refused.",
			[]int{http.StatusConflict, http.StatusUnprocessableEntity, http.StatusBadRequest}})
	}
	return all
}

// severalDemands are the rows of an operation that makes several records in one call.
func severalDemands(b *Behavior, a *Act, r *Resource) []actDemand {
	all := append(creationDemands(r), actDemand{what: RowSeveral,
		text: "Each " + r.Name + " of a call with several is made, once."})
	if one := b.Refuser(a); one != nil {
		statuses := statusesOf(one.Kind)
		if one.Refuse != 0 {
			statuses = []int{one.Refuse}
		}
		all = append(all, actDemand{RowAtomic, "Where a " + r.Name + " of several is refused, none of them is made.", statuses})
	}
	return all
}

// Input is the schema of the record in the body of the act's operation, nil where it has none.
func (a *Act) Input(op *Operation) *Schema {
	if op.Body == nil || op.Body.Schema == nil {
		return nil
	}
	s := op.Body.Schema
	name, list := strings.CutSuffix(a.Sent, "[]")
	if name != "" {
		s, _ = s.Property(name)
	}
	if list && s != nil {
		s = s.Items
	}
	return s
}

// ServerMembers are the members that the server makes of a record, and that the body of the act's operation does
// not have.
func (b *Behavior) ServerMembers(a *Act, op *Operation) (names []string) {
	r, ok := b.Resource(a.Resource)
	if !ok {
		return nil
	}
	add := func(name string) {
		sent, takes := a.Input(op).Property(name)
		shown, shows := r.Schema.Property(name)
		takes, shows = takes && !sent.ReadOnly, r.Schema == nil || shows && !shown.WriteOnly
		if name != "" && !slices.Contains(names, name) && !slices.Contains(r.Hidden, name) && shows && !takes {
			names = append(names, name)
		}
	}
	if r.ID.Make != MakeGiven {
		add(r.ID.Member)
	}
	for _, s := range r.Stamps {
		add(s.Member)
	}
	for _, one := range b.Rules {
		if one.On == r.Name && one.Kind == RuleSequence {
			add(one.Member)
		}
	}
	for _, d := range r.Computed {
		add(d.Member)
	}
	for _, p := range r.Schema.Flat() {
		if p.Schema.ReadOnly {
			add(p.Name)
		}
	}
	return names
}

// Makes says whether an operation makes new records, one or several.
func (a *Act) Makes() bool { return a.Verb == VerbCreate || a.Verb == VerbBulk && a.Several }

// bindingDemands are the rows of an operation that binds records to another, frees or lists them.
func bindingDemands(b *Behavior, a *Act, missing []int) []actDemand {
	all := []actDemand{{RowParent, "A " + a.Under + " that does not exist is not found.", missing}}
	listed := len(b.Bindings(a, VerbList)) > 0
	switch {
	case a.Verb == VerbList:
		return append(all, actDemand{what: RowWithin,
			text: "The list holds each " + a.Resource + " that is bound to the " + a.Under + ", and no other."})
	case listed && a.Verb == VerbRelate:
		all = append(all, actDemand{what: RowBound,
			text: "A " + a.Resource + " that was bound to a " + a.Under + " is listed there, once, and nowhere else."})
	case listed && len(b.Bindings(a, VerbRelate)) > 0:
		all = append(all, actDemand{what: RowFreed, text: "A " + a.Resource + " that was freed of a " + a.Under +
			" is no longer listed there, and is there itself."})
	}
	if a.Named != "" {
		missing = statusesOf(RuleReference)
	}
	return append(all, actDemand{RowFound, "A " + a.Resource + " that does not exist is not found.", missing})
}
