package mockserver

import (
	"testing"

	"rollcall/mockserver/behavior"
	"rollcall/specs/contract"
)

// TestWithoutNulls holds which nulls of an answer a reader may miss: those of members that
// the document has and does not ask for, wherever they stand.
func TestWithoutNulls(t *testing.T) {
	text := &contract.Schema{Type: "string", Nullable: true}
	owner := &contract.Schema{Type: "object", Required: []string{"name"},
		Properties: []*contract.Property{{Name: "name", Schema: text}, {Name: "phone", Schema: text}}}
	base := &contract.Schema{Type: "object", Required: []string{"id"},
		Properties: []*contract.Property{{Name: "id", Schema: text}}}
	pet := &contract.Schema{AllOf: []*contract.Schema{base}, Properties: []*contract.Property{
		{Name: "note", Schema: text}, {Name: "owner", Schema: owner},
		{Name: "friends", Schema: &contract.Schema{Type: "array", Items: owner}},
	}}
	o := &contract.Operation{Responses: []*contract.Response{
		{Status: 200, Schema: pet}, {Status: 201, Schema: &contract.Schema{Type: "array", Items: pet}}, {Status: 204},
		{Status: 400, Schema: &contract.Schema{OneOf: []*contract.Schema{owner}, AnyOf: []*contract.Schema{base}}},
	}}
	for _, row := range []struct {
		name, body, want string
		status           int
	}{
		{"nothing null", `{"id":"1","note":"x"}`, `{"id":"1","note":"x"}`, 200},
		{"one that nobody asks for", `{"id":"1","note":null}`, `{"id":"1"}`, 200},
		{"the first of several", `{"note":null,"id":"1","owner":null}`, `{"id":"1"}`, 200},
		{"one that a part asks for", `{"id":null,"note":null}`, `{"id":null}`, 200},
		{"one that the document does not have", `{"id":"1","age":null}`, `{"id":"1","age":null}`, 200},
		{"below", `{"id":"1","owner":{"name":null,"phone":null}}`, `{"id":"1","owner":{"name":null}}`, 200},
		{"in a list", `{"id":"1","friends":[{"name":"a","phone":null},null,{"name":null}]}`,
			`{"id":"1","friends":[{"name":"a"},null,{"name":null}]}`, 200},
		{"a list of them", `[{"id":null,"note":null},{"id":"2"}]`, `[{"id":null},{"id":"2"}]`, 201},
		{"empty", `{"friends":[],"owner":{}}`, `{"friends":[],"owner":{}}`, 200},
		{"texts and numbers as they were written", `{"id":"a\u0041<","note":1.50e1}`, `{"id":"a\u0041<","note":1.50e1}`, 200},
		{"of alternatives", `{"name":null,"phone":null,"id":null}`, `{"name":null,"id":null}`, 400},
		{"an answer without a schema", `{"note":null}`, `{"note":null}`, 204},
		{"an answer that is not documented", `{"note":null}`, `{"note":null}`, 500},
		{"no JSON", `{"note":null`, `{"note":null`, 200},
		{"no body", ``, ``, 200},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := string(withoutNulls(o, behavior.Answer{Status: row.status, Body: []byte(row.body)})); got != row.want {
				t.Errorf("it is %s, want %s", got, row.want)
			}
		})
	}
}
