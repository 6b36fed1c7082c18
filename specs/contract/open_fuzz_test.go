package contract

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// FuzzOpen opens documents of any kind: none makes it panic, and what it takes can be said in
// JSON and has operations with an id of their own.
func FuzzOpen(f *testing.F) {
	for _, row := range everythingForgiven() {
		f.Add(strings.Replace(brought, row.old, row.with, 1))
	}
	f.Add(strings.Replace(brought, "3.0.3", "3.1.0", 1))
	f.Add(`{"openapi":"3.0.3","paths":{"/a":{"get":{}}}}`)
	root, err := os.OpenRoot(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { root.Close() })
	f.Fuzz(func(t *testing.T, document string) {
		if len(document) > 4<<10 {
			return
		}
		b := &bundle{root: root, shown: ".", document: documentFile}
		c, err := b.brought([]byte(document), nil)
		if err != nil {
			return
		}
		if !json.Valid(c.Document) || len(c.Operations) == 0 {
			t.Fatalf("%d operations in %s", len(c.Operations), c.Document)
		}
		ids := map[string]bool{}
		for _, op := range c.Operations {
			if op.ID == "" || ids[op.ID] {
				t.Fatalf("operation %q is there twice", op.ID)
			}
			ids[op.ID] = true
			op.Success()
			op.CheckBody([]byte(`{"id": 1}`))
		}
	})
}
