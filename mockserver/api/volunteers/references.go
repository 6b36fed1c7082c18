package volunteers

import (
	"strconv"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// references are the tables of what users' records refer to. No operation
// writes them.
func references() []behavior.Resource {
	all := []behavior.Resource{{Name: "key", Indexes: []store.Index{keyed("rights", "rights")}, Facts: readRights}}
	for _, name := range []string{"team", "profile", "recruitment", "group", "status", "ability", "category", "kind", "leaving",
		"vetting", "field", "teamlist", "userlist", "shape"} {
		r := behavior.Resource{Name: name}
		if name == "team" {
			r.Indexes = []store.Index{keyed("parent", "parent_id")}
		}
		all = append(all, r)
	}
	return all
}

// ref turns a reference as it is sent, {"id": 7} or {"id": "7"}, into what is
// stored: the number, null for none, -1 for what can't be an id. What is
// no reference at all names nothing: only a defect lets it come this far.
func ref(raw string) string {
	id := gjson.Get(raw, "id")
	if id.Type != gjson.Number && id.Type != gjson.String {
		return "null"
	}
	if n, err := strconv.ParseInt(id.String(), 10, 64); err == nil {
		return strconv.FormatInt(n, 10)
	}
	return "-1" // a number that no id can be names nothing that is there
}

// number is ref where the document wants a number: a text names nothing.
func number(raw string) string {
	if gjson.Get(raw, "id").Type == gjson.String {
		return "null"
	}
	return ref(raw)
}

// refs stores every reference that was sent under its own name.
func refs(sent, given map[string]string, names ...string) {
	for _, name := range names {
		if raw, ok := sent[name]; ok {
			given[name] = number(raw)
		}
	}
}

// flag turns 1 and 0 into true and false; booleans stay.
func flag(raw string) string {
	v := gjson.Parse(raw)
	if v.Type == gjson.Number {
		return strconv.FormatBool(v.Num != 0)
	}
	return strconv.FormatBool(v.Bool())
}

// today is the date of the call, as JSON.
func today(c *behavior.Call) string { return rule.Text(date(c)) }

func date(c *behavior.Call) string { return c.Moment(time.DateOnly) }

// links of a short user and a short team.
func people(members ...string) (all []behavior.Link) {
	for _, m := range members {
		all = append(all, behavior.Link{Member: m, Table: "user", Form: shortUser})
	}
	return all
}

func shortTeam(to []byte, r *store.Record) []byte {
	to = append(append(to, `{"id":`...), rule.Text(r.ID)...)
	return append(append(append(to, `,"display_name":`...), r.Get("display_name").Raw...), '}')
}
