package identity

import (
	"context"
	"net/http"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// account is a user with the password that the target says it has.
type account struct{ username, password string }

// accountNamed is the user that the target gives under the name, its password
// under the name with "-password" behind it.
func accountNamed(env *suite.Env, name string) account {
	return account{username: env.Given(name), password: env.Given(name + "-password")}
}

// disposable is the account whose password and roles the suite may change.
func disposable(env *suite.Env) account { return accountNamed(env, "disposable-account") }

// restoreLater gives the account its own password back after the case. It stands before
// every change, so that the run first looks at the user as it is.
func (a account) restoreLater(ctx context.Context, env *suite.Env) {
	a.asFound(ctx, env)
	env.Track(func(ctx context.Context) {
		env.As(suite.DefaultPersona).Call(ctx, "changePassword", changing(a.username, a.password)...)
	})
}

// asFound is the account's user as the run found it, before any case changed the password.
func (a account) asFound(ctx context.Context, env *suite.Env) *client.Exchange {
	return env.AtFirst("user "+a.username, func() *client.Exchange {
		return byName(ctx, env.As(suite.DefaultPersona), a.username)
	})
}

// change asks for a new password, and returns the answer whatever it is.
func (a account) change(ctx context.Context, env *suite.Env, password any) *client.Exchange {
	a.restoreLater(ctx, env)
	return env.Call(ctx, "changePassword", changing(a.username, password)...)
}

// mustChange gives the account a new password and returns it so changed. A
// refusal leaves the case undetermined.
func (a account) mustChange(ctx context.Context, env *suite.Env, password string) account {
	a.restoreLater(ctx, env)
	env.Must(ctx, "changePassword", changing(a.username, password)...)
	return account{username: a.username, password: password}
}

// check asks whether that is the user's password.
func check(ctx context.Context, env *suite.Env, username string, password any) *client.Exchange {
	return env.Call(ctx, "authenticate", checking(username, password)...)
}

// expectWorks expects that to be the user's password, and not just any.
func expectWorks(ctx context.Context, env *suite.Env, username string, password any) {
	env.Expect(check(ctx, env, username, password)).To(match.Status(http.StatusOK), "this password is to work")
	wrongIsTold(ctx, env, username)
}

// wrongIsTold ends the case as undetermined when a wrong password is right, too:
// then a right one proves nothing.
func wrongIsTold(ctx context.Context, env *suite.Env, username string) {
	if answer := check(ctx, env.As(suite.DefaultPersona), username, wrongPassword); answer.Status != http.StatusUnauthorized {
		env.Undetermined("a wrong password is not told from a right one, so that nothing is known of passwords\n%s",
			match.Show(answer))
	}
}

// expectFails expects that not to be the user's password.
func expectFails(ctx context.Context, env *suite.Env, username string, password any) {
	env.Expect(check(ctx, env, username, password)).To(match.Status(http.StatusUnauthorized), "this password is not to work")
}

// passwordRead looks at whether that is the user's password.
func passwordRead(env *suite.Env, username string, password any) suite.Read {
	return env.As(suite.DefaultPersona).StateOf("authenticate", checking(username, password)...)
}

// freshPassword is a password that no other case or run has used, and that an ordinary
// policy takes: long, with capitals, small letters, digits and a sign, and no part of a
// name.
func freshPassword(env *suite.Env) string { return env.Unique("Kestrel") + "-47Q" }
