package check

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// answersKept provokes the answers that an operation documents: a success, and
// the refusals for want of a credential, of the thing asked for, and of a good
// request. The judge sees each of them and credits what it finds to the
// requirement; this case only has to make sure that there was a success to see. A
// service that takes every request has no refusals to show.
func answersKept(ctx context.Context, env *suite.Env, op *contract.Operation) {
	valid := env.Sample(ctx, op.ID)
	provoked := provocations(env, op, valid)
	for _, option := range provoked {
		env.Call(ctx, op.ID, with(valid, option)...)
	}
	for _, persona := range refusedPersonas(env, op) {
		env.As(persona).Call(ctx, op.ID, valid...)
	}
	if op.Method != "GET" { // a broken request that was accepted has spoilt the first
		valid = env.Sample(ctx, op.ID)
	}
	exchange := env.Call(ctx, op.ID, valid...)
	_, documented := env.Documented(op, exchange.Status)
	if !exchange.Success() || !documented {
		env.Undetermined("no documented success was seen\n%s", match.Show(exchange))
	}
}

// refusedPersonas are the personas of the target that an operation with a documented 403
// may turn away.
func refusedPersonas(env *suite.Env, op *contract.Operation) (names []string) {
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
func provocations(env *suite.Env, op *contract.Operation, valid []client.Option) []client.Option {
	word := env.Unique("bad")
	var found []client.Option
	if op.Secured {
		found = append(found, client.NoCredential())
	}
	for _, parameter := range op.Parameters {
		if parameter.In == "path" {
			found = append(found, client.Path(parameter.Name, unknown(env, parameter.Schema)))
		}
	}
	if _, documented := op.Response(http.StatusUnsupportedMediaType); documented && op.Body != nil {
		found = append(found, client.Raw([]byte("no JSON"), "text/plain"))
	}
	broken := slices.Concat(bodyDeviations(op, valid, word), deviations(op, valid, contract.Must, word))
	if len(broken) > 0 {
		found = append(found, broken[0].option, broken[len(broken)-1].option)
	}
	return found
}

// unknown returns a path value of the schema's type that names nothing.
func unknown(env *suite.Env, schema *contract.Schema) string {
	switch {
	case schema == nil:
	case schema.Type == "integer" || schema.Type == "number":
		id := env.UnknownID("1")
		if far, err := strconv.ParseFloat(id, 64); err == nil && schema.Maximum != nil && *schema.Maximum < far {
			return number(*schema.Maximum)
		}
		return id
	case schema.Format == "uuid":
		return env.UnknownID("00000000-0000-4000-8000-000000000000")
	}
	return env.Drawn("no-such-????????", 0)
}
