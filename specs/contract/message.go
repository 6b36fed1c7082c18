package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The sentences below complete "the value …"; each says what is expected.

func mustBeType(want []string, got string) string {
	var forms []string
	for _, t := range want {
		if form := withArticle(t); !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return "must be " + orList(forms) + ", got " + withArticle(got)
}

func withArticle(jsonType string) string {
	switch jsonType {
	case "null":
		return "null"
	case "integer", "array", "object":
		return "an " + jsonType
	default:
		return "a " + jsonType
	}
}

func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

func mustBeOneOf(values []any) string { return "must be " + Few(values) }

// Of a list of values, how many are told where there are more than fit into a sentence, and of
// each how much.
const (
	mostListed = 20
	fewListed  = 10
	mostOfOne  = 100
)

// Few writes a list of allowed values for a sentence, as JSON: all of them or, where there are
// many, the first ones and how many more there are. A document may list a hundred thousand.
func Few[T any](values []T) string {
	n := len(values)
	if n > mostListed {
		n = fewListed
	}
	words := make([]string, n, n+1)
	for i, v := range values[:n] {
		raw, err := json.Marshal(v)
		if err != nil {
			raw = fmt.Append(nil, v)
		}
		words[i] = cutTo(string(raw), mostOfOne)
	}
	if more := len(values) - n; more > 0 {
		words = append(words, "one of "+grouped(more)+" more")
	}
	return orList(words)
}

// grouped writes a count with commas: 199,990.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// cutTo leaves about the first so many bytes of a text.
func cutTo(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

func mustHaveFormat(name string) string {
	switch name {
	case "date":
		return "must be a date that exists, such as 2024-02-29"
	case "date-time":
		return "must be a date and time with an offset, such as 2024-02-29T10:30:00Z"
	case "time":
		return "must be a time with an offset, such as 10:30:00Z"
	case "email":
		return "must be an email address, such as name@example.org"
	case "uri":
		return "must be an absolute URI, such as https://example.org/page"
	case "uuid":
		return "must be a UUID, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301"
	case "int32", "int64":
		return "must fit " + name
	default:
		return "must have the format " + name
	}
}

func mustMatch(pattern string) string { return "must match the pattern " + pattern }

// mustDiffer says which two items are the same.
func mustDiffer(first, second int) string {
	return fmt.Sprintf("must have no item twice: items %d and %d are the same", first+1, second+1)
}

func mustCount(bound string, want int, unit string, got int) string {
	if want != 1 {
		unit += "s"
	}
	return fmt.Sprintf("must have %s %d %s, has %d", bound, want, unit, got)
}
