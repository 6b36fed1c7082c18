package council

import "rollcall/conformance/internal/independent"

const (
	errorOpen  = "this page shows no error body"
	statusOpen = "this page names no status for it"
)

func noErrorBody() []string {
	return []string{"COU-GEN-01", "COU-GEN-08", "COU-GEN-12"}
}

// errorHabits are about the bodies, texts and statuses of refusals.
func errorHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "errors-problem", Says: "Errors are application/problem+json.", Open: errorOpen, Misses: noErrorBody()},
		{Name: "errors-text", Says: "Errors are plain text.", Open: errorOpen, Misses: noErrorBody()},
		{Name: "errors-html", Says: "Errors are HTML pages.", Open: errorOpen, Misses: noErrorBody()},
		{Name: "errors-nested", Says: "Errors are objects under error.", Open: errorOpen,
			Misses: []string{"COU-GEN-01", "COU-GEN-08"}},
		{Name: "errors-list", Says: "Errors are a list under errors.", Open: errorOpen,
			Misses: []string{"COU-GEN-01", "COU-GEN-08"}},
		{Name: "errors-empty", Says: "Errors have no body, but for the required plan.", Open: errorOpen, Misses: noErrorBody()},
		{Name: "errors-details-list", Says: "The details of an error are a list of field and message.", Open: errorOpen},
		{Name: "errors-details-null", Says: "An error without details has null as details.", Open: errorOpen},
		{Name: "summary-422", Says: "A missing summary is answered 422.", Open: statusOpen},
		{Name: "errors-terse", Says: "The error text is a code.", Open: errorOpen},
		{Name: "errors-welsh", Says: "The error texts are in Welsh.", Open: errorOpen},
		{Name: "errors-per-key", Says: "Expired and revoked keys are told apart from unknown ones.", Open: errorOpen,
			Misses: []string{"COU-GEN-03"}},
		{Name: "plan-in-text", Says: "The required plan is named in the error text alone.",
			Open: "L68: \"with details about the required plan\""},
		{Name: "invalid-422", Says: "Every refused value is answered 422.", Open: statusOpen},
		{Name: "invalid-400", Says: "Every refused value is answered 400.", Open: statusOpen},
		{Name: "malformed-422", Says: "A body that is no JSON object is answered 422.", Open: statusOpen,
			Misses: []string{"COU-GEN-11"}},
		{Name: "keys-403", Says: "A missing or bad key is answered 403.", Open: statusOpen,
			Misses: []string{"COU-GEN-01", "COU-GEN-02"}},
		{Name: "www-authenticate", Says: "A 401 has the header WWW-Authenticate.", Open: statusOpen},
		{Name: "scope-401", Says: "A missing scope is answered 401.",
			Open: "L6, L48, L78 say \"requires the scope\" and no status; the 403 of COU-GEN-05 to 07 is a sibling page's"},
		{Name: "role-401", Says: "A role that is too low is answered 401.",
			Open: "L66, L71 say \"requires councillor role or above\" without a status; 403 in COU-USER-08, 18 is " +
				"from elsewhere"},
		{Name: "foreign-403", Says: "A ward or category of another tenant is answered 403.",
			Open:   "L42, L112: 404 if it \"does not exist\"; only users have \"within the tenant\"",
			Misses: []string{"COU-GEN-10"}},
		{Name: "ids-checked", Says: "An id with impossible characters is answered 400 on a read.", Open: statusOpen},
		{Name: "methods-404", Says: "A method that is not served is answered 404.", Open: statusOpen},
		{Name: "methods-501", Says: "A method that is not served is answered 501.", Open: statusOpen},
		{Name: "email-taken-422", Says: "Changing an e-mail to a taken one is answered 422.",
			Open: "L72 names no 409 for updating a user"},
	}
}

const stepsOpen = "nothing says which of two refusals goes first"

// orderHabits are about which check goes first, and who may do what is not regulated.
func orderHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "body-before-key", Says: "A bad body is refused before the key is looked at.", Open: stepsOpen},
		{Name: "role-after-validation", Says: "The role is checked after the body.", Open: stepsOpen},
		{Name: "lookup-before-role", Says: "An unknown id is answered 404 whatever the role.", Open: stepsOpen},
		{Name: "validation-before-lookup", Says: "A bad body is refused before the id is looked up.", Open: stepsOpen},
		{Name: "conflict-before-validation", Says: "A taken name is answered 409 even if other values are bad.", Open: stepsOpen},
		{Name: "conflict-before-plan", Says: "A taken e-mail is answered 409 before the plan is looked at.", Open: stepsOpen},
		{Name: "plan-before-validation", Says: "The plan is checked before the values.", Open: stepsOpen},
		{Name: "scopes-on-gets", Says: "Single records and suggestions need the read scope too.",
			Open: "the scope is stated for the lists only"},
		{Name: "scopes-on-writes", Says: "Writing needs the read scope too.", Open: "the scope is stated for the lists only"},
		{Name: "setup-by-councillors", Says: "Writing wards and categories needs councillor or above.",
			Open: "a role is stated for writing users only"},
		{Name: "setup-by-admins", Says: "Writing wards and categories needs an admin.",
			Open: "a role is stated for writing users only"},
		{Name: "grants-any-role", Says: "A councillor may create an admin.", Open: "L66 states the caller's role alone",
			Misses: []string{"COU-USER-15"}},
		{Name: "promotion-free", Says: "The plan counts when a caseworker is created, not when a user becomes one.",
			Open: "L68: \"Creating users with the caseworker role\"", Misses: []string{"COU-USER-23"}},
		{Name: "role-fixed", Says: "A role cannot be changed later.", Open: "L71 names no fields"},
		{Name: "email-fixed", Says: "An e-mail cannot be changed later.", Open: "L71 names no fields"},
		{Name: "bearer-only", Says: "A key counts in the Authorization header only.", Open: "this page names no header",
			Misses: []string{"COU-GEN-04"}},
	}
}
