package volunteers

import (
	"context"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// roleChangeCase changes one of two role associations and expects what was sent in
// the answer and in the list.
func roleChangeCase(requirement, title string, asked func(env *suite.Env) map[string]any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		roles, user := roleSub(), makeUser(ctx, env)
		id := recordOf(roles.made(ctx, env, user))
		body := asked(env)
		answer := roles.change(ctx, env, user, id, roles.whole(env, pairs(body)...))
		env.ExpectAnswer(answer)
		env.Expect(answer).To(texts("data.id", gomega.ConsistOf(id)))
		roles.expectStored(ctx, env, user, answer, body)
	}}
}

func roleUpdateCases() []suite.Case {
	return []suite.Case{
		roleChangeCase("VOL-ROLE-20", "the custom_title is changed", func(env *suite.Env) map[string]any {
			return map[string]any{"custom_title": env.Unique("Warden")}
		}),
		roleChangeCase("VOL-ROLE-21", "start and end are changed", func(env *suite.Env) map[string]any {
			return map[string]any{"start": day(env, -20), "end": day(env, 200)}
		}),
		roleChangeCase("VOL-ROLE-22", "team and manager are changed by their ids", func(env *suite.Env) map[string]any {
			return map[string]any{"team": ref(given(env, "secondTeamId")), "manager": ref(given(env, "supervisorUserId"))}
		}),
		roleChangeCase("VOL-ROLE-23", "the feedback is set", func(env *suite.Env) map[string]any {
			return map[string]any{"feedback": env.Unique("Feedback")}
		}),
		{Requirement: "VOL-ROLE-24", Title: "1 reads as true and 0 as false", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			id := recordOf(roles.made(ctx, env, user))
			for _, value := range []int{1, 0, 1} {
				answer := roles.change(ctx, env, user, id, roles.whole(env, "recommend_organisation", value))
				env.ExpectAnswer(answer)
				roles.expectStored(ctx, env, user, answer, map[string]any{"recommend_organisation": value == 1})
			}
		}},
		{Requirement: "VOL-ROLE-28", Title: "the two booleans are accepted", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			id := recordOf(roles.made(ctx, env, user))
			for _, body := range []map[string]any{{"notify_manager": false}, {"unsuitable": false}, {"notify_manager": false, "unsuitable": false}} {
				title := env.Unique("Warden")
				answer := roles.change(ctx, env, user, id, roles.whole(env, append(pairs(body), "custom_title", title)...))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(texts("data.id", gomega.ConsistOf(id)))
				roles.expectStored(ctx, env, user, answer, map[string]any{"custom_title": title})
			}
		}},
	}
}

func roleReferenceCases() []suite.Case {
	member := func(requirement, member, name string, want kind) suite.Case {
		return suite.Case{Requirement: requirement, Title: "the " + member + " is set by its id", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			id := recordOf(roles.made(ctx, env, user))
			body := map[string]any{member: ref(given(env, name))}
			answer := roles.change(ctx, env, user, id, roles.whole(env, pairs(body)...))
			env.ExpectAnswer(answer)
			roles.expectStored(ctx, env, user, answer, body)
			expectShape(env, answer, "data."+member, want)
			back, path := roles.stored(ctx, env, user, id)
			env.Expect(back).To(same(path+"."+member, answer, "data."+member))
		}}
	}
	return []suite.Case{
		member("VOL-ROLE-26", "leaving_reason", "leavingReasonId", object(shape{"id": isInteger, "reason": isFilled})),
		member("VOL-ROLE-27", "vetting", "vettingId", isVetting),
	}
}

func roleStayCases() []suite.Case {
	roles := roleSub()
	stays := func(member string) suite.Case {
		return suite.Case{Requirement: "VOL-ROLE-29", Title: "all but the " + member + " sent stays", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			before, id, path := richRole(ctx, env, user)
			other := map[string]any{member: env.Unique("Other")}
			answer := roles.change(ctx, env, user, id, other)
			env.ExpectAnswer(answer)
			expectSent(env, answer, "data", other)
			env.Expect(answer).To(sameBut("data", before, path, member))
			after, now := roles.stored(ctx, env, user, id)
			expectSent(env, after, now, other)
			env.Expect(after).To(sameBut(now, before, path, member))
		}}
	}
	return []suite.Case{
		stays("custom_title"),
		stays("feedback"),
		{Requirement: "VOL-ROLE-30", Title: "a change leaves id and names alone", Check: func(ctx context.Context, env *suite.Env) {
			identityStays(ctx, env, func() map[string]any {
				return roles.whole(env, "custom_title", env.Unique("Warden"), "start", day(env, -15), "primary", 1)
			})
		}},
		{Requirement: "VOL-ROLE-30", Title: "id, name and role in a change are not taken over", Check: func(ctx context.Context, env *suite.Env) {
			identityStays(ctx, env, func() map[string]any {
				profile := given(env, "roleProfileId")
				if env.Has("given:secondRoleProfileId") {
					profile = given(env, "secondRoleProfileId")
				}
				return roles.whole(env, "id", 1, "name", "another-name", "display_name", "Another name", "role", ref(profile))
			})
		}},
	}
}

// identityStays makes a change and expects id and names of the role association to
// be what they were. A target may refuse the change.
func identityStays(ctx context.Context, env *suite.Env, change func() map[string]any) {
	roles, user := roleSub(), makeUser(ctx, env)
	before := roles.made(ctx, env, user)
	id := recordOf(before)
	answer := roles.change(ctx, env, user, id, change())
	if !answer.Success() {
		expectMissing(env, answer)
	} else {
		for _, member := range []string{"id", "name", "display_name", "type"} {
			env.Expect(answer).To(same("data."+member, before, "data."+member))
		}
	}
	back, path := roles.stored(ctx, env, user, id)
	for _, member := range []string{"name", "display_name", "type"} {
		env.Expect(back).To(same(path+"."+member, before, "data."+member))
	}
}

func roleUserCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-ROLE-35", Title: "role_name and team_name of the user follow the primary role", Check: namesFollow},
		{Requirement: "VOL-ROLE-36", Title: "an earlier role moves the start_date of the user back", Check: startMovesBack},
		{Requirement: "VOL-ROLE-37", Title: "creating and changing answer under data", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			before := roles.listed(ctx, env, user)
			created := roles.add(ctx, env, user, roles.body(env))
			env.ExpectAnswer(created)
			env.Expect(before).To(lacks(recordOf(created)))
			changed := roles.change(ctx, env, user, recordOf(created), roles.whole(env))
			env.ExpectAnswer(changed)
			for _, answer := range []*client.Exchange{created, changed} {
				expectShape(env, answer, "data", object(shape{"id": isInteger}))
				env.Expect(answer).To(texts("data.id", gomega.ConsistOf(recordOf(created))))
			}
		}},
	}
}

// namesFollow makes another role primary. Where that leaves two primary ones, the user's
// first is made not primary, as far as the target does so.
func namesFollow(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	first := roles.listed(ctx, env, user).Text("data.0.id")
	second := roles.made(ctx, env, user, "role", ref(given(env, "secondRoleProfileId")), "team", ref(given(env, "secondTeamId")))
	before := env.Must(ctx, "getUser", of(user))
	names, teams := namesOf(second.Get("data"))
	if slices.Contains(names, before.Text("role_name")) || slices.Contains(teams, before.Text("team_name")) {
		env.Undetermined("both roles or teams are called the same: give others as secondRoleProfileId and secondTeamId")
	}
	env.ExpectAnswer(roles.change(ctx, env, user, recordOf(second), map[string]any{"primary": 1}))
	if slices.Contains(flaggedIn(roles.listed(ctx, env, user), "primary"), first) { // VOL-ROLE-14 tells of that
		roles.altered(ctx, env, user, first, map[string]any{"primary": 0})
	}
	after := env.Call(ctx, "getUser", of(user))
	env.ExpectAnswer(after)
	expectNames(env, after, second.Get("data"))
}

// filledOf are the texts that are not empty.
func filledOf(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

func startMovesBack(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	was := day(env, -30)
	env.Must(ctx, "updateUser", of(user), client.JSON(map[string]any{"start_date": was}))
	if before := env.Must(ctx, "getUser", of(user)); !alike(before.Get("start_date"), was, env.Strict()) {
		env.Undetermined("the start_date of the user is not shown, or could not be set")
	}
	earlier := day(env, -60)
	env.ExpectAnswer(roles.add(ctx, env, user, but(roles.body(env), "start", earlier)))
	after := env.Call(ctx, "getUser", of(user))
	env.ExpectAnswer(after)
	env.Expect(after).To(sent("start_date", earlier, env.Strict()))
}

// isNothing is null or not there.
func isNothing(value gjson.Result, _ bool) string {
	return when(value.Type == gjson.Null, "something", value)
}
