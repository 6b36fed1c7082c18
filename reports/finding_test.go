package reports

import (
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestAFailureFitsOnATerminal holds that one failure takes at most 25 lines of 200
// columns, whatever the target sent, and says where the rest is.
func TestAFailureFitsOnATerminal(t *testing.T) {
	for name, text := range map[string]string{
		"short": "expected 409, got 201", "long line": strings.Repeat("word ", 4_000),
		"many lines": strings.Repeat("a line\n", 500),
		"no blanks":  strings.Repeat("x", 20_000), "beyond ASCII": strings.Repeat("é", 20_000),
		"control bytes": strings.Repeat("\x1b", 5_000),
		"both":          strings.Repeat(strings.Repeat("long ", 100)+"\n", 200),
	} {
		t.Run(name, func(t *testing.T) {
			run := everywhere(text)
			run.Results = run.Results[1:2]
			out := rendered(t, func(w io.Writer, r *Run) error { return WriteConsole(w, r, Plain) }, run)
			_, failure, _ := strings.Cut(out, "\nFAIL ")
			failure, _, _ = strings.Cut(failure, "\nNOT CONFORMANT")
			lines := strings.Split(strings.TrimRight(failure, "\n"), "\n")
			if len(lines) > findingMost {
				t.Errorf("%d lines", len(lines))
			}
			for _, line := range lines {
				if n := utf8.RuneCountInString(line); n > columns {
					t.Errorf("%d columns: %s", n, line)
				}
			}
			if text != "expected 409, got 201" && !strings.Contains(failure, "the run file") &&
				!strings.Contains(failure, "in the run file") {
				t.Errorf("nothing says that there is more:\n%s", failure)
			}
		})
	}
}

// TestOneCauseIsToldOnce holds that failures which differ in their operation alone are one
// finding, and those of two causes are two.
func TestOneCauseIsToldOnce(t *testing.T) {
	run := &Run{Contract: "toy"}
	for i := range 40 {
		operation := fmt.Sprintf("listThings%d", i)
		run.Results = append(run.Results, Result{
			Requirement: fmt.Sprintf("TOY-DOC-%s-header", operation), Level: "MUST", Text: "It has a trace.",
			Operations: []string{operation}, Verdict: Fail,
			Cases: []CaseResult{{Title: "a", Verdict: Pass, Reason: "other"},
				{Title: operation, Verdict: Fail, Reason: fmt.Sprintf(
					"%s: expected header X-Trace, but it is not there\nGET http://h/%d -> 200\n%d more answers like these",
					operation,
					i, i)}},
		})
	}
	other := run.Results[0]
	other.Requirement, other.Cases = "TOY-A-01", []CaseResult{{Title: "b", Verdict: Fail, Reason: "expected 409, got 201"}}
	told := other
	told.Requirement, told.Level = "TOY-A-02", "SHOULD"
	run.Results = append(run.Results, other, told)
	out := rendered(t, func(w io.Writer, r *Run) error { return WriteConsole(w, r, Plain) }, run)
	if !strings.Contains(out, "TOY-DOC-listThings8-header and 31 more") {
		t.Errorf("the places are cut:\n%s", out)
	}
	page := rendered(t, WriteHTML, run)
	_, top, _ := strings.Cut(page, `<h2 id="what-fail">`)
	top, _, _ = strings.Cut(top, "</section>")
	if items, links := strings.Count(top, "<li>"), strings.Count(top, "<a "); items != 3 || links != 42 {
		t.Errorf("the page tells %d causes with %d places\n%s", items, links, top)
	}
	for text, want := range map[string]int{"\nFAIL ": 3, "the same at 39 other requirements": 1,
		"42 failures, told as 3 findings": 1} {
		if got := strings.Count(out, text); got != want {
			t.Errorf("%q is there %d times, want %d\n%s", text, got, want, out)
		}
	}
}

func TestTheDifferenceStaysInSight(t *testing.T) {
	common := strings.Repeat("same ", 100)
	rows := map[string]struct{ line, has string }{
		"two values":   {`expected member "name" to be "` + common + `LEFT", but it is "` + common + `RIGHT"`, "LEFT|RIGHT"},
		"in the front": {`expected member "name" to be "LEFT ` + common + `", but it is "RIGHT ` + common + `"`, "LEFT|RIGHT"},
		"no values":    {"expected " + common + ", but nothing", "expected|but nothing"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			got := fit(row.line, 200)
			if utf8.RuneCountInString(got) > 200 {
				t.Errorf("%d characters", utf8.RuneCountInString(got))
			}
			for _, word := range strings.Split(row.has, "|") {
				if !strings.Contains(got, word) {
					t.Errorf("%s is cut off: %s", word, got)
				}
			}
		})
	}
	body := `{"a":"` + common + `","wanted":7}`
	if got := fit(aroundDifference(body, `expected member "wanted" to be 8, but it is 7`), 180); !strings.Contains(got,
		`"wanted":7`) {
		t.Errorf("the member is cut off: %s", got)
	}
}

// TestALongCommandIsWhole holds that a command which is longer than a line is broken between its
// flags, as a shell reads it, and never in quotes.
func TestALongCommandIsWhole(t *testing.T) {
	run := &Run{Contract: "toy", Target: TargetInfo{Reading: strings.Repeat("b", 90) + " --c"},
		Options: &Options{Config: strings.Repeat("a", 90) + "it's --a place"}}
	command := run.Again("TOY-A-01")
	lines := overLines(command, "    ", columns)
	if len(lines) < 2 {
		t.Fatalf("it is not broken: %q", lines)
	}
	words, err := exec.CommandContext(t.Context(), "sh", "-c", "printf '%s\n' "+strings.Join(lines, "\n")).Output()
	whole, werr := exec.CommandContext(t.Context(), "sh", "-c", "printf '%s\n' "+command).Output()
	if err != nil || werr != nil || string(words) != string(whole) {
		t.Errorf("%v %v\n%s\nis\n%s", err, werr, whole, words)
	}
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > columns {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// TestSomebodyElsesMockIsNotStartedAgain: what it was started with is not for the line that shows a failure again.
func TestSomebodyElsesMockIsNotStartedAgain(t *testing.T) {
	for url, want := range map[string]bool{"http://" + InProcessHost: true, "http://127.0.0.1:4010": false} {
		run := &Run{Contract: "toy", Target: TargetInfo{URL: url}, Options: &Options{Defects: []string{"TOY-1/omit"}}}
		if got := run.Again("TOY-1"); strings.Contains(got, "--defect") != want {
			t.Errorf("%s: %s", url, got)
		}
	}
}

// TestTheFirstSentenceHasItsRequest holds that the request which a terminal shows is the one that the first sentence is
// about, and that each format that shows several begins with it.
func TestTheFirstSentenceHasItsRequest(t *testing.T) {
	note := func(title, url, note string) Evidence {
		return Evidence{Case: title, Method: "GET", URL: "http://h/" + url, Status: 201, Note: note}
	}
	failed := func(title string) CaseResult {
		return CaseResult{Title: title, Verdict: Fail, Reason: "wrong in " + title}
	}
	for name, row := range map[string]struct {
		cases    []CaseResult
		evidence []Evidence
		want     string
		others   int
	}{
		"two cases": {[]CaseResult{{Title: "p", Verdict: Pass}, failed("a"), failed("b")}, []Evidence{note("a", "a1", StepBefore),
			note("a", "a2", "decided"), note("a", "a3", StepAfter), note("b", "b1", StepBefore), note("b", "b2", "decided")},
			"a2 a1 a2 b2", 1},
		"one case": {[]CaseResult{failed("a")}, []Evidence{note("a", "a0", StepBefore), note("a", "a1", StepBefore),
			note("a", "a2", StepBefore), note("a", "a3", "decided")}, "a3 a1 a2 a3", 1},
		"found": {[]CaseResult{failed(FoundTitle)}, []Evidence{note(FoundTitle, "s", StepBefore), note(FoundTitle, "f1", "seen"),
			note(FoundTitle, "f2", "seen")}, "f1 f1 f2", 0},
		"a case, and found": {[]CaseResult{failed("a"), failed(FoundTitle)}, []Evidence{note("a", "a1", StepBefore),
			note("a", "a2", "decided"), note(FoundTitle, "f1", "seen"), note(FoundTitle, "f2", "seen")}, "a2 a1 a2 f1", 1},
		"found alone has exchanges": {[]CaseResult{failed("a"), failed(FoundTitle)}, []Evidence{note(FoundTitle, "f1", "seen")},
			"f1 f1", 0},
	} {
		r := Result{Requirement: "TOY-A-01", Verdict: Fail, Cases: row.cases, Evidence: row.evidence}
		shown, others := r.telling()
		one, _, _ := r.decided()
		got := []string{strings.TrimPrefix(one.URL, "http://h/")}
		for _, e := range shown {
			got = append(got, strings.TrimPrefix(e.URL, "http://h/"))
		}
		if all := strings.Join(got, " "); all != row.want || others != row.others {
			t.Errorf("%s: %s and %d others, want %s and %d", name, all, others, row.want, row.others)
		}
		run := &Run{Contract: "toy", Results: []Result{r}}
		out := rendered(t, func(w io.Writer, r *Run) error { return WriteConsole(w, r, Plain) }, run)
		if first := strings.Fields(row.want)[0]; !strings.Contains(out, "request:  GET http://h/"+first+"\n") {
			t.Errorf("%s: the terminal does not show %s:\n%s", name, first, out)
		}
	}
}

// TestBodiesAreCutAroundThePlace holds that of a long body that is shown which a reason names, however it names it.
func TestBodiesAreCutAroundThePlace(t *testing.T) {
	long := strings.Repeat("x", 2000)
	body := `{"id":"` + long + `","data":[{"team":{"a":1,"text":"` + long + `"}},{"team":{"name":"B"}}],"info":{"text":"` + long +
		`","license":[1],"links":{"text":"` + long + `","previous":1}}}`
	for reason, want := range map[string]string{
		"the answers keep the document: /info/license: expected an object (toy/openapi.yaml:955)": `"license":[1]`,
		`expected member "info.links.previous" to be a text, but it is 1`:                         `"previous":1`,
		"expected data.1.team with all that was said of it before, but it has nothing for icon":   `"team":{"name":"B"}`,
		"expected info with its documented members, but links.previous is 1, which is no string":  `"previous":1`,
		"expected member \"previous\" to be null\nGET http://h/info/license -> 200":               `"previous":1`,
	} {
		e := Evidence{Case: "a", Method: "GET", URL: "http://h/", Status: 200, ResponseBody: body}
		r := Result{Requirement: "TOY-A-01", Verdict: Fail, Reason: "a: " + reason, Evidence: []Evidence{e},
			Cases: []CaseResult{{Title: "a", Verdict: Fail, Reason: reason}}}
		run := &Run{Contract: "toy", Results: []Result{r}}
		terminal := rendered(t, func(w io.Writer, r *Run) error { return WriteConsole(w, r, Plain) }, run)
		if _, shown, _ := strings.Cut(terminal, "response:"); !strings.Contains(shown, want) {
			t.Errorf("%s: the terminal does not show %s\n%s", reason, want, shown)
		}
		if shown := rendered(t, WriteMarkdown, run); !strings.Contains(shown, want) {
			t.Errorf("%s: the summary does not show %s\n%s", reason, want, shown)
		}
	}
}

// TestALongValueLeavesTheSentence holds that a long value is what a line is cut in, not what is said of it.
func TestALongValueLeavesTheSentence(t *testing.T) {
	long := strings.Repeat("same words ", 40)
	for line, want := range map[string]string{
		`expected member "data.body" to be "` + long + `LEFT", but it is "` + long + `RIGHT"`: `LEFT", but it is …`,
		`“a change takes the body, and keeps it whole, whatever is in it, for ever”: expected member "data.body" to be "` +
			long + `", but it is ""`: `expected member "data.body" to be "same words`,
		`expected member "body" to be "` + long + `", but there is no member "body"`:          `, but there is no member "body"`,
		`/info/text: expected at most 20 characters, got "` + long + `" (toy/openapi.yaml:5)`: `(toy/openapi.yaml:5)`,
	} {
		if got := fit(line, columns); !strings.Contains(got, want) || utf8.RuneCountInString(got) > columns {
			t.Errorf("%s\nhas not %s", got, want)
		}
	}
}

// TestWhoCallsIsShown holds that a request which is refused, or is not, for whom it is from, does not look like any other.
func TestWhoCallsIsShown(t *testing.T) {
	own := map[string][]string{"Accept": {"application/json"}, "X-Api-Key": {SecretMark}, "User-Agent": {"rollcall/test"}}
	other := map[string][]string{"Accept": {"text/html"}, "Authorization": {"Basic " + SecretMark}}
	for name, row := range map[string]struct {
		of         Evidence
		want, lack string
	}{
		"itself":    {Evidence{RequestHeaders: own}, "", "X-Api-Key"},
		"nobody":    {Evidence{Credential: NoCredential}, "without a credential", "persona"},
		"a persona": {Evidence{Persona: "second", RequestHeaders: own}, "as persona second", "X-Api-Key"},
		"altered": {Evidence{Credential: OtherCredential, RequestHeaders: other},
			"with another credential than its own\n            Accept: text/html\n            Authorization: Basic $TOKEN", ""},
		"a persona's, altered": {Evidence{Persona: "second", Credential: OtherCredential},
			"as persona second, with another credential than its own", ""},
		"no type": {Evidence{RequestHeaders: own, RequestBody: "{}"}, "(no Content-Type)\n            {}", ""},
	} {
		row.of.Case, row.of.Method, row.of.URL, row.of.Status = "a", "GET", "http://h/", 200
		r := Result{Requirement: "TOY-A-01", Verdict: Fail, Reason: "a: wrong", Evidence: []Evidence{row.of},
			Cases: []CaseResult{{Title: "a", Verdict: Fail, Reason: "wrong"}}}
		run := &Run{Contract: "toy", Results: []Result{r}}
		out := rendered(t, func(w io.Writer, r *Run) error { return WriteConsole(w, r, Plain) }, run)
		if !strings.Contains(out, row.want) || row.lack != "" && strings.Contains(out, row.lack) {
			t.Errorf("%s: the terminal does not say %q, or it says %q:\n%s", name, row.want, row.lack, out)
		}
		if row.of.Credential == "" {
			continue
		}
		what := row.of.caller()[max(0, strings.Index(row.of.caller(), "with")):]
		for _, write := range []func(io.Writer, *Run) error{WriteHTML, WriteMarkdown, WriteJUnit} {
			if out := rendered(t, write, run); !strings.Contains(out, what) {
				t.Errorf("%s: %q is not told:\n%s", name, what, out)
			}
		}
	}
}
