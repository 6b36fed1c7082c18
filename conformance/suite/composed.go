package suite

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// composed is a JSON document with its letters composed (NFC), in which texts that are canonically
// the same are the same: no document says in which of the two forms a target stores them.
func composed(body []byte) []byte {
	if norm.NFC.IsNormal(body) && !bytes.Contains(body, []byte(`\u`)) {
		return body
	}
	plain := body
	if bytes.Contains(body, []byte(`\u`)) {
		// Every escape is looked at, so that a backslash which is itself escaped begins none.
		plain = regexp.MustCompile(`\\(u[0-9a-fA-F]{4}|.)`).ReplaceAllFunc(body, func(escape []byte) []byte {
			code, err := strconv.ParseUint(string(escape[2:]), 16, 32)
			if len(escape) < 6 || err != nil || code < ' ' || code == '"' || code == '\\' || utf16.IsSurrogate(rune(code)) {
				return escape
			}
			return utf8.AppendRune(nil, rune(code))
		})
	}
	if !utf8.Valid(plain) || norm.NFC.IsNormal(plain) {
		return body
	}
	return norm.NFC.Bytes(plain)
}
