package volunteers

import (
	"context"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// roleChangeCase changes one of two role associations and expects what was sent in
// the answer and in the list.
func roleChangeCase(requirement, title string, asked func(env *suite.Env) kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: roleSub().Changes(asked)}
}

func roleUpdateCases() []suite.Case {
	return []suite.Case{
		roleChangeCase("VOL-ROLE-20", "the custom_title is changed", func(env *suite.Env) map[string]any {
			return map[string]any{"custom_title": env.Unique("Warden")}
		}),
		roleChangeCase("VOL-ROLE-21", "start and end are changed", func(env *suite.Env) map[string]any {
			return map[string]any{"start": day(env, -20), "end": day(env, 200)}
		}),
		{Requirement: "VOL-ROLE-21", Title: "an end in the past is listed", Check: endedListed},
		{Requirement: "VOL-ROLE-22", Title: "team and manager are changed by their ids", Check: roleMoved},
		roleChangeCase("VOL-ROLE-23", "the feedback is set", func(env *suite.Env) map[string]any {
			return map[string]any{"feedback": env.Unique("Feedback")}
		}),
		{Requirement: "VOL-ROLE-24", Title: "1 reads as true and 0 as false", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			id := recordOf(roles.of(user).Made(ctx, env))
			for _, value := range []int{1, 0, 1} {
				roles.of(user).ExpectChanged(ctx, env, id, kit.Body{"recommend_organisation": value},
					kit.Body{"recommend_organisation": value == 1})
			}
		}},
		{Requirement: "VOL-ROLE-28", Title: "the two booleans are accepted", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			id := recordOf(roles.of(user).Made(ctx, env))
			for _, body := range []map[string]any{{"notify_manager": false}, {"unsuitable": false},
				{"notify_manager": false, "unsuitable": false}} {
				title := env.Unique("Warden")
				roles.of(user).ExpectChanged(ctx, env, id, kit.With(body, kit.Body{"custom_title": title}),
					kit.Body{"custom_title": title})
			}
		}},
	}
}

// roleMoved gives a role association of the first team the second one, and another manager.
func roleMoved(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	second := ref(kit.FirstGivenNumber(env, "secondRoleProfileId", "roleProfileId"))
	at := kit.Body{"role": second, "team": ref(kit.GivenNumber(env, "teamId"))}
	id := recordOf(roles.of(user).Made(ctx, env, at))
	roles.of(user).ExpectChanged(ctx, env, id, kit.Body{"team": ref(kit.GivenNumber(env, "secondTeamId")),
		"manager": ref(kit.GivenNumber(env, "supervisorUserId"))}, nil)
}

func roleReferenceCases() []suite.Case {
	member := func(requirement, member, name string, want kit.ValueCheck) suite.Case {
		return suite.Case{Requirement: requirement, Title: "the " + member + " is set by its id",
			Check: func(ctx context.Context, env *suite.Env) {
				roles, user := roleSub(), makeUser(ctx, env)
				first := roles.of(user).Listed(ctx, env)
				id := recordOf(roles.of(user).Made(ctx, env))
				answer := roles.of(user).ExpectChanged(ctx, env, id, kit.Body{member: ref(kit.GivenNumber(env, name))}, nil)
				kit.ExpectShape(env, answer, "data."+member, want)
				back, path := roles.of(user).Stored(ctx, env, id)
				env.Expect(back).To(kit.Same(env, path+"."+member, answer, "data."+member))
				for _, other := range data.IDs(first) {
					now, then := data.Place(back, other)+"."+member, data.Place(first, other)+"."+member
					env.Expect(back).To(kit.Same(env, now, first, then), "another association of the user")
				}
			}}
	}
	return []suite.Case{
		member("VOL-ROLE-26", "leaving_reason", "leavingReasonId",
			kit.Object(kit.Shape{"id": kit.IsInteger, "reason": kit.IsFilled})),
		member("VOL-ROLE-27", "vetting", "vettingId", isVetting),
	}
}

func roleStayCases() []suite.Case {
	roles := roleSub()
	stays := func(member string) suite.Case {
		return suite.Case{Requirement: "VOL-ROLE-29", Title: "all but the " + member + " sent stays",
			Check: func(ctx context.Context, env *suite.Env) {
				roles, user := roleSub(), makeUser(ctx, env)
				before, id, path := richRole(ctx, env, user)
				roles.of(user).ExpectStays(ctx, env, id, kit.Body{member: env.Unique("Other")}, before, path)
			}}
	}
	return []suite.Case{
		roles.aloneCase("VOL-ROLE-29", func(env *suite.Env) kit.Body { return kit.Body{"end": day(env, 90)} }, roleChanges),
		stays("custom_title"),
		stays("feedback"),
		{Requirement: "VOL-ROLE-30", Title: "a change leaves id and names alone",
			Check: func(ctx context.Context, env *suite.Env) {
				identityStays(ctx, env, func() map[string]any {
					return roles.WholeBody(env, kit.Body{"custom_title": env.Unique("Warden"),
						"start": day(env, -15), "primary": 1})
				})
			}},
		{Requirement: "VOL-ROLE-30", Title: "id, name and role in a change are not taken over",
			Check: func(ctx context.Context, env *suite.Env) {
				identityStays(ctx, env, func() map[string]any {
					profile := kit.GivenNumber(env, "roleProfileId")
					if env.Has("given:secondRoleProfileId") {
						profile = kit.GivenNumber(env, "secondRoleProfileId")
					}
					return roles.WholeBody(env, kit.Body{"id": 1, "name": "another-name", "display_name": "Another name",
						"role": ref(profile)})
				})
			}},
	}
}

// identityStays makes a change and expects id and names of the role association to
// be what they were. A target may refuse the change.
func identityStays(ctx context.Context, env *suite.Env, change func() map[string]any) {
	roles, user := roleSub(), makeUser(ctx, env)
	before := roles.of(user).Made(ctx, env)
	id := recordOf(before)
	answer := roles.of(user).Change(ctx, env, id, change())
	if !answer.Success() {
		env.Expect(answer).To(kit.Refusal())
	} else {
		for _, member := range []string{"id", "name", "display_name", "type"} {
			env.Expect(answer).To(kit.Same(env, "data."+member, before, "data."+member))
		}
	}
	back, path := roles.of(user).Stored(ctx, env, id)
	for _, member := range []string{"name", "display_name", "type"} {
		env.Expect(back).To(kit.Same(env, path+"."+member, before, "data."+member))
	}
}

func roleUserCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-ROLE-35", Title: "role_name and team_name of the user follow the primary role", Check: namesFollow},
		{Requirement: "VOL-ROLE-36", Title: "an earlier role moves the start_date of the user back", Check: startMovesBack},
		{Requirement: "VOL-ROLE-37", Title: "creating and changing answer under data",
			Check: func(ctx context.Context, env *suite.Env) {
				roles, user := roleSub(), makeUser(ctx, env)
				before := roles.of(user).Listed(ctx, env)
				created := roles.of(user).Send(ctx, env, roles.Body(env))
				env.ExpectAnswer(created)
				env.Expect(before).To(data.Lacks(recordOf(created)))
				changed := roles.of(user).Change(ctx, env, recordOf(created), roles.WholeBody(env))
				env.ExpectAnswer(changed)
				for _, answer := range []*client.Exchange{created, changed} {
					kit.ExpectShape(env, answer, "data", kit.Object(kit.Shape{"id": kit.IsInteger}))
					env.Expect(answer).To(kit.Texts("data.id", gomega.ConsistOf(recordOf(created))))
				}
			}},
	}
}

// namesFollow makes another role primary. Where that leaves two primary ones, the user's
// first is made not primary, as far as the target does so.
func namesFollow(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	first := roles.of(user).Listed(ctx, env).Text("data.0.id")
	second := roles.of(user).Made(ctx, env, kit.Body{"role": ref(kit.GivenNumber(env, "secondRoleProfileId")),
		"team": ref(kit.GivenNumber(env, "secondTeamId"))})
	before := env.Must(ctx, "getUser", of(user))
	names, teams := namesOf(second.Get("data"))
	if slices.Contains(names, before.Text("role_name")) || slices.Contains(teams, before.Text("team_name")) {
		env.Undetermined("both roles or teams are called the same: give others as secondRoleProfileId and secondTeamId")
	}
	env.ExpectAnswer(roles.of(user).Change(ctx, env, recordOf(second), map[string]any{"primary": 1}))
	if slices.Contains(data.Flagged(roles.of(user).Listed(ctx, env), "primary"), first) { // VOL-ROLE-14 tells of that
		if unset := roles.of(user).Change(ctx, env, first, map[string]any{"primary": 0}); !kit.Unbroken(env, unset) {
			env.NotApplicable("several roles are primary at the target\n%s", match.Show(unset))
		}
	}
	after := env.Call(ctx, "getUser", of(user))
	env.ExpectAnswer(after)
	expectNames(env, after, second.Get("data"))
	list := among(ctx, env, group(user))
	for _, member := range []string{"role_name", "team_name"} {
		env.Expect(list).To(kit.Same(env, data.Place(list, user.Text("id"))+"."+member, after, member), "the list of users")
	}
}

// filledOf are the texts that are not empty.
func filledOf(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

func startMovesBack(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	was := day(env, -30)
	env.Must(ctx, "updateUser", of(user), client.JSON(map[string]any{"start_date": was}))
	if before := env.Must(ctx, "getUser", of(user)); !kit.Alike(before.Get("start_date"), was, env.Strict()) {
		env.Undetermined("the start_date of the user is not shown, or could not be set")
	}
	earlier := day(env, -60)
	env.ExpectAnswer(roles.of(user).Send(ctx, env, kit.With(roles.Body(env), kit.Body{"start": earlier})))
	after := env.Call(ctx, "getUser", of(user))
	env.ExpectAnswer(after)
	env.Expect(after).To(kit.Sent("start_date", earlier, env.Strict()))
}
