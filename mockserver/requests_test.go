package mockserver_test

import (
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
)

// TestJournalTellsWhatWasSent asks for requests by what they were, and holds what is told.
func TestJournalTellsWhatWasSent(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council", "identity")
	const ward = `{"name":"Ada","boundaryDescription":"x","councilTier":"unitary","latitude":50.2,"longitude":-5.0,` +
		`"enabled":true}`
	base := h.URL + "/council/api/"
	call(t, s, "POST", base+"wards?trial=1", "default", ward)
	call(t, s, "POST", base+"wards", "default", `{"name":""}`)
	call(t, s, "GET", base+"ward/7", "default", "")
	call(t, s, "GET", base+"wards/7", "", "", "Authorization", "Bearer sk_live_mistyped", "Cookie", "a=hushhush")
	call(t, s, "POST", h.URL+"/identity/authenticate?token=hushhush", "", `{"username":"x","password":"hush\"hush", "pw`)
	call(t, s, "PATCH", h.URL+"/counsil/api/wards", "default", "")
	for _, row := range []struct{ name, method, path, body, picked, want string }{
		{"query, body, persona", "GET", "requests?operation=createWard&status=201", "",
			`requests.#.[query.trial.0,persona,status,body_size]`, `[["1","default",201,112]]`},
		{"the body as it was sent", "GET", "requests?status=201", "", "requests.0.body", ward},
		{"the answer", "GET", "requests?status=201", "", "requests.0.answer.headers.Content-Type.0", "application/json"},
		{"the answer's body", "GET", "requests?status=201", "", "requests.0.answer.body|@fromstr|name", "Ada"},
		{"stages and rules", "GET", "requests?status=201", "", `requests.0.trace.steps.#(name=="authenticate").verdict`, "ok"},
		{"by body", "GET", "requests?body=$.name=Ada", "", "requests.#.status", "[201]"},
		{"by a part of the body", "GET", "requests?body=$.latitude", "", "requests.#.status", "[201]"},
		{"by path", "GET", "requests?path=/api/wards/{id}", "", "requests.#.status", "[401]"},
		{"by paths below", "GET", "requests?path=/api/**&status=4xx", "", "requests.#.status", "[400,404,401]"},
		{"by method and persona", "GET", "requests?persona=default&method=POST", "", "requests.#.status", "[201,400]"},
		{"after another", "GET", "requests?after=5", "", "requests.#.path", `["/counsil/api/wards"]`},
		{"none since a time", "GET", "requests?since=2999-01-01T00:00:00Z", "", "requests.#", "0"},
		{"all until a time", "GET", "requests?until=2999-01-01T00:00:00Z", "", "requests.#", "6"},
		{"a count by path", "POST", "requests/count", `{"method":"POST","urlPath":"/council/api/wards"}`, "count", "2"},
		{"by a header", "POST", "requests/count", `{"headers":{"content-type":{"contains":"JSON","caseInsensitive":true}}}`,
			"count", "3"},
		{"without a header", "POST", "requests/count", `{"headers":{"content-type":{"absent":true}}}`, "count", "3"},
		{"by a parameter", "POST", "requests/count", `{"queryParameters":{"trial":{"equalTo":"1"}}}`, "count", "1"},
		{"by the same JSON", "POST", "requests/count", `{"bodyPatterns":[{"equalToJson":" {\"name\" : \"\"} "}]}`, "count", "1"},
		{"by a JSONPath", "POST", "requests/find",
			`{"bodyPatterns":[{"matchesJsonPath":{"expression":"$.name","equalTo":"Ada"}}]}`,
			"requests.#.status", "[201]"},
		{"by a bare JSONPath", "POST", "requests/count", `{"bodyPatterns":[{"matchesJsonPath":"$.enabled"}]}`, "count", "1"},
		{"by expression", "POST", "requests/count", `{"urlPattern":"/council/api/wards\\?.*"}`, "count", "1"},
		{"by template", "POST", "requests/count", `{"urlPathTemplate":"/council/api/wards/{id}"}`, "count", "1"},
		{"the nearest operation", "GET", "requests/unmatched", "", "requests.#.nearest.operation", `["getWard","listWards"]`},
		{"and why", "GET", "requests/unmatched?id=3", "", "requests.0.nearest.why.0",
			`segment 2 of the path is "ward", the operation has "wards"`},
		{"an archive", "GET", "requests.har?status=201", "", "log.entries.#.request.postData.text", "[" + quote(ward) + "]"},
		{"a line that sends it again", "GET", "requests?id=4", "", "requests.0.curl",
			`curl -H "Authorization: Bearer $AUTHORIZATION" -H "Cookie: $COOKIE" '` + base + `wards/7'`},
	} {
		t.Run(row.name, func(t *testing.T) {
			res, body := call(t, s, row.method, h.URL+"/__admin/"+row.path, "", row.body)
			if got := gjson.Get(body, row.picked).String(); res.StatusCode != 200 || got != row.want {
				t.Errorf("%d %s\nis  %s\nnot %s", res.StatusCode, row.picked, got, row.want)
			}
		})
	}
	_, all := call(t, s, "GET", h.URL+"/__admin/requests", "", "")
	_, archive := call(t, s, "GET", h.URL+"/__admin/requests.har", "", "")
	p, _ := s.Persona("council", "default")
	for _, secret := range []string{"hush", "mistyped", strings.TrimPrefix(p.Headers["Authorization"], "Bearer ")} {
		if strings.Contains(all+archive, secret) {
			t.Errorf("%s is told: %s", secret, all)
		}
	}
	call(t, s, "DELETE", h.URL+"/__admin/requests", "", "")
	if _, left := call(t, s, "GET", h.URL+"/__admin/requests", "", ""); left != `{"requests":[]}`+"\n" {
		t.Errorf("it was emptied, and has %s", left)
	}
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"` }

// TestJournalIsBounded holds that the newest requests are there, with their bodies as far
// as there is room, and that a mock without a journal keeps none.
func TestJournalIsBounded(t *testing.T) {
	s, h := mock(t, mockserver.Config{JournalSize: 90}, "council")
	body := `{"name":"` + strings.Repeat("x", 20_000) + `"}`
	for range 100 {
		call(t, s, "POST", h.URL+"/api/wards", "default", body)
	}
	_, told := call(t, s, "GET", h.URL+"/__admin/requests", "", "")
	first, last := gjson.Get(told, "requests.0"), gjson.Get(told, "requests.@reverse.0")
	if n := gjson.Get(told, "requests.#").Int(); n != 90 || first.Get("id").Int() != 11 || !first.Get("forgotten").Bool() {
		t.Errorf("%d requests, the first is %.300s", n, first.Raw)
	}
	if last.Get("body_size").Int() != int64(len(body)) || last.Get("body").Str != body[:16<<10] || last.Get("forgotten").Bool() {
		t.Errorf("the last is %.300s", last.Raw)
	}
	s, h = mock(t, mockserver.Config{JournalSize: -1}, "council")
	call(t, s, "GET", h.URL+"/api/wards", "default", "")
	if _, told := call(t, s, "GET", h.URL+"/__admin/requests", "", ""); gjson.Get(told, "requests.#").Int() != 0 {
		t.Errorf("without a journal it tells %s", told)
	}
}
