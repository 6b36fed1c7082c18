package volunteers

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// comma joins values as list parameters want them.
func comma(values ...any) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	return strings.Join(texts, ",")
}

// placementCases are about filters by what a user is tied to.
func placementCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-LST-09", Title: "team keeps the users of any team named",
			Check: func(ctx context.Context, env *suite.Env) {
				first, second := kit.GivenNumber(env, "teamId"), kit.GivenNumber(env, "secondTeamId")
				a, b := inTeam(ctx, env, first), inTeam(ctx, env, second)
				separated(ctx, env, client.Query("team", first), group(a), group(b))
				separated(ctx, env, client.Query("team", second), group(b), group(a))
				separated(ctx, env, client.Query("team", comma(first, second)), group(a, b), nil)
				separated(ctx, env, client.Query("team", unknownID(env, 0)), nil, group(a, b))
			}},
		{Requirement: "VOL-LST-10", Title: "manager keeps the users of any manager named", Check: managers},
		{Requirement: "VOL-LST-11", Title: "supervisor keeps the users of any supervisor named", Check: supervisedBy},
		{Requirement: "VOL-LST-12", Title: "roles keeps the holders of any role profile named", Check: holders},
		{Requirement: "VOL-LST-09", Title: "team goes by the teams that the users have now",
			Check: movedRole("team", "teamId", "secondTeamId", "team")},
		{Requirement: "VOL-LST-10", Title: "manager goes by the managers that the users have now",
			Check: movedRole("manager", "managerUserId", "supervisorUserId", "manager")},
		{Requirement: "VOL-LST-11", Title: "supervisor goes by the supervisors that the users have now", Check: supervisedNoMore},
		{Requirement: "VOL-LST-12", Title: "roles goes by the roles that the users have now", Check: heldNoMore},
		// Of several skills a list may ask for one, or for all of them: the page says neither.
		{Requirement: "VOL-LST-13", Title: "skills keeps those with the skill named",
			Check: func(ctx context.Context, env *suite.Env) {
				ids := kit.GivenNumbers(env, "skillIds", 2)
				a, b, none := skilled(ctx, env, ids[0]), skilled(ctx, env, ids[1]), makeUser(ctx, env)
				separated(ctx, env, client.Query("skills", ids[0]), group(a), group(b, none))
				separated(ctx, env, client.Query("skills", ids[1]), group(b), group(a, none))
				both := skilled(ctx, env, ids[0], ids[1])
				separated(ctx, env, client.Query("skills", comma(ids[0], ids[1])), group(both), group(none))
				inAnyOrder(ctx, env, "skills", ids[0], ids[1], group(a, b, both, none))
				other := env.Call(ctx, "updateUserSkills", of(a), client.JSON(kit.Body{"skills": []int{ids[1]}}))
				if other.Success() { // the list goes by the skills that a user has now
					separated(ctx, env, client.Query("skills", ids[1]), group(a, b), nil)
					if len(listOf(ctx, env, "listUserSkills", of(a)).Get("data").Array()) == 1 {
						separated(ctx, env, client.Query("skills", ids[0]), nil, group(a, b))
					}
				}
			}},
		{Requirement: "VOL-LST-14", Title: "langs keeps those with any language named",
			Check: func(ctx context.Context, env *suite.Env) {
				language := kit.GivenNumber(env, "languageId")
				a, none := skilled(ctx, env, language), makeUser(ctx, env)
				separated(ctx, env, client.Query("langs", language), group(a), group(none))
				separated(ctx, env, client.Query("langs", comma(unknownID(env, 0), language)), nil, group(none))
				inAnyOrder(ctx, env, "langs", unknownID(env, 0), language, group(a, none))
				separated(ctx, env, client.Query("langs", unknownID(env, 0)), nil, group(a, none))
				cleared := env.Call(ctx, "updateUserSkills", of(a), client.JSON(kit.Body{"skills": []any{}}))
				if cleared.Success() && len(listOf(ctx, env, "listUserSkills", of(a)).Get("data").Array()) == 0 {
					separated(ctx, env, client.Query("langs", language), nil, group(a, none))
				}
			}},
		{Requirement: "VOL-LST-45", Title: "a user must pass both ids and team",
			Check: func(ctx context.Context, env *suite.Env) {
				first, second := kit.GivenNumber(env, "teamId"), kit.GivenNumber(env, "secondTeamId")
				a, b := inTeam(ctx, env, first), inTeam(ctx, env, second)
				expectUsers(env, among(ctx, env, group(a), client.Query("team", second)))
				expectUsers(env, among(ctx, env, group(a), client.Query("team", first)), a)
				expectUsers(env, among(ctx, env, group(a, b), client.Query("team", first),
					client.Query("q", b.Text("last_name"))))
			}},
	}
}

func managers(ctx context.Context, env *suite.Env) {
	manager := kit.GivenNumber(env, "managerUserId")
	user := makeUser(ctx, env)
	separated(ctx, env, client.Query("manager", manager), group(user), nil)
	separated(ctx, env, client.Query("manager", comma(unknownID(env, 0), manager)), group(user), nil)
	separated(ctx, env, client.Query("manager", unknownID(env, 0)), nil, group(user))
	if !env.Has("given:supervisorUserId") || kit.GivenNumber(env, "supervisorUserId") == manager {
		return
	}
	other := kit.GivenNumber(env, "supervisorUserId")
	managed := withRole(ctx, env, map[string]any{"manager": ref(other)})
	separated(ctx, env, client.Query("manager", other), group(managed), group(user))
	separated(ctx, env, client.Query("manager", comma(manager, other)), group(managed, user), nil)
}

func supervisedBy(ctx context.Context, env *suite.Env) {
	supervisor := kit.GivenNumber(env, "supervisorUserId")
	user, alone := makeUser(ctx, env), makeUser(ctx, env)
	env.Must(ctx, "createUserSupervisor", of(user), client.JSON(map[string]any{"user": ref(fmt.Sprint(supervisor))}))
	separated(ctx, env, client.Query("supervisor", supervisor), group(user), group(alone))
	separated(ctx, env, client.Query("supervisor", comma(unknownID(env, 0), supervisor)), group(user), group(alone))
	separated(ctx, env, client.Query("supervisor", unknownID(env, 0)), nil, group(user, alone))
}

func holders(ctx context.Context, env *suite.Env) {
	profile := kit.GivenNumber(env, "roleProfileId")
	user := makeUser(ctx, env)
	separated(ctx, env, client.Query("roles", profile), group(user), nil)
	separated(ctx, env, client.Query("roles", unknownID(env, 0)), nil, group(user))
	if env.Has("given:secondRoleProfileId") {
		second := kit.GivenNumber(env, "secondRoleProfileId")
		other := withRole(ctx, env, map[string]any{"id": second})
		separated(ctx, env, client.Query("roles", second), group(other), group(user))
		separated(ctx, env, client.Query("roles", profile), group(user), group(other))
		inAnyOrder(ctx, env, "roles", profile, second, group(user, other))
		roles := roleSub()
		roles.of(user).Made(ctx, env, kit.Body{"role": ref(second), "primary": true}) // the list may go by the primary one
		separated(ctx, env, client.Query("roles", second), group(user, other), nil)
	}
}

// inAnyOrder expects a list of two ids to keep the same users in either order: whether for one of
// them or for both, each of them counts.
func inAnyOrder(ctx context.Context, env *suite.Env, parameter string, one, other int, users []*client.Exchange) {
	first := among(ctx, env, users, client.Query(parameter, comma(one, other)))
	turned := among(ctx, env, users, client.Query(parameter, comma(other, one)))
	if first.Success() && turned.Success() {
		env.Expect(turned).To(data.Only(data.IDs(first)...), "the same ids in the other order")
	}
}

// skilled makes a user with those skills, interests or languages alone.
func skilled(ctx context.Context, env *suite.Env, skills ...int) *client.Exchange {
	user := makeUser(ctx, env)
	env.Must(ctx, "updateUserSkills", of(user), client.JSON(map[string]any{"skills": skills}))
	return user
}

// stateCases are about filters by how a user stands.
func stateCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-LST-15", Title: "sids keeps users of the statuses named", Check: statuses},
		{Requirement: "VOL-LST-16", Title: "has_email=true keeps users with an email address",
			Check: func(ctx context.Context, env *suite.Env) {
				someHaveNone(ctx, env)
				body := userBody(env)
				delete(body, "emailAddresses")
				with, without := makeUser(ctx, env), makeUserOf(ctx, env, body)
				separated(ctx, env, client.Query("has_email", true), group(with), group(without))
				alone(ctx, env, client.Query("has_email", true), group(with), group(without))
			}},
		{Requirement: "VOL-LST-16", Title: "has_email=true goes by the addresses that the users have now", Check: mailNoMore},
		{Requirement: "VOL-LST-17", Title: "has_logged_in=true leaves out a new user",
			Check: func(ctx context.Context, env *suite.Env) {
				separated(ctx, env, client.Query("has_logged_in", true), nil, group(makeUser(ctx, env)))
			}},
		{Requirement: "VOL-LST-24", Title: "leaving out include_inactive is false",
			Check: func(ctx context.Context, env *suite.Env) {
				active := makeUser(ctx, env)
				sameAsFalse(ctx, env, "include_inactive", group(active, inactive(ctx, env, active)))
			}},
		{Requirement: "VOL-LST-25", Title: "include_inactive=true adds inactive users to all the others",
			Check: func(ctx context.Context, env *suite.Env) {
				active := makeUser(ctx, env)
				added(ctx, env, "include_inactive", group(active), inactive(ctx, env, active))
			}},
		{Requirement: "VOL-LST-26", Title: "leaving out include_upcoming is false",
			Check: func(ctx context.Context, env *suite.Env) {
				sameAsFalse(ctx, env, "include_upcoming", group(makeUser(ctx, env), upcoming(ctx, env)))
			}},
		{Requirement: "VOL-LST-27", Title: "a user whose role starts later is listed with include_upcoming=true only",
			Check: func(ctx context.Context, env *suite.Env) {
				added(ctx, env, "include_upcoming", group(makeUser(ctx, env)), upcoming(ctx, env))
			}},
	}
}

func statuses(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	status := user.Text("status.id")
	gone := inactive(ctx, env, user)
	both := client.Query("include_inactive", true)
	list := env.Call(ctx, "listUsers", client.Query("sids", status), both)
	env.ExpectAnswer(list)
	env.Expect(list).To(match.Member("data", gomega.Not(gomega.BeEmpty())), "the new user has that status")
	kit.ExpectShape(env, list, "data",
		kit.Array(0, kit.Object(kit.Shape{"status": kit.Object(kit.Shape{"id": isAlike(status)})})))
	everyone := group(user, gone)
	expectUsers(env, among(ctx, env, everyone, both), user, gone)
	expectUsers(env, among(ctx, env, everyone, both, client.Query("sids", status)), user)
	expectUsers(env, among(ctx, env, everyone, both, client.Query("sids", gone.Text("status.id"))), gone)
	expectUsers(env, among(ctx, env, everyone, both, client.Query("sids", comma(status, gone.Text("status.id")))), user, gone)
}

// inactive is the user whom the target names as one, else one whose only role has ended.
// It ends the case as undetermined where neither has another status than the active user:
// what makes a user inactive is said nowhere.
func inactive(ctx context.Context, env *suite.Env, active *client.Exchange) *client.Exchange {
	if env.Has("given:inactiveUserId") {
		user := env.Must(ctx, "getUser", client.Path("userId", env.Given("inactiveUserId")))
		if user.Text("status.id") != active.Text("status.id") {
			return user
		}
	}
	user := withRole(ctx, env, map[string]any{"start": day(env, -60), "end": day(env, -10)})
	user = env.Must(ctx, "getUser", of(user))
	if user.Text("status.id") == active.Text("status.id") {
		env.Undetermined("a user whose only role has ended is as active as any: no inactive user can be made\n%s",
			match.Show(user))
	}
	return user
}

// upcoming makes a user whose primary role starts in a month.
func upcoming(ctx context.Context, env *suite.Env) *client.Exchange {
	return withRole(ctx, env, map[string]any{"start": day(env, 30)})
}

// sameAsFalse expects the same users with the parameter left out and false: among
// those given, and, where nobody else writes, among all.
func sameAsFalse(ctx context.Context, env *suite.Env, parameter string, users []*client.Exchange) {
	out, no := among(ctx, env, users), among(ctx, env, users, client.Query(parameter, false))
	expectUsers(env, no, users[0])
	env.Expect(out).To(data.Only(no.Texts("data.#.id")...))
	if env.Has("worlds") {
		everyone, alike := env.Must(ctx, "listUsers"), env.Must(ctx, "listUsers", client.Query(parameter, false))
		env.Expect(everyone).To(kit.Same(env, "meta.pagination.total", alike, "meta.pagination.total"))
	}
}

// added expects the one user only with the parameter true, the others always, and
// never a smaller total.
func added(ctx context.Context, env *suite.Env, parameter string, always []*client.Exchange, one *client.Exchange) {
	everyone := append(always[:len(always):len(always)], one)
	expectUsers(env, among(ctx, env, everyone), always...)
	expectUsers(env, among(ctx, env, everyone, client.Query(parameter, false)), always...)
	expectUsers(env, among(ctx, env, everyone, client.Query(parameter, true)), everyone...)
	if env.Has("worlds") {
		without, with := env.Must(ctx, "listUsers"), env.Must(ctx, "listUsers", client.Query(parameter, true))
		env.Expect(with).To(match.Member("meta.pagination.total",
			gomega.BeNumerically(">", without.Get("meta.pagination.total").Num)))
	}
}

// isAlike is that identifier, as text or as a number.
func isAlike(id string) kit.ValueCheck {
	return func(value gjson.Result, _ bool) string { return kit.Unless(value.String() == id, "not "+id, value) }
}
