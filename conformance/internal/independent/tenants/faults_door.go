package tenants

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"rollcall/conformance/internal/independent"
)

// doorFaults read a token, an id or an email by half, and do what they refuse.
func doorFaults() []independent.Fault {
	const token, id, only = "L17 | 401 | Unauthorised", "L10, L174 The id of the user", "L66, L168, L272: post, put and delete"
	return []independent.Fault{
		broken("tokens-by-beginning", "The first half of a token opens what the token does.", token,
			"TEN-DOC-searchUser-ignored_auth"),
		broken("tokens-with-any-end", "Only the first half of a token counts.", token, "TEN-DOC-searchUser-ignored_auth"),
		broken("any-token", "An asterisk is a token.", token, "TEN-DOC-searchUser-ignored_auth"),
		broken("ids-of-32-bits", "Of an id the last 32 bits count.", id, "TEN-SRCH-05", "TEN-SRCH-06", "TEN-UPD-04"),
		broken("ids-without-sign", "A negative id is that without the sign.", id, "TEN-SRCH-05", "TEN-UPD-04", "TEN-DEL-02"),
		broken("email-by-beginning", "The beginning of an email finds the user.", "L12 The email of the user to retrieve",
			"TEN-SRCH-13", "TEN-SRCH-03"),
		broken("email-by-pattern", "An asterisk in an email stands for anything.", "L12 The email of the user to retrieve",
			"TEN-SRCH-13"),
		broken("patch-acts", "PATCH is answered 405, and updates.", only, "TEN-UPD-12"),
		broken("post-acts", "POST to a user is answered 405, and deactivates.", only,
			"TEN-UPD-12"),
		broken("forbidden-and-created", "A create without rights is answered 403, and done.", "L120 | 403 | Permission denied",
			"TEN-GEN-03"),
		broken("invalid-and-created", "A create with invalid input is answered 400, and done.", "L119 | 400 | Invalid input",
			"TEN-CRT-05"),
	}
}

// known is the token of a text; a fault takes less than a token for one.
func (s *server) known(given string) (token, bool) {
	for _, whole := range slices.Sorted(maps.Keys(tokens())) { // the same one each time
		t, half := tokens()[whole], whole[:len(whole)/2]
		if s.has("tokens-by-beginning") && given == half || s.has("any-token") && given == "*" ||
			s.has("tokens-with-any-end") && len(given) > len(half) && strings.HasPrefix(given, half) {
			if _, itself := tokens()[given]; !itself && !t.spent && t.rights {
				return t, true
			}
		}
	}
	t, found := tokens()[given]
	if !found && s.has("tokens-without-last-sign") {
		return s.shortened(given)
	}
	return t, found
}

// wrapped is an id as a fault reads it.
func (s *server) wrapped(text string) string {
	id, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err == nil && id > math.MaxInt32 && s.has("ids-of-32-bits"):
		return strconv.FormatInt(id&(1<<32-1), 10)
	case s.has("ids-in-lists"):
		first, _, _ := strings.Cut(text, ",")
		return first
	case s.has("ids-without-sign"):
		return strings.TrimPrefix(text, "-")
	}
	return text
}

// likeEmail says whether a fault takes a text for the email.
func (s *server) likeEmail(has, asked string) bool {
	before, behind, pattern := strings.Cut(asked, "*")
	return s.has("email-by-beginning") && len(asked) > 3 && strings.HasPrefix(has, asked) ||
		s.has("email-by-pattern") && pattern && strings.HasPrefix(has, before) && strings.HasSuffix(has, behind)
}

// keptAllTheSame makes, with a fault, the user whose create is refused for a member.
func (s *server) keptAllTheSame(c *call, members map[string]any) {
	if !s.has("invalid-and-created") || c.op != "createUser" {
		return
	}
	for name, value := range members {
		if f := s.field(name); f != nil {
			if typed, ok := s.convert(*f, value); ok {
				c.sent[f.name] = typed
			}
		}
	}
	s.create(c)
}

// actsAllTheSame does, with a fault, what is refused as a method.
func (s *server) actsAllTheSame(c *call, place string) {
	s.endsAll(c, place)
	switch method := c.r.Method; {
	case place == "item" && method == "PATCH" && s.has("patch-acts"):
		c.op = "updateUser"
	case place == "item" && method == "POST" && s.has("post-acts"):
		c.op = "deactivateUser"
	default:
		return
	}
	s.perform(c)
}

// tellsAllTheSame shows, with a fault, the user whom the caller has no right to see.
func (s *server) tellsAllTheSame(c *call, refusal *answer) *answer {
	if s.has("refusal-shows-user") && c.op == "searchUser" && refusal.status == 403 &&
		c.tenant != nil && s.readForm(c) == nil && s.findUser(c) == nil {
		refusal.fault, refusal.body = "", s.members(c, c.user)
	}
	return refusal
}

// sharing are, with a fault, the other users who have the reference number of one.
func (s *server) sharing(c *call, fault string) (others []*user) {
	number := c.user.values.text("referenceNumber")
	for _, u := range c.tenant.users {
		if s.has(fault) && u != c.user && number != "" && u.values.text("referenceNumber") == number {
			others = append(others, u)
		}
	}
	return others
}
