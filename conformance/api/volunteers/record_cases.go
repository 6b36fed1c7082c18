package volunteers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// The cases below are asked of several kinds of records alike. Each takes the
// requirement that its kind has for it.

func (s sub) shapeCase(requirement string, item kit.ValueCheck, changes ...kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: "every item has the documented members with their types",
		Check: s.ListsBoth(item, changes...)}
}

func (s sub) echoCase(requirement, title string, changes ...kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: s.Echoes(changes...)}
}

func (s sub) keepsCase(requirement, title string, change kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: s.Keeps(func(*suite.Env) kit.Body { return change })}
}

func (s sub) growsCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a new one is listed beside the others", Check: s.Grows}
}

func (s sub) foreignCase(requirement string, second ...func(env *suite.Env) kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: "each of two users has their own list",
		Check: func(ctx context.Context, env *suite.Env) {
			var changes []kit.Body
			for _, change := range second {
				changes = append(changes, change(env))
			}
			s.ListsApart(ctx, env, changes...)
		}}
}

func (s sub) readCase(requirement string, changes ...kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is read as creating it answered",
		Check: s.ReadsBack(func(*suite.Env) kit.Body {
			return kit.With(kit.Body{}, changes...)
		})}
}

func (s sub) changeCase(requirement, title string, changes ...kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: s.Changes(func(*suite.Env) kit.Body {
		return kit.With(kit.Body{}, changes...)
	})}
}

// valuesCase changes one record to each of the values in turn.
func (s sub) valuesCase(requirement, member string, values ...string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "the " + member + " is changed to each of its values",
		Check: func(ctx context.Context, env *suite.Env) {
			own := s.Owned(ctx, env)
			id := recordOf(own.Made(ctx, env))
			for _, value := range values {
				own.ExpectChanged(ctx, env, id, kit.Body{member: value}, nil)
			}
		}}
}

func (s sub) unheardCase(requirement, member string, name func(*suite.Env) any) suite.Case {
	return suite.Case{Requirement: requirement, Title: "an unknown " + member + " is refused",
		Check: func(ctx context.Context, env *suite.Env) { s.Refuses(kit.Body{member: name(env)})(ctx, env) }}
}

func (s sub) goneTwiceCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "deleting a second time is refused", Check: s.GoneTwice}
}

// badCase expects a body with the change to be refused, and not as a conflict: nothing in
// it was ever sent before.
func (s sub) badCase(requirement, title string, change kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		refusal := s.Alone(ctx, env).ExpectRefuses(ctx, env, change)
		env.Expect(refusal).ToNot(match.Status(http.StatusConflict), "there is nothing to be in conflict with")
	}}
}

func (s sub) withoutCase(requirement, member string) suite.Case {
	return s.badCase(requirement, "a body without "+member+" is refused", kit.Without(member))
}

func (s sub) withCase(requirement, member string, value any) suite.Case {
	shown, _ := json.Marshal(value) // a value of a body always marshals
	return s.badCase(requirement, fmt.Sprintf("%s %s is refused", member, shown), kit.Body{member: value})
}

// unknownCases expect what does not exist to be neither read, changed nor removed,
// as far as the kind has operations for it and they are asked about.
func (s sub) unknownCases(requirement string, operations ...string) []suite.Case {
	return kit.Each(requirement, "%s refuses an unknown record", operations,
		func(ctx context.Context, env *suite.Env, operation string) {
			s.Unknown(operation)(ctx, env)
		})
}

// needCase expects a change without the member to be refused, or to leave the member as
// it was: whether a change may be a partial one, the page leaves open.
func (s sub) needCase(requirement, member string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a change without " + member + " is refused or leaves it",
		Check: func(ctx context.Context, env *suite.Env) {
			own := s.Owned(ctx, env)
			id := recordOf(own.Made(ctx, env))
			before := own.Changed(ctx, env, id, s.WholeBody(env))
			answer := kit.TakenOrRefused(ctx, env, func() *client.Exchange {
				return own.Change(ctx, env, id, s.WholeBody(env, kit.Without(member)))
			}, own.Reads(env, id)...)
			back, path := own.Stored(ctx, env, id)
			if answer.Success() {
				env.Expect(back).To(match.Present(path + "." + member))
				env.Expect(back).To(kit.Same(env, path+"."+member, before, "data."+member), "what was left out stays")
				return
			}
			env.Expect(back).To(kit.Same(env, path, before, "data"), "what was refused changes nothing")
		}}
}

// ownerCase expects a new record, and the record read, to name the user in the
// path as its own, for two users.
func (s sub) ownerCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "user_id is the user in the path",
		Check: func(ctx context.Context, env *suite.Env) {
			for range 2 {
				user := makeUser(ctx, env)
				answer := s.of(user).Send(ctx, env, s.Body(env))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(kit.Texts("data.user_id", gomega.ConsistOf(user.Text("id"))))
				back, path := s.of(user).Stored(ctx, env, recordOf(answer))
				env.Expect(back).To(kit.Texts(path+".user_id", gomega.ConsistOf(user.Text("id"))))
			}
		}}
}

// removedCases delete records that are not primary: two in turn beside a primary one,
// the only one there is, and one that was primary before. What a target makes primary
// by itself is left alone. Readable says whether what was deleted may still be read.
func (s sub) removedCases(requirement string, readable bool) []suite.Case {
	gone := func(ctx context.Context, env *suite.Env, user *client.Exchange, record string) {
		before := s.of(user).Listed(ctx, env)
		path := data.Place(before, record)
		if kit.Alike(before.Get(path+".primary"), true, false) {
			env.NotApplicable("the target keeps it the primary one")
		}
		env.Expect(s.of(user).Remove(ctx, env, record)).To(match.Success())
		if !readable {
			env.Expect(s.of(user).Get(ctx, env, record)).To(kit.Refusal())
		}
		after := s.of(user).All(ctx, env)
		env.Expect(after).To(data.Lacks(record))
		for _, other := range before.Texts("data.#.id") {
			if other != record {
				env.Expect(after).To(data.Has(other))
			}
		}
	}
	return []suite.Case{
		{Requirement: requirement, Title: "those that are not primary can be deleted in turn",
			Check: func(ctx context.Context, env *suite.Env) {
				user := s.owner(ctx, env)
				one, other := s.of(user).Made(ctx, env), s.of(user).Made(ctx, env)
				s.Distinct(env, one, other)
				first, second := recordOf(one), recordOf(other)
				gone(ctx, env, user, first)
				gone(ctx, env, user, second)
			}},
		{Requirement: requirement, Title: "one that is not primary can be deleted when it is alone",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				gone(ctx, env, user, recordOf(s.of(user).Made(ctx, env)))
			}},
		{Requirement: requirement, Title: "one that is primary no longer can be deleted",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				old := recordOf(s.of(user).Made(ctx, env, kit.Body{"primary": true}))
				s.of(user).Made(ctx, env, kit.Body{"primary": true})
				gone(ctx, env, user, old)
			}},
	}
}

// datedCase expects both times of a record to be date-times in every answer, and
// updated_at not before created_at.
func (s sub) datedCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "both times are date-times in every answer",
		Check: func(ctx context.Context, env *suite.Env) {
			user := s.owner(ctx, env)
			created := s.of(user).Made(ctx, env)
			id := recordOf(created)
			read := s.of(user).Get(ctx, env, id)
			changed := s.of(user).Change(ctx, env, id, s.WholeBody(env))
			list := s.of(user).All(ctx, env)
			for _, answer := range []*client.Exchange{created, read, changed} {
				env.ExpectAnswer(answer)
				kit.ExpectShape(env, answer, "data", isDated)
			}
			env.ExpectAnswer(list)
			env.Expect(list).To(data.Has(id))
			kit.ExpectShape(env, list, "data", kit.Array(1, isDated))
		}}
}
