package contract

import (
	"fmt"
	"net/http"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// What the rows demand that a behavior's verbs bring with them. With prefix and operation
// they are a requirement's id, as in SHOP-getBook-FOUND.
const (
	RowFound   = "FOUND"    // what is not there is not found
	RowParent  = "PARENT"   // nor is what stands under something that is not there
	RowOwn     = "OWN"      // what stands under another parent is not found
	RowStored  = "STORED"   // what was created is read as it was sent
	RowServer  = "SERVER"   // the server's members are not taken from the client
	RowPartial = "PARTIAL"  // members that are not sent stay
	RowWhole   = "WHOLE"    // members that are not sent are gone
	RowTouched = "TOUCHED"  // an update moves the time of the last change
	RowOnce    = "ONCE"     // what is there is replaced, and is there once
	RowKey     = "KEY"      // an id that is taken is refused
	RowListed  = "LISTED"   // the list holds what was created
	RowWithin  = "WITHIN"   // the list holds the records of its parent alone
	RowPaged   = "PAGED"    // the pages together are the whole list, no record twice
	RowFilter  = "FILTER-"  // with the parameter: the list holds what passes
	RowOrdered = "ORDERED"  // the list is in its order
	RowBound   = "BOUND"    // what was bound is listed there
	RowFreed   = "FREED"    // what was freed is not
	RowUntied  = "UNTIED"   // what was deleted is bound to nothing when it is there again
	RowSeveral = "SEVERAL"  // each of several is made
	RowAtomic  = "ATOMIC"   // where one of several is refused, none is made
	RowDone    = "DONE"     // the action sets what it is to set
	RowSorted  = "SORTED"   // the list is in the order that is asked for
	RowInclude = "INCLUDE-" // with the name: the record that is named comes along
)

// Behave gives the contract what is behind its operations, and the catalogue the rows that
// follow from it. It must be called once, before the contract is used.
func (c *Contract) Behave(b *Behavior) {
	c.Behavior = b
	c.settleActs(b)
	rows := behaviorRows(c, b)
	for _, q := range rows {
		q.Text = articleBefore.ReplaceAllString(q.Text, "${1}n$2")
	}
	c.Requirements = slices.Concat(rows, c.Requirements)
	c.index()
}

// articleBefore is an article that the name after it, which is the user's own, wants longer.
var articleBefore = regexp.MustCompile(`\b([Aa])( [aeio])`)

// RowOf gives the requirement that a verb brings to an operation; nil where it brings none.
func (c *Contract) RowOf(operation, what string) *Requirement {
	return c.requirements[c.Prefix+"-"+operation+"-"+what]
}

func behaviorRows(c *Contract, b *Behavior) (all []*Requirement) {
	for _, act := range b.Operations {
		op, ok := c.Operation(act.Operation)
		if !ok {
			continue
		}
		for _, d := range actDemands(b, act) {
			if d.what == RowServer && len(b.ServerMembers(act, op)) == 0 {
				continue // there is none that anybody could send
			}
			all = append(
				all,
				&Requirement{ID: c.Prefix + "-" + op.ID + "-" + d.what, Level: act.Level(), Decides: act.Decides(),
					Operations: []string{
						op.ID,
					}, Text: d.text, Source: act.source(b), Expect: d.expect(op), Line: act.lineOr(op.Line),
					file: act.fileOr(b, c)},
			)
		}
	}
	all = append(all, resourceRows(c, b)...)
	for _, r := range b.Rules {
		row := ruleRow(c, b, r)
		all = append(all, row)
		for _, p := range r.parts() {
			part := *row
			part.ID, part.Text, part.Expect = row.ID+"-"+p.name, p.text, Expect{}
			if len(p.verbs) > 0 {
				part.Operations = operationsOf(b, row.Operations, p.verbs...)
			}
			if len(part.Operations) > 0 {
				all = append(all, &part)
			}
		}
	}
	return all
}

// source says who demands what an act or rule does.
func (o Origin) source(b *Behavior) string {
	if o.Stated() {
		return fmt.Sprintf("stated: %s:%d", path.Base(b.File), o.Line)
	}
	return "inferred: " + o.Why
}

func (o Origin) lineOr(line int) int {
	if o.Stated() {
		return o.Line
	}
	return line
}

// fileOr is where the line is: in the behavior's file, or in the document.
func (o Origin) fileOr(b *Behavior, c *Contract) string {
	if o.Stated() {
		return filepath.ToSlash(b.File)
	}
	for _, q := range c.Requirements {
		if q.Check != "" {
			return q.file
		}
	}
	return ""
}

// actDemand is one row that a verb brings with it.
type actDemand struct {
	what, text string
	statuses   []int // of a refusal, the first that is documented; none: it is no refusal
}

func (d actDemand) expect(op *Operation) Expect {
	if len(d.statuses) == 0 {
		return Expect{}
	}
	return Refusal(op, d.statuses...)
}

// Refusal gives the status of a refusal: the first of those that the operation documents, and
// where it documents none the first, with any other 4xx as good.
func Refusal(op *Operation, statuses ...int) Expect {
	for _, s := range statuses {
		if slices.ContainsFunc(op.Responses, func(r *Response) bool { return r.Status == s }) {
			return Expect{Status: s, Accept: []int{s, 4}}
		}
	}
	return Expect{Status: statuses[0], Accept: []int{4}, Open: true}
}

func actDemands(b *Behavior, a *Act) (all []actDemand) {
	r, ok := b.Resource(a.Resource)
	if !ok {
		return nil
	}
	missing := []int{http.StatusNotFound, http.StatusGone, http.StatusForbidden, http.StatusBadRequest}
	add := func(what, text string, statuses ...int) {
		all = append(all, actDemand{what, strings.ReplaceAll(text, "RECORD", r.Name), statuses})
	}
	switch a.Verb {
	case VerbGet, VerbUpdate, VerbReplace, VerbDelete, VerbAction:
		add(RowFound, "A RECORD that does not exist is not found.", missing...)
	}
	switch {
	case b.Bound(a):
		all = append(all, bindingDemands(b, a, missing)...)
	case r.Parent != nil && len(a.Params) > 0 && (a.Verb == VerbList || a.Makes() || len(a.Params) > 1):
		add(RowParent, "A RECORD of something that does not exist is not found.", missing...)
		switch a.Verb {
		case VerbGet, VerbUpdate, VerbReplace, VerbDelete:
			add(RowOwn, "A RECORD that stands under another parent is not found.", missing...)
		case VerbList:
			add(RowWithin, "The list holds the records of its parent alone.")
		}
	}
	switch a.Verb {
	case VerbCreate:
		all = append(all, creationDemands(r)...)
	case VerbBulk:
		if a.Several {
			all = append(all, severalDemands(b, a, r)...)
		}
	case VerbUpdate:
		add(RowPartial, "Members of a RECORD that are not sent stay as they are.")
	case VerbDelete:
		if len(b.Tied(r)) > 0 {
			add(RowUntied, "A RECORD that was deleted is bound to nothing when one with its id is there again.")
		}
	case VerbReplace:
		add(RowWhole, "A RECORD has what was sent, and nothing of what it had before.")
	case VerbUpsert:
		add(RowStored, "A RECORD that is not there is made, with what was sent.")
		add(RowOnce, "A RECORD that is there is replaced, and is no second one.")
		add(RowWhole, "A RECORD has what was sent, and nothing of what it had before.")
	case VerbList:
		all = append(all, listDemands(a, r)...)
	}
	for _, one := range a.Includes {
		add(RowInclude+one.Name, "With "+one.Param+"="+one.Name+" the "+one.Of+" comes along that "+one.By+" names.")
	}
	if len(a.Set) > 0 {
		add(RowDone, "The RECORD has what the action sets.")
	}
	moves := slices.ContainsFunc(r.Stamps, func(s MemberStamp) bool { return s.Changed })
	if moves && (a.Verb == VerbUpdate || a.Verb == VerbReplace || a.Verb == VerbUpsert) {
		add(RowTouched, "A change moves the time of the last change of a RECORD, and no other time.")
	}
	return all
}

// What a rule demands besides, each a row of its own.
const (
	PartSelf = "SELF" // a record's own value is no conflict
	PartFold = "FOLD" // letter case makes no difference
)

type rulePart struct {
	name, text string
	verbs      []Verb // of the operations that it is about; nil means all of the rule
}

func (r *Rule) parts() (all []rulePart) {
	if r.Kind == RuleUnique {
		all = append(all, rulePart{PartSelf, fmt.Sprintf("The own %s of a %s is no conflict with itself.", r.Member, r.On),
			[]Verb{VerbUpdate, VerbReplace, VerbUpsert}})
		if r.Fold {
			text := fmt.Sprintf("Two of %s that differ in letter case are the same.", r.Member)
			all = append(all, rulePart{PartFold, text, nil})
		}
	}
	return all
}

// Part gives the requirement of a part of the rule.
func (r *Rule) Part(name string) string { return r.ID + "-" + name }

func operationsOf(b *Behavior, among []string, verbs ...Verb) (found []string) {
	for _, id := range among {
		if a, ok := b.Act(id); ok && slices.Contains(verbs, a.Verb) {
			found = append(found, id)
		}
	}
	return found
}

// statusesOf lists the statuses that a broken rule may have, the most usual first.
func statusesOf(kind RuleKind) []int {
	switch kind {
	case RuleReference, RuleRequired, RuleOrdered, RuleImmutable:
		return []int{http.StatusUnprocessableEntity, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict}
	case RuleSequence, RuleExclusive, RuleCascade:
		return nil
	}
	return []int{http.StatusConflict, http.StatusUnprocessableEntity, http.StatusBadRequest}
}

// ruleRow is the row of a rule, in the operations that it concerns.
func ruleRow(c *Contract, b *Behavior, r *Rule) *Requirement {
	q := &Requirement{ID: r.ID, Level: r.Level, Decides: DecidesVerdict, Text: r.Text, Source: r.source(b), Line: r.Line,
		file: r.fileOr(b, c)}
	if q.Level == "" {
		q.Level = Must
	}
	if q.ID == "" {
		words := []string{c.Prefix, strings.ToUpper(r.On), strings.ToUpper(string(r.Kind)), r.about()}
		q.ID = strings.TrimSuffix(strings.Join(words, "-"), "-")
		r.ID = q.ID
	}
	if q.Text == "" {
		q.Text = r.sentence()
	}
	for _, a := range b.Operations {
		if (len(r.In) == 0 || slices.Contains(r.In, a.Operation)) && r.concerns(a) && !b.refusesAnyway(r, a) {
			q.Operations = append(q.Operations, a.Operation)
		}
	}
	if r.Refuse != 0 {
		q.Expect = Expect{Status: r.Refuse, Accept: []int{r.Refuse}}
		return q
	}
	if statuses := statusesOf(r.Kind); statuses != nil && len(q.Operations) > 0 {
		op, _ := c.Operation(q.Operations[0])
		q.Expect = Refusal(op, statuses...)
	}
	return q
}

// refusesAnyway tells whether an operation refuses every change of the member that a rule is
// about, by another rule: then nobody can say which of the two refused.
func (b *Behavior) refusesAnyway(r *Rule, a *Act) bool {
	if a.Verb != VerbUpdate && a.Verb != VerbReplace || r.Kind != RuleUnique && r.Kind != RuleReference {
		return false
	}
	return slices.ContainsFunc(b.Rules, func(o *Rule) bool {
		return o.Kind == RuleImmutable && o.On == r.On && slices.Contains(o.Members, r.Member) &&
			(len(o.In) == 0 || slices.Contains(o.In, a.Operation))
	})
}

func (r *Rule) about() string {
	if r.Member != "" {
		return r.Member
	}
	if r.To != "" {
		return r.To
	}
	return strings.Join(r.Members, "-")
}

// concerns tells whether a rule has a say in an operation.
func (r *Rule) concerns(a *Act) bool {
	if a.Resource != r.On {
		return false
	}
	creates := a.Makes() || a.Verb == VerbUpsert
	changes := a.Verb == VerbUpdate || a.Verb == VerbReplace || a.Verb == VerbUpsert ||
		slices.ContainsFunc(a.Set, func(v MemberValue) bool { return r.reads(v.Member) })
	switch r.Kind {
	case RuleRestrict, RuleCascade, RuleKeepOne, RuleUndeletable:
		return a.Verb == VerbDelete
	case RuleImmutable, RuleTransition:
		return changes
	case RuleLimit, RuleSequence:
		return creates
	}
	return creates || changes
}

// reads says whether the rule looks at the member.
func (r *Rule) reads(member string) bool {
	return member == r.Member || slices.Contains(r.Members, member) || r.If != nil && r.If.Member == member
}

func (r *Rule) sentence() string {
	on := r.On
	switch r.Kind {
	case RuleUnique:
		return fmt.Sprintf("No two of %s have the same %s.", on, r.Member)
	case RuleReference:
		return fmt.Sprintf("The %s of a %s names a %s that exists.", r.Member, on, r.To)
	case RuleRestrict:
		return fmt.Sprintf("A %s that a %s names can't be deleted.", on, r.To)
	case RuleCascade:
		return fmt.Sprintf("With a %s, every %s that names it is deleted.", on, r.To)
	case RuleImmutable:
		return fmt.Sprintf("The %s of a %s can't be changed.", strings.Join(r.Members, ", "), on)
	case RuleTransition:
		return fmt.Sprintf("The %s of a %s goes only the steps that are allowed.", r.Member, on)
	case RuleRequired:
		return fmt.Sprintf("The %s of a %s must be there where %s is %s.", r.Member, on, r.If.Member, r.If.Value)
	case RuleKeepOne:
		return fmt.Sprintf("The last %s can't be deleted.", on)
	case RuleExclusive:
		return fmt.Sprintf("One %s at most has the %s.", on, r.Member)
	case RuleLimit:
		return fmt.Sprintf("There are at most %d of %s.", r.Most, on)
	case RuleSequence:
		return fmt.Sprintf("The %s of a new %s is the next number.", r.Member, on)
	case RuleOrdered:
		return fmt.Sprintf("The %s of a %s is not after its %s.", r.Members[0], on, r.Members[1])
	}
	return fmt.Sprintf("A %s whose %s says so can't be deleted.", on, r.Member)
}
