package conformance_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// opening is a way in which a target of the tenants contract may answer that the
// seed leaves open.
type opening struct {
	name string
	ask  func(body string) string                // the request as the mock takes it
	tell func(a *http.Response, b string) string // the answer as that target gives it
}

func openings() []opening {
	as := func(body string) string { return body }
	days := regexp.MustCompile(`("(?:dateOfBirth|programmeStartDate)":"\d{4}-\d\d-\d\d)"`)
	return []opening{
		{"created", as, func(a *http.Response, body string) string {
			if a.Request.Method == "POST" && a.StatusCode == 200 {
				a.StatusCode = 201
			}
			return body
		}},
		{"no content", as, func(a *http.Response, body string) string {
			if a.Request.Method == "DELETE" && a.StatusCode == 200 {
				a.StatusCode, body = 204, ""
			}
			return body
		}},
		{"a body after a deactivation", as, func(a *http.Response, body string) string {
			if a.Request.Method == "DELETE" && a.StatusCode == 200 {
				a.Header.Set("Content-Type", "application/json")
				body = `{"done":true}`
			}
			return body
		}},
		{"days as midnights", func(body string) string { return strings.ReplaceAll(body, `T00:00:00"`, `"`) },
			func(_ *http.Response, body string) string { return days.ReplaceAllString(body, `${1}T00:00:00"`) }},
		{"a conflict for what is taken", as, func(a *http.Response, body string) string {
			if a.StatusCode == 400 && strings.Contains(body, "already") {
				a.StatusCode = 409
			}
			return body
		}},
		{"problem documents", as, func(a *http.Response, body string) string {
			if a.StatusCode >= 400 {
				a.Header.Set("Content-Type", "application/problem+json")
				body = `{"type":"about:blank","title":"Bad","errors":{}}`
			}
			return body
		}},
		{"errors without a body", as, func(a *http.Response, body string) string {
			if a.StatusCode >= 400 {
				a.Header.Del("Content-Type")
				body = ""
			}
			return body
		}},
		{"statuses of its own", func(body string) string { return strings.ReplaceAll(body, `"Full user"`, `"FullUser"`) },
			func(_ *http.Response, body string) string {
				return strings.ReplaceAll(body, `"FullUser"`, `"Full user"`)
			}},
	}
}

// TestOpenings judges a target for each opening, by the accepting reading and, as
// most targets are, without worlds.
func TestOpenings(t *testing.T) {
	if raceDetector {
		t.Skip(withoutDetector)
	}
	base := start(t)
	c, err := contract.Load(specs.FS, "tenants")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range openings() {
		t.Run(o.name, func(t *testing.T) {
			of := described(t, base, c.Name)
			of.URL, of.Worlds, of.Reading = o.before(t, of.URL), "", suite.Accepting
			run, err := conformance.Run(t.Context(), suite.Config{Contract: c, Target: of, Version: "go-test"})
			if err != nil {
				t.Fatal(err)
			}
			if run.Exit() == 0 && run.Summary.Undetermined == 0 {
				return
			}
			var b bytes.Buffer
			if err := reports.WriteConsole(&b, run, reports.Plain); err != nil {
				t.Error(err)
			}
			t.Error(b.String())
		})
	}
}

// before stands a target with the opening before the one at the address.
func (o opening) before(t *testing.T, address string) string {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ModifyResponse = func(a *http.Response) error {
		body, err := io.ReadAll(a.Body)
		a.Header.Del("Rollcall-Refusal")
		write(a, o.tell(a, compact(body)))
		return err
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked := o.ask(string(body))
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(asked)), int64(len(asked))
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func write(a *http.Response, body string) {
	a.Body, a.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	a.Header.Set("Content-Length", strconv.Itoa(len(body)))
	if a.StatusCode == http.StatusNoContent {
		a.Header.Del("Content-Length")
	}
}

// compact takes the blanks out of a body, so that texts can be found in it.
func compact(body []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, body) != nil {
		return string(body)
	}
	return b.String()
}
