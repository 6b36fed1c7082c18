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
	b.WriteString("# This script exits 1 when every answer has the status that it had in the run, else 0; 2 when a " +
		"request fails.\n")
	b.WriteString("set -eu\nfor tool in curl jq; do command -v $tool >/dev/null || { echo \"$tool is needed\" >&2; " +
		"exit 2; }; done\n")
	w.variables(&b)
	b.WriteString(`out=$(mktemp -d)
same=yes
step() { # NUMBER STATUS-IN-THE-RUN, then what curl is told
  n=$1 was=$2
  shift 2
  got=$(curl -sS -o "$out/$n" -w '%{http_code}' "$@") || { [ "$was" = 0 ] && got=0 || exit 2; }
  echo "step $n: $got (in the run: $was)"
  [ "$got" = "$was" ] || same=no
}
value() { jq -r "$2" "$out/$1"; } # what the answer to a step holds at a path
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
	for _, persona := range w.persona {
		w.credential(b, persona)
	}
	if w.other {
		b.WriteString("ANOTHER=${ANOTHER:-made-up} # a credential that is not the persona's: made up, or spoilt\n")
	}
	if w.secrets {
		b.WriteString("SECRET=${SECRET:?the run hides a secret of the target file here; see where SECRET stands below}\n")
	}
	if w.fresh {
		b.WriteString("NEW=${NEW:-$(LC_ALL=C tr -dc a-z </dev/urandom | head -c 8)} # ends the names that the case makes\n")
	}
	if worlds == "" {
		return
	}
	fmt.Fprintf(b, "WORLDS=${WORLDS:-%s}\n", reports.ShellQuote(worlds))
	b.WriteString(`admin() { # the mock's control API; ROLLCALL_ADMIN_TOKEN holds its token, where it asks for one
  curl -fsS ${ROLLCALL_ADMIN_TOKEN:+-H "Authorization: Bearer $ROLLCALL_ADMIN_TOKEN"} -H 'Content-Type: application/json' "$@"
}
WORLD=${WORLD:-$(admin -X POST "$WORLDS" --data '{}' | jq -r .id)} # the case had a world of its own
`)
}

// credential says where that of a persona comes from: a mock tells it, else the target file has it.
func (w *writer) credential(b *strings.Builder, persona string) {
	name := persona
	if name == "" {
		name = "default"
	}
	variable := tokenOf(persona)
	if w.run.Target.Worlds == "" {
		fmt.Fprintf(b, "%s=${%s:?set it to the credential of the persona %s in the target file, without a word such as Bearer}\n",
			variable, variable, line(name))
		return
	}
	mock := "--seed " + strconv.FormatUint(w.run.Seed, 10)
	if !strings.Contains(w.run.Target.URL, reports.InProcessHost) {
		host, _, _ := strings.Cut(w.run.Target.Worlds, "/__admin")
		mock = "--target " + reports.ShellQuote(host)
	}
	fmt.Fprintf(b, "%s=${%s:-$(rollcall token %s --as %s %s)}\n",
		variable, variable, w.run.Named(), reports.ShellQuote(name), mock)
}

// tail shows the last answer and says what came of it.
func (w *writer) tail() string {
	leave := ""
	if w.run.Target.Worlds != "" {
		leave = "[ -n \"${KEEP:-}\" ] || admin -X DELETE \"$WORLDS/$WORLD\" >/dev/null # KEEP=1 leaves the world\n"
	}
	return `
cat "$out/$n" 2>/dev/null && echo
rm -r "$out"
` + leave + `
if [ $same = yes ]; then
  echo "every answer has the status that it had in the run"
  exit 1
fi
echo "the answers differ from those of the run"
`
}
