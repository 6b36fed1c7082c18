package kit

import (
	"context"
	"maps"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// Changes changes a record to the members and expects them in the answer and when read back;
// see ExpectChanged.
func (r Resource) Changes(members func(env *suite.Env) Body) Check {
	return func(ctx context.Context, env *suite.Env) {
		r := r.Owned(ctx, env)
		r.ExpectChanged(ctx, env, r.IDOf(r.Made(ctx, env)), members(env), nil)
	}
}

// ExpectChanged changes a record by a whole body with the change, so that it is good whether
// one may leave things out or not. It expects what is wanted in the answer and when read back:
// nil is the change, or the whole body where the change has no members. It returns the answer.
func (r Resource) ExpectChanged(ctx context.Context, env *suite.Env, id string, change, want Body) *client.Exchange {
	sent := r.WholeBody(env, change)
	answer := r.Change(ctx, env, id, sent)
	env.ExpectAnswer(answer)
	env.Expect(answer).To(Texts(Path(r.Record, "id"), gomega.ConsistOf(id)))
	switch {
	case want == nil && len(change) > 0:
		want = change
	case want == nil:
		want = sent
	}
	r.ExpectStored(ctx, env, answer, want)
	return answer
}

// ExpectStays makes the change of a record and expects all other members to say what they said
// at a path of an earlier answer, but for the excepted.
func (r Resource) ExpectStays(ctx context.Context, env *suite.Env, id string, change Body,
	before *client.Exchange, path string, except ...string) {
	answer := r.Change(ctx, env, id, change)
	env.ExpectAnswer(answer)
	except = append(except, slices.Collect(maps.Keys(change))...)
	back, place := r.Stored(ctx, env, id)
	for _, seen := range []struct {
		answer *client.Exchange
		path   string
	}{{answer, r.Record}, {back, place}} {
		ExpectSent(env, seen.answer, seen.path, change)
		env.Expect(seen.answer).To(Same(env, seen.path, before, path, except...))
	}
}

// Unknown expects a call of the operation on a record that is not there to be refused, and
// one that is there to be left alone.
func (r Resource) Unknown(operation string) Check {
	return func(ctx context.Context, env *suite.Env) {
		r := r.Owned(ctx, env)
		known := r.IDOf(r.Made(ctx, env))
		options := r.At(env.UnknownID(known))
		if operation == r.Updates {
			options = Also(options, client.JSON(r.WholeBody(env)))
		}
		refused := func() *client.Exchange { return env.Call(ctx, operation, options...) }
		env.ExpectRefusedUnchanged(ctx, refused, r.Reads(env, known)...)
	}
}

// GoneTwice expects a record that was removed not to be there to be removed.
func (r Resource) GoneTwice(ctx context.Context, env *suite.Env) {
	r = r.Owned(ctx, env)
	r.Made(ctx, env)
	id := r.IDOf(r.Made(ctx, env))
	r.Removed(ctx, env, id)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return r.Remove(ctx, env, id) }, env.StateOf(r.Lists, r.above...))
}
