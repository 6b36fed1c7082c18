// Package replay writes down the requests of a failed case so that others can make them
// again: as a shell script, and as a HAR archive for the tools of browsers.
//
// It is an API for users: names stay.
package replay

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"rollcall/reports"
	"rollcall/specs/target"
)

// Cases lists the cases of a result that did not pass and of which requests are known, by
// their titles.
func Cases(result reports.Result) (titles []string) {
	for _, e := range result.Evidence {
		bad := slices.ContainsFunc(result.Cases, func(c reports.CaseResult) bool {
			return c.Title == e.Case && c.Verdict != reports.Pass && c.Verdict != reports.NotApplicable
		})
		if bad && !slices.Contains(titles, e.Case) {
			titles = append(titles, e.Case)
		}
	}
	return titles
}

// steps are the exchanges of one case, up to the one that decided it. What was found in
// answers of other cases is told by several: those are the steps to the first.
func steps(result reports.Result, title string) (of []reports.Evidence) {
	for _, e := range result.Evidence {
		if e.Case != title {
			continue
		}
		of = append(of, e)
		if !strings.HasPrefix(e.Note, reports.StepBefore) && title == reports.FoundTitle {
			break
		}
	}
	return of
}

// Script gives a POSIX shell script that makes every request of a case again, with the ids
// that the answers name carried over. Credentials come from the environment, or from a
// mock. It exits 1 when every answer has the status that it had in the run, 0 when one has
// not, and 2 when a request could not be made.
func Script(run *reports.Run, result reports.Result, title string) string {
	w := &writer{run: run, result: result, carried: map[string]string{}}
	for i, step := range steps(result, title) {
		w.step(i+1, step)
	}
	return w.head(title) + w.body.String() + w.tail()
}

type writer struct {
	run     *reports.Run
	result  reports.Result
	body    strings.Builder
	seen    []known           // what the answers so far name
	carried map[string]string // value -> variable that has it
	persona []string          // whose credentials are needed
	other   bool              // a credential that nobody issued is needed
	secrets bool              // another secret is needed
	fresh   bool              // names of the run are replaced by new ones
}

// gap is a part of a text that a variable stands for.
type gap struct {
	from, to int
	variable string
}

// known is an id in the answer to a step.
type known struct {
	step        int
	path, value string // path of jq
}

func (w *writer) step(n int, e reports.Evidence) {
	fmt.Fprintf(&w.body, "\n# %d: %s\n", n, line(strings.TrimSpace(e.Operation+" "+e.Note)))
	if e.MovedMS != 0 {
		fmt.Fprintf(&w.body, "admin -X PUT \"$WORLDS/$WORLD/clock\" --data '{\"advance_ms\":%d}' >/dev/null\n", e.MovedMS)
	}
	url, body := w.address(e.URL), w.text(e.RequestBody, false)
	w.carry()
	words := []string{"step", fmt.Sprint(n), fmt.Sprint(e.Status), "-X", reports.ShellQuote(e.Method)}
	for _, name := range slices.Sorted(maps.Keys(e.RequestHeaders)) {
		if http.CanonicalHeaderKey(name) != "User-Agent" && http.CanonicalHeaderKey(name) != "Content-Length" {
			for _, value := range e.RequestHeaders[name] {
				words = append(words, "-H", w.header(e, name, value))
			}
		}
	}
	if w.run.Target.Worlds != "" {
		words = append(words, "-H", `"`+target.WorldHeader+`: $WORLD"`)
	}
	if e.RequestBody != "" {
		words = append(words, "--data-binary", body)
	}
	fmt.Fprintln(&w.body, strings.Join(append(words, url), " "))
	w.seen = append(w.seen, named(n, e.ResponseBody)...)
}

// carry takes the ids that the step needs out of the answers that named them.
func (w *writer) carry() {
	for _, k := range w.seen {
		if variable, wanted := w.carried[k.value]; wanted && !strings.Contains(w.body.String(), "\n"+variable+"=") {
			fmt.Fprintf(&w.body, "%s=$(value %d %s)\n", variable, k.step, reports.ShellQuote(k.path))
		}
	}
}

// header is a header line as a word; the credential is a variable.
func (w *writer) header(e reports.Evidence, name, value string) string {
	text := name + ": " + value
	if !strings.Contains(text, reports.SecretMark) {
		return w.text(text, false)
	}
	variable := "ANOTHER"
	if e.Credential == "" {
		variable = tokenOf(e.Persona)
		if !slices.Contains(w.persona, e.Persona) {
			w.persona = append(w.persona, e.Persona)
		}
	} else {
		w.other = true
	}
	return quoted(text, marks(text, variable))
}

var notOfVariables = regexp.MustCompile(`[^A-Z0-9]+`)

// tokenOf is the variable with the credential of a persona.
func tokenOf(persona string) string {
	if persona == "" {
		return "TOKEN"
	}
	return "TOKEN_" + notOfVariables.ReplaceAllString(strings.ToUpper(persona), "_")
}

// address is a URL as a word: what begins with the target's address begins with BASE.
func (w *writer) address(url string) string {
	rest, below := strings.CutPrefix(url, strings.TrimSuffix(w.run.Target.URL, "/"))
	if !below {
		return w.text(url, true)
	}
	return `"$BASE"` + w.text(rest, true)
}

// made is what a run puts at the end of a name to make it its own.
var made = regexp.MustCompile(`-([a-z]{8})[a-z]{3}\b`)

// text is a text as a word: ids of earlier answers, secrets and names of the run are variables.
func (w *writer) text(text string, inURL bool) string {
	var gaps []gap
	for _, k := range w.seen {
		for _, place := range places(text, k.value, inURL) {
			if w.carried[k.value] == "" {
				w.carried[k.value] = fmt.Sprintf("id%d", len(w.carried)+1)
			}
			gaps = append(gaps, gap{place[0], place[1], w.carried[k.value]})
		}
	}
	for _, m := range made.FindAllStringSubmatchIndex(text, -1) {
		w.fresh = true
		gaps = append(gaps, gap{m[2], m[3], "NEW"})
	}
	if secrets := marks(text, "SECRET"); len(secrets) > 0 {
		w.secrets = true
		gaps = append(gaps, secrets...)
	}
	return quoted(text, gaps)
}
