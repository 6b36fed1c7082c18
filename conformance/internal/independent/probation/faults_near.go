package probation

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"rollcall/conformance/internal/independent"
)

// nearRow is a fault that takes something of a person for the key that a path asks for.
type nearRow struct {
	name, says, breaks string
	method, before     string // which calls: their method, and the path up to the key
	key                func(p person, asked string) string
}

func nearRows() []nearRow {
	of := func(alike func(p person, asked string) bool) func(person, string) string {
		return func(p person, asked string) string {
			if p.username != "" && alike(p, asked) {
				return p.username
			}
			return ""
		}
	}
	code := of(func(p person, asked string) bool { return p.code == asked })
	without := func(name string) string { return strings.NewReplacer(".", "", "_", "", "-", "").Replace(name) }
	return []nearRow{
		{"signs-in-usernames-dropped", "A username is found without its signs.", "PRO-STAFF-09", http.MethodGet, "/staff/",
			of(func(p person, asked string) bool { return without(p.username) == without(asked) })},
		{"hosts-behind-usernames-dropped", "What stands behind an at sign is no part of a username.", "PRO-STAFF-09",
			http.MethodGet, "/staff/", of(func(p person, asked string) bool {
				name, _, _ := strings.Cut(asked, "@")
				return name == p.username
			})},
		{"staff-by-code-as-username", "A staff code is taken for a username.", "PRO-STAFF-09", http.MethodGet, "/staff/", code},
		{"codes-after-zeros", "Zeros before a staff code are no part of it.", "PRO-STAFF-15", http.MethodGet, "/staff/bycode/",
			func(p person, asked string) string {
				if p.code == strings.TrimLeft(asked, "0") {
					return p.code
				}
				return ""
			}},
		{"role-given-by-code", "The role is given by a staff code, too.", "PRO-ROLE-06", http.MethodPut, "/users/", code},
		{"role-taken-by-code", "The role is taken by a staff code, too.", "PRO-ROLE-08", http.MethodDelete, "/users/", code},
		{"role-taken-by-beginning", "The role is taken by what begins with a username.", "PRO-ROLE-08", http.MethodDelete,
			"/users/", of(func(p person, asked string) bool { return strings.HasPrefix(asked, p.username) })},
	}
}

func nearFaults() (faults []fault) {
	const paths = "/staff/{username}, /staff/bycode/{code} get; /users/{username}/roles put, delete: path string true"
	for _, row := range nearRows() {
		faults = append(faults, fault{Fault: broken(row.name, row.says, paths, row.breaks)})
	}
	return append(faults, fault{Fault: broken("first-manager-has-an-email", "Of several managers, the first has an email.",
		"/probation-case/responsible-community-manager post: 200 array; email string false", "PRO-MGR-18")})
}

// do asks for the person whom the key of the call is like.
func (row nearRow) do(c *independent.Passing) *httptest.ResponseRecorder {
	key, isOne := strings.CutPrefix(c.Path, row.before)
	key, rest, more := strings.Cut(key, "/")
	if !isOne || c.Method != row.method || more != (row.before == "/users/") {
		return c.Through()
	}
	key, _ = url.PathUnescape(key)
	for _, p := range people() {
		if own := row.key(p, key); own != "" && !strings.EqualFold(own, key) {
			path := row.before + url.PathEscape(own)
			if more {
				path += "/" + rest
			}
			return c.Ask(c.Method, path, nil, c.Sent)
		}
	}
	return c.Through()
}

func firstHasEmail(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if c.Method != http.MethodPost || c.Path != "/probation-case/responsible-community-manager" || !independent.Fine(answer) {
		return answer
	}
	managers := independent.Listed(answer)
	for i := range managers {
		if i > 0 {
			delete(managers[i], "email")
		}
	}
	if managers == nil {
		return answer
	}
	return independent.With(answer, managers)
}
