package volunteers

import (
	"net/http"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
)

// include is one extra member of a user.
type include struct {
	name  string
	write func(c *behavior.Call, to []byte, user *store.Record) []byte
}

// known are the members that can be asked for, all documented ones.
func known() []include {
	all := []include{
		{"roles", under("role")}, {"addresses", under("address")}, {"phoneNumbers", under("phone")},
		{"emergencyContacts", under("contact")}, {"emailAddresses", under("email")}, {"supervisors", under("supervisor")},
		{"skills", family("skill")}, {"interests", family("interest")}, {"languages", family("language")},
		{"attributes", attributes}, {"logins", logins(0)},
	}
	for _, name := range []string{"tasks", "recognitions", "favourites", "permissions",
		"permissionsDenied", "hasResponsibilities",
		"recruitmentApplications", "parentalConsent", "barcodes", "files"} {
		all = append(all, include{name, nothing})
	}
	return all
}

// includes resolves what is asked for, each once, in the order it was asked.
// Unknown values are ignored.
func includes(c *behavior.Call, known []include, taken, unknown behavior.By) (adds []include, _ *behavior.Refusal) {
	values := query.Cut(c.Query().Get("include"))
	if !c.Holds("VOL-LST-39") && c.Operation.ID == "listUsers" && len(values) > 1 {
		values = values[:1]
	}
	for _, value := range values {
		found := lookup(known, value)
		switch {
		case found.name == "" && !c.Holds(unknown):
			return nil, &behavior.Refusal{Status: http.StatusInternalServerError, Message: "no relation " + value}
		case found.name == "barcodes" && !c.Holds(taken):
			return nil, &behavior.Refusal{Status: http.StatusUnprocessableEntity, In: "query",
				Pointer: "/include", Message: "unknown"}
		case found.name != "" && !asked(adds, value):
			adds = append(adds, found)
		}
	}
	if view := c.Query().Get("logins"); view != "" && !asked(adds, "logins") && c.Operation.ID == "listUsers" {
		days := 0
		if view == "recent" {
			days = recentDays
		}
		adds = append(adds, include{"logins", logins(days)})
	}
	return adds, nil
}

func lookup(known []include, name string) include {
	for _, i := range known {
		if i.name == name {
			return i
		}
	}
	return include{}
}

func asked(adds []include, name string) bool {
	for _, a := range adds {
		if a.name == name {
			return true
		}
	}
	return false
}

// appendUser writes a user with extra members after its own.
func appendUser(c *behavior.Call, to []byte, r *store.Record, adds []include) []byte {
	if c.Operation.ID == "listUsers" && c.Variant("short-users") {
		to = manage(c, shortUser(to, r), len(to))
	} else {
		to = c.Show(to, "user", r)
	}
	if len(adds) == 0 || !c.Holds("VOL-LST-40") && c.Operation.ID == "listUsers" {
		return to
	}
	to = to[:len(to)-1]
	for _, a := range adds {
		to = append(append(append(to, `,"`...), a.name...), `":`...)
		to = a.write(c, to, r)
	}
	return append(to, '}')
}

// under writes what stands under a user in one table, as its own list does.
func under(table string) func(*behavior.Call, []byte, *store.Record) []byte {
	return func(c *behavior.Call, to []byte, user *store.Record) []byte {
		to = append(to, '[')
		n := 0
		c.State.Each(table, "user", store.Key(user.ID), func(r *store.Record) bool {
			if table == "address" && gjson.GetBytes(r.Private(), "deleted_at").Exists() && c.Holds("VOL-GET-09") {
				return true
			}
			if n++; n > 1 {
				to = append(to, ',')
			}
			to = c.Show(to, table, r)
			return n < 2 || c.Holds("VOL-GET-09") || c.Operation.ID != "getUser"
		})
		return append(to, ']')
	}
}

// family writes the abilities of one family.
func family(name string) func(*behavior.Call, []byte, *store.Record) []byte {
	return func(c *behavior.Call, to []byte, user *store.Record) []byte {
		to = append(to, '[')
		n := 0
		for _, r := range ownSkills(c.Reader(), user.ID) {
			if a, ok := c.Reader().Get("ability", r.String("id")); !ok || a.String("family") != name {
				continue
			}
			if n++; n > 1 {
				to = append(to, ',')
			}
			to = r.AppendDocument(to)
		}
		return append(to, ']')
	}
}

func attributes(_ *behavior.Call, to []byte, user *store.Record) []byte {
	if v := gjson.GetBytes(user.Private(), "attributes"); v.IsObject() {
		return append(to, v.Raw...)
	}
	return append(to, "{}"...)
}

// logins writes the times of logging in, the last days' or, for 0, all.
func logins(days int) func(*behavior.Call, []byte, *store.Record) []byte {
	return func(c *behavior.Call, to []byte, user *store.Record) []byte {
		from := ""
		if days > 0 {
			from = c.Now.UTC().AddDate(0, 0, -days).Format(time.RFC3339)
		}
		to = append(to, '[')
		n := 0
		gjson.GetBytes(user.Private(), "logins").ForEach(func(_, at gjson.Result) bool {
			if at.String() >= from {
				if n++; n > 1 {
					to = append(to, ',')
				}
				to = append(append(append(to, `{"date":`...), at.Raw...), '}')
			}
			return true
		})
		return append(to, ']')
	}
}

func nothing(_ *behavior.Call, to []byte, _ *store.Record) []byte { return append(to, "[]"...) }
