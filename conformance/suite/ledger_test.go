package suite_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

// hinder lets all requests through but those of one method.
type hinder struct {
	method string
	answer func(*http.Request) (*http.Response, error)
}

func (h *hinder) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == h.method {
		return h.answer(r)
	}
	return http.DefaultTransport.RoundTrip(r)
}

// shared is the toy target as others use it too: without worlds.
func shared(t *testing.T) suite.Target {
	target := toy.Target(t)
	target.Worlds = ""
	return target
}

// kept runs one case with a ledger and returns its result and the file.
func kept(t *testing.T, target suite.Target, check func(context.Context, *suite.Env)) (reports.Result, string) {
	t.Helper()
	c := only(config(t, target), "TOY-THING-01")
	c.Ledger = filepath.Join(t.TempDir(), "folder", "run.ledger")
	c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "the case", Check: check}}
	run, err := suite.RunPlain(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return run.Results[0], c.Ledger
}

// makes a thing, says how to take it back, and returns its id.
func makes(ctx context.Context, env *suite.Env) string {
	made := env.Must(ctx, "createThing", client.JSON(map[string]any{"name": env.Unique("thing"), "kind": "plain"}))
	env.TrackCall("deleteThing", client.Path("id", made.Text("id")))
	return made.Text("id")
}

func leftovers(t *testing.T, ledger string) string {
	t.Helper()
	lines, err := suite.Left(ledger)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func TestARunThatTookBackAllKeepsNoLedger(t *testing.T) {
	noted := ""
	var ledger string
	target := shared(t)
	c := only(config(t, target), "TOY-THING-01")
	c.Ledger = filepath.Join(t.TempDir(), "run.ledger")
	ledger = c.Ledger
	c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "the case", Check: func(ctx context.Context, env *suite.Env) {
		makes(ctx, env)
		noted = leftovers(t, ledger)
	}}}
	if _, err := suite.RunPlain(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(noted, "to take back: deleteThing(id=") {
		t.Errorf("during the run: %q", noted)
	}
	if _, err := os.Stat(ledger); !os.IsNotExist(err) {
		t.Errorf("after the run: %v", err)
	}
}

func TestAWorldNeedsNoLedger(t *testing.T) {
	_, ledger := kept(t, toy.Target(t), func(ctx context.Context, env *suite.Env) { makes(ctx, env) })
	if _, err := os.Stat(filepath.Dir(ledger)); !os.IsNotExist(err) {
		t.Errorf("there is a ledger: %v", err)
	}
}

func TestWhatIsLeftIsSweptLater(t *testing.T) {
	target := shared(t)
	target.Transport = &hinder{"DELETE", func(*http.Request) (*http.Response, error) { return nil, http.ErrHandlerTimeout }}
	var first, second string
	_, ledger := kept(t, target, func(ctx context.Context, env *suite.Env) { first, second = makes(ctx, env), makes(ctx, env) })
	if got := leftovers(t, ledger); strings.Count(got, "to take back: deleteThing") != 2 {
		t.Fatalf("left: %q", got)
	}
	raw, err := os.ReadFile(ledger)
	if err != nil || strings.Contains(string(raw), toy.Key) {
		t.Errorf("the credential is in the ledger, or %v", err)
	}
	var deleted []string
	target.Transport = nil
	c := config(t, target)
	c.Observe = func(e *client.Exchange) { deleted = append(deleted, e.Method+" "+filepath.Base(e.URL)) }
	swept, err := suite.Sweep(t.Context(), c, ledger)
	if err != nil || len(swept.Left) > 0 {
		t.Fatalf("left %v, error %v", swept.Left, err)
	}
	if got, want := strings.Join(deleted, ", "), "DELETE "+second+", DELETE "+first; got != want {
		t.Errorf("sent %s, want %s", got, want)
	}
	if _, err := os.Stat(ledger); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
}

func TestLedgerNamesWhatNobodyKnows(t *testing.T) {
	target := shared(t)
	target.Transport = &hinder{"POST", func(*http.Request) (*http.Response, error) { return nil, http.ErrHandlerTimeout }}
	_, ledger := kept(t, target, func(ctx context.Context, env *suite.Env) {
		env.Call(ctx, "createThing", client.JSON(map[string]any{"name": "lost", "kind": "plain", "password": "hush"}))
	})
	got := leftovers(t, ledger)
	if !strings.Contains(got, "nobody knows what became of: createThing") || !strings.Contains(got, "lost") ||
		strings.Contains(got, "hush") {
		t.Errorf("left: %q", got)
	}
}

// A method that an operation's path does not have is not told as a call of that operation.
func TestLedgerNamesTheMethodThatWasSent(t *testing.T) {
	target := shared(t)
	target.Transport = &hinder{"DELETE", func(*http.Request) (*http.Response, error) { return nil, http.ErrHandlerTimeout }}
	_, ledger := kept(t, target, func(ctx context.Context, env *suite.Env) {
		env.Call(ctx, "createThing", client.Method(http.MethodDelete))
	})
	if got := leftovers(t, ledger); !strings.Contains(got, "became of: DELETE /things") || strings.Contains(got, "createThing") {
		t.Errorf("left: %q", got)
	}
}

func TestWhatNeverReachedTheTargetLeavesNothing(t *testing.T) {
	target := shared(t)
	target.URL = "http://127.0.0.1:1"
	_, ledger := kept(t, target, func(ctx context.Context, env *suite.Env) {
		env.Call(ctx, "createThing", client.JSON(map[string]any{"name": "lost", "kind": "plain"}))
	})
	if got := leftovers(t, ledger); got != "" {
		t.Errorf("left: %q", got)
	}
}

func TestRefusedWritesLeaveNothing(t *testing.T) {
	_, ledger := kept(t, shared(t), func(ctx context.Context, env *suite.Env) {
		env.Call(ctx, "createThing", client.JSON(map[string]any{"name": ""}))
	})
	if got := leftovers(t, ledger); got != "" {
		t.Errorf("left: %q", got)
	}
}

func TestOnlyWhatTheCaseMadeCanBeTakenBack(t *testing.T) {
	rows := map[string]func(context.Context, *suite.Env){
		"never made": func(_ context.Context, env *suite.Env) { env.TrackCall("deleteThing", client.Path("id", "7")) },
		"only read": func(ctx context.Context, env *suite.Env) {
			env.Call(ctx, "listThings")
			env.TrackCall("deleteThing", client.Path("id", "1"))
		},
		"another method": func(ctx context.Context, env *suite.Env) {
			env.TrackCall("deleteThing", client.Path("id", makes(ctx, env)), client.Method("PUT"))
		},
		"no operation": func(_ context.Context, env *suite.Env) { env.TrackCall("nope") },
	}
	for name, check := range rows {
		t.Run(name, func(t *testing.T) {
			result, _ := kept(t, shared(t), check)
			if result.Verdict != reports.Undetermined || !strings.Contains(result.Reason, "TrackCall") {
				t.Errorf("%s: %s", result.Verdict, result.Reason)
			}
		})
	}
}

func TestLedgersOfOthersAreLeftAlone(t *testing.T) {
	target := shared(t)
	head := `{"event":"run","contract":"toy","url":"` + target.URL + `"}` + "\n"
	undo := `{"event":"undo","id":"1-1","call":{"operation":"deleteThing","persona":"default","path":{"id":"1"}}}` + "\n"
	rows := map[string]struct{ content, run, sweep string }{
		"something left": {head + undo, "holds what an earlier run has left", ""},
		"nothing left":   {head + undo + `{"event":"undone","id":"1-1"}` + "\n", "", ""},
		"cut off":        {head + undo[:40], "", ""},
		"no ledger":      {"a: b\n", "is no ledger of a run", "is no ledger of a run"},
		"empty":          {"", "", "is no ledger of a run"},
		"another target": {strings.Replace(head, "127.0.0.1", "127.0.0.9", 1) + undo, "holds what an earlier run has left",
			"name that target"},
		"another product": {strings.Replace(head, "toy", "other", 1) + undo, "holds what an earlier run has left",
			"is of other at"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			for what, want := range map[string]string{"run": row.run, "sweep": row.sweep} {
				c := only(config(t, target), "TOY-THING-01")
				path := filepath.Join(t.TempDir(), "run.ledger")
				if err := os.WriteFile(path, []byte(row.content), 0o600); err != nil {
					t.Fatal(err)
				}
				var err error
				if what == "sweep" {
					_, err = suite.Sweep(t.Context(), c, path)
				} else {
					c.Ledger = path
					_, err = suite.RunPlain(t.Context(), c)
				}
				if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
					t.Errorf("%s: %v, want %q", what, err, want)
				}
			}
		})
	}
}

// What a kill or a full disk leaves of a line must not spoil what is written after it.
func TestASweptLedgerOfAKilledRunStaysOne(t *testing.T) {
	undo := func(id string) string {
		return `{"event":"undo","id":"` + id +
			`","call":{"operation":"deleteThing","persona":"default","path":{"id":"nothing"}}}` + "\n"
	}
	torn := "line 4 was cut short"
	rows := map[string]struct{ tail, tells string }{
		"half an entry":                  {`{"event":"send","id":"77-1","ca`, ""},
		"half an entry amid the file":    {`{"event":"send","id":"77-1","ca` + "\n" + undo("2-2"), torn},
		"one that another went on after": {`{"event":"send","id":"77-1","ca` + undo("2-2"), torn},
		"half a word":                    {`{"ev`, ""},
		"half a word amid the file":      {`{"ev` + "\n" + undo("2-2"), torn},
		"an empty line":                  {"\n" + undo("2-2"), ""},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			target := shared(t)
			path := filepath.Join(t.TempDir(), "run.ledger")
			head := `{"event":"run","contract":"toy","url":"` + target.URL + `"}` + "\n"
			own := `{"event":"undo","id":"1-1","title":"a case"}` + "\n" // nobody else can make it: the file stays
			if err := os.WriteFile(path, []byte(head+own+undo("1-2")+row.tail), 0o600); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				swept, err := suite.Sweep(t.Context(), only(config(t, target), "TOY-THING-01"), path)
				left := strings.Join(swept.Left, "\n")
				if err != nil || !strings.HasPrefix(left, "only the run itself") || strings.Count(left, "\n") > 1 ||
					strings.Contains(left, "cut short") != (row.tells != "") || !strings.Contains(left, row.tells) {
					t.Fatalf("%v, left: %q", err, left)
				}
			}
		})
	}
}
