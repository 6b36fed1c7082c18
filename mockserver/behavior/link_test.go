package behavior_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// call gives a call in a world where team 7 is {"id":7} and person p-1 is there.
func call(t *testing.T) *behavior.Call {
	t.Helper()
	s, err := store.NewSchema([]store.Table{{Name: "team"}, {Name: "person"}})
	if err != nil {
		t.Fatal(err)
	}
	w := store.New(s)
	if err := w.Update(func(tx *store.Tx) error {
		tx.Put("team", store.NewRecord("7", []byte(`{"id":7}`), nil))
		tx.Put("person", store.NewRecord("p-1", []byte(`{"name":"Una"}`), nil))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return &behavior.Call{State: w.View()}
}

func TestExpand(t *testing.T) {
	links := []behavior.Link{
		{Member: "team", Table: "team"},
		{Member: "owner", Table: "person",
			Form: func(to []byte, r *store.Record) []byte { return append(append(to, r.ID[2:]...), ".5"...) }},
		{Member: "notes", Each: []behavior.Link{{Member: "by", Table: "person"}}},
	}
	for _, row := range []struct{ name, doc, want string }{
		{"nothing", `{}`, `{}`},
		{"no link", `{"a":{"team":7},"b":["team",7]}`, `{"a":{"team":7},"b":["team",7]}`},
		{"a number", `{"team":7,"z":1}`, `{"team":{"id":7},"z":1}`},
		{"a text", `{"owner":"p-1"}`, `{"owner":1.5}`},
		{"null", `{"team":null,"owner":null}`, `{"team":null,"owner":null}`},
		{"names nothing", `{"team":8,"a":true}`, `{"team":null,"a":true}`},
		{"the same again", `{"x":"team","team":7,"y":"\\\"team\\\":7"}`, `{"x":"team","team":{"id":7},"y":"\\\"team\\\":7"}`},
		{"brackets in texts", `{"a":"}],{","b":{"c":"]}"},"team":7}`, `{"a":"}],{","b":{"c":"]}"},"team":{"id":7}}`},
		{"a list", `{"notes":[{"by":"p-1"},{"by":null}],"team":7}`,
			`{"notes":[{"by":{"name":"Una"}},{"by":null}],"team":{"id":7}}`},
		{"white space", " { \"team\" : 7 , \"a\" : [ 1 , 2 ] } ", `{"team":{"id":7},"a":[1,2]}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got, want any
			raw := behavior.Expand(call(t), nil, row.doc, links)
			if err := json.Unmarshal(raw, &got); err != nil {
				t.Fatalf("%s: %v", raw, err)
			}
			if err := json.Unmarshal([]byte(row.want), &want); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %s, want %s", raw, row.want)
			}
		})
	}
}
