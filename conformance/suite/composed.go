package suite

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
	"golang.org/x/text/unicode/norm"
)

// composed is a JSON document in one spelling: without escapes that stand for a letter, and with its letters
// composed (NFC). No document says how a target spells them, and texts are compared, and looked for, as they
// are read. What is no JSON stays as it is.
func composed(body []byte) []byte {
	escaped := bytes.Contains(body, []byte(`\u`)) || bytes.Contains(body, []byte(`\/`))
	if !escaped && norm.NFC.IsNormal(body) || !utf8.Valid(body) || !gjson.ValidBytes(body) {
		return body
	}
	if escaped {
		// Every escape is looked at, so that a backslash which is itself escaped begins none.
		one := `\\(u[dD][89abAB][0-9a-fA-F]{2}\\u[0-9a-fA-F]{4}|u[0-9a-fA-F]{4}|.)`
		body = regexp.MustCompile(one).ReplaceAllFunc(body, plainly)
	}
	return norm.NFC.Bytes(body)
}

// plainly is what an escape stands for, or the escape where JSON has no other way to spell it.
func plainly(escape []byte) []byte {
	if string(escape) == `\/` {
		return escape[1:]
	}
	var text string
	if json.Unmarshal(slices.Concat([]byte(`"`), escape, []byte(`"`)), &text) != nil || len(escape) < len(`\u0000`) ||
		strings.ContainsAny(text, "\"\\\uFFFD") || text < " " {
		return escape
	}
	return []byte(text)
}
