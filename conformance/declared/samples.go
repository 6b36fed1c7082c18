package declared

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// samples returns a valid request of every operation.
func (r *room) samples() map[string]suite.Sample {
	all := map[string]suite.Sample{}
	for _, a := range r.acts {
		all[a.Operation] = func(ctx context.Context, env *suite.Env) []client.Option { return r.sample(ctx, env, a) }
	}
	return all
}

func (r *room) sample(ctx context.Context, env *suite.Env, a *act) []client.Option {
	options := r.needed(env, a)
	res := a.resource
	switch {
	case res != nil && !res.canMake() && a.Verb == contract.VerbGet:
		return append(options, a.at(res.shownOne(ctx, env).line()))
	case res == nil || !res.canMake() && a.Verb != contract.VerbList:
		return append(options, r.made(env, a)...)
	case a.Verb == contract.VerbList:
		if !res.canMake() {
			return options
		}
		above := res.aboveFor(ctx, env, a)
		res.makeIn(ctx, env, a, above)
		return append(options, a.at(above.line()))
	case a.Makes(), a.Verb == contract.VerbUpsert:
		above := res.aboveFor(ctx, env, a)
		body := res.fill(ctx, env, a, above)
		return append(options, a.at(res.lineOf(env, a, above, body)), a.sent(body))
	}
	return append(options, a.request(ctx, env, res.ready(ctx, env, a))...)
}

// shownOne is one of the records that are there, another one each time, where nothing makes any.
func (res *resource) shownOne(ctx context.Context, env *suite.Env) *record {
	there := res.ends(ctx, env)
	if len(there) == 0 {
		env.Undetermined("nothing makes a %s, and no list shows what one is called", res.Name)
	}
	return there[env.Turn("a standing "+res.Name)%len(there)]
}

// needed fills parameters outside of the path that must be there.
func (r *room) needed(env *suite.Env, a *act) (options []client.Option) {
	for _, p := range a.op.Parameters {
		if !p.Required || p.Schema == nil {
			continue
		}
		switch p.In {
		case "query":
			options = append(options, client.Query(p.Name, text(r.value(env, p.Schema, p.Name))))
		case "header":
			options = append(options, client.Header(p.Name, text(r.value(env, p.Schema, p.Name))))
		}
	}
	return options
}

// made fills path and body of an operation of which nothing is known but the document.
func (r *room) made(env *suite.Env, a *act) (options []client.Option) {
	for _, p := range a.op.Parameters {
		if p.In == "path" && p.Schema != nil {
			options = append(options, client.Path(p.Name, text(r.value(env, p.Schema, p.Name))))
		}
	}
	if a.op.Body != nil && a.op.Body.Schema != nil {
		options = append(options, client.JSON(r.value(env, a.op.Body.Schema, "")))
	}
	return options
}
