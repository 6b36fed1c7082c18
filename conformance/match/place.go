package match

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/gomega/matchers"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
)

// Place is where in an answer a condition looks.
type Place struct {
	Part Part
	Name string // of the header, or a JSON pointer into the body, in which * is each item; "" is the whole body
}

// Part is a part of an answer.
type Part string

// The parts of an answer.
const (
	StatusPart Part = "status"
	HeaderPart Part = "header"
	BodyPart   Part = "body"
)

// PlaceOf returns where in the exchange the matcher finds what it is about, of several the first that does not match. It is
// false where that is no one place, or none in the answer as it came.
func PlaceOf(m types.GomegaMatcher, exchange *client.Exchange) (Place, bool) {
	switch own := m.(type) {
	case *matcher:
		if own.about != nil {
			own.place = inBody(own.about(exchange))
		}
		return own.place, own.place.Part != "" && (own.place.Part != BodyPart || exchange.AsItCame(own.place.Name))
	case plain:
		return PlaceOf(own.GomegaMatcher, exchange)
	case *matchers.AndMatcher:
		for _, part := range own.Matchers {
			if ok, err := part.Match(exchange); !ok || err != nil {
				return PlaceOf(part, exchange)
			}
		}
	}
	return Place{}, false
}

// absolute says whether an expectation is about a value by itself. Others hold what is known from other answers, such as
// how many items there are, and then those may be the wrong ones.
func absolute(expected any) bool {
	switch m := expected.(type) {
	case nil, bool, such, *matchers.BeNilMatcher, *matchers.BeTrueMatcher, *matchers.BeFalseMatcher, *matchers.BeEmptyMatcher,
		*matchers.AssignableToTypeOfMatcher:
		return true
	case *matchers.NotMatcher:
		return absolute(m.Matcher)
	case *matchers.AndMatcher:
		return !slices.ContainsFunc(m.Matchers, func(one types.GomegaMatcher) bool { return !absolute(one) })
	case *matchers.OrMatcher:
		return !slices.ContainsFunc(m.Matchers, func(one types.GomegaMatcher) bool { return !absolute(one) })
	case *matchers.WithTransformMatcher:
		return absolute(m.Matcher)
	case plain:
		return absolute(m.GomegaMatcher)
	}
	return false
}

// byItself is the place at a path of what is expected there, none where that is not absolute.
func byItself(path string, expected any) Place {
	if !absolute(expected) && value(expected) == "" {
		return Place{}
	}
	return inBody(path)
}

// Wanted is the very text, or long number, that the matcher wants at its place, "" where it wants something else. It
// may be from an earlier answer, and then that one may be wrong.
func Wanted(m types.GomegaMatcher) string {
	switch own := m.(type) {
	case *matcher:
		return own.wanted
	case plain:
		return Wanted(own.GomegaMatcher)
	}
	return ""
}

// value is an expected text as it is, or a number that is long enough to be told from others.
func value(expected any) string {
	if equal, ok := expected.(*matchers.EqualMatcher); ok {
		expected = equal.Expected
	}
	switch v := expected.(type) {
	case string:
		return v
	case int, int64, float64, json.Number:
		if text := compact(v); len(text) > 3 {
			return text
		}
	}
	return ""
}

// AboutStatus is the same matcher, known to look at the status alone.
func AboutStatus(m types.GomegaMatcher) types.GomegaMatcher { return about(m, Place{Part: StatusPart}) }

// About is the same matcher, known to look at the member at the path of gjson alone.
func About(path string, m types.GomegaMatcher) types.GomegaMatcher { return about(m, inBody(path)) }

// AboutThat is the same matcher, known to look at the member that about names of an answer that does not match.
func AboutThat(about func(*client.Exchange) string, m types.GomegaMatcher) types.GomegaMatcher {
	if own, ok := m.(*matcher); ok {
		own.about = about
	}
	return m
}

func about(m types.GomegaMatcher, place Place) types.GomegaMatcher {
	if own, ok := m.(*matcher); ok {
		own.place = place
	}
	return m
}

// searching are the signs of gjson for what is more than the way to a member.
var searching = regexp.MustCompile(`[|()@*?!{}\[\]"\\~]|#$`)

// inBody is the place at a path of gjson, none where the path is a search.
func inBody(path string) Place {
	if path == "@this" || path == "" {
		return Place{Part: BodyPart}
	}
	if searching.MatchString(path) {
		return Place{}
	}
	return Place{Part: BodyPart, Name: "/" + strings.NewReplacer("/", "~1", ".", "/", "#", "*").Replace(path)}
}
