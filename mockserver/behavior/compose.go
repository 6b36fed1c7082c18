package behavior

import (
	"net/http"
	"time"

	"rollcall/mockserver/rule"
)

// Extend gives a stored document with more members, each a name and raw JSON. A
// member without a value is left out; where the requirement that asks for that
// does not hold, it is null.
func (c *Call) Extend(document []byte, absent By, members ...string) []byte {
	out := make([]byte, 0, len(document)+512)
	out = append(out, document[:max(len(document)-1, 0)]...)
	if len(out) == 0 {
		out = append(out, '{')
	}
	for i := 0; i+1 < len(members); i += 2 {
		name, raw := members[i], members[i+1]
		if raw == "" {
			if c.Holds(absent) {
				continue
			}
			raw = "null"
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(append(out, '"'), name...), '"', ':'), raw...)
	}
	return append(out, '}')
}

// Array joins documents to a JSON array.
func Array(items [][]byte) []byte {
	out := []byte{'['}
	for i, item := range items {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, item...)
	}
	return append(out, ']')
}

// Text writes a string as JSON, and nothing as nothing.
func Text(s string) string {
	if s == "" {
		return ""
	}
	return rule.Text(s)
}

// today is how generated data, which is the same on every day, writes the date on
// which a world begins.
const today = "today"

// Today is the date of the world's clock, in UTC.
func (c *Call) Today() string { return c.Now.UTC().Format(time.DateOnly) }

// Day gives the date that a stored day stands for. The word for the day on which
// the world began stays that date when the world's clock moves on.
func (c *Call) Day(stored string) string {
	if stored == today {
		return c.Born.UTC().Format(time.DateOnly)
	}
	return stored
}

// NotFound says that a lookup of the operation found nothing.
func NotFound(requirement Denies, thing, member, value string) *Refusal {
	return &Refusal{
		Requirement: string(requirement), Status: http.StatusNotFound, In: "path", Own: true,
		Message: thing + " with " + member + " of " + value + " not found", Hint: "use one that a list or the given data names",
	}
}

// Unacceptable is a refusal of input that only a defect asks for.
func Unacceptable(why string) *Refusal {
	return &Refusal{Status: http.StatusBadRequest, In: "body", Message: why, Hint: "a defect is active that refuses this"}
}
