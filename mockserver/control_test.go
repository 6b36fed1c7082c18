package mockserver

import (
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/fixtures"
	"rollcall/mockserver/admin"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/internal/journal"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// shelterAPI serves the shelter of testdata to everybody; pets live in a state of another name.
func shelterAPI() behavior.API {
	id := behavior.Stamp{Field: "id", Make: func(_ *behavior.Call, r *store.Record) string { return rule.Text(r.ID) }}
	none := behavior.Func{Run: func(*behavior.Call) (behavior.Answer, *behavior.Refusal) {
		return behavior.Answer{Status: http.StatusNoContent}, nil
	}}
	byID := []store.Index{{Name: "by id", Key: func(r *store.Record) string { return r.ID }}}
	return behavior.API{
		Contract: "shelter", State: "animals", Stages: []behavior.Stage{behavior.Route, behavior.Validate},
		Resources: []behavior.Resource{{Name: "pet", Schema: "Pet", IDPrefix: "p", Indexes: byID, Stamps: []behavior.Stamp{id}}},
		Operations: []behavior.Operation{
			{ID: "ping", Verb: none}, {ID: "listPets", Resource: "pet", Verb: behavior.List{Index: "by id"}},
			{ID: "createPet", Resource: "pet", Verb: behavior.Create{}},
			{ID: "getPet", Resource: "pet", Verb: behavior.Get{Param: "petId"}},
			{ID: "updatePet", Resource: "pet", Verb: behavior.Update{Param: "petId"}},
			{ID: "deletePet", Resource: "pet", Verb: behavior.Delete{Param: "petId"}},
			{ID: "listVisits", Verb: none}, {ID: "createVisit", Verb: none}, {ID: "deleteVisit", Verb: none},
		},
		Invalid: func(contract.Violation) int { return http.StatusBadRequest },
		Render: func(_ *behavior.Call, ref *behavior.Refusal) behavior.Answer {
			return behavior.Answer{Status: ref.Status, Body: []byte(`{}`)}
		},
	}
}

// shelter starts a server of one pet, whose clock stands at nine.
func shelter(t *testing.T) *Server {
	t.Helper()
	c, err := contract.Load(os.DirFS("testdata"), "shelter")
	if err != nil {
		t.Fatal(err)
	}
	api := shelterAPI()
	plan, err := behavior.Compile(c, &api)
	if err != nil {
		t.Fatal(err)
	}
	m, err := newMount(plan, nil, true, true)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := store.NewSchema(plan.Tables)
	if err != nil {
		t.Fatal(err)
	}
	w := store.New(schema)
	err = w.Update(func(tx *store.Tx) error {
		tx.Put("pet", store.NewRecord("p0", []byte(`{"id":"p0","name":"Ada"}`), []byte(`{"secret":1}`)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	nine := func() time.Time { return time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC) }
	s := &Server{config: Config{Now: nine, Seed: 7, Size: fixtures.Small, MaxWorlds: 9, JournalSize: 9, WorldIdle: time.Hour,
		Log: slog.New(slog.DiscardHandler)}, mounts: []*mount{m},
		worlds: map[string]*world{}, scratch: scratchPool(), ids: idEncoding(), started: nine(),
		data: map[string]*fixtures.Dataset{"animals": {}}}
	s.origin = &world{states: map[string]*store.State{"animals": w}, journal: journal.New(0, "", nil)}
	s.worlds[defaultWorld] = s.origin.fork(s, defaultWorld)
	s.admin = admin.New(control{s}, "")
	return s
}

// ask sends a request to a server and gives status and body of the answer.
func ask(s *Server, method, path, body string) (int, string) {
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, q)
	return w.Code, strings.TrimSpace(w.Body.String())
}

// pets lists the names of the pets of a world, as the control API's data has them.
func pets(s *Server, world string) string {
	_, body := ask(s, "GET", "/__admin/worlds/"+world+"/data/shelter/pet", "")
	return gjson.Get(body, "records.#.name").Raw
}

func TestData(t *testing.T) {
	s := shelter(t)
	ask(s, "POST", "/pets", `{"name":"Bo"}`)
	for _, row := range []struct {
		name, path string
		status     int
		want       string
	}{
		{"all of a table, without what is private", "default/data/shelter/pet", 200,
			`{"keys":["p0","p2q3ny7ugdv4t"],"records":[{"id":"p0","name":"Ada"},{"id":"p2q3ny7ugdv4t","name":"Bo"}],"total":2}`},
		{"no such world", "w9/data/shelter/pet", 404, `{"error":"there is no such world, contract or table"}`},
		{"no such contract", "default/data/kennel/pet", 404, `{"error":"there is no such world, contract or table"}`},
		{"no such table", "default/data/shelter/dog", 404, `{"error":"there is no such world, contract or table"}`},
		{"a state is no contract", "default/data/animals/pet", 404, `{"error":"there is no such world, contract or table"}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			if status, body := ask(s, "GET", "/__admin/worlds/"+row.path, ""); status != row.status || body != row.want {
				t.Errorf("it is answered with %d %s, want %d %s", status, body, row.status, row.want)
			}
		})
	}
}

func TestCoverageOfCalls(t *testing.T) {
	s := shelter(t)
	for _, c := range [][3]string{
		{"POST", "/pets", `{"name":"Bo"}`}, {"POST", "/pets", `{}`}, {"GET", "/pets/p0"},
		{"GET", "/pets/p9"}, {"GET", "/pets/p8"},
		{"GET", "/nothing"}, {"PATCH", "/pets"}, {"OPTIONS", "/pets"}, {"GET", "/__admin/health"},
	} {
		ask(s, c[0], c[1], c[2])
	}
	want := map[string]int{"shelter createPet 201": 1, "shelter createPet 400": 1,
		"shelter getPet 200": 1, "shelter getPet 404": 2,
		"shelter (no operation) 404": 1, "shelter (no operation) 405": 1, "shelter (no operation) 204": 1}
	got := map[string]int{}
	_, body := ask(s, "GET", "/__admin/coverage", "")
	for name, n := range gjson.Get(body, "answers").Map() {
		got[name] = int(n.Int())
	}
	if !maps.Equal(got, want) {
		t.Errorf("it counts %v, want %v", got, want)
	}
}

// TestWorldsOfTheControl holds what each order makes of the worlds: state, clock and
// journal of the one that it names, and of no other.
func TestWorldsOfTheControl(t *testing.T) {
	const ada, two = `["Ada"]`, `["Ada","Bo"]`
	for _, row := range []struct {
		name   string
		orders []string
		status int
		worlds string
		pets   map[string]string
	}{
		{"none", nil, 0, `["default"]`, map[string]string{"default": two}},
		{"a new one is as it was generated", []string{"POST /worlds"}, 201, `["default","w1"]`,
			map[string]string{"default": two, "w1": ada}},
		{"one made of another", []string{`POST /worlds {"from":"default"}`}, 201, `["default","w1"]`,
			map[string]string{"default": two, "w1": two}},
		{"a fork", []string{`POST /worlds/default/fork`}, 201, `["default","w1"]`, map[string]string{"default": two, "w1": two}},
		{"one of none", []string{`POST /worlds {"from":"w9"}`}, 404, `["default"]`, map[string]string{"default": two}},
		{"deleted", []string{"POST /worlds", "POST /worlds", "DELETE /worlds/w1"}, 204, `["default","w2"]`,
			map[string]string{"default": two, "w2": ada}},
		{"deleted, and its name is not given again", []string{"POST /worlds", "DELETE /worlds/w1", "POST /worlds"},
			201, `["default","w2"]`, nil},
		{"the default one stays", []string{"DELETE /worlds/default"}, 404, `["default"]`, map[string]string{"default": two}},
		{"one that is not there", []string{"DELETE /worlds/w1"}, 404, `["default"]`, map[string]string{"default": two}},
		{"reset", []string{"POST /worlds/default/fork", "POST /reset"}, 204, `["default","w1"]`,
			map[string]string{"default": ada, "w1": two}},
		{"reset, another", []string{"POST /worlds/default/fork", "POST /reset?world=w1"}, 204, `["default","w1"]`,
			map[string]string{"default": two, "w1": ada}},
		{"reset of none", []string{"POST /reset?world=w1"}, 404, `["default"]`, map[string]string{"default": two}},
		{"restored from another", []string{"POST /worlds", `POST /worlds/default/restore {"from":"w1"}`}, 204, `["default","w1"]`,
			map[string]string{"default": ada, "w1": ada}},
		{"restored from none", []string{`POST /worlds/default/restore {"from":"w1"}`}, 404, `["default"]`,
			map[string]string{"default": two}},
		{"an order that can't be read", []string{`POST /worlds {"form":"default"}`}, 400, `["default"]`,
			map[string]string{"default": two}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := shelter(t)
			ask(s, "POST", "/pets", `{"name":"Bo"}`)
			status := 0
			for _, order := range row.orders {
				part := append(strings.SplitN(order, " ", 3), "")
				status, _ = ask(s, part[0], "/__admin"+part[1], part[2])
			}
			_, listed := ask(s, "GET", "/__admin/worlds", "")
			if worlds := gjson.Get(listed, "worlds").Raw; status != row.status || worlds != row.worlds {
				t.Errorf("it is answered with %d, and there are %s, want %d and %s", status, worlds, row.status, row.worlds)
			}
			for world, want := range row.pets {
				if got := pets(s, world); got != want {
					t.Errorf("in world %s are %s, want %s", world, got, want)
				}
			}
		})
	}
}

// TestClockAndJournalOfTheControl holds that both are each world's own, and that they go
// with its state.
func TestClockAndJournalOfTheControl(t *testing.T) {
	s := shelter(t)
	advance := func(world, want string) {
		t.Helper()
		if _, body := ask(s, "PUT", "/__admin/worlds/"+world+"/clock", `{"advance_ms":3600000}`); gjson.Get(body,
			"now").Str != want {
			t.Errorf("the clock of %s is %s, want %s", world, body, want)
		}
	}
	journal := func(world string, want ...string) {
		t.Helper()
		_, body := ask(s, "GET", "/__admin/worlds/"+world+"/requests", "")
		var got []string
		for _, r := range gjson.Get(body, "requests").Array() {
			got = append(got, r.Get("operation").Str+" "+r.Get("status").Raw+" "+r.Get("at").Str)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the journal of %s is %q, want %q", world, got, want)
		}
	}
	advance("default", "2026-11-25T10:00:00Z")
	ask(s, "POST", "/__admin/worlds", `{"from":"default"}`)
	advance("w1", "2026-11-25T11:00:00Z")
	advance("default", "2026-11-25T11:00:00Z")
	ask(s, "GET", "/pets", "")
	ask(s, "GET", "/__worlds/w1/pets/p9", "")
	journal("default", "listPets 200 2026-11-25T11:00:00Z")
	journal("w1", "getPet 404 2026-11-25T11:00:00Z")
	ask(s, "POST", "/__admin/worlds/w1/reset", "")
	journal("w1")
	journal("default", "listPets 200 2026-11-25T11:00:00Z")
	advance("w1", "2026-11-25T10:00:00Z")
	if status, _ := ask(s, "PUT", "/__admin/worlds/w9/clock", `{"advance_ms":1}`); status != http.StatusNotFound {
		t.Errorf("the clock of no world is answered with %d", status)
	}
}

func TestSettingsAndHealth(t *testing.T) {
	s := shelter(t)
	if _, body := ask(s, "GET", "/__admin/settings", ""); body != `{"auth":true,"defects":[],"seed":7,"size":40,"variants":[]}` {
		t.Errorf("the settings are %s", body)
	}
	_, body := ask(s, "GET", "/__admin/health", "")
	if gjson.Get(body, "contracts").Raw != `["shelter"]` || gjson.Get(body, "uptime_ms").Raw != "0" ||
		gjson.Get(body, "memory.heap_bytes").Int() == 0 || gjson.Get(body, "world_idle_ms").Int() != 3_600_000 {
		t.Errorf("the health is %s", body)
	}
}
