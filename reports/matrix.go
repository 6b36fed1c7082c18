package reports

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Summarise puts the lists in order and sets Schema, Mutants and Score from
// Killed, Survived and Excused. Without a mutant that counts the score is 0: an
// empty proof proves nothing.
func (m *Matrix) Summarise() {
	m.Schema = MatrixSchema
	slices.Sort(m.Survived)
	slices.SortFunc(m.Excused, func(a, b Excuse) int { return strings.Compare(a.Mutant, b.Mutant) })
	m.Mutants = m.Killed + len(m.Survived) + len(m.Excused)
	m.Score = 0
	if counted := m.Killed + len(m.Survived); counted > 0 {
		m.Score = float64(m.Killed) / float64(counted)
	}
}

// WriteMatrixConsole writes a matrix for a terminal: requirements without a
// mutant, excused mutants, survivors by name, and the score last. The error is
// the writer's.
func WriteMatrixConsole(w io.Writer, matrix *Matrix, style Style) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s  %s\n\n", style.paint(bold, matrix.Contract), plural(matrix.Mutants, "mutant"))
	matrixGaps(&out, matrix, style)
	matrixExcused(&out, matrix, style)
	if len(matrix.Survived) > 0 {
		fmt.Fprintln(&out, style.paint(red, "SURVIVED"))
		for _, name := range matrix.Survived {
			fmt.Fprintf(&out, "  %s\n", Printable(name))
		}
		fmt.Fprintln(&out)
	}
	line := fmt.Sprintf("%d killed, %d survived, %d excused; score %s",
		matrix.Killed, len(matrix.Survived), len(matrix.Excused), percent(matrix.Score))
	hue := green
	if len(matrix.Survived) > 0 || matrix.Killed == 0 {
		hue = red
	}
	fmt.Fprintln(&out, style.paint(hue, line))
	return flush(w, "mutation report", &out)
}

func matrixGaps(out *bytes.Buffer, matrix *Matrix, style Style) {
	found := false
	for _, row := range matrix.ByRequirement {
		if row.Mutants > 0 {
			continue
		}
		if !found {
			fmt.Fprintln(out, style.paint(yellow, "WITHOUT A MUTANT"))
			found = true
		}
		fmt.Fprintf(out, "  %s  %s\n", row.Requirement, Printable(oneLine(orUnexplained(row.Reason))))
	}
	if found {
		fmt.Fprintln(out)
	}
}

func matrixExcused(out *bytes.Buffer, matrix *Matrix, style Style) {
	if len(matrix.Excused) == 0 {
		return
	}
	fmt.Fprintln(out, style.paint(yellow, "EXCUSED"))
	for _, excuse := range matrix.Excused {
		fmt.Fprintf(out, "  %s  %s\n", Printable(excuse.Mutant), Printable(oneLine(excuse.Reason)))
	}
	fmt.Fprintln(out)
}

// percent never rounds up to 100 %: a single survivor must be seen.
func percent(score float64) string {
	if score < 1 {
		score = min(score, 0.999)
	}
	return fmt.Sprintf("%.1f %%", 100*score)
}
