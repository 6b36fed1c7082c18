package identity

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

func bindEmail(c *call) *answer {
	sent, there := c.r.URL.Query()["email"]
	if !there {
		return unreadable(http.StatusBadRequest)
	}
	c.form = map[string]string{"email": sent[0]}
	if c.s.on("trims-email") {
		c.form["email"] = strings.TrimSpace(sent[0])
	}
	if c.s.on("ill-formed-email-400") && !addressForm().MatchString(c.form["email"]) {
		return c.invalid([]fieldError{{"Email", "must be a well-formed email address", "email"}})
	}
	return nil
}

func addressForm() *regexp.Regexp {
	return regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
}

func digitsOnly() *regexp.Regexp {
	return regexp.MustCompile(`^[1-9][0-9]*$`)
}

func bindID(c *call) *answer {
	text := c.vars["userId"]
	id, err := strconv.ParseInt(text, 10, 64)
	if c.s.on("plain-digits-only") && !digitsOnly().MatchString(text) {
		err = strconv.ErrSyntax
	}
	if err != nil && c.s.on("no-number-404") {
		return notFound("User", "userId", text)
	}
	if err != nil {
		return unreadable(http.StatusBadRequest)
	}
	c.userID = id
	return nil
}

func usersByEmail(c *call) *answer {
	if c.refusesAll() {
		return unreadable(http.StatusNotAcceptable)
	}
	list := []any{}
	for _, e := range c.s.withMail(c.form["email"]) {
		row := c.s.rowOf(e.username)
		switch {
		case c.s.on("disabled-unlisted") && !c.s.enabled(e):
		case row == nil && c.s.first("rowless-skipped", "email-ignored", "email-empty-all") != "":
		case row == nil:
			return notFound("User entity", "username", e.username)
		default:
			list = append(list, c.listed(c.s.stale("list", c.s.details(e, row))))
		}
	}
	return c.listAnswer(list)
}

// refusesAll tells whether the caller accepts no JSON at all.
func (c *call) refusesAll() bool {
	accept := strings.ToLower(c.r.Header.Get("Accept"))
	return c.s.on("accept-heeded") && accept != "" &&
		!strings.Contains(accept, "json") && !strings.Contains(accept, "*/*") && !strings.Contains(accept, "application/*")
}

func (c *call) listAnswer(list []any) *answer {
	switch {
	case len(list) == 0 && c.s.on("nobody-404"):
		return notFound("User", "email", c.form["email"])
	case len(list) > 1 && c.s.on("list-first-only"):
		list = list[:1]
	case len(list) > 0 && c.s.on("list-first-twice"):
		list = append(list, list[0])
	}
	if c.s.on("list-in-object") {
		return ok(object{{"users", list}})
	}
	return ok(list)
}

// listed is where a fault leaves a member out of the list only.
func (c *call) listed(user object) object {
	if c.s.on("list-without-roles") {
		return without(user, "roles")
	}
	return user
}

func without(o object, name string) object {
	return slices.DeleteFunc(o, func(m member) bool { return m.name == name })
}

func userByName(c *call) *answer {
	name := c.vars["username"]
	if c.s.on("by-username-same") {
		name = people()[0].username
	}
	if len(name) > 255 && c.s.on("long-usernames-400") {
		return c.invalid([]fieldError{{"Size", "must have at most 255 characters", "username"}})
	}
	e := c.s.entryOf(name)
	if e == nil {
		return c.s.gone(name, notFound("User", "username", name))
	}
	row := c.s.rowOf(e.username)
	if row == nil {
		return notFound("User entity", "username", name)
	}
	return ok(c.s.stale("by-name", c.s.details(e, row)))
}

// gone tells of a user who was there once: the database still has the row.
func (s *server) gone(name string, a *answer) *answer {
	if s.on("entryless-410") && s.rowOf(name) != nil {
		a.status = http.StatusGone
	}
	return a
}

// userByID needs both halves of a user, and gives one message for the lack of either.
func userByID(c *call) *answer {
	id := c.userID
	if c.s.on("by-id-same") {
		id = c.s.dir.rows[0].id
	}
	missing := notFound("User", "userId", strconv.FormatInt(id, 10))
	if id < 0 && c.s.on("negative-500") {
		return unreadable(http.StatusInternalServerError)
	}
	if id < 0 && c.s.on("sign-dropped") {
		id = -id
	}
	if c.s.on("ids-of-32-bits") {
		id &= 1<<32 - 1
	}
	row := c.s.rowByID(id)
	if row == nil {
		return missing
	}
	e := c.s.entryOf(row.username)
	if e == nil {
		return c.s.gone(row.username, missing)
	}
	if c.s.on("by-id-hides-disabled") && !c.s.enabled(e) {
		return missing
	}
	return ok(c.s.spoiledByID(c.s.stale("by-id", c.s.details(e, row))))
}

// spoiledByID is where the faults of the lookup by id alone are.
func (s *server) spoiledByID(user object) object {
	switch s.first("by-id-empty-roles", "by-id-enabled", "by-id-other-id") {
	case "by-id-empty-roles":
		return append(without(user, "roles"), member{"roles", []any{}})
	case "by-id-enabled":
		return append(without(user, "enabled"), member{"enabled", true})
	case "by-id-other-id":
		return append(without(user, "userId"), member{"userId", int64(2107)})
	}
	return user
}

func rolesOf(c *call) *answer {
	e := c.s.entryOf(c.vars["username"])
	if e == nil {
		return notFound("User", "username", c.vars["username"])
	}
	return ok(object{{"roles", c.s.roles(e)}})
}

// details is the one view of a user; the three lookups share it.
func (s *server) details(e *entry, r *row) object {
	user := object{{"userId", r.id}, {"username", e.username}, {"firstName", e.firstName}, {"surname", e.surname}}
	if mail := s.mail(e); mail != nil {
		user = append(user, member{"email", mail})
	}
	if s.on("null-email") && e.mail == "" {
		user = append(user, member{"email", nil})
	}
	user = append(user, member{"enabled", s.enabled(e)}, member{"roles", s.roles(e)})
	return s.spoiled(s.arrangedMembers(append(user, s.extras(e)...)), e)
}

func (s *server) mail(e *entry) any {
	switch {
	case s.on("email-hidden"), e.mail == "" && !s.on("empty-email"):
		return nil
	case s.on("lower-email"):
		return strings.ToLower(e.mail)
	}
	return e.mail
}

func (s *server) roles(e *entry) []any {
	names := slices.Clone(e.roles)
	if s.on("role-twice") && len(names) > 0 {
		names = append(names, names[0])
	}
	switch s.first("roles-sorted", "roles-reversed", "roles-order-varies") {
	case "roles-sorted":
		slices.Sort(names)
	case "roles-reversed":
		slices.Reverse(names)
	case "roles-order-varies":
		names = rotated(names, s.reads)
	}
	list := []any{}
	for _, name := range names {
		list = append(list, s.role(name))
	}
	return list
}

// role is a role's code, or the object that the seed's picture shows.
func (s *server) role(name string) any {
	if s.on("roles-as-objects") {
		return object{{"name", name}}
	}
	return name
}

// extras are members beyond the documents', some of which change at each read.
func (s *server) extras(e *entry) []member {
	all := []struct {
		habit string
		m     member
	}{
		{"extra-full-name", member{"fullName", e.firstName + " " + e.surname}},
		{"password-members", member{"passwordExpired", false}},
		{"password-members", member{"passwordPolicy", "DEFAULT"}},
		{"password-members", member{"passwordChanged", "2024-02-29T10:00:00Z"}},
		{"extra-links", member{"links", object{{"self", "/user/" + e.username}}}},
		{"extra-read-count", member{"readCount", int64(s.reads)}},
		{"extra-last-seen", member{"lastSeen", time.Now().UTC().Format(time.RFC3339Nano)}},
		{"extra-nulls", member{"middleName", nil}},
		{"extra-request-id", member{"requestId", fmt.Sprintf("%08x", s.reads*2654435761)}},
		{"extra-nested", member{"account", object{{"locked", false}, {"attributes", []any{object{}, int64(0)}}}}},
	}
	var found []member
	for _, x := range all {
		if s.on(x.habit) {
			found = append(found, x.m)
		}
	}
	return found
}

func (s *server) arrangedMembers(user object) object {
	switch s.first("members-sorted", "members-reversed") {
	case "members-sorted":
		slices.SortFunc(user, func(a, b member) int { return strings.Compare(a.name, b.name) })
	case "members-reversed":
		slices.Reverse(user)
	}
	return user
}

// spoiled is where the faults of single members are.
func (s *server) spoiled(user object, e *entry) object {
	for i, m := range user {
		switch {
		case s.on("user-id-text") && m.name == "userId":
			user[i].value = fmt.Sprint(m.value)
		case s.on("enabled-text") && m.name == "enabled":
			user[i].value = fmt.Sprint(m.value)
		case s.on("roles-text") && m.name == "roles":
			user[i].value = strings.Join(e.roles, ",")
		}
	}
	if s.on("surname-missing") {
		user = without(user, "surname")
	}
	if s.on("password-shown") {
		user = append(user, member{"password", e.password})
	}
	return user
}
