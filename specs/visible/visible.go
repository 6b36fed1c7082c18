// Package visible writes texts of others so that whoever shows them is not steered by them: no character moves a
// terminal or reorders a line, and no line is a command to a CI.
//
// It is no API: it serves the packages of this module, and may change with any version.
package visible

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// command is how CI runners, and what reads their logs and results, are told what to do from within a line: Azure's,
// TeamCity's and GitHub's old commands, sections of GitLab, attachments of Jenkins and GitLab. Others read what begins a
// line by ::. None begins with a letter that stands behind a backslash in JSON.
var command = regexp.MustCompile(`(?i)^(##(\[|[a-z]+\[)|section_(start|end):|\[\[attachment\|)`)

// longest is how far a command is looked for.
const longest = 32

// commands tells whether a text begins with a command.
func commands(text string) bool {
	switch text[0] {
	case '#', '[', 's', 'S':
		return command.MatchString(text[:min(len(text), longest)])
	}
	return false
}

// Text makes an escape of everything but line breaks, tabs and visible characters, and of the first letter of what a
// runner would carry out.
func Text(text string) string {
	if plain(text, '\n', '\t') {
		return text
	}
	var out strings.Builder
	fresh := true // nothing but blanks in the line so far, which runners skip
	for i := 0; i < len(text); {
		char, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case fresh && char == ':' && strings.HasPrefix(text[i:], "::"), commands(text[i:]):
			fmt.Fprintf(&out, `\x%02x`, char)
		case char == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, `\x%02x`, text[i])
		case char == '\n', char == '\t', unicode.IsPrint(char):
			out.WriteRune(char)
		case char < 0x80:
			fmt.Fprintf(&out, `\x%02x`, char)
		default:
			fmt.Fprintf(&out, `\u{%x}`, char)
		}
		fresh = char == '\n' || fresh && (char == ' ' || char == '\t')
		i += size
	}
	return out.String()
}

// JSON writes a text of JSON in the same values, with JSON's escapes in place of what Text would not let through.
func JSON(text string) string {
	if plain(text, '\n', '\n') {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	for i := 0; i < len(text); {
		char, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case char == utf8.RuneError && size == 1:
			out.WriteString(`\ufffd`)
		case char != '\n' && !unicode.IsPrint(char), commands(text[i:]):
			for _, unit := range utf16.Encode([]rune{char}) {
				fmt.Fprintf(&out, `\u%04x`, unit)
			}
		default:
			out.WriteRune(char)
		}
		i += size
	}
	return out.String()
}

// plain says whether a text is sure to have nothing of the kind, as most have.
func plain(text string, but, or byte) bool {
	for i := range len(text) {
		if b := text[i]; b < ' ' && b != but && b != or || b >= 0x7f {
			return false
		}
	}
	for _, sign := range []string{"::", "##", "[[", "_"} {
		if strings.Contains(text, sign) {
			return false
		}
	}
	return true
}
