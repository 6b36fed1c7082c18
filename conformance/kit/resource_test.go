package kit_test

import (
	"context"
	"strings"
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/internal/toy"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

func things() kit.Resource {
	return kit.Resource{
		Name: "things", Lists: "listThings", Creates: "createThing", Gets: "getThing", Removes: "deleteThing", ID: "id",
		Body: func(env *suite.Env) kit.Body { return kit.Body{"name": env.Unique("thing"), "kind": "plain"} },
		Undo: func(env *suite.Env, made *client.Exchange) {
			env.TrackCall("deleteThing", client.Path("id", made.Text("id")))
		},
	}
}

// judged runs one check against a toy with the faults. Its requirement names no status, so that
// any success and any refusal will do.
func judged(t *testing.T, check kit.Check, faults ...string) reports.Result {
	t.Helper()
	c := suite.Config{Contract: toy.Contract(t), API: toy.API(), Target: toy.Target(t, faults...), Version: "test",
		Only: []string{"TOY-THING-03"}}
	c.API.Cases = []suite.Case{
		{Requirement: "TOY-THING-03", Title: "the case", Check: check},
		{Requirement: "TOY-THING-03", Title: "life", Check: func(ctx context.Context, env *suite.Env) {
			env.Expect(things().Made(ctx, env)).To(match.Success())
			env.Expect(things().Made(ctx, env)).To(match.Success())
		}},
	}
	run, err := suite.RunPlain(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return run.Results[0]
}

// spoilt are things that nobody takes.
func spoilt() kit.Resource {
	r := things()
	r.Body = func(env *suite.Env) kit.Body { return kit.Body{"name": env.Unique("thing"), "kind": "round"} }
	return r
}

func takenName(ctx context.Context, env *suite.Env) {
	first := things().Made(ctx, env)
	things().ExpectRefuses(ctx, env, kit.Body{"name": first.Text("name")})
}

func sorted(ctx context.Context, env *suite.Env) {
	second, first := things().Made(ctx, env, kit.Body{"name": "b"}), things().Made(ctx, env, kit.Body{"name": "a"})
	env.Expect(things().All(ctx, env)).To(things().Items.InOrder(first.Text("id"), second.Text("id")))
}

func TestChecksJudge(t *testing.T) {
	thing := kit.Object(kit.Shape{"id": kit.IsFilled, "kind": kit.OneOf("plain", "odd"), "size": kit.OrNull(kit.IsInteger)})
	small := func(*suite.Env) kit.Body { return kit.Body{"size": 3} }
	attempt := func(ctx context.Context, env *suite.Env, operation string) kit.Attempt {
		return kit.Attempt{Operation: operation, Options: things().At(things().Made(ctx, env).Text("id"))}
	}
	unnamed := func(ctx context.Context, env *suite.Env) {
		kit.Prepare[string](attempt).Refused(suite.DefaultPersona, client.NoCredential())(ctx, env, "getThing")
	}
	rows := []struct {
		name, fault string
		check       kit.Check
		verdict     reports.Verdict
		reason      string
	}{
		{"echoes", "", things().Echoes(kit.Body{"note": "n"}), reports.Pass, ""},
		{"echoes another kind", "retype", things().Echoes(), reports.Fail, `kind to be "plain" as sent`},
		{"keeps", "retype", things().Keeps(small), reports.Pass, ""},
		{"lists both", "", things().ListsBoth(thing, kit.Body{"size": 3}), reports.Pass, ""},
		{"lists what it is not", "", things().ListsBoth(kit.Object(kit.Shape{"size": kit.IsText})), reports.Fail,
			"item 0: size is missing"},
		{"in order", "", sorted, reports.Pass, ""},
		{"out of order", "reorder", sorted, reports.Fail, "expected the order"},
		{"grows", "", things().Grows, reports.Pass, ""},
		{"reads back", "", things().ReadsBack(small), reports.Pass, ""},
		{"refuses", "", things().Refuses(kit.Body{"kind": "round"}, kit.Without("name")), reports.Pass, ""},
		{"takes what it should not", "lenient", things().Refuses(kit.Body{"kind": "round"}),
			reports.Fail, "it was accepted with 201"},
		{"refuses everything", "", spoilt().Refuses(kit.Body{"size": -1}), reports.Undetermined, "the refusal proves nothing"},
		{"refuses what is taken", "", takenName, reports.Pass, ""},
		{"writes what it refused", "dirty", takenName, reports.Fail, "refused with 409 but written"},
		{"nobody is kept out", "no-auth", unnamed, reports.Fail, "it was accepted with 200"},
		{"who says nothing is kept out", "", unnamed, reports.Pass, ""},
		{"knows no other", "", things().Unknown("getThing"), reports.Pass, ""},
		{"gone", "", things().GoneTwice, reports.Pass, ""},
		{"comes back", "undead", things().GoneTwice, reports.Fail, "it was accepted with 204"},
		{"looks on", "", func(ctx context.Context, env *suite.Env) {
			kit.Unchanged(ctx, env, "a creation", func() { things().Made(ctx, env) }, things().Listing(env))
		}, reports.Fail, "a creation changed what it must not"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var faults []string
			if row.fault != "" {
				faults = append(faults, row.fault)
			}
			got := judged(t, row.check, faults...)
			if got.Verdict != row.verdict || !strings.Contains(got.Reason, row.reason) {
				t.Errorf("%s: %s\nwant %s: %s", got.Verdict, got.Reason, row.verdict, row.reason)
			}
		})
	}
}

func TestWith(t *testing.T) {
	body := kit.Body{"a": 1, "b": 2}
	got := kit.With(body, kit.Body{"a": kit.Omit}, kit.Body{"b": func(was any) any { return was.(int) + 1 }, "c": nil})
	if _, there := got["c"]; len(got) != 2 || got["b"] != 3 || !there || len(body) != 2 {
		t.Errorf("%v of %v", got, body)
	}
	if filled := kit.Fill(kit.Body{"a": 1}, kit.Body{"a": 2, "b": 2}, kit.Body{"b": 3, "c": 3}); len(filled) != 3 ||
		filled["a"] != 1 || filled["b"] != 2 {
		t.Errorf("filled %v", filled)
	}
}
