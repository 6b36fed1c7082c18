package secret

import (
	"regexp"
	"strings"
)

var (
	secretOther = regexp.MustCompile(`(?i)"` + secretName(`[^"]`) + `"\s*:\s*`)
	number      = regexp.MustCompile(`^-?[0-9][0-9.eE+-]*`)
	userInfo    = regexp.MustCompile(`//([^/?#\s"'<>\\@]+)@`)
)

// others puts the mark in place of the numbers, lists and objects that stand behind a telling name,
// whatever is in them. What is the text of a JSON stays JSON; a JSON in a text of one needs no quotes.
func others(text, mark string) string {
	text = replace(text, otherSpans(text, nil), `"`+mark+`"`)
	return replace(text, behind(text, otherSpans), mark)
}

func otherSpans(text string, places []int) (found []span) {
	if !mentions(text) {
		return nil
	}
	for from := 0; ; {
		at := secretOther.FindStringIndex(text[from:])
		if at == nil {
			return found
		}
		begin := from + at[1]
		from = begin + valueLength(text[begin:])
		if strings.Trim(text[begin:from], " \t\r\n[]{}") != "" {
			found = append(found, place(begin, from, places))
		}
	}
}

// valueLength is how long the number, list or object is that a text begins with, up to the end of
// the text where it was cut short; 0 for what is none of them.
func valueLength(text string) int {
	if text == "" || text[0] != '[' && text[0] != '{' {
		return len(number.FindString(text))
	}
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case quoted && b == '\\':
			i++
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '[' || b == '{':
			depth++
		case b == ']' || b == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// UserInfo returns a text with the mark in place of the passwords in its URLs, and of user names
// as long as tokens are.
func UserInfo(text, mark string) string {
	const long = 16
	return replace(text, behind(text, func(plain string, places []int) (found []span) {
		for _, at := range userInfo.FindAllStringSubmatchIndex(plain, -1) {
			from, to := at[2], at[3]
			colon := strings.IndexByte(plain[from:to], ':')
			if colon < 0 && to-from < long || colon == to-from-1 {
				continue
			}
			found = append(found, place(from+colon+1, to, places))
		}
		return found
	}), mark)
}
