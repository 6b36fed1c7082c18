package volunteers

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// answerUser is a user as the body itself, which is how the samples show it.
func (c *call) answerUser(status int, u *user) answer {
	a := c.answerOne(status, c.full(u))
	if c.has("location") && c.r.Method == "POST" {
		a.head = map[string]string{"Location": "/users/" + strconv.Itoa(u.id)}
	}
	if !c.has("wrapped-user") && !c.has("wraps-users") {
		a.body = a.body["data"].(obj)
	}
	return a
}

// full is the long form of a user, with the relations asked for.
func (c *call) full(u *user) obj {
	o := c.base(u)
	for _, f := range userFields() {
		if f.kind == "own" || f.name == "attributes" {
			continue
		}
		o[f.name] = u.f[f.name]
		if f.kind == "text" && !nullable()[f.name] {
			o[f.name] = c.blank(u.f[f.name])
		}
	}
	o["title"] = c.base(u)["title"]
	maps.Copy(o, obj{
		"on_hold": u.f["on_hold"], "is_volunteer": u.holds("volunteer"), "is_non_volunteer": u.holds("non-volunteer"),
		"is_system": false, "anonymised": nil, "volunteer_for": since(u), "username": u.f["username"],
		"is_minor": c.minor(u), "2fa_enabled": false, "internal_email": c.blank(nil), "flags": obj{},
	})
	if c.has("flags-listed") {
		o["flags"] = []any{}
	}
	if c.has("never-a-volunteer") {
		o["is_volunteer"] = false
	}
	if born, ok := o["dob"].(string); ok && c.has("dob-day-first") {
		o["dob"] = born[8:] + "/" + born[5:7] + "/" + born[:4]
	}
	if c.has("self-links") {
		o["links"] = obj{"self": "/users/" + strconv.Itoa(u.id)}
	}
	if c.has("read-counter") {
		o["views"] = c.reads
	}
	c.include(u, o)
	return c.nulls(o)
}

func (u *user) holds(kind string) bool {
	for _, r := range u.rows["roles"] {
		if catalogues()["role"][r.f["role"].(int)]["type"] == kind {
			return true
		}
	}
	return false
}

func since(u *user) string {
	start, err := time.Parse(time.DateOnly, text(u.f["start_date"]))
	days := int(time.Since(start).Hours() / 24)
	switch {
	case err != nil || days < 1:
		return "0 days"
	case days < 60:
		return fmt.Sprintf("%d days", days)
	case days < 730:
		return fmt.Sprintf("%d months", days/30)
	}
	return fmt.Sprintf("%d years", days/365)
}

// age is how old a user is; without a date of birth they are taken to be grown up.
func age(u *user) int {
	born, err := time.Parse(time.DateOnly, text(u.f["dob"]))
	if err != nil {
		return 30
	}
	now := time.Now().UTC()
	years := now.Year() - born.Year()
	if now.Format("0102") < born.Format("0102") {
		years--
	}
	return years
}

func (s *server) minor(u *user) bool {
	if s.has("adult-at-sixteen") {
		return age(u) < 16
	}
	return age(u) < 18
}

func getUser(c *call) answer {
	if bad := c.strictQuery(); bad != nil {
		return *bad
	}
	return c.answerUser(200, c.u)
}

func updateUser(c *call) answer {
	c.setAttributes(c.u, c.in)
	c.spoil("users", c.in, c.u.f, false)
	maps.Copy(c.u.f, c.in)
	if c.has("user-update-reaches-first") {
		maps.Copy(c.users[0].f, c.in)
	}
	if c.has("about-me-lost") {
		shown := c.answerUser(200, c.u)
		c.u.f["about_me"] = nil
		return shown
	}
	return c.answerUser(200, c.u)
}

// setAttributes takes the custom fields out of a body; those that do not exist are ignored.
func (c *call) setAttributes(u *user, in obj) {
	sent, _ := in["attributes"].(obj)
	delete(in, "attributes")
	for slug, v := range sent {
		if _, known := customFields()[slug]; !known {
			continue
		}
		if o, ok := v.(obj); ok {
			v = o["value"]
		}
		u.attrs[slug] = v
		for _, other := range c.users {
			if c.has("custom-fields-shared") {
				other.attrs[slug] = v
			}
		}
	}
}

// nested are the lists of a new user: their fields, and the path they go to.
func nested() []struct {
	name   string
	path   string
	fields []field
} {
	return []struct {
		name, path string
		fields     []field
	}{
		{"roleProfiles", "roles", newRoleFields()},
		{"emailAddresses", "email-addresses", newEmailFields()},
		{"phoneNumbers", "phone-numbers", newPhoneFields()},
	}
}

// freed are the fields without the values of a phone's type, where the server has no such list.
func (c *call) freed(fields []field) []field {
	fields = slices.Clone(fields)
	for i := range fields {
		if fields[i].name == "type" && c.has("free-phone-types") {
			fields[i].enum = nil
		}
	}
	return fields
}

// readNested checks the lists of a new user.
func (c *call) readNested(wrong obj) map[string][]obj {
	lists := map[string][]obj{}
	for _, n := range nested() {
		lines, _ := c.in[n.name].([]obj)
		for i, line := range lines {
			in, bad := c.read(c.freed(n.fields), line, true)
			for name, texts := range bad {
				wrong[fmt.Sprintf("%s.%d.%s", n.name, i, name)] = texts
			}
			lists[n.path] = append(lists[n.path], complete(n.fields, in))
		}
	}
	for _, in := range lists["email-addresses"] {
		if email, ok := in["email"].(string); ok && c.taken(email, nil) {
			wrong["emailAddresses"] = []any{"The email has already been taken."}
		}
	}
	for _, in := range lists["roles"] {
		if end := text(in["end"]); end != "" && end < text(in["start"]) {
			wrong["roleProfiles"] = []any{"The end is before the start."}
		}
	}
	return lists
}

func createUser(c *call) answer {
	wrong := obj{}
	lists := c.readNested(wrong)
	_, confirms := c.in["confirm_age"]
	if c.in["dob"] == nil && !confirms && !c.has("age-not-needed") {
		wrong["dob"] = []any{"The dob field is required when confirm_age is not present."}
	}
	if len(wrong) > 0 {
		return c.invalid(wrong)
	}
	if c.has("one-of-a-name") && slices.ContainsFunc(c.users, func(u *user) bool {
		return u.f["first_name"] == c.in["first_name"] && u.f["last_name"] == c.in["last_name"] && u.f["dob"] == c.in["dob"]
	}) {
		return fail(409, "There is such a person")
	}
	c.spoil("users", c.in, obj{}, false)
	u := &user{id: c.newID("user", nil), f: obj{}, attrs: obj{}, rows: map[string][]*row{}}
	for _, f := range userFields() {
		u.f[f.name] = f.def
	}
	for _, name := range []string{"first_name", "last_name", "dob"} {
		u.f[name] = c.in[name]
	}
	u.f["appear_in_directory"] = true
	u.f["username"] = fmt.Sprintf("%s.%s.%d", handle(u.f["first_name"]), handle(u.f["last_name"]), u.id)
	c.setAttributes(u, c.in)
	c.users = append(c.users, u)
	c.fill(u, lists)
	c.welcome(u)
	u.firstName = c.displayName(u)
	return c.answerUser(201, u)
}

func handle(name any) string { return strings.ToLower(strings.ReplaceAll(text(name), " ", "-")) }

// fill gives a new user their roles, email addresses and phone numbers.
func (c *call) fill(u *user, lists map[string][]obj) {
	for i := range resources() {
		res := &resources()[i]
		for n, in := range lists[res.path] {
			if res.path == "roles" {
				if n > 0 && c.has("second-role-dropped") {
					break
				}
				in["role"], in["primary"] = in["id"], n == 0
				delete(in, "id")
				if n > 0 && c.has("second-role-without-end") {
					in["end"] = nil
				}
				if in["start"] == nil {
					in["start"] = today(0)
				}
			}
			if res.path == "email-addresses" && c.has("first-email-primary") {
				in["primary"] = n == 0
			}
			if res.path == "phone-numbers" {
				in["default_sms"] = false
			}
			c.add(u, res, complete(res.fields, in))
			for _, r := range u.rows["roles"] {
				r.f["primary"] = r.f["primary"] == true || c.has("two-primary-roles")
			}
		}
	}
}

// relations are the includes that are lists of records, by path.
func relations() map[string]string {
	return map[string]string{
		"roles": "roles", "addresses": "addresses", "phoneNumbers": "phone-numbers", "supervisors": "supervisors",
		"emergencyContacts": "emergency-contacts", "emailAddresses": "email-addresses",
	}
}

const includes = " roles logins tasks recognitions favourites permissions permissionsDenied hasResponsibilities skills" +
	" interests languages addresses phoneNumbers emergencyContacts emailAddresses attributes supervisors" +
	" recruitmentApplications parentalConsent barcodes files "

// include adds the relations that the query asks for.
func (c *call) include(u *user, o obj) {
	for _, name := range strings.Split(c.r.URL.Query().Get("include"), ",") {
		if name == "" || !strings.Contains(includes, " "+name+" ") {
			continue
		}
		value := c.relation(u, name)
		if c.has("includes-wrapped") {
			value = obj{"data": value}
		}
		o[name] = value
	}
}

func (c *call) relation(u *user, name string) any {
	switch name {
	case "attributes":
		o := obj{}
		for slug, v := range u.attrs {
			o[slug] = obj{"value": v}
		}
		if len(o) == 0 && c.has("flags-listed") {
			return []any{}
		}
		return o
	case "logins":
		return logins(u)
	case "skills", "interests", "languages":
		return c.skillsOf(u, strings.TrimSuffix(name, "s"))
	}
	list := []obj{}
	for i := range resources() {
		if resources()[i].path != relations()[name] {
			continue
		}
		for _, r := range u.rows[resources()[i].path] {
			if !r.gone {
				list = append(list, c.show(&resources()[i], u, r))
			}
		}
	}
	return list
}

func logins(u *user) obj {
	o := obj{"last_login": nil, "count": 0}
	if !u.lastLogin.IsZero() {
		o = obj{"last_login": u.lastLogin, "count": 3}
	}
	return o
}

// skillsOf lists the skills of one kind, or of all.
func (c *call) skillsOf(u *user, kind string) []obj {
	list := []obj{}
	for _, id := range u.skills {
		skill := catalogues()["skill"][id]
		if kind != "" && skill["kind"] != kind {
			continue
		}
		o := obj{"id": id, "user_id": u.id, "name": skill["name"]}
		if c.has("user-ids-are-texts") {
			o["user_id"] = strconv.Itoa(u.id)
		}
		if c.has("skill-pivots") {
			o["id"] = u.id*1000 + id
		}
		if c.has("skill-kinds") {
			o["type"] = skill["kind"]
		}
		list = append(list, o)
	}
	return list
}

func listSkills(c *call) answer {
	if c.has("skills-paged") {
		return c.list(c.skillsOf(c.u, ""))
	}
	return answer{status: 200, body: obj{"data": c.skillsOf(c.u, "")}}
}

func setSkills(c *call) answer {
	if ids, sent := c.in["skills"].([]int); sent {
		c.u.skills = ids
	}
	if c.has("three-skills-only") {
		c.u.skills = c.u.skills[:min(3, len(c.u.skills))]
	}
	if c.has("first-skill-only") {
		c.u.skills = c.u.skills[:min(1, len(c.u.skills))]
	}
	return c.list(c.skillsOf(c.u, ""))
}
