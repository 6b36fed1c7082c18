package kit

import (
	"context"
	"strconv"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// The checks below are of any kind of record alike: which requirement is kept by which, the
// room says.

// ListsBoth makes two records, the first of them with the changes, and expects both in the
// list, in which every record passes the check. What the answers to creating them said, the list
// may not leave out.
func (r Resource) ListsBoth(record ValueCheck, changes ...Body) Check {
	return func(ctx context.Context, env *suite.Env) {
		r := r.Alone(ctx, env)
		first, second := r.Made(ctx, env, changes...), r.Made(ctx, env)
		list := r.All(ctx, env)
		env.ExpectAnswer(list)
		env.Expect(list).To(r.Items.Has(r.IDOf(first), r.IDOf(second)))
		ExpectShape(env, list, string(r.Items), Array(2, record))
		for _, made := range []*client.Exchange{first, second} {
			env.Expect(list).To(Tells(env, r.Items.Place(list, r.IDOf(made)), made, r.Record))
		}
	}
}

// Echoes makes a record with the changes and expects all that was sent to come back, in the
// answer and when read.
func (r Resource) Echoes(changes ...Body) Check {
	return func(ctx context.Context, env *suite.Env) {
		r.Begun(ctx, env).ExpectMade(ctx, env, With(r.Body(env), changes...), nil)
	}
}

// Keeps is Echoes for the members of the change alone.
func (r Resource) Keeps(change func(env *suite.Env) Body) Check {
	return func(ctx context.Context, env *suite.Env) {
		want := change(env)
		r.Begun(ctx, env).ExpectMade(ctx, env, want, want)
	}
}

// ExpectMade makes a record with the change and expects what is wanted in the answer and when
// read back; nil is all that was sent. It returns the answer.
func (r Resource) ExpectMade(ctx context.Context, env *suite.Env, change, want Body) *client.Exchange {
	sent := With(r.Body(env), change)
	answer := r.Send(ctx, env, sent)
	env.ExpectAnswer(answer)
	if want == nil {
		want = sent
	}
	r.ExpectStored(ctx, env, answer, want)
	return answer
}

// Refuses expects a new record with any one of the changes to be refused; see ExpectRefuses.
func (r Resource) Refuses(changes ...Body) Check {
	return func(ctx context.Context, env *suite.Env) {
		r := r.Alone(ctx, env)
		for _, change := range changes {
			r.ExpectRefuses(ctx, env, change)
		}
	}
}

// ExpectRefuses expects a new record with the change to be refused and nothing of it to be
// written, where the same record without is taken. It returns the refusal.
func (r Resource) ExpectRefuses(ctx context.Context, env *suite.Env, change Body) *client.Exchange {
	good := r.Body(env)
	wrong := With(good, change)
	attempt := Attempt{Operation: r.Creates, Options: Also(r.above, client.JSON(good)), Reads: r.Traces(env, wrong), Undo: r.Undo}
	return attempt.Refused(ctx, env, env, client.JSON(wrong))
}

// Grows expects a new record in the list, beside those that were there.
func (r Resource) Grows(ctx context.Context, env *suite.Env) {
	r = r.Alone(ctx, env)
	r.Made(ctx, env)
	before := r.Listed(ctx, env)
	answer := r.Send(ctx, env, r.Body(env))
	env.ExpectAnswer(answer)
	after := r.All(ctx, env)
	env.Expect(after).To(match.Success())
	env.Expect(before).To(r.Items.Lacks(r.IDOf(answer)))
	env.Expect(after).To(r.Items.Only(append(r.Items.IDs(before), r.IDOf(answer))...))
}

// ListsApart expects each of two owners' lists to have their own record, the second of them made
// with the changes, and none that the other's has. Records are told apart by their ids, or by what
// else they say where each owner's are numbered by themselves.
func (r Resource) ListsApart(ctx context.Context, env *suite.Env, second ...Body) {
	owners := []Resource{r.Alone(ctx, env), r.Alone(ctx, env)}
	made := []*client.Exchange{owners[0].Made(ctx, env), owners[1].Made(ctx, env, second...)}
	numbered := r.IDOf(made[0]) == r.IDOf(made[1])
	var seen []string
	for i, own := range owners {
		list := own.All(ctx, env)
		env.ExpectAnswer(list)
		env.Expect(list).To(r.Items.Has(r.IDOf(made[i])))
		if numbered {
			r.expectApart(env, list, made[i], made[1-i])
			continue
		}
		for _, other := range append(seen, r.IDOf(made[1-i])) {
			env.Expect(list).To(r.Items.Lacks(other))
		}
		seen = r.Items.IDs(list)
	}
}

// expectApart expects a list to show the one record, and none that says what the other does.
func (r Resource) expectApart(env *suite.Env, list, own, other *client.Exchange) {
	what := func(e *client.Exchange, path string) []byte { return []byte(Said(env, e).Get(Path(path)).Raw) }
	env.Expect(list).To(Same(env, r.Items.Place(list, r.IDOf(own)), own, r.Record))
	if match.Changes(what(own, r.Record), what(other, r.Record), "id", "created_at", "updated_at") == "" {
		env.NotApplicable("records of two owners have the same id, and nothing else tells them apart\n%s", match.Show(list))
	}
	for i := range r.Items.IDs(list) {
		shown := what(list, Path(string(r.Items), strconv.Itoa(i)))
		env.Expect(match.Changes(what(other, r.Record), shown, "id", "created_at", "updated_at")).ToNot(gomega.BeEmpty(),
			"a record of another owner is listed\n%s", match.Show(list))
	}
}

// ReadsBack expects each of two records, the second made with the change, to have an id of
// its own and to be read as it was answered when it was made.
func (r Resource) ReadsBack(change func(env *suite.Env) Body) Check {
	return func(ctx context.Context, env *suite.Env) {
		r := r.Owned(ctx, env)
		made := []*client.Exchange{r.Made(ctx, env), r.Made(ctx, env, change(env))}
		r.Distinct(env, made...)
		for _, record := range made {
			answer := r.Get(ctx, env, r.IDOf(record))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(Same(env, r.Record, record, r.Record))
		}
	}
}

// Distinct expects records that were made one after the other to have ids of their own.
func (r Resource) Distinct(env *suite.Env, records ...*client.Exchange) {
	seen := map[string]bool{}
	for _, record := range records {
		env.Expect(seen).ToNot(gomega.HaveKey(r.IDOf(record)), "each record has an id of its own")
		seen[r.IDOf(record)] = true
	}
}
