package volunteers

import (
	"context"

	"rollcall/conformance/client"
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
				s.made(ctx, env, user, flag, false)
				for range 2 {
					answer := s.add(ctx, env, user, but(s.body(env), flag, true))
					env.ExpectAnswer(answer)
					env.Expect(s.all(ctx, env, user)).To(onlyFlagged(flag, recordOf(answer)))
				}
			}},
		{Requirement: requirement, Title: "a change that sets " + flag + " takes it from the others",
			Check: func(ctx context.Context, env *suite.Env) {
				user := s.owner(ctx, env)
				first, second := s.made(ctx, env, user, flag, true), s.made(ctx, env, user, flag, false)
				for _, record := range []*client.Exchange{second, first} {
					env.ExpectAnswer(s.change(ctx, env, user, recordOf(record), s.whole(env, flag, true)))
					env.Expect(s.all(ctx, env, user)).To(onlyFlagged(flag, recordOf(record)))
				}
			}},
	}
}

// unknownCases expect what does not exist to be neither read, changed nor removed,
// as far as the kind has operations for it and they are asked about.
func (s sub) unknownCases(requirement string, operations ...string) []suite.Case {
	var cases []suite.Case
	for _, operation := range operations {
		cases = append(cases, suite.Case{Requirement: requirement, Title: operation + " refuses an unknown record",
			Check: func(ctx context.Context, env *suite.Env) {
				user := s.owner(ctx, env)
				record := s.made(ctx, env, user)
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
					options := []client.Option{of(user), client.Path(s.id, unknownID)}
					if operation == s.update {
						options = append(options, client.JSON(s.whole(env)))
					}
					return env.Call(ctx, operation, options...)
				}, s.states(env, user, recordOf(record))...)
			}})
	}
	return cases
}

// goneTwiceCase expects a record that was deleted not to be there to be deleted.
func (s sub) goneTwiceCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "deleting a second time is refused",
		Check: func(ctx context.Context, env *suite.Env) {
			user := s.owner(ctx, env)
			s.made(ctx, env, user)
			id := recordOf(s.made(ctx, env, user))
			s.dropped(ctx, env, user, id)
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return s.drop(ctx, env, user, id)
			}, s.reading(env, user))
		}}
}

// removedCases delete records that are not primary: two in turn beside a primary one,
// the only one there is, and one that was primary before. What a target makes primary
// by itself is left alone. Readable says whether what was deleted may still be read.
func (s sub) removedCases(requirement string, readable bool) []suite.Case {
	gone := func(ctx context.Context, env *suite.Env, user *client.Exchange, record string) {
		before := s.listed(ctx, env, user)
		path := where(before, record)
		if alike(before.Get(path+".primary"), true, false) {
			env.NotApplicable("the target keeps it the primary one")
		}
		env.Expect(s.drop(ctx, env, user, record)).To(match.Success())
		if !readable {
			expectMissing(env, s.read(ctx, env, user, record))
		}
		after := s.all(ctx, env, user)
		env.Expect(after).To(lacks(record))
		for _, other := range before.Texts("data.#.id") {
			if other != record {
				env.Expect(after).To(lists(other))
			}
		}
	}
	return []suite.Case{
		{Requirement: requirement, Title: "those that are not primary can be deleted in turn",
			Check: func(ctx context.Context, env *suite.Env) {
				user := s.owner(ctx, env)
				one, other := s.made(ctx, env, user), s.made(ctx, env, user)
				apart(env, one, other)
				first, second := recordOf(one), recordOf(other)
				gone(ctx, env, user, first)
				gone(ctx, env, user, second)
			}},
		{Requirement: requirement, Title: "one that is not primary can be deleted when it is alone",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				gone(ctx, env, user, recordOf(s.made(ctx, env, user)))
			}},
		{Requirement: requirement, Title: "one that is primary no longer can be deleted",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				old := recordOf(s.made(ctx, env, user, "primary", true))
				s.made(ctx, env, user, "primary", true)
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
			created := s.made(ctx, env, user)
			id := recordOf(created)
			read := s.read(ctx, env, user, id)
			changed := s.change(ctx, env, user, id, s.whole(env))
			list := s.all(ctx, env, user)
			for _, answer := range []*client.Exchange{created, read, changed} {
				env.ExpectAnswer(answer)
				expectShape(env, answer, "data", isDated)
			}
			env.ExpectAnswer(list)
			env.Expect(list).To(lists(id))
			expectShape(env, list, "data", filled(1, isDated))
		}}
}
