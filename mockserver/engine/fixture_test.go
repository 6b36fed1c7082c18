package engine_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/engine"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// morning is when the shelter's clock begins.
func morning() time.Time { return time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC) }

// loaded is the contract, read once.
var loaded = sync.OnceValues(func() (*contract.Contract, error) { return contract.Load(os.DirFS("../testdata"), "shelter") })

// table is how the shelter of ../testdata does what it says.
func table() behavior.API {
	return behavior.API{
		Contract:   "shelter",
		Stages:     []behavior.Stage{behavior.Route, behavior.Authenticate, behavior.Authorize, behavior.Validate},
		Resources:  []behavior.Resource{pets(), visits(), {Name: "key"}},
		Operations: operations(),
		Rules: []behavior.Rule{
			{Requirement: "SHE-NAME-01", On: "pet", When: rule.Write,
				Kind: rule.Unique{Field: "name", Within: "house", Self: "SHE-NAME-03"}},
			{Requirement: "SHE-CHIEF-01", On: "pet", When: rule.Delete, Kind: rule.Undeletable{Field: "chief", What: "pet"}},
			{Requirement: "SHE-CHIEF-02", On: "pet", When: rule.Write,
				Kind: rule.Exclusive{Group: rule.Group{Within: "house", Index: "by name"}, Field: "chief"}},
		},
		Attributions: []behavior.Attribution{{Requirement: "SHE-NAME-02", Operations: []string{"createPet"}, Pointer: "/name"}},
		Enforces:     []behavior.By{"SHE-LATE-01"},
		Refuses:      []behavior.Denies{"SHE-KEY-01"},
		Media:        "SHE-TYPE-01",
		Ticks:        []behavior.Tick{{Resource: "pet", Index: "by day", Due: due}},
		Authenticate: func(c *behavior.Call) (*store.Record, *behavior.Refusal) {
			key, _ := c.Reader().Get("key", c.Request.Header.Get("Authorization"))
			if key == nil {
				return nil, &behavior.Refusal{Requirement: "SHE-KEY-01", Status: http.StatusUnauthorized, In: "header",
					Message: "no key", Hint: "send one"}
			}
			return key, nil
		},
		Guest: func(c *behavior.Call) *store.Record { key, _ := c.Reader().Get("key", "warden"); return key },
		Authorize: func(c *behavior.Call, o behavior.Operation) *behavior.Refusal {
			if o.Scope == "" || c.Actor.ID == o.Scope {
				return nil
			}
			return &behavior.Refusal{Requirement: string(o.Asks), Status: http.StatusForbidden,
				Message: "no warden", Hint: "be one"}
		},
		Invalid: func(contract.Violation) int { return http.StatusBadRequest },
		Render: func(_ *behavior.Call, ref *behavior.Refusal) behavior.Answer {
			return behavior.Answer{Status: ref.Status, Body: []byte(`{"error":` + rule.Text(ref.Message) + `}`)}
		},
	}
}

func pets() behavior.Resource {
	return behavior.Resource{
		Name: "pet", Schema: "Pet", IDPrefix: "p", Private: []string{"house"},
		Owner:    behavior.Owner{Field: "house", Lists: "SHE-HOUSE-01", Items: "SHE-HOUSE-02"},
		Stamps:   []behavior.Stamp{{Field: "id", Make: idOf}},
		Defaults: []behavior.Default{{Field: "kind", Value: `"dog"`, By: "SHE-KIND-01"}},
		Trash: behavior.Trash{Field: "deletedAt", Items: "SHE-TRASH-01", Twice: "SHE-TRASH-02",
			Param: "deleted", Hidden: "SHE-TRASH-03"},
		Compute: late,
		Indexes: []store.Index{
			{Name: "by name", Key: func(r *store.Record) string { return store.Key(r.String("house"), r.String("name")) }},
			{Name: "by day", Key: due},
		},
	}
}

func visits() behavior.Resource {
	return behavior.Resource{
		Name: "visit", Schema: "Visit", IDPrefix: "v", Stamps: []behavior.Stamp{{Field: "id", Make: idOf}},
		Nest: behavior.Nest{Resource: "pet", Param: "petId", Field: "petId", Index: "by pet",
			Parents: "SHE-VISIT-01", Items: "SHE-VISIT-02", Lists: "SHE-VISIT-03"},
		Indexes: []store.Index{{Name: "by pet", Key: func(r *store.Record) string { return store.Key(r.String("petId")) }}},
	}
}

func operations() []behavior.Operation {
	kind := behavior.Filter{Param: "kind", By: "SHE-KIND-02",
		Keep: func(_ *behavior.Call, value string) func(*store.Record) bool {
			return func(r *store.Record) bool { return r.String("kind") == value }
		}}
	return []behavior.Operation{
		{ID: "ping", Verb: behavior.Func{Run: func(*behavior.Call) (behavior.Answer, *behavior.Refusal) {
			return behavior.Answer{Status: http.StatusNoContent}, nil
		}}},
		{ID: "listPets", Resource: "pet", Verb: behavior.List{Index: "by name", Filters: []behavior.Filter{kind}}},
		{ID: "createPet", Resource: "pet", Verb: behavior.Create{}},
		{ID: "getPet", Resource: "pet", Verb: behavior.Get{Param: "petId"}, Refuses: "SHE-PET-01"},
		{ID: "updatePet", Resource: "pet", Verb: behavior.Update{Param: "petId", Partial: "SHE-PET-03"}, Refuses: "SHE-PET-01"},
		{ID: "deletePet", Resource: "pet", Verb: behavior.Delete{Param: "petId", Gone: "SHE-PET-02"}, Refuses: "SHE-PET-01",
			Scope: "warden", Asks: "SHE-ROLE-01"},
		{ID: "listVisits", Resource: "visit", Verb: behavior.List{Index: "by pet"}},
		{ID: "createVisit", Resource: "visit", Verb: behavior.Create{}},
		{ID: "deleteVisit", Resource: "visit", Verb: behavior.Delete{Param: "visitId"}, Refuses: "SHE-VISIT-04"},
	}
}

func idOf(_ *behavior.Call, r *store.Record) string { return rule.Text(r.ID) }

// due is the day of a pet's checkup, until it is late.
func due(r *store.Record) string {
	if r.Get("late").Bool() || r.String("checkup") == "" {
		return "never"
	}
	return r.String("checkup")
}

// late completes a pet: whether its checkup has come.
func late(c behavior.Basis, r *store.Record) *store.Record {
	is := r.String("checkup") != "" && r.String("checkup") <= c.Today() && c.Holds("SHE-LATE-01")
	doc := string(r.Document())
	if old := r.Get("late"); old.Exists() {
		return r.With([]byte(strings.Replace(doc, `"late":`+old.Raw, `"late":`+strconv.FormatBool(is), 1)))
	}
	return r.With([]byte(strings.TrimSuffix(doc, "}") + `,"late":` + strconv.FormatBool(is) + `}`))
}

// shelter is a server of the contract without a network.
type shelter struct {
	t      *testing.T
	plan   *behavior.Plan
	engine *engine.Engine
	world  *store.State
	now    time.Time
}

// NewID numbers new records from their prefix on.
func (s *shelter) NewID(prefix string, ordinal uint64) string {
	return prefix + strconv.FormatUint(ordinal, 10)
}

// Spend lets everybody call.
func (s *shelter) Spend(string, int, time.Time) time.Duration { return 0 }

// Variant says that none is on.
func (s *shelter) Variant(string) bool { return false }

// rows are what is there: five pets of two houses, in this order, and visits of two of them.
func rows() []string {
	return []string{
		`key warden {"house":"north"}`, `key helper {"house":"north"}`, `key south {"house":"south"}`,
		`pet p1 {"id":"p1","name":"Zoe","kind":"dog","chief":true,"late":false} {"house":"north"}`,
		`pet p2 {"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false} {"house":"north"}`,
		`pet p3 {"id":"p3","name":"Cy","kind":"dog","chief":false,"late":false} {"house":"north"}`,
		`pet p4 {"id":"p4","name":"Di","kind":"dog","chief":false,"late":false} {"house":"south"}`,
		`pet p5 {"id":"p5","name":"Ed","kind":"dog","chief":false,"late":false} {"house":"north",` +
			`"deletedAt":"2026-11-01T00:00:00Z"}`,
		`visit v1 {"id":"v1","note":"ate"} {"petId":"p2"}`, `visit v2 {"id":"v2","note":"slept"} {"petId":"p2"}`,
		`visit v3 {"id":"v3","note":"ran"} {"petId":"p3"}`,
	}
}

// opened starts a shelter with what is there, and with defects.
func opened(t *testing.T, defects ...defect.Defect) *shelter {
	t.Helper()
	return furnished(t, rows(), defects...)
}

func furnished(t *testing.T, rows []string, defects ...defect.Defect) *shelter {
	t.Helper()
	api := table()
	c, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	plan, err := behavior.Compile(c, &api)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := store.NewSchema(plan.Tables)
	if err != nil {
		t.Fatal(err)
	}
	s := &shelter{t: t, plan: plan, engine: engine.New(plan, defects...), world: store.New(schema), now: morning()}
	err = s.world.Update(func(tx *store.Tx) error {
		for _, row := range rows {
			part := append(strings.SplitN(row, " ", 4), "{}")
			tx.Put(part[0], store.NewRecord(part[1], []byte(part[2]), []byte(part[3])))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.world = s.world.Fork() // so that nothing was before it
	return s
}

// known finds defects of the shelter's table by name.
func known(t *testing.T, names ...string) []defect.Defect {
	t.Helper()
	all, err := mutants.List(opened(t).plan)
	if err != nil {
		t.Fatal(err)
	}
	found, err := defect.NewCatalogue(all).Find(names)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// call is one request.
type call struct {
	op    string
	pet   string // path parameters
	visit string
	query string
	key   string // "" is the warden's, "-" none
	body  string
	media string // "" is JSON
}

// Get gives a path parameter.
func (c call) Get(name string) string {
	return map[string]string{"petId": c.pet, "visitId": c.visit}[name]
}

// request is the call as it comes in.
func (s *shelter) request(c call) engine.Request {
	s.t.Helper()
	op, ok := s.plan.Operation(c.op)
	if !ok {
		s.t.Fatalf("there is no operation %s", c.op)
	}
	q := httptest.NewRequest(op.Contract.Method, "/pets?"+c.query, nil)
	if c.body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	if c.media != "" {
		q.Header.Set("Content-Type", c.media)
	}
	if c.key == "" {
		c.key = "warden"
	}
	q.Header.Set("Authorization", c.key)
	return engine.Request{HTTP: q, Body: []byte(c.body), State: s.world, Operation: op, Path: c, Now: s.now, Born: morning(),
		Server: s}
}

func (s *shelter) do(c call) behavior.Answer {
	s.t.Helper()
	return s.engine.Do(s.request(c))
}

// state lists all that is there but the keys, as rows.
func (s *shelter) state() (all []string) {
	for _, table := range []string{"pet", "visit"} {
		for _, r := range s.world.View().Everything(table) {
			all = append(all, table+" "+r.ID+" "+string(r.Document())+" "+string(r.Private()))
		}
	}
	return all
}

// difference lists what has come, with +, and what has gone, with -.
func difference(before, after []string) (all []string) {
	for _, row := range before {
		if !slices.Contains(after, row) {
			all = append(all, "- "+row)
		}
	}
	for _, row := range after {
		if !slices.Contains(before, row) {
			all = append(all, "+ "+row)
		}
	}
	return all
}

// requirement is what an answer tells of the requirement that it refuses by.
func requirement(a behavior.Answer) string {
	return gjson.Get(a.Header.Get(engine.RefusalHeader), "requirement").String()
}
