package visible

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestNothingSteers holds both spellings: whatever comes in is printed as it is meant, and is no command.
func TestNothingSteers(t *testing.T) {
	steers := regexp.MustCompile(`(?im)^\s*::|##(\[|[a-z]+\[)|section_start:|section_end:|\[\[ATTACHMENT\|`)
	for _, text := range []string{
		"a\u202eb", "\u009b31m", "\u0085", "\u007f", "\u2066", "\ufeff", "\U000e0041", "\x1b[2J\r\b\x00", "\u2028", "\xff",
		"::error::x", "x\n  ::add-mask::x", "##[group]x", "a ##vso[task]", "##teamcity[x]", "section_start:1:abc",
		"[[ATTACHMENT|/etc/passwd]]", "[[attachment|x", `\section_end:1`, `\\##[x`,
		"[[1,2],[3]]", "plain_text: a::b", "`\"\\\n",
	} {
		raw, err := json.Marshal(map[string]string{text: text})
		if err != nil {
			t.Fatal(err)
		}
		written := JSON(string(raw))
		var was, is map[string]string
		if err := json.Unmarshal([]byte(written), &is); err != nil || json.Unmarshal(raw, &was) != nil {
			t.Fatalf("%q is %s: %v", text, written, err)
		}
		for key, value := range was {
			if is[key] != value {
				t.Errorf("%q is read back as %q", was, is)
			}
		}
		for _, shown := range []string{written, Text(text)} {
			if found := steers.FindString(shown); found != "" {
				t.Errorf("%q leaves a command in %q", text, shown)
			}
			if i := strings.IndexFunc(shown, func(r rune) bool { return r != '\n' && r != '\t' && !unicode.IsPrint(r) }); i >= 0 {
				t.Errorf("%q leaves %q", text, shown)
			}
		}
	}
	for _, text := range []string{"[[1,2],[3]]", "plain_text: a::b", "a\n\tb", "ä ##x"} {
		if got := Text(text); got != text {
			t.Errorf("%q is written as %q", text, got)
		}
	}
}
