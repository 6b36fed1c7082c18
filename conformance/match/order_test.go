package match_test

import (
	"testing"

	"rollcall/conformance/match"
)

func TestUnordered(t *testing.T) {
	rows := map[string]struct{ document, want string }{
		"items by their text": {`[{"b":2},{"a":[3,1]}]`, `[{"a":[1,3]},{"b":2}]`},
		"numbers stay":        {`[9007199254740993,1.50]`, `[1.50,9007199254740993]`},
		"no JSON":             {`oops`, `oops`},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			if got := string(match.Unordered([]byte(row.document))); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}
