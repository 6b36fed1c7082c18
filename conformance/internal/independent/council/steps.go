package council

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// step is one check on the way of a call; at says when it is due.
type step struct {
	name string
	at   int
	do   func(*call) *reply
}

func readSteps() []step {
	return []step{{"limit", -9, (*call).limit}, {"media", -5, (*call).media}, {"key", 0, (*call).key},
		{"scope", 5, (*call).scope}, {"lookup", 20, (*call).lookup}}
}

func createSteps() []step {
	return []step{{"limit", -9, (*call).limit}, {"media", -5, (*call).media}, {"key", 0, (*call).key},
		{"scope", 5, (*call).scope}, {"role", 10, (*call).role}, {"parse", 30, (*call).parse},
		{"validate", 40, (*call).validate}, {"plan", 50, (*call).plan}, {"grant", 52, (*call).grant},
		{"conflict", 60, (*call).conflict}}
}

func updateSteps() []step {
	return append(slices.Clone(createSteps()), step{"lookup", 20, (*call).lookup})
}

func deleteSteps() []step {
	return append(slices.Clone(readSteps()), step{"role", 10, (*call).role})
}

func stepsOf() map[string][]step {
	return map[string][]step{"list": readSteps(), "get": readSteps(), "suggest": readSteps(),
		"create": createSteps(), "update": updateSteps(), "delete": deleteSteps()}
}

func finals() map[string]func(*call) *reply {
	return map[string]func(*call) *reply{"list": (*call).list, "get": (*call).get, "suggest": (*call).suggest,
		"create": (*call).create, "update": (*call).update, "delete": (*call).remove}
}

// moves are the habits that only change when a check is due.
func moves() []struct {
	habit string
	step  string
	at    int
} {
	return []struct {
		habit, step string
		at          int
	}{
		{"body-before-key", "parse", -2}, {"body-before-key", "validate", -1},
		{"role-after-validation", "role", 45},
		{"lookup-before-role", "lookup", 8},
		{"validation-before-lookup", "parse", 12}, {"validation-before-lookup", "validate", 14},
		{"conflict-before-validation", "conflict", 35},
		{"plan-before-validation", "plan", 33},
		{"conflict-before-plan", "conflict", 45},
	}
}

// run does the checks in their order and then the work.
func (c *call) run() *reply {
	steps := slices.Clone(stepsOf()[c.op])
	for i := range steps {
		for _, m := range moves() {
			if m.step == steps[i].name && c.s.on(m.habit) && (m.step == "role" || m.at < steps[i].at) {
				steps[i].at = m.at
			}
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	for _, st := range steps {
		if rep := st.do(c); rep != nil {
			return rep
		}
	}
	return finals()[c.op](c)
}

// limit counts the calls of a key in the last second.
func (c *call) limit() *reply {
	if !c.s.on("rate-limited") {
		return nil
	}
	const most = 100
	key, now := c.credential(), time.Now()
	recent := slices.DeleteFunc(c.s.hits[key], func(at time.Time) bool { return now.Sub(at) > time.Second })
	if c.s.hits[key] = recent; len(recent) >= most {
		rep := fail(429, "TOO_MANY_REQUESTS", "Too many requests, please wait a second")
		rep.header = map[string]string{"Retry-After": "1"}
		return rep
	}
	c.s.hits[key] = append(recent, now)
	return nil
}

// media is for the products that look at types and queries closely.
func (c *call) media() *reply {
	sent := strings.ToLower(c.r.Header.Get("Content-Type"))
	if c.s.on("json-type-only") && len(c.raw) > 0 && !strings.HasPrefix(sent, "application/json") {
		return fail(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json")
	}
	if writes := slices.Contains([]string{"create", "update"}, c.op); c.s.on("json-type-always") && writes && sent == "" {
		return fail(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json")
	}
	if wanted := c.r.Header.Get("Accept"); c.s.on("accept-strict") && wanted != "" && !acceptsJSON(wanted) {
		return fail(406, "NOT_ACCEPTABLE", "Only JSON is served")
	}
	if c.s.on("queries-strict") {
		for name := range c.r.URL.Query() {
			if c.op != "suggest" || name != "summary" {
				return fail(400, "INVALID", "Unknown query parameter", member{name, "is not known"})
			}
		}
	}
	return nil
}

func acceptsJSON(wanted string) bool {
	return slices.ContainsFunc([]string{"*/*", "application/*", "json"}, func(part string) bool {
		return strings.Contains(strings.ToLower(wanted), part)
	})
}

// credential is the key as it was sent, in either header.
func (c *call) credential() string {
	if key, found := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer "); found {
		return strings.TrimSpace(key)
	}
	if c.s.on("bearer-only") {
		return ""
	}
	return c.r.Header.Get("X-API-Key")
}

// key finds out who calls.
func (c *call) key() *reply {
	key := c.credential()
	who := c.caller(key)
	if who == nil && (c.s.on("no-authentication") || c.s.on("wards-list-open") && c.op == "list" && c.k.name == wards().name) {
		who = callers()["sk_calder_9b2e71c0"]
	}
	if who != nil {
		c.s.viewer = who.role
	}
	if c.who = who; who != nil && (who.state == "" || c.byHeader() && c.s.on("revoked-by-header")) {
		return nil
	}
	text := "This API key is not valid"
	switch {
	case key == "":
		text = "An API key is required"
	case who != nil && c.s.on("errors-per-key"):
		text = "This API key is " + who.state
	}
	rep := fail(401, "UNAUTHENTICATED", text)
	if c.s.on("keys-403") {
		rep.status, rep.wrong.status = 403, 403
	}
	if c.s.on("www-authenticate") {
		rep.header = map[string]string{"WWW-Authenticate": `Bearer realm="casework"`}
	}
	return rep
}

// scope is stated for the lists only.
func (c *call) scope() *reply {
	asked := c.op == "list" || c.s.on("scopes-on-gets") && (c.op == "get" || c.op == "suggest") ||
		c.s.on("scopes-on-writes") && slices.Contains([]string{"create", "update", "delete"}, c.op)
	if !asked || slices.Contains(c.who.scopes, c.k.scope()) || c.s.fault(c.k, "scope-ignored") ||
		c.byHeader() && c.s.fault(c.k, "scope-by-header") ||
		c.s.on("wards-list-open") && c.op == "list" && c.k.name == wards().name {
		return nil
	}
	rep := fail(403, "FORBIDDEN", "This key lacks the scope "+c.k.scope(), member{"requiredScope", c.k.scope()})
	return rep.asked(c.s.on("scope-401"))
}

// role is stated for writing users only.
func (c *call) role() *reply {
	least := c.k.writers
	if c.k.name != users().name && c.s.on("setup-by-councillors") {
		least = "councillor"
	}
	if c.k.name != users().name && c.s.on("setup-by-admins") || c.op == "delete" || c.s.fault(c.k, "admins-only") {
		least = "admin"
	}
	if roleRank()[c.who.role] >= roleRank()[least] || c.unasked() || c.s.fault(c.k, c.op+"-by-anyone") {
		return nil
	}
	rep := fail(403, "FORBIDDEN", "This needs the role "+least+" or above", member{"requiredRole", least})
	return c.keptAllTheSame("forbidden-kept", rep.asked(c.s.on("role-401")))
}

// asked turns a refusal into a 401, for the products that take every refusal as a want of
// the right credentials.
func (rep *reply) asked(instead bool) *reply {
	if instead {
		rep.status, rep.wrong.status = 401, 401
	}
	return rep
}

// lookup finds the record that the path names.
func (c *call) lookup() *reply {
	if c.id == "" || c.op == "suggest" {
		return nil
	}
	if c.s.on("ids-checked") && c.op == "get" && strings.Trim(c.id, idLetters) != "" {
		return fail(400, "INVALID", "This is no id", member{"id", "is malformed"})
	}
	if c.rec = c.s.find(c.k, c.who.tenant, c.id); c.rec == nil {
		c.rec = c.alike(c.id)
	}
	foreign := c.rec != nil && c.rec.tenant != c.who.tenant
	switch {
	case c.s.fault(c.k, "get-same") && c.op == "get":
		c.rec = c.s.owned(c.k, c.who.tenant)[0]
		return nil
	case c.rec != nil && (!foreign || c.s.fault(c.k, "foreign-found")):
		return nil
	case c.rec == nil && c.op == "update" && c.s.fault(c.k, "update-upserts"):
		c.rec = &record{id: c.id, tenant: c.who.tenant, values: c.s.blank(c.k), created: c.s.now()}
		c.s.stores[c.k.name] = append(c.s.stores[c.k.name], c.rec)
		return nil
	case foreign && c.k.name != users().name && c.s.on("foreign-403"):
		return fail(403, "FORBIDDEN", "This belongs to another council")
	case c.s.gone[c.id] && c.op == "get":
		return fail(410, "GONE", "This was deleted")
	}
	return fail(404, "NOT_FOUND", "No such "+c.k.name)
}

const idLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:."
