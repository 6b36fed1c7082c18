package suite_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/reports"
	specs "rollcall/specs/target"
)

// dying answers with a status of its own once it has had a number of requests.
type dying struct {
	http.RoundTripper
	after  int64
	status int
	asked  atomic.Int64
}

func (d *dying) RoundTrip(q *http.Request) (*http.Response, error) {
	if d.asked.Add(1) <= d.after {
		return d.RoundTripper.RoundTrip(q)
	}
	return &http.Response{StatusCode: d.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("")),
		Request: q}, nil
}

// TestATargetThatTurnsTheRunAway half way fails nothing: what was decided stands, the rest is open
// for one reason, and little more is sent.
func TestATargetThatTurnsTheRunAway(t *testing.T) {
	alone := toy.Target(t)
	alone.Worlds = ""
	calm, err := suite.RunLoop(t.Context(), config(t, alone))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, reason string
		status       int
	}{
		{"a token that dies", "refuses the default credential", http.StatusUnauthorized},
		{"a right that is taken", "refuses the default credential", http.StatusForbidden},
		{"a route that is taken down", "every path is answered 404", http.StatusNotFound},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, after := range []int64{20, calm.Requests / 3, calm.Requests / 2, calm.Requests * 2 / 3} {
				target := toy.Target(t)
				target.Worlds = ""
				wire := &dying{RoundTripper: http.DefaultTransport, after: after, status: row.status}
				target.Transport = wire
				run, err := suite.RunLoop(t.Context(), config(t, target))
				if err != nil {
					t.Fatal(err)
				}
				if names := failed(run); len(names) > 0 {
					t.Errorf("after %d requests %s fail", after, names)
				}
				if run.Exit() != 5 {
					t.Errorf("after %d requests it is %s, exit %d", after, run.Outcome(), run.Exit())
				}
				open := 0
				for _, r := range run.Results {
					if r.Verdict == reports.Undetermined && strings.Contains(r.Reason, row.reason) {
						open++
					}
				}
				if open == 0 {
					t.Errorf("after %d requests nobody says why", after)
				}
				const most = 60 // of a case, its clean-up and two looks
				if more := wire.asked.Load() - after; more > most {
					t.Errorf("%d more requests were sent", more)
				}
			}
		})
	}
}

// TestATargetThatSendsElsewhere is asked a little and judged in nothing.
func TestATargetThatSendsElsewhere(t *testing.T) {
	target := toy.Target(t)
	target.Worlds = ""
	wire := &dying{RoundTripper: http.DefaultTransport, status: http.StatusFound}
	target.Transport = wire
	run, err := suite.RunLoop(t.Context(), config(t, target))
	if err != nil {
		t.Fatal(err)
	}
	if names := failed(run); len(names) > 0 || run.Exit() != 5 || wire.asked.Load() > 4 {
		t.Errorf("%s fail, it is %s, after %d requests", names, run.Outcome(), wire.asked.Load())
	}
	seen, err := suite.Look(t.Context(), config(t, target))
	if err != nil || !strings.Contains(seen.Problem, "elsewhere") {
		t.Errorf("a look says %q, %v", seen.Problem, err)
	}
}

// TestPathsOfATarget holds that a path of its own has what the operation's has to have filled in.
func TestPathsOfATarget(t *testing.T) {
	for line, wrong := range map[string]string{
		"GET /other/{id}": "", "GET /other/{id}/whole": "",
		"GET /other": "lacks {id}", "GET /other/{id": "a brace stands alone", "GET /other/{id}}": "a brace stands alone",
		"GET /other/{thing}/{id}": "nothing fills {thing} in",
	} {
		target := toy.Target(t)
		target.Paths = map[string]string{"getThing": line}
		err := suite.Validate(config(t, target))
		if (err == nil) != (wrong == "") || err != nil && !strings.Contains(err.Error(), wrong) {
			t.Errorf("%q: %v, want %q", line, err, wrong)
		}
	}
}

// TestTokensThatAreNoLongerGiven end a run as a token that died does, and nobody waits for who hangs
// longer than for an answer of the target.
func TestTokensThatAreNoLongerGiven(t *testing.T) {
	for name, end := range map[string]func(http.ResponseWriter, *http.Request){
		"refused": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"hanging": func(_ http.ResponseWriter, q *http.Request) {
			_, _ = io.Copy(io.Discard, q.Body) // only then does a server see that its caller has gone
			<-q.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int64
			issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
				if asked.Add(1) > 30 {
					end(w, q)
					return
				}
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(`{"access_token":"` + toy.Key + `","token_type":"Bearer","expires_in":60}`))
			}))
			t.Cleanup(issuer.Close)
			target := toy.Target(t)
			target.Worlds = ""
			target.Personas = map[string]suite.Persona{suite.DefaultPersona: {Token: &specs.Token{
				Early: specs.Duration(time.Hour), // so that each request fetches one
				OAuth2: &specs.OAuth2{Grant: specs.ClientCredentials, TokenURL: issuer.URL, ClientID: "suite",
					ClientSecret: "not-so-secret"}}}}
			c := config(t, target)
			c.AnswerLimit = 300 * time.Millisecond
			run, err := suite.RunLoop(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			const most = 30 + 30 // of the case that was on, its clean-up and two looks
			if names := failed(run); len(names) > 0 || run.Exit() != 5 || asked.Load() > most {
				t.Errorf("%s fail, it is %s, and a token was asked for %d times", names, run.Outcome(), asked.Load())
			}
			says := func(r reports.Result) bool { return strings.Contains(r.Reason, "there is no token") }
			if !slices.ContainsFunc(run.Results, says) {
				t.Error("nobody says why")
			}
		})
	}
}
