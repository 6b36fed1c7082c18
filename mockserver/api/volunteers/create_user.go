package volunteers

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/format"
)

func createUser() behavior.Func {
	return behavior.Func{Write: true, Run: makeUser,
		Enforces: []behavior.By{"VOL-GEN-18", "VOL-CRT-07", "VOL-CRT-15", "VOL-CRT-16", "VOL-CRT-18", "VOL-CRT-19", "VOL-CRT-20"},
		Refuses:  []behavior.Denies{"VOL-CRT-06"}}
}

// makeUser writes a user and all that came with it: what stands under the user
// first, so that the user is completed once, of everything.
func makeUser(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	if refusal := ageless(c); refusal != nil {
		return behavior.Answer{}, refusal
	}
	user := c.Draft("user", firstMembers(c))
	if attributes := c.Sent("attributes"); !c.Holds("VOL-CRT-20") && attributes.Exists() {
		user.SetPrivate([]byte("{}"))
	}
	c.Parent = user
	for _, write := range []func(*behavior.Call) *behavior.Refusal{writeRoles, writeEmails, writePhones} {
		if refusal := write(c); refusal != nil {
			return behavior.Answer{}, refusal
		}
	}
	if refusal := c.Write("user", nil, user); refusal != nil {
		return behavior.Answer{}, refusal
	}
	made, ok := c.Reader().Get("user", user.ID)
	if !ok {
		made = user
	}
	return c.Wrap("user", func(b []byte) []byte { return c.Show(b, "user", made) }), nil
}

// ageless refuses a user whose age nobody vouches for.
func ageless(c *behavior.Call) *behavior.Refusal {
	if c.Sent("dob").String() != "" || c.Sent("confirm_age").Bool() && c.Holds("VOL-CRT-07") {
		return nil
	}
	refusal := &behavior.Refusal{Requirement: "VOL-CRT-06", Status: http.StatusUnprocessableEntity, In: "body", Pointer: "/dob",
		Message: "must be given, unless confirm_age is true", Hint: "send dob, or confirm_age with the value true"}
	if c.Refuse(refusal) {
		return refusal
	}
	return nil
}

// firstMembers are those of a new user.
func firstMembers(c *behavior.Call) map[string]string {
	sent := map[string]string{}
	for _, name := range []string{"first_name", "last_name", "dob", "attributes"} {
		if v := c.Sent(name); v.Exists() {
			sent[name] = v.Raw
		}
	}
	start := ""
	for _, item := range c.Sent("roleProfiles").Array() {
		day := item.Get("start").String()
		if _, ok := format.Date(day); !ok {
			day = date(c)
		}
		if start == "" || day < start {
			start = day
		}
	}
	if start != "" {
		sent["start_date"] = rule.Text(start)
	}
	sent["username"] = rule.Text(username(c))
	for _, name := range serverOwned() {
		if raw := c.Sent(name); raw.Exists() && !c.Holds("VOL-GEN-18") {
			sent[name] = raw.Raw
		}
	}
	return sent
}

func serverOwned() []string { return []string{"id"} }

// username makes first.last in small letters, with a number when that is taken.
func username(c *behavior.Call) string {
	clean := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	name := clean(c.Sent("first_name").String()) + "." + clean(c.Sent("last_name").String())
	free := name
	for n := 2; store.Any(c.Reader(), "user", "username", store.Key(free)); n++ {
		free = name + strconv.Itoa(n)
	}
	return free
}

func writeRoles(c *behavior.Call) *behavior.Refusal {
	for i, item := range c.Sent("roleProfiles").Array() {
		if i > 0 && !c.Holds("VOL-CRT-19") {
			break
		}
		if refusal := c.Write("role", nil, c.Draft("role", roleOf(item))); refusal != nil {
			return refusal
		}
	}
	return nil
}

func writeEmails(c *behavior.Call) *behavior.Refusal {
	return writeAll(c, "email", onlyOne(c, c.Sent("emailAddresses").Array(), "VOL-EMAIL-16"), "VOL-CRT-15", "email", "primary")
}

func writePhones(c *behavior.Call) *behavior.Refusal {
	numbers := onlyOne(c, c.Sent("phoneNumbers").Array(), "VOL-PHONE-15")
	return writeAll(c, "phone", numbers, "VOL-CRT-16", "phone_number", "type", "primary")
}

// onlyOne takes the flag from all but the last that has it, as the rule would when
// the next one is written; it would look at all of them for each.
func onlyOne(c *behavior.Call, items []gjson.Result, rule behavior.By) []gjson.Result {
	if !c.Holds(rule) {
		return items
	}
	last := true
	for i := len(items) - 1; i >= 0; i-- {
		if !items[i].Get("primary").Bool() {
			continue
		}
		if !last {
			if raw, err := sjson.Set(items[i].Raw, "primary", false); err == nil {
				items[i] = gjson.Parse(raw)
			}
		}
		last = false
	}
	return items
}

// writeAll writes what was sent of one kind, the members named of each. A defect
// of the requirement forgets the last member: the flag.
func writeAll(c *behavior.Call, table string, items []gjson.Result, by behavior.By, names ...string) *behavior.Refusal {
	if !c.Holds(by) {
		names = names[:len(names)-1]
	}
	for _, item := range items {
		sent := map[string]string{}
		for _, name := range names {
			if v := item.Get(name); v.Exists() {
				sent[name] = v.Raw
			}
		}
		if refusal := c.Write(table, nil, c.Draft(table, sent)); refusal != nil {
			return refusal
		}
	}
	return nil
}
