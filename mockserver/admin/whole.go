package admin

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"rollcall/specs/format"
)

// wholeNumbers reads integers as the contracts' bodies are read: however a whole number is
// spelt, so 1e3 and 1000.0 are 1000.
func wholeNumbers() json.Options {
	return json.WithUnmarshalers(json.JoinUnmarshalers(json.UnmarshalFromFunc(whole[int]),
		json.UnmarshalFromFunc(whole[int64]), json.UnmarshalFromFunc(whole[uint64])))
}

// whole reads the next value into an integer.
func whole[T int | int64 | uint64](from *jsontext.Decoder, into *T) error {
	value, err := from.ReadValue()
	if err != nil {
		return err
	}
	if digits, ok := format.Integer(string(value)); ok {
		return json.Unmarshal([]byte(digits), into)
	}
	return json.Unmarshal(value, into)
}
