package reports

import (
	"fmt"
	"io"
	"net/url"
	"time"
)

// The part of SARIF 2.1.0 that is written (OASIS standard, section 3).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
		Properties  map[string]any    `json:"properties"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string            `json:"id"`
		Short      sarifText         `json:"shortDescription"`
		Help       sarifText         `json:"help"`
		Default    map[string]string `json:"defaultConfiguration"`
		Properties map[string]any    `json:"properties"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		ExitCode      int                 `json:"exitCode"`
		Start         string              `json:"startTimeUtc,omitempty"`
		End           string              `json:"endTimeUtc,omitempty"`
		Notifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule         string             `json:"ruleId"`
		Index        int                `json:"ruleIndex"`
		Kind         string             `json:"kind"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line int `json:"startLine"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
)

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// WriteSARIF writes what is not a pass as SARIF 2.1.0, each at the line of the contract
// that asks for it. A failure is an error, what decides nothing a note, a MUST that could not
// be decided is open, and what was waived is suppressed. The error is the writer's.
func WriteSARIF(w io.Writer, run *Run) error {
	run = run.printable()
	out := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "rollcall", Version: run.SuiteVersion, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{sarifInvocationOf(run)}, Results: []sarifResult{},
		Properties: map[string]any{"contract": run.Contract, "contractDigest": run.ContractDigest, "outcome": run.Outcome(),
			"headline": run.Headline(), "seed": fmt.Sprint(run.Seed), "target": run.Target.URL, "reading": run.Target.Reading,
			"asked": run.narrowed()},
	}
	for _, result := range run.Results {
		found, told := sarifResultOf(run, result)
		if !told {
			continue
		}
		found.Index = len(out.Tool.Driver.Rules)
		out.Tool.Driver.Rules = append(out.Tool.Driver.Rules, sarifRuleOf(result))
		out.Results = append(out.Results, found)
	}
	if run.openOtherwise() { // what exits with 5 is not empty
		out.Tool.Driver.Rules = append(out.Tool.Driver.Rules, sarifRuleOf(Result{Requirement: wholeRun, Text: wholeRunText}))
		out.Results = append(out.Results, sarifWhole(run, len(out.Tool.Driver.Rules)-1))
	}
	return writeIndented(w, "SARIF report", sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{out}})
}

func sarifInvocationOf(run *Run) sarifInvocation {
	level := "note"
	if run.Exit() != 0 {
		level = "warning"
	}
	told := []sarifNotification{{level, sarifText{run.Headline()}}}
	if why := run.why(); why != "" {
		told = append(told, sarifNotification{"note", sarifText{why}})
	}
	return sarifInvocation{Successful: true, ExitCode: run.Exit(), Start: instant(run.Started), End: instant(run.Ended),
		Notifications: told}
}

// instant is a time in UTC, "" for none.
func instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05.000Z")
}

func sarifRuleOf(result Result) sarifRule {
	help := result.Text
	if from := result.from(); from != "" {
		help += "\n\nSource: " + from
	}
	level := "note"
	if result.Deciding() {
		level = "error"
	}
	return sarifRule{ID: result.Requirement, Short: sarifText{orUnexplained(oneLine(result.Text))},
		Help:       sarifText{orUnexplained(help)},
		Default:    map[string]string{"level": level},
		Properties: map[string]any{"level": string(result.Level), "source": result.Source}}
}

// wholeRunText is what has to be of a run as a whole.
const wholeRunText = "Of a run something passes, and at least half is decided."

// sarifWhole is the result for a run that is inconclusive as a whole.
func sarifWhole(run *Run, rule int) sarifResult {
	uri := uriOf("specs/" + run.Contract + "/requirements.yaml")
	return sarifResult{Rule: wholeRun, Index: rule, Kind: "open", Level: "none", Message: sarifText{run.Headline()},
		Fingerprints: map[string]string{"requirement/v1": run.Contract + "/" + wholeRun},
		Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{uri}, sarifRegion{1}}}}}
}

// sarifResultOf gives what there is to tell of a result, and whether there is anything.
func sarifResultOf(run *Run, result Result) (sarifResult, bool) {
	out := sarifResult{Rule: result.Requirement, Kind: "fail", Level: "note",
		Message:      sarifText{shorten(reasonOf(result), markdownReason)},
		Fingerprints: map[string]string{"requirement/v1": run.Contract + "/" + result.Requirement},
		Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{uriOf(result.Document)}, sarifRegion{max(1, result.Line)}}}}}
	if result.Document == "" { // a run file of an earlier version
		out.Locations[0].Physical.Artifact.URI = uriOf("specs/" + run.Contract + "/requirements.yaml")
	}
	switch verdict := result.settled(); {
	case verdict == Fail && result.Deciding():
		out.Level = "error"
	case verdict == Fail, verdict == Missed:
	case verdict == Waived:
		out.Suppressions = []sarifSuppression{{"external", out.Message.Text}}
	case result.open():
		out.Kind, out.Level = "open", "none"
	default:
		return out, false
	}
	return out, true
}

// uriOf is a path as a relative reference of a URI.
func uriOf(path string) string { return (&url.URL{Path: path}).String() }
