package kit

import (
	"encoding/json"
	"fmt"
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
	var value any
	if json.Unmarshal(env.Settled(e), &value) != nil {
		return gjson.Result{}
	}
	return gjson.ParseBytes(text(Spelt(value)))
}

// Spelt returns a decoded value, which it changes, without members that are null, and with
// times to the second.
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
		want += fmt.Sprintf(" but for %q", except)
	}
	return match.That(want, func(e *client.Exchange) string {
		before, now := Said(env, earlier), Said(env, e)
		was, is := before.Get(earlierPath), now.Get(path)
		if was.Exists() != is.Exists() || !is.Exists() && !(unsaid(before, earlierPath) && unsaid(now, path)) {
			return "one of the two is not there"
		}
		changed := slices.DeleteFunc(match.Differences([]byte(was.Raw), []byte(is.Raw)), func(pointer string) bool {
			top, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
			return slices.Contains(except, top)
		})
		if len(changed) > 0 {
			return fmt.Sprintf("%q differ: before\n%s", changed, was.Raw)
		}
		return ""
	})
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
