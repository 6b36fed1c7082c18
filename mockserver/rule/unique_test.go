package rule_test

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"rollcall/mockserver/rule"
)

const taken = `/name: another one has the name "Rex" already`

func named() []string {
	return []string{`dog 1 {"team":"red","name":"Rex"}`, `dog 2 {"team":"red","name":"Bo"}`, `dog 3 {"team":"blue","name":"Ada"}`}
}

func unique() []row {
	kind := rule.Unique{Field: "name", Within: "team", Self: "SELF", Fold: "FOLD"}
	whole, exact := rule.Unique{Field: "name"}, rule.Unique{Field: "name", Within: "team"}
	return []row{
		{name: "taken by another", kind: kind, there: named(), id: "9", after: `{"team":"red","name":"Rex"}`, refused: taken},
		{name: "taken in another group", kind: kind, there: named(), id: "9", after: `{"team":"blue","name":"Rex"}`},
		{name: "taken anywhere, of the whole table", kind: whole, there: named(), id: "9", after: `{"team":"green","name":"Rex"}`,
			refused: taken},
		{name: "free", kind: kind, there: named(), id: "9", after: `{"team":"red","name":"Re"}`},
		{name: "nothing", kind: kind, there: append(named(), `dog 4 {"team":"red","name":""}`), id: "9",
			after: `{"team":"red","name":""}`},
		{name: "null", kind: kind, there: append(named(), `dog 4 {"team":"red","name":null}`), id: "9",
			after: `{"team":"red","name":null}`},
		{name: "its own", kind: kind, there: named(), id: "1", after: `{"team":"red","name":"Rex"}`},
		{name: "its own, when that counts", kind: kind, there: named(), id: "1", after: `{"team":"red","name":"Rex"}`,
			omitted: "SELF", refused: taken},
		{name: "its own, whatever is omitted", kind: exact, there: named(), id: "1", after: `{"team":"red","name":"Rex"}`,
			omitted: "SELF"},
		{name: "an update to one that is taken", kind: kind, there: named(), id: "2", after: `{"team":"red","name":"Rex"}`,
			refused: taken},
		{name: "moved to where it is taken", kind: kind, there: append(named(), `dog 4 {"team":"blue","name":"Rex"}`), id: "4",
			after: `{"team":"red","name":"Rex"}`, refused: taken},
		{name: "in other letters", kind: kind, there: named(), id: "9", after: `{"team":"red","name":"REX"}`,
			refused: `/name: another one has the name "REX" already`},
		{name: "in other letters, which count", kind: exact, there: named(), id: "9", after: `{"team":"red","name":"REX"}`},
		{name: "in other letters, when those count", kind: kind, there: named(), id: "9", after: `{"team":"red","name":"REX"}`,
			omitted: "FOLD"},
		{name: "taken to the letter behind one in others", kind: exact,
			there: append(named(), `dog 4 {"team":"red","name":"REX"}`), id: "9",
			after: `{"team":"red","name":"REX"}`, refused: `/name: another one has the name "REX" already`},
		{name: "a deletion", kind: kind, there: named(), id: "1"},
	}
}

func sequence() []row {
	kind := rule.Sequence{Field: "rank", Within: "team", Start: 10, Yield: "YIELD"}
	ranked := []string{`dog 1 {"team":"red","rank":9}`, `dog 2 {"team":"red","rank":10}`, `dog 3 {"team":"blue","rank":40}`}
	last := []string{`dog 1 {"team":"red","rank":` + strconv.Itoa(math.MaxInt64) + `}`}
	below := []string{`dog 1 {"team":"red","rank":-7}`}
	return []row{
		{name: "the first of its group", kind: kind, there: ranked, id: "9", after: `{"team":"green"}`,
			made: `{"team":"green","rank":10}`},
		{name: "one above the highest, as numbers go", kind: kind, there: ranked, id: "9", after: `{"team":"red"}`,
			made: `{"team":"red","rank":11}`},
		{name: "from below nought", kind: kind, there: below, id: "9", after: `{"team":"red"}`, made: `{"team":"red","rank":-6}`},
		{name: "no further than numbers go", kind: kind, there: last, id: "9", after: `{"team":"red"}`,
			made: `{"team":"red","rank":` + strconv.Itoa(math.MaxInt64) + `}`},
		{name: "what was sent does not win", kind: kind, there: ranked, id: "9", after: `{"team":"red","rank":3}`,
			sent: `{"rank":3}`,
			made: `{"team":"red","rank":11}`},
		{name: "what was sent, when it wins", kind: kind, there: ranked, id: "9", after: `{"team":"red","rank":0}`,
			sent: `{"rank":3}`, omitted: "YIELD",
			made: `{"team":"red","rank":3}`},
		{name: "text never wins", kind: kind, there: ranked, id: "9", after: `{"team":"red"}`,
			sent: `{"rank":"3"}`, omitted: "YIELD",
			made: `{"team":"red","rank":11}`},
		{name: "a deletion", kind: kind, there: ranked, id: "1"},
	}
}

func TestUnique(t *testing.T)   { run(t, unique()) }
func TestSequence(t *testing.T) { run(t, sequence()) }

func TestSortableIntKeepsTheOrderOfNumbers(t *testing.T) {
	numbers := []int64{math.MinInt64, -256, -1, 0, 1, 9, 10, 255, 256, math.MaxInt64}
	var texts []string
	for _, n := range numbers {
		texts = append(texts, rule.SortableInt(n))
	}
	if !slices.IsSorted(texts) || len(slices.Compact(slices.Clone(texts))) != len(numbers) {
		t.Errorf("the texts are %q", texts)
	}
}

func TestText(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"nothing", "", `""`},
		{"plain", "Rex the 1st", `"Rex the 1st"`},
		{"a quote", `the "dog"`, `"the \"dog\""`},
		{"a backslash", `a\b`, `"a\\b"`},
		{"a line", "a\nb", `"a\nb"`},
		{"letters beyond ASCII", "Siân", `"Siân"`},
		{"no text at all", "a\xffb", `"a\ufffdb"`},
		{"what HTML reads", "<&>", `"\u003c\u0026\u003e"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := rule.Text(row.text); got != row.want {
				t.Errorf("it is written as %s, want %s", got, row.want)
			}
		})
	}
}
