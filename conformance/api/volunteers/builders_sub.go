package volunteers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// The cases below are asked of several kinds of records alike. Each takes the
// requirement that its kind has for it.

// shapeCase lists two records of a user of its own and looks at every member. What the
// answers to creating them said, the list may not leave out.
func (s sub) shapeCase(requirement string, item kind, prepare ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: "every item has the documented members with their types",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			first, second := s.made(ctx, env, user, prepare...), s.made(ctx, env, user)
			list := s.all(ctx, env, user)
			env.ExpectAnswer(list)
			env.Expect(list).To(lists(recordOf(first), recordOf(second)))
			expectShape(env, list, "data", filled(2, item))
			for _, made := range []*client.Exchange{first, second} {
				env.Expect(list).To(tells(where(list, recordOf(made)), made, "data"))
			}
		}}
}

// echoCase creates a record with these members and expects all that was sent to come
// back, in the answer and when read.
func (s sub) echoCase(requirement, title string, changes ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := s.newOwner(ctx, env)
		body := but(s.body(env), changes...)
		answer := s.add(ctx, env, user, body)
		env.ExpectAnswer(answer)
		s.expectStored(ctx, env, user, answer, body)
	}}
}

// keepsCase is echoCase, for these members only.
func (s sub) keepsCase(requirement, title string, changes ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := s.newOwner(ctx, env)
		answer := s.add(ctx, env, user, but(s.body(env), changes...))
		env.ExpectAnswer(answer)
		s.expectStored(ctx, env, user, answer, but(map[string]any{}, changes...))
	}}
}

// badCase expects a body that is good but for one change to be refused, and not as a
// conflict: nothing in it was ever sent before. The same body without the change is
// taken first.
func (s sub) badCase(requirement, title string, spoil func(body map[string]any) map[string]any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		s.made(ctx, env, user)
		refusal := env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return s.add(ctx, env, user, spoil(s.body(env)))
		}, s.reading(env, user))
		env.Expect(refusal).ToNot(match.Status(http.StatusConflict), "there is nothing to be in conflict with")
	}}
}

// withoutCase expects a record without the member to be refused.
func (s sub) withoutCase(requirement, member string) suite.Case {
	return s.badCase(requirement, "a body without "+member+" is refused", func(body map[string]any) map[string]any {
		return less(body, member)
	})
}

// withCase expects a record whose member has that value to be refused.
func (s sub) withCase(requirement, member string, value any) suite.Case {
	shown, _ := json.Marshal(value) // a value of a body always marshals
	return s.badCase(requirement, fmt.Sprintf("%s %s is refused", member, shown), func(body map[string]any) map[string]any {
		return but(body, member, value)
	})
}

// unheardCase expects a record that names what does not exist to be refused.
func (s sub) unheardCase(requirement, member string, name any) suite.Case {
	return suite.Case{Requirement: requirement, Title: "an unknown " + member + " is refused",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			s.made(ctx, env, user)
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return s.add(ctx, env, user, but(s.body(env), member, name))
			}, s.reading(env, user))
		}}
}

// needCase expects a change without the member to be refused, or to leave the member as
// it was: whether a change may be a partial one, the page leaves open.
func (s sub) needCase(requirement, member string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a change without " + member + " is refused or leaves it",
		Check: func(ctx context.Context, env *suite.Env) {
			user := s.owner(ctx, env)
			id := recordOf(s.made(ctx, env, user))
			before := s.altered(ctx, env, user, id, s.whole(env))
			answer := refusedOr(ctx, env, func() *client.Exchange {
				return s.change(ctx, env, user, id, less(s.whole(env), member))
			}, s.states(env, user, id)...)
			back, path := s.stored(ctx, env, user, id)
			if answer.Success() {
				env.Expect(back).To(match.Present(path + "." + member))
				env.Expect(back).To(same(path+"."+member, before, "data."+member), "what was left out stays")
				return
			}
			env.Expect(back).To(sameBut(path, before, "data"), "what was refused changes nothing")
		}}
}

// ownerCase expects a new record, and the record read, to name the user in the
// path as its own, for two users.
func (s sub) ownerCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "user_id is the user in the path",
		Check: func(ctx context.Context, env *suite.Env) {
			for range 2 {
				user := makeUser(ctx, env)
				answer := s.add(ctx, env, user, s.body(env))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(texts("data.user_id", gomega.ConsistOf(user.Text("id"))))
				back, path := s.stored(ctx, env, user, recordOf(answer))
				env.Expect(back).To(texts(path+".user_id", gomega.ConsistOf(user.Text("id"))))
			}
		}}
}

// growsCase expects a new record in the list, beside those that were there.
func (s sub) growsCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a new one is listed beside the others",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			s.made(ctx, env, user)
			before := s.listed(ctx, env, user)
			answer := s.add(ctx, env, user, s.body(env))
			env.ExpectAnswer(answer)
			after := s.all(ctx, env, user)
			env.Expect(after).To(match.Success())
			env.Expect(before).To(lacks(recordOf(answer)))
			env.Expect(after).To(listsOnly(append(before.Texts("data.#.id"), recordOf(answer))...))
		}}
}

// foreignCase expects each of two users' lists to have their own record, and none that
// the other's has.
func (s sub) foreignCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "each of two users has their own list",
		Check: func(ctx context.Context, env *suite.Env) {
			users := []*client.Exchange{makeUser(ctx, env), makeUser(ctx, env)}
			records := []string{recordOf(s.made(ctx, env, users[0])), recordOf(s.made(ctx, env, users[1]))}
			var seen []string
			for i, user := range users {
				list := s.all(ctx, env, user)
				env.ExpectAnswer(list)
				env.Expect(list).To(lists(records[i]))
				for _, other := range append(seen, records[1-i]) {
					env.Expect(list).To(lacks(other))
				}
				seen = list.Texts("data.#.id")
			}
		}}
}

// readCase expects each of two records to be read as it was answered when created.
func (s sub) readCase(requirement string, changes ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is read as creating it answered",
		Check: func(ctx context.Context, env *suite.Env) {
			user := s.owner(ctx, env)
			created := []*client.Exchange{s.made(ctx, env, user), s.made(ctx, env, user, changes...)}
			apart(env, created...)
			for _, record := range created {
				answer := s.read(ctx, env, user, recordOf(record))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(same("data", record, "data"))
			}
		}}
}

// apart expects records that were made one after the other to have ids of their own.
func apart(env *suite.Env, records ...*client.Exchange) {
	seen := map[string]bool{}
	for _, record := range records {
		id := recordOf(record)
		env.Expect(seen).ToNot(gomega.HaveKey(id), "each record has an id of its own")
		seen[id] = true
	}
}

// changeCase changes a record to these members and expects them in the answer and
// when read back. The change has a full body, so that it is good whether a change may
// leave things out or not; without members, all of that body is new.
func (s sub) changeCase(requirement, title string, changes ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := s.owner(ctx, env)
		record := s.made(ctx, env, user)
		body := s.whole(env, changes...)
		answer := s.change(ctx, env, user, recordOf(record), body)
		env.ExpectAnswer(answer)
		env.Expect(answer).To(texts("data.id", gomega.ConsistOf(recordOf(record))))
		if len(changes) > 0 {
			body = but(map[string]any{}, changes...)
		}
		s.expectStored(ctx, env, user, answer, body)
	}}
}
