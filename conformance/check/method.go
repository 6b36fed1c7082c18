package check

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// unsupported is unsupported_method: what no operation of this path answers to
// is refused.
func unsupported(ctx context.Context, env *suite.Env, op *contract.Operation) {
	methods := missing(env, op)
	if len(methods) == 0 {
		env.NotApplicable("the path has every method")
	}
	valid := env.Sample(ctx, op.ID)
	for _, method := range methods {
		options := with(valid, client.Method(method))
		if method == "GET" || method == "DELETE" {
			options = append(options, client.NoBody())
		}
		env.ExpectRefused(env.Call(ctx, op.ID, options...))
	}
	control(ctx, env, op, valid)
}

// missing lists the methods that no operation has whose path could be the same.
func missing(env *suite.Env, op *contract.Operation) []string {
	taken := map[string]bool{}
	for _, other := range env.Contract().Operations {
		if overlap(op.Path, other.Path) {
			taken[env.Method(other)] = true
			for _, method := range other.OtherMethods { // an alias that no document excludes
				taken[method] = true
			}
		}
	}
	var methods []string
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		if !taken[method] {
			methods = append(methods, method)
		}
	}
	return methods
}

// overlap says whether one path can match both templates.
func overlap(a, b string) bool {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	if len(as) != len(bs) {
		return false
	}
	for i := range as {
		if as[i] != bs[i] && !strings.Contains(as[i], "{") && !strings.Contains(bs[i], "{") {
			return false
		}
	}
	return true
}
