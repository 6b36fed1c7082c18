package mockserver_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/mockserver/data"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// mock starts a server of contracts in this process.
func mock(t testing.TB, cfg mockserver.Config, names ...string) (*mockserver.Server, *httptest.Server) {
	t.Helper()
	for _, n := range names {
		c, err := contract.Load(specs.FS, n)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Contracts = append(cfg.Contracts, c)
	}
	if cfg.Size == 0 {
		cfg.Size = fixtures.Small
	}
	cfg.Seed, cfg.Strict = 1, true
	s, err := mockserver.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return s, h
}

// call sends a request as a persona ("" sends no credential) and gives the answer.
func call(t testing.TB, s *mockserver.Server, method, url, persona, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	q, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	if persona != "" {
		p, ok := s.Persona("council", persona)
		if !ok {
			t.Fatalf("no persona %s", persona)
		}
		for k, v := range p.Headers {
			q.Header.Set(k, v)
		}
	}
	for i := 0; i < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(raw)
}

func TestAnswersOfTheServerItself(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	for _, row := range []struct {
		name, method, path, persona, body string
		status                            int
		header, value                     string
	}{
		{"literal beside a parameter", "GET", "/api/categories/suggest?summary=x", "default", "", 200,
			"Content-Type", "application/json"},
		{"unknown path", "GET", "/api/nothing", "default", "", 404, "", ""},
		{"trailing slash is another path", "GET", "/api/wards/", "default", "", 404, "", ""},
		{"method not allowed", "DELETE", "/api/wards", "default", "", 405, "Allow", "GET, HEAD, POST"},
		{"options", "OPTIONS", "/api/wards", "default", "", 204, "Allow", "GET, HEAD, POST"},
		{"head", "HEAD", "/api/wards", "default", "", 200, "Content-Type", "application/json"},
		{"escaped slash stays in its segment", "GET", "/api/wards/a%2Fb", "default", "", 404, "", ""},
		{"body too large", "POST", "/api/wards", "default", `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, 413, "", ""},
		{"no key", "GET", "/api/wards", "", "", 401, "Www-Authenticate", "Bearer"},
		{"unknown world", "GET", "/__worlds/none/api/wards", "default", "", 404, "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			res, body := call(t, s, row.method, h.URL+row.path, row.persona, row.body)
			if res.StatusCode != row.status {
				t.Errorf("status %d, want %d: %s", res.StatusCode, row.status, body)
			}
			if row.header != "" && res.Header.Get(row.header) != row.value {
				t.Errorf("%s is %q, want %q", row.header, res.Header.Get(row.header), row.value)
			}
			if row.method == "HEAD" && body != "" {
				t.Errorf("a HEAD answer has the body %q", body)
			}
		})
	}
}

func TestRefusalsTeach(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	res, _ := call(t, s, "POST", h.URL+"/api/wards", "default", `{"name":"X","latitude":"north"}`)
	var taught map[string]any
	if err := json.Unmarshal([]byte(res.Header.Get("Rollcall-Refusal")), &taught); err != nil {
		t.Fatal(err)
	}
	if taught["pointer"] != "/latitude" || taught["requirement"] != "COU-WARD-10" || taught["openapi_line"] == nil {
		t.Errorf("the header says %v", taught)
	}
}

func TestWorlds(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	_, made := call(t, s, "POST", h.URL+"/__admin/worlds", "", "")
	var world struct{ ID string }
	if err := json.Unmarshal([]byte(made), &world); err != nil {
		t.Fatal(err)
	}
	res, body := call(t, s, "POST", h.URL+"/api/wards", "default", `{"name":"Only there"}`, "Rollcall-World", world.ID)
	if res.StatusCode != 201 {
		t.Fatal(res.StatusCode, body)
	}
	if _, list := call(t, s, "GET", h.URL+"/__worlds/"+world.ID+"/api/wards", "default", ""); !strings.Contains(list,
		"Only there") {
		t.Error("the world does not show what was written in it")
	}
	if _, list := call(t, s, "GET", h.URL+"/api/wards", "default", ""); strings.Contains(list, "Only there") {
		t.Error("the default world shows what was written elsewhere")
	}
	if res, _ := call(t, s, "POST", h.URL+"/__admin/reset?world="+world.ID, "", ""); res.StatusCode != 204 {
		t.Error("reset:", res.StatusCode)
	}
	if _, list := call(t, s, "GET", h.URL+"/api/wards", "default", "", "Rollcall-World", world.ID); strings.Contains(list,
		"Only there") {
		t.Error("reset was answered before it was done")
	}
	if res, _ := call(t, s, "DELETE", h.URL+"/__admin/worlds/"+world.ID, "", ""); res.StatusCode != 204 {
		t.Error("delete:", res.StatusCode)
	}
	if res, _ := call(t, s, "GET", h.URL+"/api/wards", "default", "", "Rollcall-World", world.ID); res.StatusCode != 410 {
		t.Error("a deleted world answers", res.StatusCode)
	}
}

func TestClockOfAWorld(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	s, h := mock(t, mockserver.Config{Now: func() time.Time { return now }}, "council")
	call(t, s, "PUT", h.URL+"/__admin/worlds/default/clock", "", `{"advance_ms":86400000}`)
	if _, body := call(t, s, "POST", h.URL+"/api/wards", "default", `{"name":"Tomorrow"}`); !strings.Contains(body,
		"2026-11-26T09:00:00.000Z") {
		t.Error(body)
	}
}

func TestJournal(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	for range 3 {
		call(t, s, "POST", h.URL+"/api/wards", "default", `{"name":"Twice"}`)
	}
	for i := range 520 {
		call(t, s, "GET", h.URL+fmt.Sprintf("/api/wards/%d", i), "default", "")
	}
	_, raw := call(t, s, "GET", h.URL+"/__admin/requests", "", "")
	var j struct{ Requests []struct{ ID, Status int } }
	if err := json.Unmarshal([]byte(raw), &j); err != nil {
		t.Fatal(err)
	}
	if n := len(j.Requests); n != 500 || j.Requests[n-1].ID != 523 || j.Requests[0].ID != 24 {
		t.Errorf("%d entries, from %d to %d: the journal is bounded and keeps the newest", n,
			j.Requests[0].ID, j.Requests[n-1].ID)
	}
}

func TestAdminToken(t *testing.T) {
	s, h := mock(t, mockserver.Config{AdminToken: "let-me-in"}, "council")
	for _, row := range []struct {
		path   string
		header []string
		status int
	}{
		{"/__admin/health", nil, 200},
		{"/__admin/settings", nil, 401},
		{"/__admin/settings", []string{"Authorization", "Bearer wrong"}, 401},
		{"/__admin/settings", []string{"Authorization", "Bearer let-me-in"}, 200},
	} {
		if res, _ := call(t, s, "GET", h.URL+row.path, "", "", row.header...); res.StatusCode != row.status {
			t.Errorf("%s with %v: %d, want %d", row.path, row.header, res.StatusCode, row.status)
		}
	}
}

func TestUnknownNamesAreRefused(t *testing.T) {
	c, err := contract.Load(specs.FS, "council")
	if err != nil {
		t.Fatal(err)
	}
	for name, cfg := range map[string]mockserver.Config{
		"defect":  {Defects: []string{"COU-NONE-01/omit"}},
		"variant": {Variants: []string{"sideways"}},
	} {
		cfg.Contracts, cfg.Size = []*contract.Contract{c}, fixtures.Small
		if _, err := mockserver.New(cfg); err == nil || !strings.Contains(err.Error(), "called") {
			t.Errorf("an unknown %s gives %v", name, err)
		}
	}
}

// TestParallelCreates holds that no write is lost and no name is given twice.
func TestParallelCreates(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	statuses := make(chan int, 40)
	for i := range 40 {
		go func() {
			res, _ := call(t, s, "POST", h.URL+"/api/wards", "default", fmt.Sprintf(`{"name":"Ward %d"}`, i/2))
			statuses <- res.StatusCode
		}()
	}
	count := map[int]int{}
	for range 40 {
		count[<-statuses]++
	}
	if count[201] != 20 || count[409] != 20 {
		t.Errorf("of 40 creates of 20 names: %v", count)
	}
}

// startWith gives the error of a mock of council that starts with data.
func startWith(t *testing.T, rows []data.Row) error {
	t.Helper()
	c, err := contract.Load(specs.FS, "council")
	if err != nil {
		t.Fatal(err)
	}
	_, err = mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Size: fixtures.Small, Seed: 1, Data: rows})
	return err
}
