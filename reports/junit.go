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
	Skipped  int    `xml:"skipped,attr"`
	Time     string `xml:"time,attr"` // seconds
}

type junitSuite struct {
	junitCounts
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
// case per requirement. JUnit knows no verdict but passed, failed and skipped:
// missed, undetermined, not applicable and waived become skipped with the verdict in the
// message, and so does a failure that is only told, as it must not turn a build
// red. The properties hold the true counts. The error is the writer's.
func WriteJUnit(w io.Writer, run *Run) error {
	run = run.printable()
	suite := junitOf(run)
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

func junitOf(run *Run) junitSuite {
	suite := junitSuite{Properties: junitProperties(run)}
	suite.Name = run.Contract
	suite.Tests = len(run.Results)
	suite.Time = seconds(run.DurationMS)
	if !run.Started.IsZero() {
		suite.Timestamp = run.Started.UTC().Format("2006-01-02T15:04:05")
	}
	for _, result := range run.Results {
		testcase := junitCaseOf(run.Contract, result)
		if testcase.Failure != nil {
			suite.Failures++
		}
		if testcase.Skipped != nil {
			suite.Skipped++
		}
		suite.Cases = append(suite.Cases, testcase)
	}
	return suite
}

func junitProperties(run *Run) []junitProperty {
	sum := tally(run.Results)
	properties := []junitProperty{
		{"outcome", run.Outcome()},
		{"contract_digest", run.ContractDigest},
		{"suite_version", run.SuiteVersion},
		{"seed", fmt.Sprint(run.Seed)},
		{"target", run.Target.URL},
		{"reading", run.Target.Reading},
	}
	if len(run.Left) > 0 {
		properties = append(properties, junitProperty{"left", Counts(run.Left)})
	}
	for _, verdict := range Verdicts() {
		properties = append(properties, junitProperty{string(verdict), fmt.Sprint(sum.Of(verdict))})
	}
	return properties
}

func junitCaseOf(contractName string, result Result) junitCase {
	out := junitCase{
		Name:      strings.TrimSpace(result.Requirement + " " + oneLine(result.Text)),
		ClassName: "rollcall." + contractName + "." + result.Group(),
		Time:      seconds(result.durationMS()),
	}
	reason := reasonOf(result)
	switch verdict := result.settled(); {
	case verdict == Pass:
	case verdict == Fail && result.Deciding():
		out.Failure = &junitMessage{Message: oneLine(reason), Type: string(result.Level), Text: result.Detail()}
	case verdict == Missed:
		out.Skipped = &junitMessage{Message: "missed: " + oneLine(reason)}
		out.Output = &junitText{result.Detail()}
	case verdict == Fail:
		out.Skipped = &junitMessage{Message: "failed, told only: " + oneLine(reason)}
		out.Output = &junitText{result.Detail()}
	default:
		out.Skipped = &junitMessage{Message: verdict.Label() + ": " + oneLine(reason)}
	}
	return out
}

// Detail is plain text on why a result is what it is: the reason, and the exchanges
// that show it.
func (r Result) Detail() string {
	parts := []string{reasonOf(r)}
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
