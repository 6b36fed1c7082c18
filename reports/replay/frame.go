package replay

import (
	"fmt"
	"strconv"
	"strings"

	"rollcall/reports"
	"rollcall/specs/contract"
)

func number(n int) string { return strconv.Itoa(n) }

// line is a text as one line of a comment.
func line(text string) string {
	return reports.Printable(strings.Join(strings.Fields(text), " "))
}

// head is what stands before the steps: what this is, what it needs, and the helpers.
func (w *writer) head(title string) string {
	var b strings.Builder
	r := w.result
	fmt.Fprintf(&b, "#!/bin/sh\n# %s, %s: %s\n", line(r.Requirement), levelOf(r), line(r.Text))
	if r.Source != "" {
		fmt.Fprintf(&b, "# Who says so: %s\n", line(r.Source))
	}
	fmt.Fprintf(&b, "# The case %q made these requests. In the run it ended so:\n", line(title))
	for reason := range strings.SplitSeq(strings.TrimSpace(w.reason(title)), "\n") {
		fmt.Fprintf(&b, "#   %.160s\n", line(reason))
	}
	fmt.Fprintf(&b, "#\n# The suite judges it again by: %s\n", w.run.Again(r.Requirement))
	b.WriteString(`# This script looks where the failure showed itself, and exits
#   1 when it shows itself again, 0 when it does not,
#   2 when something is missing, or a request could not be made,
#   3 when it takes a reader to say: the last lines name what to look at
set -u
out= WORLD=${WORLD:-} ours=
leave() { # CODE
  trap - 0
  [ -z "$out" ] || rm -r "$out"
  [ -z "$ours" ] || [ -n "${KEEP:-}" ] || admin -X DELETE "$WORLDS/$WORLD" >/dev/null || : # KEEP=1 leaves the world
  exit "$1"
}
trap 'leave 2' 0 # whatever ends it before it came to a judgement
missing() { echo "$1" >&2; leave 2; }
for tool in curl jq; do command -v $tool >/dev/null || missing "$tool is needed"; done
`)
	w.variables(&b)
	b.WriteString(`out=$(mktemp -d) || missing "mktemp makes no folder"
others= # the steps that were answered with another status than in the run
step() { # NUMBER STATUS-IN-THE-RUN, then what curl is told
  n=$1 was=$2
  shift 2
  : >"$out/$n"
  got=$(curl -sS -D "$out/$n.head" -o "$out/$n" -w '%{http_code}' "$@") || { [ "$was" = 0 ] && got=0 || leave 2; }
  echo "step $n: $got (in the run: $was)"
  [ "$got" = "$was" ] || others="$others $n"
}
value() { jq -er "$2" "$out/$1"; } # what the answer to a step holds at a path
lost() { # NUMBER
  cat "$out/$1"
  echo "can't say: the answer to step $1 does not tell the id that the next step needs"
  leave 3
}
`)
	return b.String()
}

func levelOf(r reports.Result) string {
	if r.Level == contract.Must {
		return "demanded by the document"
	}
	return "recommended"
}

func (w *writer) reason(title string) string {
	for _, c := range w.result.Cases {
		if c.Title == title && c.Reason != "" {
			return string(c.Verdict) + ": " + c.Reason
		}
	}
	return string(w.result.Verdict) + ": " + w.result.Reason
}

// variables sets what comes from outside: addresses, credentials, a world.
func (w *writer) variables(b *strings.Builder) {
	base, worlds := strings.TrimSuffix(w.run.Target.URL, "/"), w.run.Target.Worlds
	if strings.Contains(base, reports.InProcessHost) {
		const mock = "http://127.0.0.1:4010"
		started := "rollcall mock " + w.run.Named()
		if o := w.run.Options; o != nil {
			for _, d := range o.Defects {
				started += " --defect " + reports.ShellQuote(d)
			}
			for _, v := range o.Variants {
				started += " --variant " + reports.ShellQuote(v)
			}
		}
		fmt.Fprintf(b, "\n# The mock ran inside the process of the run. Start one like it first: %s --seed %d\n", line(started),
			w.run.Seed)
		base, worlds = mock, mock+"/__admin/worlds"
	}
	fmt.Fprintf(b, "\nBASE=${BASE:-%s} # where the operations' paths begin\n", reports.ShellQuote(base))
	if worlds != "" {
		fmt.Fprintf(b, "WORLDS=${WORLDS:-%s}\n", reports.ShellQuote(worlds))
		b.WriteString(`admin() { # the mock's control API; ROLLCALL_ADMIN_TOKEN holds its token, where it asks for one
  curl -fsS ${ROLLCALL_ADMIN_TOKEN:+-H "Authorization: Bearer $ROLLCALL_ADMIN_TOKEN"} -H 'Content-Type: application/json' "$@"
}
`)
	}
	for _, persona := range w.persona {
		w.credential(b, persona)
	}
	if w.other {
		b.WriteString("ANOTHER=${ANOTHER:-made-up} # a credential that is not the persona's: made up, or spoilt\n")
	}
	for _, name := range w.given {
		w.secret(b, name, worlds)
	}
	if len(w.secrets) > 0 {
		fmt.Fprintf(b, "[ -n \"${SECRET:-}\" ] || missing 'set SECRET: the run hides a secret, and not whose, at step %s'\n",
			listed(w.secrets))
	}
	if w.fresh {
		b.WriteString("NEW=${NEW:-$(LC_ALL=C tr -dc a-z </dev/urandom | head -c 8)} # ends the names that the case makes\n")
	}
	if w.capitals {
		b.WriteString("NEW_IN_CAPITALS=$(printf %s \"$NEW\" | tr a-z A-Z)\n")
	}
	if worlds == "" {
		return
	}
	b.WriteString(`[ -n "$WORLD" ] || { # the case had a world of its own
  WORLD=$(admin -X POST "$WORLDS" --data '{}' | jq -er .id) || missing "the mock makes no world"
  ours=yes
}
`)
}

// secret says where one that the target file gives comes from: a mock tells it.
func (w *writer) secret(b *strings.Builder, name, worlds string) {
	variable := variableOf("SECRET", name)
	if worlds != "" {
		fmt.Fprintf(b, "%s=${%s:-$(admin \"${WORLDS%%/worlds}/targets/%s\" | jq -er %s)} || missing 'the mock tells no %s'\n",
			variable, variable, w.run.Contract, reports.ShellQuote(".given["+strconv.Quote(line(name))+"]"), bare(name))
		return
	}
	fmt.Fprintf(b, "[ -n \"${%s:-}\" ] || missing 'set %s to what the target file gives as %s'\n", variable, variable, bare(name))
}

// bare is a text that stands in quotation marks of the shell.
func bare(text string) string { return strings.ReplaceAll(line(text), "'", "’") }

func listed(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = number(n)
	}
	return strings.Join(texts, ", ")
}

// credential says where that of a persona comes from: a mock tells it, else the target file has it.
func (w *writer) credential(b *strings.Builder, persona string) {
	name := persona
	if name == "" {
		name = "default"
	}
	variable := tokenOf(persona)
	if w.run.Target.Worlds == "" {
		fmt.Fprintf(b, "[ -n \"${%s:-}\" ] || missing 'set %s to the credential of the persona %s in the target file, "+
			"without a word such as Bearer'\n", variable, variable, bare(name))
		return
	}
	mock := "--seed " + strconv.FormatUint(w.run.Seed, 10)
	if !strings.Contains(w.run.Target.URL, reports.InProcessHost) {
		host, _, _ := strings.Cut(w.run.Target.Worlds, "/__admin")
		mock = "--target " + reports.ShellQuote(host)
	}
	fmt.Fprintf(b, "%s=${%s:-$(rollcall token %s --as %s %s)} || missing 'there is no token: is rollcall installed?'\n",
		variable, variable, w.run.Named(), reports.ShellQuote(name), mock)
}
