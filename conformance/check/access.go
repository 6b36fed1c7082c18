package check

import (
	"context"
	"net/http"

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
	accessRefused(ctx, env, op, client.EachToken(func(scheme, _ string) string { return scheme + madeUp }))
}

// accessRefused expects the refusal and that the same call gets in as it should, whichever
// way the operation is asked: also with each parameter of the query of which the document
// itself tells a good value. A read gets in first: what is kept of its answer is not for
// whoever asks next.
func accessRefused(ctx context.Context, env *suite.Env, op *contract.Operation, credential client.Option) {
	for _, parameter := range surely(op) {
		call := with(env.Sample(ctx, op.ID), parameter, credential)
		env.ExpectRefused(env.Call(ctx, op.ID, call...))
	}
	for _, valid := range env.Ways(ctx, op.ID) {
		read := op.Method == http.MethodGet
		if read {
			control(ctx, env, op, valid)
		}
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return env.Call(ctx, op.ID, with(valid, credential)...)
		}, state(env, op, valid)...)
		if !read {
			control(ctx, env, op, valid)
		}
	}
}

// surely sets each parameter of the query that need not be sent to a value that the document
// names, as its default or as one of its values.
func surely(op *contract.Operation) (all []client.Option) {
	for _, p := range op.Parameters {
		if p.In != "query" || p.Required || p.Schema == nil {
			continue
		}
		switch {
		case p.Schema.Type == "boolean":
			all = append(all, client.Query(p.Name, true))
		case p.Schema.Default != nil:
			all = append(all, client.Query(p.Name, p.Schema.Default))
		case len(p.Schema.Enum) > 0:
			all = append(all, client.Query(p.Name, p.Schema.Enum[0]))
		}
	}
	return all
}
