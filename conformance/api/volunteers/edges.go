package volunteers

import (
	"context"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// edgeCases ask by values of which careless code makes something else: a coordinate that is 0, a role that is not the
// first, a third one, a name that somebody has, an identifier with more behind it, a value in another case.
func edgeCases() []suite.Case {
	cases := []suite.Case{
		{Requirement: "VOL-LST-29", Title: "a coordinate can be 0", Check: onTheLines},
		{Requirement: "VOL-LST-09", Title: "team finds by a primary role that is not the first",
			Check: primaryBehind("team", "teamId", "secondTeamId")},
		{Requirement: "VOL-LST-10", Title: "manager finds by a primary role that is not the first",
			Check: primaryBehind("manager", "managerUserId", "supervisorUserId")},
		{Requirement: "VOL-CRT-19", Title: "each of three role profiles becomes an association", Check: threeRolesSent},
		{Requirement: "VOL-CRT-01", Title: "two people can have the same name", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := kit.With(userBody(env), kit.Body{"last_name": user.Text("last_name"), "dob": bornYearsAgo(env, 51)})
			other := create(ctx, env, body)
			env.ExpectAnswer(other)
			expectUsers(env, listAll(ctx, env, "listUsers", client.Query("q", user.Text("last_name"))), user, other)
		}},
		{Requirement: "VOL-GET-02", Title: "with include it is the same user", Check: sameWithInclude},
		{Requirement: "VOL-SUP-20", Title: "who supervises a user is not supervised by them", Check: oneWay},
		{Requirement: "VOL-NOTE-11", Title: "the list names whom the note read alone names",
			Check: noteSub().listedAuthor},
		{Requirement: "VOL-TP-23", Title: "the list names whom the touchpoint read alone names",
			Check: touchpointSub().listedAuthor},
		addressSub().caseCase("VOL-ADDR-10", "home", "Home", "Work", "Other", "Additional address"),
		phoneSub().caseCase("VOL-PHONE-08", "mobile", phoneTypes()...),
	}
	for member, wrong := range kit.InOrder(map[string]kit.Body{
		"phoneNumbers":   {"phone_number": noText(), "primary": true, "type": "Home"},
		"emailAddresses": {"email": "abc", "primary": false}, "roleProfiles": {"id": "abc", "start": "abc"},
	}) {
		cases = append(cases, suite.Case{Requirement: "VOL-GEN-16", Check: refusedForPart(member, wrong),
			Title: "a user refused for one of " + member + " is not listed"})
	}
	return append(cases, each("VOL-GEN-13", "a record with more behind its number is not found", recordOrParent, moreBehind)...)
}

// onTheLines has one user on the equator and one on the meridian: where both meet may be where those are who live nowhere.
func onTheLines(ctx context.Context, env *suite.Env) {
	living := func(lat, long float64) *client.Exchange {
		user := makeUser(ctx, env)
		place := kit.Body{"primary": true, "lat": lat, "long": long}
		made := env.Must(ctx, "createUserAddress", of(user), client.JSON(kit.With(addresses().body(ctx, env), place)))
		if !kit.Alike(made.Get("data.lat"), lat, false) || !kit.Alike(made.Get("data.long"), long, false) {
			env.Undetermined("lat and long of an address are not stored as sent\n%s", match.Show(made))
		}
		return user
	}
	const there = 40.25
	users := group(living(0, there), living(there, 0))
	for i, point := range [][2]float64{{0, there}, {there, 0}} {
		list := among(ctx, env, users, client.Query("lat", point[0]), client.Query("long", point[1]),
			client.Query("distance", 10))
		env.ExpectAnswer(list)
		expectUsers(env, list, users[i])
	}
}

// primaryBehind gives a user a second role that becomes the primary one: a filter may go by that alone, or by all.
func primaryBehind(parameter, first, second string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		was, is := kit.GivenNumber(env, first), kit.FirstGivenNumber(env, second, first)
		if was == is {
			env.NotApplicable("the target gives no %s that is another", second)
		}
		held := kit.Body{parameter: ref(was)}
		roles, user, stays := roleSub(), withRole(ctx, env, held), withRole(ctx, env, held)
		next := recordOf(roles.of(user).Made(ctx, env, kit.Body{parameter: ref(is), "primary": true}))
		if flagged := data.Flagged(roles.of(user).Listed(ctx, env), "primary"); !slices.Equal(flagged, []string{next}) {
			env.NotApplicable("the new role is not the primary one")
		}
		separated(ctx, env, client.Query(parameter, is), group(user), group(stays))
	}
}

func threeRolesSent(ctx context.Context, env *suite.Env) {
	first := kit.With(roleItem(env), kit.Body{"custom_title": word(env, "First")})
	roles := []map[string]any{first}
	for range 2 { // so that no two are of one profile in one team
		profile, team := nextRole(env)
		roles = append(roles, kit.With(roleItem(env), kit.Body{"id": profile, "team": ref(team),
			"custom_title": word(env, "Next"), "start": day(env, -10)}))
	}
	if !env.Has("given:secondRoleProfileId") || !env.Has("given:secondTeamId") {
		env.NotApplicable("the target gives no second role profile and team")
	}
	made := create(ctx, env, kit.With(userBody(env), kit.Body{"roleProfiles": kit.Any(roles)}))
	env.ExpectAnswer(made)
	expectRoles(env, listAll(ctx, env, "listUserRoles", of(made)), roles...)
}

// sameWithInclude compares a user with what they are with something besides.
func sameWithInclude(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	env.Must(ctx, "updateUser", of(user), client.JSON(users().change(env)))
	bare := readUser(ctx, env, user)
	for _, value := range []string{"roles", comma(kit.Any(includes())...)} {
		with := env.Call(ctx, "getUser", of(user), client.Query("include", value))
		env.ExpectAnswer(with)
		for _, member := range []string{"id", "display_name", "title", "about_me", "first_name", "last_name", "preferred_name",
			"dob", "role_name", "team_name", "status", "website", "accessibility_info"} {
			env.Expect(with).To(kit.Same(env, member, bare, member), "with include and without")
		}
	}
}

func oneWay(ctx context.Context, env *suite.Env) {
	pairs, user, supervisor := supervisorSub(), makeUser(ctx, env), makeSupervisor(ctx, env)
	above := pairs.Below(client.Path("userId", supervisor["id"]))
	before := data.IDs(above.Listed(ctx, env))
	pairs.of(user).Made(ctx, env, kit.Body{"user": supervisor})
	list := above.All(ctx, env)
	env.ExpectAnswer(list)
	env.Expect(list).To(data.Only(before...))
}

// listedAuthor compares who stands in the list with who stands in the record.
func (s sub) listedAuthor(ctx context.Context, env *suite.Env) {
	own := s.Owned(ctx, env)
	id := recordOf(own.Made(ctx, env))
	read, list := own.Get(ctx, env, id), own.Listed(ctx, env)
	place := data.Place(list, id)
	if !read.Success() || !list.Get(place).Exists() {
		env.NotApplicable("it is not there to be compared\n%s", match.Show(list))
	}
	for _, member := range []string{"created_by.id", "user.id"} {
		if read.Get("data." + member).Exists() {
			env.Expect(list).To(kit.Same(env, place+"."+member, read, "data."+member), "in the list")
		}
	}
}

// caseCase sends a type in another case: it is refused, or taken for the one that it is.
func (s sub) caseCase(requirement, sent string, types ...string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a type in another case is refused, or is that type",
		Check: func(ctx context.Context, env *suite.Env) {
			own := s.Owned(ctx, env)
			answer := kit.TakenOrRefused(ctx, env, func() *client.Exchange {
				return own.Send(ctx, env, kit.With(s.Body(env), kit.Body{"type": sent}))
			}, own.Listing(env))
			if answer.Success() {
				env.Expect(answer.Text("data.type")).To(gomega.BeElementOf(types), "the type\n%s", match.Show(answer))
			}
		}}
}

// refusedForPart sends a good part and a wrong one of a new user.
func refusedForPart(member string, wrong kit.Body) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		body := userBody(env)
		good, _ := body[member].([]any)
		body[member] = append(good[:len(good):len(good)], wrong)
		kit.TakenOrRefused(ctx, env, func() *client.Exchange {
			return env.Call(ctx, "createUser", client.JSON(body))
		}, env.StateOf("listUsers", client.Query("q", body["last_name"]), client.Query("include_upcoming", true),
			client.Query("include_inactive", true)))
	}
}

// moreBehind calls what names a record by its number and letters behind it.
func moreBehind(ctx context.Context, env *suite.Env, r resource) {
	s := r.stand(ctx, env)
	for _, one := range s.calls(ctx, env, s.Operations()) {
		if r.ofRecord(one.Operation) {
			one.Refused(ctx, env, env, client.Path(r.ID, s.record+"abc"))
		}
	}
}
