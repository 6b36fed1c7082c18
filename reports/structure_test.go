package reports

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

type writer func(io.Writer, *Run) error

func writers() map[string]writer {
	return map[string]writer{
		"json": WriteJSON, "junit": WriteJUnit, "markdown": WriteMarkdown, "html": WriteHTML,
		"console": func(w io.Writer, run *Run) error { return WriteConsole(w, run, Plain) },
	}
}

func rendered(t *testing.T, write writer, run *Run) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, run); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEveryFormat(t *testing.T) {
	for name, write := range writers() {
		t.Run(name, func(t *testing.T) {
			run := sampleRun()
			text := rendered(t, write, run)
			for _, result := range run.Results {
				// The console counts what passed or does not apply; it lists the rest.
				listed := result.Verdict != Pass && (name != "console" || result.Verdict != NotApplicable)
				if listed && !strings.Contains(text, result.Requirement) {
					t.Errorf("%s is not in the report", result.Requirement)
				}
			}
			if !utf8.ValidString(text) {
				t.Error("not UTF-8")
			}
			if strings.ContainsAny(text, "\x1b\u202e\r") && name != "json" {
				t.Error("control characters of the target reached the report")
			}
			if again := rendered(t, write, run); again != text {
				t.Error("the second writing differs")
			}
			if rendered(t, write, &Run{}) == "" {
				t.Error("an empty run has an empty report")
			}
			if err := write(brokenWriter{}, run); !errors.Is(err, errDiskFull) {
				t.Errorf("error of the writer was lost: %v", err)
			}
		})
	}
}

var errDiskFull = errors.New("disk full")

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errDiskFull }

func TestJSONLeavesNothingOut(t *testing.T) {
	for name, text := range map[string]string{
		"sample": rendered(t, WriteJSON, sampleRun()),
		"bare":   rendered(t, WriteJSON, &Run{Results: []Result{{Evidence: []Evidence{{}}}}}),
	} {
		if strings.Contains(text, "null") {
			t.Errorf("%s: null where a list or map belongs", name)
		}
		if !json.Valid([]byte(text)) {
			t.Errorf("%s: not JSON", name)
		}
	}
}

func TestJUnitCounts(t *testing.T) {
	var suites struct {
		Suite struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Errors   int `xml:"errors,attr"`
			Skipped  int `xml:"skipped,attr"`
			Cases    []struct {
				Name    string  `xml:"name,attr"`
				Failure *string `xml:"failure"`
				Skipped *struct {
					Message string `xml:"message,attr"`
				} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(rendered(t, WriteJUnit, sampleRun())), &suites); err != nil {
		t.Fatal(err)
	}
	suite, names := suites.Suite, map[string]bool{}
	failures, skipped := 0, 0
	for _, c := range suite.Cases {
		if names[c.Name] {
			t.Errorf("two cases are named %q", c.Name)
		}
		names[c.Name] = true
		if c.Failure != nil {
			failures++
		}
		if c.Skipped != nil {
			skipped++
			if len(c.Skipped.Message) < 15 {
				t.Errorf("%s is skipped without a reason", c.Name)
			}
		}
	}
	if suite.Tests != len(suite.Cases) || suite.Failures != failures || suite.Skipped != skipped || suite.Errors != 0 {
		t.Errorf("attributes and cases disagree: %+v", suite)
	}
	if failures != 1 || skipped != 5 {
		t.Errorf("%d failures and %d skipped, want 1 and 5", failures, skipped)
	}
}

func TestHTMLIsSafeAndSelfContained(t *testing.T) {
	text := rendered(t, WriteHTML, sampleRun())
	if n := strings.Count(text, "<script"); n != 1 {
		t.Errorf("%d scripts on the page, want ours alone", n)
	}
	if !strings.Contains(text, "<script>"+pageJS+"</script>") {
		t.Error("the script differs from the one in the page's policy")
	}
	if strings.Contains(text, "ZgotmplZ") {
		t.Error("the template refused a value")
	}
	if found := regexp.MustCompile(`(?:src|href)="(?:https?:|//)[^"]*"`).FindString(text); found != "" {
		t.Errorf("the page loads or links to %s", found)
	}
	for _, need := range []string{`lang="en"`, `name="viewport"`, "prefers-color-scheme: dark", "<main>", "<h1>", `role="status"`} {
		if !strings.Contains(text, need) {
			t.Errorf("the page lacks %s", need)
		}
	}
}

func TestHTMLLinksAndIDs(t *testing.T) {
	text := rendered(t, WriteHTML, sampleRun())
	ids := map[string]int{}
	for _, match := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(text, -1) {
		ids[match[1]]++
		if ids[match[1]] > 1 {
			t.Errorf("id %q is there twice", match[1])
		}
	}
	for _, match := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]+)"`).FindAllStringSubmatch(text, -1) {
		if ids[match[1]] == 0 {
			t.Errorf("nothing has the id %q that is referred to", match[1])
		}
	}
}

func TestFenceIsLongerThanItsContent(t *testing.T) {
	if got := fenced("a ```` b"); !strings.HasPrefix(got, "`````text\n") || !strings.HasSuffix(got, "\n`````") {
		t.Errorf("fenced = %q", got)
	}
}

func TestPrintable(t *testing.T) {
	rows := []struct{ name, text, want string }{
		{"plain", "Ward “Abbey”, £5 é", "Ward “Abbey”, £5 é"},
		{"line breaks and tabs stay", "a\n\tb", "a\n\tb"},
		{"terminal escape", "\x1b[2J", `\x1b[2J`},
		{"carriage return", "a\r\n", "a\\x0d\n"},
		{"right-to-left override", "\u202e", `\u{202e}`},
		{"not UTF-8", "\xff", `\xff`},
		{"replacement character sent as such", "\ufffd", "\ufffd"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := Printable(row.text); got != row.want {
				t.Errorf("Printable(%q) = %q, want %q", row.text, got, row.want)
			}
		})
	}
}
