package identity

import (
	"strings"

	"rollcall/mockserver/behavior"
)

// claims says which requirement is behind each refusal of input.
func claims() []behavior.Claim {
	return append(passwordClaims(), append(checkClaims(),
		behavior.Claim{Requirement: "IDN-USER-10", Operations: []string{"getUsersByEmail"}, In: "query", Pointer: "/email"},
		behavior.Claim{Requirement: "IDN-USER-28", Operations: []string{"getUserDetailsById"}, In: "path", Pointer: "/userId"})...)
}

// claim gives violations of a body to a requirement.
func claim(requirement, operation, pointer string, when func(string) bool, keywords ...string) behavior.Claim {
	return behavior.Claim{Requirement: requirement, Operations: []string{operation}, Pointer: pointer, Keywords: keywords, When: when}
}

func isEmpty(raw string) bool  { return raw == `""` }
func isNull(raw string) bool   { return raw == "null" }
func isFilled(raw string) bool { return strings.HasPrefix(raw, `"`) && !isEmpty(raw) }
func isNested(raw string) bool { return strings.HasPrefix(raw, "[") || strings.HasPrefix(raw, "{") }

// blankWords are the keywords of a text without anything but white space.
func blankWords() []string { return []string{"pattern", "anyOf"} }

func passwordClaims() []behavior.Claim {
	const at = "changePassword"
	return []behavior.Claim{
		claim("IDN-PWD-08", at, "/password", isEmpty, blankWords()...),
		claim("IDN-PWD-09", at, "/password", isFilled, blankWords()...),
		claim("IDN-PWD-12", at, "/password", nil, "required"),
		claim("IDN-PWD-13", at, "/password", isNull),
		claim("IDN-PWD-14", at, "", nil, "required"),
		claim("IDN-PWD-15", at, "", nil, "json"),
		claim("IDN-PWD-16", at, "/password", isNested),
	}
}

func checkClaims() (all []behavior.Claim) {
	const at = "authenticate"
	for _, member := range []struct{ pointer, empty, missing string }{
		{"/username", "IDN-AUTH-11", "IDN-AUTH-17"}, {"/password", "IDN-AUTH-12", "IDN-AUTH-18"},
	} {
		all = append(all,
			claim(member.empty, at, member.pointer, isEmpty, blankWords()...),
			claim("IDN-AUTH-13", at, member.pointer, isFilled, blankWords()...),
			claim(member.missing, at, member.pointer, nil, "required"),
			claim("IDN-AUTH-19", at, member.pointer, isNull),
			claim("IDN-AUTH-22", at, member.pointer, isNested))
	}
	return append(all, claim("IDN-AUTH-20", at, "", nil, "required"), claim("IDN-AUTH-21", at, "", nil, "json"))
}
