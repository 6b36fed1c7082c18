package match

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// byPlace compares the items of two lists place by place.
func byPlace(pointer string, a, b []any, found *[]change) {
	for i := range max(len(a), len(b)) {
		at := fmt.Sprintf("%s/%d", pointer, i)
		switch {
		case i >= len(a):
			*found = append(*found, change{pointer: at, was: nothing{}, is: b[i]})
		case i >= len(b):
			*found = append(*found, change{pointer: at, was: a[i], is: nothing{}})
		default:
			differ(at, a[i], b[i], byPlace, found)
		}
	}
}

// byID compares the items of two lists by what each is called in it; those that are called nothing, place by place,
// but for what came or went in one piece.
func byID(pointer string, a, b []any, found *[]change) {
	name := naming(a, b)
	if name == "" {
		inOnePiece(pointer, a, b, found)
		return
	}
	was, is := named(a, name), named(b, name)
	var kept, now []string
	for _, item := range a {
		id := called(item, name)
		if _, there := is[id]; there {
			kept = append(kept, id)
			continue
		}
		*found = append(*found, change{pointer: pointer, was: item, is: nothing{}, item: true, name: ", " + name + " " + id})
	}
	for _, item := range b {
		id := called(item, name)
		if before, there := was[id]; there {
			now = append(now, id)
			differ(fmt.Sprintf("%s/(%s %s)", pointer, name, id), before, item, byID, found)
			continue
		}
		*found = append(*found, change{pointer: pointer, was: nothing{}, is: item, item: true, name: ", " + name + " " + id})
	}
	for i := range kept {
		if kept[i] != now[i] {
			was, is := json.RawMessage(kept[i]), json.RawMessage(now[i])
			*found = append(*found, change{pointer: pointer, was: was, is: is, moved: true})
			return
		}
	}
}

// inOnePiece compares items place by place from both ends of lists that are not as long: what is left between them
// came or went.
func inOnePiece(pointer string, a, b []any, found *[]change) {
	alike := func(x, y any) bool {
		var differences []change
		differ("", x, y, byPlace, &differences)
		return len(differences) == 0
	}
	first, last := 0, 0
	for len(a) != len(b) && first < min(len(a), len(b)) && alike(a[first], b[first]) {
		first++
	}
	for len(a) != len(b) && last < min(len(a), len(b))-first && alike(a[len(a)-1-last], b[len(b)-1-last]) {
		last++
	}
	a, b = a[first:len(a)-last], b[first:len(b)-last]
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			*found = append(*found, change{pointer: pointer, was: nothing{}, is: b[i], item: true})
		case i >= len(b):
			*found = append(*found, change{pointer: pointer, was: a[i], is: nothing{}, item: true})
		default:
			differ(fmt.Sprintf("%s/%d", pointer, first+i), a[i], b[i], byID, found)
		}
	}
}

// naming is the member by which the items of both lists can be told apart, "" where there is none.
func naming(a, b []any) string {
	names := []string{"id", "uuid", "userId", "code", "username"}
	i := slices.IndexFunc(names, func(name string) bool {
		return len(a)+len(b) > 0 && len(named(a, name)) == len(a) && len(named(b, name)) == len(b)
	})
	if i < 0 {
		return ""
	}
	return names[i]
}

// named are the items of a list by what they are called; of two that are called alike, and of one without a name, none is left.
func named(items []any, name string) map[string]any {
	all := make(map[string]any, len(items))
	for _, item := range items {
		id := called(item, name)
		if _, twice := all[id]; id == "" || twice {
			return nil
		}
		all[id] = item
	}
	return all
}

// called is the text or number under a name of an object, as JSON; "" where there is none.
func called(item any, name string) string {
	record, _ := item.(map[string]any)
	switch id := record[name].(type) {
	case string:
		return compact(id)
	case json.Number: // one number may be spelt in several ways
		if !strings.ContainsAny(id.String(), ".eE") {
			return id.String()
		}
	}
	return ""
}
