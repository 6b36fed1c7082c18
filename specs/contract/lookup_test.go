package contract

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestNamesAreTheFoldersWithADocument(t *testing.T) {
	fsys := fstest.MapFS{"b/openapi.yaml": {}, "a/openapi.yaml": {}, "c/other.yaml": {}, "model.go": {}}
	if got := Names(fsys); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("names are %v", got)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"getUser", "getUsers", "deleteUserRole"}
	for _, row := range []struct{ word, want string }{
		{"getUser", "getUser"}, {"getUsrs", "getUsers"}, {"deleteUserRoles", "deleteUserRole"},
		{"createWard", ""}, {"", ""},
	} {
		if got := Nearest(row.word, names); got != row.want {
			t.Errorf("nearest to %q is %q, want %q", row.word, got, row.want)
		}
	}
}

func TestLookupsSayWhatIsUnknown(t *testing.T) {
	c := goodContract(t)
	if _, ok := c.Operation("nope"); ok {
		t.Error("operation nope is known")
	}
	if _, ok := c.Requirement("nope"); ok {
		t.Error("requirement nope is known")
	}
	op, _ := c.Operation("updatePet")
	if r, ok := op.Response(404); !ok || r.Status != 404 {
		t.Error("404 is unknown")
	}
	if _, ok := op.Response(500); ok {
		t.Error("500 is known")
	}
	if (&Operation{Responses: []*Response{{Status: 400}}}).Success() != nil {
		t.Error("400 is a success")
	}
}

func TestSchemaLookupsReachThroughAllOf(t *testing.T) {
	base := &Schema{Required: []string{"a"}, Properties: []*Property{{"a", &Schema{Type: "string"}}, {"b", &Schema{Type: "string"}}}}
	whole := &Schema{AllOf: []*Schema{base}, Required: []string{"c"}, Properties: []*Property{{"b", &Schema{Type: "integer"}}, {"c", &Schema{}}}}
	var names []string
	for _, p := range whole.Flat() {
		names = append(names, p.Name+":"+p.Schema.Type)
	}
	if !slices.Equal(names, []string{"a:string", "b:integer", "c:"}) {
		t.Errorf("flat is %v", names)
	}
	if b, ok := whole.Property("b"); !ok || b.Type != "integer" {
		t.Error("the schema's own property does not win")
	}
	if _, ok := whole.Property("z"); ok {
		t.Error("property z is known")
	}
	if !whole.IsRequired("a") || !whole.IsRequired("c") || whole.IsRequired("b") {
		t.Error("required is wrong")
	}
	if _, ok := (*Schema)(nil).Property("a"); ok || (*Schema)(nil).IsRequired("a") || (*Schema)(nil).Flat() != nil {
		t.Error("no schema has members")
	}
}
