package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// annotationMost is how many annotations of one kind GitHub shows of a step.
const annotationMost = 10

// WriteGitHub writes the run as commands of GitHub Actions, which shows them beside the
// change: an error for each cause of failures and for what had to be decided and was not,
// and a notice of the verdict. The error is the writer's.
func WriteGitHub(w io.Writer, run *Run) error {
	run = run.printable()
	var out bytes.Buffer
	var deciding []Result
	for _, result := range failures(run.Results) {
		if result.Deciding() {
			deciding = append(deciding, result)
		}
	}
	told := 0
	for _, one := range findings(deciding) {
		if told++; told > annotationMost {
			break
		}
		text := one.Results[0].Text + "\n" + shorten(one.Results[0].causeText(), markdownReason)
		if len(one.Results) > 1 {
			text += "\nThe same at " + one.places()
		}
		annotate(&out, "error", one.Results[0], text)
	}
	for _, result := range run.Results {
		if !result.open() {
			continue
		}
		if told++; told > annotationMost {
			break
		}
		annotate(&out, "error", result, result.Text+"\nIt could not be decided: "+shorten(reasonOf(result), markdownReason))
	}
	fmt.Fprintf(&out, "::notice title=%s::%s\n", property("rollcall "+run.Contract), data(run.Headline()))
	return flush(w, "annotations", &out)
}

func annotate(out *bytes.Buffer, kind string, result Result, text string) {
	fmt.Fprintf(out, "::%s ", kind)
	if result.Document != "" {
		fmt.Fprintf(out, "file=%s,line=%d,", property(result.Document), max(1, result.Line))
	}
	fmt.Fprintf(out, "title=%s::%s\n", property(result.Requirement), data(text))
}

// data and property write a value as the runner reads it back.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(text))
}
