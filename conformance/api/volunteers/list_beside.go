package volunteers

import (
	"context"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// besideCases hold what widens a search, or leaves somebody out of it, to that beside the filters.
func besideCases() []suite.Case {
	cases := []suite.Case{
		{Requirement: "VOL-LST-25", Title: "include_inactive=true adds an inactive user to a search by id",
			Check: func(ctx context.Context, env *suite.Env) {
				gone := inactive(ctx, env, makeUser(ctx, env))
				list := listAll(ctx, env, "listUsers", client.Query("q", gone.Text("id")), client.Query("include_inactive", true))
				env.ExpectAnswer(list)
				env.Expect(list).To(data.Has(gone.Text("id")))
			}},
		{Requirement: "VOL-LST-45", Title: "include_inactive=true counts beside other filters",
			Check: func(ctx context.Context, env *suite.Env) {
				gone := inactive(ctx, env, makeUser(ctx, env))
				widened(ctx, env, gone, "include_inactive", kit.Body{"start": day(env, -60), "end": day(env, -10)})
			}},
		{Requirement: "VOL-LST-45", Title: "include_upcoming=true counts beside other filters",
			Check: func(ctx context.Context, env *suite.Env) {
				widened(ctx, env, upcoming(ctx, env), "include_upcoming", kit.Body{"start": day(env, 30)})
			}},
		{Requirement: "VOL-LST-27", Title: "of several roles the primary one says whether a user has started",
			Check: primarySays},
		{Requirement: "VOL-LST-08", Title: "exclude_ids leaves out whom another filter keeps", Check: excludedBeside},
		{Requirement: "VOL-LST-01", Title: "with include every item has the members of a short user as well",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				bare := among(ctx, env, group(user))
				for _, value := range []string{"roles", comma(kit.Any(includes())...)} {
					list := among(ctx, env, group(user), client.Query("include", value))
					expectUsers(env, list, user)
					kit.ExpectShape(env, list, "data", kit.Array(1, isShortUser))
					for _, member := range []string{"display_name", "title", "role_name", "team_name", "status"} {
						env.Expect(list).To(kit.Same(env, "data.0."+member, bare, "data.0."+member), "with include and without")
					}
				}
			}},
		{Requirement: "VOL-PAG-04", Title: "user: the total is that of the users whom the filters keep", Check: totalOfKept},
	}
	for _, of := range [][2]string{{"VOL-LST-09", "team"}, {"VOL-LST-10", "manager"}, {"VOL-LST-12", "roles"}} {
		cases = append(cases, suite.Case{Requirement: of[0], Title: of[1] + " lists once who has two roles that pass",
			Check: listedOnce(of[1])})
	}
	return cases
}

// widened asks with what widens a search for a user of whom that has to be asked, by each filter that
// the user passes by what is shown of them.
func widened(ctx context.Context, env *suite.Env, user *client.Exchange, by string, role kit.Body) {
	shown, more := readUser(ctx, env, user), client.Query(by, true)
	if list := among(ctx, env, group(user), more); !slices.Contains(data.IDs(list), user.Text("id")) {
		env.NotApplicable("%s=true does not add the user\n%s", by, match.Show(list))
	}
	var filters []client.Option
	for flag, view := range kit.InOrder(map[string]string{"is_volunteer": "volunteers", "is_non_volunteer": "non-volunteers"}) {
		if kit.Alike(shown.Get(flag), true, false) {
			filters = append(filters, client.Query("view", view))
		}
	}
	if len(data.IDs(listOf(ctx, env, "listUserEmails", of(user)))) > 0 {
		filters = append(filters, client.Query("has_email", true))
	}
	if counts(ctx, env, role) {
		for _, one := range listOf(ctx, env, "listUserRoles", of(user)).Get("data").Array() {
			for _, name := range []string{"team", "manager"} {
				if id := one.Get(name + ".id"); id.Exists() {
					filters = append(filters, client.Query(name, id.String()))
				}
			}
		}
	}
	left := len(data.IDs(among(ctx, env, group(user)))) == 0
	for _, filter := range filters {
		list := among(ctx, env, group(user), more, filter)
		env.ExpectAnswer(list)
		expectUsers(env, list, user)
		if left {
			expectUsers(env, among(ctx, env, group(user), filter))
		}
	}
}

// counts says whether the filters look at a role that begins and ends so, too, beside one that is
// held now: the page does not say it.
func counts(ctx context.Context, env *suite.Env, role kit.Body) bool {
	team := kit.GivenNumber(env, "teamId")
	user := inTeam(ctx, env, kit.FirstGivenNumber(env, "secondTeamId", "teamId"))
	if env.Given("teamId") == env.Given("secondTeamId") || !roleSub().of(user).Send(ctx, env,
		kit.With(roleSub().Body(env), role, kit.Body{"team": ref(team)})).Success() {
		return false
	}
	return slices.Contains(data.IDs(among(ctx, env, group(user), client.Query("team", team))), user.Text("id"))
}

// primarySays makes a user who has started, with a role that is yet to start, and one of whose two
// roles the primary one is yet to start.
func primarySays(ctx context.Context, env *suite.Env) {
	roles, later := roleSub(), kit.Body{"start": day(env, 30)}
	started, waits := makeUser(ctx, env), makeUser(ctx, env)
	roles.of(started).Made(ctx, env, later)
	next := recordOf(roles.of(waits).Made(ctx, env, later, kit.Body{"primary": true}))
	separated(ctx, env, client.Query("include_upcoming", false), group(started), nil)
	if flagged := data.Flagged(roles.of(waits).Listed(ctx, env), "primary"); slices.Equal(flagged, []string{next}) {
		expectUsers(env, among(ctx, env, group(started, waits)), started)
		expectUsers(env, among(ctx, env, group(started, waits), client.Query("include_upcoming", true)), started, waits)
	}
}

// excludedBeside leaves out one of two users of a name, beside filters that keep both.
func excludedBeside(ctx context.Context, env *suite.Env) {
	name := word(env, "Fern")
	user, other := namesake(ctx, env, name), namesake(ctx, env, name)
	role := listOf(ctx, env, "listUserRoles", of(user)).Get("data.0")
	out, named := client.Query("exclude_ids", user.Text("id")), client.Query("q", name)
	view := "non-volunteers"
	if role.Get("type").String() == "volunteer" {
		view = "volunteers"
	}
	for _, filter := range []client.Option{
		client.Query("view", view),
		client.Query("team", role.Get("team.id").String()), client.Query("manager", role.Get("manager.id").String()),
		client.Query("ids", comma(kit.Any(idsOf(user, other))...)), client.Query("include_inactive", true),
		client.Query("include_upcoming", true), client.Query("include", "roles"), client.Query("s", "a"),
	} {
		list := listAll(ctx, env, "listUsers", named, filter, out)
		env.ExpectAnswer(list)
		env.Expect(list).To(data.Lacks(user.Text("id")))
		if role.Get("team.id").Exists() && role.Get("manager.id").Exists() {
			expectUsers(env, list, other)
		}
	}
}

// listedOnce gives a user a second role that passes the filter as the first does.
func listedOnce(parameter string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		user, first := makeUser(ctx, env), kit.GivenNumber(env, "roleProfileId")
		second := kit.FirstGivenNumber(env, "secondRoleProfileId", "roleProfileId")
		roleSub().of(user).Made(ctx, env, kit.Body{"role": ref(second), "team": ref(kit.GivenNumber(env, "teamId")),
			"manager": ref(kit.GivenNumber(env, "managerUserId"))})
		value := map[string]any{"team": env.Given("teamId"), "manager": env.Given("managerUserId"), "roles": comma(first, second)}
		list := among(ctx, env, group(user), client.Query(parameter, value[parameter]))
		env.ExpectAnswer(list)
		expectUsers(env, list, user)
	}
}

// totalOfKept compares the total with the users who are there on all pages.
func totalOfKept(ctx context.Context, env *suite.Env) {
	name, users := word(env, "Fern"), group()
	for range 3 {
		users = append(users, namesake(ctx, env, name))
	}
	for _, filter := range []client.Option{
		client.Query("exclude_ids", users[1].Text("id")), client.Query("ids", users[1].Text("id")),
		client.Query("has_email", true), client.Query("include_inactive", true), client.Query("team", env.Given("teamId")),
		client.Query("include", "roles"), client.Query("view", "on-call"),
	} {
		list := listAll(ctx, env, "listUsers", client.Query("q", name), filter)
		env.ExpectAnswer(list)
		env.Expect(list).To(match.Member(pagination+"total", len(data.IDs(list))))
	}
}
