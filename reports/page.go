package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// page is what the HTML template reads.
type page struct {
	Run            *Run
	Outcome, Total string
	Headline, Why  string
	Broke          string // what the suite could not decide by its own fault
	Levels         []string
	ByGroup        []levelRow
	Tone           Verdict // colours the outcome like this verdict
	Facts          []fact
	Counts         []count
	Found          []foundList
	Causes         []causeList
	Groups         []pageGroup
	Operations     []string
	Coverage       coverTable
	Proof          proofTable
	Policy         template.HTMLAttr
	CSS            template.CSS
	JS             template.JS
}

type fact struct{ Name, Value string }

type count struct {
	Verdict     Verdict
	Count       int
	Sign, Label string
}

// foundList is what went wrong, by what decides and what does not.
type foundList struct {
	Verdict  Verdict
	Title    string
	Findings []finding
}

type causeList struct {
	Verdict Verdict
	Title   string
	Causes  []cause
}

// levelRow is a group in the table by level.
type levelRow struct {
	Name  string
	Cells []string
}

type pageGroup struct {
	Name, Line string
	Rows       []row
}

type row struct {
	Result
	Shown           Verdict
	Sign, Why, Fold string
	From            string
	Again           string // the command line that shows a failure again
	Proved          string // how many of the faults that break it the suite noticed; "" where no matrix is given
	Earlier         string // how many exchanges came before those shown
	Exchanges       []exchange
}

type exchange struct{ Case, Note, Request, Response, Curl string }

func pageOf(run *Run) page {
	sum := tally(run.Results)
	out := page{
		Run: run, Outcome: run.Outcome(), Headline: run.Headline(), Why: run.why(),
		Broke: run.brokeLine(), Tone: tone(run), Facts: facts(run),
		Total:  plural(sum.Requirements, "requirement"),
		Policy: policy(), CSS: template.CSS(pageCSS), JS: template.JS(pageJS),
	}
	for verdict, title := range pageFound {
		if of := having(run.Results, verdict); len(of) > 0 {
			out.Found = append(out.Found, foundList{verdict, title, findings(of)})
		}
	}
	for _, verdict := range Verdicts() {
		out.Counts = append(out.Counts, count{verdict, sum.Of(verdict), verdict.sign(), verdict.Label()})
	}
	out.Coverage, out.Proof = coverageOf(run), proofOf(run)
	for _, result := range run.Results {
		for _, op := range result.Operations {
			if !slices.Contains(out.Operations, op) {
				out.Operations = append(out.Operations, op)
			}
		}
	}
	slices.Sort(out.Operations)
	for verdict, title := range pageCauses {
		if found := causes(run.Results, verdict); len(found) > 0 {
			out.Causes = append(out.Causes, causeList{verdict, title, found})
		}
	}
	for _, level := range levels() {
		out.Levels = append(out.Levels, string(level))
	}
	for _, g := range groups(run.Results) {
		out.Groups = append(out.Groups, pageGroupOf(run, g, out.Proof))
		row := levelRow{Name: g.Name}
		for _, level := range levels() {
			row.Cells = append(row.Cells, levelCounts(g.Results, level).cell())
		}
		out.ByGroup = append(out.ByGroup, row)
	}
	return out
}

// pageFound yields the verdicts whose findings stand above the table.
func pageFound(yield func(Verdict, string) bool) {
	_ = yield(Fail, "What failed") && yield(Missed, missedTitle)
}

// pageCauses yields the verdicts explained by reason above the table.
func pageCauses(yield func(Verdict, string) bool) {
	_ = yield(Undetermined, "What could not be decided") && yield(Waived, "What was waived")
}

func tone(run *Run) Verdict {
	switch run.Exit() {
	case 0:
		return Pass
	case 1:
		return Fail
	}
	return Undetermined
}

func facts(run *Run) []fact {
	out := []fact{
		{"Implementation", run.Target.Implementation.String()},
		{"Target", run.where()}, {"Reading", run.Target.Reading},
		{"Seed", fmt.Sprint(run.Seed)}, {"Suite", strings.TrimSpace(run.SuiteVersion + " " + run.SuiteCommit)},
		{"Contract", run.ContractDigest},
	}
	if !run.Started.IsZero() {
		out = append(out, fact{"Started", run.Started.UTC().Format("2 January 2006, 15:04:05 UTC")})
	}
	for _, d := range run.Documents {
		out = append(out, fact{strings.ToUpper(d.Name[:min(1, len(d.Name))]) + d.Name[min(1, len(d.Name)):], d.Title})
	}
	out = append(out, fact{"Left behind", Counts(run.Left)},
		fact{"Took", spent(run.DurationMS)}, fact{"In the lines to repeat", run.legend()})
	if run.Requests > 0 {
		out = append(out, fact{"Requests", fmt.Sprintf("%d, each %.2f ms on average", run.Requests, run.LatencyMS)})
	}
	kept := out[:0]
	for _, f := range out {
		if f.Value != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

func pageGroupOf(run *Run, g group, proof proofTable) pageGroup {
	out := pageGroup{Name: g.Name, Line: countsLine(g.Counts)}
	for _, result := range g.Results {
		row := rowOf(run, result)
		row.Proved = proof.of[result.Requirement]
		out.Rows = append(out.Rows, row)
	}
	return out
}

func rowOf(run *Run, result Result) row {
	out := row{Result: result, Shown: result.settled(), From: result.from()}
	out.Sign = out.Shown.sign()
	if out.Shown != Pass {
		out.Why = result.quoted(reasonOf(result))
	}
	out.Fold = plural(len(result.Cases), "case")
	if n := len(result.Evidence); n > 0 {
		out.Fold += ", " + plural(n, "exchange")
	}
	if out.Shown == Fail || out.Shown == Missed {
		out.Again = run.Again(result.Requirement)
	}
	shown, others := result.telling()
	if others > 0 {
		out.Earlier = plural(others, "exchange") + " beside these, in the run file"
	}
	for _, e := range shown {
		out.Exchanges = append(out.Exchanges, exchangeOf(e))
	}
	return out
}

// exchangeOf lays JSON bodies out for reading; the run file has the bytes as
// they were.
func exchangeOf(e Evidence) exchange {
	e.RequestBody, e.ResponseBody = laidOut(e.RequestBody), laidOut(e.ResponseBody)
	return exchange{
		Case: e.Case, Note: e.noted(),
		Request: e.requestText(), Response: e.responseText(), Curl: Printable(e.Curl),
	}
}

func laidOut(body string) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(body), "", "  ") != nil || out.Len() > bodyLimit {
		return body
	}
	return strings.TrimSpace(out.String())
}

// sign lets verdicts be told apart without colour.
func (v Verdict) sign() string {
	switch v {
	case Pass:
		return "✓"
	case Fail:
		return "✗"
	case Missed:
		return "!"
	case NotApplicable:
		return "–"
	case Waived:
		return "~"
	}
	return "?"
}
