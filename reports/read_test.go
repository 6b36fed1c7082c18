package reports

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

func TestReadRunRefuses(t *testing.T) {
	const head = `{"schema":"rollcall.run/v1","results":[`
	rows := []struct{ name, file, want string }{
		{"no JSON", "{\n  \"schema\": oops}", "line 2, column 13"},
		{"empty", "", "not a run file"},
		{"a second document", head + `]} {}`, "line 1"},
		{"another type", `{"schema":"rollcall.run/v1","results":7}`, "Run.results"},
		{"no schema", `{}`, `"schema" is missing`},
		{"a matrix", `{"schema":"rollcall.matrix/v1"}`, "mutation matrix"},
		{"a later version", `{"schema":"rollcall.run/v9"}`, "render it with the rollcall that wrote it"},
		{"an unknown verdict", head + `{"requirement":"A-B-1","verdict":"green"}]}`, "results[0] (A-B-1) has verdict \"green\""},
		{"no requirement", head + `{"verdict":"pass"}]}`, "results[0] names no requirement"},
		{"a requirement twice", head + `{"requirement":"A-B-1","verdict":"pass"},{"requirement":"A-B-1","verdict":"fail"}]}`,
			"both for A-B-1"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := ReadRun(strings.NewReader(row.file))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("error = %v, want it to say %q", err, row.want)
			}
		})
	}
}

func TestReadRunGivesBackWhatWasWritten(t *testing.T) {
	var first, second bytes.Buffer
	if err := WriteJSON(&first, sampleRun()); err != nil {
		t.Fatal(err)
	}
	run, err := ReadRun(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteJSON(&second, run); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("a run that is read and written again has other bytes")
	}
	if !run.Results[0].Deciding() || run.Results[4].Deciding() {
		t.Error("decides was not read back")
	}
}

func TestReadRunRecomputesTheSummary(t *testing.T) {
	file := `{"schema":"rollcall.run/v1","summary":{"pass":9,"conformant":true},` +
		`"results":[{"requirement":"A-B-1","verdict":"fail"}]}`
	run, err := ReadRun(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Summary{Requirements: 1, Fail: 1, Decided: 1, Outcome: "not conformant",
		Headline: "NOT CONFORMANT"}); run.Summary != want {
		t.Errorf("summary = %+v, want %+v", run.Summary, want)
	}
}

func TestComparableIsStableAndLeavesTheRunAlone(t *testing.T) {
	a, b := sampleRun(), sampleRun()
	b.Started = b.Started.AddDate(0, 0, 1)
	b.DurationMS, b.Target.URL = 3, "http://127.0.0.1:50123/council"
	b.Results[3].Cases[0].DurationMS = 99
	b.Results[3].Evidence[0].ResponseBody = "another id"
	a.Results[4].Reason = "GET http://127.0.0.1:4010/x at 2026-03-02T09:30:00Z for 0b6ccf0e-9a5b-4d70-9d3c-0a3f5c1d2e4f"
	b.Results[4].Reason = "GET http://127.0.0.1:50123/x at 2027-01-01T00:00:00.5+01:00 for 1b6ccf0e-9a5b-4d70-9d3c-0a3f5c1d2e4f"
	if !reflect.DeepEqual(a.Comparable(), b.Comparable()) {
		t.Errorf("two runs of the same thing differ:\n%+v\n%+v", a.Comparable(), b.Comparable())
	}
	b.Comparable().Results[3].Cases[0].Title = "changed"
	if b.Results[3].Cases[0].Title == "changed" || b.Results[3].Evidence[0].URL == "" {
		t.Error("Comparable shares memory with its run")
	}
	b.Results[3].Cases[1].Verdict = Pass
	if reflect.DeepEqual(a.Comparable(), b.Comparable()) {
		t.Error("another verdict was not seen")
	}
}
