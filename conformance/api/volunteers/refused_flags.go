package volunteers

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// flagsAsked are writes that ask for the flags of a kind and are refused for something else.
type flagsAsked struct {
	sub
	flags, wrong kit.Body
}

func refusedFlagCases() []suite.Case {
	primary := kit.Body{"primary": true}
	var cases []suite.Case
	for _, kind := range []flagsAsked{
		{emailSub(), primary, kit.Body{"email": "abc"}},
		{phoneSub(), kit.Body{"primary": true, "default_sms": true}, kit.Body{"type": "Fax"}},
		{addressSub(), primary, kit.Body{"type": "Castle"}},
		{contactSub(), primary, kit.Body{"relationship": noText()}},
		{roleSub(), primary, kit.Body{"start": "abc"}},
		{supervisorSub(), primary, nil},
	} {
		cases = append(cases, suite.Case{Requirement: "VOL-GEN-16", Check: kind.leavesFlags,
			Title: kind.Name + ": a refused write that asks for a flag leaves it to the one that has it"})
	}
	return cases
}

// leavesFlags gives one record the flags, and asks for them with a new one and a change that are
// refused, and with a change of one that is not there.
func (f flagsAsked) leavesFlags(ctx context.Context, env *suite.Env) {
	own := f.of(makeUser(ctx, env))
	own.Made(ctx, env, f.other(env), f.flags)
	second, asked := recordOf(own.Made(ctx, env)), f.WholeBody(env, f.flags)
	calls := []func() *client.Exchange{
		func() *client.Exchange { return own.Change(ctx, env, env.UnknownID(second), asked) },
	}
	if f.wrong == nil { // a change is of the flag alone
		wrong := kit.With(f.Body(env), f.flags, kit.Body{"user": unheard(env)})
		calls = append(calls, func() *client.Exchange { return own.Send(ctx, env, wrong) })
	} else {
		created, changed := kit.With(f.Body(env), f.flags, f.wrong), kit.With(asked, f.wrong)
		calls = append(calls, func() *client.Exchange { return own.Send(ctx, env, created) },
			func() *client.Exchange { return own.Change(ctx, env, second, changed) })
	}
	env.ExpectEachRefusedUnchanged(ctx, calls, own.Listing(env))
}
