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

// acceptedPasswordCases are about passwords, names and bodies that are odd and
// taken all the same.
func acceptedPasswordCases() []suite.Case {
	return slices.Concat(
		kit.One("IDN-PWD-18", "a number works as the text of its digits", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			env.Expect(a.change(ctx, env, 48151623)).To(match.Success())
			expectWorks(ctx, env, a.username, "48151623")
			expectFails(ctx, env, a.username, a.password)
		}),
		kit.Each("IDN-PWD-19", "%q is taken", []string{"x", "7", "!"}, taken),
		kit.Each("IDN-PWD-20", "100 characters are taken: %s", []string{"of one letter", "of which only the last differs"},
			longTaken),
		kit.Each("IDN-PWD-20", "%d characters are taken", []int{250},
			func(ctx context.Context, env *suite.Env, length int) {
				taken(ctx, env, strings.Repeat("Kestrel-47", length/10))
			}),
		kit.Each("IDN-PWD-21", "%q is taken", []string{"Kestrel 47 Quay", "Kestrél-47", "Kestrel-47-Łódź", "Kestrel-🦅"}, taken),
		kit.Each("IDN-PWD-21", "%s is taken", []string{"letters", "twowordsandmore"},
			func(ctx context.Context, env *suite.Env, word string) {
				taken(ctx, env, strings.ReplaceAll(env.Unique(word), "-", ""))
			}),
		kit.One("IDN-PWD-22", "the present password is taken as the new one", func(ctx context.Context, env *suite.Env) {
			a := disposable(env).mustChange(ctx, env, freshPassword(env))
			env.ExpectAnswer(a.change(ctx, env, a.password))
			expectWorks(ctx, env, a.username, a.password)
		}),
		kit.One("IDN-PWD-23", "a former password is taken again", func(ctx context.Context, env *suite.Env) {
			first := disposable(env).mustChange(ctx, env, freshPassword(env))
			first.mustChange(ctx, env, freshPassword(env))
			env.ExpectAnswer(first.change(ctx, env, first.password))
			expectWorks(ctx, env, first.username, first.password)
		}),
		kit.One("IDN-PWD-24", "members that nobody knows are passed over", unknownMembers),
		kit.One("IDN-PWD-26", "the username is taken in another letter case", func(ctx context.Context, env *suite.Env) {
			a, password := disposable(env), freshPassword(env)
			a.restoreLater(ctx, env)
			answer := env.Call(ctx, "changePassword", changing(kit.OtherCase(env, a.username), password)...)
			env.ExpectAnswer(answer)
			if answer.Success() {
				expectWorks(ctx, env, a.username, password)
			}
		}),
	)
}

// taken changes the password and expects the new one alone to work.
func taken(ctx context.Context, env *suite.Env, password string) {
	a := disposable(env)
	answer := a.change(ctx, env, password)
	env.Expect(answer).To(match.Status(http.StatusOK))
	expectWorks(ctx, env, a.username, password)
	expectFails(ctx, env, a.username, a.password)
}

// longTaken makes sure that no character is cut off: without its last one the
// password does not work.
func longTaken(ctx context.Context, env *suite.Env, kind string) {
	password := strings.Repeat("m", 100)
	if kind != "of one letter" {
		password = password[:99] + "Z"
	}
	taken(ctx, env, password)
	expectFails(ctx, env, disposable(env).username, password[:99])
}

// unknownMembers sends members beside the password that other APIs would heed.
func unknownMembers(ctx context.Context, env *suite.Env) {
	a, password := disposable(env), freshPassword(env)
	a.restoreLater(ctx, env)
	before := env.Must(ctx, "getUserDetails", client.Path("username", a.username))
	env.ExpectAnswer(env.Call(ctx, "changePassword", client.Path("username", a.username), client.JSON(map[string]any{
		"password": password, "rollcall": []int{1}, "surname": "Rollcall", "enabled": false, "oldPassword": "wrong",
	})))
	expectWorks(ctx, env, a.username, password)
	expectSame(env, before.Body, found(env, byName(ctx, env, a.username)).Body, "the user")
}
