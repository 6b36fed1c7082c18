package identity

import (
	"context"
	"hash/fnv"
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// account is a user with the password that it has, and the one that the target's file says it has.
type account struct{ username, password, own string }

// accountNamed is the user that the target gives under the name, its password
// under the name with "-password" behind it. Where the target didn't take that one back after
// a case, such as one that keeps a history of passwords, it is the one that the case left.
func accountNamed(env *suite.Env, name string) account {
	a := account{username: env.Given(name), own: env.Given(name + "-password")}
	if a.password = env.Remembered(a.note()); a.password == "" {
		a.password = a.own
	}
	a.notAfterGuesses(env)
	return a
}

// note is the name under which the run remembers the account's password.
func (a account) note() string { return "the password of " + strings.ToLower(a.username) }

// disposable is the account whose password and roles the suite may change.
func disposable(env *suite.Env) account { return accountNamed(env, "disposable-account") }

// restoreLater gives the account its own password back after the case, once. It stands before
// every change, so that the run first looks at the user as it is.
func (a account) restoreLater(ctx context.Context, env *suite.Env) {
	a.asFound(ctx, env)
	lookedAround(ctx, env)
	if env.Turn("restore "+a.note()) > 0 {
		return
	}
	a.notStuck(ctx, env)
	env.Track(func(ctx context.Context) { a.restore(ctx, env) })
}

// restore gives the account its own password back. A target that does not take it, such as one with a history of
// passwords, gets a new one, which the run goes on with; where that isn't taken either, the account is stuck.
func (a account) restore(ctx context.Context, env *suite.Env) {
	change := func(password string) *client.Exchange {
		return env.As(suite.DefaultPersona).Call(ctx, "changePassword", changing(a.username, password)...)
	}
	if change(a.own).Success() {
		env.Remember(a.note(), a.own)
		env.Stays("changePassword", a.username, false)
		return
	}
	taken, changed := env.LastTaken("changePassword", func(r client.Request) bool {
		return strings.EqualFold(r.PathValues["username"], a.username)
	})
	if !changed {
		return
	}
	left := gjson.GetBytes(taken.Body, "password").String()
	env.Remember(a.note(), left)
	if left == a.own {
		return
	}
	env.Stays("changePassword", a.username, true)
	next := freshPassword(env)
	if answer := change(next); !answer.Success() {
		env.Remember(a.stuck(), answer.String())
		return
	}
	env.Remember(a.note(), next)
}

// stuck is the name under which the run remembers why no password was taken after a change.
func (a account) stuck() string { return "why " + a.note() + " can't be changed" }

// notStuck ends the case as undetermined when the account took no further password after the change of an earlier one: a
// target may want some time between two changes. Where it takes its own back now, the next case goes on with that.
func (a account) notStuck(ctx context.Context, env *suite.Env) {
	why := env.Remembered(a.stuck())
	if why == "" {
		return
	}
	if env.As(suite.DefaultPersona).Call(ctx, "changePassword", changing(a.username, a.own)...).Success() {
		env.Remember(a.stuck(), "")
		env.Remember(a.note(), a.own)
		env.Stays("changePassword", a.username, false)
	}
	env.Undetermined("the account %s took no password back after the change of an earlier case (%s): let the target take "+
		"several changes in a row", a.username, why)
}

// notStale ends the case as undetermined when the password of the target's file is refused, with which nobody has signed in
// during the run, and one that is set opens the account: then the file is wrong, or an earlier run could not put it back.
func (a account) notStale(ctx context.Context, env *suite.Env, answer *client.Exchange) {
	if answer.Success() || a.password != a.own || env.Remembered(cameIn(a.username)) != "" {
		return
	}
	fresh := freshPassword(env)
	if a.change(ctx, env, fresh).Success() && check(ctx, env, a.username, fresh).Success() {
		env.Undetermined("the password that the target's file gives of %s is refused, and another one works once it is set: "+
			"correct it; an earlier run can't have put it back where the target doesn't take it as a new one", a.username)
	}
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
	a.password = password
	return a
}

// check asks whether that is the user's password.
func check(ctx context.Context, env *suite.Env, username string, password any) *client.Exchange {
	answer := env.Call(ctx, "authenticate", checking(username, password)...)
	guessed(env, username, answer.Success())
	return answer
}

// expectWorks expects that to be the user's password, and not just any.
func expectWorks(ctx context.Context, env *suite.Env, username string, password any) {
	answer := checkAfterGuesses(ctx, env, username, password)
	notLocked(env, username, answer)
	env.Expect(answer).To(match.Status(http.StatusOK), "this password is to work")
	wrongIsTold(ctx, env, username)
}

// notLocked ends the case as undetermined when an answer says that the account is locked for a while: it says nothing of
// the password.
func notLocked(env *suite.Env, username string, answer *client.Exchange) {
	if answer.Status == http.StatusLocked || answer.Status == http.StatusTooManyRequests {
		env.Undetermined("the account %s is locked for a while, so that nothing is known of its password\n%s", username,
			match.Show(answer))
	}
}

// wrongIsTold ends the case as undetermined when a wrong password is right, too:
// then a right one proves nothing. With which status it is refused is the business of other cases.
func wrongIsTold(ctx context.Context, env *suite.Env, username string) {
	if answer := check(ctx, env.As(suite.DefaultPersona), username, wrongPassword); answer.Status/100 != 4 {
		env.Undetermined("a wrong password is not told from a right one, so that nothing is known of passwords\n%s",
			match.Show(answer))
	}
}

// expectFails expects that not to be the user's password. Whoever tries several asks for the right one in between, as
// noneOpens does: an account may be locked after a few failures in a row.
func expectFails(ctx context.Context, env *suite.Env, username string, password any) {
	answer := check(ctx, env, username, password)
	notLocked(env, username, answer)
	env.Expect(answer).To(kit.Refusal(), "this password is not to work")
}

// noneOpens expects the account to be closed to each of the passwords, and to be open to its own after every second.
func (a account) noneOpens(ctx context.Context, env *suite.Env, passwords ...string) {
	for i, password := range passwords {
		if i > 0 && i%2 == 0 {
			signedIn(ctx, env, a)
		}
		expectFails(ctx, env, a.username, password)
	}
}

// passwordRead looks at whether that is the user's password.
func passwordRead(env *suite.Env, username string, password any) suite.Read {
	look := env.As(suite.DefaultPersona).StateOf("authenticate", checking(username, password)...)
	return func(ctx context.Context) []byte {
		guessed(env, username, false) // which it may be
		return look(ctx)
	}
}

// freshPassword is a password that no other case or run has used, and that an ordinary policy takes.
func freshPassword(env *suite.Env) string {
	hash := fnv.New64a()
	hash.Write([]byte(env.Unique("password")))
	return env.MadeUp(spelledPassword(hash.Sum64()))
}

// spelledPassword is a password of 14 signs, with capitals, small letters, digits and a sign. There are no three letters in a
// row, and so no part of a name, no word and no sequence: a consonant is drawn with a vowel that it doesn't follow, and that
// doesn't follow it, in the alphabet.
func spelledPassword(sum uint64) string {
	draw := func(from string) string {
		at := sum % uint64(len(from))
		sum /= uint64(len(from))
		return from[at : at+1]
	}
	syllable := func() string { return draw("cgkmrswxyz") + draw("aeiou") }
	digit := func() string { return draw("23456789") }
	capital := func(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
	return capital(syllable()) + digit() + syllable() + "-" + capital(syllable()) + digit() + syllable() + digit() +
		capital(syllable())
}
