package suite_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

// late lets each answer wait.
type late struct {
	http.RoundTripper
	by time.Duration
}

func (l late) RoundTrip(r *http.Request) (*http.Response, error) {
	time.Sleep(l.by)
	return l.RoundTripper.RoundTrip(r)
}

// A case that asks often over a long way is decided; one whose answers come near the limit again
// and again is not, and says that its time is used up.
func TestACaseHasItsTimeForWaitingAlone(t *testing.T) {
	const limit = 2 * time.Second
	for _, row := range []struct {
		name    string
		by      time.Duration
		asks    int
		verdict reports.Verdict
		says    string
	}{
		{"often", 30 * time.Millisecond, 250, reports.Fail, "it is decided"},
		{"slowly", limit * 4 / 5, 6, reports.Undetermined, "used up its 6s"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			target := toy.Target(t)
			target.Transport = late{http.DefaultTransport, row.by}
			c := config(t, target)
			c.AnswerLimit, c.CaseBudget = limit, 1 // three times the limit, then
			ask := func(ctx context.Context, env *suite.Env) {
				for range row.asks {
					env.Call(ctx, "listThings")
				}
				env.Fail("it is decided")
			}
			c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "it", Check: ask}}
			c.Only = []string{"TOY-THING-01"}
			run, err := suite.RunPlain(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range run.Results {
				if r.Requirement == "TOY-THING-01" && (r.Verdict != row.verdict || !strings.Contains(r.Reason, row.says)) {
					t.Errorf("it is %s, %q; want %s", r.Verdict, r.Reason, row.verdict)
				}
			}
		})
	}
}
