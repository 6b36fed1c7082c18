package volunteers

import (
	"context"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func roleCreateCases() []suite.Case {
	roles := roleSub()
	echo := func(requirement, title string, asked func(env *suite.Env) kit.Body) suite.Case {
		return suite.Case{Requirement: requirement, Title: title, Check: roles.Keeps(asked)}
	}
	return []suite.Case{
		{Requirement: "VOL-ROLE-03", Title: "an existing role profile is given", Check: roleGiven},
		echo("VOL-ROLE-04", "start, custom_title and a flag that is off are as sent", func(env *suite.Env) map[string]any {
			return map[string]any{"start": day(env, -12), "custom_title": env.Unique("Steward"), "primary": false}
		}),
		echo("VOL-ROLE-04", "start, custom_title and a flag that is on are as sent", func(env *suite.Env) map[string]any {
			return map[string]any{"start": day(env, -3), "custom_title": env.Unique("Steward"), "primary": true}
		}),
		echo("VOL-ROLE-05", "team and manager are as sent", func(env *suite.Env) map[string]any {
			return map[string]any{ // others than the first role has
				"team":    ref(kit.FirstGivenNumber(env, "secondTeamId", "teamId")),
				"manager": ref(kit.FirstGivenNumber(env, "supervisorUserId", "managerUserId"))}
		}),
		{Requirement: "VOL-ROLE-07", Title: "three are listed after two more", Check: threeRoles},
		{Requirement: "VOL-ROLE-08", Title: "an end of null is no end", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := kit.With(roles.Body(env), kit.Body{"end": nil})
			answer := roles.of(user).Send(ctx, env, body)
			env.ExpectAnswer(answer)
			roles.of(user).ExpectStored(ctx, env, answer, map[string]any{"custom_title": body["custom_title"]})
			kit.ExpectShape(env, answer, "data.end", kit.IsNothing)
			back, path := roles.of(user).Stored(ctx, env, recordOf(answer))
			kit.ExpectShape(env, back, path+".end", kit.IsNothing)
		}},
		echo("VOL-ROLE-09", "an end is the date sent", func(env *suite.Env) map[string]any {
			return map[string]any{"end": day(env, 100)}
		}),
	}
}

func roleGiven(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	first := roles.of(user).Listed(ctx, env) // its role has the same profile
	sent := roles.Body(env)
	sent["role"] = ref(kit.GivenNumber(env, "roleProfileId"))
	if env.Has("given:secondTeamId") {
		sent["team"] = ref(kit.GivenNumber(env, "secondTeamId"))
	}
	answer := roles.of(user).Send(ctx, env, sent)
	env.ExpectAnswer(answer)
	kit.ExpectShape(env, answer, "data.id", kit.IsInteger)
	env.Expect(first).To(data.Lacks(recordOf(answer)), "the association is a new one")
	back, path := roles.of(user).Stored(ctx, env, recordOf(answer))
	for _, member := range []string{"name", "display_name", "type"} {
		env.Expect(answer).To(kit.Same(env, "data."+member, first, "data.0."+member))
		env.Expect(back).To(kit.Same(env, path+"."+member, first, "data.0."+member))
	}
}

func threeRoles(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	ids := roles.of(user).Listed(ctx, env).Texts("data.#.id")
	for range 2 {
		answer := roles.of(user).Send(ctx, env, roles.Body(env))
		env.ExpectAnswer(answer)
		ids = append(ids, recordOf(answer))
	}
	list := roles.of(user).All(ctx, env)
	env.Expect(list).To(data.Only(ids...))
	env.Expect(list).To(match.Member("data", gomega.HaveLen(3)))
}

func roleRefusalCases() []suite.Case {
	roles := roleSub()
	return []suite.Case{
		roles.withoutCase("VOL-ROLE-10", "role"),
		roles.withCase("VOL-ROLE-10", "role", map[string]any{}),
		roles.unheardCase("VOL-ROLE-11", "role", unheard),
		roles.unheardCase("VOL-ROLE-11", "team", unheard),
		roles.unheardCase("VOL-ROLE-11", "manager", unheard),
		roles.withCase("VOL-ROLE-12", "start", "abc"),
		roles.badCase("VOL-ROLE-13", "an end before the start is refused", kit.Body{"start": "2026-03-10", "end": "2026-03-09"}),
	}
}

// primaryRole returns the id of a user's one primary role. It ends the case as
// undetermined when there is none, or more than one.
func primaryRole(ctx context.Context, env *suite.Env, user *client.Exchange) string {
	list := roleSub().of(user).Listed(ctx, env)
	flagged := data.Flagged(list, "primary")
	if len(flagged) != 1 {
		env.Undetermined("the new user has %d primary roles\n%s", len(flagged), match.Show(list))
	}
	return flagged[0]
}

func rolePrimaryCases() []suite.Case {
	roles := roleSub()
	return []suite.Case{
		roles.flagCases("VOL-ROLE-14", "primary")[0],
		{Requirement: "VOL-ROLE-14", Title: "of several roles of a new user one is primary at most", Check: primaryOfSeveral},
		{Requirement: "VOL-ROLE-15", Title: "the primary role stays when the flag is left out",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				primary := primaryRole(ctx, env, user)
				answer := roles.of(user).Send(ctx, env, roles.Body(env))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(kit.Sent("data.primary", false, env.Strict()))
				list := roles.of(user).All(ctx, env)
				env.Expect(list).To(data.Has(recordOf(answer)))
				env.Expect(list).To(data.FlaggedOnly("primary", primary))
			}},
		{Requirement: "VOL-ROLE-14", Title: "the integer 1 makes it the only primary one",
			Check: func(ctx context.Context, env *suite.Env) {
				stranger, theirs := roles.flagged(ctx, env, "primary")
				user := makeUser(ctx, env)
				first := primaryRole(ctx, env, user)
				second := recordOf(roles.of(user).Made(ctx, env))
				for _, id := range []string{second, first} {
					env.ExpectAnswer(roles.of(user).Change(ctx, env, id, roles.WholeBody(env, kit.Body{"primary": 1})))
					env.Expect(roles.of(user).All(ctx, env)).To(data.FlaggedOnly("primary", id))
				}
				roles.stillFlagged(ctx, env, stranger, theirs, "primary")
			}},
		{Requirement: "VOL-ROLE-25", Title: "the integer 1 reads as true", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			first := recordOf(roles.of(user).Made(ctx, env))
			second := recordOf(roles.of(user).Made(ctx, env))
			for _, id := range []string{second, first} {
				roles.of(user).ExpectChanged(ctx, env, id, kit.Body{"primary": 1}, kit.Body{"primary": true})
			}
		}},
	}
}
