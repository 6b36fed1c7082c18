package identity

import (
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// habitRow is one habit. Habits that share a group contradict each other. The fact sheet
// numbers only some of its sentences: what a habit goes against without a number is named by
// the sheet's section.
type habitRow struct {
	name, says, open string
	misses           string // ids, a blank between
	against          string // sentences of the sheet that have no id here
	groups           string // names, a blank between
	paths            map[string]string
}

func habitRows() []habitRow {
	return slices.Concat(dataHabits(), errorHabits(), checkHabits(), ruleHabits(), passwordHabits(), wireHabits())
}

func habits() []independent.Habit {
	var list []independent.Habit
	for _, row := range habitRows() {
		open := row.open
		if row.against != "" {
			open += " Against the sheet, which numbers it nowhere: " + row.against + "."
		}
		list = append(list, independent.Habit{
			Name: row.name, Says: row.says, Open: open,
			Misses: strings.Fields(row.misses), Paths: row.paths, Excludes: row.excluded(),
		})
	}
	return list
}

// excluded names the other habits of the row's groups.
func (row habitRow) excluded() []string {
	var names []string
	for _, other := range habitRows() {
		if other.name != row.name && shareOne(strings.Fields(row.groups), strings.Fields(other.groups)) {
			names = append(names, other.name)
		}
	}
	return names
}

func shareOne(a, b []string) bool {
	return slices.ContainsFunc(a, func(name string) bool { return slices.Contains(b, name) })
}
