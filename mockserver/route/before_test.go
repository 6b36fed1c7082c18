package route_test

import (
	"testing"

	"rollcall/mockserver/route"
)

// TestTheMoreConcretePathIsBefore orders templates that match a common path.
func TestTheMoreConcretePathIsBefore(t *testing.T) {
	for _, row := range []struct {
		first, second string
	}{
		{"/things", "/{a}{b}"}, {"/{a}.json", "/{a}"}, {"/a/{b}", "/{a}/b"}, {"/a/{b}.{c}", "/a/{b}"}, {"/a/b", "/a/{b}-{c}"},
	} {
		if route.Before(row.first, row.second) >= 0 || route.Before(row.second, row.first) <= 0 {
			t.Errorf("%s is not before %s", row.first, row.second)
		}
	}
	if route.Before("/a/{b}", "/a/{c}") != 0 {
		t.Error("two of one shape have an order")
	}
}
