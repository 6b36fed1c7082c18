package suite_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"rollcall/conformance/check"
	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

func config(t *testing.T, target suite.Target) suite.Config {
	c := toy.Contract(t)
	api := toy.API()
	api.Cases = append(api.Cases, check.Cases(c, api.Samples, api.Excuses)...)
	return suite.Config{Contract: c, API: api, Target: target, Version: "test"}
}

func failed(run *reports.Run) []string {
	var ids []string
	for _, result := range run.Results {
		if result.Verdict == reports.Fail {
			ids = append(ids, strings.TrimPrefix(result.Requirement, "TOY-"))
		}
	}
	return ids
}

func TestCorrectTargetPassesBothWays(t *testing.T) {
	for name, run := range map[string]func(context.Context, suite.Config) (*reports.Run, error){"tree": suite.Run,
		"loop": suite.RunPlain} {
		t.Run(name, func(t *testing.T) {
			got, err := run(t.Context(), config(t, toy.Target(t)))
			if err != nil {
				t.Fatal(err)
			}
			for _, result := range got.Results {
				want := reports.Pass
				if result.Requirement == "TOY-THING-04" {
					want = reports.Undetermined
				}
				if result.Verdict != want {
					t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
				}
			}
			if !got.Summary.Conformant {
				t.Error("not conformant")
			}
			if text, _ := json.Marshal(got); strings.Contains(string(text), toy.Key) {
				t.Error("the credential is in the run")
			}
		})
	}
}

func TestEachFaultIsFoundWhereItBelongs(t *testing.T) {
	everybody := []string{"DOC-listThings-ignored_auth", "DOC-createThing-ignored_auth", "DOC-getThing-ignored_auth",
		"DOC-deleteThing-ignored_auth"}
	rows := []struct {
		fault string
		want  []string
	}{
		{"omit", []string{"THING-02"}},
		{"dirty", []string{"THING-02"}},
		{"reorder", []string{"THING-03"}},
		{"code", []string{"THING-01", "DOC-createThing-status_code_conformance", "DOC-createThing-positive_data_acceptance"}},
		{"retype", []string{"DOC-createThing-response_schema_conformance"}},
		{"no-auth", everybody},
		{"half-key", everybody},
		{"scheme-alone", everybody},
		{"any-scheme", everybody},
		{"method-acts", []string{"DOC-getThing-unsupported_method", "DOC-deleteThing-unsupported_method"}},
		{"sign-dropped", []string{"DOC-getThing-distinct_records"}},
		{"any-method", []string{"DOC-listThings-unsupported_method", "DOC-createThing-unsupported_method",
			"DOC-getThing-unsupported_method", "DOC-deleteThing-unsupported_method"}},
		{"undead", []string{"DOC-deleteThing-use_after_free"}},
	}
	for _, row := range rows {
		t.Run(row.fault, func(t *testing.T) {
			run, err := suite.RunPlain(t.Context(), config(t, toy.Target(t, row.fault)))
			if err != nil {
				t.Fatal(err)
			}
			if got := failed(run); !slices.Equal(got, row.want) {
				t.Errorf("failed %v\n  want %v\n%s", got, row.want, reasons(run))
			}
		})
	}
}

func reasons(run *reports.Run) string {
	var text strings.Builder
	for _, result := range run.Results {
		if result.Verdict == reports.Fail {
			text.WriteString(result.Requirement + ": " + result.Reason + "\n")
		}
	}
	return text.String()
}

func TestLenientTargetNamesEachPlace(t *testing.T) {
	run, err := suite.RunPlain(t.Context(), only(config(t, toy.Target(t, "lenient")), "TOY-DOC-createThing-negative*"))
	if err != nil {
		t.Fatal(err)
	}
	reason := run.Results[0].Reason
	for _, want := range []string{"/kind is none of the values: answered with 201", "/size is too small",
		"/made is none of that format", "/name is too short"} {
		if !strings.Contains(reason, want) {
			t.Errorf("%q is not in\n%s", want, reason)
		}
	}
}

// Targets that answer everything alike must not be found conformant in anything
// but refusing what they refuse.
func TestDegenerateTargetsConformToNothing(t *testing.T) {
	always := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	echo := func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) }
	rows := map[string]struct {
		handler http.HandlerFunc
		exit    int
	}{
		"401 to everything": {always(401, `{"error":"no"}`), 5},
		"everything 404":    {always(404, `{"error":"no"}`), 5},
		"everything 500":    {always(500, `{"error":"no"}`), 1},
		"empty 200":         {always(200, ""), 5},
		"echo":              {echo, 5},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			target := toy.Target(t)
			server := httptest.NewServer(row.handler)
			t.Cleanup(server.Close)
			target.URL, target.Worlds = server.URL, ""
			run, err := suite.Run(t.Context(), config(t, target))
			if err != nil {
				t.Fatal(err)
			}
			if run.Exit() != row.exit {
				t.Errorf("exit %d, want %d", run.Exit(), row.exit)
			}
			for _, result := range run.Results {
				if result.Verdict == reports.Pass {
					t.Errorf("%s passes", result.Requirement)
				}
			}
		})
	}
}

func TestUnreachableTargetIsAnError(t *testing.T) {
	target := toy.Target(t)
	target.URL, target.Worlds = "http://127.0.0.1:1", ""
	_, err := suite.Run(t.Context(), config(t, target))
	var unreachable *suite.Unreachable
	if !errors.As(err, &unreachable) {
		t.Fatalf("got %v", err)
	}
}

func TestConfigurationIsRefusedBeforeAnythingIsSent(t *testing.T) {
	rows := map[string]struct {
		change func(*suite.Config)
		want   string
	}{
		"pattern of nothing": {func(c *suite.Config) { c.Only = []string{"TOY-NOPE-*"} },
			`only "TOY-NOPE-*" names no requirement`},
		"beginning of names": {func(c *suite.Config) { c.Only = []string{"TOY-THING"} }, `which "TOY-THING*" asks for`},
		"no case":            {func(c *suite.Config) { c.API.Cases = c.API.Cases[1:] }, "no case checks TOY-THING-01"},
		"unknown requirement": {func(c *suite.Config) { c.API.Cases[0].Requirement = "TOY-THING-011" },
			"did you mean TOY-THING-01?"},
		"same title twice": {func(c *suite.Config) { c.API.Cases = append(c.API.Cases, c.API.Cases[0]) }, "two cases titled"},
		"other contract":   {func(c *suite.Config) { c.Target.Contract = "other" }, `the target is for contract "other"`},
		"relative url":     {func(c *suite.Config) { c.Target.URL = "localhost:1" }, "is not absolute"},
		"waiver without owner": {func(c *suite.Config) {
			c.Target.Waivers = []suite.Waiver{{Requirement: "TOY-THING-01", Reason: "r", Expires: "soon"}}
		}, "needs an owner"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			c := config(t, toy.Target(t))
			row.change(&c)
			_, err := suite.Run(t.Context(), c)
			var problem *suite.ConfigError
			if !errors.As(err, &problem) || !strings.Contains(err.Error(), row.want) {
				t.Fatalf("got %v, want %q in it", err, row.want)
			}
		})
	}
}

func only(c suite.Config, patterns ...string) suite.Config {
	c.Only = patterns
	return c
}
