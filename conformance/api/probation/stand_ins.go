package probation

import (
	"context"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// standIn is something of a person that is not what a lookup asks for, and that careless code takes for it.
type standIn struct {
	what string
	of   func(person *client.Exchange) string
}

func (s standIn) String() string { return s.what }

// member is a member of the person. spelt is the username in another spelling.
func member(what, name string) standIn {
	return standIn{what, func(person *client.Exchange) string { return person.Get(name).String() }}
}

func spelt(what string, turn func(name string) string) standIn {
	return standIn{what, func(person *client.Exchange) string {
		if name := person.Text("username"); name != "" {
			return turn(name)
		}
		return ""
	}}
}

// forUsername stand in for a username. Blanks around it are left out: to pass over them is a target's right.
func forUsername() []standIn {
	swap := func(from ...string) func(string) string { return strings.NewReplacer(from...).Replace }
	return []standIn{
		member("the code", "code"), member("the id", "id"), member("the e-mail address", "email"),
		spelt("the username without its signs", swap(".", "", "-", "", "_", "")),
		spelt("the username with other signs", swap(".", "_", "-", ".", "_", ".")),
		spelt("the username with a host behind it", func(name string) string { return name + "@rollcall.invalid" }),
		spelt("the username in a domain", func(name string) string { return `ROLLCALL\` + name }),
		spelt("the username and more", func(name string) string { return name + ".rollcall" }),
		spelt("the first letters and an asterisk", func(name string) string { return name[:(len(name)+1)/2] + "*" }),
	}
}

// forCode stand in for a staff code.
func forCode() []standIn {
	return []standIn{
		member("the id", "id"), member("the username", "username"), member("the e-mail address", "email"),
		{"the code after a zero", func(person *client.Exchange) string { return "0" + person.Text("code") }},
		{"the code and an asterisk", func(person *client.Exchange) string { return person.Text("code") + "*" }},
	}
}

// standInCases ask each lookup for the given person by what is not its key, and switch the role of nobody.
func standInCases() []suite.Case {
	find := func(operation, key string) func(context.Context, *suite.Env, standIn) {
		return func(ctx context.Context, env *suite.Env, s standIn) {
			person := byCode(ctx, env, env.Given(theCode))
			text := s.inPlaceOf(env, person, key)
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
			func(ctx context.Context, env *suite.Env, s standIn) { standInTurns(ctx, env, s, false) }),
		kit.Each("PRO-ROLE-08", "the role is not taken by %s", forUsername(),
			func(ctx context.Context, env *suite.Env, s standIn) { standInTurns(ctx, env, s, true) }),
	)
}

// inPlaceOf is what stands in for the key of the person; one that the person has not, or that is the key, ends the case.
func (s standIn) inPlaceOf(env *suite.Env, person *client.Exchange, key string) string {
	text := s.of(person)
	if text == "" || strings.EqualFold(text, person.Get(key).String()) {
		env.NotApplicable("%s of the person is none, or is the %s", s.what, key)
	}
	return text
}

// standInIsNotListed asks for the given person among others by what the lookup finds nobody by.
func standInIsNotListed(ctx context.Context, env *suite.Env, s standIn) {
	person := env.Must(ctx, "findStaff", ask("findStaff", env.Given(theUsername)))
	text := s.inPlaceOf(env, person, "username")
	if env.Call(ctx, "findStaff", ask("findStaff", text)).Success() {
		env.NotApplicable("the lookup finds somebody by %s", text)
	}
	listed(ctx, env, 0, text)
}

// standInTurns switches the role by what is no username, and looks whether the user has it or not as before.
func standInTurns(ctx context.Context, env *suite.Env, s standIn, before bool) {
	username := holding(ctx, env, disposable, before)
	person := env.Call(ctx, "findStaff", ask("findStaff", username))
	if !person.Success() {
		env.NotApplicable("the user %s is not shown", username)
	}
	text := s.inPlaceOf(env, person, "username")
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
