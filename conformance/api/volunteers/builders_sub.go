package volunteers

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// The cases below are asked of several kinds of records alike. Each takes the
// requirement that its kind has for it.

// shapeCase lists two records of a user of its own and looks at every member.
func (s sub) shapeCase(requirement string, item kind, prepare ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: "every item has the documented members with their types", Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		first, second := s.made(ctx, env, user, prepare...), s.made(ctx, env, user)
		list := s.all(ctx, env, user)
		env.ExpectAnswer(list)
		env.Expect(list).To(lists(recordOf(first), recordOf(second)))
		expectShape(env, list, "data", filled(2, item))
	}}
}

// echoCase creates a record with these members and expects what was sent to come
// back, in the answer and when read.
func (s sub) echoCase(requirement, title string, changes ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		body := but(s.body(env), changes...)
		answer := s.add(ctx, env, user, body)
		env.ExpectAnswer(answer)
		s.expectStored(ctx, env, user, answer, body)
	}}
}

// badCase expects a body that is good but for one change to be refused. The same
// body without the change is taken, so that it is the change that is refused.
func (s sub) badCase(requirement, title string, spoil func(body map[string]any) map[string]any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		s.made(ctx, env, user)
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return s.add(ctx, env, user, spoil(s.body(env)))
		}, s.reading(env, user))
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

// needCase expects a change without the member to be refused. A target read
// acceptingly may take it as a partial change: then the member stays.
func (s sub) needCase(requirement, member string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a change without " + member + " is refused", Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		id := recordOf(s.made(ctx, env, user))
		s.changed(ctx, env, user, id, s.body(env))
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return s.change(ctx, env, user, id, less(s.body(env), member))
		}, s.states(env, user, id)...)
	}}
}

// ownerCase expects a new record, and the record read, to name the user in the
// path as its own, for two users.
func (s sub) ownerCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "user_id is the user in the path", Check: func(ctx context.Context, env *suite.Env) {
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

// growsCase expects a new record in the list and the total to grow by one.
func (s sub) growsCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a new one is listed and counted", Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		s.made(ctx, env, user)
		before := s.listed(ctx, env, user)
		answer := s.add(ctx, env, user, s.body(env))
		env.ExpectAnswer(answer)
		after := s.all(ctx, env, user)
		env.Expect(after).To(match.Success())
		env.Expect(before).To(lacks(recordOf(answer)))
		env.Expect(after).To(lists(append(before.Texts("data.#.id"), recordOf(answer))...))
		env.Expect(after).To(sent("meta.pagination.total", int(before.Get("meta.pagination.total").Int())+1, env.Strict()))
	}}
}

// readCase expects a record to be read as it was answered when created.
func (s sub) readCase(requirement string, changes ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is read as creating it answered", Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		s.made(ctx, env, user)
		created := s.made(ctx, env, user, changes...)
		answer := s.read(ctx, env, user, recordOf(created))
		env.ExpectAnswer(answer)
		env.Expect(answer).To(same("data", created, "data"))
	}}
}

// changeCase changes a record to these members and expects them in the answer and
// when read back. A whole change carries a full body of its own, else only these.
func (s sub) changeCase(requirement, title string, whole bool, changes ...any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		record := s.made(ctx, env, user)
		body := but(map[string]any{}, changes...)
		if whole {
			body = but(s.body(env), changes...)
		}
		answer := s.change(ctx, env, user, recordOf(record), body)
		env.ExpectAnswer(answer)
		env.Expect(answer).To(texts("data.id", gomega.ConsistOf(recordOf(record))))
		s.expectStored(ctx, env, user, answer, body)
	}}
}

// flagCases expect the flag on one record at most, whether it comes with a new
// record or with a change.
func (s sub) flagCases(requirement, flag string, whole bool) []suite.Case {
	return []suite.Case{
		{Requirement: requirement, Title: "a new one with " + flag + " takes it from the others", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			s.made(ctx, env, user, flag, false)
			for range 2 {
				answer := s.add(ctx, env, user, but(s.body(env), flag, true))
				env.ExpectAnswer(answer)
				env.Expect(s.all(ctx, env, user)).To(onlyFlagged(flag, recordOf(answer)))
			}
		}},
		{Requirement: requirement, Title: "a change that sets " + flag + " takes it from the others", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			first, second := s.made(ctx, env, user, flag, true), s.made(ctx, env, user, flag, false)
			for _, record := range []*client.Exchange{second, first} {
				body := map[string]any{flag: true}
				if whole {
					body = but(s.body(env), flag, true)
				}
				env.ExpectAnswer(s.change(ctx, env, user, recordOf(record), body))
				env.Expect(s.all(ctx, env, user)).To(onlyFlagged(flag, recordOf(record)))
			}
		}},
	}
}

// unknownCases expect what does not exist to be neither read, changed nor removed,
// as far as the kind has operations for it and they are asked about.
func (s sub) unknownCases(requirement string, operations ...string) []suite.Case {
	var cases []suite.Case
	for _, operation := range operations {
		cases = append(cases, suite.Case{Requirement: requirement, Title: operation + " refuses an unknown record", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			record := s.made(ctx, env, user)
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				options := []client.Option{of(user), client.Path(s.id, unknownID)}
				if operation == s.update {
					options = append(options, client.JSON(s.body(env)))
				}
				return env.Call(ctx, operation, options...)
			}, s.states(env, user, recordOf(record))...)
		}})
	}
	return cases
}

// goneTwiceCase expects a record that was deleted not to be there to be deleted.
func (s sub) goneTwiceCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "deleting a second time is refused", Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		s.made(ctx, env, user)
		id := recordOf(s.made(ctx, env, user))
		s.dropped(ctx, env, user, id)
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return s.drop(ctx, env, user, id)
		}, s.reading(env, user))
	}}
}

// datedCase expects both times of a record to be date-times in every answer, and
// updated_at not before created_at.
func (s sub) datedCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "both times are date-times in every answer", Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		created := s.made(ctx, env, user)
		id := recordOf(created)
		read := s.read(ctx, env, user, id)
		later(ctx, env)
		changed := s.change(ctx, env, user, id, s.body(env))
		list := s.all(ctx, env, user)
		for _, answer := range []*client.Exchange{created, read, changed} {
			env.ExpectAnswer(answer)
			expectShape(env, answer, "data", isDated)
		}
		env.ExpectAnswer(list)
		env.Expect(list).To(lists(id))
		expectShape(env, list, "data", filled(1, isDated))
	}}
}
