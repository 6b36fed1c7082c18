package kit

import (
	"slices"
	"strings"
	"time"

	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// Rounds is how many values Awkward has for a member.
const Rounds = 3

// Awkward is a legal value of a member that careless code loses something of: letters beyond
// ASCII and quotes, a long text, a 29 February, a day before 1970, an instant at an offset, a
// number beyond the usual. Each round has another one. No ordinary product has a reason to spell
// them otherwise: there are no blanks at the ends or in a row, no angle brackets, nothing beyond
// the basic plane, and all is composed (NFC). What may be refused may be refused: see Kept. It
// says false of a member that has no such value: objects, arrays, what the server sets.
func Awkward(env *suite.Env, schema *contract.Schema, round int) (any, bool) {
	switch {
	case schema.ReadOnly || schema.WriteOnly || schema.Pattern != "":
		return nil, false
	case len(schema.Enum) > 0:
		return schema.Enum[round%len(schema.Enum)], true
	case schema.Type == "boolean":
		return round%2 == 0, true
	case schema.Type == "integer":
		return []int{1440, 32767, 7}[round], true
	case schema.Type == "number":
		return []float64{1234.5678, -0.0625, 32768.5}[round], true
	case schema.Type != "string":
		return nil, false
	}
	word := strings.ReplaceAll(env.Unique("kept"), "-", "")
	switch schema.Format {
	case "":
		return AwkwardText(word, round), true
	case "date":
		return []string{"2020-02-29", "1968-11-30", "2031-12-31"}[round], true
	case "date-time":
		return awkwardInstant(env, round), true
	case "email":
		return word + []string{"+tag.o_k@mail.example.com", "-of-the-long-house@example.com", "@example.com"}[round], true
	case "uri":
		return "https://example.com/" + word + []string{"?a=1&b=%C3%A9#end", "/" + strings.Repeat("long/", 30), ""}[round], true
	}
	return nil, false
}

// AwkwardText is a text of one line that ends in the word.
func AwkwardText(word string, round int) string {
	const letters = `Zoë "Bea" O'Ñandú & Łódź, 東京: `
	return []string{letters, strings.Repeat(letters, 4), "Plain "}[round] + word
}

// awkwardInstant is a moment of the days to come, at another offset each round.
func awkwardInstant(env *suite.Env, round int) time.Time {
	zone := []*time.Location{time.FixedZone("", 19800), time.FixedZone("", -28800), time.UTC}[round]
	return env.Now().Add(time.Duration(48+round) * time.Hour).Truncate(time.Second).In(zone)
}

// AwkwardBody has an awkward value for each member of an operation's body, but for those
// that are left out: what is given is taken in place of what the schema leads to, and its
// values, as many as Rounds, come in their order.
func AwkwardBody(env *suite.Env, operation string, round int, own map[string][]any, but ...string) Body {
	body := Body{}
	op, _ := env.Contract().Operation(operation)
	for _, m := range op.Body.Schema.Flat() {
		switch values, given := own[m.Name]; {
		case slices.Contains(but, m.Name):
		case given:
			body[m.Name] = values[round]
		default:
			if value, ok := Awkward(env, m.Schema, round); ok {
				body[m.Name] = value
			}
		}
	}
	return body
}
