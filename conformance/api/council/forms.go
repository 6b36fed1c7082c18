package council

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// The page shows records and no body of a create: what a new one needs is left open. So a
// target may take what it can hardly be without, or want all that the samples show.

// form is what a new record is made of.
type form struct {
	name string
	more bool // all that the samples show
}

func forms() []form { return []form{{name: "what is needed"}, {"all that the page shows", true}} }

// body is that of a new record in the form, with what the target gives because it takes no
// other.
func (f form) body(r resource, env *suite.Env) kit.Body {
	body := r.bare(env)
	for name, shown := range kit.InOrder(r.more(env)) {
		switch {
		case env.Has("given:" + name):
			body[name] = value(env.Given(name))
		case f.more:
			body[name] = shown
		}
	}
	return body
}

// formOf is the first form in which the target takes a new record, tried once in a run: else
// each refusal could be one of the form, and would say nothing of what the case is about. It
// is the first of all where the target takes none.
func (r resource) formOf(env *suite.Env) form {
	if len(r.more(env)) == 0 {
		return forms()[0]
	}
	for _, f := range forms() {
		taken := env.Beside(env.Context(), r.Creates+" with "+f.name, func(ctx context.Context, env *suite.Env) *client.Exchange {
			if made := r.Send(ctx, env, f.body(r, env)); made.Success() {
				return made
			}
			return nil
		})
		if taken != nil {
			return f
		}
	}
	return forms()[0]
}
