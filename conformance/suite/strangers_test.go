package suite

import "testing"

// A record is somebody else's unless a name of a run is in it, with or without its hyphen,
// or what the target gives as disposable.
func TestForeign(t *testing.T) {
	s := &session{uniqueSeed: 7, target: Target{Given: map[string]string{"disposable-account": "1005", "userId": "1001"}}}
	s.made = madeBy(s.mark())
	env := &Env{run: &caseRun{session: s}}
	own := string(s.mark()) + "abcdefgh"
	for record, want := range map[string]bool{
		`{"id":1001,"name":"Anne-Marie Hale"}`:               true,
		`{"id":7,"name":"Ward-abcdefghijk"}`:                 false,
		`{"id":7,"mail":"person-abcdefghijk@mail.example"}`:  false,
		`{"id":7,"names":[{"last":"Fern` + own + `"}]}`:      false,
		`{"id":1005,"name":"Bob"}`:                           false,
		`{"id":7,"name":"a hyphen - and nothing behind it"}`: true,
	} {
		if got := env.Foreign([]byte(record)); got != want {
			t.Errorf("%s: %t", record, got)
		}
	}
	if value, ok := env.Standing("userId"); !ok || value != "1001" {
		t.Errorf("userId is %q, %t", value, ok)
	}
	s.target.Given["userId"] = "1005"
	if _, ok := env.Standing("userId"); ok {
		t.Error("what is disposable stands")
	}
}
