package match_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
)

// TestPlainWords holds that whoever reads a failure needs no Go and no library.
func TestPlainWords(t *testing.T) {
	for _, row := range []struct {
		matcher types.GomegaMatcher
		actual  any
		want    string
	}{
		{gomega.Equal("a"), "b", `expected it to be "a", but it is "b"`},
		{gomega.Equal("Zo\u00eb"), "Zoe\u0308 \U0001f600", `expected it to be "Zoë", but it is "Zoe\u0308 😀"`},
		{gomega.Equal("a b"), "a\u00a0b\u200b", `expected it to be "a b", but it is "a\u00a0b\u200b"`},
		{gomega.Equal(2.0), nil, `expected it to be 2, but it is null`},
		{gomega.BeTrue(), false, `expected it to be true, but it is false`},
		{gomega.BeTrue(), "x", `expected it to be true, but it is "x"`},
		{gomega.BeFalse(), true, `expected it to be false, but it is true`},
		{gomega.BeNil(), 1.0, `expected it to be null, but it is 1`},
		{gomega.BeEmpty(), []string{"a"}, `expected it to be empty, but it is ["a"]`},
		{gomega.HaveLen(2), []any{1.0}, `expected it to have the length 2, but it is [1]`},
		{gomega.HaveLen(2), nil, `expected it to have the length 2, but it is null`},
		{gomega.Not(gomega.BeEmpty()), "", `expected it not to be empty, but it is ""`},
		{gomega.ContainElement("x"), []string{"a", "b"}, `expected it to have an item "x", but it is ["a","b"]`},
		{gomega.ContainElement(gomega.HaveKey("id")), []any{},
			`expected it to have an item that has a member "id", but it is []`},
		{gomega.ContainElements("x"), []string{}, `expected it to have an item "x", but it is []`},
		{gomega.ContainElements("", "y"), []string{"x"},
			`expected it to have the items "" (the answer that should name it does not) and "y", but it is ["x"]`},
		{gomega.ContainElements("x", "y"), []string{"x"}, `expected it to have the items "x" and "y", but it is ["x"]`},
		{gomega.ConsistOf([]string{"x", "y"}), []string{"x"},
			`expected it to have just the items ["x","y"], in any order, but it is ["x"]`},
		{gomega.BeNumerically(">", 1), 1, `expected it to be more than 1, but it is 1`},
		{gomega.BeNumerically("==", 1), "x", `expected it to be 1, but it is "x"`},
		{gomega.BeAssignableToTypeOf(map[string]any{}), []any{}, `expected it to be an object, but it is []`},
		{gomega.BeAssignableToTypeOf(""), nil, `expected it to be a text, but it is null`},
		{gomega.HaveKeyWithValue("id", gomega.BeNil()), map[string]any{"id": 1.0},
			`expected it to have a member "id" that is null, but it is {"id":1}`},
		{match.Form("to be letters a", "^a+$"), "b", `expected it to be letters a, but it is "b"`},
		{gomega.And(gomega.BeAssignableToTypeOf(""), gomega.HavePrefix("a")), "b",
			`expected it to begin with "a", but it is "b"`},
		{gomega.Or(gomega.Equal("a"), gomega.HaveSuffix("b")), "c", `expected it to be "a" or to end with "b", but it is "c"`},
		{gomega.BeElementOf("a", "b"), "c", `expected it to be one of "a" or "b", but it is "c"`},
		{gomega.WithTransform(strings.ToLower, gomega.Equal("a")), "B", `expected it to be "a", but it is "b"`},
		{match.Such("to be a date", func(any) bool { return false }), "x", `expected it to be a date, but it is "x"`},
	} {
		plain := match.Plain(row.matcher)
		ok, err := plain.Match(row.actual)
		got := plain.FailureMessage(row.actual)
		if err != nil {
			got = err.Error()
		}
		if ok || got != row.want {
			t.Errorf("it says %q (%v), want %q", got, ok, row.want)
		}
	}
}

// TestPathsHaveWords holds that no failure shows a path of the library that finds it.
func TestPathsHaveWords(t *testing.T) {
	answer := &client.Exchange{Status: 200, Body: []byte(`{"data":[{"id":2},{"id":1}]}`)}
	list := &client.Exchange{Status: 200, Body: []byte(`[{"id":2},{"id":1}]`)}
	descending := func(a, b gjson.Result) int { return int(a.Int() - b.Int()) }
	for _, row := range []struct {
		matcher types.GomegaMatcher
		answer  *client.Exchange
		want    string
	}{
		{match.Of("data.#.id", gomega.ContainElement("3")), answer,
			`expected member "id" of each item of "data" to have an item "3", but it is ["2","1"]`},
		{match.Of("#.id", gomega.ContainElement("3")), list,
			`expected member "id" of each item to have an item "3", but it is ["2","1"]`},
		{match.Of("#.id", gomega.Not(gomega.ContainElement("3"))), answer, `but there is no such list`},
		{match.Of("data.#.id", gomega.ContainElement("3")), &client.Exchange{Status: 422, Body: []byte(`{}`)},
			`but the status was 422`},
		{match.Each("#.id", 2), list, `expected member "id" of each item to be 2, but in item 1 it is 1`},
		{match.Member("data.#.x", 1), answer, `expected member "x" of each item of "data" to be 1`},
		{match.Member("#", gomega.BeNumerically(">", 2)), list, `expected the number of items to be more than 2, but it is 2`},
		{match.Member("data.#", 3), answer, `expected the number of items of "data" to be 3, but it is 2`},
		{match.Each("data", gomega.HaveKey("x")), answer, `expected each item of "data" to have a member "x", but in item 0 `},
		{match.Each("@this", gomega.HaveKey("x")), list, `expected each item to have a member "x", but in item 0 `},
		{match.Sorted("data.#.id", descending), answer,
			`expected member "id" of each item of "data" in order, but item 1 is 1 after 2`},
	} {
		ok, err := row.matcher.Match(row.answer)
		if said := row.matcher.FailureMessage(row.answer); ok || err != nil || !strings.Contains(said, row.want) {
			t.Errorf("it says %q (%v), want %q", said, err, row.want)
		}
	}
}

// TestEveryMatcherHasWords holds that the cases use no matcher of the library which this
// package can't put into words.
func TestEveryMatcherHasWords(t *testing.T) {
	known := strings.Fields(`Equal BeNil BeTrue BeFalse BeEmpty BeAssignableToTypeOf BeNumerically BeElementOf HaveLen
		ContainElement ContainElements ConsistOf HaveEach HaveKey HaveKeyWithValue ContainSubstring
		HavePrefix HaveSuffix Not And Or
		SatisfyAll SatisfyAny WithTransform OmegaMatcher`)
	used, seen := regexp.MustCompile(`gomega\.([A-Z]\w*)`), 0
	for _, folder := range []string{"../api", "../check"} {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, found := range used.FindAllSubmatch(source, -1) {
				if seen++; !slices.Contains(known, string(found[1])) {
					t.Errorf("%s uses gomega.%s, which has no plain words: use match.Such, or give it some", path, found[1])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen == 0 {
		t.Error("no matcher was found")
	}
}
