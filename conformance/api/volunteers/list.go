package volunteers

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func listCases() []suite.Case {
	return slices.Concat(searchCases(), placementCases(), stateCases(), viewCases(), periodCases(),
		distanceCases(), orderCases(), includeListCases(), savedCases(), togetherCases(), besideCases(), hiddenCases())
}

func searchCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-LST-01", Title: "every item has the members of the short user", Check: shortUsers},
		{Requirement: "VOL-LST-02", Title: "every status has its three members", Check: statusOfUsers},
		{Requirement: "VOL-LST-03", Title: "q finds by last name", Check: func(ctx context.Context, env *suite.Env) {
			user, _ := makeUser(ctx, env), makeUser(ctx, env)
			found(ctx, env, user.Text("last_name"), user)
			found(ctx, env, user.Text("display_name"), user)
		}},
		{Requirement: "VOL-LST-03", Title: "q finds by the name to show", Check: func(ctx context.Context, env *suite.Env) {
			user, _ := makeUser(ctx, env), makeUser(ctx, env)
			preferred := word(env, "Kit")
			env.Must(ctx, "updateUser", of(user), client.JSON(map[string]any{"preferred_name": preferred}))
			found(ctx, env, preferred, user)
			last := word(env, "Grove")
			env.Must(ctx, "updateUser", of(user), client.JSON(map[string]any{"last_name": last}))
			found(ctx, env, last, user)
		}},
		{Requirement: "VOL-LST-04", Title: "q finds by email address", Check: func(ctx context.Context, env *suite.Env) {
			body := userBody(env)
			user, _ := makeUserOf(ctx, env, body), makeUser(ctx, env)
			for _, email := range body["emailAddresses"].([]any) {
				found(ctx, env, email.(map[string]any)["email"].(string), user)
			}
		}},
		{Requirement: "VOL-LST-05", Title: "q finds by identifier", Check: func(ctx context.Context, env *suite.Env) {
			user, other := makeUser(ctx, env), makeUser(ctx, env)
			for _, user := range []*client.Exchange{user, other} {
				list := listAll(ctx, env, "listUsers", client.Query("q", user.Text("id")))
				env.ExpectAnswer(list)
				env.Expect(list).To(data.Has(user.Text("id")))
			}
			env.Expect(listAll(ctx, env, "listUsers", client.Query("q", user.Text("id")))).To(data.Lacks(other.Text("id")))
		}},
		{Requirement: "VOL-LST-06", Title: "q without a match gives nothing", Check: func(ctx context.Context, env *suite.Env) {
			makeUser(ctx, env)
			list := listAll(ctx, env, "listUsers", client.Query("q", word(env, "nobody")))
			env.ExpectAnswer(list)
			env.Expect(list).To(data.Only())
			env.Expect(list).To(match.Member("meta.pagination.total", 0))
		}},
		{Requirement: "VOL-LST-07", Title: "ids lists exactly the users named", Check: func(ctx context.Context, env *suite.Env) {
			a, b, _ := makeUser(ctx, env), makeUser(ctx, env), makeUser(ctx, env)
			for _, users := range [][]*client.Exchange{{a, b}, {b}} {
				expectUsers(env, among(ctx, env, users), users...)
			}
		}},
		{Requirement: "VOL-LST-08", Title: "exclude_ids leaves out a user that ids names",
			Check: func(ctx context.Context, env *suite.Env) {
				a, b := makeUser(ctx, env), makeUser(ctx, env)
				expectUsers(env, among(ctx, env, []*client.Exchange{a, b}), a, b)
				expectUsers(env, among(ctx, env, []*client.Exchange{a, b}, client.Query("exclude_ids", a.Text("id"))), b)
			}},
		{Requirement: "VOL-LST-08", Title: "exclude_ids leaves out each of several users", Check: excludedFromSearch},
	}
}

// found expects a search to give the user and nobody else: what is looked for is
// unique.
func found(ctx context.Context, env *suite.Env, q string, user *client.Exchange) {
	list := listAll(ctx, env, "listUsers", client.Query("q", q))
	env.ExpectAnswer(list)
	expectUsers(env, list, user)
}

func shortUsers(ctx context.Context, env *suite.Env) {
	a, b := makeUser(ctx, env), makeUser(ctx, env)
	mine := among(ctx, env, []*client.Exchange{a, b})
	expectUsers(env, mine, a, b)
	everyone := env.Call(ctx, "listUsers")
	env.ExpectAnswer(everyone)
	for _, list := range []*client.Exchange{mine, everyone} {
		kit.ExpectShape(env, list, "data", kit.Array(1, isShortUser))
	}
	for i, id := range mine.Texts("data.#.id") {
		user := env.Must(ctx, "getUser", client.Path("userId", id))
		for _, member := range []string{"display_name", "title", "role_name", "team_name", "can_manage", "status"} {
			env.Expect(mine).To(kit.Same(env, strings.Join([]string{data.Place(mine, id), member}, "."), user, member),
				"item %d against the user read alone", i)
		}
	}
}

func statusOfUsers(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	list := among(ctx, env, []*client.Exchange{user})
	everyone := env.Call(ctx, "listUsers")
	env.ExpectAnswer(everyone)
	status := kit.Object(kit.Shape{"status": kit.Object(kit.Shape{"id": kit.IsAnyID, "name": kit.IsFilled,
		"contactable": kit.IsBoolean})})
	for _, list := range []*client.Exchange{list, everyone} {
		kit.ExpectShape(env, list, "data", kit.Array(1, status))
	}
}

func excludedFromSearch(ctx context.Context, env *suite.Env) {
	name := word(env, "Fern")
	var users []*client.Exchange
	for range 3 {
		body := userBody(env)
		body["first_name"], body["last_name"] = word(env, "Rowan"), name
		users = append(users, makeUserOf(ctx, env, body))
	}
	list := listAll(ctx, env, "listUsers", client.Query("q", name),
		client.Query("exclude_ids", strings.Join(idsOf(users[:2]...), ",")))
	env.ExpectAnswer(list)
	expectUsers(env, list, users[2])
}

// inTeam makes a user whose one role is in that team.
func inTeam(ctx context.Context, env *suite.Env, team int) *client.Exchange {
	return withRole(ctx, env, map[string]any{"team": ref(team)})
}

// withRole makes a user whose one role has these members instead of the usual.
func withRole(ctx context.Context, env *suite.Env, members map[string]any) *client.Exchange {
	role := roleItem(env)
	for name, value := range members {
		role[name] = value
	}
	body := userBody(env)
	body["roleProfiles"] = []any{role}
	return makeUserOf(ctx, env, body)
}

// separated expects a filter to keep some of the users and to leave out the rest,
// and that all of them are listed without it.
func separated(ctx context.Context, env *suite.Env, filter client.Option, kept, left []*client.Exchange) {
	everyone := slices.Concat(kept, left)
	expectUsers(env, among(ctx, env, everyone), everyone...)
	expectUsers(env, among(ctx, env, everyone, filter), kept...)
}

func group(users ...*client.Exchange) []*client.Exchange { return users }

// subset expects a filter to list some or all of the users listed without it.
func subset(ctx context.Context, env *suite.Env, users []*client.Exchange, filter client.Option) *client.Exchange {
	list := among(ctx, env, users, filter)
	env.Expect(list).To(match.Member("data", anArray()))
	env.Expect(list).To(match.Member("meta.pagination.total", gomega.BeNumerically("<=", len(users))),
		"the total with the filter")
	for _, id := range list.Texts("data.#.id") {
		env.Expect(idsOf(users...)).To(gomega.ContainElement(id), "a user that is not listed without the filter")
	}
	return list
}
