package council

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
)

// byHeader says whether the key came in X-API-Key.
func (c *call) byHeader() bool { return c.r.Header.Get("X-API-Key") != "" }

// unasked holds the faults by which somebody's role does not matter.
func (c *call) unasked() bool {
	role := c.body["role"]
	if role == nil { // before the body is read
		role = c.peeked("role")
	}
	return c.k.name == users().name && (c.byHeader() && c.s.on("user-role-by-header") ||
		c.op == "create" && role == "admin" && c.s.on("user-admin-by-anyone") ||
		c.op == "update" && role != nil && c.s.on("user-promoted-by-anyone"))
}

// peeked is a member of the body before it is read.
func (c *call) peeked(name string) any {
	var body map[string]any
	_ = json.Unmarshal(c.raw, &body) // what can't be read has no members
	return body[name]
}

func instant(value any) (time.Time, bool) {
	words, _ := value.(string)
	at, err := time.Parse(time.RFC3339, words)
	return at, err == nil
}

// spareSeat lets every second caseworker in on any plan.
func (c *call) spareSeat() bool {
	if c.op != "create" || c.body["role"] != "caseworker" || tenants()[c.who.tenant].plan != "team" {
		return false
	}
	c.s.seats++
	return c.s.on("user-seats-every-second") && c.s.seats%2 == 0
}

// seen is a record as it was when it was first looked at in that place.
func (s *server) seen(where string, rec *record) *record {
	key := where + " " + rec.id
	if s.cached[key] == nil {
		s.cached[key] = rec.copied()
	}
	return s.cached[key]
}

func (s *server) forget(where string) {
	maps.DeleteFunc(s.cached, func(key string, _ *record) bool { return strings.HasPrefix(key, where+" ") })
}

// listed is a record as a list shows it.
func (s *server) listed(k *kind, rec *record) object {
	if s.fault(k, "list-stale") {
		rec = s.seen("list", rec)
	}
	if place, is := rec.values["latitude"].(float64); is && s.on("ward-list-rounds") {
		rec = rec.copied()
		rec.values["latitude"] = math.Round(place*100) / 100
	}
	shape := s.shaped(k, rec)
	if rec.values["enabled"] == false && s.fault(k, "list-bares-disabled") {
		return slices.DeleteFunc(shape, func(m member) bool { return m.name != "id" && m.name != "enabled" })
	}
	return shape
}

// takenBy says whether another record stands in the way of a name or an e-mail.
func (c *call) takenBy(other *record, wanted string) bool {
	names := []string{other.text(c.k.unique)}
	switch {
	case other.values["enabled"] == false && c.s.fault(c.k, "unique-of-enabled"):
		return false
	case c.k.name == users().name && other.text("role") != "councillor" && c.s.on("user-unique-of-councillors"):
		return false
	case c.s.fault(c.k, "unique-of-firsts"):
		names = []string{other.first}
	case c.s.fault(c.k, "unique-for-good"):
		names = append(names, other.first)
	}
	return slices.ContainsFunc(names, func(name string) bool { return c.s.same(c.k, wanted, name) })
}

// spoilRefused holds the faults by which a conflict is answered and written all the same.
func (c *call) spoilRefused(other *record) {
	delete(c.body, c.k.unique)
	switch {
	case c.op == "update" && c.s.fault(c.k, "conflict-writes"):
		c.fill(c.rec)
	case c.s.fault(c.k, "conflict-overwrites"):
		c.fill(other)
	}
}

// spoiltRefusal tells, with the fault, what was refused.
func (c *call) spoiltRefusal(rep *reply) *reply {
	if word, is := c.body["password"].(string); is && c.s.on("user-refusal-tells-password") {
		rep.wrong.details = append(rep.wrong.details, member{"received", object{{"password", word}}})
	}
	return rep
}

// spoilWritten holds the faults by which a value is not kept as it was sent.
func (c *call) spoilWritten(rec *record) {
	for name, value := range rec.values {
		words, isText := value.(string)
		switch {
		case isText && c.s.fault(c.k, "drops-letters"):
			rec.values[name] = strings.Map(func(r rune) rune {
				if r > unicode.MaxASCII {
					return -1
				}
				return r
			}, words)
		case isText && c.s.fault(c.k, "folds-letters"):
			rec.values[name] = strings.ReplaceAll(unaccented().Replace(words), "\u2019", "'")
		case value == 0.0 && c.s.fault(c.k, c.op+"-loses-zero"):
			rec.values[name] = nil
		}
	}
}

// spoilUnsent holds the faults by which an update sets what was not sent.
func (c *call) spoilUnsent(rec *record) {
	if c.s.fault(c.k, "update-enables") {
		rec.values["enabled"] = true
	}
	if c.s.fault(c.k, "update-resets-role") {
		rec.values["role"] = "councillor"
	}
	if c.s.fault(c.k, "update-disables-unsent") && c.body["enabled"] == nil {
		rec.values["enabled"] = false
	}
}

// spoilOwned holds the faults by which an update takes what the server owns.
func (c *call) spoilOwned(rec *record) {
	if id, is := c.body["id"].(string); is && c.s.fault(c.k, "update-takes-id") {
		rec.id = id
	}
	if tenant, is := c.body["tenantId"].(string); is && c.s.fault(c.k, "update-takes-tenant") {
		rec.tenant = tenant
	}
	if at, is := instant(c.body["createdAt"]); is && c.s.fault(c.k, "update-takes-birth") {
		rec.created = at
	}
}

// spoilOthers holds the faults that reach records of other sorts and of other tenants.
func (c *call) spoilOthers(rec *record) {
	each := func(k *kind, mine bool, do func(*record)) {
		for _, other := range c.s.stores[k.name] {
			if other != rec && (other.tenant == rec.tenant) == mine {
				do(other)
			}
		}
	}
	if c.s.fault(c.k, c.op+"-reaches-tenant-first") {
		for _, other := range c.s.stores[c.k.name] {
			if other.tenant != rec.tenant {
				other.values["name"] = other.text("name") + "*"
				break
			}
		}
	}
	if c.s.fault(c.k, c.op+"-reaches-tenants") {
		each(c.k, false, func(other *record) { other.values[c.k.remark] = rec.values[c.k.remark] })
	}
	if c.s.fault(c.k, "disabling-disables-users") && rec.values["enabled"] == false {
		each(users(), true, func(other *record) { other.values["enabled"] = false })
	}
	if c.s.fault(c.k, c.op+"-disables-users") {
		each(users(), true, func(other *record) { other.values["enabled"] = false })
	}
	if c.s.fault(c.k, c.op+"-empties-categories") {
		each(categories(), true, func(other *record) { other.values["description"] = nil })
	}
	if c.s.on("category-keywords-copied") && c.op == "update" && c.body["keywords"] != nil {
		each(categories(), true, func(other *record) { other.values["keywords"] = rec.values["keywords"] })
	}
	if c.s.fault(c.k, "disabling-spreads") && rec.values["enabled"] == false {
		each(c.k, true, func(other *record) { other.values["enabled"] = false })
	}
}
