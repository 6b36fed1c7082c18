package suite

import (
	"testing"

	"github.com/onsi/ginkgo/v2/types"
)

// TestLabelsTakeAnyName holds that a label can have the name of anything in it, and that names of ours stay.
func TestLabelsTakeAnyName(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"listWards", "COU-WARD-06", "repos/get", "list (all)", "a&b", "a|b", "!x", "a,b", "a%2Cb",
		"a:b", "[x]", " x ", "é", "a\nb"} {
		got := label("op:" + name)
		if _, err := types.ValidateAndCleanupLabel(got, types.CodeLocation{}); err != nil {
			t.Errorf("%q is no label: %v", got, err)
		}
		if other, twice := seen[got]; twice {
			t.Errorf("%q and %q are one label, %q", name, other, got)
		}
		seen[got] = name
	}
	for _, name := range []string{"contract:council", "req:COU-DOC-listWards-status_code_conformance", "level:MUST"} {
		if label(name) != name {
			t.Errorf("%q is the label %q", name, label(name))
		}
	}
}

// TestOnlyMatchesAnyName holds that a pattern means names with any sign in them.
func TestOnlyMatchesAnyName(t *testing.T) {
	for _, row := range []struct {
		pattern, name string
		want          bool
	}{
		{"repos/get", "repos/get", true}, {"OPID-*", "OPID-DOC-repos/get-x", true}, {"[x]", "[x]", true},
		{"cou-*-06", "COU-WARD-06", true},
		{"COU-?", "COU-WARD", false}, {"[", "x", false}, {"get", "repos/get", false},
	} {
		if Matches(row.pattern, row.name) != row.want {
			t.Errorf("%q means %q: %v", row.pattern, row.name, !row.want)
		}
	}
}
