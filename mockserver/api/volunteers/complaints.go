package volunteers

import (
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
)

// complaints maps the top-level members of a refused request to what was wrong
// with them, in the order in which it was found.
func complaints(r *behavior.Refusal) []byte {
	var names []string
	said := map[string][]string{}
	add := func(pointer, message string) {
		name := memberOf(pointer)
		if said[name] == nil {
			names = append(names, name)
		}
		said[name] = append(said[name], message)
	}
	for _, v := range r.Violations {
		add(v.Pointer, v.Message)
	}
	if len(names) == 0 {
		add(r.Pointer, r.Message)
	}
	out := []byte{'{'}
	for i, name := range names {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, rule.Text(name)...), ":["...)
		for j, message := range said[name] {
			if j > 0 {
				out = append(out, ',')
			}
			out = append(out, rule.Text(message)...)
		}
		out = append(out, ']')
	}
	return append(out, '}')
}

// memberOf gives the first step of a JSON pointer, "body" for the whole.
func memberOf(pointer string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	if name == "" {
		return "body"
	}
	return name
}
