package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
		return suite.Scene{Request: changing(a.username, fresh), Untouched: untouched(ctx, env, a.username, fresh)}
	}}
}

// untouched are reads of everybody but the user whose password becomes the fresh one.
func untouched(ctx context.Context, env *suite.Env, username, fresh string) []suite.Read {
	var reads []suite.Read
	for name, read := range kit.InOrder(bystanders(env)) {
		if name != "user "+username {
			reads = append(reads, kit.SinceFirst(env, name, read))
		}
	}
	for _, other := range usersKnown(ctx, env) {
		if !strings.EqualFold(other, username) {
			reads = append(reads, opened(env, other, fresh))
		}
	}
	for name, password := range kit.InOrder(map[string]string{
		"disabledUsername": "disabledPassword", "rowlessUsername": "rowlessPassword",
		"disposable-staffless-account": "disposable-staffless-account-password",
		"disposable-disabled-account":  "disposable-disabled-account-password",
	}) {
		if env.Has("given:"+name) && env.Has("given:"+password) && env.Given(name) != username {
			reads = append(reads, passwordRead(env, env.Given(name), env.Given(password)))
		}
	}
	return reads
}

// bystanders are reads of who is looked at by a name or an address that the target gives, by what the run remembers them as.
// The accounts whose passwords cases change are there too: nothing but their passwords changes.
func bystanders(env *suite.Env) map[string]suite.Read {
	reads := map[string]suite.Read{}
	for _, name := range named() {
		if env.Has("given:" + name) {
			reads["user "+env.Given(name)] = details(env, env.Given(name))
		}
	}
	for _, name := range addresses() {
		if env.Has("given:" + name) {
			reads["users of "+env.Given(name)] = listing(env, env.Given(name))
		}
	}
	return reads
}

// lookedAround sees to it that everybody has been looked at before a change of a password is sent for the first time: what
// a change does once is the same before and after any later one.
func lookedAround(ctx context.Context, env *suite.Env) {
	for name, read := range kit.InOrder(bystanders(env)) {
		kit.AtFirst(ctx, env, name, read)
	}
}

// usersKnown are the names of the users whom the target gives or lists, each once.
func usersKnown(ctx context.Context, env *suite.Env) []string {
	var known []string
	add := func(name string) {
		same := func(other string) bool { return strings.EqualFold(name, other) }
		if name != "" && !slices.ContainsFunc(known, same) {
			known = append(known, name)
		}
	}
	for _, name := range named() {
		if env.Has("given:" + name) {
			add(env.Given(name))
		}
	}
	for _, address := range addresses() {
		if env.Has("given:" + address) {
			for _, user := range byEmail(ctx, env.As(suite.DefaultPersona), env.Given(address)).Get("@this").Array() {
				add(user.Get("username").String())
			}
		}
	}
	return known
}

// named are the users whom a target may give, those whose passwords cases change first.
func named() []string {
	return append(others(), "disposable-account", "disposable-rowless-account", "username", "disabledUsername", "endingUsername",
		"futureEndUsername", "rolelessUsername", "rowlessUsername", "emaillessUsername")
}

func addresses() []string { return []string{"sharedEmail", "email", "disabledEmail"} }

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
