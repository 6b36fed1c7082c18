package tenants

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// attempt is a valid call of an operation with what it would change.
type attempt struct {
	operation string
	options   []client.Option
	reads     []suite.Read
}

// operations lists the four there are.
func operations() []string { return append(answering(), "deactivateUser") }

// answering lists the operations that answer with a user.
func answering() []string { return []string{"searchUser", "createUser", "updateUser"} }

// prepare makes what a valid call needs. The reads are the default caller's.
func prepare(ctx context.Context, env *suite.Env, operation string) attempt {
	if operation == "createUser" {
		body := person(env)
		return attempt{operation, []client.Option{home(env), client.JSON(body)}, readingOf(env, body)}
	}
	user := makeUser(ctx, env)
	id := idOf(env, user)
	reads := []suite.Read{reading(env, "userId", id)}
	switch operation {
	case "updateUser":
		body := changed(sent(user), "lastName", "Pemberton")
		return attempt{operation, []client.Option{home(env), client.Path("userId", id), client.JSON(body), client.Echo()}, reads}
	case "deactivateUser":
		return attempt{operation, []client.Option{home(env), client.Path("userId", id)}, reads}
	}
	return attempt{operation, []client.Option{home(env), client.Query("userId", id)}, nil}
}

// by sends the attempt as some caller, with changes.
func (a attempt) by(ctx context.Context, caller *suite.Env, changes ...client.Option) *client.Exchange {
	return caller.Call(ctx, a.operation, append(a.options[:len(a.options):len(a.options)], changes...)...)
}

// refused expects the attempt to be refused without effect when it is made by
// the caller with the changes, and makes sure that nothing else was wrong with it.
func (a attempt) refused(ctx context.Context, env, caller *suite.Env, changes ...client.Option) {
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return a.by(ctx, caller, changes...) }, a.reads...)
	control := a.by(ctx, env)
	if !control.Success() {
		env.Undetermined("the call is refused to the right caller as well, so that the refusal proves nothing\n%s", match.Show(control))
	}
}

// ofEach makes one case for each operation.
func ofEach(requirement, title string, operations []string, check func(ctx context.Context, env *suite.Env, operation string)) []suite.Case {
	var cases []suite.Case
	for _, operation := range operations {
		cases = append(cases, suite.Case{Requirement: requirement, Title: operation + ": " + title,
			Check: func(ctx context.Context, env *suite.Env) { check(ctx, env, operation) }})
	}
	return cases
}

// succeed makes a valid call that has to succeed for the case to go on.
func succeed(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	return env.Must(ctx, operation, prepare(ctx, env, operation).options...)
}
