package declared

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/specs/contract"
)

// breaks are the defects of rows that no setting of the table stands for: what is created is not
// kept, and a page is not the one that was asked for.
func (t *table) breaks() (all []defect.Defect) {
	for _, a := range t.of.Operations {
		if row := t.row(a.Operation, contract.RowStored); row != "" {
			all = append(all, defect.Defect{Requirement: row, Op: defect.Lose, Operations: []string{a.Operation}})
		}
		if row := t.row(a.Operation, contract.RowOrdered); row != "" {
			items := ""
			if a.List != nil {
				items = a.List.Items
			}
			all = append(all, defect.Defect{Requirement: row, Op: defect.Reorder, Path: items,
				Operations: []string{a.Operation}})
		}
		row := t.row(a.Operation, contract.RowPaged)
		if row == "" {
			continue
		}
		for _, name := range []string{a.List.Paging.Param, a.List.Paging.Size} {
			if name != "" {
				all = append(all, defect.Defect{Requirement: row, Op: defect.Ignore, Name: "ignore-" + name,
					Path: "query:" + name, Operations: []string{a.Operation}})
			}
		}
	}
	for _, r := range t.of.Resources {
		if q := t.RowOn(r.Name, contract.RowShown); q != nil {
			all = append(
				all,
				defect.Defect{Requirement: q.ID, Op: defect.Ignore, Path: "query:" + r.Soft.Param, Operations: q.Operations},
			)
		}
	}
	return all
}

// never are the refusals that a document has and the behavior has no reason for.
func (t *table) never() (all []behavior.Never) {
	for _, op := range t.Operations {
		for _, r := range op.Responses {
			if r.Status >= http.StatusBadRequest && !t.refuses(op, r.Status) {
				all = append(all, behavior.Never{Status: r.Status, Operations: []string{op.ID},
					Reason: fmt.Sprintf("nothing that the behavior says of %s refuses with %d", op.ID, r.Status)})
			}
		}
	}
	return all
}

// refuses tells whether something refuses a call of the operation with the status.
func (t *table) refuses(op *contract.Operation, status int) bool {
	if status == http.StatusUnauthorized && op.Secured || status == http.StatusUnsupportedMediaType && op.Body != nil {
		return true
	}
	if len(op.Parameters) > 0 || op.Body != nil {
		if status == http.StatusBadRequest || slices.ContainsFunc(t.of.Answers.Invalid, func(k contract.KeywordStatus) bool {
			return k.Status == status
		}) {
			return true
		}
	}
	return slices.ContainsFunc(t.Requirements, func(q *contract.Requirement) bool {
		return q.Check == "" && q.Expect.Status == status && slices.Contains(q.Operations, op.ID)
	})
}

// apart is the member that a defect of an answer is about, where it comes along in answers of other operations
// alone; "" otherwise.
func (t *table) apart(d defect.Defect) string {
	if len(d.Operations) != 1 || d.Op != defect.Drop && d.Op != defect.Null && d.Op != defect.Retype {
		return ""
	}
	act, ok := t.of.Act(d.Operations[0])
	path := strings.Split(d.Path, ".")
	for _, a := range t.of.Operations {
		for _, one := range a.Includes {
			same := func(o contract.Include) bool { return o.Name == one.Name }
			if ok && a.Resource == act.Resource && slices.Contains(path, one.Name) && !slices.ContainsFunc(act.Includes, same) {
				return one.Name
			}
		}
	}
	return ""
}

// nameless excuses a defect that lets something be no id where the body has one: it names nothing, and the call is
// refused all the same.
func (t *table) nameless(d defect.Defect) string {
	act, ok := t.of.Act(strings.Join(d.Operations, ""))
	place, body := strings.CutPrefix(d.Path, "body:")
	if !ok || !body || d.Op != defect.Accept || act.Named == "" {
		return ""
	}
	name, list := strings.CutSuffix(act.Named, "[]")
	id := "/" + name
	if list {
		id = strings.TrimSuffix(id, "/") + "/*"
	}
	if place == id || !list && place == "" {
		return "by " + t.row(act.Operation, contract.RowFound) + " what is no id names nothing, and is refused all the same"
	}
	return ""
}

// repeated excuses a defect that lets through too many of one new record, where no two may be alike.
func (t *table) repeated(d defect.Defect) string {
	act, ok := t.of.Act(strings.Join(d.Operations, ""))
	if !ok || d.Op != defect.Accept || !act.Several || d.Value != "maxItems" ||
		"body:/"+strings.TrimSuffix(act.Sent, "[]") != d.Path {
		return ""
	}
	one := t.of.Refuser(act)
	if one == nil || one.Kind != contract.RuleUnique {
		return ""
	}
	return "by " + one.ID + " more of one " + act.Resource + " are refused all the same"
}

// unrefused excuses a defect of a refusal that is documented, and that nothing of what is known of the operation
// brings about.
func (t *table) unrefused(d defect.Defect) string {
	op, ok := t.Operation(strings.Join(d.Operations, ""))
	if !ok || d.Op != defect.Status && d.Op != defect.Set || d.On < http.StatusBadRequest || t.refuses(op, d.On) {
		return ""
	}
	return "nothing refuses a call of " + op.ID + " with " + strconv.Itoa(d.On)
}

// unseen excuses a defect that hits a record which the call does not name, where nothing lists the records: who looks
// for it knows no other one.
func (t *table) unseen(d defect.Defect) string {
	id := strings.Join(d.Operations, "")
	if id == "" {
		if q, ok := t.Requirement(d.Requirement); ok {
			id = strings.Join(q.Operations, "")
		}
	}
	act, ok := t.of.Act(id)
	shows := func(a *contract.Act) bool {
		op, known := t.Operation(a.Operation)
		return ok && known && a.Resource == act.Resource && op.Reads() && t.of.Tells(a, op)
	}
	if ok && d.Op == defect.Neighbour && strings.HasPrefix(d.Value, "changed:") && !slices.ContainsFunc(t.of.Operations, shows) {
		return "no answer shows what a " + act.Resource + " has"
	}
	beside := d.Op == defect.Neighbour && strings.HasSuffix(d.Value, ":first") ||
		d.Op == defect.Dirty && (d.Requirement == t.row(id, contract.RowKey) || d.Requirement == t.row(id, contract.RowFound))
	listed := func(a *contract.Act) bool { return ok && a.Verb == contract.VerbList && a.Resource == act.Resource }
	if !ok || !beside || slices.ContainsFunc(t.of.Operations, listed) {
		return ""
	}
	return "nothing lists each " + act.Resource + ", so that nobody sees one that the call does not name"
}

// excused excuses a defect that lets a bad value of a member through where a rule reads that
// member in the operation and refuses every change of it: the call is refused all the same.
func (t *table) excused(d defect.Defect) string {
	if name := t.apart(d); name != "" {
		return name + " comes along in no answer of " + d.Operations[0]
	}
	if act, ok := t.of.Act(strings.Join(d.Operations, "")); ok && act.Verb == contract.VerbRelate && d.Op == defect.Neighbour &&
		strings.HasSuffix(d.Value, ":next") {
		return "what binds two records is made by the call, so that nothing was made after it"
	}
	if why := cmp.Or(t.nameless(d), t.repeated(d), t.unrefused(d), t.unseen(d)); why != "" {
		return why
	}
	member, ok := strings.CutPrefix(d.Path, "body:/")
	if d.Op != defect.Accept || !ok || len(d.Operations) != 1 {
		return ""
	}
	member, _, _ = strings.Cut(member, "/")
	for _, one := range t.of.Rules {
		q, known := t.Requirement(one.ID)
		if !known || !slices.Contains(q.Operations, d.Operations[0]) {
			continue
		}
		if one.Kind == contract.RuleImmutable && slices.Contains(one.Members, member) ||
			one.Kind == contract.RuleTransition && one.Member == member {
			return "by " + one.ID + " every change of " + member + " to such a value is refused all the same"
		}
	}
	return ""
}
