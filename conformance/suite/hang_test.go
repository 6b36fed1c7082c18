package suite_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

// A service that never answers one operation fails it, is asked once, and keeps nobody
// waiting for the rest.
func TestHangingIsAFailureAskedOnce(t *testing.T) {
	var asked atomic.Int32
	c := config(t, toy.Target(t, "hang"))
	c.AnswerLimit = 400 * time.Millisecond
	c.Observe = func(e *client.Exchange) {
		if e.Operation != nil && e.Operation.ID == "deleteThing" && e.Method == http.MethodDelete && e.Err != nil {
			asked.Add(1)
		}
	}
	run, err := suite.RunPlain(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if run.Exit() != 1 || !strings.Contains(strings.Join(failed(run), " "), "deleteThing") {
		t.Errorf("it is %s, failed: %s", run.Outcome(), failed(run))
	}
	if asked.Load() != 1 {
		t.Errorf("it was asked %d times", asked.Load())
	}
	for _, r := range run.Results {
		if strings.Contains(r.Reason, "did not answer within") && r.Verdict == reports.Pass {
			t.Errorf("%s passes", r.Requirement)
		}
	}
}

// A service that answers no write at all, on whatever path, keeps a run waiting for a few
// answers only, and what was not sent is open.
func TestARunOverAHangingServiceIsBounded(t *testing.T) {
	var waited atomic.Int32
	c := config(t, toy.Target(t, "hang-writes"))
	c.AnswerLimit = 200 * time.Millisecond
	c.Observe = func(e *client.Exchange) {
		if e.Err != nil {
			waited.Add(1)
		}
	}
	run, err := suite.RunPlain(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if run.Exit() != 1 || len(failed(run)) == 0 {
		t.Errorf("it is %s, failed: %s", run.Outcome(), failed(run))
	}
	if waited.Load() > 6 {
		t.Errorf("%d requests were waited for", waited.Load())
	}
	if !slices.ContainsFunc(run.Results, func(r reports.Result) bool {
		return r.Verdict == reports.Undetermined && strings.Contains(r.Reason, "not asked")
	}) {
		t.Error("nothing says why it is open")
	}
}

// What is said for everything is said by nobody: one answer of substance does not make a
// target that works.
func TestOneAnswerForAllIsNoMerit(t *testing.T) {
	target := toy.Target(t)
	target.Worlds = ""
	target.Transport = constant(`{"id":"1","name":"one","kind":"plain"}`)
	run, err := suite.RunPlain(t.Context(), config(t, target))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range run.Results {
		if r.Verdict == reports.Pass {
			t.Errorf("%s passes", r.Requirement)
		}
	}
}

type constant string

func (c constant) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(string(c))), Request: r}, nil
}
