package volunteers

import (
	"bytes"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

func users() behavior.Resource {
	members := computedMembers()
	return behavior.Resource{
		Name: "user", Schema: "User", Number: firstID, Numeric: "VOL-GEN-13",
		Wrap:     behavior.Wrap{Bare: "VOL-GEN-08", Loose: "wrapped-user"},
		Private:  []string{"attributes", "keys", "login", "logins", "applicant"},
		Facts:    factsReader(),
		Prepare:  prepareUser,
		Compute:  compute(members),
		Uses:     []any{members},
		Enforces: []behavior.By{"VOL-GET-06", "VOL-UPD-09", "VOL-UPD-20", "VOL-EMAIL-22"},
		View: func(c *behavior.Call, to []byte, r *store.Record) []byte {
			return manage(c, r.AppendDocument(to), len(to))
		},
		Stamps: []behavior.Stamp{{Field: "id", Make: idOf}},
		Indexes: []store.Index{
			{Name: "name", Key: func(r *store.Record) string { return factsOf(r).key }},
			{Name: "listed", Key: listedKey},
			{Name: "due", Key: func(r *store.Record) string { return factsOf(r).due }},
			keyed("username", "username"),
		},
		Search: search(),
		Defaults: append(append(nulls("title", "profile_photo_url", "role_name", "team_name", "about_me", "facebook", "twitter",
			"website", "on_hold", "anonymised", "volunteer_for",
			"on_call_end", "username", "dob", "preferred_name", "on_hold_start", "on_hold_end", "start_date",
			"internal_email", "accessibility_info"),
			defaults("false", "", "is_volunteer", "is_non_volunteer", "is_system", "on_call", "is_minor",
				"2fa_enabled", "2fa_disabled")...),
			append(defaults("true", "", "can_manage", "appear_in_directory", "appear_in_near_me"),
				behavior.Default{Field: "flags", Value: "{}"},
				behavior.Default{Field: "status", Value: `{"id":"1","name":"Active","contactable":true}`},
				behavior.Default{Field: "display_name", Value: `""`})...),
	}
}

// prepareUser keeps custom fields apart: they are answered only when asked for.
func prepareUser(c *behavior.Call, before *store.Record, sent map[string]string) map[string]string {
	given := map[string]string{}
	if raw, ok := sent["attributes"]; ok {
		given["attributes"] = mergeFields(c, before, raw)
	}
	for name, raw := range sent {
		if before != nil && raw == "null" && !c.Holds("VOL-UPD-09") {
			delete(sent, name)
		}
	}
	if before != nil && !c.Holds("VOL-UPD-20") {
		given["accessibility_info"] = rule.Text("changed at " + c.Now.String())
	}
	for _, name := range []string{"can_manage", "status"} {
		if raw, ok := sent[name]; ok && before != nil && !c.Holds("VOL-UPD-15") {
			given[name] = raw
		}
	}
	delete(sent, "attributes") // never part of the document
	return given
}

// mergeFields lays the custom fields that were sent over those there are. What is
// no custom field of the organisation is dropped.
func mergeFields(c *behavior.Call, before *store.Record, raw string) string {
	fields := map[string]string{}
	var order []string
	keep := func(k, v gjson.Result) bool {
		if _, known := c.Reader().Get("field", k.String()); known && v.IsObject() {
			if fields[k.String()] == "" {
				order = append(order, k.String())
			}
			fields[k.String()] = `{"value":` + rawOr(v.Get("value"), "null") + `}`
		}
		return true
	}
	if before != nil {
		before.Get("attributes").ForEach(keep)
	}
	if sent := gjson.Parse(raw); sent.IsObject() {
		sent.ForEach(keep)
	}
	var b strings.Builder
	b.WriteByte('{')
	for i, name := range order {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(rule.Text(name) + ":" + fields[name])
	}
	b.WriteByte('}')
	return b.String()
}

// shortUser appends the user as others' records show them: the first members of
// the document, up to the status.
func shortUser(to []byte, r *store.Record) []byte {
	from, f := len(to), factsOf(r)
	to = r.AppendDocument(to)
	if f.short == 0 {
		return to
	}
	return append(to[:from+f.short], '}')
}

// manage writes can_manage as it is for the caller, in what was appended from a
// place on: stored is that of somebody who may.
func manage(c *behavior.Call, out []byte, from int) []byte {
	if !low(c) || !c.Holds("VOL-GET-15") {
		return out
	}
	return append(out[:from], bytes.ReplaceAll(out[from:], []byte(`"can_manage":true`), []byte(`"can_manage":false`))...)
}

// replaced is a member of a document with what takes the place of its value.
type replaced struct{ name, raw string }

// patch gives an object with some of its members replaced.
func patch(doc []byte, with []replaced) []byte {
	out := make([]byte, 0, len(doc)+128)
	out = append(out, '{')
	gjson.Parse(store.View(doc)).ForEach(func(k, v gjson.Result) bool {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(out, k.Raw...), ':')
		raw := v.Raw
		for i := range with {
			if with[i].name == k.Str {
				raw = with[i].raw
			}
		}
		out = append(out, raw...)
		return true
	})
	return append(out, '}')
}

func getUser() behavior.Func {
	known := known()
	return behavior.Func{Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) { return oneUser(c, known) },
		Enforces: []behavior.By{"VOL-GET-08", "VOL-GET-09", "VOL-GET-15"}, Refuses: []behavior.Denies{"VOL-GET-11"}}
}

// oneUser answers a user with the extra members asked for.
func oneUser(c *behavior.Call, known []include) (behavior.Answer, *behavior.Refusal) {
	user, refusal := c.Find("user", "userId", "VOL-GET-11")
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	adds, refusal := includes(c, known, "VOL-GET-08", "")
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	return c.Wrap("user", func(b []byte) []byte { return appendUser(c, b, user, adds) }), nil
}
