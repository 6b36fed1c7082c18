package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"rollcall/specs/contract"
	"rollcall/specs/visible"
)

// WriteJSON writes the run file, indented, in the same bytes for the same run.
// Nothing is left out but "decides" where it is "verdict"; an empty list is [].
// The error is the writer's.
func WriteJSON(w io.Writer, run *Run) error {
	return writeIndented(w, "run file", run.filled())
}

// WriteMatrixJSON writes the matrix file under the same rules as WriteJSON.
func WriteMatrixJSON(w io.Writer, matrix *Matrix) error {
	return writeIndented(w, "matrix file", matrix.filled())
}

func writeIndented(w io.Writer, what string, value any) error {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("encoding the %s: %w", what, err)
	}
	// A byte that is not UTF-8 comes out as an escape, the same character read
	// back from a file does not: one spelling makes writing again the identity.
	oneSpelling := strings.NewReplacer(`\\`, `\\`, `\ufffd`, "\ufffd")
	return flush(w, what, bytes.NewBufferString(visible.JSON(oneSpelling.Replace(buffer.String()))))
}

// flush hands a finished document over in one write, so that a failure half-way
// through rendering leaves no half document.
func flush(w io.Writer, what string, buffer *bytes.Buffer) error {
	if _, err := w.Write(buffer.Bytes()); err != nil {
		return fmt.Errorf("writing the %s: %w", what, err)
	}
	return nil
}

// filled is a copy with no nil list or map, without the default of Decides, and
// with the summary that its results give.
func (r *Run) filled() *Run {
	out := *r
	out.Schema = RunSchema
	out.Results = make([]Result, len(r.Results))
	for i, result := range r.Results {
		if result.Decides == contract.DecidesVerdict {
			result.Decides = ""
		}
		result.Operations = list(result.Operations)
		result.Cases = list(result.Cases)
		result.Evidence = append([]Evidence{}, result.Evidence...)
		for j := range result.Evidence {
			evidence := &result.Evidence[j]
			evidence.RequestHeaders = headers(evidence.RequestHeaders)
			evidence.ResponseHeaders = headers(evidence.ResponseHeaders)
		}
		out.Results[i] = result
	}
	out.Summarise()
	return &out
}

func (m *Matrix) filled() *Matrix {
	out := *m
	out.Schema = MatrixSchema
	out.Survived = list(m.Survived)
	out.Excused = list(m.Excused)
	out.ByRequirement = append([]RequirementMutants{}, m.ByRequirement...)
	for i := range out.ByRequirement {
		out.ByRequirement[i].Survived = list(out.ByRequirement[i].Survived)
	}
	return &out
}

func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

func headers(h map[string][]string) map[string][]string {
	if h == nil {
		return map[string][]string{}
	}
	return h
}
