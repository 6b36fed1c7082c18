package behavior

import (
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
