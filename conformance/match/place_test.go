package match

import (
	"testing"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
)

// TestPlacesAreOfWhatIsExpectedByItself: what depends on another answer has no place, since that one may be wrong.
func TestPlacesAreOfWhatIsExpectedByItself(t *testing.T) {
	answer := &client.Exchange{Status: 200, Body: []byte(`{"a":[{"b":1}]}`)}
	for _, row := range []struct {
		name  string
		place Place
		m     gomega.OmegaMatcher
	}{
		{"status", Place{StatusPart, ""}, Status(404)},
		{"header", Place{HeaderPart, "Allow"}, Header("Allow", "GET")},
		{"absent", Place{BodyPart, "/a/0/b"}, Absent("a.0.b")},
		{"each", Place{BodyPart, "/a/*/b"}, Each("a.#.b", gomega.BeNil())},
		{"text", Place{BodyPart, "/a"}, Member("a", "text")},
		{"both", Place{BodyPart, "/c"}, gomega.And(Present("a"), Present("c"))},
		{"search", Place{}, Member(`a.#(b==1).b`, nil)},
		{"length", Place{}, Member("a", gomega.HaveLen(3))},
		{"threshold", Place{}, Member("a.0.b", gomega.BeNumerically(">", 3))},
		{"short number", Place{}, Member("a.0.b", 3)},
		{"all of it", Place{}, JSONBody(gomega.HaveLen(3))},
	} {
		place, one := PlaceOf(row.m, answer)
		if place != row.place || one != (row.place != Place{}) {
			t.Errorf("%s is at %+v, %t; want %+v", row.name, place, one, row.place)
		}
	}
	answer.SetBody([]byte(`{"a":[{"b":2}],"c":1}`))
	if _, one := PlaceOf(Absent("a.0.b"), answer); one {
		t.Error("what did not come as it is read has a place")
	}
}
