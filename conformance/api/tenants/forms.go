package tenants

import (
	"context"
	"maps"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// The documents draw the body of a create and of an update with 41 members, and say of none
// that it may be left out or null, nor that it has to be there. So a target may take what is
// set alone, want all of them named, or want a value in each.

// form adds to a body what a target may want on top of it.
type form struct {
	name string
	more func(env *suite.Env) map[string]any
}

func forms() []form {
	return []form{
		{"what is set", func(*suite.Env) map[string]any { return nil }},
		{"all members", func(*suite.Env) map[string]any { return unset() }},
		{"a value in each member", func(env *suite.Env) map[string]any { return kit.Fill(presets(env), values(env), unset()) }},
	}
}

// unset is every member, without a value.
func unset() map[string]any {
	all := map[string]any{}
	for _, member := range writable() {
		all[member] = nil
	}
	return all
}

// values are those that an ordinary product takes.
func values(env *suite.Env) map[string]any {
	all := map[string]any{}
	for _, group := range contested(env) {
		maps.Copy(all, group)
	}
	return all
}

// presets are the members that the target's file gives of users.
func presets(env *suite.Env) map[string]any {
	all := map[string]any{}
	for member := range asked() {
		if env.Has("given:" + member) {
			all[member] = given(env, member)
		}
	}
	return all
}

// whole is the body of a write in the form that the target takes.
func whole(ctx context.Context, env *suite.Env, operation string, body map[string]any) client.Option {
	return client.JSON(kit.Fill(body, formOf(ctx, env, operation).more(env)))
}

// formOf is the first form in which the target takes a write, tried once in a run: else each
// refusal could be one of the form, and would say nothing of what the case is about. It is
// what is set where the target takes none.
func formOf(ctx context.Context, env *suite.Env, operation string) form {
	for _, f := range forms() {
		taken := env.Beside(ctx, operation+" with "+f.name, func(ctx context.Context, env *suite.Env) *client.Exchange {
			if answer := tried(ctx, env, operation, f); answer.Success() {
				return answer
			}
			return nil
		})
		if taken != nil {
			return f
		}
	}
	return forms()[0]
}

// tried creates a user, or updates one, in a form.
func tried(ctx context.Context, env *suite.Env, operation string, f form) *client.Exchange {
	if operation == "createUser" {
		return createRaw(ctx, env, client.JSON(kit.Fill(person(env), f.more(env))))
	}
	user := makeUser(ctx, env)
	return env.Call(ctx, operation, home(env), client.Path("userId", idOf(env, user)),
		client.JSON(kit.Fill(renamed(user), f.more(env))), client.Echo())
}
