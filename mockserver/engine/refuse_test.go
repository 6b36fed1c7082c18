package engine_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/engine"
)

// refusals are all places in which the engine refuses, each with a call that is refused
// there and nowhere else.
func refusals() []struct {
	name        string
	requirement string
	call        call
	status      int
	wrong       int // the status of the "code" defect
} {
	return []struct {
		name        string
		requirement string
		call        call
		status      int
		wrong       int
	}{
		{"no key", "SHE-KEY-01", call{op: "createPet", key: "-", body: `{"name":"Flo"}`}, 401, 418},
		{"no right, of which the catalogue says nothing", "SHE-ROLE-01", call{op: "deletePet", key: "helper", pet: "p2"}, 403,
			500},
		{"another media type", "SHE-TYPE-01", call{op: "createPet", body: `{"name":"Flo"}`, media: "text/plain"}, 415, 418},
		{"the document", "SHE-NAME-02", call{op: "createPet", body: `{"kind":"cat"}`}, 400, 418},
		{"a rule on create", "SHE-NAME-01", call{op: "createPet", body: `{"name":"Bo"}`}, 409, 418},
		{"a rule on update", "SHE-NAME-01", call{op: "updatePet", pet: "p3", body: `{"name":"Bo"}`}, 409, 418},
		{"a rule on delete, with the very status that is wrong elsewhere", "SHE-CHIEF-01", call{op: "deletePet", pet: "p1"}, 418,
			500},
		{"no such record, where any 4xx will do", "SHE-PET-01", call{op: "updatePet", pet: "p9", body: `{"name":"Flo"}`}, 404,
			500},
		{"no such record to delete", "SHE-PET-01", call{op: "deletePet", pet: "p9"}, 404, 500},
		{"no such record to read", "SHE-PET-01", call{op: "getPet", pet: "p9"}, 404, 500},
		{"another owner's", "SHE-HOUSE-02", call{op: "updatePet", pet: "p4", body: `{"name":"Flo"}`}, 404, 418},
		{"a deleted one read", "SHE-TRASH-01", call{op: "getPet", pet: "p5"}, 404, 418},
		{"a deleted one deleted", "SHE-TRASH-02", call{op: "deletePet", pet: "p5"}, 404, 418},
		{"no such parent", "SHE-VISIT-01", call{op: "createVisit", pet: "p9", body: `{"note":"ran"}`}, 404, 418},
		{"no such parent of a list", "SHE-VISIT-01", call{op: "listVisits", pet: "p9"}, 404, 418},
		{"another parent's", "SHE-VISIT-02", call{op: "deleteVisit", pet: "p3", visit: "v1"}, 404, 418},
		{"no such record below its parent", "SHE-VISIT-04", call{op: "deleteVisit", pet: "p3", visit: "v9"}, 404, 418},
	}
}

// TestRefuse holds what a refusal is without and with each of its defects, and that a
// defect of one operation leaves the others alone.
func TestRefuse(t *testing.T) {
	for _, row := range refusals() {
		t.Run(row.name, func(t *testing.T) {
			s := opened(t)
			reads := !s.request(row.call).Operation.Verb.Writes()
			refused(t, s, row.call, row.requirement, row.status)
			for _, d := range defectsOf(t, row.requirement) {
				s := opened(t, d)
				switch {
				case !acts(d, row.call.op):
					refused(t, s, row.call, row.requirement, row.status)
				case d.Op == defect.Omit:
					carriedOut(t, s, row.call, reads)
				case d.Op == defect.Code:
					refused(t, s, row.call, row.requirement, row.wrong)
				case reads:
					t.Errorf("a read has the defect %s", d.ID())
				default:
					before := s.state()
					a := s.do(row.call)
					if a.Status != row.status || requirement(a) != row.requirement {
						t.Errorf("with %s it is refused with %d by %q", d.ID(), a.Status, requirement(a))
					}
					if len(difference(before, s.state())) == 0 {
						t.Errorf("with %s nothing is written", d.ID())
					}
				}
			}
		})
	}
}

// refused holds that a call is refused by a requirement, with a status, and writes nothing.
func refused(t *testing.T, s *shelter, c call, by string, status int) {
	t.Helper()
	before := s.state()
	a := s.do(c)
	if a.Status != status || requirement(a) != by {
		t.Errorf("it is refused with %d by %q, want %d by %q: %s", a.Status, requirement(a), status, by, a.Body)
	}
	if changed := difference(before, s.state()); len(changed) > 0 {
		t.Errorf("it writes %q", changed)
	}
}

// carriedOut holds that a call is answered with success, and written if it is a write.
func carriedOut(t *testing.T, s *shelter, c call, reads bool) {
	t.Helper()
	before := s.state()
	a := s.do(c)
	if a.Status >= http.StatusMultipleChoices || a.Header.Get(engine.RefusalHeader) != "" {
		t.Errorf("it is answered with %d %s", a.Status, a.Body)
	}
	if wrote := len(difference(before, s.state())) > 0; wrote == reads {
		t.Errorf("it writes: %t", wrote)
	}
}

func defectsOf(t *testing.T, requirement string) []defect.Defect {
	t.Helper()
	all, err := mutants.List(opened(t).plan)
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(d defect.Defect) bool { return d.Requirement != requirement })
	if len(all) < 2 {
		t.Fatalf("%s has the defects %v only", requirement, all)
	}
	return all
}

// acts tells whether a defect of the table acts on an operation, by its name alone.
func acts(d defect.Defect, op string) bool {
	_, on, several := strings.Cut(d.Name, "@")
	return !several || on == op
}

// TestRefuseMore holds the defects of refusals that a table may list besides.
func TestRefuseMore(t *testing.T) {
	taken := call{op: "createPet", body: `{"name":"Bo"}`}
	nameless := call{op: "createPet", body: `{}`}
	for _, row := range []struct {
		name   string
		defect defect.Defect
		call   call
		status int
		by     string
		writes bool
	}{
		{"written whatever the reason", defect.Defect{Op: defect.Dirty, Operations: []string{"createPet"}},
			taken, 409, "SHE-NAME-01", true},
		{"and for another reason", defect.Defect{Op: defect.Dirty, Operations: []string{"createPet"}},
			nameless, 400, "SHE-NAME-02", true},
		{"in another operation", defect.Defect{Op: defect.Dirty, Operations: []string{"updatePet"}}, taken, 409, "SHE-NAME-01",
			false},
		{"written with that status", defect.Defect{Op: defect.Dirty, Operations: []string{"createPet"}, On: 409},
			taken, 409, "SHE-NAME-01", true},
		{"written with another", defect.Defect{Op: defect.Dirty, Operations: []string{"createPet"}, On: 400},
			taken, 409, "SHE-NAME-01", false},
		{"a rule that sees nothing in one member", defect.Defect{Requirement: "SHE-NAME-01", Op: defect.Accept,
			Path: "body:/name"}, taken, 201, "", true},
		{"in another member", defect.Defect{Requirement: "SHE-NAME-01", Op: defect.Accept, Path: "body:/kind"},
			taken, 409, "SHE-NAME-01", false},
		{"another rule", defect.Defect{Requirement: "SHE-CHIEF-01", Op: defect.Accept, Path: "body:/name"},
			taken, 409, "SHE-NAME-01", false},
		{"another requirement omitted", defect.Defect{Requirement: "SHE-NAME-02", Op: defect.Omit, OfRule: true},
			taken, 409, "SHE-NAME-01", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := opened(t, row.defect)
			before := s.state()
			a := s.do(row.call)
			if a.Status != row.status || requirement(a) != row.by {
				t.Errorf("it is answered with %d by %q, want %d by %q", a.Status, requirement(a), row.status, row.by)
			}
			if wrote := len(difference(before, s.state())) > 0; wrote != row.writes {
				t.Errorf("it writes: %t", wrote)
			}
		})
	}
}

// TestNoRefusalOfNobody holds that a refusal that nobody asks for can't be broken: a path
// or a method that the document does not have.
func TestNoRefusalOfNobody(t *testing.T) {
	s := opened(t, defect.Defect{Op: defect.Omit}, defect.Defect{Op: defect.Code}, defect.Defect{Op: defect.Dirty})
	q := s.request(call{op: "ping"})
	q.Operation, q.Miss = nil, &behavior.Refusal{Status: http.StatusNotFound, Message: "no such path"}
	if a := s.engine.Do(q); a.Status != http.StatusNotFound || string(a.Body) != `{"error":"no such path"}` {
		t.Errorf("an unknown path is answered with %d %s", a.Status, a.Body)
	}
}

// TestRefusalsTeach holds what the header tells of a refusal that the body does not.
func TestRefusalsTeach(t *testing.T) {
	for _, row := range []struct {
		name, want string
		call       call
	}{
		{"a rule",
			`{"requirement":"SHE-NAME-01","in":"body","pointer":"/name","hint":"send another name,` +
				` or change the one that has it"}`,
			call{op: "createPet", body: `{"name":"Bo"}`}},
		{"the document", `{"requirement":"SHE-NAME-02","in":"body","pointer":"/name","keyword":"minLength","openapi_line":121,` +
			`"hint":"send a request that follows the document"}`, call{op: "createPet", body: `{"name":""}`}},
		{"the document, more than once",
			`{"in":"body","pointer":"/kind","keyword":"enum","openapi_line":122,"more_violations":1,` +
				`"hint":"send a request that follows the document"}`, call{op: "createPet", body: `{"name":"","kind":"cow"}`}},
		{"a parameter, which no requirement claims", `{"in":"query","pointer":"/kind","keyword":"enum","openapi_line":21,` +
			`"hint":"send a request that follows the document"}`, call{op: "listPets", query: "kind=cow"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := opened(t).do(row.call).Header.Get(engine.RefusalHeader); got != row.want {
				t.Errorf("it tells\n%s\nwant\n%s", got, row.want)
			}
		})
	}
}

// TestTrace holds what the journal is told of a call's way.
func TestTrace(t *testing.T) {
	for _, row := range []struct {
		name, want string
		call       call
	}{
		{"carried out", "route ok, authenticate ok, authorize ok, validate ok, SHE-NAME-01 agreed, SHE-CHIEF-02 applied",
			call{op: "createPet", body: `{"name":"Flo"}`}},
		{"stopped at a stage", "route ok, authenticate refused, refusal SHE-KEY-01 no key", call{op: "createPet", key: "-"}},
		{"stopped by a rule",
			"route ok, authenticate ok, authorize ok, validate ok, SHE-CHIEF-01 refused, transaction dropped, " +
				"refusal SHE-CHIEF-01 a chief pet can't be deleted", call{op: "deletePet", pet: "p1"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := opened(t)
			q := s.request(row.call)
			q.Trace = &engine.Trace{}
			s.engine.Do(q)
			var steps []string
			for _, step := range q.Trace.Steps {
				steps = append(steps, step.Name+" "+step.Verdict)
			}
			if got := strings.Join(steps, ", "); got != row.want {
				t.Errorf("it went %s, want %s", got, row.want)
			}
		})
	}
}
