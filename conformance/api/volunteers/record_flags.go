package volunteers

import (
	"context"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// flagCases expect the flag on one record at most, whether it comes with a new
// record or with a change: of this user, and of the records nothing but the flag is changed.
func (s sub) flagCases(requirement, flag string) []suite.Case {
	return []suite.Case{
		{Requirement: requirement, Title: "a new one with " + flag + " takes it from the others",
			Check: func(ctx context.Context, env *suite.Env) {
				stranger, theirs := s.flagged(ctx, env, flag)
				user := s.owner(ctx, env)
				s.of(user).Made(ctx, env, kit.Body{flag: false})
				for round := range 2 {
					before := s.of(user).Listed(ctx, env)
					answer := s.of(user).Send(ctx, env, kit.With(s.Body(env), kit.Body{flag: true}))
					if round > 0 && !kit.Unbroken(env, answer) { // how many a user may have, the page does not say
						break
					}
					env.ExpectAnswer(answer)
					after := s.of(user).All(ctx, env)
					env.Expect(after).To(data.FlaggedOnly(flag, recordOf(answer)))
					othersStay(env, before, after, recordOf(answer), flag)
				}
				env.Expect(s.of(stranger).All(ctx, env)).To(kit.Same(env, "data", theirs, "data"), "those of another user")
			}},
		{Requirement: requirement, Title: "a change that sets " + flag + " takes it from the others",
			Check: func(ctx context.Context, env *suite.Env) {
				stranger, theirs := s.flagged(ctx, env, flag)
				user := s.owner(ctx, env)
				first, second := s.of(user).Made(ctx, env, kit.Body{flag: true}), s.of(user).Made(ctx, env, kit.Body{flag: false})
				for _, record := range []*client.Exchange{second, first} {
					before := s.of(user).Listed(ctx, env)
					env.ExpectAnswer(s.of(user).Change(ctx, env, recordOf(record), s.WholeBody(env, kit.Body{flag: true})))
					after := s.of(user).All(ctx, env)
					env.Expect(after).To(data.FlaggedOnly(flag, recordOf(record)))
					othersStay(env, before, after, recordOf(record), flag)
				}
				env.Expect(s.of(stranger).All(ctx, env)).To(kit.Same(env, "data", theirs, "data"), "those of another user")
			}},
	}
}

// unflaggedCase expects a record that is sent without the flag, new or changed, to leave it to the one
// that has it; and a change that takes the flag from that one to be answered as it was done, or refused.
func (s sub) unflaggedCase(requirement, flag string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "what is sent without " + flag + " leaves it to the one that has it",
		Check: func(ctx context.Context, env *suite.Env) {
			own := s.of(makeUser(ctx, env))
			holder := recordOf(own.Made(ctx, env, s.other(env), kit.Body{flag: true}))
			holds := func() bool {
				return kit.Alike(data.Item(own.Listed(ctx, env), holder).Get(flag), true, false)
			}
			if !holds() {
				env.NotApplicable("the target gives %s to another", flag)
			}
			other := recordOf(own.Made(ctx, env, kit.Body{flag: false}))
			env.Expect(holds()).To(gomega.BeTrue(), "%s of the one before, after another was made without it", flag)
			answer := own.Change(ctx, env, other, s.WholeBody(env, kit.Body{flag: false}))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(kit.Sent("data."+flag, false, env.Strict()))
			env.Expect(holds()).To(gomega.BeTrue(), "%s of the one before, after another was changed without it", flag)
			change := own.Change(ctx, env, holder, s.WholeBody(env, kit.Body{flag: false}))
			if kit.Unbroken(env, change) { // what becomes of the others then, the page does not say
				back, path := own.Stored(ctx, env, holder)
				env.Expect(back).To(kit.Same(env, path+"."+flag, change, "data."+flag), "what the change answered")
			}
		}}
}

// other names another user than the body of the kind does, where a user is named and only once.
func (s sub) other(env *suite.Env) kit.Body {
	if s.First == nil {
		return kit.Body{}
	}
	return s.First(env)
}

// flagged makes another user with a record that has the flag, and lists what they have.
func (s sub) flagged(ctx context.Context, env *suite.Env, flag string) (user, list *client.Exchange) {
	user = s.owner(ctx, env)
	s.of(user).Made(ctx, env, kit.Body{flag: true})
	return user, s.of(user).Listed(ctx, env)
}

// stillFlagged expects of another user those to have the flag who had it.
func (s sub) stillFlagged(ctx context.Context, env *suite.Env, stranger, theirs *client.Exchange, flag string) {
	env.Expect(data.Flagged(s.of(stranger).All(ctx, env), flag)).To(gomega.ConsistOf(data.Flagged(theirs, flag)),
		"those of another user")
}

// othersStay expects the records that were listed before to be what they were but for the
// flag, apart from the one that was written.
func othersStay(env *suite.Env, before, after *client.Exchange, written, flag string) {
	for _, id := range data.IDs(before) {
		if id != written {
			env.Expect(after).To(kit.Same(env, data.Place(after, id), before, data.Place(before, id), flag, "updated_at"),
				"a record that only loses the flag")
		}
	}
}
