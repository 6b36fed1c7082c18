package reports

import (
	"strings"
	"time"

	"rollcall/specs/contract"
)

// hostile is what a bad target may send: markup of every format, a terminal
// escape, a right-to-left override, a byte that is not UTF-8.
const hostile = "</script><script>alert(1)</script> ]]> ```` | \x1b[31mred \u202egnorw \xff\r\n"

// sampleRun has every verdict, a failure that is only told, and hostile bodies.
func sampleRun() *Run {
	run := &Run{
		Schema: RunSchema, Contract: "council", ContractDigest: "sha256:abc123", SuiteVersion: "1.2.3", Seed: 7,
		Documents: []contract.CitedDocument{{Name: "seed 003", Title: "the page “Wards” of the documentation"}},
		Target:    TargetInfo{URL: "http://127.0.0.1:4010/council", Reading: "strict"},
		Started:   time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC), DurationMS: 812,
		Ended: time.Date(2026, 3, 2, 9, 30, 0, 812e6, time.UTC), Requests: 40, LatencyMS: 12.34, SuiteCommit: "0123456789ab",
		Catalogue: 9,
		Results: []Result{
			passing("COU-AUTH-01", "A request without a key is refused."),
			passing("COU-AUTH-02", "A request with an unknown key is refused."),
			passing("COU-WARD-01", "Wards are listed by name."),
			failingWard(), toldOnly(), missedWard(),
			undecided("COU-USER-03", "A user of another council can't be seen."),
			undecided("COU-USER-04", "A user of another council can't be changed."),
			{Requirement: "COU-USER-09", Level: contract.Must, Decides: contract.DecidesVerdict, Text: "Old users are archived.",
				Verdict: Waived, Reason: "accepted by the owner until the summer release"},
			{Requirement: "COU-DOC-listWards-unsupported_method", Level: contract.Should, Decides: contract.DecidesVerdict,
				Text: "listWards answers an undocumented method with 405.", Operations: []string{"listWards"},
				Verdict: NotApplicable, Reason: "every method of the path is documented"},
		},
	}
	run.Summarise()
	return run
}

func passing(id, text string) Result {
	return Result{
		Requirement: id, Level: contract.Must, Decides: contract.DecidesVerdict, Text: text,
		Operations: []string{"listWards"}, Verdict: Pass,
		Cases: []CaseResult{{Title: text, Verdict: Pass, DurationMS: 3}},
	}
}

func undecided(id, text string) Result {
	return Result{
		Requirement: id, Level: contract.Must, Decides: contract.DecidesVerdict, Text: text, Verdict: Undetermined,
		Reason: "the target file gives no second-tenant; add one under fixtures",
		Cases:  []CaseResult{{Title: text, Verdict: Undetermined, Reason: "needs second-tenant"}},
	}
}

func failingWard() Result {
	const title = "a second ward of the same name is refused"
	return Result{
		Requirement: "COU-WARD-06", Level: contract.Must, Decides: contract.DecidesVerdict,
		Text: "A ward's name is unique | in its council.", Source: "seed 003, line 112",
		Document: "specs/council/requirements.yaml", Line: 40,
		Operations: []string{"createWard"}, Verdict: Fail,
		Reason: "expected 409, got 201\nthe second ward was written",
		Cases: []CaseResult{
			{Title: "a ward can be created", Verdict: Pass, DurationMS: 4},
			{Title: title, Verdict: Fail, Reason: "expected 409, got 201", DurationMS: 8},
		},
		Evidence: []Evidence{
			wardExchange("a ward can be created", "first"), wardExchange(title, "1"), wardExchange(title, "2"),
			wardExchange(title, "3"), wardExchange(title, "the answer that broke it"),
		},
	}
}

func wardExchange(title, note string) Evidence {
	return Evidence{
		Case: title, Method: "POST", URL: "http://127.0.0.1:4010/council/wards", Note: note,
		RequestHeaders: map[string][]string{"Content-Type": {"application/json"}, "Authorization": {"[redacted]"}},
		RequestBody:    `{"name":"Abbey","seats":3}`, Status: 201,
		ResponseHeaders: map[string][]string{"Set-Cookie": {"a=1", "b=2"}},
		ResponseBody:    `{"id":"0b6ccf0e-9a5b-4d70-9d3c-0a3f5c1d2e4f"}`,
		Curl:            `curl -X POST http://127.0.0.1:4010/council/wards -d '{"name":"Abbey","seats":3}'`,
	}
}

func missedWard() Result {
	const title = "wards come in the order of their names"
	return Result{
		Requirement: "COU-WARD-08", Level: contract.Should, Decides: contract.DecidesVerdict,
		Text: "Wards are listed by name.", Source: "inferred: the example is in that order", Verdict: Missed,
		Operations: []string{"listWards"},
		Reason:     title + ": they come otherwise:\n\"Abbey\" after \"Priory\"",
		Cases:      []CaseResult{{Title: title, Verdict: Fail, Reason: "they come otherwise:\n\"Abbey\" after \"Priory\""}},
		Evidence: []Evidence{{Case: title, Method: "GET", URL: "http://127.0.0.1:4010/council/wards", Status: 200,
			ResponseBody: `[{"name":"Priory"},{"name":"Abbey"}]`,
			Curl:         `curl -H 'Authorization: Bearer '"$TOKEN"'' http://127.0.0.1:4010`}},
	}
}

func toldOnly() Result {
	return Result{
		Requirement: "COU-WARD-07", Level: contract.Should, Decides: contract.DecidesReport,
		Text: "A ward's <name> is trimmed.", Source: "inferred: the <sample> | alone", Verdict: Fail,
		Reason: "sent back: " + hostile,
		Cases:  []CaseResult{{Title: "trimmed", Verdict: Fail, Reason: "not trimmed"}},
		Evidence: []Evidence{
			{Case: "trimmed", Method: "GET", URL: "http://127.0.0.1:4010/council/wards/1", Status: 200,
				ResponseBody: hostile + strings.Repeat("é", bodyLimit)},
			{Case: "trimmed", Method: "GET", URL: "http://127.0.0.1:4010/council/wards/2", Note: "connection refused"},
		},
	}
}

func sampleMatrix() *Matrix {
	matrix := &Matrix{
		Contract: "council", Killed: 3, Survived: []string{"COU-WARD-06/dirty", "COU-AUTH-02/omit"},
		Excused: []Excuse{{Mutant: "listWards/reorder", Reason: "no order is documented"}},
		ByRequirement: []RequirementMutants{
			{Requirement: "COU-AUTH-02", Mutants: 2, Killed: 1, Survived: []string{"COU-AUTH-02/omit"}},
			{Requirement: "COU-WARD-06", Mutants: 3, Killed: 2, Survived: []string{"COU-WARD-06/dirty"}},
			{Requirement: "COU-USER-09", Reason: "the mock can't break it: <clock>"},
		},
	}
	matrix.Summarise()
	return matrix
}
