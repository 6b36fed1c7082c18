package probation

import (
	"rollcall/mockserver/api/internal/directory"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// The two authorities of the contract; neither implies the other.
const (
	caseDetail = "ROLE_PROBATION_API__CVL__CASE_DETAIL"
	roleWrite  = "ROLE_PROBATION_API__CVL__USER_ROLES__RW"
)

func bearer() directory.Bearer {
	return directory.Bearer{
		Missing: "PRO-GEN-01", Unreadable: "PRO-GEN-04", Expired: "PRO-GEN-06",
		Marked: "PRO-GEN-05", Anywhere: "PRO-GEN-21", Early: "PRO-GEN-17",
	}
}

func errorShapes() directory.Errors {
	return directory.Errors{Lost: "PRO-GEN-22", LostShape: "PRO-GEN-23", Method: "PRO-GEN-24", Allow: "PRO-GEN-25"}
}

func rights() directory.Rights {
	return directory.Rights{
		Prefix: "ROLE_", Lacking: "PRO-GEN-07", Misplaced: "PRO-GEN-14", Unprefixed: "PRO-GEN-15",
		Miscased: "PRO-GEN-16", Marked: "PRO-GEN-09",
		Other: map[string]behavior.Denies{caseDetail: "PRO-GEN-11", roleWrite: "PRO-GEN-13"},
	}
}

// authenticate reads the token. Input is looked at before rights, unless a
// defect turns that round.
func authenticate(c *behavior.Call) (*store.Record, *behavior.Refusal) {
	actor, ref := bearer().Authenticate(c)
	if actor == nil || ref != nil || c.Operation == nil {
		return actor, ref
	}
	order := behavior.By("PRO-GEN-19")
	if c.Operation.Body != nil {
		order = "PRO-GEN-18"
	}
	if !c.Holds(order) && len(c.Violations()) > 0 {
		c.Actor = actor
		return actor, rights().Deny(c, row(c))
	}
	return actor, nil
}

// row finds the row of the call's operation.
func row(c *behavior.Call) behavior.Operation {
	for _, o := range operations() {
		if o.ID == c.Operation.ID {
			return o
		}
	}
	return behavior.Operation{}
}

// authorize asks for the one authority of the operation, before anything is
// looked up.
func authorize(c *behavior.Call, o behavior.Operation) *behavior.Refusal {
	ref := rights().Deny(c, o)
	switch {
	case ref == nil && o.Scope == caseDetail && !c.Holds("PRO-GEN-10"):
		return rights().Deny(c, behavior.Operation{Scope: roleWrite})
	case ref == nil && o.Scope == roleWrite && !c.Holds("PRO-GEN-12"):
		return rights().Deny(c, behavior.Operation{Scope: caseDetail})
	case ref != nil && !c.Holds("PRO-GEN-20") && unknown(c):
		return nil
	}
	return ref
}

// unknown tells whether the lookup of a call will find nothing.
func unknown(c *behavior.Call) bool {
	look := map[string]func(*behavior.Call) (behavior.Answer, *behavior.Refusal){
		"findStaff": findStaff, "findStaff_1": findStaffByID, "findStaffByCode": findStaffByCode,
		"findCommunityManager": findCommunityManager,
	}[c.Operation.ID]
	if look == nil {
		return false
	}
	_, ref := look(c)
	return ref != nil
}

func render(c *behavior.Call, r *behavior.Refusal) behavior.Answer {
	return errorShapes().Render(c, r)
}
