package probation

import (
	"context"
	"net/http"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// directoryCases are those about what the role switch does to the user in the
// identity directory.
func directoryCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-ROLE-10", "a role in the body is not given", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, disposable, false)
			before := roles(ctx, env, username)
			for _, body := range []any{map[string]any{"role": "LHDCBT003"}, map[string]any{"roles": []string{"LHDCBT003"}},
				[]string{"LHDCBT003"}, "LHDCBT003"} {
				env.Must(ctx, "addRole", ask("addRole", username), client.JSON(body))
			}
			env.Expect(roles(ctx, env, username)).To(gomega.ConsistOf(slices.Concat(before, []string{theRole})),
				"the roles afterwards")
		}),
		kit.One("PRO-ROLE-11", "the given role is listed", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, disposable, false)
			env.Must(ctx, "addRole", ask("addRole", username))
			held(ctx, env, username, true)
		}),
		kit.One("PRO-ROLE-12", "the role that was given twice is listed once", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, disposable, false)
			env.Must(ctx, "addRole", ask("addRole", username))
			once := roles(ctx, env, username)
			env.Must(ctx, "addRole", ask("addRole", username))
			env.Expect(roles(ctx, env, username)).To(gomega.ConsistOf(once), "the roles after the second time")
			count := slices.DeleteFunc(roles(ctx, env, username), func(role string) bool { return role != theRole })
			env.Expect(count).To(gomega.HaveLen(1), "the entries of the role")
		}),
		kit.One("PRO-ROLE-13", "the taken role is not listed", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, disposable, true)
			env.Must(ctx, "removeRole", ask("removeRole", username))
			held(ctx, env, username, false)
		}),
		kit.One("PRO-ROLE-11", "the role is given, however often it was taken before", uncounted("removeRole", "addRole")),
		kit.One("PRO-ROLE-13", "the role is taken, however often it was given before", uncounted("addRole", "removeRole")),
		restCases(),
		kit.One("PRO-ROLE-19", "who may not give the role gives nothing", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, disposable, false)
			before := roles(ctx, env, username)
			seen(env, env.As(lowRights).Call(ctx, "addRole", ask("addRole", username)), http.StatusForbidden)
			env.Expect(roles(ctx, env, username)).To(gomega.ConsistOf(before), "the roles after the refusal")
		}),
	)
}

// uncounted turns the role one way several times, of which all but the first may be refused, and
// once the other way.
func uncounted(often, once string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		username := holding(ctx, env, disposable, often == "removeRole")
		for range 3 {
			env.Call(ctx, often, ask(often, username))
		}
		env.Must(ctx, once, ask(once, username))
		held(ctx, env, username, once == "addRole")
	}
}

// eachTwice is the switch with calls that change something, and calls that find nothing to do
// but may do it to another role.
func eachTwice() []string { return []string{"addRole", "addRole", "removeRole", "removeRole"} }

// restCases are about what the switch leaves alone.
func restCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-ROLE-14", "other roles stay", func(ctx context.Context, env *suite.Env) {
			_, first := asFound(ctx, env, env.Given(disposable))
			if first == nil || !first.Success() {
				env.Undetermined("the identity directory did not show %s before the first call of the switch",
					env.Given(disposable))
			}
			before := otherRoles(kit.Named(first.Get("roles"), theRole))
			if len(before) == 0 {
				env.Undetermined("%s has no other role that could be lost: give it one", env.Given(disposable))
			}
			username := holding(ctx, env, disposable, false)
			for _, operation := range eachTwice() {
				env.Must(ctx, operation, ask(operation, username))
				env.Expect(otherRoles(roles(ctx, env, username))).To(gomega.Equal(before), "the other roles after "+operation)
			}
		}),
		[]suite.Case{{Requirement: "PRO-ROLE-16", Title: "nothing but the role changes in the directory",
			Needs: []string{sibling}, Check: onlyTheRoleChanges(disposable)}},
		kit.One("PRO-ROLE-16", "nothing but the role changes of a disabled user", ofAnother("disposable-disabled-account",
			onlyTheRoleChanges("disposable-disabled-account"))),
		kit.One("PRO-ROLE-16", "a role in the query is not given", queriedRole),
		kit.One("PRO-ROLE-16", "the password of the user stays", passwordStays),
		kit.One("PRO-ROLE-16", "another user's role stays, whoever came first", ofAnother("disposable-staffless-account",
			rolesApart)),
		kit.One("PRO-ROLE-16", "the person of the user stays", func(ctx context.Context, env *suite.Env) {
			staff, _ := asFound(ctx, env, env.Given(disposable))
			if staff == nil || !staff.Success() {
				env.Undetermined("%s was not found as staff before the switch was first called", env.Given(disposable))
			}
			username := holding(ctx, env, disposable, false)
			for _, operation := range switches() {
				env.Must(ctx, operation, ask(operation, username))
				again := env.Must(ctx, "findStaff", ask("findStaff", username))
				env.Expect(again).To(kit.SaysAs(env, staff)) // a spare member may count calls, and is not compared
			}
		}),
	)
}

// queriedRole names another role where no document has a parameter. Who refuses that gives none.
func queriedRole(ctx context.Context, env *suite.Env) {
	if !env.Has(sibling) {
		return // nobody sees the roles
	}
	username := holding(ctx, env, disposable, false)
	before := roles(ctx, env, username)
	answer := env.Call(ctx, "addRole", ask("addRole", username), query("role", "LHDCBT003", "roles", "LHDCBT003"))
	if answer.Success() {
		before = append(before, theRole)
	}
	env.Expect(roles(ctx, env, username)).To(gomega.ConsistOf(before), "the roles afterwards")
}

// passwordStays signs the user in by the other API before and after the role is turned, where the target gives the password
// and the caller may do that.
func passwordStays(ctx context.Context, env *suite.Env) {
	if !env.Has(disposable) || !env.Has("given:"+thePassword) || !env.Has(sibling) {
		return // the rest of the user is looked at
	}
	asFound(ctx, env, env.Given(disposable))
	first := env.AtFirst(thePassword, func() *client.Exchange { return signIn(ctx, env) })
	if first == nil || !first.Success() {
		return // the caller may not ask, or nobody knows the password
	}
	username := holding(ctx, env, disposable, false)
	for _, operation := range switches() {
		env.Must(ctx, operation, ask(operation, username))
		if again := signIn(ctx, env); !again.Success() {
			env.Fail("after %s the user is not signed in with the password as before\n%s", operation, match.Show(again))
		}
	}
}

// ofAnother is a check about a second account, which is passed over where the target gives
// none or no directory shows it: the first account was looked at.
func ofAnother(given string, check kit.Check) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		if env.Has("given:"+given) && env.Has(sibling) && env.Given(given) != env.Given(disposable) {
			check(ctx, env)
		}
	}
}

// onlyTheRoleChanges compares a user's entry with that of before any case called the switch.
func onlyTheRoleChanges(given string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		_, directory := asFound(ctx, env, env.Given(given))
		if directory == nil || !directory.Success() || !directory.Get("roles").IsArray() {
			env.Undetermined("the identity directory did not show %s before the switch was first called", env.Given(given))
		}
		before := restOf(directory)
		username := holding(ctx, env, given, false)
		for _, operation := range eachTwice() {
			if given == disposable {
				env.Must(ctx, operation, ask(operation, username))
			} else if !env.Call(ctx, operation, ask(operation, username)).Success() {
				env.NotApplicable("%s is refused for %s", operation, username)
			}
			env.Expect(rest(ctx, env, username)).To(gomega.Equal(before), "the user after "+operation)
		}
	}
}

// rolesApart turns the roles of two users in all orders, and looks at both each time: a
// service may mix up whom it was about last with whom it is about.
func rolesApart(ctx context.Context, env *suite.Env) {
	one, other := holding(ctx, env, disposable, false), holding(ctx, env, "disposable-staffless-account", false)
	held := map[string]bool{}
	for _, turn := range []struct {
		username string
		to       bool
	}{{one, true}, {one, false}, {other, true}, {one, true}, {other, false}, {other, true}, {one, false}, {other, false}} {
		env.Must(ctx, turning(turn.to), ask(turning(turn.to), turn.username))
		held[turn.username] = turn.to
		for _, username := range []string{one, other} {
			env.Expect(slices.Contains(roles(ctx, env, username), theRole)).To(gomega.Equal(held[username]),
				"whether %s has the role after %s of %s", username, turning(turn.to), turn.username)
		}
	}
}
