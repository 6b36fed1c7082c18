package contract

import (
	"net/http"
	"slices"
	"strings"
)

// What the rows demand that follow from what a behavior says of a resource. With prefix and
// resource they are a requirement's id, as in SHED-TOOL-HIDDEN.
const (
	RowHidden   = "HIDDEN"   // what is kept to itself is in no answer
	RowComputed = "DERIVED-" // with the member: it follows from other records
	RowOwner    = "OWNER"    // another caller's record is not found
	RowOwned    = "OWNED"    // a list holds the caller's own records
	RowGone     = "GONE"     // a deleted record is in no list
	RowShown    = "SHOWN"    // but where a parameter asks for it
)

// rowScope is the requirement that callers without a scope are refused; it is of the whole contract.
const rowScope = "SCOPE"

// RowOn gives the requirement that what a behavior says of a resource brings; nil where it brings none.
func (c *Contract) RowOn(resource, what string) *Requirement {
	return c.requirements[c.Prefix+"-"+strings.ToUpper(resource)+"-"+what]
}

// ScopeRow gives the requirement that callers without a scope are refused; nil where every caller has them all.
func (c *Contract) ScopeRow() *Requirement { return c.requirements[c.Prefix+"-"+rowScope] }

// resourceRows are the rows of what is said of the resources, and of who may call.
func resourceRows(c *Contract, b *Behavior) (all []*Requirement) {
	add := func(of Origin, id, text string, expect Expect, operations []string) {
		if len(operations) > 0 {
			all = append(all, &Requirement{ID: c.Prefix + "-" + id, Level: of.Level(), Decides: of.Decides(),
				Operations: operations, Text: text, Source: of.source(b), Expect: expect, Line: of.lineOr(1),
				file: of.fileOr(b, c)})
		}
	}
	if operations, of := scopedOperations(c, b); len(operations) > 0 {
		op, _ := c.Operation(operations[0])
		add(of, rowScope, "A caller without the scope is refused, and nothing is done.",
			statusOr(b.Auth.Scope, op, http.StatusForbidden, http.StatusUnauthorized, http.StatusNotFound), operations)
	}
	for _, r := range b.Resources {
		name := strings.ToUpper(r.Name) + "-"
		if len(r.Hidden) > 0 {
			add(r.Origin, name+RowHidden, "No answer has the "+strings.Join(r.Hidden, ", ")+" of a "+r.Name+".", Expect{},
				b.showing(r))
		}
		for _, d := range r.Computed {
			add(
				d.Origin,
				name+RowComputed+d.Member,
				"The "+d.Member+" of a "+r.Name+" follows "+d.from()+".",
				Expect{},
				b.reading(r),
			)
		}
		if o := b.Auth.Owner; o != nil && slices.Contains(o.Of, r.Name) && b.Stranger() != nil {
			add(o.Origin, name+RowOwner, "A "+r.Name+" of another "+o.Member+" is not found.",
				Expect{Status: o.Others, Accept: []int{o.Others}},
				b.acting(r, VerbGet, VerbUpdate, VerbReplace, VerbDelete, VerbAction))
			add(
				o.Origin,
				name+RowOwned,
				"The list holds each "+r.Name+" of the caller's own "+o.Member+", and no other.",
				Expect{},
				b.acting(r, VerbList),
			)
		}
		if r.Soft != nil && len(b.acting(r, VerbDelete)) > 0 {
			add(r.Soft.Origin, name+RowGone, "A "+r.Name+" that was deleted is in no list.", Expect{}, b.acting(r, VerbList))
			if r.Soft.Param != "" {
				add(
					r.Soft.Origin,
					name+RowShown,
					"With "+r.Soft.Param+"=true the list holds a deleted "+r.Name+", too.",
					Expect{},
					withParameter(c, b.acting(r, VerbList), r.Soft.Param),
				)
			}
		}
	}
	return all
}

func (d Computed) from() string {
	if d.Count != "" {
		return "from how many of " + d.Count + " name it by " + d.By
	}
	return "the " + d.Copy + " of the " + d.Of + " that " + d.By + " names"
}

// statusOr is the refusal with a status that was said, else the first of those that the operation documents.
func statusOr(said int, op *Operation, statuses ...int) Expect {
	if said != 0 {
		return Expect{Status: said, Accept: []int{said}}
	}
	return Refusal(op, statuses...)
}

// acting are the operations with one of the verbs on a resource.
func (b *Behavior) acting(r *Resource, verbs ...Verb) (all []string) {
	for _, a := range b.Operations {
		if a.Resource == r.Name && slices.Contains(verbs, a.Verb) {
			all = append(all, a.Operation)
		}
	}
	return all
}

// showing are the operations that answer with records of a resource.
func (b *Behavior) showing(r *Resource) []string {
	return b.acting(r, VerbList, VerbGet, VerbCreate, VerbUpdate, VerbReplace)
}

// reading is the operation that shows one record, else those that list it.
func (b *Behavior) reading(r *Resource) []string {
	if gets := b.acting(r, VerbGet); len(gets) > 0 {
		return gets[:1]
	}
	return b.acting(r, VerbList)
}

func withParameter(c *Contract, among []string, name string) (all []string) {
	for _, id := range among {
		op, _ := c.Operation(id)
		if op != nil &&
			slices.ContainsFunc(op.Parameters, func(p *Parameter) bool { return p.Name == name && p.In == "query" }) {
			all = append(all, id)
		}
	}
	return all
}

// Lacks says whether a caller has not the scopes of any set that the operation asks for.
func (w Caller) Lacks(op *Operation) bool {
	return len(op.Needs) > 0 && !slices.ContainsFunc(op.Needs, func(set []Need) bool {
		return !slices.ContainsFunc(set, func(n Need) bool {
			return slices.ContainsFunc(n.Scopes, func(s string) bool { return !slices.Contains(w.Scopes, s) })
		})
	})
}

// Lacking is the first caller without the scope of an operation that the default one may call; nil
// where there is none.
func (b *Behavior) Lacking(op *Operation) *Caller {
	for i, w := range b.Auth.Personas {
		if i > 0 && w.Lacks(op) && !b.Auth.Personas[0].Lacks(op) {
			return &b.Auth.Personas[i]
		}
	}
	return nil
}

// scopedOperations are those that some caller lacks the scope of, and where such a caller is named.
func scopedOperations(c *Contract, b *Behavior) (all []string, of Origin) {
	for _, op := range c.Operations {
		if w := b.Lacking(op); w != nil {
			all, of = append(all, op.ID), w.Origin
		}
	}
	return all, of
}

// Stranger is the first caller whose records are not the default one's, and who may do all that
// the default one may; nil where there is none.
func (b *Behavior) Stranger() *Caller {
	o, all := b.Auth.Owner, b.Auth.Personas
	for i := 1; o != nil && i < len(all); i++ {
		own := all[i].Info[o.Member]
		missing := func(s string) bool { return !slices.Contains(all[i].Scopes, s) }
		if own != "" && own != all[0].Info[o.Member] && !slices.ContainsFunc(all[0].Scopes, missing) {
			return &all[i]
		}
	}
	return nil
}
