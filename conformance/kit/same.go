package kit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// Said is what an answer says of its records, in one spelling: the documented members that
// are not volatile, null or left out alike, times to the second.
func Said(env *suite.Env, e *client.Exchange) gjson.Result {
	value, err := decoded(env.Settled(e))
	if err != nil {
		return gjson.Result{}
	}
	return gjson.ParseBytes(text(Spelt(value)))
}

// decoded is a JSON document in which no digit of a whole number is lost, however long it is.
func decoded(document []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
}

// SpeltRecord is the JSON of a record in that spelling, with the members that hold says of, nil
// when it is no record.
func SpeltRecord(record gjson.Result, hold func(name string) bool) []byte {
	value, err := decoded([]byte(record.Raw))
	members, ok := value.(map[string]any)
	if err != nil || !ok {
		return nil
	}
	maps.DeleteFunc(members, func(name string, _ any) bool { return !hold(name) })
	return text(Spelt(members))
}

// Spelt returns a decoded value, which it changes, without members that are null, with times to
// the second, and with one spelling of a number that is no whole one.
func Spelt(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if v[name] = Spelt(member); member == nil {
				delete(v, name)
			}
		}
	case []any:
		for i := range v {
			v[i] = Spelt(v[i])
		}
	case json.Number:
		if number, err := v.Float64(); err == nil && strings.ContainsAny(v.String(), ".eE") {
			return number
		}
	case string:
		if at, ok := format.Instant(v); ok {
			return at.Truncate(time.Second).Format(time.RFC3339)
		}
	}
	return value
}

// Same matches an answer that says at the path what an earlier answer says at its own, but
// for the members named, which may differ; see Said.
func Same(env *suite.Env, path string, earlier *client.Exchange, earlierPath string, except ...string) types.GomegaMatcher {
	path, earlierPath = Path(path), Path(earlierPath)
	want := named(path) + " to be what it was"
	if len(except) > 0 {
		want += " but for " + strings.Join(except, ", ")
	}
	return match.That(want, func(e *client.Exchange) string {
		before, now := Said(env, earlier), Said(env, e)
		was, is := before.Get(earlierPath), now.Get(path)
		if was.Exists() != is.Exists() || !is.Exists() && !(unsaid(before, earlierPath) && unsaid(now, path)) {
			return "one of the two is not there"
		}
		changed := match.Changes([]byte(was.Raw), []byte(is.Raw), except...)
		once, again := told(env, earlier, earlierPath), toldAs(env, e, path, earlier, earlierPath)
		if changed == "" || match.Changes(once, again, except...) == "" {
			return ""
		}
		return "it differs:\n" + changed
	})
}

// told is what an answer says at a path, in the spelling of Said.
func told(env *suite.Env, e *client.Exchange, path string) []byte {
	value, _ := decoded([]byte(gjson.ParseBytes(env.Settled(e)).Get(path).Raw))
	return text(Spelt(value))
}

// toldAs is that with each moment as the earlier answer tells it, where it is the same one; see AsNear.
func toldAs(env *suite.Env, e *client.Exchange, path string, earlier *client.Exchange, earlierPath string) []byte {
	was, _ := decoded([]byte(gjson.ParseBytes(env.Settled(earlier)).Get(earlierPath).Raw))
	is, _ := decoded([]byte(gjson.ParseBytes(env.Settled(e)).Get(path).Raw))
	return text(Spelt(AsNear(was, is)))
}

// AsNear is a decoded value, which it changes, with each moment as it was before, if it is the same as far as the coarser of
// the two tells: what was answered when a record was made may have digits that are not kept.
func AsNear(before, now any) any {
	switch is := now.(type) {
	case map[string]any:
		was, _ := before.(map[string]any)
		for name := range is {
			is[name] = AsNear(was[name], is[name])
		}
	case []any:
		was, _ := before.([]any)
		for i := range min(len(was), len(is)) {
			is[i] = AsNear(was[i], is[i])
		}
	case string:
		if was, isText := before.(string); isText && format.NearInstant(unpadded(was), unpadded(is)) {
			return was
		}
	}
	return now
}

// unpadded is a moment without the digits that Exchange.Known fills it up with.
func unpadded(moment string) string {
	const nine = len(".000000000Z")
	head, tail := moment[:max(len(moment)-nine, 0)], moment[max(len(moment)-nine, 0):]
	if len(tail) < nine || tail[0] != '.' || tail[nine-1] != 'Z' {
		return moment
	}
	return head + strings.TrimSuffix(strings.TrimRight(tail[:nine-1], "0"), ".") + "Z"
}

// unsaid says whether a path leads to a member that a record, which says something, leaves
// out or has null for.
func unsaid(answer gjson.Result, path string) bool {
	record, name := "@this", path
	if cut := strings.LastIndex(path, "."); cut >= 0 {
		record, name = path[:cut], path[cut+1:]
	}
	return name != "@this" && len(answer.Get(record).Map()) > 0
}

// Tells matches an answer that says something at the path wherever an earlier answer about the
// same record did at its own: a member may be left out when there is nothing to say, and only
// then; see Said.
func Tells(env *suite.Env, path string, earlier *client.Exchange, earlierPath string) types.GomegaMatcher {
	path, earlierPath = Path(path), Path(earlierPath)
	missing := func(e *client.Exchange) string {
		return silent(Said(env, earlier).Get(earlierPath), Said(env, e).Get(path))
	}
	of := func(e *client.Exchange) string { return strings.TrimPrefix(path+"."+missing(e), "@this.") }
	return match.AboutThat(of, match.That(named(path)+" with all that was said of it before", func(e *client.Exchange) string {
		if member := missing(e); member != "" {
			was := Said(env, earlier).Get(Path(earlierPath, member))
			return fmt.Sprintf("it has nothing for %s, which was %s before", member, match.Short(was.Raw))
		}
		return ""
	}))
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

// SaysAs matches an answer that says what an earlier one said, whatever the order of lists; see Said.
func SaysAs(env *suite.Env, earlier *client.Exchange) types.GomegaMatcher {
	return match.That("the answer to say what the other one did", func(e *client.Exchange) string {
		if changed := differs(env, earlier, e); changed != "" {
			return "it differs:\n" + changed
		}
		return ""
	})
}

func differs(env *suite.Env, earlier, e *client.Exchange) string {
	if earlier.Operation == e.Operation && earlier.Status == e.Status && bytes.Equal(earlier.Body, e.Body) {
		return "" // without a look into it: long lists are compared often
	}
	return match.Changes(match.Unordered([]byte(Said(env, earlier).Raw)), match.Unordered([]byte(Said(env, e).Raw)))
}

// ExpectAsFirst expects an answer to say what a first look said, and returns the look that it says
// the same as. Data that moves by itself is nobody's fault: a look after the answer may take the
// first one's place, and where it says a third thing, nothing is decided.
func ExpectAsFirst(env *suite.Env, first, answer *client.Exchange, look func() *client.Exchange) *client.Exchange {
	if answer.Success() && differs(env, first, answer) != "" {
		again := look()
		if differs(env, first, again) != "" {
			if differs(env, again, answer) != "" {
				env.Undetermined("the data moves from one look to the next, so that nothing can be compared\n%s\n%s",
					match.Show(first), match.Show(again))
			}
			return again
		}
	}
	env.Expect(answer).To(match.Success())
	env.Expect(answer).To(SaysAs(env, first))
	return first
}
