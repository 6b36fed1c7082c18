package suite

import (
	"testing"

	"rollcall/conformance/client"
)

// TestRecalls holds that only a target that remembers what it was told recalls it: one that
// shows the same to everybody, counts its answers or echoes its requests does not.
func TestRecalls(t *testing.T) {
	c := &caseRun{words: map[string]bool{"abcdefghijk": true, "lmnopqrstuv": true}}
	for _, row := range []struct {
		name, url, sent, told string
		want                  bool
	}{
		{"a read of what was told before", "http://x/users?id=7", "",
			`{"id":7,"email":"rollcall-abcdefghijk@example.com"}`, true},
		{"in capitals", "http://x/users?id=7", "", `{"referenceNumber":"LRNABCDEFGHIJK"}`, true},
		{"a page for everybody", "http://x/users?id=7", "", `{"id":7,"email":"a@example.com"}`, false},
		{"an echo of the body", "http://x/users", `{"n":"abcdefghijk"}`, `{"id":8,"n":"abcdefghijk"}`, false},
		{"an echo of the query", "http://x/users?email=abcdefghijk", "", `{"id":9,"email":"abcdefghijk"}`, false},
		{"what was told before of what is asked for", "http://x/users/abcdefghijk", "",
			`{"id":"abcdefghijk","name":"lmnopqrstuv"}`, true},
		{"another word than was asked for", "http://x/users?email=abcdefghijk", "", `{"email":"lmnopqrstuv"}`, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			exchange := &client.Exchange{URL: row.url, RequestBody: []byte(row.sent)}
			if got := c.recalls(exchange, []byte(row.told)); got != row.want {
				t.Errorf("it recalls: %v", got)
			}
		})
	}
}

// TestRecallsVary holds that records with values under the same names are different answers
// of substance where each of them was recalled.
func TestRecallsVary(t *testing.T) {
	one, other := substance{Shape: 1, Known: 1}, substance{Shape: 2, Known: 2}
	if n := len(addDistinct(addDistinct(nil, one), other)); n != enoughDistinct {
		t.Errorf("%d answers", n)
	}
	if n := len(addDistinct(addDistinct(nil, one), substance{Shape: 1, Known: 3})); n != 1 {
		t.Errorf("a page that counts makes %d answers", n)
	}
}
