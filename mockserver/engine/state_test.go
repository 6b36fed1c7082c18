package engine_test

import (
	"slices"
	"testing"

	"rollcall/mockserver/defect"
)

// TestWritesThatGoWrong holds what each defect of a write does to all that is there: to
// the record that was named, and to those that were not.
func TestWritesThatGoWrong(t *testing.T) {
	rename := call{op: "updatePet", pet: "p2", body: `{"name":"Flo"}`}
	flo := []string{
		`- pet p2 {"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false} {"house":"north"}`,
		`+ pet p2 {"id":"p2","name":"Flo","kind":"cat","chief":false,"late":false} {"house":"north"}`,
	}
	made := `+ pet p6 {"id":"p6","name":"Flo","kind":"dog","late":false} {"house":"north"}`
	zoe, zoeTouched := `- `+
		rows()[3], `+ pet p1 {"id":"p1","name":"Zoe (touched)","kind":"dog","chief":true,"late":false} {"house":"north"}`
	cy, cyTouched := `- `+
		rows()[5], `+ pet p3 {"id":"p3","name":"Cy (touched)","kind":"dog","chief":false,"late":false} {"house":"north"}`
	v1, v2 := `- `+rows()[8], `- `+rows()[9]
	create := call{op: "createPet", body: `{"name":"Flo"}`}
	dropVisit := call{op: "deleteVisit", pet: "p2", visit: "v1"}
	neighbour := func(what string) defect.Defect { return defect.Defect{Op: defect.Neighbour, Value: what} }
	for _, row := range []struct {
		name    string
		defect  defect.Defect
		call    call
		changes []string
	}{
		{"nothing", defect.Defect{Op: defect.Code}, rename, flo},
		{"a create, and nothing", defect.Defect{Op: defect.Code}, create, []string{made}},
		{"lost", defect.Defect{Op: defect.Lose}, rename, nil},
		{"lost in another operation", defect.Defect{Op: defect.Lose, Operations: []string{"createPet"}}, rename, flo},
		{"the one before changed", neighbour("changed:previous"), rename, append([]string{zoe, zoeTouched}, flo...)},
		{"the one before deleted", neighbour("deleted:previous"), rename, append([]string{zoe}, flo...)},
		{"the one behind changed", neighbour("changed:next"), rename, append([]string{cy, cyTouched}, flo...)},
		{"the one behind deleted", neighbour("deleted:next"), rename, append([]string{cy}, flo...)},
		{"the one before a new one, of its house and not deleted", neighbour("changed:previous"), create,
			[]string{cy, cyTouched, made}},
		{"none behind a new one", neighbour("changed:next"), create, []string{made}},
		{"the parent changed", neighbour("changed:parent"), dropVisit, []string{
			`- pet p2 {"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false} {"house":"north"}`,
			`+ pet p2 {"id":"p2","name":"Bo (touched)","kind":"cat","chief":false,"late":false} {"house":"north"}`, v1}},
		{"the one behind under the same parent", neighbour("deleted:next"), dropVisit, []string{v1, v2}},
		{"one under another parent, where there is no other", neighbour("deleted:previous"),
			call{op: "deleteVisit", pet: "p3", visit: "v3"},
			[]string{v2, `- ` + rows()[10]}},
		{"none of nobody's", neighbour("changed:parent"), rename, flo},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := opened(t, row.defect)
			before := s.state()
			if a := s.do(row.call); a.Status >= 300 {
				t.Fatalf("it is answered with %d %s", a.Status, a.Body)
			}
			got := difference(before, s.state())
			slices.Sort(got)
			want := slices.Sorted(slices.Values(row.changes))
			if !slices.Equal(got, want) {
				t.Errorf("it changes\n%q\nwant\n%q", got, want)
			}
		})
	}
}

// TestReadsThatGoWrong holds what each defect of a request or of a read does to the answer
// that follows a write.
func TestReadsThatGoWrong(t *testing.T) {
	pet := call{op: "getPet", pet: "p2"}
	rename := call{op: "updatePet", pet: "p2", body: `{"name":"Flo","kind":"dog"}`}
	const renamed = `{"id":"p2","name":"Flo","kind":"dog","chief":false,"late":false}`
	const bo = `{"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false}`
	for _, row := range []struct {
		name   string
		defect defect.Defect
		calls  []call
		want   string // the last answer
	}{
		{"nothing", defect.Defect{Op: defect.Code}, []call{rename, pet}, renamed},
		{"stale", defect.Defect{Op: defect.Stale}, []call{rename, pet}, bo},
		{"stale in another operation", defect.Defect{Op: defect.Stale, Operations: []string{"listPets"}},
			[]call{rename, pet}, renamed},
		{"a read that writes", defect.Defect{Op: defect.Touch, Path: "name", Value: `"Eve"`, Operations: []string{"listPets"}},
			[]call{{op: "listPets"}, {op: "getPet", pet: "p3"}},
			`{"id":"p3","name":"Eve","kind":"dog","chief":false,"late":false}`},
		{"a read that writes is answered as it was", defect.Defect{Op: defect.Touch, Path: "name", Value: `"Eve"`}, []call{pet},
			bo},
		{"a member not looked at", defect.Defect{Op: defect.Ignore, Path: "kind"}, []call{rename, pet},
			`{"id":"p2","name":"Flo","kind":"cat","chief":false,"late":false}`},
		{"a parameter not looked at", defect.Defect{Op: defect.Ignore, Path: "query:kind", Operations: []string{"listPets"}},
			[]call{{op: "deletePet", pet: "p3"}, {op: "listPets", query: "kind=cow"}},
			`{"error":"query /kind: must be \"cat\" or \"dog\""}`},
		{"a parameter not looked at, which is good", defect.Defect{Op: defect.Ignore, Path: "query:kind",
			Operations: []string{"listPets"}},
			[]call{{op: "deletePet", pet: "p3"}, {op: "listPets", query: "kind=dog"}},
			`[` + bo + `,{"id":"p1","name":"Zoe","kind":"dog","chief":true,"late":false}]`},
		{"a violation let through", defect.Defect{Op: defect.Accept, Path: "body:/kind", Value: "enum"},
			[]call{{op: "updatePet", pet: "p2", body: `{"kind":"cow","name":"Bo"}`}},
			`{"id":"p2","name":"Bo","kind":"cow","chief":false,"late":false}`},
		{"another violation", defect.Defect{Op: defect.Accept, Path: "body:/kind", Value: "type"},
			[]call{{op: "updatePet", pet: "p2", body: `{"kind":"cow","name":"Bo"}`}},
			`{"error":"body /kind: must be \"cat\" or \"dog\""}`},
		{"no JSON let through counts as nothing", defect.Defect{Op: defect.Accept, Path: "body:", Value: "json"},
			[]call{{op: "updatePet", pet: "p2", body: `{"kind"`}}, bo},
		{"a good value refused", defect.Defect{Op: defect.Refuse, Path: "/kind", Value: `"dog"`}, []call{rename},
			`{"error":"body /kind: is not wanted"}`},
		{"another good value", defect.Defect{Op: defect.Refuse, Path: "/kind", Value: `"cat"`}, []call{rename}, renamed},
		{"nothing refused", defect.Defect{Op: defect.Refuse, Path: "/chief", Value: ""}, []call{rename},
			`{"error":"body /chief: is not wanted"}`},
		{"a good parameter refused", defect.Defect{Op: defect.Refuse, Path: "query:/kind", Value: "cat"},
			[]call{{op: "listPets", query: "kind=cat"}},
			`{"error":"query /kind: is not wanted"}`},
		{"an open door", defect.Defect{Op: defect.Open}, []call{{op: "getPet", pet: "p2", key: "-"}}, bo},
		{"a door open elsewhere", defect.Defect{Op: defect.Open, Operations: []string{"listPets"}},
			[]call{{op: "getPet", pet: "p2", key: "-"}}, `{"error":"no key"}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := opened(t, row.defect)
			var got string
			for _, c := range row.calls {
				got = string(s.do(c).Body)
			}
			if got != row.want {
				t.Errorf("it is answered with\n%s\nwant\n%s", got, row.want)
			}
		})
	}
}

// TestSettings holds what happens without each setting of the table.
func TestSettings(t *testing.T) {
	for _, row := range []struct {
		name, omitted string
		call          call
		sound, broken string
	}{
		{"a default", "SHE-KIND-01/omit", call{op: "createPet", body: `{"name":"Flo"}`},
			`{"id":"p6","name":"Flo","kind":"dog","late":false}`, `{"id":"p6","name":"Flo","late":false}`},
		{"what was not sent stays", "SHE-PET-03/omit", call{op: "updatePet", pet: "p2", body: `{"name":"Flo","chief":false}`},
			`{"id":"p2","name":"Flo","kind":"cat","chief":false,"late":false}`,
			`{"id":"p2","name":"Flo","kind":"dog","chief":false,"late":false}`},
		{"a filter", "SHE-KIND-02/omit", call{op: "listPets", query: "kind=cat&deleted=true"},
			`["Bo"]`, `["Bo","Cy","Ed","Zoe"]`},
		{"the owner's alone", "SHE-HOUSE-01/omit", call{op: "listPets"}, `["Bo","Cy","Zoe"]`, `["Bo","Cy","Zoe","Di"]`},
		{"the parent's alone", "SHE-VISIT-03/omit", call{op: "listVisits", pet: "p3"}, `["ran"]`, `["ate","slept","ran"]`},
		{"one's own name", "SHE-NAME-03/omit", call{op: "updatePet", pet: "p2", body: `{"name":"Bo"}`},
			`{"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false}`,
			`{"error":"another one has the name \"Bo\" already"}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := names(opened(t).do(row.call).Body); got != row.sound {
				t.Errorf("it is answered with %s, want %s", got, row.sound)
			}
			if got := names(opened(t, known(t, row.omitted)...).do(row.call).Body); got != row.broken {
				t.Errorf("with %s it is answered with %s, want %s", row.omitted, got, row.broken)
			}
		})
	}
}
