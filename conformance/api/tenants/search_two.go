package tenants

import (
	"context"
	"fmt"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// ofTwo searches by criteria of two users, and by one of a user beside what nobody has.
func ofTwo(ctx context.Context, env *suite.Env) {
	bodies := []map[string]any{person(env), person(env)}
	one := criteriaOf(env, makeOf(ctx, env, bodies[0]), bodies[0])
	other := criteriaOf(env, makeOf(ctx, env, bodies[1]), bodies[1])
	inPairs(ctx, env, one, other)
	inPairs(ctx, env, one, nobodysCriteria(env))
	for _, name := range criteria() { // all three, one of them the other user's
		asked := []client.Option{client.Query(name, other[name])}
		for _, also := range criteria() {
			if also != name {
				asked = append(asked, client.Query(also, one[also]))
			}
		}
		env.ExpectRefused(search(ctx, env, asked...))
	}
	deactivate(ctx, env, fmt.Sprint(one["userId"])) // who is ended is found by no half of them, either
	inPairs(ctx, env, one, other)
}

// inPairs searches by each criterion of a user beside each other one of somebody else.
func inPairs(ctx context.Context, env *suite.Env, one, other map[string]any) {
	for _, name := range criteria() {
		for _, also := range criteria() {
			if name != also {
				env.ExpectRefused(search(ctx, env, client.Query(name, one[name]), client.Query(also, other[also])))
			}
		}
	}
}
