package contract

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

// notes collects what is forgiven of a brought contract.
type notes struct{ all []Complaint }

func (s *notes) note(file string, at *yaml.Node, fix, format string, args ...any) {
	s.all = append(s.all, Complaint{File: file, Line: at.Line, Column: at.Column, Text: fmt.Sprintf(format, args...), Fix: fix})
}

// settled gives the notes by place, each text once in a file: at its first place, with how
// often it is met elsewhere.
func (s *notes) settled() []Complaint {
	type same struct{ file, text, fix string }
	slices.SortStableFunc(s.all, compareComplaints)
	var out []Complaint
	first, more := map[same]int{}, map[int]int{}
	for _, c := range slices.Compact(s.all) {
		this := same{c.File, c.Text, c.Fix}
		if at, met := first[this]; met {
			more[at]++
			continue
		}
		first[this] = len(out)
		out = append(out, c)
	}
	for at, n := range more {
		places := "places"
		if n == 1 {
			places = "place"
		}
		out[at].Text += fmt.Sprintf(" (and in %d more %s)", n, places)
	}
	return out
}
