package match

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Unordered returns a JSON document with every array in one order, for what no document
// promises an order of. What is not JSON comes as it is.
func Unordered(document []byte) []byte {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return document
	}
	return encoded(Settled(value))
}

// Settled returns a decoded value, which it changes, with every array sorted by the text of its items.
func Settled(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = Settled(member)
		}
	case []any:
		sortByText(v)
	}
	return value
}

// sortByText settles and sorts the items, by their ids first, so that one that has changed stays in its place. Each is encoded
// once, not at each comparison: a list has thousands.
func sortByText(items []any) {
	type spelt struct {
		item any
		text []byte
	}
	all := make([]spelt, len(items))
	for i, item := range items {
		item = Settled(item)
		all[i] = spelt{item, encoded(item)}
		if record, is := item.(map[string]any); is && record["id"] != nil {
			all[i].text = append(encoded(record["id"]), all[i].text...)
		}
	}
	slices.SortFunc(all, func(a, b spelt) int { return bytes.Compare(a.text, b.text) })
	for i := range all {
		items[i] = all[i].item
	}
}

// encoded is the JSON of a value of a body or an answer, which can always be encoded.
func encoded(value any) []byte {
	data, _ := json.Marshal(value)
	return data
}
