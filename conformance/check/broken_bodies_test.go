package check_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"rollcall/conformance/check"
	"rollcall/conformance/internal/toy"
	"rollcall/specs"
	"rollcall/specs/contract"
)

func TestMutationsOfTheToy(t *testing.T) {
	op, _ := toy.Contract(t).Operation("createThing")
	body := []byte(`{"name":"lamp","kind":"plain","size":3,"note":"n","made":"2024-01-31"}` + "\n")
	if found := op.CheckBody(body); len(found) > 0 {
		t.Fatalf("the body itself is broken: %v", found)
	}
	var got []string
	for _, mutation := range check.BrokenBodies(op.Body.Schema, body, "abcd") {
		got = append(got, mutation.Pointer+" "+mutation.Keyword)
		if found := op.CheckBody(mutation.Body); len(found) == 0 {
			t.Errorf("%s %s is no fault: %s", mutation.Pointer, mutation.Keyword, mutation.Body)
		}
	}
	want := []string{
		" json", " type", " null", "/name required", "/kind required",
		"/name type", "/name null", "/name minLength", "/name maxLength",
		"/kind type", "/kind null", "/kind enum",
		"/size type", "/size null", "/size integer", "/size minimum", "/size format int32",
		"/note type", "/made type", "/made null", "/made format date",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// What the checks call a fault in a request is one to the contract's own
// validators too, which read the same schema by another way.
func TestMutationsOfTheRealContracts(t *testing.T) {
	for _, name := range contract.Names(specs.FS) {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			t.Logf("%s does not load yet: %v", name, err)
			continue
		}
		for _, op := range c.Operations {
			if op.Body == nil {
				continue
			}
			body := skeleton(op.Body.Schema, 0)
			for _, mutation := range check.BrokenBodies(op.Body.Schema, body, "abcd") {
				if found := op.CheckBody(mutation.Body); len(found) == 0 {
					t.Errorf("%s %s: %s %s is no fault: %s", name, op.ID, mutation.Pointer, mutation.Keyword, mutation.Body)
				}
			}
		}
	}
}

// Each keyword about multiples and items that differ is broken alone, and only where something can break it.
func TestMultiplesAndUnlikeItemsAreBroken(t *testing.T) {
	half, one, two, low, high, most := 0.5, 1.0, 2.0, 3.0, 8.0, int64(3)
	text := &contract.Schema{Type: "string"}
	for _, row := range []struct {
		name, body string
		schema     *contract.Schema
		want       []string
	}{
		{"a number", "1.5", &contract.Schema{Type: "number", MultipleOf: &half}, []string{" multipleOf"}},
		{"an integer", "4", &contract.Schema{Type: "integer", MultipleOf: &two}, []string{" integer", " multipleOf"}},
		{"any integer", "4", &contract.Schema{Type: "integer", MultipleOf: &one}, []string{" integer"}},
		{"within bounds", "4", &contract.Schema{Type: "integer", MultipleOf: &two, Minimum: &low, Maximum: &high},
			[]string{" integer", " multipleOf", " minimum", " maximum"}},
		{"a set", `["a"]`, &contract.Schema{Type: "array", UniqueItems: true, MaxItems: &most, Items: text},
			[]string{" uniqueItems", " maxItems"}},
		{"a set of listed values", `["a"]`, &contract.Schema{Type: "array", UniqueItems: true, MaxItems: &most,
			Items: &contract.Schema{Type: "string", Enum: []any{"a", "b", "c"}}}, []string{" uniqueItems"}},
		{"a set of one", `["a"]`, &contract.Schema{Type: "array", UniqueItems: true, MaxItems: new(int64), Items: text},
			[]string{" maxItems"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			op := &contract.Operation{Body: &contract.Body{Schema: row.schema}}
			var got []string
			for _, broken := range check.BrokenBodies(row.schema, []byte(row.body), "abcd") {
				if broken.Pointer != "" || broken.Keyword == "json" || broken.Keyword == "type" || broken.Keyword == "null" {
					continue
				}
				got = append(got, " "+broken.Keyword)
				if found := op.CheckBody(broken.Body); len(found) != 1 {
					t.Errorf("%s: %s breaks %v", broken.Keyword, broken.Body, found)
				}
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// Of very many members some are broken, the first and the last among them, so that the bodies of a schema of a
// thousand members don't take a thousand times as much as one; and the case says so.
func TestManyMembersAreSampled(t *testing.T) {
	for _, n := range []int{100, 101, 5000} {
		schema, members := &contract.Schema{Type: "object"}, map[string]any{}
		for i := range n {
			name := fmt.Sprintf("m%04d", i)
			schema.Required = append(schema.Required, name)
			schema.Properties = append(schema.Properties,
				&contract.Property{Name: name, Schema: &contract.Schema{Type: "string"}})
			members[name] = "text"
		}
		body, err := json.Marshal(members)
		if err != nil {
			t.Fatal(err)
		}
		left := map[string]bool{}
		for _, broken := range check.BrokenBodies(schema, body, "abcd") {
			if broken.Keyword == "required" {
				left[broken.Pointer] = true
			}
		}
		want := map[int]int{100: 100, 101: 100, 5000: 39}[n]
		if len(left) != want || !left["/m0000"] || !left[fmt.Sprintf("/m%04d", n-1)] {
			t.Errorf("of %d members %d are left out", n, len(left))
		}
	}
}
