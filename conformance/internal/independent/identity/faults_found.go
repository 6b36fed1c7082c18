package identity

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

// foundRows are faults in who is let in, and in who is found by what.
func foundRows() []faultRow {
	const gone = "4.4 404, no such user"
	return []faultRow{
		{name: "algorithm-none", says: "A token that names no algorithm needs no signature.", source: needsAny,
			breaks: "IDN-GEN-04"},
		{name: "signature-beginning", says: "The first 6 characters of a signature count.", source: needsAny,
			breaks: "IDN-GEN-04"},
		{name: "bare-scheme", says: "The scheme Bearer without a token opens everything.", source: needsAny,
			breaks: "IDN-GEN-01"},
		{name: "any-basic", says: "Any name and password of the scheme Basic open everything.", source: needsAny,
			breaks: "IDN-GEN-01"},

		{name: "name-by-prefix", says: "The beginning of a username finds the user.", source: byName,
			breaks: "IDN-AUTH-04 IDN-USER-15", also: gone},
		{name: "name-by-pattern", says: "An asterisk in a username stands for anything.", source: byName,
			breaks: "IDN-AUTH-04 IDN-USER-15", also: gone},
		{name: "name-by-email", says: "An e-mail address is taken for a username.", source: byName,
			breaks: "IDN-AUTH-04 IDN-USER-15", also: gone},
		{name: "name-by-id", says: "An id is taken for a username.", source: byName,
			breaks: "IDN-AUTH-04 IDN-USER-15", also: gone},

		{name: "sign-dropped", says: "The sign of an id doesn't count.", source: byID, breaks: "IDN-USER-25"},
		{name: "negative-500", says: "A negative id breaks the service.", source: byID, breaks: "IDN-USER-25"},
		{name: "by-id-other-id", says: "The lookup by id shows another id than the one asked for.", source: byID,
			breaks: "IDN-USER-24 IDN-USER-29"},
		{name: "by-id-enabled", says: "The lookup by id shows everybody as enabled.", source: byID, breaks: "IDN-USER-29"},
		{name: "by-id-hides-disabled", says: "The lookup by id doesn't find who is disabled.", source: byID,
			breaks: "IDN-USER-29"},
		{name: "role-twice", says: "A user's first role is listed twice.", source: asSchema + "roles array true.",
			breaks: "IDN-USER-36", also: "4 the names of the role entries, each of which there is once"},

		{name: "email-without-accents", says: "Accents in an address don't count.", source: listed, breaks: "IDN-USER-07",
			also: "4.3 whose mail equals it"},
		{name: "email-question-mark", says: "A question mark stands for any letter.", source: listed, breaks: "IDN-USER-03"},
		{name: "email-underscore", says: "An underscore stands for any letter.", source: listed, breaks: "IDN-USER-03"},
		{name: "email-percent", says: "A percent sign stands for anything.", source: listed, breaks: "IDN-USER-03"},
		{name: "email-empty-all", says: "An empty address lists everybody.", source: listed, breaks: "IDN-USER-03"},
	}
}

// letIn tells whether a fault lets a caller in who has no token.
func (s *server) letIn(r *http.Request) bool {
	header := strings.TrimSpace(r.Header.Get("Authorization"))
	return (s.on("bare-scheme") && header == "Bearer") || (s.on("any-basic") && strings.HasPrefix(header, "Basic "))
}

// signed compares a token's signature with the right one, as far as a fault does.
func (s *server) signed(parts []string, right string) bool {
	switch s.first("signature-unchecked", "signature-beginning", "algorithm-none") {
	case "signature-unchecked":
		return true
	case "signature-beginning":
		return len(parts[2]) >= 6 && right[:6] == parts[2][:6]
	case "algorithm-none":
		header, _ := base64.RawURLEncoding.DecodeString(parts[0])
		return strings.Contains(string(header), `"none"`) || right == parts[2]
	}
	return right == parts[2]
}

// mistaken tells whether a fault takes that text for the user's name.
func (s *server) mistaken(e *entry, text string) bool {
	name, asked := strings.ToLower(e.username), strings.ToLower(text)
	switch s.first("name-by-prefix", "name-by-pattern", "name-by-email", "name-by-id") {
	case "name-by-prefix":
		return strings.HasPrefix(name, asked)
	case "name-by-pattern":
		before, behind, pattern := strings.Cut(asked, "*")
		return pattern && strings.HasPrefix(name, before) && strings.HasSuffix(name, behind)
	case "name-by-email":
		return strings.EqualFold(e.mail, asked) && asked != ""
	case "name-by-id":
		row := s.rowOf(e.username)
		return row != nil && strconv.FormatInt(row.id, 10) == asked
	}
	return false
}

// alike compares addresses as a fault does.
func (s *server) alike(stored, asked string) bool {
	before, domain, _ := strings.Cut(asked, "@")
	own, ownDomain, _ := strings.Cut(stored, "@")
	same := domain == ownDomain
	switch s.first("email-without-dots", "email-without-tag", "email-without-accents", "email-question-mark",
		"email-underscore", "email-percent", "email-empty-all") {
	case "email-without-dots":
		return same && strings.ReplaceAll(before, ".", "") == strings.ReplaceAll(own, ".", "")
	case "email-without-tag":
		before, _, _ = strings.Cut(before, "+")
		return same && before == own
	case "email-without-accents":
		return stored == strings.NewReplacer("â", "a", "û", "u").Replace(unaccented().Replace(asked))
	case "email-question-mark":
		return anyLetter(stored, asked, '?')
	case "email-underscore":
		return anyLetter(stored, asked, '_')
	case "email-percent":
		start, end, pattern := strings.Cut(asked, "%")
		return pattern && strings.HasPrefix(stored, start) && strings.HasSuffix(stored, end)
	case "email-empty-all":
		return asked == ""
	}
	return false
}

// anyLetter compares two texts, one of which has a sign for any letter.
func anyLetter(stored, asked string, sign byte) bool {
	if len(stored) != len(asked) {
		return false
	}
	for i := range len(asked) {
		if asked[i] != sign && asked[i] != stored[i] {
			return false
		}
	}
	return true
}
