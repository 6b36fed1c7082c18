package identity

import (
	"context"
	"fmt"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// scenes tells who must not notice a change of a password: every other user that the
// target names, and whoever's password it gives.
func scenes() map[string]suite.SceneOf {
	return map[string]suite.SceneOf{"changePassword": func(ctx context.Context, env *suite.Env) suite.Scene {
		a := disposable(env)
		a.restoreLater(ctx, env)
		fresh := freshPassword(env)
		scene := suite.Scene{Request: changing(a.username, fresh)}
		for _, name := range []string{"username", "disabledUsername", "endingUsername", "futureEndUsername", "rolelessUsername",
			"disposable-staffless-account", "disposable-disabled-account"} {
			if env.Has("given:"+name) && env.Given(name) != a.username {
				scene.Untouched = append(scene.Untouched, details(env, env.Given(name)), opened(env, env.Given(name), fresh))
			}
		}
		for _, name := range []string{"sharedEmail", "email", "disabledEmail"} {
			if env.Has("given:" + name) {
				scene.Untouched = append(scene.Untouched, listing(env, env.Given(name)))
			}
		}
		for name, password := range kit.InOrder(map[string]string{
			"disabledUsername": "disabledPassword", "rowlessUsername": "rowlessPassword",
			"disposable-staffless-account": "disposable-staffless-account-password",
			"disposable-disabled-account":  "disposable-disabled-account-password",
		}) {
			if env.Has("given:"+name) && env.Has("given:"+password) {
				scene.Untouched = append(scene.Untouched, passwordRead(env, env.Given(name), env.Given(password)))
			}
		}
		return scene
	}}
}

// listing looks at who is listed under an address, the order of users and of their roles aside.
func listing(env *suite.Env, address string) suite.Read {
	return func(ctx context.Context) []byte {
		list := byEmail(ctx, env.As(suite.DefaultPersona), address)
		if !list.Success() {
			return fmt.Appendf(nil, `{"status":%d}`, list.Status)
		}
		return match.Unordered(documented(env, list.Body))
	}
}

// opened looks at whether a password that was just made opens another user's account. Before
// it is sent it opens nothing, and is not tried: a directory may count failures towards a lock.
func opened(env *suite.Env, username, fresh string) suite.Read {
	sent := false
	return func(ctx context.Context) []byte {
		opens := sent && check(ctx, env.As(suite.DefaultPersona), username, fresh).Success()
		sent = true
		return fmt.Appendf(nil, `{"opens":%t}`, opens)
	}
}

// pairs gives the lookups two users.
func pairs() map[string]suite.Pair {
	return map[string]suite.Pair{
		"getUserDetails": func(_ context.Context, env *suite.Env) (one, other []client.Option) {
			return []client.Option{client.Path("username", env.Given("username"))},
				[]client.Option{client.Path("username", kit.FirstGiven(env, "disposable-account",
					"disabledUsername", "endingUsername"))}
		},
		"getUserDetailsById": func(_ context.Context, env *suite.Env) (one, other []client.Option) {
			return []client.Option{client.Path("userId", env.Given("userId"))},
				[]client.Option{client.Path("userId", kit.FirstGiven(env, "disposable-account-userId",
					"disposable-staffless-account-userId"))}
		},
	}
}
