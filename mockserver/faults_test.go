package mockserver_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
)

// TestFaultsOfAWorld lets each kind of fault happen once, and looks at what comes and at
// what was carried out.
func TestFaultsOfAWorld(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	p, _ := s.Persona("council", "default")
	for i, row := range []struct {
		fault, want string
		made        bool // the ward is there afterwards
	}{
		{`{"status":503}`, "503", false},
		{`{"status":429,"retry_after":7}`, "429 7", false},
		{`{"status":409,"headers":{"X-Why":"because"},"operation":"createWard"}`, "409", false},
		{`{"delay":{"ms":60}}`, "201 late", true},
		{`{"delay":{"lower_ms":60,"upper_ms":70},"status":500}`, "500 late", false},
		{`{"break":"reset"}`, "reset", false},
		{`{"break":"empty"}`, "EOF", false},
		{`{"break":"garbage"}`, "malformed", false},
		{`{"break":"truncate"}`, "201 unexpected EOF", true},
		{`{"break":"slow","chunks":4,"chunk_ms":20}`, "201 late", true},
		{`{"status":503,"path":"/api/categories/**"}`, "201", true},
		{`{"status":503,"method":"GET"}`, "201", true},
	} {
		t.Run(row.fault, func(t *testing.T) {
			call(t, s, "DELETE", h.URL+"/__admin/worlds/default/faults", "", "")
			res, said := call(t, s, "POST", h.URL+"/__admin/worlds/default/faults", "", strings.Replace(row.fault, "{",
				`{"times":1,`, 1))
			if res.StatusCode != 201 || res.Header.Get("Location") == "" {
				t.Fatalf("it is answered %d %s", res.StatusCode, said)
			}
			name := fmt.Sprintf("Ward %d", i)
			if got := outcome(p.Headers, h.URL+"/api/wards", `{"name":"`+name+`"}`); !strings.HasPrefix(got, row.want) {
				t.Errorf("what comes is %s, want %s", got, row.want)
			}
			_, last := call(t, s, "GET", h.URL+"/__admin/requests?limit=1", "", "")
			if marked := gjson.Get(last, "requests.0.forced").Exists(); marked != (gjson.Get(said, "path").Str == "" &&
				gjson.Get(said, "method").Str == "") {
				t.Errorf("the journal says %s", last)
			}
			_, wards := call(t, s, "GET", h.URL+"/__admin/worlds/default/data/council/ward", "", "")
			if made := strings.Contains(wards, `"`+name+`"`); made != row.made {
				t.Errorf("the ward is there: %v, want %v", made, row.made)
			}
		})
	}
	_, counted := call(t, s, "GET", h.URL+"/__admin/coverage", "", "")
	if n := gjson.Get(counted, `answers.council createWard 201`).Int(); n != 5 || gjson.Get(counted, "answers.#").Int() > 3 ||
		gjson.Get(counted, `forced.council createWard 503`).Int() != 1 {
		t.Errorf("the coverage is %s", counted)
	}
}

// outcome tells what a caller gets: status and Retry-After, whether it was late, or the error.
func outcome(headers map[string]string, url, body string) string {
	q, err := http.NewRequest("POST", url, strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	q.GetBody = nil // so that a lost one is not sent again
	q.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		q.Header.Set(name, value)
	}
	began := time.Now()
	res, err := new(http.Transport).RoundTrip(q)
	switch {
	case errors.Is(err, syscall.ECONNRESET):
		return "reset"
	case errors.Is(err, io.EOF):
		return "EOF"
	case err != nil && strings.Contains(err.Error(), "malformed"):
		return "malformed"
	case err != nil:
		return err.Error()
	}
	defer res.Body.Close()
	got := strings.TrimSpace(fmt.Sprint(res.StatusCode, " ", res.Header.Get("Retry-After")))
	if _, err := io.ReadAll(res.Body); err != nil {
		return got + " " + err.Error()
	}
	if time.Since(began) > 50*time.Millisecond {
		got += " late"
	}
	return got
}

// TestPrefer asks for answers by the header, and holds which of it is said to be applied.
func TestPrefer(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	for _, row := range []struct {
		prefer, applied string
		status          int
		body            string // what is in it
	}{
		{"code=404", "code=404", 404, `"error"`},
		{"return=minimal", "", 200, `"tenantId"`},
		{"code=418", "code=418", 418, `"error"`},
		{"code=299", "", 200, `"tenantId"`},
		{"code=200", "code=200", 200, `Heavitree`},
		{"dynamic=false", "dynamic=false", 200, `Heavitree`},
		{"dynamic=true", "dynamic=true", 200, `"tenantId"`},
		{"example=any, delay=1", "delay=1, example=any", 200, `Heavitree`},
		{"CODE = \"503\" ; delay=5", "delay=5, code=503", 503, `"error"`},
		{"code=x, delay=-1, , =", "", 200, `"tenantId"`},
	} {
		res, body := call(t, s, "GET", h.URL+"/api/wards", "default", "", "Prefer", row.prefer)
		if got := res.Header.Get("Preference-Applied"); res.StatusCode != row.status || got != row.applied ||
			!strings.Contains(body, row.body) {
			t.Errorf("%s: %d, %q applied, want %d, %q: %.300s", row.prefer, res.StatusCode, got, row.status, row.applied, body)
		}
		_, last := call(t, s, "GET", h.URL+"/__admin/requests?limit=1", "", "")
		if forced := gjson.Get(last, "requests.0.forced").Str; (forced != "") != (row.applied != "") {
			t.Errorf("%s: the journal says it was forced by %q", row.prefer, forced)
		}
	}
}
