// Package tenants holds the cases of the tenants contract: users of one tenant,
// found by search, created, replaced and deactivated.
package tenants

import (
	"context"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// API is the room of the tenants contract.
func API() suite.API {
	return suite.API{
		Contract: "tenants",
		Cases: slices.Concat(accessCases(), shapeCases(), wireCases(), secretCases(), criterionCases(), matchCases(),
			createCases(), inputCases(), refusedCases(), takenCases(), valueCases(), referenceCases(),
			updateCases(), updateInputCases(), keptCases(), deactivateCases()),
		Samples: samples(),
		Excuses: map[string]string{
			"TEN-DOC-deactivateUser-use_after_free": "deactivating erases nothing: what becomes of the user is TEN-DEL-03",
		},
	}
}

func samples() map[string]suite.Sample {
	return map[string]suite.Sample{
		"searchUser": func(ctx context.Context, env *suite.Env) []client.Option {
			user := makeUser(ctx, env)
			return []client.Option{home(env), client.Query("userId", user.Text("id")),
				client.Query("refNum", user.Text("referenceNumber")), client.Query("email", user.Text("email"))}
		},
		"createUser": func(_ context.Context, env *suite.Env) []client.Option {
			return []client.Option{home(env), client.JSON(person(env))}
		},
		"updateUser": func(ctx context.Context, env *suite.Env) []client.Option {
			user := makeUser(ctx, env)
			return []client.Option{home(env), client.Path("userId", user.Text("id")), client.JSON(person(env))}
		},
		"deactivateUser": func(ctx context.Context, env *suite.Env) []client.Option {
			user := makeUser(ctx, env)
			return []client.Option{home(env), client.Path("userId", user.Text("id"))}
		},
	}
}
