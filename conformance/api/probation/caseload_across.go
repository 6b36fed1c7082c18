package probation

import (
	"context"
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
		across("PRO-CASE-02", "each case is the team's in the person's caseload too", teamCaseload, codeCaseload, "staff.code"),
		across("PRO-CASE-10", "each case is the person's in the team's caseload too", codeCaseload, teamCaseload, "team.code"),
		across("PRO-CASE-10", "each case by id is the person's in the team's caseload too", idCaseload, teamCaseload,
			"team.code"),
	)
}

// across expects of each case of one caseload that the other, that of what stands at the path,
// shows the same.
func across(requirement, title, operation, other, path string) []suite.Case {
	return kit.One(requirement, title, func(ctx context.Context, env *suite.Env) {
		lists := map[string]*client.Exchange{}
		for _, held := range caseloadOf(ctx, env, operation, caseloadGiven(operation)).Get("@this").Array() {
			holder := held.Get(path).String()
			if lists[holder] == nil && len(lists) < mostPeople && holder != "" {
				lists[holder] = env.Must(ctx, other, ask(other, holder))
			}
			if list := lists[holder]; list != nil {
				env.Expect(essences(list)).To(gomega.ContainElement(essence(held)), "the cases that %s of %s shows", other,
					holder)
				sameWhereShown(env, held, list)
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
	})
}

// sameWhereShown compares what a list need not show of a case, where both show it.
func sameWhereShown(env *suite.Env, held gjson.Result, list *client.Exchange) {
	for _, there := range list.Get("@this").Array() {
		for _, member := range []string{"allocationDate", "name.middleName"} {
			one, other := held.Get(member), there.Get(member)
			if essence(there) == essence(held) && one.Type == gjson.String && other.Type == gjson.String {
				env.Expect(other.Str).To(gomega.Equal(one.Str), "%s of %s", member, held.Get("crn"))
			}
		}
	}
}

// essence is what a case must be the same in wherever it is shown.
func essence(held gjson.Result) string {
	return strings.Join([]string{held.Get("crn").String(), held.Get("name.forename").String(), held.Get("name.surname").String(),
		held.Get("staff.code").String(), held.Get("team.code").String()}, ", ")
}

func essences(list *client.Exchange) (all []string) {
	for _, held := range list.Get("@this").Array() {
		all = append(all, essence(held))
	}
	return all
}
