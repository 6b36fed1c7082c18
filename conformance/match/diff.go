package match

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/onsi/gomega/matchers"
	"github.com/onsi/gomega/types"

	"rollcall/specs/format"
)

// Differences returns the JSON pointers at which two documents differ, sorted;
// "" is the whole document. Members are compared by name, items by place. What
// is not JSON is compared byte by byte.
func Differences(before, after []byte) (pointers []string) {
	for _, one := range changes(before, after, byPlace) {
		pointers = append(pointers, one.pointer)
	}
	return pointers
}

// Short is a value as JSON, cut where it is long.
func Short(raw string) string {
	const most = 120
	if text := []rune(raw); len(text) > most {
		return string(text[:most]) + "…"
	}
	return raw
}

// Changes says of two documents where they differ, what was there and what is there instead: each of
// the first places on a line of its own, long values from shortly before the difference on. Items that
// have ids are compared by them: what came into a list or went out of it moves the others. Members of
// the whole with a name in except may differ.
func Changes(before, after []byte, except ...string) string {
	const most = 5
	all := slices.DeleteFunc(changes(before, after, byID), func(c change) bool {
		top, _, _ := strings.Cut(strings.TrimPrefix(c.pointer, "/"), "/")
		return c.pointer != "" && slices.Contains(except, top)
	})
	var lines []string
	for _, one := range all[:min(most, len(all))] {
		lines = append(lines, one.String())
	}
	switch more := len(all) - most; {
	case more == 1:
		lines = append(lines, "and 1 more place")
	case more > 1:
		lines = append(lines, fmt.Sprintf("and %d more places", more))
	}
	return strings.Join(lines, "\n")
}

// unlike says of a long object or list where it is not what is equal to it; "" of all else.
func unlike(expected types.GomegaMatcher, actual any) string {
	const most, short = 3, 120 // places, and bytes of values that are seen at a glance
	equal, ok := expected.(*matchers.EqualMatcher)
	if !ok {
		return ""
	}
	want, is := compactAll(equal.Expected), compactAll(actual)
	if len(want) <= short && len(is) <= short || want == "" || is == "" || want[0] != is[0] || want[0] != '{' && want[0] != '[' {
		return ""
	}
	all := changes([]byte(want), []byte(is), byID)
	var places []string
	for _, one := range all[:min(most, len(all))] {
		places = append(places, one.unlike())
	}
	if more := len(all) - most; more > 0 {
		places = append(places, fmt.Sprintf("and so on, %d times more", more))
	}
	return strings.Join(places, "; ")
}

// compactAll is the whole value as JSON, "" of what JSON can't tell.
func compactAll(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(data)
}

// around shows two values that differ, so that the difference is in sight.
func around(a, b any) (string, string) {
	const ahead, most = 20, 60
	one, other := []rune(told(a)), []rune(told(b))
	first := 0
	for first < min(len(one), len(other)) && one[first] == other[first] {
		first++
	}
	cut := func(text []rune) string {
		from, to := 0, len(text)
		if first > ahead && to > most { // at a blank: the end of a word may be that of a secret, which nobody knows by its end
			from = first
			for at := first - ahead; at < first; at++ {
				if unicode.IsSpace(text[at]) {
					from = at
					break
				}
			}
		}
		if to = min(to, from+most); from == 0 && to == len(text) {
			return string(text)
		}
		return strings.Repeat("…", min(from, 1)) + string(text[from:to]) + strings.Repeat("…", min(len(text)-to, 1))
	}
	return cut(one), cut(other)
}

func told(value any) string {
	if _, missing := value.(nothing); missing {
		return "not there"
	}
	return compact(value)
}

// nothing is what a place holds that only the other document has.
type nothing struct{}

// change is a place at which two documents differ.
type change struct {
	pointer string
	was, is any
	item    bool   // of a list, and it is not at all in the other one
	name    string // of the item, "" where it has none
	moved   bool   // the list has the same items in another order, of which was and is are the first that differ
}

// String says what has become of the place.
func (c change) String() string {
	list := ""
	if c.pointer != "" {
		list = " of " + c.pointer
	}
	was, is := around(c.was, c.is)
	switch {
	case c.moved:
		return fmt.Sprintf("the items%s are in another order: %s is where %s was", list, is, was)
	case c.item && c.was == nothing{}:
		return fmt.Sprintf("an item%s appeared%s: %s", list, c.name, Short(told(c.is)))
	case c.item:
		return fmt.Sprintf("an item%s is gone%s: %s", list, c.name, Short(told(c.was)))
	case c.pointer == "":
		return fmt.Sprintf("%s was %s, and is %s", body, was, is)
	}
	return fmt.Sprintf("%s was %s, and is %s", c.pointer, was, is)
}

// unlike says how what is there differs from what was expected.
func (c change) unlike() string {
	at := ""
	if c.pointer != "" {
		at = "at " + c.pointer + " "
	}
	was, is := around(c.was, c.is)
	switch {
	case c.moved:
		return fmt.Sprintf("%sits items are in another order: %s is in place of %s", at, is, was)
	case c.item && c.was == nothing{}:
		return fmt.Sprintf("%sit has an item more%s: %s", at, c.name, Short(told(c.is)))
	case c.item:
		return fmt.Sprintf("%sit lacks an item%s: %s", at, c.name, Short(told(c.was)))
	}
	return fmt.Sprintf("%sit is %s in place of %s", at, is, was)
}

// pairing is how items of two lists are told to be the same one: byPlace or byID.
type pairing func(pointer string, a, b []any, found *[]change)

func changes(before, after []byte, pair pairing) []change {
	if bytes.Equal(before, after) {
		return nil
	}
	a, errA := decode(before)
	b, errB := decode(after)
	if errA != nil || errB != nil {
		return []change{{was: string(before), is: string(after)}}
	}
	var found []change
	differ("", a, b, pair, &found)
	slices.SortStableFunc(found, func(a, b change) int { return strings.Compare(a.pointer, b.pointer) })
	return found
}

func decode(document []byte) (any, error) {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	err := decoder.Decode(&value)
	return value, err
}

func differ(pointer string, a, b any, pair pairing, found *[]change) {
	switch x := a.(type) {
	case map[string]any:
		if y, ok := b.(map[string]any); ok {
			differObjects(pointer, x, y, pair, found)
			return
		}
	case []any:
		if y, ok := b.([]any); ok {
			pair(pointer, x, y, found)
			return
		}
	}
	if !same(a, b) {
		*found = append(*found, change{pointer: pointer, was: a, is: b})
	}
}

// same compares plain values, numbers by what they are and not by how they are spelt.
func same(a, b any) bool {
	x, ok := a.(json.Number)
	y, ok2 := b.(json.Number)
	return reflect.DeepEqual(a, b) || ok && ok2 && format.SameNumber(x.String(), y.String())
}

func differObjects(pointer string, a, b map[string]any, pair pairing, found *[]change) {
	for name, value := range a {
		if other, ok := b[name]; ok {
			differ(pointer+"/"+escape(name), value, other, pair, found)
			continue
		}
		*found = append(*found, change{pointer: pointer + "/" + escape(name), was: value, is: nothing{}})
	}
	for name, value := range b {
		if _, ok := a[name]; !ok {
			*found = append(*found, change{pointer: pointer + "/" + escape(name), was: nothing{}, is: value})
		}
	}
}

func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
