package suite_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/internal/toy"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

// one runs a single case of TOY-THING-01 and returns its result. A case of TOY-THING-02
// sees two different answers beside it, so that the target counts as alive.
func one(t *testing.T, target suite.Target, check func(context.Context, *suite.Env)) reports.Result {
	t.Helper()
	c := only(config(t, target), "TOY-THING-01", "TOY-THING-02")
	c.API.Cases = []suite.Case{
		{Requirement: "TOY-THING-01", Title: "the case", Check: check},
		{Requirement: "TOY-THING-02", Title: "life", Check: func(ctx context.Context, env *suite.Env) {
			for _, name := range []string{env.Unique("life"), env.Unique("life")} {
				env.Must(ctx, "createThing", client.JSON(map[string]any{"name": name, "kind": "plain"}))
			}
		}},
	}
	run, err := suite.RunPlain(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return run.Results[0]
}

func TestWaysToEndACase(t *testing.T) {
	rows := map[string]struct {
		check   func(context.Context, *suite.Env)
		verdict reports.Verdict
		reason  string
	}{
		"passes": {func(ctx context.Context, env *suite.Env) {
			env.Expect(env.Call(ctx, "listThings")).To(match.Status(200))
		}, reports.Pass, ""},
		"expectation": {func(ctx context.Context, env *suite.Env) { env.Expect(1).To(gomega.Equal(2)); panic("went on") },
			reports.Fail, "expected it to be 2, but it is 1"},
		"a sentence of its own": {func(_ context.Context, env *suite.Env) {
			env.Expect(false).To(gomega.BeTrue(), "it is %d", 5)
		}, reports.Fail, "the case: it is 5"},
		"fails":          {func(_ context.Context, env *suite.Env) { env.Fail("because %d", 1) }, reports.Fail, "because 1"},
		"undetermined":   {func(_ context.Context, env *suite.Env) { env.Undetermined("why") }, reports.Undetermined, "why"},
		"not applicable": {func(_ context.Context, env *suite.Env) { env.NotApplicable("why") }, reports.NotApplicable, "why"},
		"no such persona": {func(_ context.Context, env *suite.Env) { env.As("nobody") },
			reports.Undetermined, `persona "nobody"`},
		"not given": {func(_ context.Context, env *suite.Env) { env.Given("x") }, reports.Undetermined, "given:x"},
		"nothing known": {func(_ context.Context, env *suite.Env) { env.Info("role") },
			reports.Undetermined, "role of the persona"},
		"breaks": {func(context.Context, *suite.Env) { panic("a mistake in a case") },
			reports.Undetermined, "the suite itself broke"},
		"unknown name": {func(ctx context.Context, env *suite.Env) { env.Call(ctx, "nope") },
			reports.Undetermined, "no operation of toy"},
		"unfilled path": {func(ctx context.Context, env *suite.Env) { env.Call(ctx, "getThing") },
			reports.Undetermined, "no value for id"},
		"set-up": {func(ctx context.Context, env *suite.Env) { env.Must(ctx, "getThing", client.Path("id", "x")) },
			reports.Undetermined, "set-up failed: getThing"},
		"its own fault": {func(ctx context.Context, env *suite.Env) {
			env.Must(ctx, "createThing", client.JSON(map[string]any{"name": "", "kind": "plain"}))
		}, reports.Undetermined, "does not keep the contract: body /name"},
		"its own fault, where a success is expected": {func(ctx context.Context, env *suite.Env) {
			made := env.Call(ctx, "createThing", client.JSON(map[string]any{"name": "", "kind": "plain"}))
			env.Expect(made).To(match.Status(201))
		}, reports.Undetermined, "does not keep the contract: body /name"},
		"on purpose, where a success is expected": {func(ctx context.Context, env *suite.Env) {
			env.Expect(env.Call(ctx, "createThing", client.JSON(map[string]any{"name": "", "kind": "plain"}),
				client.Invalid())).To(match.Status(201))
		}, reports.Fail, "expected status 201"},
		"no value at all": {func(ctx context.Context, env *suite.Env) { env.Must(ctx, "getThing") },
			reports.Undetermined, "does not keep the contract: path /id is required"},
		"wrong on purpose": {func(ctx context.Context, env *suite.Env) {
			env.Must(ctx, "createThing", client.JSON(map[string]any{"name": ""}), client.Invalid())
		}, reports.Undetermined, "set-up failed: createThing"},
		"success, not 201": {func(ctx context.Context, env *suite.Env) { env.ExpectAnswer(env.Call(ctx, "listThings")) },
			reports.Fail, "an answer with 201"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			result := one(t, toy.Target(t), row.check)
			if result.Verdict != row.verdict || !strings.Contains(result.Reason, row.reason) ||
				strings.Contains(result.Reason, "to be true") {
				t.Errorf("%s: %s\nwant %s: %s", result.Verdict, result.Reason, row.verdict, row.reason)
			}
		})
	}
}

func TestUniqueNamesRepeatWithTheSeed(t *testing.T) {
	names := func(seed uint64) (got []string) {
		c := only(config(t, toy.Target(t)), "TOY-THING-01")
		c.Seed = seed
		c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "t", Check: func(_ context.Context, env *suite.Env) {
			got = append(got, env.Unique("a"), env.Unique("a"))
		}}}
		if _, err := suite.RunPlain(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		return got
	}
	first, again, other := names(7), names(7), names(8)
	if !slices.Equal(first, again) || slices.Equal(first, other) || first[0] == first[1] {
		t.Errorf("%v %v %v", first, again, other)
	}
}

func TestWhatACaseMadeIsTakenBackBackwards(t *testing.T) {
	var order []string
	target := toy.Target(t)
	target.Worlds = ""
	result := one(t, target, func(_ context.Context, env *suite.Env) {
		for i := range 3 {
			env.Track(func(context.Context) {
				order = append(order, fmt.Sprint(i))
				env.Fail("in the clean-up")
			})
		}
	})
	if got := strings.Join(order, ""); got != "210" || result.Verdict != reports.Pass {
		t.Errorf("order %s, verdict %s", got, result.Verdict)
	}
}

func TestTimeStandsAsTheWorldSays(t *testing.T) {
	result := one(t, toy.Target(t), func(ctx context.Context, env *suite.Env) {
		env.Call(ctx, "listThings")
		env.Expect(env.Now()).To(gomega.BeTemporally("~", time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC), time.Minute))
	})
	if result.Verdict != reports.Pass {
		t.Error(result.Reason)
	}
}

func TestWaivers(t *testing.T) {
	rows := map[string]struct {
		fault, expires string
		verdict        reports.Verdict
		reason         string
	}{
		"holds":      {"omit", "2024-03-01", reports.Waived, "waived by ann until 2024-03-01: later"},
		"last day":   {"omit", "2024-02-01", reports.Waived, "waived"},
		"expired":    {"omit", "2024-01-31", reports.Fail, "expired on 2024-01-31"},
		"not needed": {"", "2024-03-01", reports.Pass, "can be taken out"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			target := toy.Target(t, row.fault)
			target.Waivers = []suite.Waiver{{Requirement: "TOY-THING-02", Reason: "later", Owner: "ann", Expires: row.expires}}
			c := only(config(t, target), "TOY-THING-02")
			c.Now = func() time.Time { return time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC) }
			run, err := suite.RunPlain(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if got := run.Results[0]; got.Verdict != row.verdict || !strings.Contains(got.Reason, row.reason) {
				t.Errorf("%s: %s", got.Verdict, got.Reason)
			}
		})
	}
}

func TestNeedsAndExcusesDecideBeforeTheCase(t *testing.T) {
	c := only(config(t, toy.Target(t)), "TOY-THING-0[14]")
	c.API.Excuses = map[string]string{"TOY-THING-01": "asks too much"}
	run, err := suite.RunPlain(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if got := run.Results[0]; got.Verdict != reports.NotApplicable || got.Reason != "asks too much" {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
	if got := run.Results[1]; got.Verdict != reports.Undetermined || !strings.Contains(got.Reason, "needs second-tenant") {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}

func TestARunStopsOnlyAtAFailureOfItsRequirement(t *testing.T) {
	const schema = "TOY-DOC-createThing-response_schema_conformance"
	// The cases run in the order of their ids, the document's first. "retype" is
	// found by the judge in the answers of most of them, the others by one each.
	rows := map[string]struct {
		faults []string
		stopAt string
		want   []reports.Verdict // of THING-01, 02, 03 and schema
	}{
		"nowhere": {[]string{"omit", "reorder"}, "",
			[]reports.Verdict{reports.Pass, reports.Fail, reports.Fail, reports.Pass}},
		"case": {[]string{"omit", "reorder"}, "TOY-THING-02", []reports.Verdict{reports.Pass, reports.Fail,
			reports.Undetermined, reports.Pass}},
		"case of another": {[]string{"omit", "reorder"}, "TOY-THING-03",
			[]reports.Verdict{reports.Pass, reports.Fail, reports.Fail, reports.Pass}},
		"judge": {[]string{"retype", "reorder"}, schema, []reports.Verdict{reports.Undetermined, reports.Undetermined,
			reports.Undetermined, reports.Fail}},
		"judge of another": {[]string{"retype", "reorder"}, "TOY-THING-03",
			[]reports.Verdict{reports.Pass, reports.Pass, reports.Fail, reports.Fail}},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			c := only(config(t, toy.Target(t, row.faults...)), "TOY-THING-0[123]", schema)
			c.StopAtFailOf = row.stopAt
			run, err := suite.RunPlain(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			var got []reports.Verdict
			for _, result := range run.Results {
				got = append(got, result.Verdict)
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

func TestASampleThatBreaksTheContractIsTheSuitesFault(t *testing.T) {
	c := only(config(t, toy.Target(t)), "TOY-DOC-createThing-positive*")
	c.API.Samples["createThing"] = func(context.Context, *suite.Env) []client.Option {
		return []client.Option{client.JSON(map[string]any{"name": "n", "kind": "neither"})}
	}
	run, err := suite.RunPlain(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if got := run.Results[0]; got.Verdict != reports.Undetermined || !strings.Contains(got.Reason, "body /kind") {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}

func TestWhatIsVolatileIsLeftOut(t *testing.T) {
	c := only(config(t, toy.Target(t)), "TOY-THING-01")
	c.API.Volatile = []string{"name"}
	c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "t", Check: func(ctx context.Context, env *suite.Env) {
		made := env.Must(ctx, "createThing", client.JSON(map[string]any{"name": env.Unique("thing"), "kind": "plain"}))
		env.Expect(string(made.Known())).To(gomega.ContainSubstring(`"name"`))
		env.Expect(string(env.Settled(made))).To(gomega.And(gomega.ContainSubstring(`"id"`),
			gomega.Not(gomega.ContainSubstring(`"name"`))))
	}}}
	run, err := suite.RunPlain(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if run.Results[0].Verdict != reports.Pass {
		t.Error(run.Results[0].Reason)
	}
}

// What is done beside a case is done once, and is not seen where the case looks.
func TestBesideACase(t *testing.T) {
	result := one(t, toy.Target(t), func(ctx context.Context, env *suite.Env) {
		asked := 0
		for range 2 {
			env.Beside(ctx, "a thing", func(ctx context.Context, env *suite.Env) *client.Exchange {
				asked++
				return env.Call(ctx, "createThing", client.JSON(map[string]any{"name": env.Unique("beside"), "kind": "plain"}))
			})
			failed := env.Beside(ctx, "nothing", func(_ context.Context, env *suite.Env) *client.Exchange {
				env.Fail("this is no failure of the case")
				return nil
			})
			env.Expect(failed).To(gomega.BeNil())
		}
		env.Expect(asked).To(gomega.Equal(1))
		env.Expect(string(env.Call(ctx, "listThings").Body)).ToNot(gomega.ContainSubstring("beside"))
	})
	if result.Verdict != reports.Pass {
		t.Errorf("it is %s: %s", result.Verdict, result.Reason)
	}
}
