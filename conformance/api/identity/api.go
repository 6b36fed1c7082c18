// Package identity holds the cases and the sample requests of the identity
// directory: users looked up, their passwords checked and changed.
package identity

import (
	"slices"

	"rollcall/conformance/suite"
)

// API returns the room of the identity contract.
func API() suite.API {
	return suite.API{
		Contract: "identity",
		Cases: slices.Concat(
			tokenCases(), authorityCases(), orderCases(), routeCases(), shapeCases(), secretCases(),
			passwordCases(), acceptedPasswordCases(), badPasswordCases(),
			checkCases(), checkedUserCases(), badCheckCases(),
			listCases(), nameCases(), idCases(), detailCases(), sharedCases(),
		),
		Samples: samples(), Scenes: scenes(), Pairs: pairs(),
	}
}

// operations lists every operation of the contract, or all but those named.
func operations(except ...string) []string {
	all := []string{"changePassword", "authenticate", "getUsersByEmail", "getUserDetails", "getUserDetailsById"}
	return slices.DeleteFunc(all, func(operation string) bool { return slices.Contains(except, operation) })
}
