package probation

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// acrossCases look at one case in two caseloads: the team's and that of the person who holds
// it. What a list mixes up is seen only beside the other.
func acrossCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-CASE-02", "each case is the team's in the person's caseload too",
			across(teamCaseload, "teamCode", codeCaseload, "staff.code")),
		kit.Each("PRO-CASE-02", "each case is the team's in the person's caseload too (%s)",
			[]string{"undatedTeamCode", "supervisorTeamCode"}, func(ctx context.Context, env *suite.Env, given string) {
				if env.Has("given:" + given) { // else the other team was looked at
					across(teamCaseload, given, codeCaseload, "staff.code")(ctx, env)
				}
			}),
		kit.One("PRO-CASE-10", "each case is the person's in the team's caseload too",
			across(codeCaseload, caseloadCode, teamCaseload, "team.code")),
		kit.One("PRO-CASE-10", "each case by id is the person's in the team's caseload too",
			across(idCaseload, caseloadID, teamCaseload, "team.code")),
	)
}

// across expects of each case of one caseload that the other, that of what stands at the path,
// shows the same.
func across(operation, given, other, path string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		lists, shown := map[string]*client.Exchange{}, map[string]map[string][]gjson.Result{}
		for _, held := range caseloadOf(ctx, env, operation, given).Get("@this").Array() {
			holder := held.Get(path).String()
			if lists[holder] == nil && len(lists) < mostPeople && holder != "" {
				lists[holder] = env.Must(ctx, other, ask(other, holder))
				shown[holder] = byEssence(lists[holder])
			}
			if lists[holder] != nil {
				isShown(env, shown[holder], held, other+" of "+holder)
				sameWhereShown(env, held, shown[holder][essence(held)])
			}
		}
		for _, name := range []string{"crn", "siblingCrn", "unallocatedCrn"} {
			for _, list := range kit.InOrder(lists) {
				crns := strings.Join(list.Texts("#.crn"), " ")
				if env.Has("given:"+name) && strings.Contains(strings.ToUpper(crns), strings.ToUpper(env.Given(name))) {
					env.Expect(crns).To(gomega.ContainSubstring(env.Given(name)), "the case numbers of %s", other)
				}
			}
		}
	}
}

// isShown expects a case among those of another list.
func isShown(env *suite.Env, there map[string][]gjson.Result, held gjson.Result, where string) {
	if len(there[essence(held)]) == 0 { // said in full only when it fails: a list may be long
		env.Expect(slices.Sorted(maps.Keys(there))).To(gomega.ContainElement(essence(held)), "the cases that %s shows", where)
	}
}

// sameWhereShown compares what a list need not show of a case, where both show it. Somebody may hold one
// case twice, for two stretches of time: then one of them is the same.
func sameWhereShown(env *suite.Env, held gjson.Result, there []gjson.Result) {
	for _, member := range []string{"allocationDate", "name.middleName"} {
		one, others := held.Get(member), []string{}
		for _, other := range there {
			if other := other.Get(member); other.Type == gjson.String {
				others = append(others, other.Str)
			}
		}
		if one.Type == gjson.String && len(others) == len(there) && !slices.Contains(others, one.Str) {
			env.Expect(others).To(gomega.ContainElement(one.Str), "%s of %s", member, held.Get("crn"))
		}
	}
}

// essence is what a case must be the same in wherever it is shown.
func essence(held gjson.Result) string {
	return strings.Join([]string{held.Get("crn").String(), held.Get("name.forename").String(), held.Get("name.surname").String(),
		held.Get("staff.code").String(), held.Get("team.code").String()}, ", ")
}

// byEssence are the cases of a list, by what must be the same of them.
func byEssence(list *client.Exchange) map[string][]gjson.Result {
	all := map[string][]gjson.Result{}
	for _, held := range list.Get("@this").Array() {
		all[essence(held)] = append(all[essence(held)], held)
	}
	return all
}
