package volunteers

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// flagCases expect the flag on one record at most, whether it comes with a new
// record or with a change.
func (s sub) flagCases(requirement, flag string) []suite.Case {
	return []suite.Case{
		{Requirement: requirement, Title: "a new one with " + flag + " takes it from the others",
			Check: func(ctx context.Context, env *suite.Env) {
				user := s.owner(ctx, env)
				s.of(user).Made(ctx, env, kit.Body{flag: false})
				for range 2 {
					answer := s.of(user).Send(ctx, env, kit.With(s.Body(env), kit.Body{flag: true}))
					env.ExpectAnswer(answer)
					env.Expect(s.of(user).All(ctx, env)).To(data.FlaggedOnly(flag, recordOf(answer)))
				}
			}},
		{Requirement: requirement, Title: "a change that sets " + flag + " takes it from the others",
			Check: func(ctx context.Context, env *suite.Env) {
				user := s.owner(ctx, env)
				first, second := s.of(user).Made(ctx, env, kit.Body{flag: true}), s.of(user).Made(ctx, env, kit.Body{flag: false})
				for _, record := range []*client.Exchange{second, first} {
					env.ExpectAnswer(s.of(user).Change(ctx, env, recordOf(record), s.WholeBody(env, kit.Body{flag: true})))
					env.Expect(s.of(user).All(ctx, env)).To(data.FlaggedOnly(flag, recordOf(record)))
				}
			}},
	}
}

// removedCases delete records that are not primary: two in turn beside a primary one,
// the only one there is, and one that was primary before. What a target makes primary
// by itself is left alone. Readable says whether what was deleted may still be read.
func (s sub) removedCases(requirement string, readable bool) []suite.Case {
	gone := func(ctx context.Context, env *suite.Env, user *client.Exchange, record string) {
		before := s.of(user).Listed(ctx, env)
		path := data.Place(before, record)
		if kit.Alike(before.Get(path+".primary"), true, false) {
			env.NotApplicable("the target keeps it the primary one")
		}
		env.Expect(s.of(user).Remove(ctx, env, record)).To(match.Success())
		if !readable {
			env.Expect(s.of(user).Get(ctx, env, record)).To(kit.Refusal())
		}
		after := s.of(user).All(ctx, env)
		env.Expect(after).To(data.Lacks(record))
		for _, other := range before.Texts("data.#.id") {
			if other != record {
				env.Expect(after).To(data.Has(other))
			}
		}
	}
	return []suite.Case{
		{Requirement: requirement, Title: "those that are not primary can be deleted in turn",
			Check: func(ctx context.Context, env *suite.Env) {
				user := s.owner(ctx, env)
				one, other := s.of(user).Made(ctx, env), s.of(user).Made(ctx, env)
				s.Distinct(env, one, other)
				first, second := recordOf(one), recordOf(other)
				gone(ctx, env, user, first)
				gone(ctx, env, user, second)
			}},
		{Requirement: requirement, Title: "one that is not primary can be deleted when it is alone",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				gone(ctx, env, user, recordOf(s.of(user).Made(ctx, env)))
			}},
		{Requirement: requirement, Title: "one that is primary no longer can be deleted",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				old := recordOf(s.of(user).Made(ctx, env, kit.Body{"primary": true}))
				s.of(user).Made(ctx, env, kit.Body{"primary": true})
				gone(ctx, env, user, old)
			}},
	}
}

// datedCase expects both times of a record to be date-times in every answer, and
// updated_at not before created_at.
func (s sub) datedCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "both times are date-times in every answer",
		Check: func(ctx context.Context, env *suite.Env) {
			user := s.owner(ctx, env)
			created := s.of(user).Made(ctx, env)
			id := recordOf(created)
			read := s.of(user).Get(ctx, env, id)
			changed := s.of(user).Change(ctx, env, id, s.WholeBody(env))
			list := s.of(user).All(ctx, env)
			for _, answer := range []*client.Exchange{created, read, changed} {
				env.ExpectAnswer(answer)
				kit.ExpectShape(env, answer, "data", isDated)
			}
			env.ExpectAnswer(list)
			env.Expect(list).To(data.Has(id))
			kit.ExpectShape(env, list, "data", kit.Array(1, isDated))
		}}
}
