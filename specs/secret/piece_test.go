package secret_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"rollcall/specs/secret"
)

// A part of a secret that tells nearly all of it is cut, whichever part it is; a word that secrets share with other
// texts stays.
func TestPartsThatTell(t *testing.T) {
	for _, value := range []string{"kQ7vZ2mXw9Rt4LpB8sNc", "zebraquilt83!", "ck5Jr8Yd2Uf6Gh1Wq3", "gw-Tn4Vb7Xe0Zm9Ql2",
		"830274615593",
		"6f1c2b7e-90aa-4d3e-8b5c-1f2e3d4c5b6a", "infoSecret9021x", strings.Repeat("aB3x9Kq", 60) + "end"} {
		k := &secret.Keeper{}
		k.Add(value)
		for _, part := range []string{value[1:], value[:len(value)-3], value[2 : len(value)-2]} {
			if told := k.Cut("it has " + part + " in it"); len(told) > len("it has "+secret.Mark+" in it")+3 {
				t.Errorf("%s: of %s is told %q", value, part, told)
			}
			if told := k.Cut("it-" + strings.ToUpper(part) + "-it"); strings.Contains(told, strings.ToUpper(part)[2:8]) {
				t.Errorf("%s: of %s within a word is told %q", value, part, told)
			}
		}
	}
	k := &secret.Keeper{}
	k.Add("Password-12", "http://127.0.0.1:4010/reset/x7Kq", "tenant-administration-Key9")
	for _, text := range []string{"a password is missing", "http://127.0.0.1:4010/wards", "the administration of it"} {
		if told := k.Cut(text); told != text {
			t.Errorf("%q is told as %q", text, told)
		}
	}
}

// Other programs write a secret as base64 of other bytes than its own, and hexadecimal in groups.
func TestMoreSpellingsOfOtherPrograms(t *testing.T) {
	const value = `p&9s"w<r'd+K/=~xy`
	text, err := json.Marshal(map[string]string{"sub": value})
	if err != nil {
		t.Fatal(err)
	}
	var big []byte
	for _, unit := range utf16.Encode([]rune(value)) {
		big = append(big, byte(unit>>8), byte(unit))
	}
	digits := hex.EncodeToString([]byte(value))
	groups := func(digits string, many int, sign string) string {
		var all []string
		for ; len(digits) > many; digits = digits[many:] {
			all = append(all, digits[:many])
		}
		return strings.Join(append(all, digits), sign)
	}
	for name, written := range map[string]string{
		"JSON in base64":      base64.StdEncoding.EncodeToString(text),
		"a signed token":      "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString(text) + ".",
		"JSON with its signs": base64.StdEncoding.EncodeToString([]byte(`{"k":"` + strings.ReplaceAll(value, `"`, `\"`) + `"}`)),
		"UTF-16":              base64.StdEncoding.EncodeToString(big),
		"UTF-16 in hex":       hex.EncodeToString(big),
		"pairs":               strings.ToUpper(groups(digits, 2, "-")),
		"fours":               groups(digits, 4, " "),
		"fours from the end":  digits[:2] + " " + groups(digits[2:], 4, " "),
	} {
		k := &secret.Keeper{}
		k.Add(value)
		if told := k.Cut("it has " + written + " in it"); strings.Contains(told, written[len(written)/2:len(written)/2+10]) {
			t.Errorf("%s is told as %s", name, told)
		}
	}
}
