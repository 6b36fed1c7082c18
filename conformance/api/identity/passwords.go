package identity

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// passwordCases are about what a change of a password does, and to whom.
func passwordCases() []suite.Case {
	unknown := []string{nobody, "Rollcall.NO-such_user"}
	return slices.Concat(
		kit.One("IDN-PWD-01", "a new password is taken", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			env.ExpectAnswer(a.change(ctx, env, freshPassword(env)))
			wrongIsTold(ctx, env, a.username)
		}),
		kit.One("IDN-PWD-02", "a change is answered with an empty body", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			answer := a.change(ctx, env, freshPassword(env))
			env.Expect(answer).To(match.Status(http.StatusOK))
			env.Expect(answer).To(match.Empty())
			wrongIsTold(ctx, env, a.username)
		}),
		kit.One("IDN-PWD-03", "each new password works at once", eachWorks),
		kit.One("IDN-PWD-04", "the password before stops working at once", oldStops),
		kit.One("IDN-PWD-04", "the password before opens nothing by another letter case of the username", oldStopsInOtherCase),
		kit.Each("IDN-PWD-04", "the password before stops working (%s)", append(others(), "disposable-rowless-account"),
			otherStops),
		refused("IDN-PWD-05", suite.DefaultPersona, unknownUsers()[:1]),
		kit.Each("IDN-PWD-05", "%s is no username to change the password of", slices.Concat(standIns()[1:3], standIns()[5:6]),
			standInChangesNobody),
		kit.One("IDN-PWD-05", "an unknown username with a space in it is no success", func(ctx context.Context, env *suite.Env) {
			turnedAway(env, env.Call(ctx, "changePassword", changing("some user of rollcall", newPassword)...))
		}),
		kit.Each("IDN-PWD-06", "the message names the unknown user %s", unknown,
			func(ctx context.Context, env *suite.Env, name string) {
				expectMessage(env, env.Call(ctx, "changePassword", changing(name, newPassword)...), noUser(name))
			}),
		kit.Each("IDN-PWD-07", "not found: %q", []string{"some user of rollcall", "rollcall nobody"}, spacedUnknown),
		kit.Each("IDN-PWD-27", "the password of a disabled user is changed (%s)", []string{"disposable-disabled-account"},
			otherAccountChanged),
		kit.Each("IDN-PWD-28", "the password of a user without a row is changed (%s)", []string{"disposable-rowless-account"},
			otherAccountChanged),
		kit.One("IDN-PWD-29", "a user without a directory entry has no password to change",
			func(ctx context.Context, env *suite.Env) {
				name := env.Given("entrylessUsername")
				refusal := env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
					return env.Call(ctx, "changePassword", changing(name, newPassword)...)
				}, passwordRead(env, name, newPassword), details(env, name))
				if env.Call(ctx, "changePassword", changing(nobody, newPassword)...).Text("message") != "" {
					env.Expect(refusal).To(match.Present("message"), "the 404 is of the user, not of the path")
				}
			}),
		kit.One("IDN-PWD-30", "a change leaves the rest of the user alone", restKept),
		kit.One("IDN-PWD-30", "a change by another letter case of the username leaves the user alone", restKeptInOtherCase),
	)
}

// oldStops changes the password three times, and tries after each change all that were before.
func oldStops(ctx context.Context, env *suite.Env) {
	a := disposable(env)
	expectWorks(ctx, env, a.username, a.password)
	former := []string{a.password}
	for range 3 {
		now := a.mustChange(ctx, env, freshPassword(env))
		now.noneOpens(ctx, env, former...)
		former = append(former, now.password)
	}
}

// oldStopsInOtherCase tries the former password by the username in another letter case, which a target may refuse
// whatever the password.
func oldStopsInOtherCase(ctx context.Context, env *suite.Env) {
	a := disposable(env)
	other := otherCaseOf(env, a.username)
	check(ctx, env, other, a.password)
	a.mustChange(ctx, env, freshPassword(env))
	turnedAway(env, check(ctx, env, other, a.password))
}

// otherStops changes the password of a user who is not like others; a target may refuse that.
func otherStops(ctx context.Context, env *suite.Env, name string) {
	a := another(env, name)
	if answer := a.change(ctx, env, freshPassword(env)); !answer.Success() {
		env.NotApplicable("the password of %s can't be changed: %s", a.username, answer)
	}
	turnedAway(env, check(ctx, env, a.username, a.password))
}

// spacedUnknown expects the same of an unknown name with spaces as of any other.
func spacedUnknown(ctx context.Context, env *suite.Env, name string) {
	refusal := env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return env.Call(ctx, "changePassword", changing(name, newPassword)...)
	}, passwordRead(env, name, newPassword))
	other := env.Call(ctx, "changePassword", changing(nobody, newPassword)...)
	if other.Text("message") == "" {
		return // nothing is said in a member that could be compared
	}
	env.Expect(refusal).To(match.Member("message", strings.ReplaceAll(other.Text("message"), nobody, name)),
		"the answer is as to another unknown name, %s", match.Show(other))
}

func otherAccountChanged(ctx context.Context, env *suite.Env, name string) {
	a := accountNamed(env, name)
	password := freshPassword(env)
	env.ExpectAnswer(a.change(ctx, env, password))
	expectWorks(ctx, env, a.username, password)
	expectFails(ctx, env, a.username, a.password)
}

// restKept changes the password twice and compares the user each time, seen by
// name and by id.
func restKept(ctx context.Context, env *suite.Env) {
	a := disposable(env)
	before := found(env, env.Must(ctx, "getUserDetails", client.Path("username", a.username)))
	if first := a.asFound(ctx, env); first != nil && first.Success() { // else reading is at fault, not the change
		expectSame(env, first.Body, before.Body, "the user before and after all changes of the run")
	}
	id := before.Get("userId").String()
	beforeByID := found(env, env.Must(ctx, "getUserDetailsById", client.Path("userId", id)))
	for range 2 {
		a.mustChange(ctx, env, freshPassword(env))
		expectSame(env, before.Body, found(env, byName(ctx, env, a.username)).Body, "the user by name")
		expectSame(env, beforeByID.Body, found(env, byID(ctx, env, id)).Body, "the user by id")
	}
}

// restKeptInOtherCase changes the password by the username in another letter case, which a target may refuse.
func restKeptInOtherCase(ctx context.Context, env *suite.Env) {
	a := disposable(env)
	before := found(env, byName(ctx, env, a.username))
	a.restoreLater(ctx, env)
	answer := env.Call(ctx, "changePassword", changing(otherCaseOf(env, a.username), freshPassword(env))...)
	if !answer.Success() {
		env.NotApplicable("the letter case of usernames counts: %s", answer)
	}
	expectSame(env, before.Body, found(env, byName(ctx, env, a.username)).Body, "the user")
}
