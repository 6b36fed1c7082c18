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
		for i, item := range v {
			v[i] = Settled(item)
		}
		slices.SortFunc(v, func(a, b any) int { return bytes.Compare(encoded(a), encoded(b)) })
	}
	return value
}

// encoded is the JSON of a value of a body or an answer, which can always be encoded.
func encoded(value any) []byte {
	data, _ := json.Marshal(value)
	return data
}
