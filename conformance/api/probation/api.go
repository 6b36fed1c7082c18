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
			caseloadCases(), caseloadStaffCases(), managerCases(), managerListCases(), headCases(),
			roleCases(), directoryCases(), documentCases(),
		),
		Samples: samples(), Scenes: scenes(), Pairs: pairs(), Given: givenWords(),
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
