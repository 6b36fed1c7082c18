package identity

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// call is one request on its way through the checks.
type call struct {
	s      *server
	r      *http.Request
	body   []byte
	broken bool // the body broke off or is too large
	op     *operation
	vars   map[string]string // from the path
	form   map[string]string // from the body
	userID int64
	claims *claims
}

// operation is one row of the contract.
type operation struct {
	id, method, path, authority string
	bind                        func(*call) *answer // reads what the caller sends; may be nil
	run                         func(*call) *answer
	takesBody                   bool
}

func contract() []operation {
	return []operation{
		{"changePassword", "POST", "/user/{username}/password", passwordWrite, bindPassword, changePassword, true},
		{"authenticate", "POST", "/authenticate", authenticate, bindCredentials, checkPassword, true},
		{"getUsersByEmail", "GET", "/user", userDetails, bindEmail, usersByEmail, false},
		{"getUserDetails", "GET", "/user/{username}", userDetails, nil, userByName, false},
		{"getUserDetailsById", "GET", "/user/details/{userId}", userDetails, bindID, userByID, false},
		{"addRole", "PUT", "/users/{username}/roles", roleSwitch, nil, giveRole, false},
		{"removeRole", "DELETE", "/users/{username}/roles", roleSwitch, nil, takeRole, false},
	}
}

// alias is a second verb or path of an operation, open while its habit is active.
type alias struct{ habit, id, method, path string }

func aliases() []alias {
	return []alias{
		{"put-password", "changePassword", "PUT", "/user/{username}/password"},
		{"patch-password", "changePassword", "PATCH", "/user/{username}/password"},
		{"users-path", "getUsersByEmail", "GET", "/users"},
		{"by-id-path", "getUserDetailsById", "GET", "/users/{userId}"},
		{"sign-out", "signOut", "DELETE", "/authenticate"},
		{"roles-path", "getRoles", "GET", "/user/{username}/roles"},
	}
}

// furtherOperations are ones that no document names; an alias opens them.
func furtherOperations() []operation {
	return []operation{
		{"signOut", "", "", authenticate, nil, signOut, false},
		{"getRoles", "", "", userDetails, nil, rolesOf, false},
	}
}

func (s *server) operations() []operation {
	ops := contract()
	all := append(contract(), furtherOperations()...)
	for _, a := range aliases() {
		if !s.on(a.habit) {
			continue
		}
		op := all[slices.IndexFunc(all, func(o operation) bool { return o.id == a.id })]
		op.method, op.path = a.method, a.path
		ops = append(ops, op)
	}
	return ops
}

// matched compares a path with an operation's, piece by piece, and gives its variables.
func matched(pattern, escaped string) (map[string]string, bool) {
	want, got := strings.Split(pattern, "/"), strings.Split(escaped, "/")
	if len(want) != len(got) {
		return nil, false
	}
	vars := map[string]string{}
	for i, piece := range want {
		value, err := url.PathUnescape(got[i])
		name, variable := strings.CutPrefix(piece, "{")
		if err != nil || (variable && value == "") || (!variable && value != piece) {
			return nil, false
		}
		if variable {
			vars[strings.TrimSuffix(name, "}")] = value
		}
	}
	return vars, true
}

// onPath gives the operations of the request's path.
func (c *call) onPath() []operation {
	path := c.r.URL.EscapedPath()
	if c.s.on("trailing-slash") && len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	var found []operation
	for _, op := range c.s.ops {
		if _, ok := matched(op.path, path); ok {
			found = append(found, op)
		}
	}
	return found
}

// method is the verb that counts: HEAD is GET without its body, where that is offered.
func (c *call) method() string {
	if c.r.Method == http.MethodHead && c.s.on("head") {
		return http.MethodGet
	}
	return c.r.Method
}

// allowOf names the verbs of a path.
func (s *server) allowOf(ops []operation) string {
	var verbs []string
	for _, op := range ops {
		if !slices.Contains(verbs, op.method) {
			verbs = append(verbs, op.method)
		}
		if op.method == http.MethodGet && s.on("head") {
			verbs = append(verbs, http.MethodHead)
		}
	}
	return strings.Join(verbs, ", ")
}
