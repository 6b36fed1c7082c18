package kit

import (
	"context"
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

// Sent matches an answer in which the member at the path is what was sent there; see Alike.
func Sent(path string, value any, strict bool) types.GomegaMatcher {
	return match.About(path, match.That(fmt.Sprintf("%s to be %s as sent", path, text(value)), func(e *client.Exchange) string {
		found := e.Get(path)
		if Alike(found, value, strict) {
			return ""
		}
		if !found.Exists() {
			return "it is not there"
		}
		return "it is " + found.Raw
	}))
}

// ExpectSent expects every member of the body to be found below the path as sent.
func ExpectSent(env *suite.Env, exchange *client.Exchange, path string, body Body) {
	for _, name := range slices.Sorted(maps.Keys(body)) {
		env.Expect(exchange).To(Sent(strings.TrimPrefix(Path(path, name), "@this."), body[name], env.Strict()))
	}
}

// ExpectStored expects the members in an answer with a record, and again when the record is
// read back.
func (r Resource) ExpectStored(ctx context.Context, env *suite.Env, answer *client.Exchange, body Body) {
	ExpectSent(env, answer, r.Record, body)
	back, path := r.Stored(ctx, env, r.IDOf(answer))
	ExpectSent(env, back, path, body)
}

// Alike says whether an answer's value is the one sent. A date may come with a time of
// day, and null may be left out; the accepting reading also takes 0 and 1 for a boolean,
// digits for a number, and a telephone number written in another way. A record named by its id is compared by that id, a time by
// its instant.
func Alike(found gjson.Result, value any, strict bool) bool {
	switch v := value.(type) {
	case nil:
		return found.Type == gjson.Null
	case bool:
		return found.Bool() == v && (found.IsBool() || !strict && found.Type == gjson.Number)
	case string:
		return found.Type == gjson.String && (found.Str == v || beginsDay(found.Str, v))
	case int:
		return found.Num == float64(v) && found.Type == gjson.Number || !strict && found.String() == fmt.Sprint(v)
	case float64:
		return found.Num == v && found.Type == gjson.Number || !strict && found.Type == gjson.String && found.Float() == v
	case Digits:
		number := onlyDigits(found.String())
		return found.Type == gjson.String && (found.Str == string(v) || !strict && number == onlyDigits(string(v)))
	case time.Time:
		moment, ok := Instant(found, strict)
		return ok && moment.Equal(v)
	case Body:
		return found.Get("id").Exists() && found.Get("id").String() == fmt.Sprint(v["id"])
	}
	panic(fmt.Sprintf("there is no rule for how a %T is answered", value))
}

// Digits is a telephone number in a body, of which the accepting reading looks at the digits
// alone: a target may write numbers in its own way.
type Digits string

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// beginsDay says whether a text is a time of that day.
func beginsDay(text, day string) bool {
	_, isDay := format.Date(day)
	rest, ok := strings.CutPrefix(text, day)
	return isDay && ok && rest != "" && strings.ContainsAny(rest[:1], "Tt ")
}
