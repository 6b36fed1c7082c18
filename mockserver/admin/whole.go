package admin

import (
	"errors"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"rollcall/specs/format"
)

// wholeNumbers reads integers as the contracts' bodies are read: however a whole number is
// spelt, so 1e3 and 1000.0 are 1000.
func wholeNumbers() json.Options {
	return json.WithUnmarshalers(json.JoinUnmarshalers(json.UnmarshalFromFunc(whole[int]),
		json.UnmarshalFromFunc(whole[int64]), json.UnmarshalFromFunc(whole[uint64]), json.UnmarshalFromFunc(near)))
}

// errVanishes is what comes of a number that is not nought and would be read as nought, which often
// means that nothing was said.
var errVanishes = errors.New("it is nearer to 0 than numbers are read here; give 0, or more")

// near reads the next value into a number, if it is not lost on the way.
func near(from *jsontext.Decoder, into *float64) error {
	value, err := from.ReadValue()
	if err != nil {
		return err
	}
	if err := json.Unmarshal(value, into); err != nil {
		return err
	}
	digits, _, _ := strings.Cut(strings.ToLower(string(value)), "e")
	if *into == 0 && strings.ContainsAny(digits, "123456789") {
		return errVanishes
	}
	return nil
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
