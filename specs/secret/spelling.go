package secret

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// spellings are the ways in which a value is looked for: as it is, as it reads when
// escapes in it are undone like those of the text, with its blanks written otherwise,
// in base64 and hexadecimal, and as other programs write them.
func spellings(value string) []string {
	all := []string{value}
	for plain, at := unescape(value); at != nil && len(all) <= deepest; plain, at = unescape(plain) {
		all = append(all, plain)
	}
	for _, text := range slices.Clone(all) { // beyond ASCII letter case is a spelling of its own
		all = append(all, strings.ToUpper(text), strings.ToLower(text))
	}
	for _, text := range slices.Clone(all) {
		if strings.ContainsAny(text, " \t\r\n") {
			all = append(all, strings.ReplaceAll(text, " ", "+"), strings.Join(strings.Fields(text), " "))
		}
	}
	digits := hex.EncodeToString([]byte(value))
	if len(value) < embedded {
		return append(all, standing(value, digits)...)
	}
	all = append(append(all, misread(value)...), foreign(value)...)
	all = append(all, digits, spaced(digits, 2, " "), spaced(digits, 2, ":"), quoted(value, false), quoted(value, true))
	return append(all, inBase64(value)...)
}

// spaced puts a sign between so many and so many hexadecimal digits.
func spaced(digits string, many int, sign string) string {
	var out strings.Builder
	for i := 0; i < len(digits); i += many {
		out.WriteString(digits[i:min(i+many, len(digits))] + sign)
	}
	return strings.TrimSuffix(out.String(), sign)
}

// misread is a text beyond ASCII as it reads where somebody takes its bytes for ISO 8859-1, and as it is
// written by whoever writes that.
func misread(value string) (all []string) {
	runes, narrow, fits := make([]rune, 0, len(value)), make([]byte, 0, len(value)), true
	for _, b := range []byte(value) {
		runes = append(runes, rune(b))
	}
	for _, r := range value {
		narrow, fits = append(narrow, byte(r)), fits && r <= 0xFF
	}
	if string(runes) != value {
		all = append(all, string(runes))
		if fits {
			all = append(all, string(narrow))
		}
	}
	return all
}

// quoted is RFC 2045, 6.7, of what has to be escaped or of every byte. It is no escape to be
// undone in a text: an equals sign before a value is far more common.
func quoted(value string, every bool) string {
	var out strings.Builder
	for _, b := range []byte(value) {
		if every || b == '=' || b < ' ' || b > '~' {
			fmt.Fprintf(&out, "=%02X", b)
		} else {
			out.WriteByte(b)
		}
	}
	return out.String()
}

// inBase64 writes the value in base64 by itself and as a part of something longer,
// which may begin at any of three bits.
func inBase64(value string) (all []string) {
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		all = append(all, encoding.EncodeToString([]byte(value)))
		for before := range 3 {
			text := encoding.WithPadding(base64.NoPadding).EncodeToString([]byte(strings.Repeat("\x00", before) + value))
			text = text[[]int{0, 2, 3}[before]:] // what the bytes before have a part in
			if (before+len(value))%3 != 0 {
				text = text[:len(text)-1] // and those after
			}
			all = append(all, text)
		}
	}
	return all
}

// unescape undoes one layer of escapes: those of JSON and of program texts, of URLs, of
// HTML, and of a quote in a shell line. It returns where in the text each byte of the
// result begins and, as its last item, where the text ends; nil when there is nothing
// to undo.
func unescape(text string) (plain string, places []int) {
	if !strings.ContainsAny(text, `\%&`) {
		return text, nil
	}
	out := make([]byte, 0, len(text))
	places = make([]int, 0, len(text)+1)
	undone := false
	for i := 0; i < len(text); {
		width, piece := 1, text[i:i+1]
		switch text[i] {
		case '\'':
			if strings.HasPrefix(text[i:], `'\''`) {
				width, piece = 4, "'"
			}
		case '%':
			width, piece = percent(text[i:])
		case '\\':
			width, piece = backslash(text[i:])
		case '&':
			width, piece = entity(text[i:])
		}
		undone = undone || width > 1
		for range len(piece) {
			places = append(places, i)
		}
		out = append(out, piece...)
		i += width
	}
	if !undone {
		return text, nil
	}
	return string(out), append(places, len(text))
}

// hexadecimal reads a byte of two digits after an introduction of skip letters; what is
// none stays as it is.
func hexadecimal(text string, skip, digits int) (width int, piece string) {
	if len(text) >= skip+digits {
		if b, err := strconv.ParseUint(text[skip:skip+digits], 16, 8); err == nil {
			return skip + digits, string([]byte{byte(b)})
		}
	}
	return 1, text[:1]
}

// percent reads %41, and %u0041 of old scripts.
func percent(text string) (width int, piece string) {
	if len(text) >= 6 && (text[1] == 'u' || text[1] == 'U') {
		if char, err := strconv.ParseUint(text[2:6], 16, 16); err == nil {
			return 6, string(rune(char))
		}
	}
	return hexadecimal(text, 1, 2)
}

func backslash(text string) (width int, piece string) {
	if len(text) < 2 {
		return 1, text
	}
	switch next := text[1]; {
	case next == 'x':
		return hexadecimal(text, 2, 2)
	case next == 'u' && strings.HasPrefix(text, `\u{`):
		if end := strings.IndexByte(text[:min(len(text), 12)], '}'); end > 0 {
			if char, err := strconv.ParseUint(text[3:end], 16, 32); err == nil {
				return end + 1, string(rune(char))
			}
		}
	case next == 'u':
		return unit(text)
	case next >= '0' && next <= '3' && len(text) >= 4:
		if b, err := strconv.ParseUint(text[1:4], 8, 8); err == nil {
			return 4, string([]byte{byte(b)})
		}
	case strings.IndexByte("nrtbf", next) >= 0:
		return 2, string("\n\r\t\b\f"[strings.IndexByte("nrtbf", next)])
	case next < utf8.RuneSelf && !wordy(next|0x20) && next != '_' && next > ' ':
		return 2, text[1:2]
	}
	return 1, text[:1]
}

// unit reads \u0041, and two of them where they are one character.
func unit(text string) (width int, piece string) {
	char, ok := hex4(text)
	if !ok {
		return 1, text[:1]
	}
	if utf16.IsSurrogate(char) {
		if low, ok := hex4(text[6:]); ok {
			return 12, string(utf16.DecodeRune(char, low))
		}
	}
	return 6, string(char)
}

func hex4(text string) (rune, bool) {
	if len(text) < 6 || text[:2] != `\u` {
		return 0, false
	}
	char, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(char), err == nil
}

var numbered = regexp.MustCompile(`^&#(?:[0-9]+|[xX][0-9a-fA-F]+);?`)

// entity reads a character of HTML, named or numbered, the latter also without its end.
func entity(text string) (width int, piece string) {
	const most = 12
	end := strings.IndexByte(text[:min(len(text), most)], ';')
	if number := numbered.FindString(text[:min(len(text), most)]); number != "" {
		end = len(number) - 1
	}
	if end < 0 {
		return 1, text[:1]
	}
	if piece = html.UnescapeString(text[:end+1]); piece == text[:end+1] {
		return 1, text[:1]
	}
	return end + 1, piece
}
