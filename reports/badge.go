package reports

import "io"

// badge is the answer of an endpoint as shields.io reads it.
type badge struct {
	Schema  int    `json:"schemaVersion"`
	Label   string `json:"label"`
	Message string `json:"message"`
	Colour  string `json:"color"`
	Error   bool   `json:"isError,omitempty"`
}

// WriteBadge writes the verdict as the JSON of a shields endpoint badge. The error is the
// writer's.
func WriteBadge(w io.Writer, run *Run) error {
	run = run.printable()
	out := badge{Schema: 1, Label: oneLine("rollcall " + run.Contract), Message: run.Outcome(), Colour: "brightgreen"}
	if run.Partial() {
		if out.Message != "partial" {
			out.Message += ", partial"
		}
		out.Message += " " + run.share()
	} else if levels := run.levelsLine(); levels != "" {
		out.Message += ", " + levels
	}
	switch {
	case run.Exit() == 1:
		out.Colour, out.Error = "red", true
	case run.Exit() != 0:
		out.Colour = "lightgrey"
	case run.Partial():
		out.Colour = "yellow"
	}
	return writeIndented(w, "badge", out)
}
