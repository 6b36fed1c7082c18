package command

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode"
)

// foul is what a target may say wherever a text is due.
const foul = "\u001b[31mX\u0085\u202e\U000e0001\u007f\r\n::error::PWN\n##[error]PWN"

// A target's words are fit for a terminal and a CI, whichever command prints them, and what is
// printed as JSON is the same value.
func TestWordsOfATargetArePrinted(t *testing.T) {
	quoted, err := json.Marshal(foul)
	if err != nil {
		t.Fatal(err)
	}
	said := strings.ReplaceAll(`{"error":F,"worlds":[F],"id":F,"snapshots":[{"name":F,"of":F}],"headers":{F:F},
		"faults":[{"id":F,"contract":F}],"diff":{F:{F:{"added":[{"a":F}],"removed":[F],
		"changed":[{"before":{"id":F,F:F},"after":{"id":F,F:1}},{"before":F,"after":F}]}}},
		"contracts":[{"contract":F,"operations":[{"operation":F,"parameters":[{"name":F}]}],"requirements":[{"name":F}]}],
		"personas":{"default":{"headers":{F:F}}}}`, "F", string(quoted))
	for _, status := range []int{200, 409, 500} {
		target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, said)
		}))
		defer target.Close()
		for _, args := range []string{"world list", "world fork", "world clock a", "world fault a", "world fault a --status 503",
			"world snapshots", "world diff a", "world credential a council", "world snapshot a", "world restore a b",
			"world delete a", "world reset a", "coverage", "coverage --missing", "coverage --contract x",
			"token council", "token council --header",
			"token council --as x"} {
			for _, more := range []string{"", " --json"} {
				list := append(strings.Fields(args+more), "--target", target.URL)
				told, out := separately(list...)
				if line := unfit(told + out); line != "" {
					t.Errorf("%s%s, answered %d, prints %q", args, more, status, line)
				}
				if more != "" && strings.HasPrefix(args, "world list") && status == 200 {
					var got []string
					if err := json.Unmarshal([]byte(out), &got); err != nil || len(got) != 1 || got[0] != foul {
						t.Errorf("%s is %q (%v)", out, got, err)
					}
				}
			}
		}
	}
}

// unfit is the first line that is not fit for a terminal and a CI, "" when all are.
func unfit(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		at := strings.IndexFunc(line, func(r rune) bool { return r != '\t' && !unicode.IsPrint(r) })
		if at >= 0 || strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") {
			return line
		}
	}
	return ""
}

// An answer without an end is waited for as long as one that never came, and takes no memory
// to speak of.
func TestAnswersOfAMockHaveAnEnd(t *testing.T) {
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		for q.Context().Err() == nil {
			if _, err := w.Write([]byte("[1,1,1,1,1,1,1,1,1,1,1" + strings.Repeat(" ", 1<<16))); err != nil {
				return
			}
		}
	}))
	defer target.Close()
	for _, args := range []string{"world list", "world diff a", "coverage", "token council"} {
		began := time.Now()
		told, _ := separately(append(strings.Fields(args), "--target", target.URL)...)
		if took := time.Since(began); took > askTime || !strings.Contains(told, "no whole answer came within") {
			t.Errorf("%s takes %s and says %s", args, took, told)
		}
	}
}

// separately runs a command, and gives what it says on its two streams.
func separately(args ...string) (told, printed string) {
	var errs, out strings.Builder
	Main(args, Streams{Out: &out, Err: &errs, Env: func(string) (string, bool) { return "", false }})
	return errs.String(), out.String()
}
