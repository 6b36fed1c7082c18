package probation

import (
	"context"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// teamPaths are where teams stand in an operation's answer.
func teamPaths(operation string) []string {
	switch operation {
	case "findCommunityManager":
		return []string{"team"}
	case "findStaff", "findStaff_1", "findStaffByCode":
		return []string{"teams"}
	}
	return []string{"#.team", "#.staff.teams|@flatten"}
}

// showingTeams are the operations that show teams.
func showingTeams() []string { return append(singles(), caseloads()...) }

// teamCases are those that hold for a team wherever it is shown.
func teamCases() []suite.Case {
	return slices.Concat(
		kit.Each("PRO-TEAM-01", "a team's borough is its district's", showingTeams(),
			func(ctx context.Context, env *suite.Env, operation string) {
				everyTeam(ctx, env, operation, func(team gjson.Result) {
					env.Expect(team.Get("borough.code").String()).ToNot(gomega.BeEmpty(), "the code of a team's borough")
					env.Expect(team.Get("borough").Value()).To(gomega.Equal(team.Get("district.borough").Value()),
						"the borough of a team")
				})
			}),
		kit.Each("PRO-TEAM-02", "a team's addresses are an array", showingTeams(),
			func(ctx context.Context, env *suite.Env, operation string) {
				everyTeam(ctx, env, operation, func(team gjson.Result) {
					env.Expect(team.Get("addresses").Value()).To(gomega.BeAssignableToTypeOf([]any{}), "the addresses of a team")
				})
			}),
	)
}

// everyTeam looks at each team of every answer that the target's givens allow;
// the case is undetermined when there is none.
func everyTeam(ctx context.Context, env *suite.Env, operation string, look func(team gjson.Result)) {
	teams := teamsShown(ctx, env, operation)
	if len(teams) == 0 {
		env.Undetermined("no answer of %s shows a team", operation)
	}
	for _, team := range teams {
		look(team)
	}
}

// teamsShown are the teams in every answer that the target's givens allow.
func teamsShown(ctx context.Context, env *suite.Env, operation string) (teams []gjson.Result) {
	for _, known := range askAll(env, operation) {
		answer := kit.Said(env, env.Must(ctx, operation, known))
		for _, path := range teamPaths(operation) {
			teams = append(teams, answer.Get(path).Array()...)
		}
	}
	return teams
}
