package identity

import (
	"context"
	"fmt"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// switched is the one role that the probation directory gives and takes.
const switched = "LHDCBT002"

// sibling is the persona that calls the probation directory of the same state; its
// info says where that is.
const sibling = "shared-directory"

// sharedCases are about the roles that the probation directory gives and takes.
func sharedCases() []suite.Case {
	return slices.Concat(
		kit.One("IDN-USER-40", "a role given there is seen here, once", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			before := without(rolesOf(ctx, env, a.username), switched)
			switchRole(ctx, env, a.username, "DELETE")
			for range 2 { // giving it again gives no second one
				switchRole(ctx, env, a.username, "PUT")
				env.Expect(rolesOf(ctx, env, a.username)).To(gomega.ConsistOf(append(slices.Clone(before), switched)))
			}
		}),
		kit.One("IDN-USER-41", "a role taken there is gone here, the others are not", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			before := without(rolesOf(ctx, env, a.username), switched)
			switchRole(ctx, env, a.username, "PUT")
			env.Expect(rolesOf(ctx, env, a.username)).To(gomega.ContainElement(switched), "the role to take is there")
			switchRole(ctx, env, a.username, "DELETE")
			env.Expect(rolesOf(ctx, env, a.username)).To(gomega.ConsistOf(before))
		}),
		kit.One("IDN-PWD-03", "a new password outlives each switch of the role", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			if !switches(ctx, env, a) {
				return // that it works at once was looked at
			}
			now := a.mustChange(ctx, env, freshPassword(env)).password
			for _, method := range []string{"PUT", "DELETE", "PUT"} {
				switchRole(ctx, env, a.username, method)
				expectWorks(ctx, env, a.username, now)
				expectFails(ctx, env, a.username, a.password)
			}
		}),
		kit.One("IDN-PWD-30", "a change leaves the role that was given there", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			if !switches(ctx, env, a) {
				return // that the rest of the user stays was looked at
			}
			switchRole(ctx, env, a.username, "PUT")
			before := rolesOf(ctx, env, a.username)
			a.mustChange(ctx, env, freshPassword(env))
			env.Expect(rolesOf(ctx, env, a.username)).To(gomega.ConsistOf(before), "the roles after a change of the password")
		}),
	)
}

// rolesOf looks a user up in each of the three ways, which have to agree, and returns its roles.
func rolesOf(ctx context.Context, env *suite.Env, username string) []string {
	user := byName(ctx, env, username)
	env.Expect(user).To(match.Success())
	roles := kit.Named(user.Get("roles"), switched)
	other := byID(ctx, env, user.Get("userId").String())
	env.Expect(other).To(match.Success())
	env.Expect(kit.Named(other.Get("roles"), switched)).To(gomega.ConsistOf(roles), "the roles by id are those by name")
	if list := byEmail(ctx, env, user.Text("email")); user.Text("email") != "" && list.Success() {
		item := list.Get(fmt.Sprintf("#(username==%q).roles", user.Text("username")))
		env.Expect(kit.Named(item, switched)).To(gomega.ConsistOf(roles), "the roles in the list by address are those by name")
	}
	return roles
}

func without(roles []string, role string) []string {
	return slices.DeleteFunc(slices.Clone(roles), func(one string) bool { return one == role })
}

// switches says whether the target has a probation directory that can be reached and switches the role: what needs none
// is not held up by it.
func switches(ctx context.Context, env *suite.Env, a account) bool {
	if !env.Has(sibling) {
		return false
	}
	first := env.Beside(ctx, "a switch of the role", func(ctx context.Context, env *suite.Env) *client.Exchange {
		return switchRole(ctx, env, a.username, "PUT")
	})
	return first != nil && first.Success()
}

// switchRole gives (PUT) or takes (DELETE) the role in the probation directory.
// Afterwards the account has it or not as it did before; where that can't be read,
// it has not: a disposable account starts without it.
func switchRole(ctx context.Context, env *suite.Env, username, method string) *client.Exchange {
	other := env.As(sibling)
	call := func(ctx context.Context, method string) *client.Exchange {
		return other.Send(ctx, method, "/users/{username}/roles", client.Path("username", username), client.At(other.Info("url")))
	}
	back := "DELETE"
	if slices.Contains(kit.Named(byName(ctx, env.As(suite.DefaultPersona), username).Get("roles"), switched), switched) {
		back = "PUT"
	}
	env.Track(func(ctx context.Context) { call(ctx, back) })
	answer := call(ctx, method)
	if !answer.Success() {
		env.Undetermined("the probation directory refused the switch of the role\n%s", match.Show(answer))
	}
	return answer
}
