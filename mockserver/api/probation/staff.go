package probation

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

func staffAsks() []behavior.By {
	return append(viewAsks(), "PRO-STAFF-07", "PRO-STAFF-08")
}

// findStaff finds a member of staff by username, in which letter case makes no
// difference.
func findStaff(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	asked := c.Path.Get("username")
	r := one(c, "staff", "username", strings.ToLower(asked))
	if r != nil && r.String("username") != asked && !c.Holds("PRO-STAFF-07") {
		r = nil
	}
	if r == nil {
		why := behavior.Denies("PRO-STAFF-09")
		if _, user := c.Reader().Get("entry", strings.ToLower(asked)); user {
			why = "PRO-STAFF-11"
		}
		if ref := behavior.NotFound(why, "Staff", "username", asked); c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		r = first(c, "staff", "username")
	}
	return c.OK(echo(c, person(c, r, true), asked, "PRO-STAFF-08")), nil
}

// echo keeps the stored username; a defect shows the one that was asked for.
func echo(c *behavior.Call, doc []byte, asked string, by behavior.By) []byte {
	if c.Holds(by) {
		return doc
	}
	out, err := sjson.SetBytes(doc, "username", asked)
	if err != nil {
		return doc
	}
	return out
}

// findStaffByID finds a member of staff by id.
func findStaffByID(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	id := c.Path.Get("id")
	r, ok := c.Reader().Get("staff", id)
	if !ok {
		if ref := behavior.NotFound("PRO-STAFF-12", "Staff", "id", id); c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		r = first(c, "staff", "code")
	}
	return c.OK(person(c, r, true)), nil
}

// findStaffByCode finds a member of staff, or who stands for nobody, by code.
func findStaffByCode(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	code := c.Path.Get("code")
	r := exactly(c, "staff", "code", code, "PRO-STAFF-17")
	if r != nil && strings.HasSuffix(r.String("code"), "U") && !c.Holds("PRO-STAFF-18") {
		r = nil
	}
	if r == nil {
		if ref := behavior.NotFound("PRO-STAFF-15", "Staff", "code", code); c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		r = first(c, "staff", "code")
	}
	return c.OK(person(c, r, true)), nil
}

func usernamesAsk() []behavior.By {
	return append(listAsks(), "PRO-STAFF-26", "PRO-STAFF-27", "PRO-STAFF-28", "PRO-STAFF-29", "PRO-STAFF-30", "PRO-STAFF-31",
		"PRO-STAFF-32", "PRO-STAFF-33", "PRO-STAFF-40", "PRO-STAFF-41")
}

// listed is one item of the answer with the name that asked for it.
type listed struct {
	record *store.Record
	asked  string
}

// findStaffForUsernames finds the staff of a list of usernames, by ascending id.
func findStaffForUsernames(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	names, ref := texts(c, "PRO-STAFF-40")
	if ref != nil {
		return behavior.Answer{}, ref
	}
	if len(names) == 0 && !c.Holds("PRO-STAFF-28") || len(names) > 100 && !c.Holds("PRO-STAFF-41") {
		return behavior.Answer{}, behavior.Unacceptable("the list has the wrong length")
	}
	var items [][]byte
	for _, l := range ordered(c, matching(c, names)) {
		doc := c.Extend(l.record.Document(), absent)
		items = append(items, echo(c, doc, l.asked, "PRO-STAFF-32"))
	}
	if !c.Holds("PRO-STAFF-26") {
		items = append(items, placeholders(c, names)...)
	}
	empty := behavior.By("")
	if len(names) > 0 {
		empty = "PRO-STAFF-27"
	}
	return list(c, items, empty)
}

// matching finds each member of staff once.
func matching(c *behavior.Call, names []string) (found []listed) {
	seen, exact := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		r := one(c, "staff", "username", strings.ToLower(name))
		if r == nil || r.String("username") != name && !c.Holds("PRO-STAFF-31") {
			continue
		}
		again := exact[name] && c.Holds("PRO-STAFF-29") || seen[r.ID] && !exact[name] && c.Holds("PRO-STAFF-30")
		if !again {
			found = append(found, listed{r, name})
		}
		seen[r.ID], exact[name] = true, true
	}
	return found
}

func ordered(c *behavior.Call, found []listed) []listed {
	slices.SortStableFunc(found, func(a, b listed) int { return int(a.record.Get("id").Int() - b.record.Get("id").Int()) })
	if !c.Holds("PRO-STAFF-33") {
		slices.Reverse(found)
	}
	return found
}

// placeholders are what a defect answers for unknown names.
func placeholders(c *behavior.Call, names []string) (items [][]byte) {
	for _, name := range names {
		if one(c, "staff", "username", strings.ToLower(name)) == nil {
			items = append(items, []byte(`{"id":0,"name":{"forename":"","surname":""},"code":"","username":`+rule.Text(name)+`}`))
		}
	}
	return items
}

// texts reads a list of plain values as texts; null stands for nothing.
func texts(c *behavior.Call, numbers behavior.By) (all []string, ref *behavior.Refusal) {
	list := gjson.ParseBytes(c.Body)
	if !list.IsArray() {
		return nil, nil
	}
	list.ForEach(func(_, v gjson.Result) bool {
		switch {
		case v.Type == gjson.Number && !c.Holds(numbers):
			ref = behavior.Unacceptable("a number is no text")
		case v.Type == gjson.String:
			all = append(all, v.Str)
		case v.Type != gjson.Null && v.Type != gjson.JSON:
			all = append(all, v.Raw)
		}
		return ref == nil
	})
	return all, ref
}
