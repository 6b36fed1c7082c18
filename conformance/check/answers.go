package check

import (
	"context"
	"net/http"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// answersKept provokes the answers that an operation documents: a success, and
// the refusals for want of a credential, of the thing asked for, and of a good
// request. The judge sees each of them and credits what it finds to the
// requirement; this case only has to make sure that there was something to see.
func answersKept(ctx context.Context, env *suite.Env, op *contract.Operation) {
	valid := env.Sample(ctx, op.ID)
	provoked := provocations(op, valid)
	refused := len(provoked) == 0
	for _, option := range provoked {
		exchange := env.Call(ctx, op.ID, with(valid, option)...)
		refused = refused || !exchange.Success()
	}
	for _, persona := range barred(env, op) {
		exchange := env.As(persona).Call(ctx, op.ID, valid...)
		refused = refused || !exchange.Success()
	}
	if op.Method != "GET" { // a broken request that was accepted has spoilt the first
		valid = env.Sample(ctx, op.ID)
	}
	exchange := env.Call(ctx, op.ID, valid...)
	_, documented := env.Documented(op, exchange.Status)
	switch {
	case !exchange.Success() || !documented:
		env.Undetermined("no documented success was seen\n%s", match.Show(exchange))
	case !refused:
		env.Undetermined("no refusal was seen: every broken request was answered with success")
	}
}

// barred are the personas of the target that an operation with a documented 403
// may turn away.
func barred(env *suite.Env, op *contract.Operation) (names []string) {
	if _, documented := op.Response(http.StatusForbidden); !documented {
		return nil
	}
	for _, name := range []string{"no-scope", "low-rights", "low-plan"} {
		if env.Has(name) {
			names = append(names, name)
		}
	}
	return names
}

// provocations are changes to a valid request that ask for a refusal.
func provocations(op *contract.Operation, valid []client.Option) []client.Option {
	var found []client.Option
	if op.Secured {
		found = append(found, client.NoCredential())
	}
	for _, parameter := range op.Parameters {
		if parameter.In == "path" {
			found = append(found, client.Path(parameter.Name, unknown(parameter.Schema)))
		}
	}
	if _, documented := op.Response(http.StatusUnsupportedMediaType); documented && op.Body != nil {
		found = append(found, client.Raw([]byte("no JSON"), "text/plain"))
	}
	if broken := deviations(op, valid); len(broken) > 0 {
		found = append(found, broken[0].option, broken[len(broken)-1].option)
	}
	return found
}

// unknown returns a path value of the schema's type that names nothing.
func unknown(schema *contract.Schema) string {
	switch {
	case schema == nil:
	case schema.Type == "integer" || schema.Type == "number":
		if schema.Maximum != nil && *schema.Maximum < 2147480917 {
			return number(*schema.Maximum)
		}
		return "2147480917"
	case schema.Format == "uuid":
		return "00000000-0000-4000-8000-00000000dead"
	}
	return "no-such-thing"
}
