package council

import (
	"strings"

	"rollcall/conformance/internal/independent"
)

// doorFaults read a credential or an id by half, and do what they refuse.
func doorFaults() []independent.Fault {
	const scope = "L6, L48, L78: requires the scope; L4: your tenant"
	return []independent.Fault{
		{Name: "keys-by-beginning", Says: "The first half of a key opens what the key does.", Source: scope,
			Breaks: []string{"COU-DOC-listWards-ignored_auth"}},
		{Name: "keys-with-any-end", Says: "Only the first ten characters of a key count.", Source: scope,
			Breaks: []string{"COU-DOC-listWards-ignored_auth"}},
		{Name: "basic-for-anybody", Says: "The scheme Basic is let in as the default tenant, whoever it names.", Source: scope,
			Breaks: []string{"COU-DOC-listWards-ignored_auth"}},
		{Name: "ward-get-by-beginning", Says: "The beginning of an id finds the ward.", Source: wardGet,
			Breaks: []string{"COU-DOC-getWard-distinct_records"}},
		{Name: "category-get-by-pattern", Says: "An asterisk in an id stands for anything.", Source: categoryGet,
			Breaks: []string{"COU-DOC-getCategory-distinct_records"}},
		{Name: "ward-post-acts", Says: "POST to a ward is answered 405, and changes it.",
			Source: "L26, L41: a ward has get and patch", Breaks: []string{"COU-DOC-updateWard-unsupported_method"}},
		{Name: "ward-delete-acts", Says: "DELETE of a ward is answered 405, and deletes it.",
			Source: "L26, L41: a ward has get and patch", Breaks: []string{"COU-DOC-getWard-unsupported_method"}},
		{Name: "category-delete-acts", Says: "DELETE of a category is answered 405, and deletes it.",
			Source: "L97, L111: a category has get and patch", Breaks: []string{"COU-DOC-getCategory-unsupported_method"}},
		{Name: "user-forbidden-kept", Says: "A user whom a caseworker may not create is answered 403, and kept.",
			Source: userRole, Breaks: breaks("USER-08")},
		{Name: "ward-invalid-kept", Says: "A ward that is refused for its values is kept.",
			Source: wardPost, Breaks: []string{"COU-DOC-createWard-negative_data_rejection-inferred", "COU-WARD-09"}},
	}
}

// caller is who has the key; a fault takes less than a key for one.
func (c *call) caller(key string) *caller {
	for whole, who := range callers() {
		half := whole[:len(whole)/2]
		switch {
		case c.s.on("keys-by-beginning") && who.persona == "default" && key == half,
			c.s.on("keys-with-any-end") && len(key) > 10 && who.persona == "default" && strings.HasPrefix(key, half) &&
				callers()[key] == nil:
			return who
		}
	}
	if scheme, _, _ := strings.Cut(c.r.Header.Get("Authorization"), " "); scheme == "Basic" && c.s.on("basic-for-anybody") {
		return callers()["sk_calder_9b2e71c0"]
	}
	return callers()[key]
}

// actsAllTheSame does, with a fault, what a method that the path has not would do.
func (c *call) actsAllTheSame(shape string) {
	if shape != "item" {
		return
	}
	switch {
	case c.r.Method == "POST" && c.s.fault(c.k, "post-acts"):
		c.op = "update"
	case c.r.Method == "DELETE" && c.s.fault(c.k, "delete-acts"):
		c.op = "delete"
	default:
		return
	}
	c.run()
}

// keptAllTheSame makes, with a fault, the record that is refused.
func (c *call) keptAllTheSame(fault string, rep *reply) *reply {
	if c.op == "create" && c.s.fault(c.k, fault) && (c.body != nil || c.parse() == nil) {
		c.create()
	}
	return rep
}

// alike is, with a fault, the record whose id is only like the one asked for.
func (c *call) alike(id string) *record {
	for _, rec := range c.s.owned(c.k, c.who.tenant) {
		before, behind, pattern := strings.Cut(id, "*")
		if c.s.fault(c.k, "get-by-beginning") && c.op == "get" && len(id) > 3 && strings.HasPrefix(rec.id, id) ||
			c.s.fault(c.k, "get-by-pattern") && c.op == "get" && pattern && len(before) > 3 &&
				strings.HasPrefix(rec.id, before) && strings.HasSuffix(rec.id, behind) {
			return rec
		}
	}
	return nil
}
