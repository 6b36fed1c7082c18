package mockserver_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
)

// TestNoQueryIsPassedOver holds that every operation of the control API refuses a parameter that its
// description does not name, and takes those that it does.
func TestNoQueryIsPassedOver(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	_, text := call(t, s, "GET", h.URL+"/__admin/openapi.json", "", "")
	operations := 0
	gjson.Get(text, "paths").ForEach(func(path, item gjson.Result) bool {
		item.ForEach(func(method, op gjson.Result) bool {
			if !strings.Contains("get post put patch delete", method.Str) {
				return true
			}
			operations++
			at := strings.NewReplacer("{id}", "default", "{contract}", "council", "{table}", "ward", "{record}", "none",
				"{fault}", "f1").Replace(path.Str)
			if !strings.HasPrefix(at, "/__admin") {
				at = "/__admin" + at
			}
			res, said := call(t, s, strings.ToUpper(method.Str), h.URL+at+"?wrold=w1", "", "")
			if res.StatusCode != 400 || !strings.Contains(said, "wrold") {
				t.Errorf("%s %s: %d %.200s", method.Str, path.Str, res.StatusCode, said)
			}
			for _, parameter := range op.Get("parameters").Array() {
				name := parameter.Get("name").Str
				if ref := parameter.Get("$ref").Str; ref != "" {
					found := gjson.Get(text, strings.ReplaceAll(strings.TrimPrefix(ref, "#/"), "/", "."))
					if name = found.Get("name").Str; found.Get("in").Str != "query" {
						continue
					}
				} else if parameter.Get("in").Str != "query" {
					continue
				}
				if at != "/__admin/events" && !strings.Contains(said, `\"`+name+`\"`) {
					t.Errorf("%s %s does not take %s: %s", method.Str, path.Str, name, said)
				}
			}
			return true
		})
		return true
	})
	if operations < 30 {
		t.Errorf("the description has %d operations", operations)
	}
}

// TestFaultsThatMeetNothing holds that a fault that no call can meet, or whose numbers are read as if
// they were not there, is refused with what to write.
func TestFaultsThatMeetNothing(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council", "identity")
	for body, says := range map[string]string{
		`"method":"get post"`:                     "give one, as GET",
		`"method":"get"`:                          "give GET",
		`"method":""`:                             "",
		`"method":"BREW"`:                         "",
		`"method":"GET","operation":"createWard"`: "POST",
		`"method":"HEAD","operation":"listWards"`: "",
		`"path":"api/wards"`:                      "begin with /",
		`"path":"/api/wards?page=1"`:              "without a query",
		`"path":"/council/api/wards"`:             "without /council",
		`"path":"**/wards"`:                       "",
		`"probability":1e-400`:                    "probability",
		`"probability":0.000e9`:                   "",
		`"probability":4e-300`:                    "",
		`"delay":{"ms":1e-999}`:                   "nearer to 0",
		`"operation":"listwards"`:                 "there is no operation",
	} {
		res, said := call(t, s, "POST", h.URL+"/__admin/worlds/default/faults", "", `{"status":503,`+body+`}`)
		if (res.StatusCode == 400) != (says != "") || says != "" && !strings.Contains(said, says) {
			t.Errorf("%s: %d %s, want %q", body, res.StatusCode, said, says)
		}
	}
	if res, said := call(t, s, "PUT", h.URL+"/__admin/worlds/default/clock", "", `{"scale":1e-400}`); res.StatusCode != 400 {
		t.Errorf("a clock that would stand unasked is answered %d %s", res.StatusCode, said)
	}
}

// TestOneWorldIsNamed holds that a call that names two worlds is refused in the contract's own shape, and
// that the path's world is read with its escapes.
func TestOneWorldIsNamed(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council", "identity")
	call(t, s, "POST", h.URL+"/__admin/worlds", "", "")
	persona, _ := s.Persona("council", "default")
	for _, row := range []struct {
		path   string
		worlds []string
		status int
	}{
		{"/council/api/wards", []string{"w1"}, 200}, {"/council/api/wards", []string{"w1", "w1"}, 200},
		{"/council/api/wards", []string{"w1", "default"}, 400}, {"/council/api/wards", []string{"none", "w1"}, 400},
		{"/__worlds/w1/council/api/wards", []string{"w1"}, 200}, {"/__worlds/w1/council/api/wards", []string{"default"}, 400},
		{"/__worlds/w1/council/api/wards", nil, 200}, {"/__worlds/%771/council/api/wards", nil, 200},
		{"/__worlds/%77%31/c%6Funcil/api/wards", nil, 200}, {"/__world%73/w1/council/api/w%61rds", nil, 200},
		{"/__worlds/%6Eone/council/api/wards", nil, 404}, {"/__worlds/w1/council/api/wards/a%2Fb", nil, 404},
		{"/__worlds/%771/council/api/wards", []string{"default"}, 400},
	} {
		q, err := http.NewRequest("GET", h.URL+row.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range persona.Headers {
			q.Header.Set(name, value)
		}
		for _, world := range row.worlds {
			q.Header.Add("Rollcall-World", world)
		}
		res, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(res.Body)
		if err = errors.Join(err, res.Body.Close()); err != nil {
			t.Fatal(err)
		}
		said := string(raw)
		if res.StatusCode != row.status || row.status == 400 && !gjson.Get(said, "error").Exists() {
			t.Errorf("%s %v: %d %s, want %d", row.path, row.worlds, res.StatusCode, said, row.status)
		}
	}
}

// TestTheOtherWorldIsNamed holds that of two worlds the one is told that is not there.
func TestTheOtherWorldIsNamed(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	at := h.URL + "/__admin/worlds/"
	for _, row := range []struct{ method, path, body, says string }{
		{"GET", "default/diff?from=nope", "", `from is \"nope\"`}, {"GET", "none/diff?from=nope", "", `no world \"none\"`},
		{"GET", "none/diff", "", `no world \"none\"`}, {"POST", "default/restore", `{"from":"nope"}`, `from is \"nope\"`},
		{"POST", "none/restore", `{"from":"default"}`, `no world \"none\"`},
	} {
		res, said := call(t, s, row.method, at+row.path, "", row.body)
		if res.StatusCode != 404 || !strings.Contains(said, row.says) {
			t.Errorf("%s %s: %d %s", row.method, row.path, res.StatusCode, said)
		}
	}
}

// TestClockGoesToTheEnds holds that a clock is moved wherever it stands, as far as years are written.
func TestClockGoesToTheEnds(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	s, h := mock(t, mockserver.Config{Now: func() time.Time { return now }}, "council")
	for _, row := range []struct {
		order string
		want  string
	}{
		{`{"now":"2500-01-01T00:00:00Z","advance_ms":1000}`, "2500-01-01T00:00:01Z"},
		{`{"advance_ms":86400000}`, "2500-01-02T00:00:01Z"},
		{`{"now":"9999-12-31T23:59:58Z","advance_ms":1000}`, "9999-12-31T23:59:59Z"},
		{`{"advance_ms":1000}`, "years 0000 to 9999"},
		{`{"advance_ms":-1000}`, "9999-12-31T23:59:58Z"},
		{`{"now":"0000-01-01T00:00:01Z","advance_ms":-2000}`, "years 0000 to 9999"},
		{`{"now":"10000-01-01T00:00:00Z"}`, "years 0000 to 9999"}, {`{"advance_ms":9223372036855}`, "292 years"},
	} {
		if _, said := call(t, s, "PUT", h.URL+"/__admin/worlds/default/clock", "", row.order); !strings.Contains(said, row.want) {
			t.Errorf("%s: %s, want %s", row.order, said, row.want)
		}
	}
}
