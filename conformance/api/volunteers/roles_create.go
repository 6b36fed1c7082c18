package volunteers

import (
	"context"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func roleCreateCases() []suite.Case {
	roles := roleSub()
	echo := func(requirement, title string, asked func(env *suite.Env) map[string]any) suite.Case {
		return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
			user, body := makeUser(ctx, env), asked(env)
			answer := roles.add(ctx, env, user, but(roles.body(env), pairs(body)...))
			env.ExpectAnswer(answer)
			roles.expectStored(ctx, env, user, answer, body)
		}}
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
			return map[string]any{"team": ref(given(env, "teamId")), "manager": ref(given(env, "managerUserId"))}
		}),
		{Requirement: "VOL-ROLE-07", Title: "three are listed after two more", Check: threeRoles},
		{Requirement: "VOL-ROLE-08", Title: "an end of null is no end", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := but(roles.body(env), "end", nil)
			answer := roles.add(ctx, env, user, body)
			env.ExpectAnswer(answer)
			roles.expectStored(ctx, env, user, answer, map[string]any{"custom_title": body["custom_title"]})
			expectShape(env, answer, "data.end", isNothing)
			back, path := roles.stored(ctx, env, user, recordOf(answer))
			expectShape(env, back, path+".end", isNothing)
		}},
		echo("VOL-ROLE-09", "an end is the date sent", func(env *suite.Env) map[string]any {
			return map[string]any{"end": day(env, 100)}
		}),
	}
}

// pairs lists names and values of a body in turn, as but takes them.
func pairs(body map[string]any) []any {
	var all []any
	for name, value := range body {
		all = append(all, name, value)
	}
	return all
}

func roleGiven(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	first := roles.listed(ctx, env, user) // its role has the same profile
	answer := roles.add(ctx, env, user, roles.body(env))
	env.ExpectAnswer(answer)
	expectShape(env, answer, "data.id", isInteger)
	env.Expect(first).To(lacks(recordOf(answer)), "the association is a new one")
	back, path := roles.stored(ctx, env, user, recordOf(answer))
	for _, member := range []string{"name", "display_name", "type"} {
		env.Expect(answer).To(same("data."+member, first, "data.0."+member))
		env.Expect(back).To(same(path+"."+member, first, "data.0."+member))
	}
}

func threeRoles(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	ids := roles.listed(ctx, env, user).Texts("data.#.id")
	for range 2 {
		answer := roles.add(ctx, env, user, roles.body(env))
		env.ExpectAnswer(answer)
		ids = append(ids, recordOf(answer))
	}
	list := roles.all(ctx, env, user)
	env.Expect(list).To(listsOnly(ids...))
	env.Expect(list).To(match.Member("data", gomega.HaveLen(3)))
}

func roleRefusalCases() []suite.Case {
	roles := roleSub()
	return []suite.Case{
		roles.withoutCase("VOL-ROLE-10", "role"),
		roles.withCase("VOL-ROLE-10", "role", map[string]any{}),
		roles.unheardCase("VOL-ROLE-11", "role", ref(unknownID)),
		roles.unheardCase("VOL-ROLE-11", "team", ref(unknownID)),
		roles.unheardCase("VOL-ROLE-11", "manager", ref(unknownID)),
		roles.withCase("VOL-ROLE-12", "start", "abc"),
		roles.badCase("VOL-ROLE-13", "an end before the start is refused", func(body map[string]any) map[string]any {
			return but(body, "start", "2026-03-10", "end", "2026-03-09")
		}),
	}
}

// primaryRole returns the id of a user's one primary role. It ends the case as
// undetermined when there is none, or more than one.
func primaryRole(ctx context.Context, env *suite.Env, user *client.Exchange) string {
	list := roleSub().listed(ctx, env, user)
	flagged := flaggedIn(list, "primary")
	if len(flagged) != 1 {
		env.Undetermined("the new user has %d primary roles\n%s", len(flagged), match.Show(list))
	}
	return flagged[0]
}

func rolePrimaryCases() []suite.Case {
	roles := roleSub()
	return []suite.Case{
		roles.flagCases("VOL-ROLE-14", "primary")[0],
		{Requirement: "VOL-ROLE-15", Title: "the primary role stays when the flag is left out", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			primary := primaryRole(ctx, env, user)
			answer := roles.add(ctx, env, user, roles.body(env))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(sent("data.primary", false, env.Strict()))
			list := roles.all(ctx, env, user)
			env.Expect(list).To(lists(recordOf(answer)))
			env.Expect(list).To(onlyFlagged("primary", primary))
		}},
		{Requirement: "VOL-ROLE-14", Title: "the integer 1 makes it the only primary one", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			first := primaryRole(ctx, env, user)
			second := recordOf(roles.made(ctx, env, user))
			for _, id := range []string{second, first} {
				env.ExpectAnswer(roles.change(ctx, env, user, id, roles.whole(env, "primary", 1)))
				env.Expect(roles.all(ctx, env, user)).To(onlyFlagged("primary", id))
			}
		}},
		{Requirement: "VOL-ROLE-25", Title: "the integer 1 reads as true", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			first := recordOf(roles.made(ctx, env, user))
			second := recordOf(roles.made(ctx, env, user))
			for _, id := range []string{second, first} {
				answer := roles.change(ctx, env, user, id, roles.whole(env, "primary", 1))
				env.ExpectAnswer(answer)
				roles.expectStored(ctx, env, user, answer, map[string]any{"primary": true})
			}
		}},
	}
}
