package probation

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const (
	teamCaseload  = "getManagedOffendersByTeam"
	codeCaseload  = "getManagedOffenders"
	idCaseload    = "getManagedOffenders_1"
	caseloadCode  = "caseloadStaffCode"
	caseloadID    = "caseloadStaffId"
	supervisedCrn = "supervisedCrn"
)

// caseloadCases are those about which cases a caseload holds, and in what order.
func caseloadCases() []suite.Case {
	return slices.Concat(
		caseloadFoundCases(), teamCaseloadCases(), personCaseloadCases(), emptyCaseloadCases(), supervisorCases(), acrossCases(),
		otherCaseloadCases(),
		badCases("PRO-CASE-14", idCaseload, badIDs()),
	)
}

// caseloadOf returns the caseload of what the target gives, which must have cases.
func caseloadOf(ctx context.Context, env *suite.Env, operation, given string) *client.Exchange {
	answer := env.Must(ctx, operation, ask(operation, env.Given(given)))
	env.Expect(answer).To(match.JSONBody(some()))
	return answer
}

func caseloadFoundCases() []suite.Case {
	var cases []suite.Case
	for _, row := range []struct{ requirement, operation, given string }{
		{"PRO-CASE-01", teamCaseload, "teamCode"}, {"PRO-CASE-08", codeCaseload, caseloadCode},
		{"PRO-CASE-09", idCaseload, caseloadID},
	} {
		cases = append(cases, kit.One(row.requirement, "the caseload is answered with its cases",
			func(ctx context.Context, env *suite.Env) {
				answer := env.Call(ctx, row.operation, ask(row.operation, env.Given(row.given)))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(match.JSONBody(some()))
				env.Expect(answer).To(match.Each("@this", gomega.And(
					gomega.HaveKeyWithValue("crn", text()), gomega.HaveKeyWithValue("name", object()),
					gomega.HaveKeyWithValue("staff", object()))))
				rows := answer.Texts("@this") // a case that two people hold is there with each of them
				unique := slices.Compact(slices.Sorted(slices.Values(rows)))
				env.Expect(unique).To(gomega.HaveLen(len(rows)), "the different items")
			})...)
	}
	return cases
}

// datesOf are the allocation dates of a caseload, without those that are null or empty.
func datesOf(caseload *client.Exchange) []string {
	return slices.DeleteFunc(caseload.Texts("#.allocationDate"), func(date string) bool { return date == "" })
}

func latestFirst(env *suite.Env, caseload *client.Exchange) {
	dates := datesOf(caseload)
	sorted := slices.Clone(dates)
	slices.SortFunc(sorted, func(a, b string) int { return strings.Compare(b, a) })
	env.Expect(caseload).To(match.Success())
	env.Expect(dates).To(gomega.Equal(sorted), "the allocation dates of the team's cases")
}

func teamCaseloadCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-CASE-02", "each case shows the team", func(ctx context.Context, env *suite.Env) {
			answer := caseloadOf(ctx, env, teamCaseload, "teamCode")
			if len(answer.Texts("#.team.code")) == 0 { // PRO-CASE-25 says that there is one
				env.Undetermined("no case of the caseload shows a team")
			}
			env.Expect(answer).To(match.Each("#.team.code", env.Given("teamCode")))
		}),
		kit.One("PRO-CASE-03", "the latest allocation comes first", func(ctx context.Context, env *suite.Env) {
			answer := caseloadOf(ctx, env, teamCaseload, "teamCode")
			dates := datesOf(answer)
			if len(dates) == 0 || slices.Min(dates) == slices.Max(dates) {
				env.Undetermined("given:teamCode has no two allocation dates to be in order: %v", dates)
			}
			latestFirst(env, answer)
		}),
		kit.One("PRO-CASE-03", "the latest comes first in other teams, too", func(ctx context.Context, env *suite.Env) {
			for _, answer := range answersShowing(ctx, env, teamCaseload, peopleByCode(ctx, env)) {
				latestFirst(env, answer)
			}
		}),
		kit.One("PRO-CASE-04", "cases without a date come first", func(ctx context.Context, env *suite.Env) {
			answer := caseloadOf(ctx, env, teamCaseload, "undatedTeamCode")
			var dated []bool
			for _, held := range answer.Get("@this").Array() {
				dated = append(dated, held.Get("allocationDate").Exists())
			}
			first := slices.Index(dated, true)
			if first < 0 || !slices.Contains(dated, false) {
				env.Undetermined("given:undatedTeamCode needs cases with and without a date")
			}
			env.Expect(dated[first:]).ToNot(gomega.ContainElement(false), "which cases have a date: %v", dated)
		}),
	)
}

func personCaseloadCases() []suite.Case {
	shown := func(operation, given, lookup string) []suite.Case {
		return kit.One("PRO-CASE-10", operation+": each case shows the person", func(ctx context.Context, env *suite.Env) {
			answer := caseloadOf(ctx, env, operation, given)
			person := env.Must(ctx, lookup, ask(lookup, env.Given(given)))
			for _, member := range []string{"id", "code"} {
				env.Expect(answer).To(match.Each("#.staff", gomega.HaveKeyWithValue(member, person.Get(member).Value())))
			}
		})
	}
	equal := func(operation, given, lookup string) []suite.Case {
		return kit.One("PRO-CASE-11", operation+": the other caseload holds the same", func(ctx context.Context, env *suite.Env) {
			look := func() *client.Exchange { return caseloadOf(ctx, env, operation, given) }
			answer := look()
			person := env.Must(ctx, lookup, ask(lookup, env.Given(given)))
			persons := map[string]string{codeCaseload: person.Text("code"), idCaseload: person.Text("id")}
			for other, value := range kit.InOrder(persons) {
				answer = kit.ExpectAsFirst(env, answer, env.Call(ctx, other, ask(other, value)), look)
			}
		})
	}
	return slices.Concat(
		shown(codeCaseload, caseloadCode, "findStaffByCode"), shown(idCaseload, caseloadID, "findStaff_1"),
		equal(codeCaseload, caseloadCode, "findStaffByCode"), equal(idCaseload, caseloadID, "findStaff_1"),
		kit.One("PRO-CASE-17", "the caseload holds cases of several teams", func(ctx context.Context, env *suite.Env) {
			answer := caseloadOf(ctx, env, codeCaseload, "manyTeamsStaffCode")
			if len(answer.Texts("#.team.code")) == 0 { // PRO-CASE-25 says that there is one
				env.Undetermined("no case of the caseload shows a team")
			}
			teams := slices.Compact(slices.Sorted(slices.Values(answer.Texts("#.team.code"))))
			env.Expect(len(teams)).To(gomega.BeNumerically(">", 1), "the number of different teams, which are %v", teams)
		}),
	)
}

func emptyCaseloadCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-CASE-05", "an unknown team has no cases", answersNothing(teamCaseload, theUnknown(teamCaseload))),
		kit.One("PRO-CASE-06", "a team without cases has none", answersNothing(teamCaseload, given("emptyTeamCode"))),
		kit.One("PRO-CASE-07", "the team's code in small letters has none",
			nothingInSmall(teamCaseload, "teamCode", "#.crn")),
		kit.One("PRO-CASE-12", "an unknown code has no cases", answersNothing(codeCaseload, theUnknown(codeCaseload))),
		kit.One("PRO-CASE-12", "a word of other paths is a code like any other", answersNothing(codeCaseload, these("byid"))),
		kit.One("PRO-CASE-05", "a part of a team's code has no cases", func(ctx context.Context, env *suite.Env) {
			if !env.Has("given:teamCode") {
				return // an unknown team was asked for
			}
			part, ok := beginning(env.Given("teamCode"), 1)
			if !ok {
				env.NotApplicable("%s is too short for a part of it", env.Given("teamCode"))
			}
			answer := env.Call(ctx, teamCaseload, ask(teamCaseload, part))
			own := func(code string) bool { return code == part }
			if teams := answer.Texts("#.team.code"); len(teams) > 0 && slices.ContainsFunc(teams, own) {
				env.NotApplicable("%s is a team, too", part)
			}
			hasNothing(ctx, env, teamCaseload, part)
		}),
		kit.One("PRO-CASE-12", "what is like a code has no cases", func(ctx context.Context, env *suite.Env) {
			if !env.Has("given:" + caseloadCode) {
				return // an unknown code was asked for
			}
			person := byCode(ctx, env, env.Given(caseloadCode))
			code := person.Text("code")
			for _, odd := range []string{person.Text("username"), person.Text("id"), code[:max(0, len(code)-1)]} {
				if odd != "" && !env.Call(ctx, "findStaffByCode", ask("findStaffByCode", odd)).Success() {
					hasNothing(ctx, env, codeCaseload, odd)
				}
			}
		}),
		kit.One("PRO-CASE-13", "an unknown id has no cases", answersNothing(idCaseload, theUnknown(idCaseload))),
		kit.One("PRO-CASE-13", "an id that is like one has no cases", func(ctx context.Context, env *suite.Env) {
			for _, id := range likeIDs(env, caseloadID) {
				if !somebodys(env.Call(ctx, "findStaff_1", ask("findStaff_1", id)), id) {
					hasNothing(ctx, env, idCaseload, id)
				}
			}
		}),
		kit.One("PRO-CASE-15", "a person without cases has none", func(ctx context.Context, env *suite.Env) {
			byCode(ctx, env, env.Given("caselessStaffCode"))
			answersNothing(codeCaseload, given("caselessStaffCode"))(ctx, env)
		}),
		kit.One("PRO-CASE-16", "the person's code in small letters has none",
			nothingInSmall(codeCaseload, caseloadCode, "#.crn")),
	)
}

// hasNothing expects an empty caseload.
func hasNothing(ctx context.Context, env *suite.Env, operation, about string) {
	answersNothing(operation, these(about))(ctx, env)
}

func supervisorCases() []suite.Case {
	var cases []suite.Case
	for _, row := range []struct{ requirement, operation, given string }{
		{"PRO-CASE-18", codeCaseload, "supervisorStaffCode"}, {"PRO-CASE-19", idCaseload, "supervisorStaffId"},
		{"PRO-CASE-20", teamCaseload, "supervisorTeamCode"},
	} {
		cases = append(cases, kit.One(row.requirement, "a case that is only supervised is not in it",
			func(ctx context.Context, env *suite.Env) {
				answer := env.Must(ctx, row.operation, ask(row.operation, env.Given(row.given)))
				env.Expect(answer).To(match.JSONBody(gomega.BeAssignableToTypeOf([]any{})))
				env.Expect(answer.Texts("#.crn")).ToNot(gomega.ContainElement(env.Given(supervisedCrn)),
					fmt.Sprintf("the caseload of %s", env.Given(row.given)))
			})...)
	}
	return cases
}
