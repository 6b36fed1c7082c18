package format

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "cuelang.org/go/cue/token" // keeps the module here whose test data holds the public suite
)

// suiteRow is one test of the JSON Schema test suite.
type suiteRow struct {
	Description string
	Data        any
	Valid       bool
}

// publicSuite returns the tests of a file of the public JSON Schema test suite, as the
// module cuelang.org/go carries it.
func publicSuite(t *testing.T, path string) (rows []suiteRow) {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "cuelang.org/go").Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		t.Fatalf("the public suite was not run: go list does not find its module (run go mod download): %v", err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "encoding/jsonschema/testdata/external/tests", path))
	if err != nil {
		t.Fatalf("the public suite was not run: %v", err)
	}
	var groups []struct{ Tests []suiteRow }
	if err := json.Unmarshal(raw, &groups); err != nil {
		t.Fatal(err)
	}
	for _, g := range groups {
		rows = append(rows, g.Tests...)
	}
	return rows
}

// TestPublicSuite holds every format against what everybody else means by it, in all
// drafts of the suite that know the format.
func TestPublicSuite(t *testing.T) {
	total := 0
	for _, draft := range []string{"draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"} {
		for _, name := range Names() {
			if slices.Contains([]string{"date", "time", "uuid"}, name) && !strings.HasPrefix(draft, "draft20") {
				continue // not of the early drafts
			}
			check := Check(name)
			for _, row := range publicSuite(t, draft+"/optional/format/"+name+".json") {
				text, ok := row.Data.(string)
				if !ok {
					continue // a format says nothing of other types
				}
				total++
				if check(text) != row.Valid {
					t.Errorf("%s of %s: %q is valid: %v (%s)", name, draft, text, row.Valid, row.Description)
				}
			}
		}
	}
	if total < 300 {
		t.Errorf("only %d rows were found", total)
	}
	t.Logf("%d rows of the public suite", total)
}

// TestPublicSuiteOfIntegers: what is an integer by value in the later drafts is one here,
// too, and what the early ones, OpenAPI 3.0.3 among them, do not take for one in that
// spelling is none as it is spelt.
func TestPublicSuiteOfIntegers(t *testing.T) {
	if rows := publicSuite(t, "draft4/optional/zeroTerminatedFloats.json"); len(rows) != 1 || rows[0].Valid {
		t.Fatalf("the row of 1.0 is another one now: %v", rows)
	}
	digits, ok := Integer("1.0")
	if IsInteger("1.0") || !ok || digits != "1" {
		t.Errorf("1.0 is spelt as an integer: %v, is the integer %q, %v", IsInteger("1.0"), digits, ok)
	}
}
