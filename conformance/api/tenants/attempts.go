package tenants

import (
	"context"
	"strings"

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

// and stands between criteria that a search is made by together.
const and = " and "

// searches lists what a search can be made by: each criterion, any two, and all of them. What holds
// of one says nothing of another, for a service may look each of them up by itself.
func searches() []string {
	one := criteria()
	return append(one, one[0]+and+one[1], one[0]+and+one[2], one[1]+and+one[2], strings.Join(one, and))
}

// by asks for a user by the criteria of one of the searches.
func by(values map[string]any, search string) client.Option {
	return func(r *client.Request) {
		for _, name := range strings.Split(search, and) {
			client.Query(name, values[name])(r)
		}
	}
}

// ways lists the operations, a search by each criterion and by several: who may search is the same
// question whatever is looked at.
func ways() (all []way) {
	for _, operation := range operations() {
		all = append(all, way{operation: operation})
	}
	for _, search := range searches()[1:] {
		all = append(all, way{"searchUser", search})
	}
	return all
}

// prepareWay is prepare of a search by any criterion as well.
func prepareWay(ctx context.Context, env *suite.Env, w way) kit.Attempt {
	if w.criterion == "" {
		return prepare(ctx, env, w.operation)
	}
	body := person(env)
	user := makeOf(ctx, env, body)
	return kit.Attempt{Operation: w.operation,
		Options: []client.Option{home(env), by(criteriaOf(env, user, body), w.criterion)}}
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
