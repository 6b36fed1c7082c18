package volunteers

import (
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
)

// complaints appends the top-level members of a refused request to what was wrong
// with them, in the order in which it was found.
func complaints(to []byte, r *behavior.Refusal) []byte {
	type complaint struct{ name, message string }
	var room [4]complaint // more are seldom found
	all := room[:0]
	for _, v := range r.Violations {
		all = append(all, complaint{memberOf(v.Pointer), v.Message})
	}
	if len(all) == 0 {
		all = append(all, complaint{memberOf(r.Pointer), r.Message})
	}
	to = append(to, '{')
	told := ""
	for len(all) > 0 {
		name, more, others := all[0].name, "", all[:0]
		to = append(rule.AppendText(append(to, told...), name), ":["...)
		for _, c := range all {
			if c.name != name {
				others = append(others, c)
				continue
			}
			to, more = rule.AppendText(append(to, more...), c.message), ","
		}
		to, told, all = append(to, ']'), ",", others
	}
	return append(to, '}')
}

// memberOf gives the first step of a JSON pointer, "body" for the whole.
func memberOf(pointer string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	if name == "" {
		return "body"
	}
	return name
}
