package kit_test

import (
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
)

func TestUnordered(t *testing.T) {
	rows := map[string]struct{ document, want string }{
		"items by their text": {`[{"b":2},{"a":[3,1]}]`, `[{"a":[1,3]},{"b":2}]`},
		"numbers stay":        {`[9007199254740993,1.50]`, `[1.50,9007199254740993]`},
		"no JSON":             {`oops`, `oops`},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			if got := string(kit.Unordered([]byte(row.document))); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

func TestNoNull(t *testing.T) {
	rows := map[string]struct {
		body string
		ok   bool
	}{
		"none":      {`{"a":[{"b":1}]}`, true},
		"no JSON":   {`oops`, true},
		"no body":   {``, true},
		"in a list": {`{"a":[{"b":1},{"b":null}]}`, false},
		"the body":  {`null`, false},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			ok, err := kit.NoNull().Match(&client.Exchange{Body: []byte(row.body)})
			if ok != row.ok || err != nil {
				t.Errorf("got %v, %v", ok, err)
			}
		})
	}
}
