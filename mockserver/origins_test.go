package mockserver_test

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rollcall/mockserver"
	"rollcall/specs"
)

// TestNoOriginReadsACredential asks everything that the mock serves beside what a contract answers, and holds that no
// page of another origin may read it, nor load it without reading, while what is of a contract may be read by all.
func TestNoOriginReadsACredential(t *testing.T) {
	const stranger, friend, html = "http://evil.example", "http://friend.example", "text/html,*/*"
	_, served := mock(t, mockserver.Config{Origins: []string{friend}, Documents: specs.FS}, "council", "identity")
	_, alone := mock(t, mockserver.Config{Documents: specs.FS}, "council")
	key := credential(t, served.URL)
	for _, row := range []struct {
		base, path, accept string
		open               bool // it is a contract's
		tells              bool // a credential, to whom it is told
	}{
		{served.URL, "/", html, false, true}, {served.URL, "/", "*/*", false, false},
		{served.URL, "/favicon.ico", html, false, false},
		{alone.URL, "/", html, false, true}, {alone.URL, "/", "*/*", true, false},
		{alone.URL, "/openapi.yaml", html, true, false},
		{served.URL, "/__admin", html, false, false}, {served.URL, "/__admin/", html, false, false},
		{served.URL, "/__admin/ui", html, false, false}, {served.URL, "/__admin/ui/ui.js", html, false, false},
		{served.URL, "/__admin/docs", html, false, false},
		{served.URL, "/__admin/docs/swagger/swagger-ui.css", html, false, false},
		{served.URL, "/__admin/health", "*/*", false, false}, {served.URL, "/__admin/openapi.json", "*/*", false, false},
		{served.URL, "/__admin/targets/council", "*/*", false, true}, {served.URL, "/__admin/requests.har", "*/*", false, false},
		{served.URL, "/__admin/settings", "*/*", false, false}, {served.URL, "/__admin/nothing", "*/*", false, false},
		{served.URL, "/__worlds/default/", html, false, false}, {served.URL, "/nothing/openapi.json", html, false, false},
		{served.URL, "/council/openapi.yaml", html, true, false}, {served.URL, "/identity/openapi.json", html, true, false},
		{served.URL, "/council/", html, true, false}, {served.URL, "/council/api/wards", "*/*", true, false},
		{served.URL, "/__worlds/default/council/api/wards", "*/*", true, false},
	} {
		for _, origin := range []string{"", stranger, "null", friend} {
			headers := []string{"Accept", row.accept}
			if origin != "" {
				headers = append(headers, "Origin", origin)
			}
			answer := ask(t, http.MethodGet, row.base+row.path, headers...)
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			tells, reads := strings.Contains(string(body), key), answer.Header.Get("Access-Control-Allow-Origin")
			want := ""
			if origin == friend && row.base == served.URL || row.open {
				want = origin
			}
			if reads != want || tells && reads != "" && origin != friend {
				t.Errorf("%s for %q: it may be read by %q (want %q), and tells a credential: %v", row.path, origin, reads, want,
					tells)
			}
			if to := answer.Header.Get("Access-Control-Allow-Credentials"); want == "" && to != "" {
				t.Errorf("%s for %q: credentials may be sent: %q", row.path, origin, to)
			}
			if origin == "" && tells != row.tells {
				t.Errorf("%s tells a credential: %v", row.path, tells)
			}
			shut := answer.Header.Get("Cross-Origin-Resource-Policy") == "same-origin" &&
				answer.Header.Get("X-Frame-Options") == "DENY"
			if ours := tells || strings.HasPrefix(row.path, "/__admin"); ours != shut {
				t.Errorf("%s for %q: pages of others may load it: %v", row.path, origin, !shut)
			}
		}
	}
}

// credential is that of the default persona, by which all others are told apart from text.
func credential(t *testing.T, base string) string {
	var target struct {
		Personas map[string]struct{ Headers map[string]string }
	}
	if err := json.Unmarshal(targetOf(t, base), &target); err != nil {
		t.Fatal(err)
	}
	value := target.Personas["default"].Headers["Authorization"]
	words := strings.Fields(value)
	if len(words) != 2 || !slices.Contains(words, "Bearer") {
		t.Fatalf("the default persona sends %q", value)
	}
	return words[1]
}
