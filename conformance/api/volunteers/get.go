package volunteers

import (
	"context"
	"net/url"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// userFlags lists the members of a user that are booleans.
func userFlags() []string {
	return []string{
		"appear_in_directory", "appear_in_near_me", "is_volunteer", "is_non_volunteer", "is_system",
		"is_minor", "on_call", "2fa_enabled", "2fa_disabled",
	}
}

// isFullUser is the full form of a user.
func isFullUser(value gjson.Result, strict bool) string {
	members := kit.Shape{
		"about_me": kit.OrNull(kit.IsText), "facebook": kit.OrNull(kit.IsText), "twitter": kit.OrNull(kit.IsText),
		"website":       kit.OrNull(kit.IsURI),
		"on_hold":       kit.OrNull(kit.OneOf("with-contact", "without-contact", "access-suspended")),
		"anonymised":    kit.OrNull(kit.IsInstant),
		"volunteer_for": kit.OrNull(kit.IsText), "on_call_end": kit.OrNull(kit.IsInstant), "first_name": kit.IsText,
		"last_name": kit.IsText,
		"username":  kit.OrNull(kit.IsText), "dob": kit.OrNull(kit.IsDate), "preferred_name": kit.OrNull(kit.IsText),
		"on_hold_start": kit.OrNull(kit.IsText),
		"on_hold_end":   kit.OrNull(kit.IsText), "start_date": kit.OrNull(kit.IsDate), "internal_email": kit.OrNull(kit.IsText),
		"flags":              kit.IsObject,
		"accessibility_info": kit.OrNull(kit.IsText), "attributes": kit.OrNull(kit.IsObject),
	}
	for _, flag := range userFlags() {
		members[flag] = kit.IsBoolean
	}
	if wrong := isShortUser(value, strict); wrong != "" {
		return wrong
	}
	return kit.Object(members)(value, strict)
}

func getCases() []suite.Case {
	cases := []suite.Case{
		{Requirement: "VOL-GET-01", Title: "the user of the path is answered", Check: func(ctx context.Context, env *suite.Env) {
			for _, made := range group(makeUser(ctx, env), makeUser(ctx, env)) {
				read := env.Call(ctx, "getUser", of(made))
				env.ExpectAnswer(read)
				env.Expect(read).To(match.Member("id", made.Get("id").Value()))
				env.Expect(read).To(kit.Same(env, "last_name", made, "last_name"))
			}
		}},
		{Requirement: "VOL-GET-02", Title: "the full user is answered",
			Check: eachUser(func(env *suite.Env, user *client.Exchange) {
				kit.ExpectShape(env, user, "@this", isFullUser)
			})},
		{Requirement: "VOL-GET-03", Title: "only members that may be null are null", Check: eachUser(neverNull)},
		{Requirement: "VOL-GET-04", Title: "on_hold is one of its values or null",
			Check: eachUser(func(env *suite.Env, user *client.Exchange) {
				if !env.Strict() && user.Text("on_hold") == "" {
					return // an empty text for not on hold
				}
				kit.ExpectShape(env, user, "on_hold",
					kit.OrNull(kit.OneOf("with-contact", "without-contact", "access-suspended")))
			})},
		{Requirement: "VOL-GET-05", Title: "a normal user is not anonymised", Check: func(ctx context.Context, env *suite.Env) {
			read := env.Call(ctx, "getUser", of(makeUser(ctx, env)))
			env.ExpectAnswer(read)
			env.Expect(read.Get("anonymised").Type).To(gomega.Equal(gjson.Null), "anonymised is %s", read.Get("anonymised").Raw)
		}},
		{Requirement: "VOL-GET-06", Title: "role_name and team_name are those of the primary role", Check: namesOfPrimary},
		{Requirement: "VOL-GET-07", Title: "the two flags follow the types of the roles", Check: flagsOfRoles},
		{Requirement: "VOL-GET-07", Title: "without the only volunteer role, nobody is a volunteer",
			Needs: []string{"given:secondRoleProfileId"}, Check: volunteerNoMore},
		{Requirement: "VOL-GET-10", Title: "the addresses of portrait and site are absolute", Check: absoluteAddresses},
		{Requirement: "VOL-GET-11", Title: "an unknown user is not found", Check: func(ctx context.Context, env *suite.Env) {
			refusal := env.Call(ctx, "getUser", client.Path("userId", unknownID(env, 0)))
			env.ExpectRefused(refusal)
			refusalBody(env, refusal)
			env.Must(ctx, "getUser", of(makeUser(ctx, env)))
		}},
		{Requirement: "VOL-GET-12", Title: "no related list comes without include",
			Check: func(ctx context.Context, env *suite.Env) {
				user := env.Call(ctx, "getUser", of(makeUser(ctx, env)))
				env.ExpectAnswer(user)
				for _, name := range includes() {
					if name == "attributes" && !env.Strict() {
						continue // an object, and no list
					}
					env.Expect(user).To(match.Absent(name))
				}
			}},
		{Requirement: "VOL-GET-13", Title: "the flags are booleans", Check: eachUser(func(env *suite.Env, user *client.Exchange) {
			for _, flag := range userFlags() {
				env.Expect(user).To(match.Member(flag, gomega.BeAssignableToTypeOf(true)), "a flag is a boolean")
			}
		})},
	}
	for _, value := range includes() {
		cases = append(cases, suite.Case{Requirement: "VOL-GET-08", Title: "include takes " + value,
			Check: func(ctx context.Context, env *suite.Env) {
				made := makeUser(ctx, env)
				read := env.Call(ctx, "getUser", of(made), client.Query("include", value))
				env.ExpectAnswer(read)
				env.Expect(read.Text("id")).To(gomega.Equal(made.Text("id")))
			}})
	}
	return append(cases, includedCases()...)
}

// eachUser looks at users as they are read: a new one, one with every member
// changed, one without a date of birth, and some that the case did not make.
func eachUser(look func(env *suite.Env, user *client.Exchange)) func(ctx context.Context, env *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		changed, ageless := makeUser(ctx, env), kit.With(kit.With(userBody(env), kit.Without("dob")),
			kit.Body{"confirm_age": true})
		env.Must(ctx, "updateUser", of(changed), client.JSON(users().change(env)))
		for _, made := range group(makeUser(ctx, env), changed, makeUserOf(ctx, env, ageless)) {
			user := env.Call(ctx, "getUser", of(made))
			env.ExpectAnswer(user)
			look(env, user)
		}
		asked := limited(ctx, env, "listUsers", 10, client.Query("include_inactive", true))
		others := env.Must(ctx, "listUsers", asked...).Texts("data.#.id")
		for _, id := range others[:min(10, len(others))] {
			look(env, env.Must(ctx, "getUser", client.Path("userId", id)))
		}
	}
}

// neverNull holds for the members that neither the document nor any reading lets
// be null.
func neverNull(env *suite.Env, user *client.Exchange) {
	never := append(userFlags(), "id", "display_name", "can_manage", "status", "status.id", "status.name", "status.contactable",
		"first_name", "last_name", "flags")
	for _, member := range never {
		env.Expect(user).To(match.Member(member, gomega.Not(gomega.BeNil())), "it may not be null")
	}
}

func namesOfPrimary(ctx context.Context, env *suite.Env) {
	made := makeUser(ctx, env)
	role := roles().body(ctx, env)
	if env.Has("given:secondTeamId") {
		role["team"] = ref(kit.GivenNumber(env, "secondTeamId"))
	}
	env.Must(ctx, "createUserRole", of(made), client.JSON(role))
	list := listOf(ctx, env, "listUserRoles", of(made))
	primary := list.Get("data.#(primary==true)")
	if !primary.Exists() {
		env.Undetermined("none of the roles is primary\n%s", match.Show(list))
	}
	user := env.Call(ctx, "getUser", of(made))
	env.ExpectAnswer(user)
	expectNames(env, user, primary)
}

// namesOf are what the role and the team of an association can be called: the page speaks
// of the name, where each has more than one.
func namesOf(role gjson.Result) (roles, teams []string) {
	text := func(path string) string { return role.Get(path).String() }
	return filledOf(text("display_name"), text("name"), text("custom_title")), filledOf(text("team.display_name"),
		text("team.name"))
}

// expectNames expects a user to be shown with names of their primary role and its team.
func expectNames(env *suite.Env, user *client.Exchange, primary gjson.Result) {
	roles, teams := namesOf(primary)
	kit.ExpectShape(env, user, "role_name", kit.OneOf(roles...))
	kit.ExpectShape(env, user, "team_name", kit.OneOf(teams...))
}

// flagsOfRoles compares the flags with the types of the roles: of one role, and,
// where the target gives another profile, of the other and of both.
func flagsOfRoles(ctx context.Context, env *suite.Env) {
	people := group(makeVolunteer(ctx, env))
	if env.Has("given:secondRoleProfileId") {
		second := ref(kit.GivenNumber(env, "secondRoleProfileId"))
		both := makeUser(ctx, env)
		env.Must(ctx, "createUserRole", of(both), client.JSON(kit.With(roles().body(ctx, env), kit.Body{"role": second})))
		led := makeUser(ctx, env)
		env.Must(ctx, "createUserRole", of(led), client.JSON(kit.With(roles().body(ctx, env),
			kit.Body{"role": second, "primary": true})))
		people = append(people, withRole(ctx, env, second), both, led)
	}
	for _, person := range people {
		types := listOf(ctx, env, "listUserRoles", of(person)).Texts("data.#.type")
		user := env.Call(ctx, "getUser", of(person))
		env.ExpectAnswer(user)
		env.Expect(user).To(kit.Sent("is_volunteer", slices.Contains(types, "volunteer"), env.Strict()))
		env.Expect(user).To(kit.Sent("is_non_volunteer", slices.Contains(types, "non-volunteer"), env.Strict()))
	}
	env.Expect(env.Call(ctx, "getUser", of(people[0]))).To(kit.Sent("is_volunteer", true, env.Strict()))
}

func absoluteAddresses(ctx context.Context, env *suite.Env) {
	made := makeUser(ctx, env)
	env.Must(ctx, "updateUser", of(made), client.JSON(map[string]any{"website": "https://example.com/rowan"}))
	user := env.Call(ctx, "getUser", of(made))
	env.ExpectAnswer(user)
	env.Expect(user.Text("website")).ToNot(gomega.BeEmpty(), "the website was set")
	list := env.Must(ctx, "listUsers", limited(ctx, env, "listUsers", 10)...)
	ids := append([]string{made.Text("id")}, list.Texts("data.#.id")...)
	for _, id := range ids[:min(11, len(ids))] {
		user := env.Must(ctx, "getUser", client.Path("userId", id))
		for _, member := range []string{"profile_photo_url", "website"} {
			value := user.Get(member)
			if value.Type == gjson.Null {
				continue
			}
			parsed, err := url.Parse(value.String())
			env.Expect(err == nil && format.URI(value.String()) && parsed.Host != "").To(gomega.BeTrue(),
				"%s is %s, not an absolute URL", member, value.Raw)
		}
	}
}
