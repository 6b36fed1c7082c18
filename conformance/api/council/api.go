// Package council holds the cases of the council contract: the wards, users and
// categories of the tenant that a key belongs to. Much is the same for all three
// sorts of record; those checks are methods of resource, and each sort's file says
// which requirement is kept by which.
//
// It is no API: it serves the packages beside it, and may change with any version.
package council

import (
	"context"
	"slices"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// API is the room of the contract: its cases, and a valid request of every
// operation.
func API() suite.API {
	return suite.API{
		Contract: "council", Apart: "second-tenant",
		Cases: slices.Concat(accessCases(), generalCases(), tenantCases(),
			wardCases(), userCases(), categoryCases(), suggestionCases()),
		Samples: samples(),
		Given: map[string]string{
			"emailDomain":         "of the addresses of new users; example.gov.uk unless given",
			"councilTier":         "of new wards, where one is asked for",
			"boundaryDescription": "of new wards, where one is asked for", "latitude": "of new wards, where one is asked for",
			"longitude": "of new wards, where one is asked for", "description": "of new categories, where one is asked for",
			"keywords": "of new categories, where the target takes no other",
			"password": "of new users, where the target takes no other",
		},
		Scenes: scenes(),
		Callers: map[string]string{
			"second-tenant":   "a key with all rights of another council",
			"low-rights":      "a key with all scopes of a caseworker, who may create nobody",
			"no-scope":        "a key without the scopes of the lists; best with some other, which opens none either",
			"low-plan":        "a key with all rights of a council whose plan has no seat for a caseworker",
			"councillor-role": "a key with all scopes of a councillor",
			"rate-limit":      "a key that may call a few times a minute only; no other case uses it",
		},
		Excuses: map[string]string{
			"COU-DOC-suggestCategory-negative_data_rejection": "what becomes of a summary that is missing or empty is COU-SUG-10",
		},
	}
}

// perResource makes one case for each of the given sorts of record.
func perResource(requirement, title string, resources []resource, do func(resource, context.Context, *suite.Env)) []suite.Case {
	return kit.Each(requirement, title, resources, func(ctx context.Context, env *suite.Env, r resource) { do(r, ctx, env) })
}
