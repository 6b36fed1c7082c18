package council

import (
	"net/http"
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
)

func rules() []behavior.Rule {
	return []behavior.Rule{
		{Requirement: "COU-WARD-06", On: "ward", When: rule.Create, Kind: rule.Unique{Field: "name", Within: "tenantId"}},
		{Requirement: "COU-WARD-18", On: "ward", When: rule.Update,
			Kind: rule.Unique{Field: "name", Within: "tenantId", Self: "COU-WARD-19"}},

		{Requirement: "COU-USER-09", On: "user", When: rule.Create, Kind: rule.Func{Reads: []string{"role"},
			Asks: []string{"COU-USER-10"}, Allow: seatsAllowed}},
		{Requirement: "COU-USER-23", On: "user", When: rule.Update,
			Kind: rule.Func{Reads: []string{"role"}, Allow: seatsAllowed}},
		{Requirement: "COU-USER-15", On: "user", When: rule.Create, Kind: rule.Func{Reads: []string{"role"}, Allow: notAbove}},
		{Requirement: "COU-USER-07", On: "user", When: rule.Create,
			Kind: rule.Unique{Field: "email", Within: "tenantId", Fold: "COU-USER-14"}},
		{Requirement: "COU-USER-21", On: "user", When: rule.Update,
			Kind: rule.Unique{Field: "email", Within: "tenantId", Fold: "COU-USER-14", Self: "COU-USER-27"}},

		{Requirement: "COU-USER-24", On: "user", When: rule.Write,
			Kind: rule.Reserved{Members: profile(), Field: "role", Value: "councillor"}},

		{Requirement: "COU-CAT-06", On: "category", When: rule.Create, Kind: rule.Unique{Field: "name", Within: "tenantId"}},
		{Requirement: "COU-CAT-16", On: "category", When: rule.Update,
			Kind: rule.Unique{Field: "name", Within: "tenantId", Self: "COU-CAT-17"}},
		{Requirement: "COU-CAT-05", On: "category", When: rule.Create,
			Kind: rule.Sequence{Field: "sortOrder", Within: "tenantId", Yield: "COU-CAT-08"}},
	}
}

// profile is what only councillors have (seed 003, line 64).
func profile() []string {
	return []string{"bio", "publicEmail", "publicPhone", "officeAddress", "party", "website", "twitter", "facebook",
		"interests", "responsibilities"}
}

// seatPlan is the lowest plan with seats for caseworkers (seed 003, line 68).
const seatPlan = "pro"

func seatsAllowed(c *rule.Change) (rule.Why, bool) {
	seats := []string{seatPlan, "team", "council"}
	if !c.Holds("COU-USER-10") {
		seats = nil
	}
	plan := c.Actor.String("plan")
	already := c.Before != nil && c.Before.String("role") == "caseworker"
	if c.After.String("role") != "caseworker" || already || slices.Contains(seats, plan) {
		return rule.Why{}, true
	}
	return rule.Why{
		Pointer: "/role", Message: "the plan " + plan + " has no seats for caseworkers; the plan " + seatPlan +
			" or higher is required",
		Hint:    "choose another role, or use a tenant on the plan " + seatPlan,
		Details: []byte(`{"requiredPlan":` + rule.Text(seatPlan) + `,"currentPlan":` + rule.Text(plan) + `}`),
	}, false
}

func notAbove(c *rule.Change) (rule.Why, bool) {
	mine, asked := c.Actor.String("role"), c.After.String("role")
	if rank(asked) <= rank(mine) {
		return rule.Why{}, true
	}
	return rule.Why{Pointer: "/role", Message: "a " + mine + " can't give the role " + asked, Hint: "use a key with the role " +
		asked}, false
}

func attributions() []behavior.Attribution {
	creates := []string{"createWard", "createUser", "createCategory"}
	writes := append([]string{"updateWard", "updateUser", "updateCategory"}, creates...)
	return []behavior.Attribution{
		{Requirement: "COU-GEN-11", Operations: writes, Pointer: "", Keywords: []string{"json"}},
		{Requirement: "COU-WARD-08", Operations: []string{"createWard"}, Pointer: "/name",
			Keywords: []string{"required", "minLength"}},
		{Requirement: "COU-WARD-10", Operations: []string{"createWard"}, Pointer: "*", Keywords: []string{"type"}},
		{Requirement: "COU-WARD-11", Operations: []string{"createWard"}, Pointer: "*", Keywords: []string{"minimum", "maximum"}},
		{Requirement: "COU-WARD-12", Operations: []string{"createWard"}, Pointer: "/councilTier", Keywords: []string{"enum"}},
		{Requirement: "COU-USER-11", Operations: []string{"createUser"}, Pointer: "/name",
			Keywords: []string{"required", "minLength"}},
		{Requirement: "COU-USER-11", Operations: []string{"createUser"}, Pointer: "/email",
			Keywords: []string{"required", "minLength"}},
		{Requirement: "COU-USER-12", Operations: []string{"createUser"}, Pointer: "/email", Keywords: []string{"format"}},
		{Requirement: "COU-USER-13", Operations: []string{"createUser"}, Pointer: "/role", Keywords: []string{"enum"}},
		{Requirement: "COU-CAT-09", Operations: []string{"createCategory"}, Pointer: "/name",
			Keywords: []string{"required", "minLength"}},
		{Requirement: "COU-SUG-10", Operations: []string{"suggestCategory"}, In: "query", Pointer: "*"},
	}
}

// render writes {error, details?} (COU-GEN-08).
func render(c *behavior.Call, r *behavior.Refusal) behavior.Answer {
	body := rule.AppendText(append(c.Scratch[:0], `{"error":`...), r.Message)
	if len(r.Details) > 0 {
		body = append(append(body, `,"details":`...), r.Details...)
	}
	a := behavior.Answer{Status: r.Status, Header: r.Header, Body: append(body, '}'), Borrowed: true}
	if r.Status == http.StatusUnauthorized {
		a.Header = http.Header{"Www-Authenticate": {"Bearer"}}
	}
	return a
}
