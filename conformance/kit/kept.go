package kit

import (
	"context"
	"maps"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// Kept is what writes of a resource are asked to keep as it was sent.
type Kept struct {
	Resource
	Own    func(env *suite.Env) map[string][]any // values of members, for Rounds, in place of awkward ones; nil = none
	But    func(env *suite.Env) []string         // members that are not looked at; nil = none
	Shown  func(id string) []client.Option       // finds the record in the list; nil = all are listed
	Follow []string                              // what the list says as the record says it, though nobody sends it
	Twins  bool                                  // whether there is no reason to refuse two records of the same content
}

// ByCreating expects what new records are sent to be answered, read and listed so.
func (k Kept) ByCreating(ctx context.Context, env *suite.Env) {
	k.Resource = k.Owned(ctx, env)
	taken := 0
	for round := range Rounds - 1 { // the last is of plain values
		taken += k.written(ctx, env, k.values(env, k.Creates, round), func(values Body) *client.Exchange {
			return k.Send(ctx, env, With(k.Body(env), values))
		})
	}
	k.decided(env, taken)
}

// ByChanging expects what one record is sent with one change after the other to be answered,
// read and listed so, and the records made before and after it, of the same content if that may
// be, to stay what they were.
func (k Kept) ByChanging(ctx context.Context, env *suite.Env) {
	k.Resource = k.Owned(ctx, env)
	body := k.Body(env)
	given := k.Resource
	given.Body = func(*suite.Env) Body { return body }
	first := given.Made(ctx, env)
	id, others := k.twin(ctx, env, body), []string{k.IDOf(first)}
	if another := k.another(ctx, env, body); another != "" { // a target may take no more than so many
		others = append(others, another)
	}
	before, places := k.storedAll(ctx, env, others)
	taken := 0
	for round := range Rounds {
		taken += k.written(ctx, env, k.values(env, k.Updates, round), func(values Body) *client.Exchange {
			return k.Change(ctx, env, id, k.WholeBody(env, values))
		})
	}
	after, now := k.storedAll(ctx, env, others)
	for i := range others {
		env.Expect(after[i]).To(Same(env, now[i], before[i], places[i]), "a record that was the same before the changes")
	}
	k.decided(env, taken)
}

func (k Kept) values(env *suite.Env, operation string, round int) Body {
	var own map[string][]any
	var but []string
	if k.Own != nil {
		own = k.Own(env)
	}
	if k.But != nil {
		but = k.But(env)
	}
	return AwkwardBody(env, operation, round, own, but...)
}

// twin makes a record of the body, or one like it where that is refused.
func (k Kept) twin(ctx context.Context, env *suite.Env, body Body) string {
	if another := k.another(ctx, env, body); another != "" {
		return another
	}
	return k.IDOf(k.Made(ctx, env))
}

// another is twin, "" where both are refused.
func (k Kept) another(ctx context.Context, env *suite.Env, body Body) string {
	if k.Twins {
		if made := k.Send(ctx, env, body); made.Success() && k.IDOf(made) != "" {
			return k.IDOf(made)
		}
	}
	if made := k.Send(ctx, env, k.Body(env)); made.Success() {
		return k.IDOf(made)
	}
	return ""
}

func (k Kept) storedAll(ctx context.Context, env *suite.Env, ids []string) (reads []*client.Exchange, places []string) {
	for _, id := range ids {
		read, place := k.Stored(ctx, env, id)
		reads, places = append(reads, read), append(places, place)
	}
	return reads, places
}

// decided ends a case that could look at nothing: what a member may hold besides what the
// documents say of it, they leave to the target.
func (k Kept) decided(env *suite.Env, taken int) {
	if taken == 0 {
		env.NotApplicable("the target takes none of the values")
	}
}

// written writes all values at once or, where that is refused, one after the other, and returns
// how many were taken.
func (k Kept) written(ctx context.Context, env *suite.Env, values Body, write func(Body) *client.Exchange) (taken int) {
	if answer := write(values); answer.Success() {
		k.expect(ctx, env, answer, values)
		return len(values)
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		one := Body{name: values[name]}
		if answer := write(one); answer.Success() {
			k.expect(ctx, env, answer, one)
			taken++
		}
	}
	return taken
}

// expect expects the values in the answer and in the record, and the list to say what the
// record says, as far as it shows that.
func (k Kept) expect(ctx context.Context, env *suite.Env, answer *client.Exchange, values Body) {
	ExpectSent(env, answer, k.Record, values)
	id := k.IDOf(answer)
	read, at := k.Stored(ctx, env, id)
	ExpectSent(env, read, at, values)
	if k.Gets == "" {
		return // it was read from the list
	}
	var options []client.Option
	if k.Shown != nil {
		options = k.Shown(id)
	}
	list := k.All(ctx, env, options...)
	env.Expect(list).To(match.Success())
	env.Expect(list).To(k.Items.Has(id))
	place := k.Items.Place(list, id)
	for _, name := range slices.Concat(slices.Sorted(maps.Keys(values)), k.Follow) {
		if list.Get(Path(place, name)).Exists() {
			env.Expect(list).To(Same(env, Path(place, name), read, Path(at, name)), "the list says what the record says")
		}
	}
}
