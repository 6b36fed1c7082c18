package volunteers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// claim is a matcher over an exchange that says in its own words what is wrong.
type claim struct {
	want  string
	wrong func(*client.Exchange) string // "" when nothing is
}

// Match says whether the claim holds.
func (c claim) Match(actual any) (bool, error) {
	exchange, ok := actual.(*client.Exchange)
	if !ok {
		return false, fmt.Errorf("expected an exchange, got %T", actual)
	}
	return c.wrong(exchange) == "", nil
}

// FailureMessage says what was claimed, what is wrong with it, and shows the answer.
func (c claim) FailureMessage(actual any) string {
	exchange, _ := actual.(*client.Exchange)
	return fmt.Sprintf("expected %s, but %s\n%s", c.want, c.wrong(exchange), match.Show(exchange))
}

// NegatedFailureMessage is the text for ToNot.
func (c claim) NegatedFailureMessage(actual any) string {
	exchange, _ := actual.(*client.Exchange)
	return fmt.Sprintf("did not expect %s\n%s", c.want, match.Show(exchange))
}

// texts claims that the values found at a path, as texts, match. What is not
// found at all never does, so that a list that isn't there can't lack an item.
func texts(path string, matcher types.GomegaMatcher) types.GomegaMatcher {
	return claim{want: path + " as asked for", wrong: func(e *client.Exchange) string {
		found := e.Texts(path)
		if found == nil {
			return "there is no such list"
		}
		if ok, err := matcher.Match(found); err != nil || !ok {
			return fmt.Sprintf("it is %q: %s", found, matcher.FailureMessage(found))
		}
		return ""
	}}
}

// lists claims that the records are among those listed.
func lists(records ...string) types.GomegaMatcher {
	return texts("data.#.id", gomega.ContainElements(toAny(records)...))
}

// listsOnly claims that exactly these records are listed, in any order.
func listsOnly(records ...string) types.GomegaMatcher {
	return texts("data.#.id", gomega.ConsistOf(toAny(records)...))
}

// lacks claims that there is a list and the record is not in it.
func lacks(record string) types.GomegaMatcher {
	return texts("data.#.id", gomega.Not(gomega.ContainElement(record)))
}

// onlyFlagged claims that of all records listed just this one has the flag.
func onlyFlagged(flag, record string) types.GomegaMatcher {
	return claim{want: fmt.Sprintf("only %s to have %s", record, flag), wrong: func(e *client.Exchange) string {
		flagged := flaggedIn(e, flag)
		if slices.Equal(flagged, []string{record}) {
			return ""
		}
		return fmt.Sprintf("%q have it", flagged)
	}}
}

// flaggedIn returns the ids of the records listed that have the flag.
func flaggedIn(list *client.Exchange, flag string) []string {
	var ids []string
	for _, item := range list.Get("data").Array() {
		if item.Get(flag).Bool() {
			ids = append(ids, item.Get("id").String())
		}
	}
	return ids
}

// where returns the path of the record with that id in a list, or a path at
// which nothing is.
func where(list *client.Exchange, record string) string {
	return fmt.Sprintf("data.%d", slices.Index(list.Texts("data.#.id"), record))
}

// sent claims that the member at the path is what was sent there.
func sent(path string, value any, strict bool) types.GomegaMatcher {
	return claim{want: fmt.Sprintf("%s to be %v as sent", path, value), wrong: func(e *client.Exchange) string {
		found := e.Get(path)
		if alike(found, value, strict) {
			return ""
		}
		if !found.Exists() {
			return "it is not there"
		}
		return "it is " + found.Raw
	}}
}

// alike says whether an answer's value is the one sent. A date may come with a time of
// day, and null may be left out; the accepting reading also takes 0 and 1 for a boolean
// and digits for a number. A record named by its id is compared by that id, a time by
// its instant.
func alike(found gjson.Result, value any, strict bool) bool {
	switch v := value.(type) {
	case nil:
		return found.Type == gjson.Null
	case bool:
		return found.Bool() == v && (found.IsBool() || !strict && found.Type == gjson.Number)
	case string:
		return found.Type == gjson.String && (found.Str == v || datePart(v) && beginsDay(found.Str, v))
	case int:
		return found.Num == float64(v) && found.Type == gjson.Number || !strict && found.String() == fmt.Sprint(v)
	case float64:
		return found.Num == v && found.Type == gjson.Number || !strict && found.Type == gjson.String && found.Float() == v
	case time.Time:
		moment, ok := moment(found, strict)
		return ok && moment.Equal(v)
	case map[string]any:
		return found.Get("id").Exists() && found.Get("id").String() == fmt.Sprint(v["id"])
	}
	panic(fmt.Sprintf("alike has no rule for %T", value))
}

func datePart(text string) bool {
	_, ok := format.Date(text)
	return ok
}

// beginsDay says whether a text is a time of that day.
func beginsDay(text, day string) bool {
	rest, ok := strings.CutPrefix(text, day)
	return ok && rest != "" && strings.ContainsAny(rest[:1], "Tt ")
}

// moment reads a date-time: RFC 3339 or its basic zone, in the accepting reading also
// with a blank between date and time, or without a zone.
func moment(found gjson.Result, strict bool) (time.Time, bool) {
	if found.Type != gjson.String || strings.Contains(found.Str, ",") { // time.Parse would take a comma before a fraction
		return time.Time{}, false
	}
	if at, ok := format.Instant(found.Str); ok {
		return at, true
	}
	layouts := []string{"2006-01-02T15:04:05Z0700"}
	if !strict {
		layouts = append(layouts, time.DateTime, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05")
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, strings.ToUpper(found.Str)); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// expectSent expects every member of the body to be found below the path as sent.
func expectSent(env *suite.Env, exchange *client.Exchange, path string, body map[string]any) {
	for _, name := range slices.Sorted(keysOf(body)) {
		env.Expect(exchange).To(sent(path+"."+name, body[name], env.Strict()))
	}
}

// volatile are the members that each answer may have anew: the address of a photo is
// signed.
func volatile() []string { return []string{"profile_photo_url"} }

// settled is what an answer says of its records, so that two answers can be compared: the
// documented members that are not volatile, null or left out alike, times to the second.
func settled(e *client.Exchange) gjson.Result {
	var value any
	if json.Unmarshal(e.Known(), &value) != nil {
		return gjson.Result{}
	}
	data, _ := json.Marshal(settle(value)) // decoded JSON always encodes
	return gjson.ParseBytes(data)
}

func settle(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if member == nil || slices.Contains(volatile(), name) {
				delete(v, name)
				continue
			}
			v[name] = settle(member)
		}
	case []any:
		for i := range v {
			v[i] = settle(v[i])
		}
	case string:
		if at, ok := format.Instant(v); ok {
			return at.Truncate(time.Second).Format(time.RFC3339)
		}
	}
	return value
}

// unsaid says whether a path leads to a member that a record leaves out, or has null for.
func unsaid(answer gjson.Result, path string) bool {
	record, name := "@this", path
	if cut := strings.LastIndex(path, "."); cut >= 0 {
		record, name = path[:cut], path[cut+1:]
	}
	return name != "data" && answer.Get(record).IsObject()
}

// same claims that what is found at the path equals what an earlier answer has at
// its own path, members in any order.
func same(path string, earlier *client.Exchange, earlierPath string) types.GomegaMatcher {
	return sameBut(path, earlier, earlierPath)
}

// sameBut is same, apart from the members named, which may differ.
func sameBut(path string, earlier *client.Exchange, earlierPath string, members ...string) types.GomegaMatcher {
	want := path + " to be what it was"
	if len(members) > 0 {
		want += fmt.Sprintf(" but for %q", members)
	}
	return claim{want: want, wrong: func(e *client.Exchange) string {
		before, now := settled(earlier), settled(e)
		was, is := before.Get(earlierPath), now.Get(path)
		if was.Exists() != is.Exists() || !is.Exists() && !(unsaid(before, earlierPath) && unsaid(now, path)) {
			return "one of the two is not there"
		}
		changed := slices.DeleteFunc(match.Differences([]byte(was.Raw), []byte(is.Raw)), func(pointer string) bool {
			top, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
			return slices.Contains(members, top)
		})
		if len(changed) > 0 {
			return fmt.Sprintf("%q differ: before\n%s", changed, was.Raw)
		}
		return ""
	}}
}

// tells claims that what is found at the path says something wherever an earlier answer
// about the same record did: a member may be left out when there is nothing to say, and
// only then.
func tells(path string, earlier *client.Exchange, earlierPath string) types.GomegaMatcher {
	return claim{want: path + " with all that was said of it before", wrong: func(e *client.Exchange) string {
		if member := silent(settled(earlier).Get(earlierPath), settled(e).Get(path)); member != "" {
			return fmt.Sprintf("it has nothing for %s; before it was\n%s", member, earlier.Get(earlierPath).Raw)
		}
		return ""
	}}
}

// silent is the first member, by its path, that says something before and nothing now.
func silent(before, now gjson.Result) (path string) {
	if !before.IsObject() {
		return ""
	}
	before.ForEach(func(key, was gjson.Result) bool {
		is := now.Get(gjson.Escape(key.String()))
		switch inner := silent(was, is); {
		case !is.Exists() && !empty(was):
			path = key.String()
		case inner != "":
			path = key.String() + "." + inner
		}
		return path == ""
	})
	return path
}

// empty says whether a value is a text, a list or an object with nothing in it.
func empty(value gjson.Result) bool { return slices.Contains([]string{`""`, "[]", "{}"}, value.Raw) }
