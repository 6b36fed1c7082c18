package secret_test

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"rollcall/specs/secret"
)

// A secret is found as other programs write it, and a short one where a spelling of it stands alone.
func TestSpellingsOfOtherPrograms(t *testing.T) {
	const long, short = "Quince-Harbour-17+Heron", "zq7w5"
	k := &secret.Keeper{}
	k.Add(long, short)
	in64 := base64.StdEncoding.EncodeToString
	var wide []byte
	for _, unit := range utf16.Encode([]rune(long)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	list := func(format, between string) string {
		all := []string{}
		for _, b := range long {
			if format == "%q" {
				all = append(all, strconv.Quote(string(b)))
				continue
			}
			all = append(all, fmt.Sprintf(format, b))
		}
		return strings.Join(all, between)
	}
	lines := func(margin, end string) string {
		text := in64([]byte("me:" + long))
		return "text: |" + "\n" + margin + text[:11] + end + "\n" + margin + text[11:22] + end + "\r\n" + margin + text[22:]
	}
	for name, text := range map[string]string{
		"base32":                  base32.StdEncoding.EncodeToString([]byte(long)),
		"base32 within":           base32.StdEncoding.EncodeToString([]byte("me:" + long + "!")),
		"base64 twice":            in64([]byte(in64([]byte(long)))),
		"base64 of UTF-16":        in64(wide),
		"base64 of UTF-16 within": in64(append([]byte("m\x00"), wide...)),
		"base64 in lines":         lines("", ""),
		"base64 in a margin":      lines("    ", ""),
		"base64 in tabs":          lines("\t", ""),
		"byte values":             list("%d", ","),
		"byte values, spaced":     list("%d", ", "),
		"byte values in lines":    "[\n    " + list("%d", ",\n    ") + "\n]",
		"byte values in blanks":   list("%d", " "),
		"hexadecimal values":      list("0x%02X", ","),
		"hexadecimal, spaced":     list("0x%02x", ", "),
		"quoted values":           list("%q", ","),
		"quoted in lines":         list("%q", ",\n\t"),
		"soft breaks":             long[:5] + "=\r\n" + long[5:12] + "=\n" + long[12:],
		"short, base64":           "got " + in64([]byte(short)) + ".",
		"short, base64 unpadded":  base64.RawURLEncoding.EncodeToString([]byte(short)),
		"short, hexadecimal":      "0x " + strings.ToUpper(hex.EncodeToString([]byte(short))),
	} {
		told := k.Cut(text)
		if !strings.Contains(told, secret.Mark) || len(strings.ReplaceAll(told, secret.Mark, "")) > len(text)-len(short) {
			t.Errorf("%s: %s is told as %s", name, text, told)
		}
	}
	k.Header("Authorization", "Bearer abc1x")
	for _, text := range []string{in64([]byte("by Bearer abc1x, ")), "00" + hex.EncodeToString([]byte("Bearer abc1x")) + "20"} {
		if told := k.Cut(text); !strings.Contains(told, secret.Mark) || strings.Contains(strings.ToLower(told), "616263") {
			t.Errorf("%s is told as %s", text, told)
		}
	}
	within := "x" + in64([]byte(short))
	if told := k.Cut(within); told != within {
		t.Errorf("%s is told as %s", within, told)
	}
}
