package identity

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// samples gives a valid request of every operation: the lookups ask for what the
// target gives, the other two use the account that may be spoilt.
func samples() map[string]suite.Sample {
	return map[string]suite.Sample{
		"changePassword": func(ctx context.Context, env *suite.Env) []client.Option {
			a := disposable(env)
			a.restoreLater(ctx, env)
			return changing(a.username, freshPassword(env))
		},
		"authenticate": func(ctx context.Context, env *suite.Env) []client.Option {
			a := disposable(env)
			return checking(a.username, a.password)
		},
		"getUsersByEmail": func(_ context.Context, env *suite.Env) []client.Option {
			return []client.Option{client.Query("email", env.Given("email"))}
		},
		"getUserDetails": func(_ context.Context, env *suite.Env) []client.Option {
			return []client.Option{client.Path("username", env.Given("username"))}
		},
		"getUserDetailsById": func(_ context.Context, env *suite.Env) []client.Option {
			return []client.Option{client.Path("userId", env.Given("userId"))}
		},
	}
}

// changing is the request that gives a user a new password.
func changing(username string, password any) []client.Option {
	return []client.Option{client.Path("username", username), client.JSON(map[string]any{"password": password})}
}

// checking is the request that checks a user's password.
func checking(username string, password any) []client.Option {
	return []client.Option{client.JSON(map[string]any{"username": username, "password": password})}
}
