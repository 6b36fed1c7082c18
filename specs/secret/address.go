package secret

import (
	"regexp"
	"strings"
)

var beginning = regexp.MustCompile(`(?i)^(https?|postgres(ql)?|wss?|tcp):/*`)

// Address is a text that was to be an address, without what may be a credential in it, however
// it is misspelt: what stands before the last @, and what stands behind ? and #.
func Address(text string) string {
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		text = Address(text[:i]) + text[i:i+1] + "…"
	}
	if i := strings.LastIndexByte(text, '@'); i >= 0 {
		text = beginning.FindString(text) + "…" + text[i:]
	}
	return text
}
