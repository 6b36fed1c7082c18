// Package probation holds the cases of the probation directory's contract.
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
			staffCases(), staffShapeCases(), staffListCases(), teamCases(), officeCases(),
			caseloadCases(), caseloadStaffCases(), managerCases(), managerListCases(), headCases(),
			roleCases(), directoryCases(), documentCases(),
		),
		Samples: samples(),
		Excuses: map[string]string{
			"PRO-DOC-removeRole-use_after_free": "taking the role is a switch that can be turned again: PRO-ROLE-05 asks for a success the second time, and no operation reads the role",
		},
	}
}
