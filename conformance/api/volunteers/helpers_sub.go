package volunteers

import (
	"context"
	"fmt"
	"maps"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// sub names what can be done with one kind of record below a user.
type sub struct {
	list, create, get, update, remove string // operations, "" where there is none
	id                                string // the record's placeholder in paths
	body                              func(env *suite.Env) map[string]any
	// first are changes to body of a record that leaves the flags off the later ones, nil = there are none.
	first   func(env *suite.Env) []any
	changed func(env *suite.Env) map[string]any // of a whole change, nil = body
}

// whole is the body of a change that leaves nothing out: whether a change may, the page
// leaves open.
func (s sub) whole(env *suite.Env, changes ...any) map[string]any {
	if s.changed != nil {
		return but(s.changed(env), changes...)
	}
	return but(s.body(env), changes...)
}

// owner makes a user, and a first record that has the flags which a target may give to
// the first of its kind, so that what is made then has them only when it asks for them.
func (s sub) owner(ctx context.Context, env *suite.Env) *client.Exchange {
	user := makeUser(ctx, env)
	if s.first != nil {
		s.made(ctx, env, user, s.first(env)...)
	}
	return user
}

// but is the body with some members set, given as name and value in turn.
func but(body map[string]any, changes ...any) map[string]any {
	changed := maps.Clone(body)
	for i := 0; i+1 < len(changes); i += 2 {
		changed[changes[i].(string)] = changes[i+1]
	}
	return changed
}

// less is the body without some members.
func less(body map[string]any, members ...string) map[string]any {
	left := maps.Clone(body)
	for _, member := range members {
		delete(left, member)
	}
	return left
}

// newOwner is owner, for a requirement on creating: the first record is to be taken, too.
func (s sub) newOwner(ctx context.Context, env *suite.Env) *client.Exchange {
	user := makeUser(ctx, env)
	if s.first != nil {
		env.ExpectAnswer(s.add(ctx, env, user, but(s.body(env), s.first(env)...)))
	}
	return user
}

// recordOf is the id of the record that an answer has under data.
func recordOf(exchange *client.Exchange) string { return exchange.Text("data.id") }

// all lists the records of a user.
func (s sub) all(ctx context.Context, env *suite.Env, user *client.Exchange, options ...client.Option) *client.Exchange {
	return listAll(ctx, env, s.list, append([]client.Option{of(user)}, options...)...)
}

// listed is all, for a list that the case needs to get somewhere.
func (s sub) listed(ctx context.Context, env *suite.Env, user *client.Exchange, options ...client.Option) *client.Exchange {
	return listOf(ctx, env, s.list, append([]client.Option{of(user)}, options...)...)
}

// add asks for a new record.
func (s sub) add(ctx context.Context, env *suite.Env, user *client.Exchange, body any) *client.Exchange {
	return env.Call(ctx, s.create, of(user), client.JSON(body))
}

// made creates a record that the case needs. It ends the case as undetermined
// when that fails or the answer has no id.
func (s sub) made(ctx context.Context, env *suite.Env, user *client.Exchange, changes ...any) *client.Exchange {
	record := env.Must(ctx, s.create, of(user), client.JSON(but(s.body(env), changes...)))
	if recordOf(record) == "" {
		env.Undetermined("set-up failed: what was created has no id under data\n%s", match.Show(record))
	}
	return record
}

// read asks for one record.
func (s sub) read(ctx context.Context, env *suite.Env, user *client.Exchange, record string) *client.Exchange {
	return env.Call(ctx, s.get, of(user), client.Path(s.id, record))
}

// change asks for a change of one record.
func (s sub) change(ctx context.Context, env *suite.Env, user *client.Exchange, record string, body any) *client.Exchange {
	return env.Call(ctx, s.update, of(user), client.Path(s.id, record), client.JSON(body))
}

// altered makes a change that the case needs.
func (s sub) altered(ctx context.Context, env *suite.Env, user *client.Exchange, record string, body any) *client.Exchange {
	return env.Must(ctx, s.update, of(user), client.Path(s.id, record), client.JSON(body))
}

// drop asks for the removal of one record.
func (s sub) drop(ctx context.Context, env *suite.Env, user *client.Exchange, record string) *client.Exchange {
	return env.Call(ctx, s.remove, of(user), client.Path(s.id, record))
}

// dropped removes a record as the case needs it.
func (s sub) dropped(ctx context.Context, env *suite.Env, user *client.Exchange, record string) {
	env.Must(ctx, s.remove, of(user), client.Path(s.id, record))
}

// reading reads the list of a user, as the state that a refusal leaves alone.
func (s sub) reading(env *suite.Env, user *client.Exchange) suite.Read {
	return env.Reading(s.list, of(user))
}

// states reads all that can be read of a record: itself, where it can be, and the
// list it is in.
func (s sub) states(env *suite.Env, user *client.Exchange, record string) []suite.Read {
	reads := []suite.Read{s.reading(env, user)}
	if s.get != "" {
		reads = append(reads, env.Reading(s.get, of(user), client.Path(s.id, record)))
	}
	return reads
}

// stored reads a record back and returns the answer with the record's path in it:
// by itself, or from the list where it can't be read by itself.
func (s sub) stored(ctx context.Context, env *suite.Env, user *client.Exchange, record string) (*client.Exchange, string) {
	if s.get != "" {
		answer := s.read(ctx, env, user, record)
		env.Expect(answer).To(match.Success(), "the record is to be read back")
		return answer, "data"
	}
	answer := s.all(ctx, env, user)
	env.Expect(answer).To(lists(record), "the record is to be listed")
	return answer, where(answer, record)
}

// expectStored expects the members sent in an answer and again when read back.
func (s sub) expectStored(ctx context.Context, env *suite.Env, user, answer *client.Exchange, body map[string]any) {
	expectSent(env, answer, "data", body)
	back, path := s.stored(ctx, env, user, recordOf(answer))
	expectSent(env, back, path, body)
}

// expectMissing expects what is not there not to be answered, by some refusal.
func expectMissing(env *suite.Env, exchange *client.Exchange) {
	env.Expect(exchange).To(claim{want: "a refusal (4xx) of what is not there", wrong: func(e *client.Exchange) string {
		if e.Status >= 400 && e.Status < 500 {
			return ""
		}
		return fmt.Sprintf("the status was %d", e.Status)
	}})
}

// refusedOr is for a call that may be refused, and then changes nothing, or taken. It
// returns the answer.
func refusedOr(ctx context.Context, env *suite.Env, call func() *client.Exchange, reads ...suite.Read) *client.Exchange {
	var before [][]byte
	for _, read := range reads {
		before = append(before, read(ctx))
	}
	answer := call()
	if answer.Success() {
		return answer
	}
	expectMissing(env, answer)
	for i, read := range reads {
		if changed := match.Differences(before[i], read(ctx)); len(changed) > 0 {
			env.Fail("refused with %d but written: %q changed", answer.Status, changed)
		}
	}
	return answer
}

// later lets time pass, so that what is written next has another second: with the
// clock of the case's world, else by waiting.
func later(ctx context.Context, env *suite.Env) {
	const step = 1100 * time.Millisecond
	if env.Has("worlds") {
		env.Advance(ctx, 2*step)
		return
	}
	select {
	case <-ctx.Done():
		env.Undetermined("the case ran out of time while waiting")
	case <-time.After(step):
	}
}

// expectMoved expects a change to have moved updated_at forward and left
// created_at, in its own answer and when read back.
func (s sub) expectMoved(ctx context.Context, env *suite.Env, user, before, after *client.Exchange) {
	back, path := s.stored(ctx, env, user, recordOf(before))
	for _, answer := range []struct {
		exchange *client.Exchange
		path     string
	}{{after, "data"}, {back, path}} {
		env.Expect(answer.exchange).To(same(answer.path+".created_at", before, "data.created_at"))
		env.Expect(answer.exchange).To(claim{want: "a later updated_at", wrong: func(e *client.Exchange) string {
			was, wasOne := moment(before.Get("data.updated_at"), false)
			is, isOne := moment(e.Get(answer.path+".updated_at"), false)
			if wasOne && isOne && is.After(was) {
				return ""
			}
			return fmt.Sprintf("it is %s after %s", e.Get(answer.path+".updated_at").Raw, before.Get("data.updated_at").Raw)
		}})
	}
}
