package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"rollcall/specs/contract"
)

// ReadRun reads one run file. It refuses, with what is wrong and what to do:
// text that is not JSON (with line and column), another schema, a verdict it
// does not know and a requirement that appears twice. Decides is filled in where
// the file leaves it out, and the summary is recomputed, so what is rendered
// always follows from the results.
func ReadRun(r io.Reader) (*Run, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading the run file: %w", err)
	}
	if err := checkSchema(data); err != nil {
		return nil, err
	}
	run := &Run{}
	if err := json.Unmarshal(data, run); err != nil {
		return nil, located(data, err)
	}
	if err := run.check(); err != nil {
		return nil, err
	}
	run.Summarise()
	return run, nil
}

// checkSchema comes before the full decoding: a file of another kind should be
// named as such, not by the first field that does not fit.
func checkSchema(data []byte) error {
	var head struct {
		Schema string `json:"schema"`
	}
	err := json.Unmarshal(data, &head)
	switch {
	case err != nil:
		return located(data, err)
	case head.Schema == RunSchema:
		return nil
	case head.Schema == MatrixSchema:
		return fmt.Errorf("this is a mutation matrix (%s), not a run file; `rollcall test CONTRACT --json FILE` "+
			"writes a run file", MatrixSchema)
	case head.Schema == "":
		return fmt.Errorf(`not a run file: the top-level member "schema" is missing, expected %q; `+
			"`rollcall test CONTRACT --json FILE` writes a run file", RunSchema)
	}
	return fmt.Errorf("the run file has schema %q, this rollcall reads %q; render it with the rollcall that wrote it, "+
		"or run the suite again with --json", head.Schema, RunSchema)
}

func (r *Run) check() error {
	seen := map[string]int{}
	for i := range r.Results {
		result := &r.Results[i]
		if result.Requirement == "" {
			return fmt.Errorf("results[%d] names no requirement; every result needs one", i)
		}
		if first, twice := seen[result.Requirement]; twice {
			return fmt.Errorf("results[%d] and results[%d] are both for %s; a run has one result per requirement", first, i,
				result.Requirement)
		}
		seen[result.Requirement] = i
		if !result.Verdict.Known() {
			return fmt.Errorf("results[%d] (%s) has verdict %q; expected one of %v", i, result.Requirement, result.Verdict,
				Verdicts())
		}
		if result.Decides == "" {
			result.Decides = contract.DecidesVerdict
		}
	}
	return nil
}

// located adds line and column to a JSON error that knows its offset.
func located(data []byte, err error) error {
	offset := int64(-1)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	}
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = mismatch.Offset
	}
	if offset < 0 || offset > int64(len(data)) {
		return fmt.Errorf("not a run file: %w", err)
	}
	before := data[:offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := len(before) - (bytes.LastIndexByte(before, '\n') + 1)
	return fmt.Errorf("not a run file: line %d, column %d: %w", line, max(column, 1), err)
}
