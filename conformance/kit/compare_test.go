package kit_test

import (
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
)

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
