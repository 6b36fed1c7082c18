package suite

import (
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
