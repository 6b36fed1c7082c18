package suite_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

// retelling is the toy target as a server of other habits would tell it: rules
// are pairs of what it would say and what it says. Requests come back the same way.
func retelling(t *testing.T, reading string, faults []string, rules ...string) suite.Target {
	t.Helper()
	server := toy.NewServer(faults...)
	back := make([]string, 0, len(rules))
	for i := 0; i < len(rules); i += 2 {
		back = append(back, rules[i+1], rules[i])
	}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(strings.NewReplacer(back...).Replace(string(body))))
		told := httptest.NewRecorder()
		server.ServeHTTP(told, r)
		for name, values := range told.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(told.Code)
		_, _ = io.WriteString(w, strings.NewReplacer(rules...).Replace(told.Body.String()))
	}))
	t.Cleanup(front.Close)
	target := toy.Target(t)
	target.URL, target.Worlds, target.Reading = front.URL, front.URL+"/worlds", reading
	return target
}

func TestDerivedChecksDoNotContradictTheCatalogue(t *testing.T) {
	midnight := []string{`"2024-01-31"`, `"2024-01-31T00:00:00"`}
	for _, row := range []struct {
		name, reading string
		faults, rules []string
		want          bool // conformant
	}{
		{"an accepted status", suite.Accepting, []string{"code"}, nil, true},
		{"an accepted status, strict", suite.Strict, []string{"code"}, nil, false},
		{"days as midnights", suite.Accepting, nil, midnight, true},
		{"days as midnights, strict", suite.Strict, nil, midnight, false},
		{"an accepted status with another body", suite.Accepting, []string{"code", "retype"}, nil, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			run, err := suite.RunPlain(t.Context(), config(t, retelling(t, row.reading, row.faults, row.rules...)))
			if err != nil {
				t.Fatal(err)
			}
			if ids := failed(run); (len(ids) == 0) != row.want {
				t.Errorf("failed: %s", strings.Join(ids, ", "))
			}
			for _, result := range run.Results {
				if row.want && result.Verdict == reports.Undetermined && result.Requirement != "TOY-THING-04" {
					t.Errorf("%s is undetermined: %s", result.Requirement, result.Reason)
				}
			}
		})
	}
}

// TestWhatTheTargetSaidIsNotTheSuitesFault sends what the document does not allow:
// a kind that it does not list.
func TestWhatTheTargetSaidIsNotTheSuitesFault(t *testing.T) {
	said := func(ctx context.Context, env *suite.Env, body map[string]any) string {
		made := env.Call(ctx, "createThing", client.JSON(body))
		return made.Text("kind")
	}
	plain := func() map[string]any { return map[string]any{"name": "lamp", "kind": "plain"} }
	for _, row := range []struct {
		name  string
		check func(ctx context.Context, env *suite.Env)
		own   bool
	}{
		{"made up", func(ctx context.Context, env *suite.Env) {
			env.Must(ctx, "createThing", client.JSON(map[string]any{"name": "vase", "kind": "Plain"}))
		}, true},
		{"as the target said it", func(ctx context.Context, env *suite.Env) {
			env.Must(ctx, "createThing", client.JSON(map[string]any{"name": "vase", "kind": said(ctx, env, plain())}))
		}, false},
		{"as the target said it, as a parameter", func(ctx context.Context, env *suite.Env) {
			env.Must(ctx, "listThings", client.Query("kind", said(ctx, env, plain())))
		}, false},
		{"as its file gives it", func(ctx context.Context, env *suite.Env) {
			env.Must(ctx, "createThing", client.JSON(map[string]any{"name": "vase", "kind": env.Given("kind")}))
		}, false},
		{"beside something made up", func(ctx context.Context, env *suite.Env) {
			env.Must(ctx, "createThing", client.JSON(map[string]any{"name": "vase", "kind": said(ctx, env, plain()), "size": -1}))
		}, true},
		{"an echo", func(ctx context.Context, env *suite.Env) {
			env.Must(ctx, "createThing",
				client.JSON(map[string]any{"name": "vase", "kind": said(ctx, env, plain()), "size": "3"}), client.Echo())
		}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			target := retelling(t, suite.Accepting, []string{"lenient"}, `"kind":"plain"`, `"kind":"Plain"`)
			target.Given = map[string]string{"kind": "ODD"}
			c := only(config(t, target), "TOY-THING-01")
			c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "it", Check: row.check}}
			run, err := suite.RunPlain(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(run.Results[0].Reason, "the suite itself broke"); got != row.own {
				t.Errorf("own fault is %t: %s", got, run.Results[0].Reason)
			}
		})
	}
}
