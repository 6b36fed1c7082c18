package reports

import (
	"bytes"
	"fmt"
	"io"
)

// DiffSchema names the format of a comparison and its version.
const DiffSchema = "rollcall.diff/v1"

// changesFile is a comparison as a file has it.
type changesFile struct {
	Schema      string       `json:"schema"`
	Before      editionFile  `json:"before"`
	After       editionFile  `json:"after"`
	Regressions int          `json:"regressions"`
	Lost        int          `json:"lost"` // that were decided, and are not any more
	Changed     []changeFile `json:"changed"`
	New         []changeFile `json:"new"`
	Removed     []changeFile `json:"removed"`
}

type editionFile struct {
	Contract       string `json:"contract"`
	ContractDigest string `json:"contract_digest"`
	SuiteVersion   string `json:"suite_version"`
	Reading        string `json:"reading"`
	Seed           uint64 `json:"seed"`
}

type changeFile struct {
	Requirement string  `json:"requirement"`
	Text        string  `json:"text"`
	From        Verdict `json:"from,omitempty"`
	To          Verdict `json:"to,omitempty"`
	Reason      string  `json:"reason"`
	Deciding    bool    `json:"deciding"`
	Regression  bool    `json:"regression"`
	Lost        bool    `json:"lost,omitempty"`
}

// WriteDiffJSON writes changes as a file. An empty list is []. The error is the writer's.
func WriteDiffJSON(w io.Writer, changes *Changes) error {
	return writeIndented(w, "comparison", changesFile{
		Schema: DiffSchema, Before: editionFile(changes.Before), After: editionFile(changes.After),
		Regressions: len(changes.Regressions()), Lost: len(changes.Lost()),
		Changed: each(changes.Changed, Change.file), New: each(changes.New, Change.file),
		Removed: each(changes.Removed, Change.file),
	})
}

func (c Change) file() changeFile {
	return changeFile{c.Requirement, c.Text, c.From, c.To, c.Reason, c.Deciding, c.worse(), c.lost()}
}

// WriteDiffMarkdown writes changes for a comment on a pull request, within its size. The
// error is the writer's.
func WriteDiffMarkdown(w io.Writer, changes *Changes) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s: %s\n", markdownText(changes.After.Contract), changes.line())
	for i, note := range changes.notes() {
		if i == 0 {
			out.WriteString("\n")
		}
		fmt.Fprintf(&out, "- %s\n", markdownText(shorten(note, markdownLine)))
	}
	for _, list := range []struct {
		title   string
		changes []Change
	}{{"Changed", changes.Changed}, {"New", changes.New}, {"Removed", changes.Removed}} {
		markdownChanges(&out, list.title, list.changes)
	}
	return flush(w, "comparison", bytes.NewBuffer(within(out.Bytes(), markdownMost)))
}

func markdownChanges(out *bytes.Buffer, title string, changes []Change) {
	if len(changes) == 0 {
		return
	}
	fmt.Fprintf(out, "\n## %s\n\n| requirement | verdict | what must hold, and what was found |\n|---|---|---|\n", title)
	for _, change := range changes {
		text := markdownText(shorten(change.Text, markdownLine))
		if change.Reason != "" && change.To != Pass {
			text += "<br>" + markdownText(shorten(change.Reason, 2*markdownLine))
		}
		arrow := change.arrow(Plain)
		if change.worse() || change.lost() {
			arrow = "**" + arrow + "**"
		}
		fmt.Fprintf(out, "| %s | %s | %s |\n", markdownText(change.Requirement), arrow, text)
	}
}
