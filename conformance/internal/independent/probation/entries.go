package probation

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

// showEntry is the lookup of the other API that has the same directory: a user with the roles.
func (s *server) showEntry(c *call) answer {
	username := c.values["username"]
	a := s.account(username)
	switch {
	case a == nil || !a.entry:
		return notFound("User", "username", username)
	case !a.row:
		return notFound("User entity", "username", username)
	}
	forename, surname := a.username, "User"
	if p := s.personByUsername(a.username); p != nil {
		forename, surname = p.forename, p.surname
	}
	return ok(object{{"userId", a.userID}, {"username", a.username}, {"firstName", forename}, {"surname", surname},
		{"email", s.mail(a.mail)}, {"enabled", !a.disabled}, {"roles", s.shownRoles(a)}})
}

// signIn is the check of a password of that API.
func (s *server) signIn(c *call) answer {
	var shown struct{ Username, Password string }
	if err := json.NewDecoder(c.request.Body).Decode(&shown); err != nil {
		return *failure(http.StatusBadRequest, "")
	}
	if a := s.account(shown.Username); a == nil || a.password == "" || a.password != shown.Password {
		return *failure(http.StatusUnauthorized, "Authentication failure")
	}
	return answer{status: http.StatusOK}
}

// shownRoles are a user's roles, and with a fault those that were shown first.
func (s *server) shownRoles(a *account) list {
	if s.has("entry-stale") {
		if s.seen[a.username] == nil {
			s.seen[a.username] = maps.Clone(a.roles)
		}
		return roleNames(s.seen[a.username])
	}
	return roleNames(a.roles)
}

func roleNames(roles map[string]bool) list {
	names := list{}
	for _, name := range slices.Sorted(maps.Keys(roles)) {
		names = append(names, name)
	}
	return names
}
