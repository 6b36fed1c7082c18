package reports

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/specs/contract"
)

type writer func(io.Writer, *Run) error

func writers() map[string]writer {
	return map[string]writer{
		"json": WriteJSON, "junit": WriteJUnit, "markdown": WriteMarkdown, "html": WriteHTML,
		"console": func(w io.Writer, run *Run) error { return WriteConsole(w, run, Plain) },
		"verbose": func(w io.Writer, run *Run) error { return WriteConsoleDetail(w, run, Plain, Full) },
		"ctrf":    WriteCTRF,
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
				listed := result.Verdict != Pass && (name != "console" && name != "verbose" || result.Verdict != NotApplicable)
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
				Error   *string `xml:"error"`
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
	failures, failed, skipped := 0, 0, 0
	for _, c := range suite.Cases {
		if names[c.Name] {
			t.Errorf("two cases are named %q", c.Name)
		}
		names[c.Name] = true
		if c.Failure != nil {
			failures++
		}
		if c.Error != nil {
			failed++
		}
		if c.Skipped != nil {
			skipped++
			if len(c.Skipped.Message) < 15 {
				t.Errorf("%s is skipped without a reason", c.Name)
			}
		}
	}
	if suite.Tests != len(suite.Cases) || suite.Failures != failures || suite.Skipped != skipped || suite.Errors != failed {
		t.Errorf("attributes and cases disagree: %+v", suite)
	}
	if failures != 1 || failed != 2 || skipped != 4 {
		t.Errorf("%d failures, %d errors and %d skipped, want 1, 2 and 4", failures, failed, skipped)
	}
}

// TestJUnitIsGreenOnlyWhereTheExitCodeIs holds that CI which reads the file alone sees red
// for whatever exits with another code than 0.
func TestJUnitIsGreenOnlyWhereTheExitCodeIs(t *testing.T) {
	of := func(level contract.Level, verdicts ...Verdict) (out []Result) {
		for i, v := range verdicts {
			out = append(out, Result{Requirement: fmt.Sprintf("TOY-%s-%d", level, i), Level: level, Verdict: v})
		}
		return out
	}
	for name, results := range map[string][]Result{
		"nothing": nil, "all pass": of(contract.Must, Pass, Pass), "a failure": of(contract.Must, Pass, Fail),
		"missed":       of(contract.Should, Pass, Missed),
		"an open MUST": of(contract.Must, Pass, Undetermined), "an open SHOULD": of(contract.Should, Pass, Undetermined),
		"most are open": of(contract.Should, Pass, Undetermined, Undetermined), "all waived": of(contract.Must, Waived),
	} {
		t.Run(name, func(t *testing.T) {
			run := &Run{Contract: "toy", Results: results}
			red := strings.Contains(rendered(t, WriteJUnit, run), "<failure") ||
				strings.Contains(rendered(t, WriteJUnit, run), "<error")
			if red != (run.Exit() != 0) {
				t.Errorf("red is %v, and the exit code %d", red, run.Exit())
			}
			if strings.Contains(rendered(t, WriteJUnitLenient, run), "<error") {
				t.Error("the lenient file has an error")
			}
			var ctrf ctrfReport
			if err := json.Unmarshal([]byte(rendered(t, WriteCTRF, run)), &ctrf); err != nil {
				t.Fatal(err)
			}
			if (ctrf.Results.Summary.Failed > 0) != (run.Exit() != 0) {
				t.Errorf("CTRF has %d failed, and the exit code is %d", ctrf.Results.Summary.Failed, run.Exit())
			}
		})
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
	for _, need := range []string{`lang="en"`, `name="viewport"`, "prefers-color-scheme: dark",
		"<main>", "<h1>", `role="status"`} {
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
