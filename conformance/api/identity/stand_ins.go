package identity

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// standIn is something of a user, or a pattern for its name, that is not its username.
type standIn struct {
	what string
	of   func(user *client.Exchange) string
}

func (s standIn) String() string { return s.what }

// standIns begin with what is known of every user.
func standIns() []standIn {
	name := func(turn func(name string) string) func(*client.Exchange) string {
		return func(user *client.Exchange) string { return turn(user.Text("username")) }
	}
	return []standIn{
		{"the username", name(func(name string) string { return name })},
		{"the e-mail address", func(user *client.Exchange) string { return user.Text("email") }},
		{"the id", func(user *client.Exchange) string { return user.Get("userId").String() }},
		{"the username without its last letter", name(func(name string) string { return name[:len(name)-1] })},
		{"the first letters of the username", name(func(name string) string { return name[:(len(name)+1)/2] })},
		{"the first letters and an asterisk", name(func(name string) string { return name[:(len(name)+1)/2] + "*" })},
		{"the first letters and a percent sign", name(func(name string) string { return name[:(len(name)+1)/2] + "%" })},
		{"the username with an underscore at its end", name(func(name string) string { return name[:len(name)-1] + "_" })},
		{"the username and an asterisk", name(func(name string) string { return name + "*" })},
		{"a name that nobody has", name(func(string) string { return nobody })},
		{"an asterisk", name(func(string) string { return "*" })},
		{"the username and a filter", name(func(name string) string { return name + ")(cn=*" })},
		{"the username and a comment", name(func(name string) string { return name + "'--" })},
	}
}

// inPlaceOf gives what stands in for the username; a user who is called like that, or who
// has nothing to stand in, ends the case.
func inPlaceOf(ctx context.Context, env *suite.Env, username string, s standIn) string {
	user := byName(ctx, env.As(suite.DefaultPersona), username)
	if !user.Success() || user.Text("username") == "" {
		env.NotApplicable("the user %s is not shown", username)
	}
	text := s.of(user)
	if text == "" || strings.EqualFold(text, username) {
		env.NotApplicable("%s of %s is none, or is the username", s.what, username)
	}
	return text
}

// standInFindsNobody asks for the given user by what is not its username.
func standInFindsNobody(ctx context.Context, env *suite.Env, s standIn) {
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
func standInOpensNothing(ctx context.Context, env *suite.Env, s standIn) {
	if !env.Has("disposable-account") {
		env.NotApplicable("the target gives no disposable-account")
	}
	a := disposable(env)
	env.ExpectRefused(check(ctx, env, inPlaceOf(ctx, env, a.username, s), a.password))
}

// aliasOpensNothing checks a wrong password with what may be another name of the user: no document says that only the
// username names somebody who signs in.
func aliasOpensNothing(ctx context.Context, env *suite.Env, s standIn) {
	if !env.Has("disposable-account") {
		env.NotApplicable("the target gives no disposable-account")
	}
	turnedAway(env, check(ctx, env, inPlaceOf(ctx, env, disposable(env).username, s), wrongPassword))
}

// standInChangesNobody asks for a new password by what is not its user's name: whatever the refusal, the account keeps its own.
func standInChangesNobody(ctx context.Context, env *suite.Env, s standIn) {
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
