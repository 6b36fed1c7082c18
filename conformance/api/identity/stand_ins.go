package identity

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// standIns begin with what is known of every user.
func standIns() []kit.StandIn {
	marked := func(by string) func(string) string {
		return func(name string) string { return kit.Half(name) + by }
	}
	return []kit.StandIn{
		kit.Its("the username", "username"),
		kit.Its("the e-mail address", "email"),
		kit.Its("the id", "userId"),
		kit.Turned("the username without its last letter", "username", func(name string) string { return kit.Shorter(name, 1) }),
		kit.Turned("the first letters of the username", "username", kit.Half),
		kit.Turned("the first letters and an asterisk", "username", marked("*")),
		kit.Turned("the first letters and a percent sign", "username", marked("%")),
		kit.Turned("the username with an underscore at its end", "username", func(name string) string {
			return kit.Shorter(name, 1) + "_"
		}),
		kit.Turned("the username and an asterisk", "username", func(name string) string { return name + "*" }),
		kit.Turned("a name that nobody has", "username", func(string) string { return nobody }),
		kit.Turned("an asterisk", "username", func(string) string { return "*" }),
		kit.Turned("the username and a filter", "username", func(name string) string { return name + ")(cn=*" }),
		kit.Turned("the username and a comment", "username", func(name string) string { return name + "'--" }),
	}
}

// inPlaceOf gives what stands in for the username; a user who is called like that, or who
// has nothing to stand in, ends the case.
func inPlaceOf(ctx context.Context, env *suite.Env, username string, s kit.StandIn) string {
	user := byName(ctx, env.As(suite.DefaultPersona), username)
	if !user.Success() || user.Text("username") == "" {
		env.NotApplicable("the user %s is not shown", username)
	}
	text := s.Of(user)
	if text == "" || strings.EqualFold(text, username) {
		env.NotApplicable("%s of %s is none, or is the username", s.What, username)
	}
	return text
}

// standInFindsNobody asks for the given user by what is not its username.
func standInFindsNobody(ctx context.Context, env *suite.Env, s kit.StandIn) {
	if !env.Has("given:username") {
		env.NotApplicable("the target gives no username")
	}
	text := inPlaceOf(ctx, env, env.Given("username"), s)
	answer := byName(ctx, env, text)
	if answer.Success() && strings.EqualFold(answer.Text("username"), text) {
		env.NotApplicable("somebody is called %s", text)
	}
	env.ExpectRefused(answer)
}

// standInOpensNothing checks the right password with what is not its user's name.
func standInOpensNothing(ctx context.Context, env *suite.Env, s kit.StandIn) {
	if !env.Has("disposable-account") {
		env.NotApplicable("the target gives no disposable-account")
	}
	a := disposable(env)
	env.ExpectRefused(check(ctx, env, inPlaceOf(ctx, env, a.username, s), a.password))
}

// aliasOpensNothing checks a wrong password with what may be another name of the user: no document says that only the
// username names somebody who signs in.
func aliasOpensNothing(ctx context.Context, env *suite.Env, s kit.StandIn) {
	if !env.Has("disposable-account") {
		env.NotApplicable("the target gives no disposable-account")
	}
	turnedAway(env, check(ctx, env, inPlaceOf(ctx, env, disposable(env).username, s), wrongPassword))
}

// standInChangesNobody asks for a new password by what is not its user's name: whatever the refusal, the account keeps its own.
func standInChangesNobody(ctx context.Context, env *suite.Env, s kit.StandIn) {
	if !env.Has("disposable-account") {
		env.NotApplicable("the target gives no disposable-account")
	}
	a := disposable(env)
	text := inPlaceOf(ctx, env, a.username, s)
	if user := byName(ctx, env, text); user.Success() && strings.EqualFold(user.Text("username"), text) {
		env.NotApplicable("somebody is called %s", text)
	}
	a.restoreLater(ctx, env)
	signsIn := check(ctx, env, a.username, a.password).Success()
	turnedAway(env, env.Call(ctx, "changePassword", changing(text, freshPassword(env))...))
	if signsIn {
		expectWorks(ctx, env, a.username, a.password)
	}
}

// turnedAway expects a refusal of whatever status, and not that the service breaks.
func turnedAway(env *suite.Env, answer *client.Exchange) {
	env.Expect(answer).To(kit.Refusal())
}
