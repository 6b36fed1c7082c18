package replay

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/reports"
)

// judgement is the end of a script: it looks where the failure showed itself in the run. Nothing is said to be shown again by
// statuses alone, but where the status was the failure; what the script can't tell is left to its reader.
func (w *writer) judgement(title string, all []reports.Evidence) string {
	var b strings.Builder
	b.WriteString("\ncat \"$out/$n\" && echo\n")
	if len(all) == 0 {
		return b.String()
	}
	at := len(all)
	last := all[at-1]
	reason := strings.Join(firstLines(strings.TrimSpace(w.reason(title)), 2), " – ")
	fmt.Fprintf(&b, `reader() { # what keeps the script from a judgement
  echo "can't say by itself: $1"
  echo %s
  leave 3
}
`, reports.ShellQuote(fmt.Sprintf("look at the answer to step %d yourself; in the run: %s", w.decisive(all), shortened(line(reason)))))
	switch shows := last.Shows; {
	case w.mixed:
		b.WriteString(`reader "a request holds a new name in a spelling that the script does not know"` + "\n")
	case w.nameless:
		b.WriteString(`reader "a path lacks an id, which an answer of the run did not tell"` + "\n")
	case altered(last):
		b.WriteString(`reader "the case altered a credential, and what the script sent in its place is refused by anyone"` + "\n")
	case shows == nil:
		b.WriteString(`[ -z "$others" ] || reader "answered with another status than in the run:$others"` + "\n" +
			`reader "every answer has the status that it had in the run, and what failed is not the status"` + "\n")
	case shows.Unlike > 0 && shows.Unlike < at:
		b.WriteString(w.asIn())
		w.unlike(&b, at, *shows)
	case shows.Part == "status":
		w.status(&b)
	case shows.Part == "header":
		b.WriteString(w.asIn())
		w.headers(&b, last, shows.Name)
	default:
		b.WriteString(w.asIn())
		w.member(&b, last, shows.Name)
	}
	return b.String()
}

// altered says whether a step was refused with a credential that the script can't make: a made-up one is refused anyway.
func altered(e reports.Evidence) bool {
	return e.Credential == reports.OtherCredential && (e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden)
}

func firstLines(text string, most int) []string {
	lines := strings.Split(text, "\n")
	return lines[:min(most, len(lines))]
}

func shortened(text string) string {
	const most = 200
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// decisive is the step that decided the case: later ones show what it did.
func (w *writer) decisive(all []reports.Evidence) int {
	at := len(all)
	for at > 1 && strings.HasPrefix(all[at-1].Note, reports.StepAfter) {
		at--
	}
	return at
}

// asIn keeps a comparison of contents to answers with the statuses of the run.
func (w *writer) asIn() string {
	return `[ -z "$others" ] || reader "answered with another status than in the run:$others"` + "\n"
}

// status is for failures that are the status itself, after steps that went as in the run.
func (w *writer) status(b *strings.Builder) {
	b.WriteString(`case "$others" in
'') echo "shown again: the answer to step $n has the status $got, as in the run"; leave 1 ;;
" $n") ;;
*) reader "answered with another status than in the run:$others" ;;
esac
case $got in 0 | 000 | 429 | 5??) reader "the answer to step $n is neither what it was nor a judgement" ;; esac
echo "not shown again: the answer to step $n has the status $got, and had $was in the run"
leave 0
`)
}

// unlike compares two answers that should say the same.
func (w *writer) unlike(b *strings.Builder, at int, shows reports.Sight) {
	what := "how many items there are"
	if shows.Name != "" {
		what = "what stands under " + shows.Name
	}
	fmt.Fprintf(b, `if how=$(jq -n --arg name %s --slurpfile one "$out/%d" --slurpfile other "$out/%d" '
  def all: [.. | if $name == "" then arrays | length else objects | select(has($name)) | .[$name] end] | sort;
  if ($one | all) == ($other | all) then "same" else "other" end'); then
  [ "$how" = '"same"' ] || { echo %s; leave 1; }
  echo %s
  leave 0
fi
reader "an answer is no JSON"
`, reports.ShellQuote(shows.Name), at-shows.Unlike, at,
		reports.ShellQuote(fmt.Sprintf("shown again: steps %d and %d differ in %s", at-shows.Unlike, at, line(what))),
		reports.ShellQuote(fmt.Sprintf("not shown again: steps %d and %d agree in %s", at-shows.Unlike, at, line(what))))
}

// headers compares a header with that of the run.
func (w *writer) headers(b *strings.Builder, last reports.Evidence, name string) {
	was := strings.Join(http.Header(last.ResponseHeaders).Values(name), "\n")
	fmt.Fprintf(b, `is=$(tr -d '\r' <"$out/$n.head" | awk -v name=%s 'BEGIN { name = tolower(name) }
  { at = index($0, ":") } at && tolower(substr($0, 1, at - 1)) == name { sub(/^[^:]*:[ \t]*/, ""); print }')
`, reports.ShellQuote(line(name)))
	before := ""
	if strings.Contains(was, reports.SecretMark) {
		before = `reader "the run hides the header"` + "\n"
	}
	fmt.Fprintf(b, `%sheader=%s
was=%s
[ "$is" != "$was" ] || { echo "shown again: the header $header is as in the run: $is"; leave 1; }
`, before, reports.ShellQuote(line(name)), w.text(was, false))
	if http.CanonicalHeaderKey(name) != "Content-Type" { // others hold ids and times
		b.WriteString(`[ -z "$is" ] || [ -z "$was" ] || reader "the header $header is another: $is"` + "\n")
	}
	b.WriteString(`echo "not shown again: the header $header is: $is (in the run: $was)"` + "\nleave 0\n")
}

// member compares what stands at a place of the body with what stood there in the run.
func (w *writer) member(b *strings.Builder, last reports.Evidence, pointer string) {
	const most = 4 << 10
	where := "its body"
	if pointer != "" {
		where = line(pointer) + " of its body"
	}
	if pointer == "" && last.ResponseBody == "" {
		b.WriteString(`[ -s "$out/$n" ] || { echo "shown again: the answer has no body"; leave 1; }
echo "not shown again: the answer has a body, and had none in the run"
leave 0
`)
		return
	}
	was := stood(last.ResponseBody, pointer)
	if was == "" || len(was) > most || strings.Contains(was, reports.SecretMark) {
		fmt.Fprintf(b, "reader %s\n", reports.ShellQuote("what stands at "+where+" can't be compared with the run"))
		return
	}
	path, each := steppedBy(pointer)
	gone := `reader "the answer has no body"`
	if pointer == "" {
		gone = `{ echo "not shown again: the answer has no body, and had one in the run"; leave 0; }`
	}
	fmt.Fprintf(b, `what='def at($p): if ($p | length) == 0 then .
  elif $p[0] == "*" then arrays | .[] | at($p[1:])
  elif type == "array" then ($p[0] | tonumber? // -1) as $i | if $i >= 0 and has($i) then .[$i] | at($p[1:]) else empty end
  elif type == "object" and has($p[0]) then .[$p[0]] | at($p[1:])
  else empty end;
  [at($path)] as $is | if $is == $was then "same" elif ($is | map(type)) == ($was | map(type)) then "value" else "other" end'
where=%s
[ -s "$out/$n" ] || %s
how=$(jq -r --argjson path %s --argjson was %s "$what" "$out/$n") || reader "the answer is no JSON"
`, reports.ShellQuote(where), gone, reports.ShellQuote(path), w.text(was, false))
	b.WriteString(`[ "$how" != same ] || { echo "shown again: at $where stands what stood there in the run"; leave 1; }` + "\n")
	if each {
		b.WriteString(`reader "at $where stands something else than in the run"` + "\n")
		return
	}
	b.WriteString(`[ "$how" = other ] || reader "at $where stands another value of the same kind"
echo "not shown again: at $where stands something of another kind than in the run, or nothing"
leave 0
`)
}

// stood is what stood at a place in the run, as a list of JSON; "" where the body is no JSON, such as one that was cut.
func stood(body, pointer string) string {
	if !gjson.Valid(body) {
		return ""
	}
	found := []json.RawMessage{}
	var walk func(v gjson.Result, rest []string)
	walk = func(v gjson.Result, rest []string) {
		if len(rest) == 0 {
			found = append(found, json.RawMessage(v.Raw))
			return
		}
		if !v.IsObject() && !v.IsArray() {
			return
		}
		if rest[0] == "*" {
			if v.IsArray() {
				v.ForEach(func(_, item gjson.Result) bool { walk(item, rest[1:]); return true })
			}
			return
		}
		index := 0
		v.ForEach(func(key, value gjson.Result) bool {
			name := key.String()
			if v.IsArray() {
				name = number(index)
				index++
			}
			if name == rest[0] {
				walk(value, rest[1:])
				return false
			}
			return true
		})
	}
	walk(gjson.Parse(body), names(pointer))
	list, err := json.Marshal(found)
	if err != nil {
		return ""
	}
	return string(list)
}

func names(pointer string) (all []string) {
	for _, name := range strings.Split(pointer, "/")[1:] {
		all = append(all, strings.NewReplacer("~1", "/", "~0", "~").Replace(name))
	}
	return all
}

// steppedBy is a pointer as the list of names that the script steps by, and whether it is about each of several items.
func steppedBy(pointer string) (list string, each bool) {
	path := names(pointer)
	raw, _ := json.Marshal(append([]string{}, path...))
	return string(raw), slices.Contains(path, "*")
}
