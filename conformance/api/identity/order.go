package identity

import (
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// orderCases are about which check comes first when a call has two faults.
func orderCases() []suite.Case {
	blank := slices.Concat(blankPasswords(), blankChecks())
	unread := slices.Concat(
		notJSON("changePassword"), notJSON("authenticate"),
		nestedPasswords(), nestedChecks(),
	)
	missing := slices.Concat(missingPasswords(), missingChecks())
	return slices.Concat(
		refused("IDN-GEN-21", suite.DefaultPersona,
			slices.Concat(unread, blank, missing, badIDs(), []fault{missingEmail()}, unknownUsers()), client.NoCredential()),
		refused("IDN-GEN-22", "low-rights", unread),
		refused("IDN-GEN-23", "low-rights", blank),
		refused("IDN-GEN-24", "low-rights", []fault{missingEmail()}),
		refused("IDN-GEN-25", "low-rights", badIDs()),
		refused("IDN-GEN-26", "low-rights", unknownUsers()),
	)
}
