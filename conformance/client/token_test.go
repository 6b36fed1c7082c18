package client

import (
	"encoding/base64"
	"testing"
)

// TestOtherToken holds that a changed credential is another one, also to who reads it to the base 64 without
// a look at what fills it up.
func TestOtherToken(t *testing.T) {
	decoded := func(token string) string {
		text, _ := base64.RawStdEncoding.DecodeString(token)
		return string(text)
	}
	for sign := range 256 {
		for _, text := range []string{"a" + string(rune(sign)), "ab" + string([]byte{byte(sign)}), string([]byte{byte(sign)})} {
			token := base64.RawStdEncoding.EncodeToString([]byte(text))
			if other := OtherEnd(token); other == token || decoded(other) == decoded(token) {
				t.Errorf("%s is %s", token, other)
			}
		}
	}
	for token, want := range map[string]string{
		"tok-7f3a9c": "tok-7f3a97", "YQ==": "Y7==", `"abc"`: `"ab7"`, "": "", "--": "--", "f0f0f0f1": "f0f0f0fa",
	} {
		if got := OtherEnd(token); got != want {
			t.Errorf("the end of %q is that of %q", token, got)
		}
	}
	for token, want := range map[string]string{"aaaaaa": "aaa77a", "aa--aa": "aa--77", "aaa": "a77", "a": "7", "ab.": "a7."} {
		if got := OtherMiddle(token); got != want {
			t.Errorf("the middle of %q is that of %q", token, got)
		}
	}
}
