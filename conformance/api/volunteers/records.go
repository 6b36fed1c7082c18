package volunteers

import (
	"context"
	"fmt"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// data is where answers have lists of records.
const data kit.List = "data"

// sub is one kind of record below a user.
type sub struct{ kit.Resource }

// underUser completes a resource by what all kinds of records below a user have in common.
func underUser(r kit.Resource) sub {
	r.Record, r.Items, r.Pages = "data", data, wholeList
	r.Owner = func(ctx context.Context, env *suite.Env) []client.Option {
		return []client.Option{of(makeUser(ctx, env))}
	}
	return sub{r}
}

// of returns the records of a user.
func (s sub) of(user *client.Exchange) kit.Resource { return s.Below(of(user)) }

// owner makes a user, and a first record that has the flags which a target may give to
// the first of its kind, so that what is made then has them only when it asks for them.
func (s sub) owner(ctx context.Context, env *suite.Env) *client.Exchange {
	user := makeUser(ctx, env)
	if s.First != nil {
		s.of(user).Made(ctx, env, s.First(env))
	}
	return user
}

// keeps expects a record not to be deleted, and to be the one that is listed.
func (s sub) keeps(ctx context.Context, env *suite.Env, user *client.Exchange, record string) *client.Exchange {
	s.dismissed(ctx, env, user)
	refusal := s.undeletable(ctx, env, user, record)
	env.Expect(s.of(user).Listed(ctx, env)).To(data.Only(record))
	return refusal
}

// recordOf is the id of the record that an answer has under data.
func recordOf(exchange *client.Exchange) string { return exchange.Text("data.id") }

// expectMoved expects a change to have moved updated_at forward and left
// created_at, in its own answer and when read back.
func (s sub) expectMoved(ctx context.Context, env *suite.Env, user, before, after *client.Exchange) {
	back, path := s.of(user).Stored(ctx, env, recordOf(before))
	for _, answer := range []struct {
		exchange *client.Exchange
		path     string
	}{{after, "data"}, {back, path}} {
		env.Expect(answer.exchange).To(kit.Same(env, answer.path+".created_at", before, "data.created_at"))
		env.Expect(answer.exchange).To(match.That("a later updated_at", func(e *client.Exchange) string {
			was, wasOne := kit.Instant(before.Get("data.updated_at"), false)
			is, isOne := kit.Instant(e.Get(answer.path+".updated_at"), false)
			if wasOne && isOne && is.After(was) {
				return ""
			}
			return fmt.Sprintf("it is %s after %s", e.Get(answer.path+".updated_at").Raw, before.Get("data.updated_at").Raw)
		}))
	}
}
