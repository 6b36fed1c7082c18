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
	for _, one := range changes(before, after) {
		pointers = append(pointers, one.pointer)
	}
	return pointers
}

// Changes says of two documents where they differ, what was there and what is there instead: each of
// the first places on a line of its own, long values from shortly before the difference on. Members of
// the whole with a name in except may differ.
func Changes(before, after []byte, except ...string) string {
	const most = 5
	all := slices.DeleteFunc(changes(before, after), func(c change) bool {
		top, _, _ := strings.Cut(strings.TrimPrefix(c.pointer, "/"), "/")
		return c.pointer != "" && slices.Contains(except, top)
	})
	var lines []string
	for _, one := range all[:min(most, len(all))] {
		where := one.pointer
		if where == "" {
			where = body
		}
		was, is := around(one.was, one.is)
		lines = append(lines, fmt.Sprintf("%s was %s, and is %s", where, was, is))
	}
	if more := len(all) - most; more > 0 {
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
	all := changes([]byte(want), []byte(is))
	var places []string
	for _, one := range all[:min(most, len(all))] {
		was, is := around(one.was, one.is)
		places = append(places, fmt.Sprintf("at %s it is %s in place of %s", one.pointer, is, was))
	}
	if more := len(all) - most; more > 0 {
		places = append(places, fmt.Sprintf("and so on in %d more places", more))
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
}

func changes(before, after []byte) []change {
	if bytes.Equal(before, after) {
		return nil
	}
	a, errA := decode(before)
	b, errB := decode(after)
	if errA != nil || errB != nil {
		return []change{{"", string(before), string(after)}}
	}
	var found []change
	differ("", a, b, &found)
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

func differ(pointer string, a, b any, found *[]change) {
	switch x := a.(type) {
	case map[string]any:
		if y, ok := b.(map[string]any); ok {
			differObjects(pointer, x, y, found)
			return
		}
	case []any:
		if y, ok := b.([]any); ok {
			differArrays(pointer, x, y, found)
			return
		}
	}
	if !same(a, b) {
		*found = append(*found, change{pointer, a, b})
	}
}

// same compares plain values, numbers by what they are and not by how they are spelt.
func same(a, b any) bool {
	x, ok := a.(json.Number)
	y, ok2 := b.(json.Number)
	return reflect.DeepEqual(a, b) || ok && ok2 && format.SameNumber(x.String(), y.String())
}

func differObjects(pointer string, a, b map[string]any, found *[]change) {
	for name, value := range a {
		if other, ok := b[name]; ok {
			differ(pointer+"/"+escape(name), value, other, found)
			continue
		}
		*found = append(*found, change{pointer + "/" + escape(name), value, nothing{}})
	}
	for name, value := range b {
		if _, ok := a[name]; !ok {
			*found = append(*found, change{pointer + "/" + escape(name), nothing{}, value})
		}
	}
}

func differArrays(pointer string, a, b []any, found *[]change) {
	for i := range max(len(a), len(b)) {
		at := fmt.Sprintf("%s/%d", pointer, i)
		switch {
		case i >= len(a):
			*found = append(*found, change{at, nothing{}, b[i]})
		case i >= len(b):
			*found = append(*found, change{at, a[i], nothing{}})
		default:
			differ(at, a[i], b[i], found)
		}
	}
}

func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
