package probation

import (
	"context"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

func followed(by string) func(text string) string {
	return func(text string) string { return text + by }
}

// forUsername stand in for a username. Blanks around it are left out: to pass over them is a target's right.
func forUsername() []kit.StandIn {
	return []kit.StandIn{
		kit.Its("the code", "code"), kit.Its("the id", "id"), kit.Its("the e-mail address", "email"),
		kit.Turned("the username without its signs", "username", kit.Replacing(".", "", "-", "", "_", "")),
		kit.Turned("the username with other signs", "username", kit.Replacing(".", "_", "-", ".", "_", ".")),
		kit.Turned("the username with a host behind it", "username", followed("@rollcall.invalid")),
		kit.Turned("the username in a domain", "username", func(name string) string { return `ROLLCALL\` + name }),
		kit.Turned("the username and more", "username", followed(".rollcall")),
		kit.Turned("the first letters and an asterisk", "username", func(name string) string { return kit.Half(name) + "*" }),
	}
}

// forCode stand in for a staff code.
func forCode() []kit.StandIn {
	return []kit.StandIn{
		kit.Its("the id", "id"), kit.Its("the username", "username"), kit.Its("the e-mail address", "email"),
		kit.Turned("the code after a zero", "code", func(code string) string { return "0" + code }),
		kit.Turned("the code and an asterisk", "code", followed("*")),
	}
}

// standInCases ask each lookup for the given person by what is not its key, and switch the role of nobody.
func standInCases() []suite.Case {
	find := func(operation, key string) func(context.Context, *suite.Env, kit.StandIn) {
		return func(ctx context.Context, env *suite.Env, s kit.StandIn) {
			person := byCode(ctx, env, env.Given(theCode))
			text := inPlaceOf(env, s, person, key)
			found := env.Call(ctx, operation, ask(operation, text))
			if found.Success() && strings.EqualFold(found.Text(key), text) {
				env.NotApplicable("somebody has that as their own: %s", text)
			}
			env.ExpectRefused(found)
		}
	}
	return slices.Concat(
		kit.Each("PRO-STAFF-09", "%s is no username", forUsername(), find("findStaff", "username")),
		kit.Each("PRO-STAFF-15", "%s is no code", forCode(), find("findStaffByCode", "code")),
		kit.Each("PRO-STAFF-26", "%s is no username of a list", forUsername(), standInIsNotListed),
		kit.One("PRO-MGR-05", "the code of a manager is no case number", func(ctx context.Context, env *suite.Env) {
			if env.Has("given:crn") {
				env.ExpectRefused(env.Call(ctx, managerLookup, ask(managerLookup, manager(ctx, env, "crn").Text("code"))))
			}
		}),
		kit.Each("PRO-ROLE-06", "the role is not given by %s", forUsername(),
			func(ctx context.Context, env *suite.Env, s kit.StandIn) { standInTurns(ctx, env, s, false) }),
		kit.Each("PRO-ROLE-08", "the role is not taken by %s", forUsername(),
			func(ctx context.Context, env *suite.Env, s kit.StandIn) { standInTurns(ctx, env, s, true) }),
	)
}

// inPlaceOf is what stands in for the key of the person; one that the person has not, or that is the key, ends the case.
func inPlaceOf(env *suite.Env, s kit.StandIn, person *client.Exchange, key string) string {
	text := s.Of(person)
	if text == "" || strings.EqualFold(text, person.Get(key).String()) {
		env.NotApplicable("%s of the person is none, or is the %s", s.What, key)
	}
	return text
}

// standInIsNotListed asks for the given person among others by what the lookup finds nobody by.
func standInIsNotListed(ctx context.Context, env *suite.Env, s kit.StandIn) {
	person := env.Must(ctx, "findStaff", ask("findStaff", env.Given(theUsername)))
	text := inPlaceOf(env, s, person, "username")
	if env.Call(ctx, "findStaff", ask("findStaff", text)).Success() {
		env.NotApplicable("the lookup finds somebody by %s", text)
	}
	listed(ctx, env, 0, text)
}

// standInTurns switches the role by what is no username, and looks whether the user has it or not as before.
func standInTurns(ctx context.Context, env *suite.Env, s kit.StandIn, before bool) {
	if before && !env.Has(sibling) {
		env.NotApplicable("nothing shows whether the role was taken: the target has no identity API beside it")
	}
	username := holding(ctx, env, disposable, before)
	person := env.Call(ctx, "findStaff", ask("findStaff", username))
	if !person.Success() {
		env.NotApplicable("the user %s is not shown", username)
	}
	text := inPlaceOf(env, s, person, "username")
	if env.Has(sibling) && entry(ctx, env, text).Success() {
		env.NotApplicable("somebody is called %s", text)
	}
	answer := env.Call(ctx, turning(!before), ask(turning(!before), text))
	if !before {
		env.Expect(answer).To(kit.Refusal())
	}
	if env.Has(sibling) {
		held(ctx, env, username, before)
	}
}
