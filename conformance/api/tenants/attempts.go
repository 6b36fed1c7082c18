package tenants

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// operations lists the four there are.
func operations() []string { return append(answering(), "deactivateUser") }

// answering lists the operations that answer with a user.
func answering() []string { return []string{"searchUser", "createUser", "updateUser"} }

// prepare makes what a valid call needs. The reads are the default caller's.
func prepare(ctx context.Context, env *suite.Env, operation string) kit.Attempt {
	if operation == "createUser" {
		body := person(env)
		return kit.Attempt{
			Operation: operation, Reads: readingOf(env, body),
			Options: []client.Option{home(env), whole(ctx, env, operation, body)},
			Undo:    func(env *suite.Env, user *client.Exchange) { takeBack(env, home(env), user) },
		}
	}
	user := makeUser(ctx, env)
	id := idOf(env, user)
	valid := kit.Attempt{Operation: operation, Options: []client.Option{home(env), client.Path("userId", id)},
		Reads: []suite.Read{reading(env, "userId", id)}}
	switch operation {
	case "updateUser":
		valid.Options = append(valid.Options, whole(ctx, env, operation, renamed(user)), client.Echo())
	case "searchUser":
		valid.Options, valid.Reads = []client.Option{home(env), client.Query("userId", id)}, nil
	}
	return valid
}

// samples are the valid calls.
func samples() map[string]suite.Sample {
	all := map[string]suite.Sample{}
	for _, operation := range operations() {
		all[operation] = func(ctx context.Context, env *suite.Env) []client.Option { return prepare(ctx, env, operation).Options }
	}
	return all
}

// succeed makes a valid call that has to succeed for the case to go on.
func succeed(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	return env.Must(ctx, operation, prepare(ctx, env, operation).Options...)
}
