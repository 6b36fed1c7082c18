package engine_test

import (
	"slices"
	"testing"

	"github.com/tidwall/gjson"
)

// names gives of a list the names or notes alone.
func names(body []byte) string {
	if list := gjson.ParseBytes(body); list.IsArray() {
		if notes := list.Get("#.note"); len(notes.Array()) > 0 {
			return notes.Raw
		}
		return list.Get("#.name").Raw
	}
	return string(body)
}

// TestTrash holds that a deleted record is kept with the time, hidden, and that nothing
// else is touched.
func TestTrash(t *testing.T) {
	s := opened(t)
	before := s.state()
	if a := s.do(call{op: "deletePet", pet: "p2"}); a.Status != 204 || len(a.Body) > 0 {
		t.Fatalf("it is answered with %d %s", a.Status, a.Body)
	}
	want := []string{
		`- pet p2 {"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false} {"house":"north"}`,
		`+ pet p2 {"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false} {"house":"north",` +
			`"deletedAt":"2026-11-25T09:00:00Z"}`,
	}
	if got := difference(before, s.state()); !slices.Equal(got, want) {
		t.Errorf("it changes %q, want %q", got, want)
	}
	for _, row := range []struct {
		name, by, list string
		call           call
	}{
		{"read", "SHE-TRASH-01", "", call{op: "getPet", pet: "p2"}},
		{"changed", "SHE-PET-01", "", call{op: "updatePet", pet: "p2", body: `{"name":"Flo"}`}},
		{"deleted again", "SHE-TRASH-02", "", call{op: "deletePet", pet: "p2"}},
		{"listed", "", `["Cy","Zoe"]`, call{op: "listPets"}},
		{"listed on demand", "", `["Bo","Cy","Ed","Zoe"]`, call{op: "listPets", query: "deleted=true"}},
		{"listed on other demand", "", `["Cy","Zoe"]`, call{op: "listPets", query: "deleted=false"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := s.do(row.call)
			if requirement(a) != row.by || row.list != "" && names(a.Body) != row.list {
				t.Errorf("it is answered with %d by %q: %s", a.Status, requirement(a), names(a.Body))
			}
		})
	}
}

// TestTrashDefects holds the two settings of the trash: without one a list shows what is
// in it, without the other nothing gets there.
func TestTrashDefects(t *testing.T) {
	for _, row := range []struct{ name, defect, list string }{
		{"none", "SHE-KIND-01/omit", `["Cy","Zoe"]`},
		{"lists hide nothing", "SHE-TRASH-03/omit", `["Bo","Cy","Ed","Zoe"]`},
		{"a deletion does nothing", "SHE-PET-02/omit", `["Bo","Cy","Zoe"]`},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := opened(t, known(t, row.defect)...)
			s.do(call{op: "deletePet", pet: "p2"})
			if got := names(s.do(call{op: "listPets"}).Body); got != row.list {
				t.Errorf("the list is %s, want %s", got, row.list)
			}
		})
	}
}

// TestDeleteWithoutTrash holds that where there is none, the record is gone and no other.
func TestDeleteWithoutTrash(t *testing.T) {
	s := opened(t)
	before := s.state()
	s.do(call{op: "deleteVisit", pet: "p2", visit: "v1"})
	if got, want := difference(before,
		s.state()), []string{`- visit v1 {"id":"v1","note":"ate"} {"petId":"p2"}`}; !slices.Equal(got, want) {
		t.Errorf("it changes %q, want %q", got, want)
	}
}
