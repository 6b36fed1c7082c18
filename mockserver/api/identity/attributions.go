package identity

import (
	"strings"

	"rollcall/mockserver/behavior"
)

// attributions says which requirement is behind each refusal of input.
func attributions() []behavior.Attribution {
	return append(passwordAttributions(), append(checkAttributions(),
		behavior.Attribution{Requirement: "IDN-USER-10", Operations: []string{"getUsersByEmail"}, In: "query", Pointer: "/email"},
		behavior.Attribution{Requirement: "IDN-USER-28", Operations: []string{"getUserDetailsById"},
			In: "path", Pointer: "/userId"})...)
}

// attribute gives violations of a body to a requirement.
func attribute(requirement, operation, pointer string, when func(string) bool, keywords ...string) behavior.Attribution {
	return behavior.Attribution{Requirement: requirement, Operations: []string{operation}, Pointer: pointer,
		Keywords: keywords, When: when}
}

func isEmpty(raw string) bool  { return raw == `""` }
func isNull(raw string) bool   { return raw == "null" }
func isFilled(raw string) bool { return strings.HasPrefix(raw, `"`) && !isEmpty(raw) }
func isNested(raw string) bool { return strings.HasPrefix(raw, "[") || strings.HasPrefix(raw, "{") }

// blankWords are the keywords of a text without anything but white space.
func blankWords() []string { return []string{"pattern", "anyOf"} }

func passwordAttributions() []behavior.Attribution {
	const at = "changePassword"
	return []behavior.Attribution{
		attribute("IDN-PWD-08", at, "/password", isEmpty, blankWords()...),
		attribute("IDN-PWD-09", at, "/password", isFilled, blankWords()...),
		attribute("IDN-PWD-12", at, "/password", nil, "required"),
		attribute("IDN-PWD-13", at, "/password", isNull),
		attribute("IDN-PWD-14", at, "", nil, "required"),
		attribute("IDN-PWD-15", at, "", nil, "json"),
		attribute("IDN-PWD-16", at, "/password", isNested),
	}
}

func checkAttributions() (all []behavior.Attribution) {
	const at = "authenticate"
	for _, member := range []struct{ pointer, empty, missing string }{
		{"/username", "IDN-AUTH-11", "IDN-AUTH-17"}, {"/password", "IDN-AUTH-12", "IDN-AUTH-18"},
	} {
		all = append(all,
			attribute(member.empty, at, member.pointer, isEmpty, blankWords()...),
			attribute("IDN-AUTH-13", at, member.pointer, isFilled, blankWords()...),
			attribute(member.missing, at, member.pointer, nil, "required"),
			attribute("IDN-AUTH-19", at, member.pointer, isNull),
			attribute("IDN-AUTH-22", at, member.pointer, isNested))
	}
	return append(all, attribute("IDN-AUTH-20", at, "", nil, "required"), attribute("IDN-AUTH-21", at, "", nil, "json"))
}
