package match

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
)

// Member matches an answer whose member at the gjson path matches: a Gomega
// matcher gets the decoded value (string, float64, bool, nil, []any,
// map[string]any), any other value is compared with it, numbers by value. A
// missing member never matches.
func Member(path string, expected any) types.GomegaMatcher {
	want, place := member(path)+" "+words(expected), byItself(path, expected)
	return &matcher{want: want, place: place, wanted: value(expected), check: func(e *client.Exchange) string {
		found := e.Get(path)
		if !found.Exists() {
			return "there is no " + member(path)
		}
		return mismatch(found, expected)
	}}
}

// Present matches an answer that has a member at the path, null included.
func Present(path string) types.GomegaMatcher {
	return &matcher{want: "a " + member(path), place: inBody(path), check: func(e *client.Exchange) string {
		if e.Get(path).Exists() {
			return ""
		}
		return "it is not there"
	}}
}

// Absent matches a JSON answer that has no member at the path, not even null.
func Absent(path string) types.GomegaMatcher {
	return &matcher{want: "no " + member(path), place: inBody(path), check: func(e *client.Exchange) string {
		switch found := e.Get(path); {
		case !gjson.ValidBytes(e.Body):
			return "the body is not JSON"
		case found.Exists():
			return "it is " + found.Raw
		}
		return ""
	}}
}

// JSONBody matches an answer whose whole decoded body matches, as Member does.
func JSONBody(expected any) types.GomegaMatcher {
	return &matcher{want: "a JSON body " + words(expected), check: func(e *client.Exchange) string {
		if !gjson.ValidBytes(e.Body) {
			return "the body is not JSON"
		}
		return mismatch(gjson.ParseBytes(e.Body), expected)
	}}
}

// Each matches an answer whose path finds an array in which every item matches,
// as Member does. An empty array matches: ask for its length separately.
func Each(path string, expected any) types.GomegaMatcher {
	where := each(path)
	if !strings.Contains(path, "#.") {
		where = each(path + ".#.")
	}
	return &matcher{want: where + " " + words(expected), place: byItself(path, expected),
		check: func(e *client.Exchange) string {
			found := e.Get(path)
			if !found.IsArray() {
				return "there is no array"
			}
			for i, item := range found.Array() {
				if text := mismatch(item, expected); text != "" {
					return fmt.Sprintf("in item %d %s", i, text)
				}
			}
			return ""
		}}
}

// Sorted matches an answer whose path (such as "#.name") finds an array in
// ascending order by compare, which returns as strings.Compare does. Fewer than
// two items match: make sure of more before relying on it.
func Sorted(path string, compare func(a, b gjson.Result) int) types.GomegaMatcher {
	return &matcher{want: each(path) + " in order", place: inBody(path), check: func(e *client.Exchange) string {
		found := e.Get(path)
		if !found.IsArray() {
			return "there is no array"
		}
		items := found.Array()
		for i := 1; i < len(items); i++ {
			if compare(items[i-1], items[i]) > 0 {
				return fmt.Sprintf("item %d is %s after %s", i, items[i].Raw, items[i-1].Raw)
			}
		}
		return ""
	}}
}

// Empty matches an answer without a body.
func Empty() types.GomegaMatcher {
	return &matcher{want: "no body", place: inBody(""), check: func(e *client.Exchange) string {
		if len(e.Body) == 0 {
			return ""
		}
		return fmt.Sprintf("there are %d bytes", len(e.Body))
	}}
}

// Header matches an answer whose header of that name matches: a Gomega matcher
// gets the text, a string is compared. An absent header is the text "".
func Header(name string, expected any) types.GomegaMatcher {
	place := Place{HeaderPart, name}
	want := fmt.Sprintf("header %s %s", name, words(expected))
	return &matcher{want: want, place: place, check: func(e *client.Exchange) string {
		return compared(e.Header.Get(name), expected)
	}}
}

// mismatch returns "" when the JSON value matches, else what it is instead.
func mismatch(found gjson.Result, expected any) string {
	return compared(found.Value(), expected)
}

func compared(actual, expected any) string {
	wanted := asMatcher(expected)
	if ok, err := wanted.Match(actual); err == nil && ok {
		return ""
	}
	if where := unlike(wanted, actual); where != "" {
		return where
	}
	return "it is " + compact(actual)
}

// asMatcher turns a plain Go value into a matcher of its JSON form.
func asMatcher(expected any) types.GomegaMatcher {
	if m, ok := expected.(types.GomegaMatcher); ok {
		return m
	}
	data, err := json.Marshal(expected)
	if err != nil {
		panic(fmt.Sprintf("match: %v is no JSON value: %v", expected, err))
	}
	value := gjson.ParseBytes(data).Value()
	if value == nil {
		return gomega.BeNil()
	}
	return gomega.Equal(value)
}
