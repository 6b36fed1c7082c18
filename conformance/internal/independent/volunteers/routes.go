package volunteers

import "strings"

// otherNames are the segments of the habit other-paths.
func otherNames() map[string]string {
	return map[string]string{
		"email-addresses": "emails", "phone-numbers": "phones", "addresses": "postal-addresses",
		"emergency-contacts": "emergencyContacts", "roles": "role-associations",
	}
}

// route names what each method does on the path; nothing when there is no such path.
func (c *call) route() map[string]op {
	if c.segs[0] != "users" {
		return nil
	}
	switch len(c.segs) {
	case 1:
		return map[string]op{
			"GET":  {run: listUsers},
			"POST": {run: createUser, fields: newUserFields(), whole: true, write: true},
		}
	case 2:
		return c.verbs(map[string]op{
			"GET": {run: getUser},
			"PUT": {run: updateUser, fields: userFields(), write: true},
		})
	case 3:
		return c.collection()
	case 4:
		return c.verbs(c.single())
	case 5:
		return c.children()
	}
	return nil
}

// verbs lets PATCH stand beside or in place of PUT.
func (c *call) verbs(ops map[string]op) map[string]op {
	put, ok := ops["PUT"]
	if !ok {
		return ops
	}
	if c.has("patch-only") {
		delete(ops, "PUT")
	}
	if c.has("patch-only") || c.has("put-and-patch") {
		ops["PATCH"] = put
	}
	return ops
}

func (c *call) collection() map[string]op {
	if c.segs[2] == "skills" {
		set := op{run: setSkills, fields: skillFields(), write: true}
		if c.has("skills-by-post") {
			return map[string]op{"GET": {run: listSkills}, "POST": set}
		}
		return c.verbs(map[string]op{"GET": {run: listSkills}, "PUT": set})
	}
	if c.res = c.resource(c.segs[2]); c.res == nil {
		return nil
	}
	return map[string]op{
		"GET":  {run: listRows},
		"POST": {run: createRow, fields: c.res.fields, whole: true, write: true},
	}
}

func (c *call) single() map[string]op {
	if c.res = c.resource(c.segs[2]); c.res == nil {
		return nil
	}
	ops := map[string]op{"PUT": {run: updateRow, fields: c.res.onUpdate(), whole: c.res.contact && !c.has("partial-updates"),
		write: true}}
	if c.res.path != "roles" {
		ops["GET"] = op{run: getRow}
	}
	if c.res.removable || c.has("deletes-everything") {
		ops["DELETE"] = op{run: deleteRow, write: true}
	}
	return ops
}

func (c *call) children() map[string]op {
	if c.res = c.resource(c.segs[2]); c.res == nil || c.res.child != c.segs[4] {
		return nil
	}
	return map[string]op{"POST": {run: createChild, fields: c.res.childFields, whole: true, write: true}}
}

func (c *call) resource(segment string) *resource {
	for i := range resources() {
		name := resources()[i].path
		if other, ok := otherNames()[name]; ok && c.has("other-paths") {
			name = other
		}
		if name == segment {
			return &resources()[i]
		}
	}
	return nil
}

// strangeParameter finds a query parameter that the documents do not name.
func (c *call) strangeParameter() bool {
	known := "page limit "
	switch {
	case len(c.segs) == 1:
		known += userParameters
	case len(c.segs) == 2:
		known += "include"
	case c.res != nil && len(c.segs) == 3:
		known += c.res.parameters
	}
	for name := range c.r.URL.Query() {
		if !strings.Contains(" "+known+" ", " "+name+" ") {
			return true
		}
	}
	return false
}
