package probation

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// nobody is the name of a user that no directory has.
func nobody(env *suite.Env) string { return env.Drawn(noUser, 0) }

// roleCases are those about the answers of the role switch.
func roleCases() []suite.Case {
	return slices.Concat(turnedCases(), unknownUserCases(), ignoredBodyCases(), anyUserCases())
}

// turn calls an operation of the switch, expects the requirement's answer, and
// that the switch turned where that can be seen.
func turn(ctx context.Context, env *suite.Env, operation, username string) {
	env.ExpectAnswer(env.Call(ctx, operation, ask(operation, username)))
	held(ctx, env, username, operation == "addRole")
}

func turnedCases() []suite.Case {
	turns := func(requirement, title string, before bool, operation string) []suite.Case {
		return kit.One(requirement, title, func(ctx context.Context, env *suite.Env) {
			turn(ctx, env, operation, holding(ctx, env, disposable, before))
		})
	}
	answered := func(requirement, title string, before bool, operation string) []suite.Case {
		return kit.One(requirement, title, func(ctx context.Context, env *suite.Env) {
			env.ExpectAnswer(env.Call(ctx, operation, ask(operation, holding(ctx, env, disposable, before))))
		})
	}
	return slices.Concat(
		answered("PRO-ROLE-01", "the role is given", false, "addRole"), // what came of it is PRO-ROLE-11
		answered("PRO-ROLE-02", "the role is taken", true, "removeRole"),
		kit.Each("PRO-ROLE-03", "the answer has no body", switches(),
			func(ctx context.Context, env *suite.Env, operation string) {
				username := holding(ctx, env, disposable, operation == "removeRole")
				for range 2 { // the second changes nothing
					env.Expect(env.Must(ctx, operation, ask(operation, username))).To(match.Empty())
				}
			}),
		turns("PRO-ROLE-04", "a held role is given again", true, "addRole"),
		turns("PRO-ROLE-05", "a role that is not held is taken", false, "removeRole"),
		kit.One("PRO-ROLE-15", "the username in another letter case is taken", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, disposable, false)
			directory := shownState(env.As(suite.DefaultPersona), username)
			kit.Unchanged(ctx, env, "giving and taking the role", func() {
				for _, operation := range switches() {
					answer := env.Call(ctx, operation, ask(operation, kit.OtherCase(env, username)))
					env.ExpectAnswer(answer)
					if answer.Success() {
						held(ctx, env, username, operation == "addRole")
					}
				}
			}, directory...)
		}),
	)
}

func unknownUserCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-ROLE-06", "an unknown user is not found", func(ctx context.Context, env *suite.Env) {
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return env.Call(ctx, "addRole", ask("addRole", nobody(env)))
			}, shownState(env, nobody(env))...)
		}),
		kit.One("PRO-ROLE-06", "whom the directory does not have is not found", func(ctx context.Context, env *suite.Env) {
			for _, username := range outsiders(ctx, env) {
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
					return env.Call(ctx, "addRole", ask("addRole", username))
				}, shownState(env, username)...)
			}
		}),
		kit.One("PRO-ROLE-07", "the message names the user", func(ctx context.Context, env *suite.Env) {
			for _, username := range []string{nobody(env), "no such user"} {
				refused := seen(env, env.Call(ctx, "addRole", ask("addRole", username)), 404)
				env.Expect(refused).To(match.Member("message", fmt.Sprintf("User with username of %s not found", username)))
			}
		}),
		kit.One("PRO-ROLE-08", "the role of an unknown user is taken", func(ctx context.Context, env *suite.Env) {
			env.ExpectAnswer(env.Call(ctx, "removeRole", ask("removeRole", nobody(env))))
		}),
	)
}

// outsiders are usernames that the directory does not have although something like them is
// known: that of a person without an entry, and the beginning of one that it has.
func outsiders(ctx context.Context, env *suite.Env) []string {
	names := []string{nobody(env) + ".Either"}
	if env.Has("given:entrylessStaffCode") {
		if username := byCode(ctx, env, env.Given("entrylessStaffCode")).Text("username"); username != "" {
			names = append(names, username)
		}
	}
	if env.Has(disposable) {
		part, ok := beginning(env.Given(disposable), 3)
		if ok && (!env.Has(sibling) || !entry(ctx, env, part).Success()) {
			names = append(names, part)
		}
	}
	return names
}

// beginning is a text without its last characters; a short one has none that is like it.
func beginning(text string, without int) (string, bool) {
	part := kit.Shorter(text, without)
	return part, utf8.RuneCountInString(part) >= 3
}

func ignoredBodyCases() []suite.Case {
	var cases []suite.Case
	for _, row := range []struct {
		what string
		body client.Option
	}{
		{"an object", client.JSON(map[string]any{"role": "LHDCBT003", "roles": []string{"LHDCBT003"}})},
		{"an array", client.JSON([]string{"LHDCBT003"})},
		{"broken JSON", client.Raw([]byte(`{"role":`), "application/json")},
		{"plain text", client.Raw([]byte("LHDCBT003"), "text/plain")},
	} {
		cases = append(cases, kit.One("PRO-ROLE-09", row.what+" as body is ignored", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, disposable, false)
			env.ExpectAnswer(env.Call(ctx, "addRole", ask("addRole", username), row.body))
			held(ctx, env, username, true)
		})...)
	}
	return cases
}

// anyUserCases are about users who lack what others have.
func anyUserCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-ROLE-17", "a user who is not staff has the switch", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, "disposable-staffless-account", false)
			if env.Call(ctx, "findStaff", ask("findStaff", username)).Success() {
				env.Undetermined("%s is staff: give another account", username)
			}
			turn(ctx, env, "addRole", username)
			turn(ctx, env, "removeRole", username)
		}),
		kit.One("PRO-ROLE-17", "a user whom only the directory has has the switch", func(ctx context.Context, env *suite.Env) {
			if !env.Has("given:disposable-rowless-account") {
				return // the account that is not staff was looked at
			}
			username := env.Given("disposable-rowless-account") // whom the other API does not show: it asks for a row
			env.Track(func(ctx context.Context) { env.Call(ctx, "removeRole", ask("removeRole", username)) })
			for _, operation := range switches() {
				env.ExpectAnswer(env.Call(ctx, operation, ask(operation, username)))
			}
		}),
		kit.One("PRO-ROLE-18", "a disabled user has the switch", func(ctx context.Context, env *suite.Env) {
			username := holding(ctx, env, "disposable-disabled-account", false)
			if env.Has(sibling) && user(ctx, env, username).Get("enabled").Bool() {
				env.Undetermined("%s is enabled: give another account", username)
			}
			turn(ctx, env, "addRole", username)
			turn(ctx, env, "removeRole", username)
		}),
	)
}
