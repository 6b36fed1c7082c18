package judge

import (
	"net/http"
	"slices"
	"testing"

	"rollcall/specs"
	"rollcall/specs/contract"
)

// FuzzJudge looks at any answer to any operation of every contract: it never panics, says
// the same twice, and the accepting reading finds no fault with what the strict one takes.
func FuzzJudge(f *testing.F) {
	type court struct {
		*Judge
		operations []*contract.Operation
	}
	var courts []court
	for _, name := range contract.Names(specs.FS) {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			f.Fatal(err)
		}
		j, err := New(c)
		if err != nil {
			f.Fatal(err)
		}
		for i, op := range c.Operations {
			for _, r := range op.Responses {
				if r.Example != nil && i%3 == 0 {
					f.Add(byte(len(courts)), byte(i), r.Status, r.MediaType, r.Example)
				}
			}
		}
		courts = append(courts, court{j, c.Operations})
	}
	f.Add(byte(0), byte(1), 200, "application/json", []byte(`{"name":1e999,"name":[1.0,-0]}`))
	f.Add(byte(1), byte(1), 422, "application/problem+json; charset=latin1", []byte("{\"\xff\":"))
	f.Fuzz(func(t *testing.T, which, operation byte, status int, media string, body []byte) {
		if status < 100 || status > 999 || len(body) > 8<<10 {
			return
		}
		c := courts[int(which)%len(courts)]
		op := c.operations[int(operation)%len(c.operations)]
		a := Answer{Operation: op.ID, Method: op.Method, Status: status, Header: http.Header{"Content-Type": {media}}, Body: body}
		strict := c.Look(a)
		if again := c.Look(a); !slices.Equal(strict, again) {
			t.Fatalf("%s: %v, then %v", op.ID, strict, again)
		}
		a.Accepting = true
		if accepting := c.Look(a); len(strict) == 0 && len(accepting) > 0 {
			t.Fatalf("%s: the strict reading takes it, the accepting one finds %v", op.ID, accepting)
		}
	})
}
