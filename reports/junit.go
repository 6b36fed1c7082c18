package reports

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	junitCounts
	Suites []junitSuite `xml:"testsuite"`
}

type junitCounts struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Time     string `xml:"time,attr"` // seconds
}

type junitSuite struct {
	junitCounts
	Skipped    int             `xml:"skipped,attr"` // of a suite alone: the schema of Jenkins has it nowhere else
	Timestamp  string          `xml:"timestamp,attr,omitempty"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	ClassName string        `xml:"classname,attr"`
	Time      string        `xml:"time,attr"`
	Skipped   *junitMessage `xml:"skipped"`
	Failure   *junitMessage `xml:"failure"`
	Error     *junitMessage `xml:"error"`
	Output    *junitText    `xml:"system-out"`
}

type junitText struct {
	Text string `xml:",cdata"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",cdata"`
}

// WriteJUnit writes the run as JUnit XML: one suite for the contract, one test
// case per requirement. A MUST that could not be decided is an error, and so is a run
// that is inconclusive for another reason, as a case of its own: what exits with 5 is
// not green. Missed, undetermined, not applicable and waived become skipped with the
// verdict in the message, and so does a failure that is only told, as it must not turn a
// build red. The properties hold the true counts. The error is the writer's.
func WriteJUnit(w io.Writer, run *Run) error { return writeJUnit(w, run, false) }

// WriteJUnitLenient is WriteJUnit, but what could not be decided is skipped whatever its
// level.
func WriteJUnitLenient(w io.Writer, run *Run) error { return writeJUnit(w, run, true) }

func writeJUnit(w io.Writer, run *Run, lenient bool) error {
	run = run.printable()
	suite := junitOf(run, lenient)
	all := junitSuites{junitCounts: suite.junitCounts, Suites: []junitSuite{suite}}
	all.Name = "rollcall"
	var out bytes.Buffer
	out.WriteString(xml.Header)
	encoder := xml.NewEncoder(&out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return fmt.Errorf("encoding the JUnit report: %w", err)
	}
	out.WriteByte('\n')
	return flush(w, "JUnit report", &out)
}

func junitOf(run *Run, lenient bool) junitSuite {
	suite := junitSuite{Properties: junitProperties(run)}
	suite.Name = run.Contract
	suite.Time = seconds(run.DurationMS)
	if !run.Started.IsZero() {
		suite.Timestamp = run.Started.UTC().Format("2006-01-02T15:04:05")
	}
	for _, result := range run.Results {
		suite.add(junitCaseOf(run.Contract, result, lenient))
	}
	if !lenient && run.openOtherwise() {
		suite.add(junitCase{Name: wholeRun, ClassName: "rollcall." + run.Contract, Time: seconds(0),
			Error: &junitMessage{Message: run.Headline(), Type: "inconclusive",
				Text: "Nothing passed, or more than half could not be decided."}})
	}
	return suite
}

// wholeRun is the name of what is about the run as a whole.
const wholeRun = "the run as a whole"

// openOtherwise says whether a run is inconclusive without any single requirement that
// has to be decided being open.
func (r *Run) openOtherwise() bool { return r.Exit() == 5 && r.openMusts() == 0 }

func (s *junitSuite) add(one junitCase) {
	s.Tests++
	switch {
	case one.Failure != nil:
		s.Failures++
	case one.Error != nil:
		s.Errors++
	case one.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, one)
}

func junitProperties(run *Run) []junitProperty {
	sum := tally(run.Results)
	properties := []junitProperty{
		{"outcome", run.Outcome()},
		{"headline", run.Headline()},
		{"contract_digest", run.ContractDigest},
		{"suite_version", run.SuiteVersion},
		{"suite_commit", run.SuiteCommit},
		{"seed", fmt.Sprint(run.Seed)},
		{"target", run.Target.URL},
		{"reading", run.Target.Reading},
	}
	if why := run.why(); why != "" {
		properties = append(properties, junitProperty{"partial", why})
	}
	if its := run.Target.Implementation.String(); its != "" {
		properties = append(properties, junitProperty{"implementation", its})
	}
	for _, d := range run.Documents {
		properties = append(properties, junitProperty{d.Name, d.Title})
	}
	for _, level := range levels() {
		for _, g := range append([]group{{Results: run.Results}}, groups(run.Results)...) {
			if counts := levelCounts(g.Results, level); counts.Requirements > 0 {
				properties = append(properties, junitProperty{strings.TrimSuffix(string(level)+"."+g.Name, "."), counts.cell()})
			}
		}
	}
	if broke := run.brokeLine(); broke != "" {
		properties = append(properties, junitProperty{"suite_errors", broke})
	}
	if len(run.Left) > 0 {
		properties = append(properties, junitProperty{"left", Counts(run.Left)})
	}
	for _, verdict := range Verdicts() {
		properties = append(properties, junitProperty{string(verdict), fmt.Sprint(sum.Of(verdict))})
	}
	return properties
}

// junitTitle is how many bytes a message may have: CI shows it as a title.
const junitTitle = 300

func junitCaseOf(contractName string, result Result, lenient bool) junitCase {
	out := junitCase{
		Name:      strings.TrimSpace(result.Requirement + " " + oneLine(result.Text)),
		ClassName: "rollcall." + contractName + "." + result.Group(),
		Time:      seconds(result.durationMS()),
	}
	reason := shorten(oneLine(result.causeText()), junitTitle)
	switch verdict := result.settled(); {
	case verdict == Pass:
	case verdict == Fail && result.Deciding():
		out.Failure = &junitMessage{Message: reason, Type: string(result.Level), Text: result.Detail()}
	case verdict == Missed:
		out.Skipped = &junitMessage{Message: "missed: " + reason}
		out.Output = &junitText{result.Detail()}
	case verdict == Fail:
		out.Skipped = &junitMessage{Message: "failed, decides nothing: " + reason}
		out.Output = &junitText{result.Detail()}
	case result.open() && !lenient:
		out.Error = &junitMessage{Message: "undetermined: " + reason, Type: string(result.Level), Text: result.Detail()}
		if result.broke() {
			out.Error.Type = "suite"
		}
	default:
		out.Skipped = &junitMessage{Message: verdict.Label() + ": " + reason}
	}
	return out
}

// Detail is plain text on why a result is what it is: the reason, and the exchanges
// that show it.
func (r Result) Detail() string {
	parts := []string{reasonOf(r)}
	if from := r.from(); from != "" {
		parts = append(parts, "source: "+from)
	}
	shown, _ := r.telling()
	for _, e := range shown {
		parts = append(parts, exchangeText(e, ""))
	}
	return strings.Join(parts, "\n\n")
}

func (r Result) durationMS() int64 {
	var total int64
	for _, c := range r.Cases {
		total += c.DurationMS
	}
	return total
}

func seconds(ms int64) string {
	return fmt.Sprintf("%.3f", (time.Duration(ms) * time.Millisecond).Seconds())
}

// oneLine folds every run of white space into one space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
