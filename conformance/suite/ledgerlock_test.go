package suite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/conformance/suite"
)

// Neither another run nor a sweep touches the ledger of a run that is going on, however they
// name it; the run ends as if there had been none.
func TestALedgerInUseIsLeftAlone(t *testing.T) {
	target := shared(t)
	dir := t.TempDir()
	c := only(config(t, target), "TOY-THING-01")
	c.Ledger = filepath.Join(dir, "run.ledger")
	link := filepath.Join(dir, "link.ledger")
	if err := os.Symlink(c.Ledger, link); err != nil {
		t.Skip("NOT RUN: this system makes no links: ", err)
	}
	others := map[string]func(path string) error{
		"run": func(path string) error {
			other := only(config(t, target), "TOY-THING-01")
			other.Ledger = path
			_, err := suite.RunPlain(t.Context(), other)
			return err
		},
		"sweep": func(path string) error {
			_, err := suite.Sweep(t.Context(), config(t, target), path)
			return err
		},
		"look": suite.InUse,
	}
	want := fmt.Sprintf("in use by a run that is going on (process %d)", os.Getpid())
	c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "the case", Check: func(ctx context.Context, env *suite.Env) {
		makes(ctx, env)
		before, _ := os.ReadFile(c.Ledger)
		for name, other := range others {
			for _, path := range []string{c.Ledger, link} {
				if err := other(path); err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%s of %s: %v, want %q", name, filepath.Base(path), err, want)
				}
			}
		}
		if after, _ := os.ReadFile(c.Ledger); len(before) == 0 || string(after) != string(before) {
			t.Errorf("the ledger was\n%s\nand is\n%s", before, after)
		}
	}}}
	if _, err := suite.RunPlain(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(link); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("it leaves %v (%v)", files, err)
	}
	if err := others["run"](c.Ledger); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// What is refused leaves no file beside the ledger, and that of a killed process is no lock.
func TestALockOfNobodyIsNone(t *testing.T) {
	target, dir := shared(t), t.TempDir()
	path := filepath.Join(dir, "run.ledger")
	head := `{"event":"run","contract":"toy","url":"` + target.URL + `"}` + "\n"
	undo := `{"event":"undo","id":"1-1","call":{"operation":"deleteThing","persona":"default","path":{"id":"nothing"}}}` + "\n"
	for name, content := range map[string]string{path: head + undo, path + ".rollcall-lock": "\x00a run (process 1)\n"} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := only(config(t, target), "TOY-THING-01")
	c.Ledger = path
	if _, err := suite.RunPlain(t.Context(), c); err == nil || !strings.Contains(err.Error(), "has left at") {
		t.Errorf("a run: %v", err)
	}
	if left, err := suite.Sweep(t.Context(), config(t, target), path); err != nil || len(left.Left) > 0 {
		t.Errorf("a sweep: %v, left %q", err, left.Left)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("it leaves %v (%v)", files, err)
	}
}

func TestParseShard(t *testing.T) {
	for text, wrong := range map[string]string{
		"": "", "1/1": "", "2/5": "", "10000/10000": "",
		"0/5": "write 2/5", "6/5": "write 2/5", "1": "write 2/5", "1/0": "write 2/5", "a/b": "write 2/5", "-1/5": "write 2/5",
		"1/10001": "at most 10000", "1/99999999999": "at most 10000", "1/99999999999999999999999": "at most 10000",
	} {
		_, err := suite.ParseShard(text)
		if (err == nil) != (wrong == "") || err != nil && !strings.Contains(err.Error(), wrong) {
			t.Errorf("%q: %v, want %q", text, err, wrong)
		}
	}
}
