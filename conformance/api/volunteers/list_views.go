package volunteers

import (
	"context"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func viewCases() []suite.Case {
	var cases []suite.Case
	for _, view := range []string{"volunteers", "non-volunteers", "applicants", "on-call"} {
		cases = append(cases, suite.Case{Requirement: "VOL-LST-18", Title: "view takes " + view,
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				list := env.Call(ctx, "listUsers", client.Query("view", view))
				env.ExpectAnswer(list)
				env.Expect(list).To(match.Member("data", anArray()))
				subset(ctx, env, group(user), client.Query("view", view))
			}})
	}
	return append(cases,
		suite.Case{Requirement: "VOL-LST-19", Title: "view=volunteers lists a volunteer, and volunteers only",
			Check: volunteersOnly},
		suite.Case{Requirement: "VOL-LST-20", Title: "view=non-volunteers does not list a volunteer",
			Check: func(ctx context.Context, env *suite.Env) {
				kept, left := others(ctx, env), group(makeVolunteer(ctx, env))
				separated(ctx, env, client.Query("view", "non-volunteers"), kept, left)
			}},
		suite.Case{Requirement: "VOL-LST-21", Title: "view=on-call lists who is on call and nobody else", Check: onCall},
		suite.Case{Requirement: "VOL-LST-22", Title: "volunteers and others are listed without a view",
			Check: func(ctx context.Context, env *suite.Env) {
				users := append(others(ctx, env), makeVolunteer(ctx, env))
				expectUsers(env, among(ctx, env, users), users...)
				for _, user := range users {
					found(ctx, env, user.Text("last_name"), user)
				}
			}},
		suite.Case{Requirement: "VOL-LST-23", Title: "an unknown view breaks nothing",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				list := among(ctx, env, group(user), client.Query("view", "sideways"))
				if list.Success() { // ignored
					expectUsers(env, list, user)
				}
			}},
	)
}

// makeVolunteer makes a user with a volunteer role. It ends the case as
// undetermined when the role profile given is not one for volunteers.
func makeVolunteer(ctx context.Context, env *suite.Env) *client.Exchange {
	user := makeUser(ctx, env)
	if kind := env.Must(ctx, "listUserRoles", of(user)).Text("data.0.type"); kind != "volunteer" {
		env.Undetermined("given:roleProfileId is a role of type %q, not volunteer: give another", kind)
	}
	return user
}

// others makes users whose only role is no volunteer role: one, where the target
// gives a role profile for it, else none.
func others(ctx context.Context, env *suite.Env) []*client.Exchange {
	if !env.Has("given:secondRoleProfileId") {
		return nil
	}
	user := withRole(ctx, env, map[string]any{"id": kit.GivenNumber(env, "secondRoleProfileId")})
	if env.Must(ctx, "listUserRoles", of(user)).Text("data.0.type") == "volunteer" {
		return nil
	}
	return group(user)
}

func volunteersOnly(ctx context.Context, env *suite.Env) {
	user := makeVolunteer(ctx, env)
	view := client.Query("view", "volunteers")
	separated(ctx, env, view, group(user), others(ctx, env))
	env.Must(ctx, "updateUser", of(user), client.JSON(kit.Body{"on_call": true, "on_call_end": instant(env, 72)}))
	separated(ctx, env, client.Query("view", "on-call"), group(user), nil) // and is a volunteer still
	separated(ctx, env, view, group(user), others(ctx, env))
	list := env.Call(ctx, "listUsers", limited(ctx, env, "listUsers", 20, view)...)
	env.ExpectAnswer(list)
	env.Expect(list).To(match.Member("data", gomega.Not(gomega.BeEmpty())), "the new volunteer is one of them")
	for i, id := range list.Texts("data.#.id") {
		if i == 20 { // enough to see that the view means what it says
			break
		}
		one := env.Call(ctx, "getUser", client.Path("userId", id))
		if one.Success() {
			env.Expect(one).To(match.Member("is_volunteer", true), "a user in the view")
		}
	}
}

func onCall(ctx context.Context, env *suite.Env) {
	on, off := makeUser(ctx, env), makeUser(ctx, env)
	env.Must(ctx, "updateUser", of(on), client.JSON(map[string]any{"on_call": true, "on_call_end": instant(env, 72)}))
	env.Must(ctx, "updateUser", of(off), client.JSON(map[string]any{"on_call": false}))
	separated(ctx, env, client.Query("view", "on-call"), group(on), group(off))
	env.Must(ctx, "updateUser", of(on), client.JSON(map[string]any{"on_call": false}))
	separated(ctx, env, client.Query("view", "on-call"), nil, group(on, off))
}

func orderCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-LST-33", Title: "s takes a and d, and d is the default",
			Check: func(ctx context.Context, env *suite.Env) {
				users := threeUsers(ctx, env)
				down, up := among(ctx, env, users, client.Query("s", "d")), among(ctx, env, users, client.Query("s", "a"))
				expectUsers(env, up, users...)
				expectUsers(env, down, users...)
				env.Expect(among(ctx, env, users).Texts("data.#.id")).To(gomega.Equal(down.Texts("data.#.id")),
					"without s against s=d")
			}},
		{Requirement: "VOL-LST-34", Title: "s=a is the reverse of s=d", Check: func(ctx context.Context, env *suite.Env) {
			users := threeUsers(ctx, env)
			down, up := among(ctx, env, users, client.Query("s", "d")), among(ctx, env, users, client.Query("s", "a"))
			expectUsers(env, down, users...)
			env.Expect(up.Texts("data.#.id")).To(gomega.Equal(reversed(down.Texts("data.#.id"))), "s=a against s=d turned round")
		}},
	}
}

// threeUsers makes three whose names are neither in the order of their making nor
// in its reverse, and who are alike in nothing that a list may be sorted by: what a sort takes for
// alike stays in one order, whether it goes up or down.
func threeUsers(ctx context.Context, env *suite.Env) []*client.Exchange {
	var users []*client.Exchange
	for i, letter := range []string{"B", "C", "A"} {
		if i > 0 && env.Requirement().ID == "VOL-LST-34" {
			kit.Later(ctx, env)
		}
		body, role := userBody(env), roleItem(env)
		role["start"] = day(env, -30-i)
		body["first_name"], body["last_name"], body["dob"] = letter+"rowan", letter+word(env, "fern"), bornYearsAgo(env, 36+i)
		body["roleProfiles"] = []any{role}
		users = append(users, makeUserOf(ctx, env, body))
	}
	return users
}

func reversed(ids []string) []string {
	turned := make([]string, len(ids))
	for i, id := range ids {
		turned[len(ids)-1-i] = id
	}
	return turned
}
