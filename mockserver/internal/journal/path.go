package journal

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/theory/jsonpath"
)

// Bounds of a path, so that its cost grows with the body alone and not with its square: what
// is found at it, and how often a value is looked at, is a fixed number of times the body.
const (
	mostPath   = 500 // bytes
	mostNested = 100 // levels of a body that a path is looked for in
	mostCommas = 6   // each value between them can be taken again on every level
)

// quotedText is a text in a path, in which no sign means anything.
var quotedText = regexp.MustCompile(`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`)

// bounded says why a path would cost too much.
func bounded(path string) error {
	signs := quotedText.ReplaceAllString(path, "")
	for _, row := range []struct {
		is  bool
		why string
	}{
		{len(path) > mostPath, fmt.Sprintf("it has over %d bytes; make it shorter", mostPath)},
		{strings.Count(signs, "..") > 1,
			"it has .. more than once, which would go through the body again at each of its values;" +
				" name the members on the way"},
		{strings.Count(signs, "$") > 1, "a filter in it has $, which would go through the body again at each of its values;" +
			" write @, which is the value itself"},
		{strings.Count(signs, ",") > mostCommas, fmt.Sprintf("it has over %d commas; ask with several patterns", mostCommas)},
	} {
		if row.is {
			return fmt.Errorf("the path would cost too much: %s", row.why)
		}
	}
	return nil
}

// deeper tells whether a value is nested over so many levels.
func deeper(v any, levels int) bool {
	switch v := v.(type) {
	case []any:
		return levels == 0 || slices.ContainsFunc(v, func(one any) bool { return deeper(one, levels-1) })
	case map[string]any:
		if levels == 0 {
			return true
		}
		for _, one := range v {
			if deeper(one, levels-1) {
				return true
			}
		}
	}
	return false
}

// atPath takes the requests that have a value at a path of their JSON body of which holds
// is true; texts are given without quotes. A body that is nested over mostNested deep has none.
func atPath(path string, holds func(found string) bool) (func(*Request) bool, error) {
	if err := bounded(path); err != nil {
		return nil, err
	}
	p, err := jsonpath.Parse(strings.TrimSpace(path))
	if err != nil {
		return nil, fmt.Errorf("write it as a JSONPath, $.name or $.roles[0].id, and = with a value behind it where one is"+
			" wanted: %w", err)
	}
	return func(q *Request) bool {
		var body any
		if json.Unmarshal([]byte(q.Body), &body) != nil || deeper(body, mostNested) {
			return false
		}
		return slices.ContainsFunc(p.Select(body), func(v any) bool { return holds(plainText(v)) })
	}, nil
}

func plainText(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	b, _ := json.Marshal(v) //nolint:errchkjson // it was read as JSON
	return string(b)
}
