package match

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"rollcall/specs/format"
)

// Differences returns the JSON pointers at which two documents differ, sorted;
// "" is the whole document. Members are compared by name, items by place. What
// is not JSON is compared byte by byte.
func Differences(before, after []byte) []string {
	if bytes.Equal(before, after) {
		return nil
	}
	a, errA := decode(before)
	b, errB := decode(after)
	if errA != nil || errB != nil {
		return []string{""}
	}
	var found []string
	differ("", a, b, &found)
	slices.Sort(found)
	return found
}

func decode(document []byte) (any, error) {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	err := decoder.Decode(&value)
	return value, err
}

func differ(pointer string, a, b any, found *[]string) {
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
		*found = append(*found, pointer)
	}
}

// same compares plain values, numbers by what they are and not by how they are spelt.
func same(a, b any) bool {
	x, ok := a.(json.Number)
	y, ok2 := b.(json.Number)
	return reflect.DeepEqual(a, b) || ok && ok2 && format.SameNumber(x.String(), y.String())
}

func differObjects(pointer string, a, b map[string]any, found *[]string) {
	for name, value := range a {
		if other, ok := b[name]; ok {
			differ(pointer+"/"+escape(name), value, other, found)
			continue
		}
		*found = append(*found, pointer+"/"+escape(name))
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			*found = append(*found, pointer+"/"+escape(name))
		}
	}
}

func differArrays(pointer string, a, b []any, found *[]string) {
	for i := range max(len(a), len(b)) {
		at := fmt.Sprintf("%s/%d", pointer, i)
		if i >= len(a) || i >= len(b) {
			*found = append(*found, at)
			continue
		}
		differ(at, a[i], b[i], found)
	}
}

func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
