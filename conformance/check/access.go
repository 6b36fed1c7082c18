package check

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// madeUp is a credential that no target has handed out.
const madeUp = "rollcall-made-up-credential"

// withoutCredential is half of ignored_auth: nobody in particular is kept out.
func withoutCredential(ctx context.Context, env *suite.Env, op *contract.Operation) {
	accessRefused(ctx, env, op, client.NoCredential())
}

// withMadeUpCredential is the other half: the credential is looked at.
func withMadeUpCredential(ctx context.Context, env *suite.Env, op *contract.Operation) {
	accessRefused(ctx, env, op, func(r *client.Request) {
		for name, values := range r.Credential {
			scheme, _, found := strings.Cut(values[0], " ")
			if !found {
				r.Credential.Set(name, madeUp)
				continue
			}
			r.Credential.Set(name, scheme+" "+madeUp)
		}
	})
}

// accessRefused expects the refusal and, last, that the same call gets in as it should,
// whichever way the operation is asked.
func accessRefused(ctx context.Context, env *suite.Env, op *contract.Operation, credential client.Option) {
	for _, valid := range env.Ways(ctx, op.ID) {
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return env.Call(ctx, op.ID, with(valid, credential)...)
		}, state(env, op, valid)...)
		control(ctx, env, op, valid)
	}
}
