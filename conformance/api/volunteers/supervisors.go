package volunteers

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// supervisorSub makes a pair with the given supervisor. A user takes each
// supervisor once: a second pair needs another user in its body.
func supervisorSub() sub {
	return underUser(kit.Resource{
		Name:  "supervisor",
		Lists: "listUserSupervisors", Creates: "createUserSupervisor", Gets: "getUserSupervisor", Updates: "updateUserSupervisor",
		Removes: "deleteUserSupervisor", ID: "supervisorId",
		Body: func(env *suite.Env) map[string]any {
			return map[string]any{"user": ref(env.Given("supervisorUserId")), "primary": false}
		},
		First: func(env *suite.Env) kit.Body { return kit.Body{"user": deputy(env), "primary": true} },
		Whole: func(*suite.Env) map[string]any { return map[string]any{"primary": false} },
	})
}

func isPair(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "primary": kit.IsBoolean, "supervisor": isShortUser})(value, strict)
}

// deputy names a second user who can supervise.
func deputy(env *suite.Env) map[string]any { return ref(env.Given("managerUserId")) }

func supervisorCases() []suite.Case {
	pairs := supervisorSub()
	bare := pairs.Resource
	bare.First = nil // two supervisors are all there are
	return slices.Concat(
		supervisorCreateCases(),
		supervisorRefusalCases(),
		[]suite.Case{
			{Requirement: "VOL-SUP-10", Title: "it is read as creating it answered",
				Check: bare.ReadsBack(func(env *suite.Env) kit.Body {
					return kit.Body{"user": deputy(env)}
				})},
			{Requirement: "VOL-SUP-01", Title: "every item has id, primary and supervisor",
				Check: func(ctx context.Context, env *suite.Env) {
					user := makeUser(ctx, env)
					first, second := pairs.of(user).Made(ctx, env), pairs.of(user).Made(ctx, env, kit.Body{"user": deputy(env)})
					list := pairs.of(user).All(ctx, env)
					env.ExpectAnswer(list)
					env.Expect(list).To(data.Only(recordOf(first), recordOf(second)))
					kit.ExpectShape(env, list, "data", kit.Array(2, isPair))
				}},
			pairs.foreignCase("VOL-SUP-20", func(env *suite.Env) kit.Body { return kit.Body{"user": deputy(env)} }),
			{Requirement: "VOL-SUP-11", Title: "the supervising user is a short user in every answer",
				Check: func(ctx context.Context, env *suite.Env) {
					user := makeUser(ctx, env)
					created := pairs.of(user).Made(ctx, env)
					id := recordOf(created)
					changed := pairs.of(user).Change(ctx, env, id, map[string]any{"primary": true})
					for _, answer := range []*client.Exchange{created, changed, pairs.of(user).Get(ctx, env, id)} {
						env.ExpectAnswer(answer)
						kit.ExpectShape(env, answer, "data.supervisor", isShortUser)
					}
					kit.ExpectShape(env, pairs.of(user).Listed(ctx, env), "data",
						kit.Array(1, kit.Object(kit.Shape{"supervisor": isShortUser})))
				}},
		},
		supervisorChangeCases(),
		supervisorRemovalCases(),
		pairs.unknownCases("VOL-SUP-18", "getUserSupervisor", "updateUserSupervisor"),
		pairs.unknownCases("VOL-SUP-19", "deleteUserSupervisor"),
	)
}

// createdWith makes a supervisor of the body and expects the supervising user and
// the flag, in the answer and when read back.
func createdWith(requirement, title string, asked func(env *suite.Env) map[string]any, primary bool) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		pairs := supervisorSub().Begun(ctx, env) // whose first supervisor may be primary in any case
		before := pairs.Listed(ctx, env)
		answer := pairs.Send(ctx, env, asked(env))
		env.ExpectAnswer(answer)
		pairs.ExpectStored(ctx, env, answer, kit.Body{"supervisor": ref(env.Given("supervisorUserId")), "primary": primary})
		env.Expect(pairs.Listed(ctx, env)).To(data.Only(append(data.IDs(before), recordOf(answer))...))
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
		{Requirement: "VOL-SUP-03", Title: "the first one is what it is with false, when left out", Check: firstSupervisor},
		createdWith("VOL-SUP-04", "primary when true", func(env *suite.Env) map[string]any {
			return map[string]any{"user": ref(env.Given("supervisorUserId")), "primary": true}
		}, true),
		createdWith("VOL-SUP-05", "named by an integer", func(env *suite.Env) map[string]any {
			return map[string]any{"user": ref(kit.GivenNumber(env, "supervisorUserId")), "primary": true}
		}, true),
	}
}

// firstSupervisor: of the first supervisor, too, what is left out is what false is. A target may make the
// first one primary in either case.
func firstSupervisor(ctx context.Context, env *suite.Env) {
	pairs, user, other := supervisorSub(), makeUser(ctx, env), makeUser(ctx, env)
	said := pairs.of(user).Made(ctx, env)
	left := pairs.of(other).Send(ctx, env, kit.With(pairs.Body(env), kit.Without("primary")))
	env.ExpectAnswer(left)
	env.Expect(left).To(kit.Same(env, "data.primary", said, "data.primary"), "left out against false")
}

func supervisorRefusalCases() []suite.Case {
	pairs := supervisorSub()
	return []suite.Case{
		pairs.withoutCase("VOL-SUP-06", "user"),
		pairs.withCase("VOL-SUP-06", "user", map[string]any{}),
		pairs.unheardCase("VOL-SUP-07", "user", func(env *suite.Env) any { return ref(fmt.Sprint(unknownID(env, 0))) }),
		{Requirement: "VOL-SUP-08", Title: "users do not supervise themselves", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			pairs.of(user).Made(ctx, env)
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return pairs.of(user).Send(ctx, env, map[string]any{"user": ref(user.Text("id"))})
			}, pairs.of(user).Listing(env))
		}},
		{Requirement: "VOL-SUP-09", Title: "the same supervisor twice gives one entry",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				pairs.of(user).Made(ctx, env)
				again := pairs.of(user).Send(ctx, env, pairs.Body(env))
				env.Expect(again.Status).To(gomega.BeNumerically("<", http.StatusInternalServerError),
					"it is refused or does nothing")
				env.Expect(pairs.of(user).Listed(ctx, env)).To(kit.Texts("data.#.supervisor.id",
					gomega.ConsistOf(env.Given("supervisorUserId"))))
			}},
	}
}

func supervisorChangeCases() []suite.Case {
	pairs := supervisorSub()
	return []suite.Case{
		{Requirement: "VOL-SUP-12", Title: "the flag is switched on and off", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			first := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"primary": true}))
			second := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"user": deputy(env)}))
			for _, step := range []struct {
				id string
				on bool // a flag is taken off only while the other pair has it, for there may have to be one
			}{{second, true}, {first, true}, {second, false}, {second, true}, {first, false}} {
				if !step.on && len(data.Flagged(pairs.of(user).Listed(ctx, env), "primary")) > 1 {
					env.NotApplicable("several are primary at the target, so that what takes the flag from one is open")
				}
				pairs.of(user).ExpectChanged(ctx, env, step.id, kit.Body{"primary": step.on}, nil)
			}
		}},
		{Requirement: "VOL-SUP-12", Title: "the flag is switched off where no other has it, or stays",
			Check: switchedOff},
		{Requirement: "VOL-SUP-13", Title: "a new primary one takes the flag from the other",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				pairs.of(user).Made(ctx, env, kit.Body{"primary": true})
				answer := pairs.of(user).Send(ctx, env, map[string]any{"user": deputy(env), "primary": true})
				env.ExpectAnswer(answer)
				env.Expect(pairs.of(user).All(ctx, env)).To(data.FlaggedOnly("primary", recordOf(answer)))
			}},
		{Requirement: "VOL-SUP-13", Title: "a change to primary takes the flag from the other",
			Check: func(ctx context.Context, env *suite.Env) {
				stranger, theirs := pairs.flagged(ctx, env, "primary")
				user := makeUser(ctx, env)
				first := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"primary": true}))
				second := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"user": deputy(env)}))
				for _, id := range []string{second, first} {
					env.ExpectAnswer(pairs.of(user).Change(ctx, env, id, map[string]any{"primary": true}))
					env.Expect(pairs.of(user).All(ctx, env)).To(data.FlaggedOnly("primary", id))
				}
				pairs.stillFlagged(ctx, env, stranger, theirs, "primary")
			}},
		{Requirement: "VOL-SUP-14", Title: "the supervising user stays", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			id := recordOf(pairs.of(user).Made(ctx, env))
			answer := pairs.of(user).Change(ctx, env, id, map[string]any{"primary": true, "user": deputy(env)})
			stays := map[string]any{"supervisor": ref(env.Given("supervisorUserId"))}
			if answer.Success() {
				pairs.of(user).ExpectStored(ctx, env, answer, stays)
				return
			}
			env.Expect(answer).To(kit.Refusal())
			back, path := pairs.of(user).Stored(ctx, env, id)
			kit.ExpectSent(env, back, path, stays)
		}},
	}
}

func supervisorRemovalCases() []suite.Case {
	pairs := supervisorSub()
	return []suite.Case{
		{Requirement: "VOL-SUP-15", Title: "a supervisor can be removed", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			kept := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"user": deputy(env), "primary": true}))
			gone := recordOf(pairs.of(user).Made(ctx, env))
			other := makeUser(ctx, env) // has the same supervisor
			theirs := recordOf(pairs.of(other).Made(ctx, env))
			env.Expect(pairs.of(user).Remove(ctx, env, gone)).To(match.Success())
			env.Expect(pairs.of(user).Get(ctx, env, gone)).To(kit.Refusal())
			env.Expect(pairs.of(user).Listed(ctx, env)).To(data.Only(kept))
			env.Expect(pairs.of(other).All(ctx, env)).To(data.Only(theirs), "another user's")
		}},
		{Requirement: "VOL-SUP-16", Title: "not without the permission", Check: func(ctx context.Context, env *suite.Env) {
			weak, users := env.As("low-rights"), group(makeUser(ctx, env))
			if weak.Has("info:belowTeamId") {
				users = append(users, makeBelow(ctx, env))
			}
			for _, user := range users {
				id := recordOf(pairs.of(user).Made(ctx, env))
				expectErrorBody(env, env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
					return pairs.of(user).Remove(ctx, weak, id)
				}, pairs.of(user).Reads(env, id)...), http.StatusForbidden)
			}
		}},
		{Requirement: "VOL-SUP-17", Title: "the supervising user is still there",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				supervisor := env.Given("supervisorUserId")
				pairs.of(user).Removed(ctx, env, recordOf(pairs.of(user).Made(ctx, env)))
				after := env.Call(ctx, "getUser", client.Path("userId", supervisor))
				env.ExpectAnswer(after)
				env.Expect(after).To(kit.Texts("id", gomega.ConsistOf(supervisor)))
			}},
		{Requirement: "VOL-SUP-17", Title: "the supervising user is what they were", Check: supervisorStays},
	}
}

// supervisorStays has a user of the case's own supervise another one for a while, whom no other case
// removes: as far as the target lets them.
func supervisorStays(ctx context.Context, env *suite.Env) {
	pairs, user, supervisor := supervisorSub(), makeUser(ctx, env), makeUser(ctx, env)
	before := env.Must(ctx, "getUser", of(supervisor))
	made := pairs.of(user).Send(ctx, env, kit.Body{"user": ref(supervisor.Text("id")), "primary": false})
	if !kit.Unbroken(env, made) {
		env.NotApplicable("the target lets no new user supervise\n%s", match.Show(made))
	}
	pairs.of(user).Removed(ctx, env, recordOf(made))
	after := env.Call(ctx, "getUser", of(supervisor))
	env.ExpectAnswer(after)
	for _, member := range []string{"status", "role_name", "last_name"} {
		env.Expect(after).To(kit.Same(env, member, before, member))
	}
}
