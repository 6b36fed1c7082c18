package suite_test

import (
	"slices"
	"testing"

	"rollcall/conformance/suite"
)

func TestAlikesAreOthers(t *testing.T) {
	for name, want := range map[string][]string{
		"7":          {"-7", "4294967303"},
		"4294967303": {"-4294967303"},
		"mary.jones": {"mary.jone", "mary.", "mary.jone*", "mary.jone%", "mary.jone_", "mary.jone?", "mary.jones*",
			"mary.jones%"},
		"x": nil,
		"":  nil,
	} {
		got := suite.Alikes(name)
		if !slices.Equal(got, want) || slices.Contains(got, name) {
			t.Errorf("like %q: %q, want %q", name, got, want)
		}
	}
}
