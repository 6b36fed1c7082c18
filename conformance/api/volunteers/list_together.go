package volunteers

import (
	"context"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// togetherCases ask for users by a filter without ids, beside others, on pages, and by lists.
func togetherCases() []suite.Case {
	var cases []suite.Case
	for _, t := range traits() {
		cases = append(cases, suite.Case{Requirement: t.requirement,
			Title: t.parameter + " keeps the same of those whom a search finds, on all pages", Check: ofTheSearched(t)})
	}
	for _, t := range traits() {
		if len(t.givens) > 0 {
			cases = append(cases, suite.Case{Requirement: t.requirement, Check: inList(t),
				Title: t.parameter + " takes an identifier at any place of a list, and one that is named twice"})
		}
	}
	return append(append(cases, agreeCases()...),
		suite.Case{Requirement: "VOL-LST-45", Title: "a user must pass each two of the filters", Check: eachTwo},
		suite.Case{Requirement: "VOL-LST-07", Title: "ids lists once a user who is named twice",
			Check: func(ctx context.Context, env *suite.Env) {
				a, b, _ := makeUser(ctx, env), makeUser(ctx, env), makeUser(ctx, env)
				expectUsers(env, among(ctx, env, group(a, b, a)), a, b)
			}},
		suite.Case{Requirement: "VOL-LST-08", Title: "exclude_ids leaves out each user, on all pages",
			Check: func(ctx context.Context, env *suite.Env) {
				name, users := word(env, "Fern"), group()
				for range 5 {
					users = append(users, namesake(ctx, env, name))
				}
				namesakes(ctx, env, name, nil, users...)
				left := append(idsOf(users[:3]...), users[0].Text("id"))
				namesakes(ctx, env, name, []client.Option{client.Query("exclude_ids", comma(kit.Any(left)...))}, users[3:]...)
			}},
		suite.Case{Requirement: "VOL-LST-15", Title: "sids takes a status at any place of a list", Check: statusInList},
		suite.Case{Requirement: "VOL-LST-17", Title: "has_logged_in=true leaves new users out of a search",
			Check: noneSearched("has_logged_in", true)},
		suite.Case{Requirement: "VOL-LST-37", Title: "logins_only=alltime leaves new users out of a search",
			Check: noneSearched("logins_only", "alltime")},
		suite.Case{Requirement: "VOL-LST-37", Title: "logins_only=recent leaves new users out of a search",
			Check: noneSearched("logins_only", "recent")},
		suite.Case{Requirement: "VOL-LST-27", Title: "include_upcoming=true adds to a search, on all pages",
			Check: func(ctx context.Context, env *suite.Env) {
				name := word(env, "Fern")
				started, later := trait{}, trait{body: func(env *suite.Env) kit.Body { return kit.Body{"start": day(env, 30)} }}
				one, two := namesake(ctx, env, name, started), namesake(ctx, env, name, later)
				three := namesake(ctx, env, name, later)
				namesakes(ctx, env, name, nil, one)
				namesakes(ctx, env, name, []client.Option{client.Query("include_upcoming", true)}, one, two, three)
			}},
		suite.Case{Requirement: "VOL-LST-33", Title: "the order is the same on pages of one", Check: orderOnPages},
	)
}

// ofTheSearched makes four users of a name, of whom the filter keeps the second and the last.
func ofTheSearched(t trait) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		if !t.there(env) {
			env.NotApplicable("the target gives nothing that two users can differ in")
		}
		name := word(env, "Fern")
		without, with := namesake(ctx, env, name), namesake(ctx, env, name, t)
		none, too := namesake(ctx, env, name), namesake(ctx, env, name, t)
		namesakes(ctx, env, name, nil, without, with, none, too)
		namesakes(ctx, env, name, t.filter(env), with, too)
	}
}

// inList asks for one of several identifiers that nobody else has. Of several a list may ask for any, or
// for all: so that it is the same wherever each stands, and never keeps who has none of them.
func inList(t trait) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		if !t.there(env) {
			env.NotApplicable("the target gives nothing that two users can differ in")
		}
		with, without := makeNamesake(ctx, env, t), makeNamesake(ctx, env)
		id, one, other, users := t.value(env), unknownID(env, 0), unknownID(env, 1), group(with, without)
		separated(ctx, env, client.Query(t.parameter, comma(id, id)), group(with), group(without))
		separated(ctx, env, client.Query(t.parameter, comma(one, other)), nil, users)
		found := among(ctx, env, users, client.Query(t.parameter, comma(id, one, other)))
		env.Expect(found).To(data.Within(with.Text("id")))
		if t.requirement == "VOL-LST-09" || t.requirement == "VOL-LST-10" || t.requirement == "VOL-LST-11" {
			expectUsers(env, found, with)
		}
		for _, list := range []string{comma(one, id, other), comma(one, other, id)} {
			turned := among(ctx, env, users, client.Query(t.parameter, list))
			env.Expect(turned).To(data.Only(data.IDs(found)...), "the same ids in another order")
		}
	}
}

func makeNamesake(ctx context.Context, env *suite.Env, has ...trait) *client.Exchange {
	return namesake(ctx, env, word(env, "Fern"), has...)
}

// eachTwo gives five users the traits two by two, so that each two of the traits have at most one user in
// common, and neither keeps all whom the other does.
func eachTwo(ctx context.Context, env *suite.Env) {
	pairs := [][]int{{0, 1}, {0, 2}, {0, 3}, {0, 4}, {1, 2}, {1, 3}, {1, 4}, {2, 3}, {2, 4}, {3, 4}}
	all, name, users := usable(env), word(env, "Fern"), group()
	if !settled(settle(ctx, env, makeUser(ctx, env), seaLat), seaLat) { // the target places addresses by itself
		all = slices.DeleteFunc(all, func(t trait) bool { return t.parameter == "lat" })
	}
	for i := range 5 {
		var has []trait
		for n, t := range all {
			if slices.Contains(pairs[n], i) {
				has = append(has, t)
			}
		}
		users = append(users, namesake(ctx, env, name, has...))
	}
	for n, t := range all {
		for m, other := range all[:n] {
			kept := group()
			for i, user := range users {
				if slices.Contains(pairs[n], i) && slices.Contains(pairs[m], i) {
					kept = append(kept, user)
				}
			}
			both := slices.Concat([]client.Option{client.Query("q", name)}, t.filter(env), other.filter(env))
			list := listAll(ctx, env, "listUsers", both...)
			env.ExpectAnswer(list)
			expectUsers(env, list, kept...)
		}
	}
}

func statusInList(ctx context.Context, env *suite.Env) {
	name := word(env, "Fern")
	user, other := namesake(ctx, env, name), namesake(ctx, env, name)
	status, one, two := user.Text("status.id"), unknownID(env, 0), unknownID(env, 1)
	sids := func(ids ...any) []client.Option { return []client.Option{client.Query("sids", comma(ids...))} }
	for _, ids := range [][]any{{status, one, two}, {one, status, two}, {one, two, status}, {status, status}} {
		namesakes(ctx, env, name, sids(ids...), user, other)
	}
	namesakes(ctx, env, name, sids(one, two))
}

func noneSearched(parameter string, value any) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		name := word(env, "Fern")
		users := group(namesake(ctx, env, name), namesake(ctx, env, name))
		namesakes(ctx, env, name, nil, users...)
		namesakes(ctx, env, name, []client.Option{client.Query(parameter, value)})
	}
}

func orderOnPages(ctx context.Context, env *suite.Env) {
	users := threeUsers(ctx, env)
	for _, order := range []string{"a", "d"} {
		whole := among(ctx, env, users, client.Query("s", order))
		paged := listAll(ctx, env, "listUsers", client.Query("ids", comma(kit.Any(idsOf(users...))...)), client.Query("s", order),
			client.Query("limit", 1))
		if paged.Success() {
			env.Expect(data.IDs(paged)).To(gomega.Equal(data.IDs(whole)), "s=%s on pages of one", order)
		}
	}
}
