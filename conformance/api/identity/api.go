// Package identity holds the cases and the sample requests of the identity
// directory: users looked up, their passwords checked and changed.
//
// It is no API: it serves the packages beside it, and may change with any version.
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
			passwordCases(), oddCases(), acceptedPasswordCases(), badPasswordCases(),
			checkCases(), failedCases(), checkedUserCases(), badCheckCases(),
			listCases(), nameCases(), idCases(), detailCases(), sharedCases(),
		),
		Samples: samples(), Scenes: scenes(), Pairs: pairs(), Given: givenWords(),
		Info: map[string]map[string]suite.Known{"shared-directory": {"url": {
			Text:         "the address of the probation API that has the same people",
			Requirements: []string{"IDN-USER-40", "IDN-USER-41"},
		}}},
		Callers: map[string]string{
			"low-rights":          "a caller whose token has none of the authorities that an operation asks for",
			"only-authenticate":   "a caller who may check passwords, and nothing else",
			"only-password-write": "a caller who may change passwords, and nothing else",
			"only-user-details":   "a caller who may read users, and nothing else",
			"expired-credential":  "a caller whose token has run out",
			"scope-claim":         "a caller whose token names all authorities in the claim scope, and has no claim authorities",
			"no-prefix":           "a caller whose token has all authorities without their prefix ROLE_",
			"other-case":          "a caller whose token has all authorities in small letters",
			"shared-directory":    "a caller of the probation API of the same people",
		},
		Excuses: map[string]string{
			"IDN-GEN-27@getUserDetails":  noOperation,
			"IDN-GEN-29@getUserDetails":  noOperation,
			"IDN-GEN-30@authenticate":    noOperation,
			"IDN-GEN-31@authenticate":    noOperation,
			"IDN-USER-23@getUserDetails": noOperation,
		},
	}
}

// noOperation is why a case calls no operation of its requirement.
const noOperation = "it is about a path or a method beside the operation, which the case calls by its address"

// operations lists every operation of the contract, or all but those named.
func operations(except ...string) []string {
	all := []string{"changePassword", "authenticate", "getUsersByEmail", "getUserDetails", "getUserDetailsById"}
	return slices.DeleteFunc(all, func(operation string) bool { return slices.Contains(except, operation) })
}

// givenWords says what stands behind the names of what a target gives, where the name does not tell.
func givenWords() map[string]string {
	return map[string]string{
		"disposable-account":           "the username of a user with roles, whose password cases change",
		"disposable-account-password":  "the password of disposable-account",
		"disposable-disabled-account":  "the username of a disabled user, whose password cases change",
		"disposable-rowless-account":   "the username of a user without a row in the database, whose password cases change",
		"disposable-staffless-account": "the username of a further user, who is enabled, whose password cases change",
		"entrylessUsername":            "a user of the database whom the directory does not have",
		"minted-token":                 "yes, where there are the personas scope-claim, no-prefix and other-case",
		"rowlessUsername":              "a user of the directory without a row in the database",
		"sharedEmail":                  "an address that several users have",
		"sharedEmailCount":             "how many have sharedEmail; 1 where no two users can have the same address",
	}
}
