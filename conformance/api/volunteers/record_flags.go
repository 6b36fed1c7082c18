package volunteers

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
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
