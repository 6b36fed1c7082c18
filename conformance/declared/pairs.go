package declared

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// pairs are two requests for two records that differ in all they can: of members with few values
// two that are made by chance may have the same.
func (r *room) pairs() map[string]suite.Pair {
	all := map[string]suite.Pair{}
	for _, a := range r.acts {
		if a.Verb != contract.VerbGet || a.resource == nil || !a.resource.canMake() {
			continue
		}
		all[a.Operation] = func(ctx context.Context, env *suite.Env) (one, other []client.Option) {
			res := a.resource
			first := res.ready(ctx, env, a)
			maker, changes := res.maker(), kit.Body{}
			for _, p := range maker.input().Flat() {
				if len(p.Schema.Enum) == 0 && p.Schema.Type != "boolean" {
					continue
				}
				if value, ok := res.another(ctx, env, maker, first, p); ok {
					changes[p.Name] = value
				}
			}
			second := res.make(ctx, env, res.parent(ctx, env), changes)
			needed := r.needed(env, a)
			return kit.Also(needed, a.request(ctx, env, first)...), kit.Also(needed, a.request(ctx, env, second)...)
		}
	}
	return all
}
