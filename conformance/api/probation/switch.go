package probation

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const (
	theRole     = "LHDCBT002"
	disposable  = "disposable-account"
	thePassword = "disposable-account-password"
	sibling     = "shared-directory" // the caller of the API that shows the same directory
)

// turned turns the role of the user as wanted and returns the username. What the
// target answers to that is not looked at: cases that rely on it use holding.
// Afterwards the role is as it was, where that can be seen, else taken.
func turned(ctx context.Context, env *suite.Env, username string, wanted bool) string {
	settle(ctx, env, username, wanted)
	return username
}

// holding returns the username of a given account whose role is as wanted; a
// target that can't bring that about leaves the case undetermined.
func holding(ctx context.Context, env *suite.Env, given string, wanted bool) string {
	username := env.Given(given)
	if last := settle(ctx, env, username, wanted); last != nil && !last.Success() {
		env.Undetermined("set-up failed: %s\n%s", turning(wanted), match.Show(last))
	}
	if env.Has(sibling) && slices.Contains(roles(ctx, env, username), theRole) != wanted {
		env.Undetermined("set-up failed: after %s the roles are %v", turning(wanted), roles(ctx, env, username))
	}
	return username
}

// settle makes the role of the user as wanted and returns the last answer, nil
// when nothing was to be done. Where the role can't be seen it is turned the other
// way first: only then is the call one that has something to change.
func settle(ctx context.Context, env *suite.Env, username string, wanted bool) *client.Exchange {
	asFound(ctx, env, username)
	has := !wanted
	if env.Has(sibling) {
		has = slices.Contains(kit.Named(entry(ctx, env, username).Get("roles"), theRole), theRole)
	} else {
		env.Call(ctx, turning(has), ask(turning(has), username))
	}
	had := has && env.Has(sibling)
	env.Track(func(ctx context.Context) { env.Call(ctx, turning(had), ask(turning(had), username)) })
	if has == wanted {
		return nil
	}
	return env.Call(ctx, turning(wanted), ask(turning(wanted), username))
}

// asFound is the user as the run found it, before any call of the switch: as staff, and as the
// directory's entry where that can be seen. Each is nil when that look came to nothing. Who is not to notice
// is looked at, too: see kit.SinceFirst.
func asFound(ctx context.Context, env *suite.Env, username string) (staff, directory *client.Exchange) {
	for name, read := range kit.InOrder(bystanders(env.As(suite.DefaultPersona))) {
		kit.AtFirst(ctx, env, name, read)
	}
	staff = env.AtFirst("staff "+username, func() *client.Exchange {
		return env.As(suite.DefaultPersona).Call(ctx, "findStaff", ask("findStaff", username))
	})
	if env.Has(sibling) {
		directory = env.AtFirst("entry "+username, func() *client.Exchange { return entry(ctx, env, username) })
		if env.Has(disposable) && env.Has("given:"+thePassword) && username == env.Given(disposable) {
			env.AtFirst(thePassword, func() *client.Exchange { return signIn(ctx, env) })
		}
	}
	return staff, directory
}

// turning is the operation that gives or takes the role.
func turning(held bool) string {
	if held {
		return "addRole"
	}
	return "removeRole"
}

// entry reads the user in the directory through the API that shows it.
func entry(ctx context.Context, env *suite.Env, username string) *client.Exchange {
	other := env.As(sibling)
	return other.Send(ctx, http.MethodGet, "/user/{username}", client.Path("username", username), client.At(other.Info("url")))
}

// signIn checks the password that the target gives through the API that shows the directory.
func signIn(ctx context.Context, env *suite.Env) *client.Exchange {
	other := env.As(sibling)
	return other.Send(ctx, http.MethodPost, "/authenticate", client.At(other.Info("url")),
		client.JSON(map[string]string{"username": env.Given(disposable), "password": env.Given(thePassword)}))
}

// user is an entry that must be there.
func user(ctx context.Context, env *suite.Env, username string) *client.Exchange {
	found := entry(ctx, env, username)
	if !found.Success() || !found.Get("roles").IsArray() {
		env.Undetermined("the identity directory does not show %s\n%s", username, match.Show(found))
	}
	return found
}

// roles lists the roles of a user in the directory.
func roles(ctx context.Context, env *suite.Env, username string) []string {
	return kit.Named(user(ctx, env, username).Get("roles"), theRole)
}

// rest is a user's entry without the role of the switch.
func rest(ctx context.Context, env *suite.Env, username string) map[string]any {
	return restOf(user(ctx, env, username))
}

// restOf is an entry that is there without the role of the switch.
func restOf(found *client.Exchange) map[string]any {
	members := entryMembers(found)
	members["roles"] = otherRoles(kit.Named(found.Get("roles"), theRole))
	return members
}

// entryMembers are those that the document of the other API names, whose order of roles
// nothing promises. What a service sends besides may change with each look.
func entryMembers(found *client.Exchange) map[string]any {
	members := map[string]any{}
	for _, name := range []string{"userId", "username", "firstName", "surname", "email", "enabled"} {
		if member := found.Get(name); member.Exists() {
			members[name] = member.Value()
		}
	}
	if found.Get("roles").IsArray() {
		members["roles"] = slices.Sorted(slices.Values(kit.Named(found.Get("roles"), theRole)))
	}
	return members
}

// otherRoles are the roles but that of the switch, sorted: no order is promised.
func otherRoles(roles []string) []string {
	others := slices.DeleteFunc(slices.Clone(roles), func(role string) bool { return role == theRole })
	return slices.Sorted(slices.Values(others))
}

// switchState reads the account that a call of the switch is about, where another
// API shows it.
func switchState(env *suite.Env, operation string) []suite.Read {
	if !slices.Contains(switches(), operation) || !env.Has(disposable) {
		return nil
	}
	return shownState(env, env.Given(disposable))
}

// shownState reads a user, known or not, where another API shows the directory.
func shownState(env *suite.Env, username string) []suite.Read {
	if !env.Has(sibling) {
		return nil
	}
	return []suite.Read{userState(env, username)}
}

// userState reads a user in the directory, known or not.
func userState(env *suite.Env, username string) suite.Read {
	return func(ctx context.Context) []byte {
		found := entry(ctx, env, username)
		body, _ := json.Marshal(entryMembers(found)) // texts and numbers always encode
		return fmt.Appendf(nil, `{"status":%d,"body":%s}`, found.Status, body)
	}
}

// held expects the role of the user to be given or not, where that can be seen.
func held(ctx context.Context, env *suite.Env, username string, wanted bool) {
	if !env.Has(sibling) {
		return
	}
	matcher := gomega.ContainElement(theRole)
	if !wanted {
		matcher = gomega.Not(matcher)
	}
	env.Expect(roles(ctx, env, username)).To(matcher, "the roles of %s in the identity directory", username)
}
