package client

import "bytes"

// depthLimit is how deep an answer may nest. Who looks at a value looks at what is in it, and at
// what is in that: of megabytes of brackets alone that takes hours.
const depthLimit = 200

// tooDeep tells whether a body, read as JSON, nests deeper than that, in one pass.
func tooDeep(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	if len(body) == 0 || body[0] != '{' && body[0] != '[' {
		return false
	}
	depth, quoted := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > depthLimit {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
