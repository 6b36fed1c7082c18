package mockserver_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"rollcall/mockserver"
)

// gates lists who may call a control API without a token over the loopback address.
func gates() []struct {
	name, head string
	status     int
} {
	return []struct {
		name, head string
		status     int
	}{
		{"by address", "Host: 127.0.0.1:4010", 200},
		{"by the other address", "Host: [::1]:4010", 200},
		{"by name", "Host: localhost", 200},
		{"by a name below it", "Host: mock.localhost:4010", 200},
		{"by its own name", "Host: " + itself(), 200},
		{"by the name of a container", "Host: mock", 200},
		{"by the name of a container, with a port", "Host: rollcall_mock-1:4010", 200},
		{"a page by a name of this network", "Host: wpad\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)", 403},
		{"a page by such a name that hides its browser", "Host: wpad\r\nReferer: http://wpad/", 403},
		{"a page that writes by such a name", "Host: wpad\r\nOrigin: http://wpad", 403},
		{"a page that tells but how it asks", "Host: wpad\r\nSec-Fetch-Mode: no-cors", 403},
		{"a page that tells but what its browser is", "Host: wpad\r\nSec-Ch-Ua: \"x\"", 403},
		{"by an address written as one number", "Host: 168427527", 403},
		{"a page of the other scheme", "Host: localhost:4010\r\nOrigin: https://localhost:4010", 403},
		{"its own page behind TLS", "Host: localhost:4010\r\nOrigin: https://localhost:4010\r\nX-Forwarded-Proto: https", 200},
		{"in capitals, with a dot", "Host: LOCALHOST.:80", 200},
		{"by a name of the public directory", "Host: evil.example", 403},
		{"by one that begins well", "Host: 127.0.0.1.evil.example:4010", 403},
		{"by one that ends well", "Host: evil-localhost.example", 403},
		{"by another address", "Host: 10.0.0.7", 403},
		{"by all addresses", "Host: 0.0.0.0:4010", 403},
		{"its own page", "Host: localhost:4010\r\nOrigin: http://localhost:4010\r\nSec-Fetch-Site: same-origin", 200},
		{"typed into a browser", "Host: localhost:4010\r\nSec-Fetch-Site: none", 200},
		{"a foreign page", "Host: localhost:4010\r\nOrigin: http://evil.example", 403},
		{"a page of another port", "Host: localhost:4010\r\nOrigin: http://localhost:3000\r\nSec-Fetch-Site: same-site", 403},
		{"a page of nowhere", "Host: localhost:4010\r\nOrigin: null", 403},
		{"a form of a foreign page", "Host: localhost:4010\r\nSec-Fetch-Site: cross-site\r\nContent-Type: text/plain", 403},
	}
}

// itself is the name of this machine.
func itself() string {
	name, err := os.Hostname()
	if err != nil {
		return "localhost"
	}
	return name
}

func TestControlAPIIsNotForPages(t *testing.T) {
	_, h := mock(t, mockserver.Config{}, "council")
	_, trusting := mock(t, mockserver.Config{TrustProxy: true}, "council")
	_, guarded := mock(t, mockserver.Config{AdminToken: "s3cret"}, "council")
	for _, row := range gates() {
		t.Run(row.name, func(t *testing.T) {
			// What a proxy may say lets nobody in that would not be.
			res, body := wire(t, trusting.URL, "GET / HTTP/1.1\r\nX-Forwarded-Host: localhost\r\nAccept: text/html\r\n"+
				row.head+"\r\n\r\n")
			if strings.HasPrefix(row.name, "by one") && (res.StatusCode != 200 || strings.Contains(body, "sk_live_")) {
				t.Errorf("the page is answered %d, with credentials: %v", res.StatusCode, strings.Contains(body, "sk_live_"))
			}
			for _, forwarded := range []string{"localhost", "127.0.0.1:4010", "evil.example"} {
				res, body = wire(t, trusting.URL, "GET /__admin/targets/council HTTP/1.1\r\nX-Forwarded-Host: "+forwarded+"\r\n"+
					row.head+"\r\n\r\n")
				if (row.status != 200 || forwarded == "evil.example") && res.StatusCode != 403 {
					t.Errorf("forwarded as %s: %d %.100s", forwarded, res.StatusCode, body)
				}
			}
			for _, line := range []string{"GET /__admin/targets/council", "GET /__admin/worlds"} {
				res, body = wire(t, h.URL, line+" HTTP/1.1\r\n"+row.head+"\r\n\r\n")
				if res.StatusCode != row.status || row.status != 200 && !told(body) {
					t.Errorf("%s: %d, want %d: %s", line, res.StatusCode, row.status, body)
				}
			}
			res, _ = wire(t, h.URL, "POST /__admin/reset HTTP/1.1\r\nContent-Length: 0\r\n"+row.head+"\r\n\r\n")
			if reset := res.StatusCode == 204; reset != (row.status == 200) {
				t.Errorf("a reset is answered %d", res.StatusCode)
			}
			if res, _ := wire(t, h.URL, "GET /__admin/health HTTP/1.1\r\n"+row.head+"\r\n\r\n"); res.StatusCode != 200 {
				t.Errorf("health is answered %d", res.StatusCode)
			}
			res, _ = wire(t, guarded.URL, "GET /__admin/worlds HTTP/1.1\r\nAuthorization: Bearer s3cret\r\n"+row.head+"\r\n\r\n")
			if res.StatusCode != 200 {
				t.Errorf("with the token: %d", res.StatusCode)
			}
		})
	}
}

// told tells whether a body is an error of the control API.
func told(body string) bool {
	var said map[string]string
	return json.Unmarshal([]byte(body), &said) == nil && len(said) == 1 && said["error"] != ""
}

func TestTokenOfTheControlAPI(t *testing.T) {
	_, h := mock(t, mockserver.Config{AdminToken: "s3cret"}, "council")
	for sent, status := range map[string]int{
		"Bearer s3cret": 200, "bearer s3cret": 200, "BEARER   s3cret": 200,
		"s3cret": 401, "Bearer": 401, "Bearer wrong": 401, "Basic s3cret": 401, "Bearers3cret": 401,
		"": 401, "Bearer s3cret more": 401,
	} {
		res, body := wire(t, h.URL, "GET /__admin/worlds HTTP/1.1\r\nHost: localhost\r\nAuthorization: "+sent+"\r\n\r\n")
		challenge := res.Header.Get("WWW-Authenticate")
		if res.StatusCode != status || status == 401 && (!strings.HasPrefix(challenge, "Bearer realm=") || !told(body)) {
			t.Errorf("%q: %d, want %d: %s (%s)", sent, res.StatusCode, status, body, challenge)
		}
	}
}

// TestFormsOfTheControlAPI: what it takes for a body, a query and a method, and that
// everything else is refused in one shape.
func TestFormsOfTheControlAPI(t *testing.T) {
	_, h := mock(t, mockserver.Config{}, "council")
	const none, chunked = "Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
	body := func(text string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(text), text) }
	for _, row := range []struct {
		line, rest string
		status     int
	}{
		{"POST /worlds", none, 201}, {"POST /worlds", chunked, 201}, {"POST /worlds", body("{}"), 201},
		{"POST /worlds", body(`{"from":"default"}`), 201}, {"POST /worlds", body(`{"from":"none"}`), 404},
		{"POST /worlds", body(`{"from":"default"} {}`), 400}, {"POST /worlds", body(`{} x`), 400},
		{"POST /worlds", body("null"), 400},
		{"POST /worlds", body(`{"From":"default"}`), 400}, {"POST /worlds", body(`{"from":"default","from":""}`), 400},
		{"GET /health?x=%zz", none, 400}, {"GET /ui/nothing", none, 404}, {"POST /ui", none, 405},
		{"GET /docs/nothing", none, 404},
		{"POST /worlds", body(`{"advance_ms":1}`), 400}, {"POST /worlds", body("[]"), 400}, {"POST /worlds", body(" "), 400},
		{"POST /worlds", body(strings.Repeat(" ", 1<<17)), 413},
		{"POST /worlds/default/fork", chunked, 201}, {"POST /worlds/default/fork", body(`{"from":"w1"}`), 400},
		{"POST /worlds/default/reset", chunked, 204}, {"POST /worlds/default/restore", body(`{"from":"default"}x`), 400},
		{"POST /reset", chunked, 204}, {"POST /reset?world=none", none, 404}, {"POST /reset?wrold=w1", none, 400},
		{"POST /reset?world=a;b", none, 400},
		{"PUT /worlds/default/clock", chunked, 200}, {"PUT /worlds/default/clock", body(`{"from":"default"}`), 400},
		{"PUT /worlds/default/clock", body(`{"now":"9999-12-31T23:59:59-23:59"}`), 400},
		{"PUT /worlds/default/clock", body(`{"now":"0000-01-01T00:00:00+23:59"}`), 400},
		{"PUT /worlds/default/clock", body(`{"advance_ms":1.5}`), 400},
		{"PUT /worlds/default/clock", body(`{"advance_ms":"1"}`), 400},
		{"GET /requests?limit=1", none, 200}, {"GET /requests?limit=-1", none, 400}, {"GET /requests?limit=x", none, 400},
		{"GET /requests?limit=99999999999999999999", none, 400}, {"GET /requests?limit=1&limit=2", none, 400},
		{"GET /requests?limit=%zz", none, 400},
		{"GET /nothing", none, 404}, {"GET /worlds/", none, 404}, {"DELETE /health", none, 405},
		{"POST /settings", none, 405}, {"PATCH /worlds", none, 405},
	} {
		res, text := wire(t, h.URL, strings.Replace(row.line, " ", " /__admin", 1)+" HTTP/1.1\r\nHost: localhost\r\n"+row.rest)
		if res.StatusCode != row.status || row.status >= 400 &&
			(!told(text) || res.Header.Get("Content-Type") != "application/json") {
			t.Errorf("%s %q: %d, want %d: %s", row.line, row.rest, res.StatusCode, row.status, text)
		}
		if row.status == 405 && res.Header.Get("Allow") == "" {
			t.Errorf("%s: no Allow", row.line)
		}
	}
}

// TestHeadOfTheControlAPI: every GET answers HEAD, with the same headers.
func TestHeadOfTheControlAPI(t *testing.T) {
	_, h := mock(t, mockserver.Config{}, "council")
	for _, path := range []string{"/openapi.json", "/settings", "/plan",
		"/targets/council", "/targets/none", "/coverage", "/requests",
		"/worlds", "/worlds/default/requests", "/worlds/default/data/council/ward", "/health"} {
		get, _ := wire(t, h.URL, "GET /__admin"+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
		c, body := wire(t, h.URL, "HEAD /__admin"+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
		same := path == "/health" || c.Header.Get("Content-Length") == get.Header.Get("Content-Length") // its figures change
		if c.StatusCode != get.StatusCode || c.Header.Get("Content-Type") != get.Header.Get("Content-Type") || !same ||
			body != "" {
			t.Errorf("%s: GET %d %v, HEAD %d %v", path, get.StatusCode, get.Header, c.StatusCode, c.Header)
		}
	}
}

func TestClockKeepsToItsRange(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	const most = 9_223_372_036_854
	_, h := mock(t, mockserver.Config{Now: func() time.Time { return now }}, "council")
	for _, row := range []struct {
		by     string
		status int
		ahead  int64 // milliseconds, afterwards
	}{
		{"9223372036855", 400, 0}, {"-9223372036855", 400, 0}, {"9300000000000000", 400, 0}, {"9223372036854775807", 400, 0},
		{"9223372036854775808", 400, 0},
		{"1e3", 200, 1000}, {"-1000.0", 200, 0}, {"1e19", 400, 0}, {"1e-1", 400, 0},
		{"9000000000000", 200, 9_000_000_000_000},
		{"223372036854", 200, most}, {"0", 200, most}, {"-9223372036854", 200, 0},
		{"-9223372036854", 200, -most},
	} {
		put := func(by string) (*http.Response, string) {
			body := `{"advance_ms":` + by + `}`
			head := "PUT /__admin/worlds/default/clock HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
			return wire(t, h.URL, head+fmt.Sprintf("%d\r\n\r\n%s", len(body), body))
		}
		res, body := put(row.by)
		if res.StatusCode != row.status || row.status == 400 && !strings.Contains(body, "9223372036854") {
			t.Errorf("by %s: %d, want %d: %s", row.by, res.StatusCode, row.status, body)
		}
		want := now.Add(time.Duration(row.ahead) * time.Millisecond).Format(`"now":"` + time.RFC3339Nano + `"`)
		if _, body := put("0"); !strings.Contains(body, want) {
			t.Errorf("after %s the clock says %s, want %s", row.by, body, want)
		}
	}
}

func TestWorldsAreBounded(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	s, h := mock(t, mockserver.Config{MaxWorlds: 4, WorldIdle: time.Hour, Now: func() time.Time { return now }}, "council")
	fork := func(path string) int {
		res, body := call(t, s, "POST", h.URL+"/__admin/worlds"+path, "", "")
		if res.StatusCode == 503 && (!told(body) || !strings.Contains(body, "--max-worlds")) {
			t.Errorf("it says %s", body)
		}
		return res.StatusCode
	}
	health := func() (worlds int) {
		_, body := call(t, s, "GET", h.URL+"/__admin/health", "", "")
		var said struct{ Worlds int }
		if err := json.Unmarshal([]byte(body), &said); err != nil {
			t.Fatal(err)
		}
		return said.Worlds
	}
	for _, want := range []int{201, 201, 201, 503, 503} {
		if got := fork(""); got != want {
			t.Fatalf("a fork is answered %d, want %d", got, want)
		}
	}
	if got := fork("/default/snapshot"); got != 503 || health() != 4 {
		t.Errorf("a snapshot is answered %d, there are %d worlds", got, health())
	}
	now = now.Add(40 * time.Minute)
	call(t, s, "GET", h.URL+"/api/wards", "default", "", "Rollcall-World", "w2") // used
	now = now.Add(40 * time.Minute)
	if n := health(); n != 2 {
		t.Errorf("%d worlds are there, want the default one and the one that was used", n)
	}
	if res, _ := call(t, s, "GET", h.URL+"/api/wards", "default", "", "Rollcall-World", "w2"); res.StatusCode != 200 {
		t.Errorf("a world in use is gone: %d", res.StatusCode)
	}
	if got := fork(""); got != 201 {
		t.Errorf("a fork is answered %d although there is room again", got)
	}
	now = now.Add(1000 * time.Hour)
	if n := health(); n != 1 {
		t.Errorf("%d worlds are there, want the default one", n)
	}
}

// TestJournalKeepsLittle: what is kept of a request is no megabyte, wherever it was.
func TestJournalKeepsLittle(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	long := strings.Repeat("x", 300_000)
	for _, row := range []struct{ method, path, body string }{
		{"GET", "/api/wards/" + long, ""},
		{"POST", "/api/wards", `{"name":"Long","councilTier":"` + long + `"}`},
		{"POST", "/api/wards", `{"name":"Long","` + long + `":1,"latitude":"north"}`},
		{"POST", "/api/categories", `{"name":"` + long + `"}`},
		{"POST", "/api/categories", `{"name":"` + long + `"}`},
	} {
		res, _ := call(t, s, row.method, h.URL+row.path, "default", row.body)
		if n := len(res.Header.Get("Rollcall-Refusal")); n > 4096 {
			t.Errorf("%s %.20s is answered %d with a header of %d bytes", row.method, row.path, res.StatusCode, n)
		}
	}
	if _, journal := call(t, s, "GET", h.URL+"/__admin/requests", "", ""); len(journal) > 200_000 {
		t.Errorf("the journal of five requests has %d bytes", len(journal))
	}
}
