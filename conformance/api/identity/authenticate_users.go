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

// checkedUserCases are about whose password is checked, and what that does.
func checkedUserCases() []suite.Case {
	return slices.Concat(
		kit.One("IDN-AUTH-09", "the username is taken in another letter case", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			env.ExpectAnswer(check(ctx, env, kit.OtherCase(env, a.username), a.password))
			wrongIsTold(ctx, env, a.username)
		}),
		kit.One("IDN-AUTH-10", "the password is refused in another letter case", func(ctx context.Context, env *suite.Env) {
			a := disposable(env).mustChange(ctx, env, freshPassword(env))
			expectWorks(ctx, env, a.username, a.password)
			env.ExpectRefused(check(ctx, env, a.username, kit.OtherCase(env, a.password)))
			env.ExpectRefused(check(ctx, env, a.username, kit.OtherCase(env, a.password[:1])+a.password[1:]))
		}),
		kit.One("IDN-AUTH-10", "the password of a disabled user is refused in another letter case",
			func(ctx context.Context, env *suite.Env) {
				if !env.Has("given:disabledUsername") || !env.Has("given:disabledPassword") {
					env.NotApplicable("the target gives no disabledUsername with its password")
				}
				password := env.Given("disabledPassword")
				if strings.ToUpper(password) == strings.ToLower(password) {
					env.NotApplicable("given:disabledPassword has no letters")
				}
				turnedAway(env, check(ctx, env, env.Given("disabledUsername"), kit.OtherCase(env, password)))
			}),
		kit.Each("IDN-AUTH-10", "%s is refused", spacedPasswords(), func(ctx context.Context, env *suite.Env, f failing) {
			env.ExpectRefused(f.send(ctx, env))
		}),
		kit.One("IDN-AUTH-26", "members that nobody knows are passed over", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			body := map[string]any{
				"username": a.username, "password": a.password, "rollcall": []int{1}, "email": noAddress, "enabled": false,
			}
			env.ExpectAnswer(env.Call(ctx, "authenticate", client.JSON(body)))
			body["password"] = a.password + "x"
			env.Expect(env.Call(ctx, "authenticate", client.JSON(body))).To(match.Status(http.StatusUnauthorized))
		}),
		kit.One("IDN-AUTH-27", "a disabled user's password is right", func(ctx context.Context, env *suite.Env) {
			name := env.Given("disabledUsername")
			if user := env.Must(ctx, "getUserDetails", client.Path("username", name)); user.Get("enabled").Bool() {
				env.Undetermined("the user %s is not disabled: correct given:disabledUsername", name)
			}
			env.ExpectAnswer(check(ctx, env, name, env.Given("disabledPassword")))
			wrongIsTold(ctx, env, name)
		}),
		kit.One("IDN-AUTH-28", "the password of a user without a row is right", func(ctx context.Context, env *suite.Env) {
			name := env.Given("rowlessUsername")
			if byName(ctx, env, name).Success() {
				env.Undetermined("the user %s has a row: correct given:rowlessUsername", name)
			}
			env.ExpectAnswer(check(ctx, env, name, env.Given("rowlessPassword")))
			wrongIsTold(ctx, env, name)
		}),
		kit.Each("IDN-AUTH-29", "a user without a directory entry is refused, by the password %s",
			[]string{wrongPassword, "secret"},
			func(ctx context.Context, env *suite.Env, password string) {
				env.ExpectRefused(check(ctx, env, env.Given("entrylessUsername"), password))
			}),
		kit.One("IDN-AUTH-30", "the right password works after ten wrong ones", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			a.restoreLater(ctx, env) // a new password opens a locked account in most services
			for range 10 {
				expectFails(ctx, env, a.username, wrongPassword)
			}
			env.ExpectAnswer(check(ctx, env, a.username, a.password))
		}),
		kit.One("IDN-AUTH-31", "checks change nothing of the user", checksChangeNothing),
	)
}

func checksChangeNothing(ctx context.Context, env *suite.Env) {
	a := disposable(env)
	before := env.Must(ctx, "getUserDetails", client.Path("username", a.username))
	for _, password := range []string{a.password, wrongPassword, a.password} {
		check(ctx, env, a.username, password)
		expectSame(env, before.Body, found(env, byName(ctx, env, a.username)).Body, "the user")
	}
	expectWorks(ctx, env, a.username, a.password)
	expectFails(ctx, env, a.username, wrongPassword)
}
