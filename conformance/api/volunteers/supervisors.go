package volunteers

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// supervisorSub makes a pair with the given supervisor. A user takes each
// supervisor once: a second pair needs another user in its body.
func supervisorSub() sub {
	return sub{
		list: "listUserSupervisors", create: "createUserSupervisor", get: "getUserSupervisor", update: "updateUserSupervisor",
		remove: "deleteUserSupervisor", id: "supervisorId",
		body: func(env *suite.Env) map[string]any {
			return map[string]any{"user": ref(env.Given("supervisorUserId")), "primary": false}
		},
		first:   func(env *suite.Env) []any { return []any{"user", deputy(env), "primary", true} },
		changed: func(*suite.Env) map[string]any { return map[string]any{"primary": false} },
	}
}

func isPair(value gjson.Result, strict bool) string {
	return object(shape{"id": isInteger, "primary": isBoolean, "supervisor": isShortUser})(value, strict)
}

// deputy names a second user who can supervise.
func deputy(env *suite.Env) map[string]any { return ref(env.Given("managerUserId")) }

func supervisorCases() []suite.Case {
	pairs := supervisorSub()
	return slices.Concat(
		supervisorCreateCases(),
		supervisorRefusalCases(),
		[]suite.Case{
			pairs.readCaseOf("VOL-SUP-10"),
			{Requirement: "VOL-SUP-01", Title: "every item has id, primary and supervisor", Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				first, second := pairs.made(ctx, env, user), pairs.made(ctx, env, user, "user", deputy(env))
				list := pairs.all(ctx, env, user)
				env.ExpectAnswer(list)
				env.Expect(list).To(listsOnly(recordOf(first), recordOf(second)))
				expectShape(env, list, "data", filled(2, isPair))
			}},
			pairs.foreignCase("VOL-SUP-20"),
			{Requirement: "VOL-SUP-11", Title: "the supervising user is a short user in every answer", Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				created := pairs.made(ctx, env, user)
				id := recordOf(created)
				changed := pairs.change(ctx, env, user, id, map[string]any{"primary": true})
				for _, answer := range []*client.Exchange{created, changed, pairs.read(ctx, env, user, id)} {
					env.ExpectAnswer(answer)
					expectShape(env, answer, "data.supervisor", isShortUser)
				}
				expectShape(env, pairs.listed(ctx, env, user), "data", filled(1, object(shape{"supervisor": isShortUser})))
			}},
		},
		supervisorChangeCases(),
		supervisorRemovalCases(),
		pairs.unknownCases("VOL-SUP-18", "getUserSupervisor", "updateUserSupervisor"),
		pairs.unknownCases("VOL-SUP-19", "deleteUserSupervisor"),
	)
}

// readCaseOf is readCase for a kind of which a user has no two alike.
func (s sub) readCaseOf(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is read as creating it answered", Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		created := []*client.Exchange{s.made(ctx, env, user, "primary", true), s.made(ctx, env, user, "user", deputy(env))}
		apart(env, created...)
		for _, pair := range created {
			answer := s.read(ctx, env, user, recordOf(pair))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(same("data", pair, "data"))
		}
	}}
}

// createdWith makes a supervisor of the body and expects the supervising user and
// the flag, in the answer and when read back.
func createdWith(requirement, title string, asked func(env *suite.Env) map[string]any, primary bool) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		pairs := supervisorSub()
		user := pairs.newOwner(ctx, env) // whose first supervisor may be primary in any case
		before := pairs.listed(ctx, env, user)
		answer := pairs.add(ctx, env, user, asked(env))
		env.ExpectAnswer(answer)
		pairs.expectStored(ctx, env, user, answer, map[string]any{"supervisor": ref(env.Given("supervisorUserId")), "primary": primary})
		env.Expect(pairs.listed(ctx, env, user)).To(listsOnly(append(before.Texts("data.#.id"), recordOf(answer))...))
	}}
}

func supervisorCreateCases() []suite.Case {
	return []suite.Case{
		createdWith("VOL-SUP-02", "named by a string", func(env *suite.Env) map[string]any {
			return map[string]any{"user": ref(env.Given("supervisorUserId")), "primary": true}
		}, true),
		createdWith("VOL-SUP-03", "not primary when left out", func(env *suite.Env) map[string]any {
			return map[string]any{"user": ref(env.Given("supervisorUserId"))}
		}, false),
		createdWith("VOL-SUP-04", "primary when true", func(env *suite.Env) map[string]any {
			return map[string]any{"user": ref(env.Given("supervisorUserId")), "primary": true}
		}, true),
		createdWith("VOL-SUP-05", "named by an integer", func(env *suite.Env) map[string]any {
			return map[string]any{"user": ref(given(env, "supervisorUserId")), "primary": true}
		}, true),
	}
}

func supervisorRefusalCases() []suite.Case {
	pairs := supervisorSub()
	return []suite.Case{
		pairs.withoutCase("VOL-SUP-06", "user"),
		pairs.withCase("VOL-SUP-06", "user", map[string]any{}),
		pairs.unheardCase("VOL-SUP-07", "user", ref(fmt.Sprint(unknownID))),
		{Requirement: "VOL-SUP-08", Title: "users do not supervise themselves", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			pairs.made(ctx, env, user)
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return pairs.add(ctx, env, user, map[string]any{"user": ref(user.Text("id"))})
			}, pairs.reading(env, user))
		}},
		{Requirement: "VOL-SUP-09", Title: "the same supervisor twice gives one entry", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			pairs.made(ctx, env, user)
			again := pairs.add(ctx, env, user, pairs.body(env))
			env.Expect(again.Status).To(gomega.BeNumerically("<", http.StatusInternalServerError), "it is refused or does nothing")
			env.Expect(pairs.listed(ctx, env, user)).To(texts("data.#.supervisor.id", gomega.ConsistOf(env.Given("supervisorUserId"))))
		}},
	}
}

func supervisorChangeCases() []suite.Case {
	pairs := supervisorSub()
	return []suite.Case{
		{Requirement: "VOL-SUP-12", Title: "the flag is switched on and off", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			first := recordOf(pairs.made(ctx, env, user, "primary", true))
			second := recordOf(pairs.made(ctx, env, user, "user", deputy(env)))
			for _, step := range []struct {
				id string
				on bool // a flag is taken off only while the other pair has it, for there may have to be one
			}{{second, true}, {first, true}, {second, false}, {second, true}, {first, false}} {
				answer := pairs.change(ctx, env, user, step.id, map[string]any{"primary": step.on})
				env.ExpectAnswer(answer)
				env.Expect(answer).To(texts("data.id", gomega.ConsistOf(step.id)))
				pairs.expectStored(ctx, env, user, answer, map[string]any{"primary": step.on})
			}
		}},
		{Requirement: "VOL-SUP-13", Title: "a new primary one takes the flag from the other", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			pairs.made(ctx, env, user, "primary", true)
			answer := pairs.add(ctx, env, user, map[string]any{"user": deputy(env), "primary": true})
			env.ExpectAnswer(answer)
			env.Expect(pairs.all(ctx, env, user)).To(onlyFlagged("primary", recordOf(answer)))
		}},
		{Requirement: "VOL-SUP-13", Title: "a change to primary takes the flag from the other", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			first := recordOf(pairs.made(ctx, env, user, "primary", true))
			second := recordOf(pairs.made(ctx, env, user, "user", deputy(env)))
			for _, id := range []string{second, first} {
				env.ExpectAnswer(pairs.change(ctx, env, user, id, map[string]any{"primary": true}))
				env.Expect(pairs.all(ctx, env, user)).To(onlyFlagged("primary", id))
			}
		}},
		{Requirement: "VOL-SUP-14", Title: "the supervising user stays", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			id := recordOf(pairs.made(ctx, env, user))
			answer := pairs.change(ctx, env, user, id, map[string]any{"primary": true, "user": deputy(env)})
			stays := map[string]any{"supervisor": ref(env.Given("supervisorUserId"))}
			if answer.Success() {
				pairs.expectStored(ctx, env, user, answer, stays)
				return
			}
			expectMissing(env, answer)
			back, path := pairs.stored(ctx, env, user, id)
			expectSent(env, back, path, stays)
		}},
	}
}

func supervisorRemovalCases() []suite.Case {
	pairs := supervisorSub()
	return []suite.Case{
		{Requirement: "VOL-SUP-15", Title: "a supervisor can be removed", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			kept := recordOf(pairs.made(ctx, env, user, "user", deputy(env), "primary", true))
			gone := recordOf(pairs.made(ctx, env, user))
			env.Expect(pairs.drop(ctx, env, user, gone)).To(match.Success())
			expectMissing(env, pairs.read(ctx, env, user, gone))
			env.Expect(pairs.listed(ctx, env, user)).To(listsOnly(kept))
		}},
		{Requirement: "VOL-SUP-16", Title: "not without the permission", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			id := recordOf(pairs.made(ctx, env, user))
			weak := env.As("low-rights")
			expectErrorBody(env, env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return pairs.drop(ctx, weak, user, id)
			}, pairs.states(env, user, id)...), http.StatusForbidden)
		}},
		{Requirement: "VOL-SUP-17", Title: "the supervising user is still there", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			supervisor := env.Given("supervisorUserId")
			pairs.dropped(ctx, env, user, recordOf(pairs.made(ctx, env, user)))
			after := env.Call(ctx, "getUser", client.Path("userId", supervisor))
			env.ExpectAnswer(after)
			env.Expect(after).To(texts("id", gomega.ConsistOf(supervisor)))
		}},
	}
}
