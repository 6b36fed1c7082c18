package mockserver_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"rollcall/mockserver"
	"rollcall/specs"
)

// browserMock serves council and identity over the loopback, to pages of origins.
func browserMock(t *testing.T, origins ...string) *httptest.Server {
	_, listening := mock(t, mockserver.Config{Origins: origins, Documents: specs.FS}, "council", "identity")
	return listening
}

func ask(t *testing.T, method, url string, headers ...string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

// What a browser on this machine asks before it sends, and what a page may read.
func TestPagesOfOtherOrigins(t *testing.T) {
	const page, friend = "http://localhost:3000", "http://localhost:5000"
	for _, row := range []struct {
		name           string
		named          []string
		method, path   string
		origin         string
		asks           string // the method that a preflight asks about, "" for no preflight
		status         int
		allowed, reads bool
	}{
		{"a preflight", nil, "OPTIONS", "/council/api/wards", page, "GET", 204, true, false},
		{"a preflight of a write", nil, "OPTIONS", "/council/api/wards/x", page, "PATCH", 204, true, false},
		{"a preflight in a world", nil, "OPTIONS", "/__worlds/default/council/api/wards", page, "POST", 204, true, false},
		{"a refusal", nil, "GET", "/council/api/wards", page, "", 401, true, true},
		{"a path that is not", nil, "GET", "/council/nothing", page, "", 404, true, true},
		{"no page", nil, "GET", "/council/api/wards", "", "", 401, false, false},
		{"OPTIONS without a page", nil, "OPTIONS", "/council/api/wards", "", "", 204, false, false},
		{"the control API", nil, "GET", "/__admin/settings", page, "", 403, false, false},
		{"a preflight of the control API", nil, "OPTIONS", "/__admin/worlds", page, "POST", 204, false, false},
		{"the control API, named", []string{friend}, "GET", "/__admin/settings", friend, "", 200, true, true},
		{"a preflight of the control API, named", []string{friend}, "OPTIONS", "/__admin/worlds", friend, "POST", 204, true,
			false},
		{"the control API, another named", []string{friend}, "GET", "/__admin/settings", page, "", 403, false, false},
		{"a contract, another named", []string{friend}, "GET", "/council/api/wards", page, "", 401, true, true},
		{"shut", []string{mockserver.NoOrigins}, "OPTIONS", "/council/api/wards", page, "GET", 204, false, false},
		{"null", nil, "GET", "/__admin/settings", "null", "", 403, false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			var headers []string
			if row.origin != "" {
				headers = append(headers, "Origin", row.origin)
			}
			if row.asks != "" {
				headers = append(headers, "Access-Control-Request-Method", row.asks, "Access-Control-Request-Headers",
					"authorization,content-type,rollcall-world")
			}
			answer := ask(t, row.method, browserMock(t, row.named...).URL+row.path, headers...)
			want := ""
			if row.allowed {
				want = row.origin
			}
			if got := answer.Header.Get("Access-Control-Allow-Origin"); answer.StatusCode != row.status || got != want {
				t.Errorf("it is %d to %q, want %d to %q", answer.StatusCode, got, row.status, want)
			}
			if exposed := answer.Header.Get("Access-Control-Expose-Headers"); strings.Contains(exposed,
				"Rollcall-Refusal") != row.reads {
				t.Errorf("the page may read %q", exposed)
			}
			if row.asks != "" && row.allowed {
				if got := answer.Header.Get("Access-Control-Allow-Headers"); !strings.Contains(got, "authorization") ||
					answer.Header.Get("Access-Control-Allow-Methods") != row.asks {
					t.Errorf("the page may send %q by %q", got, answer.Header.Get("Access-Control-Allow-Methods"))
				}
			}
		})
	}
}

// Whether a page from elsewhere may call in here is granted to the named ones alone.
func TestPagesFromElsewhere(t *testing.T) {
	const far, friend = "https://far.example", "https://friend.example"
	for _, row := range []struct{ path, origin, granted string }{
		{"/council/api/wards", far, ""}, {"/council/api/wards", friend, "true"},
		{"/__admin/worlds", far, ""}, {"/__admin/worlds", friend, "true"},
	} {
		answer := ask(t, "OPTIONS", browserMock(t, friend).URL+row.path, "Origin", row.origin,
			"Access-Control-Request-Method", "POST", "Access-Control-Request-Private-Network", "true")
		if got := answer.Header.Get("Access-Control-Allow-Private-Network"); got != row.granted {
			t.Errorf("%s for %s: it is granted %q, want %q", row.path, row.origin, got, row.granted)
		}
	}
}

func TestDocumentsAndPage(t *testing.T) {
	served := browserMock(t)
	for _, row := range []struct {
		path, accept string
		host         string
		status       int
		kind         string
		has, lacks   string
	}{
		{"/council/openapi.yaml", "", "", 200, "application/yaml", "operationId: listWards", ""},
		{"/council/openapi.json", "", "", 200, "application/json", `"operationId":"listWards"`, ""},
		{"/identity/openapi.json", "", "", 200, "application/json", `"openapi":"3.0.3"`, ""},
		{"/council/api/openapi.json", "", "", 404, "application/json", "", ""},
		{"/nothing/openapi.json", "", "", 404, "application/json", "", ""},
		{"/", "text/html,*/*", "", 200, "text/html; charset=utf-8", "Authorization: Bearer sk_live_", ""},
		{"/", "text/html", "evil.example.com", 200, "text/html; charset=utf-8", "council", "sk_live_"},
		{"/", "*/*", "", 404, "application/json", "", "<html"},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, served.URL+row.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept", row.accept)
		request.Host = row.host
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		text := string(body)
		if answer.StatusCode != row.status || answer.Header.Get("Content-Type") != row.kind || !strings.Contains(text, row.has) ||
			row.lacks != "" && strings.Contains(text, row.lacks) {
			t.Errorf("%s (%s, %s) is %d %s: %.200s", row.path, row.accept, row.host, answer.StatusCode,
				answer.Header.Get("Content-Type"), text)
		}
		if row.kind == "application/json" && !json.Valid([]byte(text)) {
			t.Errorf("%s is no JSON", row.path)
		}
	}
}

func targetOf(t *testing.T, base string) []byte {
	answer := ask(t, http.MethodGet, base+"/__admin/targets/council")
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Error(err)
	}
	return body
}

// A page of another origin, in a real browser: it creates, lists, is refused and reads why,
// and in a world that it forks does so again.
func TestAPageInABrowser(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" || testing.Short() {
		t.Skip("NOT RUN: there is no Chromium on this machine")
	}
	told := make(chan map[string]any, 1)
	page := httptest.NewUnstartedServer(nil)
	served := browserMock(t, "http://"+page.Listener.Addr().String())
	key := json.RawMessage(targetOf(t, served.URL))
	page.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/done" {
			var seen map[string]any
			_ = json.NewDecoder(r.Body).Decode(&seen)
			told <- seen
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<script type="module">
const mock = %q, target = %s;
const call = (path, options = {}) => fetch(mock + path, {...options,
  headers: {...target.personas.default.headers, 'Content-Type': 'application/json', ...options.headers}});
const seen = {};
try {
  const made = await call('/council/api/wards', {method: 'POST', body: JSON.stringify({name: 'From a page'})});
  seen.made = made.status;
  seen.listed = (await (await call('/council/api/wards')).json()).some((ward) => ward.name === 'From a page');
  const again = await call('/council/api/wards', {method: 'POST', body: JSON.stringify({name: 'From a page'})});
  seen.refused = again.status; seen.why = again.headers.get('Rollcall-Refusal');
  const world = await (await fetch(mock + '/__admin/worlds',
    {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'})).json();
  const there = await call('/council/api/wards', 
    {method: 'POST', body: JSON.stringify({name: 'In a world'}), headers: {'Rollcall-World': world.id}});
  seen.there = there.status;
  seen.apart = !(await (await call('/council/api/wards')).json()).some((ward) => ward.name === 'In a world');
} catch (error) { seen.error = String(error); }
await fetch('/done', {method: 'POST', body: JSON.stringify(seen)});
</script>`, served.URL, key)
	})
	page.Start()
	t.Cleanup(page.Close)
	profile, err := os.MkdirTemp("", "rollcall-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) }) // which its children may still write into
	c := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--user-data-dir="+profile, "--remote-debugging-port=0", page.URL)
	c.Env = append(os.Environ(), "HOME="+profile)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	select {
	case seen := <-told:
		if seen["error"] != nil || seen["made"] != 201.0 || seen["listed"] != true || seen["refused"] != 409.0 ||
			seen["there"] != 201.0 || seen["apart"] != true ||
			!strings.Contains(fmt.Sprint(seen["why"]), "COU-WARD-06") {
			t.Errorf("the page saw %v", seen)
		}
	case <-time.After(time.Minute):
		t.Fatal("the page in the browser did not come to its end within a minute")
	}
}
