package identity

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// step is one check. It gives nil to let the call pass.
type step struct {
	name string
	rank int // where it stands; 0 leaves it out
	run  func(*call) *answer
}

func plainSteps() []step {
	return []step{
		{"token", 10, checkToken},
		{"path", 20, checkPath},
		{"method", 30, checkMethod},
		{"media", 40, checkMedia},
		{"exists", 0, checkExists},
		{"bind", 50, checkBinding},
		{"authority", 60, checkAuthority},
	}
}

// moves are the other orders of the checks, by habit.
func moves() map[string]map[string]int {
	return map[string]map[string]int{
		"authority-before-body": {"authority": 35},
		"path-before-token":     {"path": 1, "method": 2},
		"body-before-token":     {"path": 1, "method": 2, "media": 3, "bind": 4},
		"unknown-before-body":   {"exists": 45},
	}
}

func (s *server) orderedSteps() []step {
	steps := plainSteps()
	for i := range steps {
		for habit, ranks := range moves() {
			if rank, ok := ranks[steps[i].name]; ok && s.on(habit) {
				steps[i].rank = rank
			}
		}
	}
	steps = slices.DeleteFunc(steps, func(st step) bool { return st.rank == 0 })
	slices.SortStableFunc(steps, func(a, b step) int { return a.rank - b.rank })
	return steps
}

func (s *server) answer(c *call) *answer {
	if a := c.open(); a != nil {
		return a
	}
	for _, st := range s.steps {
		if a := st.run(c); a != nil {
			return a
		}
	}
	return c.op.run(c)
}

// open answers what needs no token.
func (c *call) open() *answer {
	if c.s.on("health") && c.r.URL.Path == "/health" && c.r.Method == http.MethodGet {
		return ok(object{{"status", "UP"}})
	}
	if ops := c.onPath(); c.s.on("options") && c.r.Method == http.MethodOptions && len(ops) > 0 {
		return nothing(http.StatusNoContent).with("Allow", c.s.allowOf(ops)+", OPTIONS")
	}
	return nil
}

func checkToken(c *call) *answer {
	if c.s.on("no-authentication") || c.s.letIn(c.r) {
		c.claims = &claims{Authorities: strings.Fields(allThree)}
		return nil
	}
	token, sent := bearer(c.r)
	if !sent {
		if name, asked := strings.CutPrefix(c.r.URL.Path, "/user/"); asked && c.s.on("unknown-told") && c.s.entryOf(name) == nil {
			return notFound("User", "username", name)
		}
		return c.refused("Bearer")
	}
	if c.claims = c.s.verified(token); c.claims == nil {
		return c.refused(`Bearer error="invalid_token", error_description="The token is not valid"`)
	}
	return nil
}

func (c *call) refused(challenge string) *answer {
	if c.s.on("no-token-403") {
		return &answer{status: http.StatusForbidden, kind: bearerError, challenge: challenge}
	}
	return &answer{status: http.StatusUnauthorized, kind: bearerError, challenge: challenge}
}

func checkPath(c *call) *answer {
	if len(c.onPath()) == 0 {
		return unreadable(http.StatusNotFound)
	}
	return nil
}

func checkMethod(c *call) *answer {
	ops := c.onPath()
	at := slices.IndexFunc(ops, func(o operation) bool { return o.method == c.method() })
	if at < 0 && c.s.on("method-404") {
		return unreadable(http.StatusNotFound)
	}
	if at < 0 {
		c.storesAllTheSame(ops)
		return unreadable(http.StatusMethodNotAllowed).with("Allow", c.s.allowOf(ops))
	}
	c.op = &ops[at]
	path := c.r.URL.EscapedPath()
	if c.s.on("trailing-slash") {
		path = strings.TrimSuffix(path, "/")
	}
	c.vars, _ = matched(c.op.path, path)
	return nil
}

// checkMedia lets an absent body of no type pass: it is refused as a missing body.
func checkMedia(c *call) *answer {
	sent := c.r.Header.Get("Content-Type")
	if !c.op.takesBody || c.s.on("any-content-type") || (sent == "" && len(c.body) == 0) {
		return nil
	}
	media, params, err := mime.ParseMediaType(sent)
	strange := c.s.on("utf8-only") && params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8")
	if err == nil && !strange && (media == "application/json" || strings.HasSuffix(media, "+json")) {
		return nil
	}
	if c.s.on("media-400") {
		return unreadable(http.StatusBadRequest)
	}
	return unreadable(http.StatusUnsupportedMediaType)
}

// checkExists looks for the user before anything else is read.
func checkExists(c *call) *answer {
	if name, named := c.vars["username"]; named && c.s.entryOf(name) == nil {
		return notFound("User", "username", name)
	}
	id, err := strconv.ParseInt(c.vars["userId"], 10, 64)
	if err == nil && c.s.rowByID(id) == nil {
		return notFound("User", "userId", c.vars["userId"])
	}
	return nil
}

func checkBinding(c *call) *answer {
	if a := c.strayParameter(); a != nil {
		return a
	}
	if c.op.bind == nil {
		return nil
	}
	return c.op.bind(c)
}

// strayParameter refuses query parameters that the operation doesn't have.
func (c *call) strayParameter() *answer {
	if !c.s.on("unknown-query-refused") {
		return nil
	}
	for name := range c.r.URL.Query() {
		if name != "email" || c.op.id != "getUsersByEmail" {
			return unreadable(http.StatusBadRequest)
		}
	}
	return nil
}

// insufficient is the challenge to a valid token that lacks the authority.
const insufficient = `Bearer error="insufficient_scope", error_description="The request requires higher privileges", ` +
	`error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"`

func checkAuthority(c *call) *answer {
	if c.s.unguarded(c.op) || c.openToAll() || c.claims.has(c.s.needed(c.op)) {
		return nil
	}
	if c.s.on("forbidden-404") && c.op.id != "authenticate" {
		return unreadable(http.StatusNotFound)
	}
	status := http.StatusForbidden
	if c.s.on("forbidden-401") && c.op.id != "authenticate" {
		status = http.StatusUnauthorized
	}
	return &answer{status: status, kind: bearerError, challenge: insufficient, seedWords: c.op.id == "authenticate"}
}

// unguarded is where a fault forgets to look at the authority.
func (s *server) unguarded(op *operation) bool {
	return s.on("authority-unchecked") || (s.on("by-id-unguarded") && op.id == "getUserDetailsById")
}

// needed is the authority of an operation; a fault takes the wrong one.
func (s *server) needed(op *operation) string {
	if s.on("password-opens-to-readers") && op.id == "changePassword" {
		return userDetails
	}
	if s.on("authenticate-opens-to-writers") && op.id == "authenticate" {
		return passwordWrite
	}
	return op.authority
}

// openToAll is what a fault shows to callers without the authority.
func (c *call) openToAll() bool {
	if e := c.s.entryOf(c.vars["username"]); c.s.on("disabled-shown-to-all") && c.op.id == "getUserDetails" && e != nil {
		return !c.s.enabled(e)
	}
	email := c.form["email"]
	return c.s.on("capitals-shown-to-all") && email != "" && email == strings.ToUpper(email)
}
