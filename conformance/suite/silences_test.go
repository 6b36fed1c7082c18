package suite

import (
	"strings"
	"testing"
)

// Each reason why nothing is sent has its own words; an answer with the method begins its count anew.
func TestSilencesSayWhyNothingIsSent(t *testing.T) {
	s := &silences{}
	s.note(silence{"takeThing", "DELETE"})
	for _, row := range []struct{ operation, method, want string }{
		{"takeThing", "DELETE", "not asked again: takeThing"}, {"takeOther", "DELETE", ""}, {"", "DELETE", ""},
	} {
		if why := s.why(silence{row.operation, row.method}); !strings.HasPrefix(why, row.want) || row.want == "" && why != "" {
			t.Errorf("%+v: %q", row, why)
		}
	}
	s.answered("DELETE")
	s.note(silence{"", "DELETE"})
	if why := s.why(silence{"takeOther", "DELETE"}); why != "" {
		t.Errorf("one in a row: %q", why)
	}
	s.note(silence{"", "DELETE"})
	if why := s.why(silence{"takeOther", "DELETE"}); !strings.Contains(why, "the last 2 requests with DELETE") {
		t.Errorf("two in a row: %q", why)
	}
	for range 3 {
		s.note(silence{"", "PURGE"})
	}
	if why := s.why(silence{"listThings", "GET"}); !strings.Contains(why, "given up") {
		t.Errorf("six in all: %q", why)
	}
}
