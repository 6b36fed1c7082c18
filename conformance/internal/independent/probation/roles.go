package probation

import (
	"net/http"
	"strings"
)

// licenceRole is the only role that the switch gives and takes.
const licenceRole = "LHDCBT002"

// entry is the directory's user of a name, nil when the directory has none.
func (s *server) entry(username string) *account {
	a := s.account(username)
	if a == nil && s.has("usernames-by-their-beginning") {
		if of := find(s.data.accounts, func(b *account) bool { return strings.HasPrefix(b.username, username) }); of != nil {
			a = *of
		}
	}
	if a != nil && (a.row && !a.entry && s.has("role-by-row-alone")) {
		return a
	}
	if a != nil && !a.row && s.has("role-needs-a-row") {
		return nil
	}
	if a == nil || !a.entry || s.has("only-staff-have-roles") && s.personByUsername(username) == nil {
		return nil
	}
	return a
}

func (s *server) addRole(c *call) answer {
	a := s.entry(c.values["username"])
	switch {
	case a == nil && s.has("giving-to-nobody-200"):
		return answer{status: http.StatusOK}
	case a == nil:
		return notFound("User", "username", c.values["username"])
	case a.disabled && s.has("disabled-users-conflict"):
		return *failure(http.StatusConflict, "The user is disabled")
	case a.roles[licenceRole] && s.has("giving-twice-409"):
		return *failure(http.StatusConflict, "The user has the role")
	}
	a.roles[licenceRole] = true
	if role := c.request.URL.Query().Get("role"); role != "" && s.has("role-of-the-query-given") {
		a.roles[role] = true
	}
	s.spread(c.route.op, a)
	return s.switched(a)
}

// removeRole answers 200 for a user without the role too, even for one whom nobody knows.
func (s *server) removeRole(c *call) answer {
	a := s.entry(c.values["username"])
	switch {
	case a == nil && s.has("taking-from-nobody-404"):
		return notFound("User", "username", c.values["username"])
	case a == nil:
		return answer{status: http.StatusOK}
	case a.disabled && s.has("disabled-users-conflict"):
		return *failure(http.StatusConflict, "The user is disabled")
	case !a.roles[licenceRole] && s.has("taking-twice-404"):
		return notFound("Role", "name", licenceRole)
	}
	delete(a.roles, licenceRole)
	s.spread(c.route.op, a)
	return s.switched(a)
}

// switched is the answer of both: nothing at all.
func (s *server) switched(a *account) answer {
	if s.has("role-switch-tells-roles") {
		return ok(rolesView(a))
	}
	return answer{status: http.StatusOK}
}

func rolesView(a *account) object {
	return object{{"username", a.username}, {"roles", roleNames(a.roles)}}
}

// showRoles is an operation beyond the documents; only a habit opens it.
func (s *server) showRoles(c *call) answer {
	a := s.entry(c.values["username"])
	if a == nil {
		return notFound("User", "username", c.values["username"])
	}
	return ok(rolesView(a))
}
