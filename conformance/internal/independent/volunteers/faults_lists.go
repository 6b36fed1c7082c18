package volunteers

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"time"

	"rollcall/conformance/internal/independent"
)

// listFault is a fault of the filter of a list: of when it is looked at, how much of it is read, or
// which of its answers are remembered.
type listFault struct {
	name, says, source, breaks string
	do                         independent.Between
}

func listFaults() []independent.Fault {
	var out []independent.Fault
	for _, f := range listFaultRows() {
		out = append(out, independent.Fault{Name: f.name, Says: f.says, Source: f.source, Breaks: strings.Fields(f.breaks)})
	}
	return out
}

func between() map[string]independent.Between {
	out := map[string]independent.Between{}
	for _, f := range listFaultRows() {
		out[f.name] = f.do
	}
	return out
}

func listFaultRows() []listFault {
	return slices.Concat(whereLooked(), howMuchRead(), whichRemembered(), dayOff(), notLooked(), flagsPassedOn(),
		besideFaults(), changeFaults(), refusedAllTheSame(), spoiltFaults(),
		disagreeing(), removedFaults(), edgeFaults())
}

// whereLooked are filters that are looked at in some requests alone.
func whereLooked() []listFault {
	withoutIDs := func(q url.Values) bool { return !q.Has("ids") }
	later := func(q url.Values) bool { return q.Get("page") != "" && q.Get("page") != "1" }
	beside := func(other string) func(url.Values) bool { return func(q url.Values) bool { return q.Has(other) } }
	const ids, first = "%s is looked at beside ids alone.", "%s is looked at on the first page alone."
	row := func(name, says, filter, source, breaks string, when func(url.Values) bool) listFault {
		return listFault{name, fmt.Sprintf(says, filter), source, breaks, passedOver("users", filter, when)}
	}
	return []listFault{
		row("team-beside-ids-only", ids, "team", "L6: filter by team id", "VOL-LST-09", withoutIDs),
		row("skills-beside-ids-only", ids, "skills", "L19: filter by skill ids", "VOL-LST-13", withoutIDs),
		row("active-on-beside-ids-only", ids, "active_on", "L26: starting on or before", "VOL-LST-28", withoutIDs),
		row("place-beside-ids-only", ids, "lat", "L13-15: search by latitude", "VOL-LST-29", withoutIDs),
		row("roles-on-first-page", first, "roles", "L3: paginated; L18: filter by role profile ids", "VOL-LST-12", later),
		row("view-on-first-page", first, "view", "L3: paginated; L16: filter by a view", "VOL-LST-21", later),
		row("excluded-on-first-page", first, "exclude_ids", "L3: paginated; L23: ids to exclude", "VOL-LST-08", later),
		row("upcoming-on-first-page", first, "include_upcoming", "L3: paginated; L25: included", "VOL-LST-27", later),
		row("order-on-first-page", first, "s", "L3: paginated; L29: sort the results", "VOL-LST-33", later),
		row("team-or-manager", "%s is not looked at beside manager.", "team", "L6, L9: filter by both", "VOL-LST-45",
			beside("manager")),
		row("languages-or-skills", "%s is not looked at beside skills.", "langs", "L19, L20: filter by both", "VOL-LST-45",
			beside("skills")),
		{"trashed-or-primary", "trashed is not looked at beside primary.", "L774-775: filter by both", "VOL-ADDR-29",
			passedOver("addresses", "trashed", beside("primary"))},
	}
}

// howMuchRead are lists of ids of which not all are read.
func howMuchRead() []listFault {
	const list = "comma separated list"
	cut := func(name, filter, says, line, breaks string, of func(ids []string) []string) listFault {
		return listFault{name, says, line + ": " + list, breaks, rewritten("users", filter, func(q url.Values) {
			q.Set(filter, strings.Join(of(strings.Split(q.Get(filter), ",")), ","))
		})}
	}
	two := func(ids []string) []string { return ids[:min(2, len(ids))] }
	last := func(ids []string) []string { return ids[len(ids)-1:] }
	one := func(ids []string) []string { // one of several is taken for none
		if len(ids) > 1 {
			return []string{"0"}
		}
		return ids
	}
	again := func(ids []string) []string {
		if sorted := slices.Sorted(slices.Values(ids)); len(slices.Compact(sorted)) < len(ids) {
			return []string{"0"}
		}
		return ids
	}
	return []listFault{
		cut("two-managers-at-most", "manager", "Of several managers the first two are looked for.", "L9", "VOL-LST-10", two),
		cut("two-skills-at-most", "skills", "Of several skills the first two are looked for.", "L19", "VOL-LST-13", two),
		cut("two-excluded-at-most", "exclude_ids", "Of several users the first two are left out.", "L23", "VOL-LST-08", two),
		cut("last-supervisor-only", "supervisor", "Of several supervisors the last is looked for.", "L11", "VOL-LST-11", last),
		cut("languages-one-by-one", "langs", "Several languages find nobody.", "L20", "VOL-LST-14", one),
		cut("team-named-once", "team", "A team that is named twice finds nobody.", "L6 has one twice", "VOL-LST-09", again),
		cut("user-named-once", "ids", "Where a user is named twice, nobody is found.", "L30", "VOL-LST-07", again),
	}
}

// whichRemembered are filters that go by what they found before.
func whichRemembered() []listFault {
	return []listFault{
		{"skills-found-for-good", "A user is found by the skills that were had once.", "L19: filter by skill ids", "VOL-LST-13",
			foundForGood("users", "skills")},
		{"mail-found-for-good", "Who had an email address is one who has.", "L21: who have an email address", "VOL-LST-16",
			foundForGood("users", "has_email")},
		{"start-found-for-good", "A role that started by a day once did so for good.", "L26: starting on or before",
			"VOL-LST-28", foundForGood("users", "active_on")},
		{"notes-found-for-good", "A note is found by the words that it had once.", "L1292: search by title and content",
			"VOL-NOTE-05 VOL-NOTE-06", foundForGood("notes", "q")},
		{"archived-for-good", "A touchpoint that was archived once is found as one.", "L1657: filter by archived",
			"VOL-TP-10", foundForGood("touchpoints", "archived")},
		{"one-view-each", "Who was shown in one view is in no other.", "L16: filter by a specific view", "VOL-LST-19",
			foundOnce("view")},
		{"one-place-each", "Who was found near one latitude is near no other.", "L13-15: search by latitude", "VOL-LST-29",
			foundOnce("lat")},
	}
}

// dayOff are days that a filter takes for the next one, or the one before.
func dayOff() []listFault {
	shifted := func(filter string, days int) independent.Between {
		return rewritten("touchpoints", filter, func(q url.Values) {
			if day, err := time.Parse(time.DateOnly, q.Get(filter)); err == nil {
				q.Set(filter, day.AddDate(0, 0, days).Format(time.DateOnly))
			}
		})
	}
	return []listFault{
		{"from-the-day-before", "from keeps the day before as well.", "L1658: filter by a start date", "VOL-TP-11",
			shifted("from", -1)},
		{"to-the-day-after", "to keeps the day after as well.", "L1659: filter by an end date", "VOL-TP-12", shifted("to", 1)},
	}
}

// notLooked are filters that keep everybody.
func notLooked() []listFault {
	always := func(url.Values) bool { return true }
	row := func(name, filter, source, breaks string) listFault {
		return listFault{name, filter + " keeps everybody.", source, breaks, passedOver("users", filter, always)}
	}
	return []listFault{
		row("every-age", "age", "L11: filter by age", "VOL-LST-35"),
		row("every-team-listed", "teamlist", "L7: filter by a team list", "VOL-LST-43"),
		row("every-user-listed", "userlist", "L8: filter by a user list", "VOL-LST-43"),
		row("every-place", "geojson_id", "L12: search by a geojson id", "VOL-LST-42"),
	}
}

// lists says whether a call asks for the list with that filter.
func lists(c *independent.Passing, list, filter string) bool {
	return c.Method == http.MethodGet && c.Last() == list && c.Query.Get(filter) != ""
}

// rewritten reads a filter as something else.
func rewritten(list, filter string, as func(url.Values)) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		if lists(c, list, filter) {
			as(c.Query)
		}
		return c.Through()
	}
}

func passedOver(list, filter string, when func(url.Values) bool) independent.Between {
	return rewritten(list, filter, func(q url.Values) {
		if when(q) {
			without(q, filter)
		}
	})
}

// without leaves a filter out, with what goes with it.
func without(q url.Values, filter string) {
	q.Del(filter)
	if filter == "lat" {
		q.Del("long")
		q.Del("distance")
	}
}

// items are those of a list by their ids, in their order.
func items(answer *httptest.ResponseRecorder) (body map[string]any, ids []string, by map[string]any) {
	body, by = independent.Shown(answer), map[string]any{}
	list, _ := body["data"].([]any)
	for _, item := range list {
		one, _ := item.(map[string]any)
		id := fmt.Sprint(one["id"])
		ids, by[id] = append(ids, id), item
	}
	return body, ids, by
}

// foundForGood finds by a value who was found by it before.
func foundForGood(list, filter string) independent.Between {
	return remembering(list, filter, func(c *independent.Passing, ids []string) []string {
		value := filter + "=" + c.Query.Get(filter)
		before, _ := c.Kept[value].([]string)
		c.Kept[value] = append(before, ids...)
		for _, id := range before {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		return ids
	})
}

// foundOnce finds nobody by a value who was found by another before.
func foundOnce(filter string) independent.Between {
	return remembering("users", filter, func(c *independent.Passing, ids []string) []string {
		return slices.DeleteFunc(ids, func(id string) bool {
			if c.Kept[id] == nil {
				c.Kept[id] = c.Query.Get(filter)
			}
			return c.Kept[id] != c.Query.Get(filter)
		})
	})
}

// remembering shows, of those who are listed without the filter, the ones that are chosen.
func remembering(
	list, filter string, choose func(c *independent.Passing, ids []string) []string,
) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if !lists(c, list, filter) || !independent.Fine(answer) {
			return answer
		}
		body, ids, by := items(answer)
		all := maps.Clone(c.Query)
		without(all, filter)
		_, _, others := items(c.Ask(c.Method, c.Path, all, nil))
		maps.Copy(others, by)
		shown := []any{}
		for _, id := range choose(c, ids) {
			if item, there := others[id]; there {
				shown = append(shown, item)
			}
		}
		body["data"] = shown
		return independent.With(answer, body)
	}
}
