package match

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/onsi/gomega/matchers"
	"github.com/onsi/gomega/types"
	"golang.org/x/text/unicode/norm"

	"rollcall/conformance/client"
)

// Plain gives a matcher the failure texts of this package: what was expected and what
// came, in words that need no knowledge of Go or of a library.
func Plain(m types.GomegaMatcher) types.GomegaMatcher {
	if own, ok := m.(*matcher); ok {
		return own
	}
	return plain{m}
}

type plain struct{ types.GomegaMatcher }

// Match is that of the matcher; what can't be compared at all is told in plain words, too.
func (p plain) Match(actual any) (bool, error) {
	ok, err := p.GomegaMatcher.Match(actual)
	if err != nil {
		return false, errors.New(p.FailureMessage(actual))
	}
	return ok, nil
}

// FailureMessage says what was expected and what is there instead.
func (p plain) FailureMessage(actual any) string {
	switch m := p.GomegaMatcher.(type) {
	case *matchers.AndMatcher:
		for _, part := range m.Matchers {
			if ok, err := part.Match(actual); !ok || err != nil {
				return Plain(part).FailureMessage(actual)
			}
		}
	case *matchers.WithTransformMatcher:
		return Plain(m.Matcher).FailureMessage(transformed(m, actual))
	}
	if where := unlike(p.GomegaMatcher, actual); where != "" {
		return fmt.Sprintf("expected it %s, but %s", words(p.GomegaMatcher), where)
	}
	return fmt.Sprintf("expected it %s, but it is %s", words(p.GomegaMatcher), shown(actual))
}

// NegatedFailureMessage says what was not expected.
func (p plain) NegatedFailureMessage(actual any) string {
	if m, ok := p.GomegaMatcher.(*matchers.WithTransformMatcher); ok {
		return Plain(m.Matcher).NegatedFailureMessage(transformed(m, actual))
	}
	return fmt.Sprintf("expected it not %s, but it is %s", words(p.GomegaMatcher), shown(actual))
}

// transformed is what the matcher looks at instead of the value.
func transformed(m *matchers.WithTransformMatcher, actual any) any {
	value := reflect.ValueOf(actual)
	if !value.IsValid() {
		value = reflect.Zero(reflect.TypeOf(m.Transform).In(0))
	}
	return reflect.ValueOf(m.Transform).Call([]reflect.Value{value})[0].Interface()
}

func shown(actual any) string {
	if exchange, ok := actual.(*client.Exchange); ok {
		return Show(exchange)
	}
	return compact(actual)
}

// Such matches what a function says yes to; the words go on after "expected it", as in
// "to be a date".
func Such(words string, predicate func(value any) bool) types.GomegaMatcher {
	return such{words: words, GomegaMatcher: &matchers.SatisfyMatcher{Predicate: predicate}, predicate: predicate}
}

// Form matches a text of the form of a regular expression. The words, as those of Such, say what that means:
// whoever reads a failure need not read the expression.
func Form(words, expression string) types.GomegaMatcher {
	form := regexp.MustCompile(expression)
	return Such(words, func(value any) bool {
		text, ok := value.(string)
		return ok && form.MatchString(text)
	})
}

type such struct {
	types.GomegaMatcher
	words     string
	predicate func(any) bool
}

func (s such) Match(actual any) (bool, error) { return s.predicate(actual), nil }

// words says what a matcher expects, to go on after "expected it": "to be …".
func words(expected any) string {
	switch m := expected.(type) {
	case *matcher:
		return "to have " + m.want
	case plain:
		return words(m.GomegaMatcher)
	case such:
		return m.words
	case *matchers.NotMatcher:
		return "not " + words(m.Matcher)
	case *matchers.AndMatcher:
		return joined(m.Matchers, " and ")
	case *matchers.OrMatcher:
		return joined(m.Matchers, " or ")
	case *matchers.WithTransformMatcher:
		return words(m.Matcher)
	case types.GomegaMatcher:
		return wordsOf(m)
	}
	return "to be " + compact(expected)
}

// wordsOf are the words of the library's matchers that the cases use.
func wordsOf(expected types.GomegaMatcher) string {
	switch m := expected.(type) {
	case *matchers.EqualMatcher:
		return "to be " + compact(m.Expected)
	case *matchers.BeNilMatcher:
		return "to be null"
	case *matchers.BeTrueMatcher:
		return "to be true"
	case *matchers.BeFalseMatcher:
		return "to be false"
	case *matchers.BeEmptyMatcher:
		return "to be empty"
	case *matchers.AssignableToTypeOfMatcher:
		return "to be " + typeOf(m.Expected)
	case *matchers.BeNumericallyMatcher:
		return "to be " + comparison(m)
	case *matchers.BeElementOfMatcher:
		return "to be one of " + listed(m.Elements, " or ")
	}
	return contents(expected)
}

// contents are the words of matchers about what is in a text, a list or an object.
func contents(expected types.GomegaMatcher) string {
	switch m := expected.(type) {
	case *matchers.HaveLenMatcher:
		return fmt.Sprintf("to have the length %d", m.Count)
	case *matchers.ContainElementMatcher:
		return "to have an item " + known([]any{m.Element}, "")
	case *matchers.ContainElementsMatcher:
		if len(m.Elements) == 1 && !isList(m.Elements[0]) {
			return "to have an item " + known(m.Elements, "")
		}
		return "to have the items " + known(m.Elements, " and ")
	case *matchers.ConsistOfMatcher:
		return "to have just the items " + listed(m.Elements, " and ") + ", in any order"
	case *matchers.HaveEachMatcher:
		return "to have only items " + strings.Replace(item(m.Element), "that has", "that have", 1)
	case *matchers.HaveKeyMatcher:
		return "to have a member " + item(m.Key)
	case *matchers.HaveKeyWithValueMatcher:
		return fmt.Sprintf("to have a member %s %s", item(m.Key), strings.Replace(words(m.Value), "to be", "that is", 1))
	case *matchers.ContainSubstringMatcher:
		return "to have in it " + compact(m.Substr)
	case *matchers.HavePrefixMatcher:
		return "to begin with " + compact(m.Prefix)
	case *matchers.HaveSuffixMatcher:
		return "to end with " + compact(m.Suffix)
	}
	return "to be as asked" // a test holds that no case uses such a matcher
}

func joined(all []types.GomegaMatcher, with string) string {
	texts := make([]string, len(all))
	for i, m := range all {
		texts[i] = words(m)
	}
	return strings.Join(texts, with)
}

// item is what an item is expected to be, or that it has something: the words go on after a noun.
func item(expected any) string {
	said := words(expected)
	if has, ok := strings.CutPrefix(said, "to have "); ok {
		return "that has " + has
	}
	return strings.TrimPrefix(said, "to be ")
}

func listed(all []any, with string) string {
	if len(all) == 1 && isList(all[0]) {
		return compact(all[0])
	}
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = item(one)
	}
	return strings.Join(texts, with)
}

// known is listed, of what earlier answers told, such as the ids of records that were made.
func known(all []any, with string) string {
	if len(all) == 1 && isList(all[0]) || !slices.Contains(all, any("")) {
		return listed(all, with)
	}
	texts := make([]string, len(all))
	for i, one := range all {
		if texts[i] = item(one); one == "" {
			texts[i] += " (the answer that should name it does not)"
		}
	}
	return strings.Join(texts, with)
}

func isList(value any) bool {
	kind := reflect.ValueOf(value).Kind()
	return kind == reflect.Slice || kind == reflect.Array
}

func comparison(m *matchers.BeNumericallyMatcher) string {
	names := map[string]string{"==": "", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most ", "~": "about "}
	return names[m.Comparator] + compact(m.CompareTo[0])
}

// typeOf names the JSON type of an example of a Go value.
func typeOf(example any) string {
	switch reflect.ValueOf(example).Kind() {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map:
		return "an object"
	}
	return "a number"
}

// Of matches an answer in which the texts at a path match. What is not found at all never does, so
// that a list that isn't there can't lack an item.
func Of(path string, m types.GomegaMatcher) types.GomegaMatcher {
	return That(each(path)+" "+words(m), func(e *client.Exchange) string {
		found := e.Texts(path)
		if found == nil {
			return Unlisted(e)
		}
		if ok, err := m.Match(found); err != nil || !ok {
			return "it is " + compact(found)
		}
		return ""
	})
}

// Unlisted says why an answer has no list.
func Unlisted(e *client.Exchange) string {
	if e.Status >= http.StatusMultipleChoices {
		return fmt.Sprintf("the status was %d", e.Status)
	}
	return "there is no such list"
}

// each names what a path of gjson leads to, of each item where it goes through a list: "data.#.id" is
// member "id" of each item of "data", and "data.#." is each item of it.
func each(path string) string {
	list, inner, items := strings.Cut(path, "#.")
	switch {
	case !items || strings.Contains(path, "("):
		return member(path)
	case strings.Trim(inner, "#.") == "":
		inner = "each item"
	default:
		inner = each(inner) + " of each item"
	}
	if list = place(strings.TrimSuffix(list, ".")); list != body {
		return inner + fmt.Sprintf(" of %q", list)
	}
	return inner
}

// member names what a path of gjson leads to.
func member(path string) string {
	if strings.Contains(path, "#.") && !strings.Contains(path, "(") {
		return each(path)
	}
	if list, number := strings.CutSuffix(path, "#"); number {
		if name := place(strings.TrimSuffix(list, ".")); name != body {
			return fmt.Sprintf("the number of items of %q", name)
		}
		return "the number of items"
	}
	if name := place(path); name != body {
		return fmt.Sprintf("member %q", name)
	}
	return body
}

const body = "body"

// place writes a path of gjson as people write one: "data.#.id" is data[*].id.
func place(path string) string {
	switch {
	case path == "@this", path == "":
		return body
	case strings.Contains(path, "("): // a search of gjson's, which may have dots in it
		return path
	}
	var out strings.Builder
	for _, step := range strings.Split(path, ".") {
		switch {
		case step == "#":
			out.WriteString("[*]")
		case strings.Trim(step, "0123456789") == "":
			out.WriteString("[" + step + "]")
		case out.Len() > 0:
			out.WriteString("." + step)
		default:
			out.WriteString(step)
		}
	}
	return out.String()
}

func compact(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	data = unalike(data)
	if len(data) > shownBody {
		return strings.ToValidUTF8(string(data[:shownBody]), "") + "…"
	}
	return string(data)
}

// unalike is a JSON document with the code points of what looks like something else: of a letter that is put together from
// its parts, and of signs that nobody sees.
func unalike(document []byte) []byte {
	hidden := func(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zs, r) && r != ' ' }
	if norm.NFC.IsNormal(document) && !bytes.ContainsFunc(document, hidden) {
		return document
	}
	var out []byte
	for len(document) > 0 {
		end := max(norm.NFC.NextBoundary(document, true), 1)
		for _, r := range string(document[:end]) {
			if hidden(r) || r >= utf8.RuneSelf && !norm.NFC.IsNormal(document[:end]) {
				for _, unit := range utf16.Encode([]rune{r}) {
					out = fmt.Appendf(out, `\u%04x`, unit)
				}
				continue
			}
			out = utf8.AppendRune(out, r)
		}
		document = document[end:]
	}
	return out
}
