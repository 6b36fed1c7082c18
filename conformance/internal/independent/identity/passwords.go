package identity

import (
	"net/http"
	"slices"
)

// changePassword overwrites one user's password. An end date or a missing row is no hindrance.
func changePassword(c *call) *answer {
	e := c.s.entryOf(c.vars["username"])
	if e == nil && c.s.on("password-unknown-200") {
		return nothing(http.StatusOK)
	}
	if e == nil || c.s.keptFromChange(e) {
		return notFound("User", "username", c.vars["username"])
	}
	if c.s.on("same-password-refused") && e.password == c.form["password"] {
		return c.invalid([]fieldError{{"NewPassword", "must differ from the present one", "password"}})
	}
	c.s.store(e, c.form["password"])
	return c.changed()
}

// keptFromChange is whom a product may not count as a user with a password here.
func (s *server) keptFromChange(e *entry) bool {
	return (s.on("disabled-keep-password") && !s.enabled(e)) || (s.on("rowless-keep-password") && s.rowOf(e.username) == nil)
}

func (s *server) store(e *entry, password string) {
	at := slices.Index(s.dir.entries, e)
	next := s.dir.entries[(at+1)%len(s.dir.entries)]
	if s.alsoStored(e, next, password) {
		return
	}
	switch s.first(writeFaults()...) {
	case "password-lost":
		return
	case "password-hits-neighbour":
		next.password = password
	case "password-hits-another":
		s.entryOf(given()["username"]).password = password
	case "password-hits-all":
		for _, other := range s.dir.entries {
			other.password = password
		}
	case "password-drops-neighbour":
		s.dir.entries = slices.DeleteFunc(s.dir.entries, func(o *entry) bool { return o == next })
	case "password-takes-switched":
		e.roles = slices.DeleteFunc(slices.Clone(e.roles), func(role string) bool { return role == switchedRole })
	case "password-clears-roles":
		e.roles = nil
	case "password-ends-user":
		e.end = "20010101"
	case "password-hits-next":
		next.password = password
		return
	}
	e.password = s.altered(password)
}

// writeFaults are the ways in which a change goes wrong.
func writeFaults() []string {
	return []string{
		"password-lost", "password-hits-neighbour", "password-hits-all", "password-drops-neighbour",
		"password-clears-roles", "password-ends-user", "password-hits-next", "password-hits-another", "password-takes-switched",
	}
}

func (c *call) changed() *answer {
	if c.s.on("password-204") {
		return nothing(http.StatusNoContent)
	}
	return c.s.success("Password changed successfully")
}

// success is a 200 that has nothing to tell; some products say so in words.
func (s *server) success(words string) *answer {
	switch s.first("success-text", "success-json", "success-object") {
	case "success-text":
		return &answer{status: http.StatusOK, kind: plainText, message: words}
	case "success-json":
		return ok(object{{"status", int64(http.StatusOK)}, {"message", words}})
	case "success-object":
		return ok(object{})
	}
	return nothing(http.StatusOK)
}

// checkPassword gives the same 401 for every failure, so that nobody can find out usernames.
func checkPassword(c *call) *answer {
	e := c.s.entryOf(c.form["username"])
	if c.breaksOn() {
		return unreadable(http.StatusInternalServerError)
	}
	if c.s.on("authenticate-anything") || (e != nil && c.s.admits(e, c.form["password"])) {
		return c.s.success("User authenticated")
	}
	if e != nil && !c.s.enabled(e) && c.s.on("disabled-told") {
		return &answer{status: http.StatusUnauthorized, kind: envelope, message: "Account disabled"}
	}
	return c.failed()
}

func (c *call) failed() *answer {
	switch c.s.first("failure-200", "failure-400") {
	case "failure-200":
		return ok(object{{"authenticated", false}})
	case "failure-400":
		return &answer{status: http.StatusBadRequest, kind: envelope, message: "Authentication failure"}
	}
	return &answer{status: http.StatusUnauthorized, kind: envelope, message: "Authentication failure"}
}

func (s *server) admits(e *entry, password string) bool {
	switch {
	case s.on("authenticate-nobody"):
		return false
	case s.on("disabled-refused") && !s.enabled(e):
		return false
	case s.on("rowless-refused") && s.rowOf(e.username) == nil:
		return false
	case s.on("any-users-password"):
		return slices.ContainsFunc(s.dir.entries, func(o *entry) bool { return o.password == password })
	case s.on("old-password-works"):
		return password == e.password || password == original(e.username)
	}
	return s.compared(password) == s.compared(e.password)
}

// original is the password that a user began with.
func original(username string) string { return personOf(username).password }

// signOut ends nothing, since a check of a password begins nothing.
func signOut(*call) *answer { return nothing(http.StatusNoContent) }
