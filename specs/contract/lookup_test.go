package contract

import (
	"fmt"
	"slices"
	"strings"
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

func TestJudgedKnowsWhatTheCatalogueAccepts(t *testing.T) {
	c := &Contract{Requirements: []*Requirement{
		{Operations: []string{"make"}, Expect: Expect{Status: 200, Accept: []int{200, 201, 500}}},
		{Operations: []string{"make"}, Expect: Expect{Status: 422, Accept: []int{202, 409, 422}}},
		{Operations: []string{"make"}, Expect: Expect{Status: 302, Accept: []int{302, 303}}},
		{Operations: []string{"make"}, Expect: Expect{Status: 400, Accept: []int{400, 418}}, Check: "negative_data_rejection"},
	}}
	op := &Operation{ID: "make", Responses: []*Response{{Status: 200}, {Status: 400}, {Status: 422}}}
	for _, row := range []struct {
		name   string
		status int
		strict bool
		want   int // 0 = none
	}{
		{"documented", 400, true, 400}, {"documented, accepting", 400, false, 400},
		{"accepted", 201, false, 200}, {"accepted, strict", 201, true, 0},
		{"accepted refusal", 409, false, 422}, {"accepted success of a refusal's row", 202, false, 200},
		{"of a class without documents", 303, false, 0}, {"of no row", 204, false, 0},
		{"server error", 500, false, 0}, {"of a derived row", 418, false, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, ok := c.Judged(op, row.status, row.strict)
			if ok != (row.want != 0) || ok && got.Status != row.want {
				t.Errorf("judged by %+v", got)
			}
		})
	}
	if _, ok := c.Judged(&Operation{ID: "other", Responses: op.Responses}, 201, false); ok {
		t.Error("what one operation may answer is accepted of another")
	}
}

func TestSchemaLookupsReachThroughAllOf(t *testing.T) {
	base := &Schema{Required: []string{"a"}, Properties: []*Property{{"a", &Schema{Type: "string"}},
		{"b", &Schema{Type: "string"}}}}
	whole := &Schema{AllOf: []*Schema{base}, Required: []string{"c"},
		Properties: []*Property{{"b", &Schema{Type: "integer"}}, {"c", &Schema{}}}}
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

// Fits says what CheckValue says, and members are found alike among few and among many.
func TestFitsSaysWhatCheckValueSays(t *testing.T) {
	names := make([]string, 40)
	for i := range names {
		names[i] = fmt.Sprintf("m%d: {type: string, minLength: 2}", i)
	}
	many := "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get: {operationId: a, responses: {'200': " +
		"{description: Ok., content: {application/json: {schema: {type: object, required: [m0, m39], properties: {" +
		strings.Join(names, ", ") + "}}}}}}}\n"
	s := mustOpen(t, many).Operations[0].Success().Schema
	for body, want := range map[string]bool{`{"m0":"ab","m39":"ab"}`: true, `{"m0":"ab"}`: false, `{"m0":"a","m39":"ab"}`: false,
		`{"m0":1e999999999,"m39":"ab"}`: false, `{`: false, `{"m0":"ab","m0":"ab","m39":"ab"}`: false,
		`{"m0":"ab","m39":"ab","x":1}`: true} {
		if got := s.Fits([]byte(body)); got != want || got != (len(s.CheckValue([]byte(body))) == 0) {
			t.Errorf("%s fits: %t", body, got)
		}
	}
	if _, ok := s.Property("m17"); !ok || !s.IsRequired("m39") || s.IsRequired("m17") {
		t.Error("a member is not found")
	}
	if _, ok := s.Property("x"); ok {
		t.Error("a member is found that is none")
	}
}
