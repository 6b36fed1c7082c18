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

// writing lists those that change something.
func writing() []string { return []string{"createUser", "updateUser", "deactivateUser"} }

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
	return prepareFor(ctx, env, operation, makeUser(ctx, env))
}

// prepareFor is prepare of what is about a user.
func prepareFor(ctx context.Context, env *suite.Env, operation string, user *client.Exchange) kit.Attempt {
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

// way is an operation and, of a search, the criterion it is made by: "" is the id.
type way struct{ operation, criterion string }

func (w way) String() string {
	if w.criterion == "" {
		return w.operation
	}
	return w.operation + " by " + w.criterion
}

// everyCriterion is the way of a search by all of them.
const everyCriterion = "all criteria"

// ways lists the operations, a search by each criterion: who may search is the same
// question whatever is looked at.
func ways() (all []way) {
	for _, operation := range operations() {
		all = append(all, way{operation: operation})
	}
	return append(all, way{"searchUser", "refNum"}, way{"searchUser", "email"}, way{"searchUser", everyCriterion})
}

// prepareWay is prepare of a search by any criterion as well.
func prepareWay(ctx context.Context, env *suite.Env, w way) kit.Attempt {
	if w.criterion == "" {
		return prepare(ctx, env, w.operation)
	}
	body := person(env)
	user := makeOf(ctx, env, body)
	if w.criterion == everyCriterion {
		options := []client.Option{home(env)}
		for _, name := range criteria() {
			options = append(options, client.Query(name, criteriaOf(env, user, body)[name]))
		}
		return kit.Attempt{Operation: w.operation, Options: options}
	}
	return kit.Attempt{Operation: w.operation,
		Options: []client.Option{home(env), client.Query(w.criterion, criteriaOf(env, user, body)[w.criterion])}}
}

// otherWays are the searches by what the sample does not look at.
func otherWays() map[string]suite.Ways {
	return map[string]suite.Ways{"searchUser": func(ctx context.Context, env *suite.Env) (all [][]client.Option) {
		for _, w := range ways() {
			if w.criterion != "" {
				all = append(all, prepareWay(ctx, env, w).Options)
			}
		}
		return all
	}}
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
