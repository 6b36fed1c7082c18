package behavior_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/rule"
)

// idle is a kind that neither checks nor completes anything.
type idle struct{}

func (idle) Fields() []string { return nil }

// TestCompileSaysWhatIsWrong holds, of each thing that can be wrong in a table, the one
// complaint that it gives: what is wrong, where, and what was perhaps meant.
func TestCompileSaysWhatIsWrong(t *testing.T) {
	c := shelter(t)
	for _, row := range []struct {
		name  string
		spoil func(*behavior.API)
		want  string
	}{
		{"nothing", func(*behavior.API) {}, ""},
		{"a resource twice", func(a *behavior.API) {
			a.Resources = append(a.Resources, behavior.Resource{Name: "visit", Schema: "Visit", Nest: a.Resources[1].Nest})
		}, `shelter: resource "visit" is declared twice`},
		{"a variant that is not listed", func(a *behavior.API) { a.Resources[1].Wrap.Loose = "wrapped" },
			`shelter: resource "visit" is wrapped by the variant "wrapped", which is not among the Variants of the table`},
		{"pages without an envelope", func(a *behavior.API) {
			a.Operations[1].Verb = behavior.List{Index: "by name", Page: &behavior.Paging{}}
		},
			`shelter: operation listPets has pages and no envelope to write them in`},
		{"a schema that is nowhere", func(a *behavior.API) { a.Resources[1].Schema = "Vizit" },
			`shelter: resource "visit" follows schema "Vizit", which no answer of the document uses`},
		{"a rule of no requirement", func(a *behavior.API) { a.Rules[0].Requirement = "SHE-NAME-10" },
			`shelter: rule SHE-NAME-10 on pet names requirement "SHE-NAME-10",` +
				` which the catalogue does not have; did you mean SHE-NAME-01?`},
		{"a rule of a requirement like no other", func(a *behavior.API) { a.Rules[0].Requirement = "nonsense" },
			`shelter: rule nonsense on pet names requirement "nonsense", which the catalogue does not have`},
		{"a rule on no resource", func(a *behavior.API) { a.Rules[0].On = "pets" },
			`shelter: rule SHE-NAME-01 on pets: there is no resource "pets"`},
		{"a rule on no member", func(a *behavior.API) { a.Rules[0].Kind = rule.Unique{Field: "nmae", Within: "house"} },
			`shelter: rule SHE-NAME-01 on pet: resource "pet" has no member "nmae"`},
		{"a rule among no members", func(a *behavior.API) { a.Rules[0].Kind = rule.Unique{Field: "name", Within: "home"} },
			`shelter: rule SHE-NAME-01 on pet: resource "pet" has no member "home"`},
		{"a rule of no kind", func(a *behavior.API) { a.Rules[0].Kind = idle{} },
			`shelter: rule SHE-NAME-01 on pet: its kind neither checks nor completes a change`},
		{"an operation that is not in the document", func(a *behavior.API) {
			a.Operations = append(a.Operations, behavior.Operation{ID: "feedPet", Resource: "pet", Verb: behavior.Create{}})
		}, `shelter: operation feedPet is not in the document`},
		{"an operation twice", func(a *behavior.API) { a.Operations = append(a.Operations, a.Operations[1]) },
			`shelter: operation listPets has two rows`},
		{"an operation on no resource", func(a *behavior.API) { a.Operations[7].Resource = "visits" },
			`shelter: operation createVisit: there is no resource "visits"`},
		{"an operation without a row", func(a *behavior.API) { a.Operations = a.Operations[:8] },
			`shelter: operation deleteVisit (openapi.yaml:103) has no behavior; add a row to the table`},
		{"several things at once", func(a *behavior.API) { a.Resources[1].Schema, a.Rules[0].On = "Vizit", "pets" },
			`shelter: resource "visit" follows schema "Vizit", which no answer of the document uses` + "\n" +
				`shelter: rule SHE-NAME-01 on pets: there is no resource "pets"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			api := table()
			row.spoil(&api)
			plan, err := behavior.Compile(c, &api)
			says(t, err, row.want)
			if (plan == nil) != (err != nil) {
				t.Error("there is a plan of a wrong table, or none of a right one")
			}
		})
	}
}

// TestDefectsSayWhatIsWrong is the same for what only a mock that breaks something needs.
func TestDefectsSayWhatIsWrong(t *testing.T) {
	c := shelter(t)
	for _, row := range []struct {
		name  string
		spoil func(*behavior.API)
		want  string
	}{
		{"nothing", func(*behavior.API) {}, ""},
		{"a setting of no requirement", func(a *behavior.API) { a.Resources[0].Owner.Lists = "SHE-HOUSE-10" },
			`shelter: defect SHE-HOUSE-10/omit names requirement "SHE-HOUSE-10",` +
				` which the catalogue does not have; did you mean SHE-HOUSE-01?`},
		{"a setting of a verb", func(a *behavior.API) { a.Operations[3].Refuses = "SHE-PET-10" }, strings.Join([]string{
			`shelter: defect SHE-PET-10/omit names requirement "SHE-PET-10",` +
				` which the catalogue does not have; did you mean SHE-PET-01?`,
			`shelter: defect SHE-PET-10/code names requirement "SHE-PET-10",` +
				` which the catalogue does not have; did you mean SHE-PET-01?`,
			`shelter: defect SHE-PET-10/dirty names requirement "SHE-PET-10",` +
				` which the catalogue does not have; did you mean SHE-PET-01?`}, "\n")},
		{"a setting of a value that functions work by", func(a *behavior.API) {
			a.Uses = []any{&behavior.Paging{Links: "SHE-KIND-10"}, map[string]behavior.By{"a": "SHE-KIND-11"}}
		},
			`shelter: defect SHE-KIND-10/omit names requirement "SHE-KIND-10",` +
				` which the catalogue does not have; did you mean SHE-KIND-01?` + "\n" +
				`shelter: defect SHE-KIND-11/omit names requirement "SHE-KIND-11",` +
				` which the catalogue does not have; did you mean SHE-KIND-01?`},
		{"a break of no operation", func(a *behavior.API) {
			a.Breaks = []defect.Defect{{Requirement: "SHE-LATE-01", Op: defect.Drop, Path: "late",
				Operations: []string{"getPets"}}}
		}, `shelter: break SHE-LATE-01/drop names operation "getPets", which has no row`},
		{"an excuse of no requirement", func(a *behavior.API) { a.Excuses = map[string]string{"SHE-KIND-09": "so"} },
			`shelter: an excuse names requirement "SHE-KIND-09", which the catalogue does not have; did you mean SHE-KIND-01?`},
		{"an excuse of an operation of no requirement",
			func(a *behavior.API) { a.Excuses = map[string]string{"SHE-KIND-09@getPet": "so"} },
			`shelter: an excuse names requirement "SHE-KIND-09", which the catalogue does not have; did you mean SHE-KIND-01?`},
		{"an excuse of no defect", func(a *behavior.API) { a.Excuses = map[string]string{"SHE-KIND-01/emit": "so"} },
			"shelter: an excuse names defect \"SHE-KIND-01/emit\", which there is not; `rollcall list defects` prints them all"},
	} {
		t.Run(row.name, func(t *testing.T) {
			api := table()
			row.spoil(&api)
			plan, err := behavior.Compile(c, &api)
			if err != nil {
				t.Fatal(err)
			}
			_, err = mutants.List(plan)
			says(t, err, row.want)
		})
	}
}

func says(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil {
		err = errors.New("")
	}
	if err.Error() != want {
		t.Errorf("it says\n%s\nwant\n%s", err, want)
	}
}

// TestDefectsOfTheTable holds which defects each sort of row gives: of the operations of
// its requirement those that it is about, and no dirty read.
func TestDefectsOfTheTable(t *testing.T) {
	api := table()
	plan, err := behavior.Compile(shelter(t), &api)
	if err != nil {
		t.Fatal(err)
	}
	all, err := mutants.List(plan)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ name, requirement, want string }{
		{"a rule that refuses", "SHE-NAME-01",
			"omit@createPet omit@updatePet code@createPet code@updatePet dirty@createPet dirty@updatePet"},
		{"what a rule's kind asks", "SHE-NAME-03", "omit"},
		{"a rule that completes", "SHE-CHIEF-02", "omit@createPet omit@updatePet"},
		{"a claim", "SHE-NAME-02", "omit code dirty"},
		{"a setting", "SHE-LATE-01", "omit"},
		{"a default", "SHE-KIND-01", "omit"},
		{"a filter of a verb", "SHE-KIND-02", "omit"},
		{"a setting of a verb", "SHE-PET-02", "omit"},
		{"a refusal of three operations, each with its row", "SHE-PET-01",
			"omit@getPet code@getPet omit@updatePet code@updatePet dirty@updatePet omit@deletePet code@deletePet " +
				"dirty@deletePet"},
		{"a refusal of a read", "SHE-TRASH-01", "omit code"},
		{"the media type", "SHE-TYPE-01", "omit code dirty"},
		{"a scope", "SHE-ROLE-01", "omit code dirty"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			for _, d := range all {
				if d.Requirement == row.requirement {
					got = append(got, strings.TrimPrefix(d.ID(), row.requirement+"/"))
				}
			}
			slices.Sort(got)
			want := strings.Fields(row.want)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("it gives %s, want %s", got, want)
			}
		})
	}
}

// TestUnbreakable holds what the linter is told: pairs without a defect of their own.
func TestUnbreakable(t *testing.T) {
	ofCatalogue := func(line string) bool { return !strings.Contains(line, "-DOC-") }
	for _, row := range []struct {
		name  string
		spoil func(*behavior.API)
		want  []string
	}{
		{"all have one", func(*behavior.API) {}, nil},
		{"a setting gone", func(a *behavior.API) { a.Enforces = nil },
			[]string{"SHE-LATE-01: no defect breaks it on getPet alone, and the table gives no reason"}},
		{"one operation of several gone", func(a *behavior.API) { a.Operations[3].Refuses = "" },
			[]string{"SHE-PET-01: no defect breaks it on getPet alone, and the table gives no reason"}},
		{"a reason for the requirement",
			func(a *behavior.API) { a.Enforces, a.Excuses = nil, map[string]string{"SHE-LATE-01": "so"} }, nil},
		{"a reason for the operation",
			func(a *behavior.API) { a.Enforces, a.Excuses = nil, map[string]string{"SHE-LATE-01@getPet": "so"} }, nil},
		{"what breaks several at once proves none", func(a *behavior.API) {
			a.Rules = a.Rules[1:]
			a.Excuses["SHE-NAME-03"] = "it went with the rule"
			a.Breaks = []defect.Defect{{Requirement: "SHE-NAME-01", Op: defect.Lose,
				Operations: []string{"createPet", "updatePet"}}}
		}, []string{
			"SHE-NAME-01: no defect breaks it on createPet alone, and the table gives no reason",
			"SHE-NAME-01: no defect breaks it on updatePet alone, and the table gives no reason"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			api := table()
			row.spoil(&api)
			plan, err := behavior.Compile(shelter(t), &api)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, line := range mutants.Unbreakable(plan) {
				if ofCatalogue(line) {
					got = append(got, line)
				}
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("it lists %q, want %q", got, row.want)
			}
		})
	}
}
