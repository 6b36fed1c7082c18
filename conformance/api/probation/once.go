package probation

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// once says where an operation shows several of a sort, and what tells one from another.
type once struct {
	operation, list string // a path of lists, whose items are told apart
	of              func(item gjson.Result) string
}

func (o once) String() string { return o.operation + " " + o.list }

// onces leave out the list of managers, where who has two of the cases comes twice.
func onces() []once {
	by := func(paths ...string) func(gjson.Result) string {
		return func(item gjson.Result) string {
			told := ""
			for _, path := range paths {
				if item.Get(path).String() == "" {
					return "" // one without it may be another
				}
				told += item.Get(path).String() + " "
			}
			return told
		}
	}
	var all []once
	for _, operation := range []string{"findStaff", "findStaff_1", "findStaffByCode"} {
		all = append(all, once{operation, "teams", by("code")})
	}
	return append(all,
		once{teamCaseload, "@this", allocation}, once{codeCaseload, "@this", allocation}, once{idCaseload, "@this", allocation},
		once{headList, "@this", by("email", "name")},
		once{staffList, "@this", by("id")},
	)
}

// allocation tells one row of a caseload from another: a person may hold a case for two teams, and
// have had it twice.
func allocation(item gjson.Result) string {
	if item.Get("crn").String() == "" {
		return ""
	}
	return strings.Join([]string{item.Get("crn").String(), item.Get("staff.code").String(), item.Get("team.code").String(),
		item.Get("allocationDate").String()}, " ")
}

// onceCases look at whether anything is shown twice that there is once.
func onceCases() []suite.Case {
	return slices.Concat(listedOnceCases(), kit.Each("PRO-GEN-36", "no office comes twice: %s", singles(), officesOnce))
}

func listedOnceCases() []suite.Case {
	return kit.Each("PRO-GEN-36", "nothing comes twice: %s", onces(), func(ctx context.Context, env *suite.Env, o once) {
		seen := 0
		for _, known := range askAll(env, o.operation) {
			var told []string
			for _, item := range env.Must(ctx, o.operation, known).Get(o.list).Array() {
				if name := o.of(item); name != "" {
					told = append(told, name)
				}
			}
			seen += len(told)
			slices.Sort(told)
			env.Expect(told).To(gomega.Equal(slices.Compact(slices.Clone(told))), "what %s shows", o)
		}
		if seen == 0 {
			env.Undetermined("nothing is shown by %s that could come twice", o)
		}
	})
}

// officesOnce counts the offices of a team. Two may look alike, for what tells them apart is not
// shown; but then they are as many wherever the team is shown, and not each of several is there twice.
func officesOnce(ctx context.Context, env *suite.Env, operation string) {
	everyTeam(ctx, env, operation, func(team gjson.Result) {
		counts := officeCounts(team)
		if !slices.ContainsFunc(slices.Collect(maps.Values(counts)), several) {
			return
		}
		if len(counts) > 1 && !slices.ContainsFunc(slices.Collect(maps.Values(counts)), func(n int) bool { return n == 1 }) {
			env.Fail("each office of the team %s is shown more than once: %s", team.Get("code"), team.Get("addresses").Raw)
		}
		for _, other := range showingTeams() {
			if other == operation || !slices.ContainsFunc(subjects()[other].givens, func(name string) bool {
				return env.Has("given:" + name)
			}) {
				continue
			}
			for _, there := range teamsShown(ctx, env, other) {
				if there.Get("code").String() == team.Get("code").String() {
					sameCounts(env, counts, officeCounts(there), operation+" and "+other)
				}
			}
		}
	})
}

// sameCounts compares how often an office is shown where both show it.
func sameCounts(env *suite.Env, one, other map[string]int, where string) {
	for office, count := range kit.InOrder(one) {
		if other[office] > 0 {
			env.Expect(count).To(gomega.Equal(other[office]), "how often the office %sis shown by %s", office, where)
		}
	}
}

func several(n int) bool { return n > 1 }

// officeCounts says how often each office of a team is shown.
func officeCounts(team gjson.Result) map[string]int {
	counts := map[string]int{}
	for _, office := range team.Get("addresses").Array() {
		said := ""
		for _, member := range append(addressLines(), "officeName", "ldu", "telephoneNumber", "from", "to") {
			said += fmt.Sprintf("%q ", office.Get(member).String())
		}
		counts[said]++
	}
	return counts
}
