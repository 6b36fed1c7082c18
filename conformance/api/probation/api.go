// Package probation holds the cases of the probation directory's contract.
//
// It is no API: it serves the packages beside it, and may change with any version.
package probation

import (
	"slices"

	"rollcall/conformance/suite"
)

// API returns the room of the contract: the cases of its catalogue, a valid
// request for each operation, and the checks that don't apply to it.
func API() suite.API {
	return suite.API{
		Contract: "probation",
		Cases: slices.Concat(
			accessCases(), tokenCases(), routeCases(), errorCases(), answerCases(),
			staffCases(), staffShapeCases(), staffListCases(), teamCases(), officeCases(), onceCases(),
			caseloadCases(), caseloadStaffCases(), alikeCases(), managerCases(), managerListCases(), headCases(),
			roleCases(), standInCases(), directoryCases(), documentCases(),
		),
		Samples: samples(), Scenes: scenes(), Pairs: pairs(), Given: givenWords(),
		Info: map[string]map[string]suite.Known{"shared-directory": {"url": {
			Text:         "the address of the identity API that has the same people",
			Requirements: []string{"PRO-ROLE-10", "PRO-ROLE-11", "PRO-ROLE-12", "PRO-ROLE-13", "PRO-ROLE-14", "PRO-ROLE-19"},
		}}},
		Callers: map[string]string{
			"low-rights":         "a caller whose token has none of the authorities that an operation asks for",
			"only-case-detail":   "a caller who may look at cases and managers, and nothing else",
			"only-role-write":    "a caller who may give and take roles, and nothing else",
			"expired-credential": "a caller whose token has run out",
			"scope-claim":        "a caller whose token names all authorities in the claim scope, and has no claim authorities",
			"no-prefix":          "a caller whose token has all authorities without their prefix ROLE_",
			"other-case":         "a caller whose token has all authorities in small letters",
			"shared-directory":   "a caller of the identity API of the same people",
		},
		Excuses: map[string]string{
			"PRO-DOC-removeRole-use_after_free": "taking the role is a switch that can be turned again: PRO-ROLE-05 " +
				"asks for a success the second time, and no operation reads the role",
			"PRO-GEN-21@findStaff":             noOperation,
			"PRO-GEN-22@findStaff":             noOperation,
			"PRO-GEN-23@findStaff":             noOperation,
			"PRO-GEN-24@findStaffForUsernames": noOperation,
			"PRO-GEN-25@findStaffForUsernames": noOperation,
		},
	}
}

// noOperation is why a case calls no operation of its requirement.
const noOperation = "it is about a path or a method beside the operation, which the case calls by its address"
