package main_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// brokenAnswer is a way to be wrong that somebody could be by mistake, and the
// requirements that must fail for it.
type brokenAnswer struct {
	name  string
	fault fault
	want  []string
}

// brokenAnswers are chosen by hand, to say something about the suite that the
// mock's own defects can't: those are read by the code that they spoil.
func brokenAnswers(target func() suite.Target) []brokenAnswer {
	wards, ward := "GET /api/wards", "GET /api/wards/*"
	return []brokenAnswer{
		{"a member is missing", spoil(ward, members(func(m map[string]any) { delete(m, "latitude") })),
			[]string{"COU-WARD-03", "COU-DOC-getWard-response_schema_conformance"}},
		{"200 for 201", spoil("POST /api/wards", status(201, 200)),
			[]string{"COU-WARD-04", "COU-DOC-createWard-status_code_conformance"}},
		{"a list that lags behind", stale("GET /api/categories", "POST /api/categories"), []string{"COU-CAT-01"}},
		{"a list without its last", spoil(wards, list(func(all []any) []any { return all[:max(0, len(all)-1)] })),
			[]string{"COU-WARD-01"}},
		{"a list backwards", spoil(wards, list(func(all []any) []any { slices.Reverse(all); return all })),
			[]string{"COU-WARD-02"}},
		{"a refusal without error", spoil("* /api/wards/*", members(func(m map[string]any) { rename(m, "error", "message") })),
			[]string{"COU-GEN-08"}},
		{"the password comes back", leakPassword, []string{"COU-USER-04"}},
		{"text/html", spoil(ward, func(a *answer) { a.header.Set("Content-Type", "text/html") }),
			[]string{"COU-GEN-12", "COU-DOC-getWard-content_type_conformance"}},
		{"the other tenant's record is found", leakTenant(target), []string{"COU-GEN-10"}},
		{"suggest is not found",
			spoil("GET /api/categories/suggest", func(a *answer) { a.status, a.body = 404, []byte(`{"error":"no"}`) }),
			[]string{"COU-SUG-01", "COU-SUG-09"}},
		{"null for a time", spoil("GET /api/users", members(func(m map[string]any) { m["createdAt"] = nil })),
			[]string{"COU-USER-03", "COU-DOC-listUsers-response_schema_conformance"}},
		{"a time without a zone", spoil(ward, members(func(m map[string]any) { m["createdAt"] = "2024-03-01T10:00:00" })),
			[]string{"COU-GEN-13"}},
		{"200 for 405", spoil("* /api/wards", status(405, 200)), []string{"COU-DOC-listWards-unsupported_method"}},
		{"500 for 404", spoil(ward, status(404, 500)),
			[]string{"COU-WARD-14", "COU-DOC-getWard-status_code_conformance-inferred"}},
		{"refused and written", writeRefused, []string{"COU-WARD-06"}},
		{"an update is answered and not made", forgetUpdate, []string{"COU-WARD-20"}},
		{"a bad value is put right", mendLatitude, []string{"COU-WARD-11"}},
		{"who asks is not asked", letIn(target), []string{"COU-GEN-01", "COU-DOC-listWards-ignored_auth"}},
		{"JSON with something behind", spoil(ward, func(a *answer) { a.body = append(a.body, '}') }),
			[]string{"COU-DOC-getWard-response_schema_conformance"}},
	}
}

func status(from, to int) func(*answer) {
	return func(a *answer) {
		if a.status == from {
			a.status = to
		}
	}
}

func rename(members map[string]any, from, to string) {
	if value, ok := members[from]; ok {
		delete(members, from)
		members[to] = value
	}
}

// stale answers a list as it was before the last creation.
func stale(list, create string) fault {
	var before sync.Map
	return func(r *http.Request, ask func(*http.Request) *answer) *answer {
		world := r.Header.Get("Rollcall-World")
		if asked(r, create) {
			look := r.Clone(r.Context())
			look.Method, look.Body = "GET", http.NoBody
			before.Store(world, ask(look).body)
		}
		got := ask(r)
		if old, ok := before.Load(world); ok && asked(r, list) {
			got.body = old.([]byte)
		}
		return got
	}
}

func leakPassword(r *http.Request, ask func(*http.Request) *answer) *answer {
	sent := read(r)
	got := ask(r)
	if asked(r, "POST /api/users") {
		var password any
		anew(r, sent, func(m map[string]any) { password = m["password"] })
		members(func(m map[string]any) { m["note"] = password })(got)
	}
	return got
}

// leakTenant looks for what is not found as the caller of another tenant.
func leakTenant(target func() suite.Target) fault {
	return func(r *http.Request, ask func(*http.Request) *answer) *answer {
		got := ask(r)
		if got.status == 404 && r.Method == "GET" {
			return ask(as(r, target().Personas["second-tenant"]))
		}
		return got
	}
}

// letIn calls on behalf of who does not say who it is.
func letIn(target func() suite.Target) fault {
	return func(r *http.Request, ask func(*http.Request) *answer) *answer {
		if got := ask(r); got.status != 401 || r.Method != "GET" {
			return got
		}
		return ask(as(r, target().Personas[suite.DefaultPersona]))
	}
}

func as(r *http.Request, persona suite.Persona) *http.Request {
	again := r.Clone(r.Context())
	for name, value := range persona.Headers {
		again.Header.Set(name, value)
	}
	return again
}

// writeRefused makes a ward of another name when the name is taken.
func writeRefused(r *http.Request, ask func(*http.Request) *answer) *answer {
	sent := read(r)
	got := ask(r)
	if asked(r, "POST /api/wards") && got.status == 409 {
		ask(anew(r, sent, func(m map[string]any) { m["name"] = m["name"].(string) + " again" }))
	}
	return got
}

// forgetUpdate answers an update as if it had been made, and takes it back.
func forgetUpdate(r *http.Request, ask func(*http.Request) *answer) *answer {
	if !asked(r, "PATCH /api/wards/*") {
		return ask(r)
	}
	before := r.Clone(r.Context())
	before.Method, before.Body = "GET", http.NoBody
	was := ask(before)
	got := ask(r)
	ask(anew(r, was.body, func(m map[string]any) {
		for _, owned := range []string{"id", "tenantId", "createdAt", "updatedAt"} {
			delete(m, owned)
		}
	}))
	return got
}

// mendLatitude moves a latitude that is none onto the globe.
func mendLatitude(r *http.Request, ask func(*http.Request) *answer) *answer {
	if !asked(r, "POST /api/wards") {
		return ask(r)
	}
	return ask(anew(r, read(r), func(m map[string]any) {
		if latitude, ok := m["latitude"].(float64); ok {
			m["latitude"] = min(latitude, 90)
		}
	}))
}

func TestBrokenAnswersAreCaught(t *testing.T) {
	var target suite.Target
	for _, row := range brokenAnswers(func() suite.Target { return target }) {
		t.Run(row.name, func(t *testing.T) {
			var c *contract.Contract
			c, target = broken(t, "council", row.fault)
			for _, result := range decided(t, c, target, row.want) {
				if result.Verdict != reports.Fail && result.Verdict != reports.Missed {
					t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
				}
			}
		})
	}
}

// TestUnbrokenAnswersPass is the control: what fails above fails for the fault.
func TestUnbrokenAnswersPass(t *testing.T) {
	var only []string
	for _, row := range brokenAnswers(nil) {
		only = append(only, row.want...)
	}
	c, target := broken(t, "council", func(r *http.Request, ask func(*http.Request) *answer) *answer { return ask(r) })
	for _, result := range decided(t, c, target, only) {
		if result.Verdict != reports.Pass {
			t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
		}
	}
}

func decided(t *testing.T, c *contract.Contract, target suite.Target, only []string) []reports.Result {
	t.Helper()
	run, err := conformance.Run(t.Context(), suite.Config{Contract: c, Target: target, Only: only, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return run.Results
}

// TestDegenerateTargetsPassNothing runs the whole suite of each contract against
// targets that answer everything alike. Refusals are there in plenty, and none of
// them may count.
func TestDegenerateTargetsPassNothing(t *testing.T) {
	always := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	rows := map[string]http.HandlerFunc{
		"empty 200":      always(200, ""),
		"everything 404": always(404, `{"error":"not found"}`),
		"everything 500": always(500, `{"error":"out of order"}`),
		"echo": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.Copy(w, r.Body)
		},
	}
	for _, api := range conformance.APIs() {
		c, target := broken(t, api.Contract, nil)
		for name, handler := range rows {
			t.Run(api.Contract+"/"+strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
				server := httptest.NewServer(handler)
				t.Cleanup(server.Close)
				target.URL, target.Worlds = server.URL, ""
				run, err := conformance.Run(t.Context(), suite.Config{Contract: c, Target: target, Version: "test"})
				if err != nil {
					t.Fatal(err)
				}
				if run.Exit() == 0 {
					t.Error("the run ends well")
				}
				for _, result := range run.Results {
					if result.Verdict == reports.Pass {
						t.Errorf("%s passes: %s", result.Requirement, result.Text)
					}
				}
			})
		}
	}
}
