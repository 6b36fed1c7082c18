package defect_test

import (
	"strings"
	"testing"

	"rollcall/mockserver/defect"
)

func all() []defect.Defect {
	return []defect.Defect{
		{Requirement: "PET-1", Op: defect.Omit, OfRule: true},
		{Requirement: "PET-2", Op: defect.Omit, Name: "omit@get", Operations: []string{"get"}, OfRule: true},
		{Requirement: "PET-2", Op: defect.Omit, Name: "omit@put", Operations: []string{"put"}, OfRule: true},
		{Requirement: "PET-3", Op: defect.Drop, Name: "drop:Name", Operations: []string{"get", "list"}},
		{Requirement: "PET-3", Op: defect.Dirty, Operations: []string{"put"}},
	}
}

func ids(found ...defect.Defect) string {
	var names []string
	for _, d := range found {
		names = append(names, d.ID())
	}
	return strings.Join(names, " ")
}

// TestOn holds which defect of a requirement acts: that of a rule in its operations alone,
// any other wherever the requirement is asked about.
func TestOn(t *testing.T) {
	for _, row := range []struct {
		name, requirement, operation string
		ops                          []defect.Op
		want                         string
	}{
		{"of one operation", "PET-1", "get", []defect.Op{defect.Omit}, "PET-1/omit"},
		{"of this operation", "PET-2", "put", []defect.Op{defect.Omit}, "PET-2/omit@put"},
		{"of no such operation", "PET-2", "list", []defect.Op{defect.Omit}, ""},
		{"outside any", "PET-2", "", []defect.Op{defect.Omit}, "PET-2/omit@get"},
		{"with another operator", "PET-1", "get", []defect.Op{defect.Code}, ""},
		{"with one of several", "PET-1", "get", []defect.Op{defect.Code, defect.Omit}, "PET-1/omit"},
		{"of another requirement", "PET-4", "get", []defect.Op{defect.Omit}, ""},
		{"of no rule, in another operation", "PET-3", "get", []defect.Op{defect.Dirty}, "PET-3/dirty"},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, ok := defect.NewActive(all()...).On(row.requirement, row.operation, row.ops...)
			if got := strings.TrimPrefix(ids(d), "/"); got != row.want || ok != (row.want != "") {
				t.Errorf("it is %q, want %q", got, row.want)
			}
		})
	}
}

// TestAt holds which defects act in an operation, whatever their requirement.
func TestAt(t *testing.T) {
	for _, row := range []struct {
		name, operation string
		ops             []defect.Op
		want            string
	}{
		{"its own", "list", []defect.Op{defect.Drop, defect.Dirty}, "PET-3/drop:Name"},
		{"those of all operations, too", "put", []defect.Op{defect.Omit}, "PET-1/omit PET-2/omit@put"},
		{"none", "list", []defect.Op{defect.Dirty}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := ids(defect.NewActive(all()...).At(row.operation, row.ops...)...); got != row.want {
				t.Errorf("they are %q, want %q", got, row.want)
			}
		})
	}
}

// TestNothingIsActive holds that a server without defects needs no set.
func TestNothingIsActive(t *testing.T) {
	var none *defect.Active
	if _, on := none.On("PET-1", "", defect.Omit); on || none.Any() || none.At("get", defect.Drop) != nil ||
		defect.NewActive().Any() {
		t.Error("something is active in nothing")
	}
	if !defect.NewActive(all()...).Any() {
		t.Error("nothing is active in something")
	}
}

func TestFind(t *testing.T) {
	for _, row := range []struct{ name, names, want, err string }{
		{"none", "", "", ""},
		{"by its operator", "PET-1/omit", "PET-1/omit", ""},
		{"by its name, in any letters", "pet-3/DROP:name PET-2/omit@put", "PET-3/drop:Name PET-2/omit@put", ""},
		{"an unknown one", "PET-1/omit PET-1/emit", "",
			"no defect is called \"PET-1/emit\"; `rollcall list defects` prints them all"},
		{"by an operator that is not its name", "PET-3/drop", "",
			"no defect is called \"PET-3/drop\"; `rollcall list defects` prints them all"},
	} {
		t.Run(row.name, func(t *testing.T) {
			found, err := defect.NewCatalogue(all()).Find(strings.Fields(row.names))
			said := ""
			if err != nil {
				said = err.Error()
			}
			if got := ids(found...); got != row.want || said != row.err {
				t.Errorf("it finds %q and says %q, want %q and %q", got, said, row.want, row.err)
			}
		})
	}
}
