// Package tenants holds the cases of the tenants contract: users of one tenant,
// found by search, created, replaced and deactivated.
//
// It is no API: it serves the packages beside it, and may change with any version.
package tenants

import (
	"slices"

	"rollcall/conformance/suite"
)

// API is the room of the tenants contract.
func API() suite.API {
	return suite.API{
		Contract: "tenants",
		Cases: slices.Concat(accessCases(), shapeCases(), wireCases(), secretCases(), criterionCases(), matchCases(),
			createCases(), inputCases(), refusedCases(), takenCases(), valueCases(), unusualCases(), referenceCases(),
			updateCases(), filledCases(), updateInputCases(), keptCases(), deactivateCases()),
		Samples: samples(),
		Ways:    otherWays(),
		Scenes:  scenes(),
		Undo:    map[string]suite.Undo{"createUser": takeBack},
		Given:   asked(),
		Info: map[string]map[string]suite.Known{"second-tenant": {"tenantName": {
			Text:         "the caller's tenant; what new users must have there, such as a groupId, stands beside it",
			Requirements: []string{"TEN-GEN-12", "TEN-GEN-18", "TEN-SRCH-16"},
		}}},
		Callers: map[string]string{
			"low-rights":    "a caller of the same tenant who has no permission for any of the operations, reading included",
			"second-tenant": "a caller with all permissions in another tenant",
		},
		Excuses: map[string]string{
			"TEN-DOC-deactivateUser-use_after_free": "deactivating erases nothing: what becomes of the " +
				"user is TEN-DEL-03",
			"TEN-DOC-createUser-positive_data_acceptance-inferred": openMembers,
			"TEN-DOC-updateUser-positive_data_acceptance-inferred": openMembers,
		},
	}
}

// asked are the members of a user that a target may ask for: what it gives, new users have.
func asked() map[string]string {
	all := map[string]string{
		"tenantName":      "the tenant in the path, which is that of the default caller; nothing works without it",
		"userId":          "a user who was there before and has to stay as it is while the run lasts: it is looked at alone",
		"emailDomain":     "of the addresses of new users; example.com unless given",
		"referenceNumber": "one that is taken, such as 20240001: those of new users are like it",
	}
	for _, member := range writable() {
		if !slices.Contains(ownChoice(), member) || slices.Contains(computed(), member) {
			all[member] = "of new users, where one is asked for: one value, no list"
		}
	}
	return all
}

// openMembers is why no case sends a user with null, or with nothing but a name.
const openMembers = "no document says which members may be null or left out: a product may need a group, or a telephone number"
