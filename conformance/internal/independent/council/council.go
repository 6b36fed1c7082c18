// Package council is an independent server of the council contract: the wards, users and
// categories of a council's casework, and the suggestion of a category for a summary. It
// was written from the public documents alone.
package council

import (
	"maps"
	"net/http"
	"slices"

	"rollcall/conformance/internal/independent"
)

// Implementation describes the server, its habits, its faults and its callers.
func Implementation() independent.Implementation {
	return independent.Implementation{
		Contract: "council",
		New:      func(active ...string) http.Handler { return independent.Before(newServer(active), between(), active) },
		Habits:   allHabits(),
		Faults:   allFaults(),
		Personas: personas(),
		Given: map[string]string{
			"wardId":     "ward-5e1c09a7",
			"userId":     "user-20bd7f14",
			"categoryId": "cat-88f0c3d2",
		},
	}
}

// personas are the callers as a vendor would write them down: a header and what is known
// of the key behind it.
func personas() map[string]independent.Persona {
	named := map[string]independent.Persona{}
	for key, who := range callers() {
		named[who.persona] = independent.Persona{
			Headers: map[string]string{"Authorization": "Bearer " + key},
			Info:    map[string]string{"tenantId": who.tenant, "plan": tenants()[who.tenant].plan, "role": who.role},
		}
	}
	return named
}

// rivals are the groups of habits of which only one can hold at a time.
func rivals() [][]string {
	return [][]string{
		{"ids-decimal", "ids-uuid", "ids-slug", "ids-long", "ids-descending", "ids-urn", "ids-per-tenant"},
		{"collate-folded", "collate-locale", "collate-natural"},
		{"members-sorted", "members-reversed"},
		{"json-floats", "json-exponents"},
		{"dates-seconds", "dates-micros", "dates-offset", "dates-told-finer"},
		{"type-charset", "type-shouted", "type-vendor", "type-hal"},
		{"errors-problem", "errors-text", "errors-html", "errors-nested", "errors-list", "errors-empty", "errors-details-null"},
		{"errors-details-list", "errors-details-null"},
		{"errors-terse", "errors-welsh"},
		{"profile-null", "profile-empty", "profile-councillors"},
		{"invalid-422", "invalid-400"},
		{"malformed-422", "invalid-400"},
		{"updates-by-put", "updates-by-post", "updates-by-both"},
		{"suggest-by-post", "suggest-by-both"},
		{"suggest-substring", "suggest-stemmed", "suggest-exact"},
		{"suggest-jaccard", "suggest-counts"},
		{"null-absent", "null-refused"},
		{"email-fixed", "email-taken-422"},
		{"emails-lowered", "email-case-matters"},
		{"drops-bad-values", "wards-any-tier"},
		{"drops-bad-values", "wards-any-place"},
		{"methods-404", "methods-501"},
		{"conflict-before-validation", "conflict-before-plan"},
		{"role-fixed", "promotion-free"},
		{"places-fixed", "places-refused"},
		{"null-refused", "wards-need-all"},
		{"keywords-tidied", "keywords-spaced", "keywords-sorted", "keywords-upper"},
		{"places-fixed", "places-refused", "places-clamped", "places-dense"},
		{"wards-any-tier", "tiers-unitary-only"},
		{"drops-bad-values", "tiers-unitary-only"},
		{"places-rounded", "places-float4", "places-thousandths"},
		{"summary-422", "invalid-400"},
		{"suggest-tenth", "suggest-jaccard"},
		{"suggest-tenth", "suggest-counts"},
	}
}

// excluded lists the rivals of a habit, so that the table is symmetrical by construction.
func excluded(name string) []string {
	found := map[string]bool{}
	for _, group := range rivals() {
		if slices.Contains(group, name) {
			for _, other := range group {
				found[other] = true
			}
		}
	}
	delete(found, name)
	return slices.Sorted(maps.Keys(found))
}

// allHabits joins the tables and fills in who excludes whom.
func allHabits() []independent.Habit {
	all := slices.Concat(shapeHabits(), errorHabits(), orderHabits(), inputHabits(), verbHabits(), suggestHabits(), wireHabits())
	for i := range all {
		all[i].Excludes = excluded(all[i].Name)
	}
	return all
}

// allFaults joins the tables of faults.
func allFaults() []independent.Fault {
	return slices.Concat(accessFaults(), listFaults(), writeFaults(), memberFaults(), suggestFaults(),
		uniqueFaults(), keepingFaults(), reachingFaults(), lossFaults(), doorFaults(), betweenFaults(), aloneFaults())
}

// known says which names may be active.
func known() map[string]bool {
	names := map[string]bool{}
	for _, h := range allHabits() {
		names[h.Name] = true
	}
	for _, f := range allFaults() {
		names[f.Name] = true
	}
	return names
}
