package reports

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// Headline is the verdict in one line, the same in every format: "CONFORMANT: 61 of 61
// MUST; 4 of 115 SHOULD missed". A run that decided less than the whole contract, or was
// made on a mock that differs on purpose, says PARTIAL, and how many of the catalogue's
// requirements it decided.
func (r *Run) Headline() string {
	word := strings.ToUpper(r.Outcome())
	if r.Partial() {
		if word != "PARTIAL" {
			word += ", PARTIAL"
		}
		word += " " + r.share()
	}
	if levels := r.levelsLine(); levels != "" {
		return word + ": " + levels
	}
	return word
}

// share is "5 of 202": how many requirements of the catalogue were decided.
func (r *Run) share() string {
	decided := len(r.Results) - tally(r.Results).Undetermined
	return fmt.Sprintf("%d of %d", decided, max(r.Catalogue, len(r.Results)))
}

func (r *Run) levelsLine() string {
	var parts []string
	for _, level := range levels() {
		if text := levelCounts(r.Results, level).told(level); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "; ")
}

func levels() []contract.Level { return []contract.Level{contract.Must, contract.Should} }

func levelCounts(results []Result, level contract.Level) LevelCounts {
	var own []Result
	for _, result := range results {
		if result.Level == level {
			own = append(own, result)
		}
	}
	sum := tally(own)
	return LevelCounts{Requirements: sum.Requirements, Pass: sum.Pass, Fail: sum.Fail, Missed: sum.Missed,
		Undetermined: sum.Undetermined, NotApplicable: sum.NotApplicable, Waived: sum.Waived}
}

// told is "61 of 61 MUST", with what is not a pass behind it: "59 of 61 MUST, 2 failed".
// Where nothing but some that were missed stands in the way, they alone are counted: "4 of
// 115 SHOULD missed". What does not apply is not counted at all.
func (c LevelCounts) told(level contract.Level) string {
	asked := c.Requirements - c.NotApplicable
	if asked == 0 {
		return ""
	}
	if c.Missed > 0 && c.Pass+c.Missed == asked {
		return fmt.Sprintf("%d of %d %s missed", c.Missed, asked, level)
	}
	return fmt.Sprintf("%d of %d %s%s", c.Pass, asked, level, c.rest())
}

// rest is ", 2 failed, 1 waived", "" when all that applies passed.
func (c LevelCounts) rest() string {
	var out strings.Builder
	for _, part := range []struct {
		count int
		word  string
	}{{c.Fail, "failed"}, {c.Missed, "missed"}, {c.Undetermined, "undetermined"}, {c.Waived, "waived"}} {
		if part.count > 0 {
			fmt.Fprintf(&out, ", %d %s", part.count, part.word)
		}
	}
	return out.String()
}

// cell is the same for a table, whose head has the level.
func (c LevelCounts) cell() string {
	if c.Requirements == 0 {
		return "–"
	}
	if asked := c.Requirements - c.NotApplicable; asked > 0 {
		return fmt.Sprintf("%d of %d%s", c.Pass, asked, c.rest())
	}
	return fmt.Sprintf("%d not applicable", c.NotApplicable)
}

// narrowed lists what the run was narrowed by, empty when by nothing.
func (r *Run) narrowed() []string {
	why := append([]string{}, r.narrowing()...)
	if r.Interrupted {
		why = append(why, "interrupted before its end")
	}
	return why
}

// why names what the run was narrowed by, "" when by nothing.
func (r *Run) why() string {
	why := r.narrowing()
	switch {
	case len(why) == 0 && r.Interrupted:
		return "Interrupted before its end"
	case len(why) == 0:
		return ""
	}
	text := "Asked for: " + strings.Join(why, "; ")
	if r.Interrupted {
		text += "; interrupted before its end"
	}
	if r.Outcome() == "partial" {
		text += " – nothing that decides failed; PARTIAL, since such a run calls nobody conformant"
	}
	return text
}

// cited names the documents that the told requirements were taken from, each with what it is.
func (r *Run) cited() (told []string) {
	for _, d := range r.Documents {
		if slices.ContainsFunc(r.Results, func(result Result) bool {
			return result.settled() != Pass && strings.HasPrefix(result.Source, d.Name+",")
		}) {
			told = append(told, d.Name+" is "+d.Title)
		}
	}
	return told
}

// from is where a requirement comes from, as one line; "" when it is not known.
func (r Result) from() string {
	place, source := r.Document, r.Source
	if place != "" && r.Line > 0 {
		// what is derived says it itself
		source = strings.TrimSuffix(source, fmt.Sprintf(" (%s, line %d)", path.Base(place), r.Line))
		place = fmt.Sprintf("%s:%d", place, r.Line)
	}
	switch {
	case source == "":
		return place
	case place == "":
		return source
	}
	return source + " – " + place
}
