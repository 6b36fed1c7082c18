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
// mock. It looks where the failure showed itself, and exits 1 when it shows itself again, 0
// when it does not, 2 when a request could not be made, and 3 when only a reader can say,
// whom it tells where to look.
func Script(run *reports.Run, result reports.Result, title string) string {
	w := &writer{run: run, result: result, carried: map[string]string{}}
	all := steps(result, title)
	for i, step := range all {
		w.step(i+1, step)
	}
	judgement := w.judgement(title, all)
	return w.head(title) + w.body.String() + judgement
}

type writer struct {
	run             *reports.Run
	result          reports.Result
	n               int // the step that is written
	body            strings.Builder
	seen            []known           // what the answers so far name
	carried         map[string]string // value -> variable that has it
	persona         []string          // whose credentials are needed
	other           bool              // a credential that nobody issued is needed
	secrets         []int             // the steps that need another secret, of which nothing is known
	given           []string          // the secrets that the target file gives
	nameless        bool              // a path lacks an id, since an answer told none
	fresh           bool              // names of the run are replaced by new ones
	words           []string          // the letters of them that are replaced
	capitals, mixed bool              // some stand in capitals; in a mixture, which the script does not spell
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
	w.n = n
	fmt.Fprintf(&w.body, "\n# %d: %s\n", n, line(strings.TrimSpace(e.Operation+" "+e.Note)))
	if e.MovedMS != 0 {
		fmt.Fprintf(&w.body, "admin -X PUT \"$WORLDS/$WORLD/clock\" --data '{\"advance_ms\":%d}' >/dev/null\n", e.MovedMS)
	}
	url, body := w.address(e.URL), w.sent(n, e)
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
			fmt.Fprintf(&w.body, "%s=$(value %d %s) || lost %d\n", variable, k.step, reports.ShellQuote(k.path), k.step)
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

// sent is the body of a request as a word: of its secrets those that the case made up are made anew, those of the target file
// have their variables.
func (w *writer) sent(n int, e reports.Evidence) string {
	text := e.RequestBody
	for i := strings.Count(text, reports.SecretMark) - 1; i >= 0 && len(e.Secrets) > i; i-- {
		if made, is := strings.CutPrefix(e.Secrets[i], reports.SecretMade); is {
			w.fresh = true
			at := marks(text, "")[i]
			text = text[:at.from] + strings.ReplaceAll(made, reports.MadeAnew, anew) + text[at.to:]
		}
	}
	secrets, gaps := w.marked(n, text, e.Secrets), w.gaps(text, false)
	for i := strings.Index(text, anew); i >= 0; i = next(text, anew, i) {
		gaps = append(gaps, gap{i, i + len(anew), "NEW"})
	}
	return quoted(text, append(gaps, secrets...))
}

// anew stands in a text for letters that are made anew: a sign that no text of a request has by itself.
const anew = "\x00NEW\x00"

func next(text, part string, from int) int {
	from += len(part)
	if at := strings.Index(text[from:], part); at >= 0 {
		return from + at
	}
	return -1
}

// marked are the gaps for the secrets that are left in the body of a step.
func (w *writer) marked(n int, text string, origins []string) []gap {
	origins = slices.DeleteFunc(slices.Clone(origins), func(o string) bool { return strings.HasPrefix(o, reports.SecretMade) })
	secrets := marks(text, "SECRET")
	for i := range secrets {
		name, given := "", false
		if i < len(origins) {
			name, given = strings.CutPrefix(origins[i], reports.SecretGiven)
		}
		if !given {
			w.hides(n)
			continue
		}
		secrets[i].variable = variableOf("SECRET", name)
		if !slices.Contains(w.given, name) {
			w.given = append(w.given, name)
		}
	}
	return secrets
}

// hides notes that a step needs a secret of which nothing is known.
func (w *writer) hides(n int) {
	if !slices.Contains(w.secrets, n) {
		w.secrets = append(w.secrets, n)
	}
}

var notOfVariables = regexp.MustCompile(`[^A-Z0-9]+`)

// tokenOf is the variable with the credential of a persona.
func tokenOf(persona string) string {
	if persona == "" {
		return "TOKEN"
	}
	return variableOf("TOKEN", persona)
}

func variableOf(kind, name string) string {
	return kind + "_" + notOfVariables.ReplaceAllString(strings.ToUpper(name), "_")
}

// address is a URL as a word: what begins with the target's address begins with BASE.
func (w *writer) address(url string) string {
	rest, below := strings.CutPrefix(url, strings.TrimSuffix(w.run.Target.URL, "/"))
	if !below {
		return w.text(url, true)
	}
	path, _, _ := strings.Cut(rest, "?")
	w.nameless = w.nameless || strings.Contains(path, "//") || len(path) > 1 && strings.HasSuffix(path, "/")
	return `"$BASE"` + w.text(rest, true)
}

// made is what a run puts at the end of a name to make it its own.
var made = regexp.MustCompile(`-([a-z]{8})[a-z]{3}\b`)

// text is a text as a word: ids of earlier answers, secrets and names of the run are variables.
func (w *writer) text(text string, inURL bool) string {
	gaps := w.gaps(text, inURL)
	if secrets := marks(text, "SECRET"); len(secrets) > 0 {
		w.hides(w.n)
		gaps = append(gaps, secrets...)
	}
	return quoted(text, gaps)
}

// gaps are where ids and names of the run stand in a text.
func (w *writer) gaps(text string, inURL bool) (gaps []gap) {
	for _, k := range w.seen {
		for _, place := range places(text, k.value, inURL) {
			if w.carried[k.value] == "" {
				w.carried[k.value] = fmt.Sprintf("id%d", len(w.carried)+1)
			}
			gaps = append(gaps, gap{place[0], place[1], w.carried[k.value]})
		}
	}
	for _, m := range made.FindAllStringSubmatchIndex(text, -1) {
		if !madeUp(text[m[2] : m[3]+3]) {
			continue
		}
		w.fresh = true
		if word := text[m[2]:m[3]]; !slices.Contains(w.words, word) {
			w.words = append(w.words, word)
		}
	}
	for _, word := range w.words {
		gaps = append(gaps, w.spelt(text, word)...)
	}
	return gaps
}

// madeUp tells letters that the suite made up from a word of a path, such as the one behind sub-: of those that it makes up none
// stands beside itself or a neighbour in the alphabet.
func madeUp(letters string) bool {
	const alphabet = 26
	for i := 1; i < len(letters); i++ {
		if (int(letters[i])-int(letters[i-1])+alphabet+1)%alphabet <= 2 {
			return false
		}
	}
	return true
}

// spelt are the places of letters that are made anew, in whatever letter case.
func (w *writer) spelt(text, word string) (gaps []gap) {
	lower := strings.ToLower(text)
	if len(lower) != len(text) { // letters whose capitals have another length
		lower = text
	}
	for i := next(lower, word, -len(word)); i >= 0; i = next(lower, word, i) {
		one := gap{i, i + len(word), "NEW"}
		switch text[one.from:one.to] {
		case word:
		case strings.ToUpper(word):
			one.variable, w.capitals = "NEW_IN_CAPITALS", true
		default:
			w.mixed = true
		}
		gaps = append(gaps, one)
	}
	return gaps
}
