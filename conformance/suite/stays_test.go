package suite_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

func TestWhatARunLeavesIsCounted(t *testing.T) {
	make := func(ctx context.Context, env *suite.Env) string {
		return env.Must(ctx, "createThing", client.JSON(map[string]any{"name": env.Unique("thing"), "kind": "plain"})).Text("id")
	}
	rows := map[string]struct {
		check func(context.Context, *suite.Env)
		want  int
	}{
		"left":       {func(ctx context.Context, env *suite.Env) { make(ctx, env); make(ctx, env) }, 2},
		"taken back": {func(ctx context.Context, env *suite.Env) { makes(ctx, env) }, 0},
		"taken back by a way of the case's own": {func(ctx context.Context, env *suite.Env) {
			id := make(ctx, env)
			env.Track(func(ctx context.Context) { env.Call(ctx, "deleteThing", client.Path("id", id)) })
		}, 0},
		"changed for good": {func(_ context.Context, env *suite.Env) { env.Stays("createThing", "the one", true) }, 1},
		"changed for good by two cases' doing": {func(_ context.Context, env *suite.Env) {
			env.Stays("createThing", "the one", true)
			env.Stays("createThing", "the one", true)
		}, 1},
		"changed, and put back in the end": {func(_ context.Context, env *suite.Env) {
			env.Stays("createThing", "the one", true)
			env.Stays("createThing", "the one", false)
		}, 0},
		"made beside the case": {func(ctx context.Context, env *suite.Env) {
			env.Beside(ctx, "one beside", func(ctx context.Context, env *suite.Env) *client.Exchange {
				make(ctx, env)
				return nil
			})
		}, 1},
		"deleted by the case": {func(ctx context.Context, env *suite.Env) {
			env.Call(ctx, "deleteThing", client.Path("id", make(ctx, env)))
		}, 0},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			c := only(config(t, shared(t)), "TOY-THING-01")
			c.Ledger = filepath.Join(t.TempDir(), "run.ledger")
			c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "the case", Check: row.check}}
			run, err := suite.RunPlain(t.Context(), c)
			if err != nil || run.Left["createThing"] != row.want ||
				len(run.LeftRecords["createThing"]) != row.want || slices.Contains(run.LeftRecords["createThing"], "?") {
				t.Errorf("%v: left %v, want %d things", err, run.Left, row.want)
			}
		})
	}
}

// What a killed run has left for good is told once, by the sweep that removes its file, and no
// run makes way of it.
func TestASweepTellsWhatStaysForGood(t *testing.T) {
	target := shared(t)
	send := func(id string) string {
		return `{"event":"send","id":"` + id + `","case":"9-c1","call":{"operation":"createThing","persona":"default"}}` + "\n" +
			`{"event":"answer","id":"` + id + `","status":201,"made":true}` + "\n"
	}
	off := `{"event":"undo","id":"9-9","of":"9-1","keeps":true,"call":{"operation":"deleteThing","persona":"default",` +
		`"path":{"id":"nothing"}}}` + "\n"
	path := filepath.Join(t.TempDir(), "run.ledger")
	content := `{"event":"run","contract":"toy","url":"` + target.URL + `"}` + "\n" + send("9-1") + off + send("9-2") +
		`{"event":"end","case":"9-c1"}` + "\n"
	for what, tail := range map[string]string{"open": "", "nothing to take back": `{"event":"undone","id":"9-9"}` + "\n"} {
		t.Run(what, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(content+tail), 0o600); err != nil {
				t.Fatal(err)
			}
			c := only(config(t, target), "TOY-THING-01")
			c.Ledger = path
			if _, err := suite.RunPlain(t.Context(), c); err == nil || !strings.Contains(err.Error(), "an earlier run has left") {
				t.Errorf("a run makes way: %v", err)
			}
			swept, err := suite.Sweep(t.Context(), config(t, target), path)
			if err != nil || len(swept.Stays["createThing"]) != 2 || len(swept.Left) > 0 {
				t.Errorf("%v: %+v", err, swept)
			}
			if _, err := os.Stat(path); !os.IsNotExist(err) {
				t.Errorf("the file is still there: %v", err)
			}
		})
	}
}
