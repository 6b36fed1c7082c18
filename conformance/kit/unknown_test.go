package kit_test

import (
	"testing"

	"rollcall/conformance/kit"
)

func TestUnknownIDsLookAlike(t *testing.T) {
	rows := []struct{ name, id, want string }{
		{"prefixed", "ward-b7k2m9", "ward-c8l3n0"},
		{"hexadecimal stays so", "00000000-0000-4000-8000-0000009afdef", "00000000-0000-4000-8000-0000000baefa"},
		{"short", "z-F", "g-A"},
		{"a counter jumps", "42", "2147480917"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := kit.UnknownID(row.id); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
