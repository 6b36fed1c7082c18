package volunteers

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// Notes and touchpoints, with what is added below them.

func notes() behavior.Resource {
	r := nested("note", "UserNote", "user")
	r.Nest.Feeds, r.Nest.Lists = false, "VOL-NOTE-27"
	r.Stamps = append(append(r.Stamps, behavior.Stamp{Field: "user", Make: ownerOf},
		behavior.Stamp{Field: "created_by", Make: callerOf}), stamped("VOL-NOTE-25")...)
	r.Defaults = append(append(append(nulls("category", "team", "reminder", "deleted_at"),
		defaults(`""`, "", "subject", "body")...),
		defaults("false", "", "private", "pinned")...), defaults("[]", "", "sub_notes")...)
	r.Prepare, r.Enforces = note, []behavior.By{"VOL-NOTE-11", "VOL-NOTE-12", "VOL-NOTE-13"}
	links := noteLinks()
	r.View = func(c *behavior.Call, to []byte, r *store.Record) []byte { return linked(c, to, r, links) }
	return r
}

func touchpoints() behavior.Resource {
	r := nested("touchpoint", "Touchpoint", "user")
	r.Nest.Feeds, r.Nest.Lists = false, "VOL-TP-35"
	r.Stamps = append(append(r.Stamps, behavior.Stamp{Field: "user", Make: ownerOf},
		behavior.Stamp{Field: "created_by", Make: callerOf}), stamped("VOL-TP-36")...)
	r.Defaults = append(append(append(nulls("end", "duration", "follow_up_date", "team", "type", "reminder"),
		defaults(`""`, "", "subject", "body")...),
		defaults("false", "", "archived", "private")...), defaults("[]", "", "sub_touchpoints", "attachments")...)
	r.Prepare, r.Enforces = touchpoint, []behavior.By{"VOL-TP-23", "VOL-TP-29"}
	links := append(people("created_by", "user"), behavior.Link{Member: "team", Table: "team", Form: shortTeam},
		behavior.Link{Member: "type", Table: "kind"})
	r.View = func(c *behavior.Call, to []byte, r *store.Record) []byte { return linked(c, to, r, links) }
	r.Indexes = append(r.Indexes, store.Index{Name: "start", Key: func(r *store.Record) string {
		return store.Key(userOf(r), r.String("start"))
	}})
	return r
}

// callerOf gives the id of the user behind the credential.
func callerOf(c *behavior.Call, _ *store.Record) string {
	if c.Actor == nil || !c.Actor.Get("user").Exists() {
		return "0"
	}
	return c.Actor.Get("user").Raw
}

// inTeam stores the team of a note or touchpoint, named by a number or a text.
func inTeam(sent, given map[string]string) {
	if raw, ok := sent["team"]; ok {
		given["team"] = ref(raw)
	}
}

func note(c *behavior.Call, before *store.Record, sent map[string]string) map[string]string {
	given := map[string]string{}
	refs(sent, given, "category")
	inTeam(sent, given)
	if before != nil {
		return given
	}
	for _, name := range []string{"created_by", "user"} {
		if raw, ok := sent[name]; ok && !c.Holds("VOL-NOTE-13") {
			given[name] = ref(raw)
		}
	}
	if !c.Holds("VOL-NOTE-11") {
		given["created_by"] = ownerOf(c, nil)
	}
	if !c.Holds("VOL-NOTE-12") {
		given["user"] = callerOf(c, nil)
	}
	return given
}

func touchpoint(c *behavior.Call, before *store.Record, sent map[string]string) map[string]string {
	given := map[string]string{}
	refs(sent, given, "type")
	inTeam(sent, given)
	if subs, ok := sent["sub_touchpoints"]; ok {
		given["sub_touchpoints"] = newSubs(c, subs)
		if !c.Holds("VOL-TP-29") {
			given["sub_touchpoints"] = "[]"
		}
	}
	if before != nil {
		return given
	}
	if _, ok := sent["start"]; !ok {
		given["start"] = today(c)
	}
	if !c.Holds("VOL-TP-23") {
		given["created_by"] = ownerOf(c, nil)
	}
	return given
}

// newSubs makes sub touchpoints of those sent with a touchpoint.
func newSubs(c *behavior.Call, sent string) string {
	var all []string
	for _, item := range gjson.Parse(sent).Array() {
		all = append(all, sub(c, "touchpoint", rule.Text(item.Get("body").String()), ""))
	}
	return "[" + strings.Join(all, ",") + "]"
}

// sub makes what stands below a note or touchpoint; more are further members.
// Both kinds of ids are drawn from the table of what they stand below.
func sub(c *behavior.Call, table, body, more string) string {
	id := strconv.FormatUint(firstID+c.Tx.Ordinal(table), 10)
	now := nowOf(c, nil)
	deleted := ""
	if more != "" {
		deleted = `,"deleted_at":null`
	}
	return `{"id":` + id + `,"body":` + body + more + `,"created_at":` + now + `,"updated_at":` + now + deleted + `}`
}

func noteLinks() []behavior.Link {
	return append(people("created_by", "user"), behavior.Link{Member: "category", Table: "category"},
		behavior.Link{Member: "team", Table: "team", Form: shortTeam}, behavior.Link{Member: "sub_notes", Each: people("user")})
}

// below adds a record to the array of the one it stands below.
func below(
	table, param, member string, refuses behavior.Denies, more func(*behavior.Call) string, enforces ...behavior.By,
) behavior.Func {
	return behavior.Func{Write: true, Enforces: enforces, Refuses: []behavior.Denies{refuses},
		Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
			over, refusal := c.Find(table, param, refuses)
			if refusal != nil {
				return behavior.Answer{}, refusal
			}
			doc := sub(c, table, rule.Text(c.Sent("body").String()), more(c))
			body, err := sjson.SetRawBytes(over.Document(), member+".-1", []byte(doc))
			if err != nil {
				return behavior.Answer{}, &behavior.Refusal{Status: 500, Message: err.Error()}
			}
			if refusal := c.Write(table, over, over.With(body)); refusal != nil {
				return behavior.Answer{}, refusal
			}
			return c.Wrap(table,
				func(b []byte) []byte { return manage(c, behavior.Expand(c, b, doc, people("user")), len(b)) }), nil
		}}
}

// byCaller is the author of a sub note.
func byCaller(c *behavior.Call) string {
	if !c.Holds("VOL-NOTE-31") {
		return `,"user":` + ownerOf(c, nil)
	}
	return `,"user":` + callerOf(c, nil)
}

func byNobody(*behavior.Call) string { return "" }

// noteFilters search notes by subject and body.
func noteFilters() []behavior.Filter {
	return []behavior.Filter{says("VOL-NOTE-07", "VOL-NOTE-05", "VOL-NOTE-06")}
}

// says keeps what has the text in its subject or body, whatever the letter case.
func says(by, subject, body behavior.By) behavior.Filter {
	keep := func(c *behavior.Call, value string) func(*store.Record) bool {
		part := strings.ToLower(value)
		has := func(r *store.Record, member string) bool {
			return strings.Contains(strings.ToLower(r.String(member)), part)
		}
		return func(r *store.Record) bool {
			return c.Holds(subject) && has(r, "subject") || c.Holds(body) && has(r, "body")
		}
	}
	return behavior.Filter{Param: "q", By: by, Keep: keep, Enforces: []behavior.By{subject, body}}
}

func touchpointFilters() []behavior.Filter {
	return []behavior.Filter{
		says("", "", "VOL-TP-08"),
		{Param: "type", Keep: ofTypes, Enforces: []behavior.By{"VOL-TP-09"}},
		{Param: "archived", By: "VOL-TP-10", Keep: func(_ *behavior.Call, value string) func(*store.Record) bool {
			return func(r *store.Record) bool { return strconv.FormatBool(r.Get("archived").Bool()) == value }
		}},
		{Param: "from", By: "VOL-TP-11", Enforces: []behavior.By{"VOL-TP-13"},
			Keep: func(c *behavior.Call, value string) func(*store.Record) bool {
				return func(r *store.Record) bool { return inside(c, value, r.String("start")) }
			}},
		{Param: "to", By: "VOL-TP-12", Enforces: []behavior.By{"VOL-TP-13"},
			Keep: func(c *behavior.Call, value string) func(*store.Record) bool {
				return func(r *store.Record) bool { return inside(c, cmp.Or(r.String("end"), r.String("start")), value) }
			}},
	}
}

func ofTypes(c *behavior.Call, value string) func(*store.Record) bool {
	named := query.Cut(value)
	if !c.Holds("VOL-TP-09") && len(named) > 0 {
		named = named[:1]
	}
	in := set(named)
	return func(r *store.Record) bool { return in(r.String("type")) }
}

// inside tells whether two days are in order, the same day included.
func inside(c *behavior.Call, from, to string) bool {
	return from < to || from == to && c.Holds("VOL-TP-13")
}
