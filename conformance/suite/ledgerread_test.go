package suite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A line that is whole and not of a run's making is refused by its number; nothing of the file is
// carried out then.
func TestStrangeLinesOfALedgerAreRefused(t *testing.T) {
	for _, line := range strange() {
		if _, err := parseLedger([]byte(ledgerHead + line + "\n")); err == nil || !strings.HasPrefix(err.Error(), "line 2: ") {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, file := range []string{"", "{}\n", strange()[0] + "\n", `{"event":"end","case":"1-c1"}` + "\n" + ledgerHead} {
		if _, err := parseLedger([]byte(file)); err == nil {
			t.Errorf("%q is taken for a ledger", file)
		}
	}
}

// Bytes of no run's making at the end of a file are told and cut off; what stands before them counts, and
// where an entry stands behind them the file is refused, with what to do.
func TestATailOfNothingIsCutOff(t *testing.T) {
	sent := `{"event":"send","id":"1-1","case":"1-c1","call":{"operation":"createThing","persona":"default"}}` + "\n"
	for name, row := range map[string]struct {
		tail   string
		left   int
		refuse bool
	}{
		"half a line":       {`{"event":"answer","id`, 1, false},
		"bytes":             {"\x00\xff\x13\x90", 1, false},
		"bytes with ends":   {"\x00\xff\n\x13\n\n\x90", 2, false},
		"noughts":           {strings.Repeat("\x00", 512) + "\n", 2, false},
		"bytes, then more":  {"\x00\xff\n" + sent, 0, true},
		"JSON of others":    {`{"a":1}` + "\n", 0, true},
		"an entry in bytes": {"\x00" + sent, 0, true},
	} {
		path := filepath.Join(t.TempDir(), "run.ledger")
		if err := os.WriteFile(path, []byte(ledgerHead+sent+row.tail), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := readLedger(path)
		if row.refuse {
			if err == nil || !strings.Contains(err.Error(), "line 3") || !strings.Contains(err.Error(), "name the file of one") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || l.count() != row.left || len(l.lines()) != row.left || len(l.sends) != 1 {
			t.Errorf("%s: %v, %+v", name, err, l)
			continue
		}
		if err := cutTornLine(path); err != nil {
			t.Fatal(err)
		}
		if raw, err := os.ReadFile(path); err != nil || string(raw) != ledgerHead+sent {
			t.Errorf("%s: cut to %q (%v)", name, raw, err)
		}
	}
}

const ledgerHead = `{"event":"run","contract":"toy","url":"http://127.0.0.1:1","started":"2026-11-25T09:00:00Z"}` + "\n"

// strange are lines of JSON that no run writes.
func strange() []string {
	return []string{
		`{"event":"send","id":"x"}`, `{"event":"send","call":{"operation":"a","persona":"b"}}`,
		`{"event":"send","id":"x","call":{}}`, `{"event":"answer","id":"x"}`, `{"event":"answer","status":200}`,
		`{"event":"undo"}`, `{"event":"undo","id":"x","call":{}}`, `{"event":"undone"}`, `{"event":"gone"}`, `{"event":"unsent"}`,
		`{"event":"end"}`, `{"event":"","id":"x"}`, `{"event":"other","id":"x"}`, `{"event":1}`, `{"event":"gone","id":1}`,
		`{"event":"gone","id":"x","what":1}`, `null`, `1`, `"text"`, `[]`, `{}`, strings.TrimSpace(ledgerHead),
	}
}

// FuzzLedger: whatever stands in a file is read or refused, and what is read can be told.
func FuzzLedger(f *testing.F) {
	call := `"call":{"operation":"createThing","persona":"default","path":{"id":"1"}}`
	good := []string{
		`{"event":"send","id":"1-1","case":"1-c1","title":"a case",` + call + `}`,
		`{"event":"answer","id":"1-1","status":201,"made":true}`, `{"event":"answer","id":"1-1","status":404}`,
		`{"event":"unsent","id":"1-1"}`, `{"event":"undo","id":"1-2","of":"1-1","keeps":true,` + call + `}`,
		`{"event":"undo","id":"1-2","title":"a case"}`, `{"event":"undone","id":"1-2"}`, `{"event":"gone","id":"1-1"}`,
		`{"event":"end","id":"1-3","case":"1-c1"}`, `{"event":"send","id":"1-`, `{"ev`, ``,
	}
	f.Add([]byte(ledgerHead + strings.Join(good, "\n") + "\n"))
	for _, line := range append(good, strange()...) {
		f.Add([]byte(ledgerHead + line + "\n" + good[0] + "\n" + good[1] + "\n" + line))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		l, err := parseLedger(file)
		if err != nil {
			return
		}
		if len(l.lines()) != l.count() {
			t.Errorf("%d lines tell of %d things", len(l.lines()), l.count())
		}
		l.stays()
	})
}
