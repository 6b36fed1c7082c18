package rule_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rollcall/mockserver/rule"
)

// kinds are the rows of every kind.
func kinds() []row {
	return slices.Concat(keepOne(), undeletable(), exclusive(), first(), successor(), held(), unique(), sequence(),
		reference(), copied(), lowers(), ordered(), reserved(), function(),
		immutable(), transition(), requiredIf(), kept(), restrict(), cascade(), limit())
}

// TestEveryKindMeetsEveryEvent holds that the set is closed in the tests, too: each kind
// that the package declares has a row in which a record is deleted and one in which it is
// written. Which events a rule is asked about is data, so that no kind may take one ill.
func TestEveryKindMeetsEveryEvent(t *testing.T) {
	met := map[string]bool{}
	for _, r := range kinds() {
		name := reflect.TypeOf(r.kind).Name()
		met[name+" deletes"] = met[name+" deletes"] || r.after == ""
		met[name+" writes"] = met[name+" writes"] || r.after != ""
	}
	declared := declaredKinds(t)
	for _, name := range declared {
		if !met[name+" deletes"] || !met[name+" writes"] {
			t.Errorf("kind %s has no row that writes or none that deletes: write both", name)
		}
	}
	if len(met) != 2*len(declared) {
		t.Errorf("rows are of %v, the package declares %v", slices.Sorted(maps.Keys(met)), declared)
	}
}

// declaredKinds lists the types of the package that have the method Fields.
func declaredKinds(t *testing.T) (all []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "Fields" && f.Recv != nil {
				all = append(all, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	return all
}

// TestFields holds which members each kind is checked for when a table is compiled.
func TestFields(t *testing.T) {
	for _, row := range []struct {
		name string
		kind rule.Kind
		want string
	}{
		{"KeepOne", rule.KeepOne{Group: team()}, "team"},
		{"Immutable", rule.Immutable{Members: []string{"name", "team"}}, "name team"},
		{"Transition", rule.Transition{Field: "state"}, "state"},
		{"RequiredIf", rule.RequiredIf{Field: "price", If: "state"}, "price state"},
		{"Kept", rule.Kept{Field: "state"}, "state"},
		{"Restrict", rule.Restrict{Named: rule.Named{Table: "owner", Index: "by dog", Key: "name"}}, "name"},
		{"Cascade", rule.Cascade{Named: rule.Named{Table: "owner", Index: "by dog"}}, ""},
		{"Limit", rule.Limit{Group: team(), Most: 2}, "team"},
		{"Undeletable", rule.Undeletable{Field: "lead"}, "lead"},
		{"Exclusive", rule.Exclusive{Group: team(), Field: "lead"}, "team lead"},
		{"First", rule.First{Group: team(), Field: "lead"}, "team lead"},
		{"Successor", rule.Successor{Group: team(), Field: "lead"}, "team lead"},
		{"Held", rule.Held{Group: team(), Field: "lead"}, "team lead"},
		{"Unique in a group", rule.Unique{Field: "name", Within: "team"}, "name team"},
		{"Unique", rule.Unique{Field: "name"}, "name"},
		{"Sequence", rule.Sequence{Field: "rank", Within: "team"}, "rank team"},
		{"Reference", rule.Reference{Field: "owner", Within: "town"}, "owner town"},
		{"Copied", rule.Copied{Field: "owner", Within: "town", Members: []rule.Pair{{To: "ownerName", From: "name"}}},
			"owner town ownerName"},
		{"Lowers", rule.Lowers{From: "since", Key: "owner"}, "since owner"},
		{"Ordered", rule.Ordered{From: "since", Until: "until"}, "since until"},
		{"Reserved", rule.Reserved{Members: []string{"pay"}, Field: "job"}, "job pay"},
		{"Func", rule.Func{Reads: []string{"name"}}, "name"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := strings.Join(row.kind.Fields(), " "); got != row.want {
				t.Errorf("it reads %s, want %s", got, row.want)
			}
		})
	}
}
