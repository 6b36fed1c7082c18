package probation

import (
	"context"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// otherPeople are those whose caseloads are looked at besides the one that is given for it: what goes
// wrong with a list goes wrong with people of another provider, without a user, or of several teams.
func otherPeople() []string {
	return []string{"crossProviderStaffCode", "unallocatedStaffCode", "manyTeamsStaffCode", "supervisorStaffCode",
		"oneForenameStaffCode", "entrylessStaffCode"}
}

// otherCaseloadCases look at the caseloads of other people than the one that is given for it.
func otherCaseloadCases() []suite.Case {
	return slices.Concat(
		kit.Each("PRO-CASE-10", "each case of others is in the team's caseload too (%s)", otherPeople(), inTheTeams),
		kit.Each("PRO-CASE-11", "the caseloads of others by code and by id hold the same (%s)", otherPeople(),
			func(ctx context.Context, env *suite.Env, given string) {
				code := knownAs(env, given)
				look := func() *client.Exchange { return env.Must(ctx, codeCaseload, ask(codeCaseload, code)) }
				byID := env.Call(ctx, idCaseload, ask(idCaseload, byCode(ctx, env, code).Text("id")))
				kit.ExpectAsFirst(env, look(), byID, look)
			}),
	)
}

// knownAs is what the target gives; without it there is nothing more to look at.
func knownAs(env *suite.Env, given string) string {
	if !env.Has("given:" + given) {
		env.NotApplicable("the target gives no %s", given)
	}
	return env.Given(given)
}

func inTheTeams(ctx context.Context, env *suite.Env, given string) {
	lists := map[string]map[string][]gjson.Result{}
	for _, held := range env.Must(ctx, codeCaseload, ask(codeCaseload, knownAs(env, given))).Get("@this").Array() {
		team := held.Get("team.code").String()
		if lists[team] == nil && len(lists) < mostPeople && team != "" {
			lists[team] = byEssence(env.Must(ctx, teamCaseload, ask(teamCaseload, team)))
		}
		if list := lists[team]; list != nil {
			isShown(env, list, held, teamCaseload+" of "+team)
		}
	}
}
