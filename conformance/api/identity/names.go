package identity

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// nameCases are about the lookup by username.
func nameCases() []suite.Case {
	unknown := []string{nobody, "rollcall no such user", "Rollcall*", "rollcall)(cn=*"}
	return slices.Concat(
		kit.One("IDN-USER-14", "the user of the name is found", func(ctx context.Context, env *suite.Env) {
			user := byName(ctx, env, env.Given("username"))
			env.ExpectAnswer(user)
			env.Expect(user).To(match.Member("username", equalFold(env.Given("username"))))
		}),
		kit.Each("IDN-USER-15", "not found: %s", unknown, func(ctx context.Context, env *suite.Env, name string) {
			env.ExpectRefused(byName(ctx, env, name))
			control(ctx, env, "getUserDetails")
		}),
		kit.Each("IDN-USER-15", "%s finds nobody", standIns(), standInFindsNobody),
		kit.Each("IDN-USER-16", "the message names %s", unknown, func(ctx context.Context, env *suite.Env, name string) {
			expectMessage(env, byName(ctx, env, name), noUser(name))
		}),
		notFoundGiven("IDN-USER-17", "entrylessUsername"),
		messageGiven("IDN-USER-18", "entrylessUsername", noUser),
		notFoundGiven("IDN-USER-19", "rowlessUsername"),
		messageGiven("IDN-USER-20", "rowlessUsername", noRow),
		kit.One("IDN-USER-21", "the username is taken in another letter case", otherCaseFound),
		kit.One("IDN-USER-22", "the stored username is answered", storedName),
		kit.One("IDN-USER-23", "the id left out, details is a name", detailsIsName),
	)
}

func notFoundGiven(requirement, name string) []suite.Case {
	return kit.One(requirement, name+" is not found", func(ctx context.Context, env *suite.Env) {
		env.ExpectRefused(byName(ctx, env, env.Given(name)))
		control(ctx, env, "getUserDetails")
	})
}

func messageGiven(requirement, name string, message func(username string) string) []suite.Case {
	return kit.One(requirement, "the message names "+name, func(ctx context.Context, env *suite.Env) {
		expectMessage(env, byName(ctx, env, env.Given(name)), message(env.Given(name)))
	})
}

// otherCaseFound expects the same user whatever the letter case.
func otherCaseFound(ctx context.Context, env *suite.Env) {
	user := env.Must(ctx, "getUserDetails", client.Path("username", env.Given("username")))
	other := byName(ctx, env, kit.OtherCase(env, env.Given("username")))
	env.ExpectAnswer(other)
	if other.Success() {
		found(env, other)
		env.Expect(other.Text("userId")).To(gomega.Equal(user.Text("userId")), "it is the same user")
	}
}

func storedName(ctx context.Context, env *suite.Env) {
	user := env.Must(ctx, "getUserDetails", client.Path("username", env.Given("username")))
	asked := kit.OtherCase(env, user.Text("username"))
	other := byName(ctx, env, asked)
	if !env.Strict() && other.Status == http.StatusNotFound {
		env.NotApplicable("the target heeds the letter case of usernames")
	}
	env.Expect(other).To(match.Success())
	env.Expect(other).To(match.Member("username", user.Text("username")), "asked for was %s", asked)
}

func detailsIsName(ctx context.Context, env *suite.Env) {
	answer := env.Send(ctx, "GET", "/user/details")
	if answer.Success() && strings.EqualFold(answer.Text("username"), "details") {
		env.NotApplicable("the target has a user called details")
	}
	env.ExpectRefused(answer)
	env.Expect(answer).To(match.Member("message", noUser("details")))
}

// idCases are about the lookup by id.
func idCases() []suite.Case {
	unknown := []string{nobodysID, "9223372036854775807", "0"}
	return slices.Concat(
		kit.One("IDN-USER-24", "the user of the id is found", func(ctx context.Context, env *suite.Env) {
			user := byID(ctx, env, env.Given("userId"))
			env.ExpectAnswer(user)
			env.Expect(user.Get("userId").String()).To(gomega.Equal(env.Given("userId")), "userId is the one asked for")
		}),
		kit.Each("IDN-USER-25", "id %s is not found", unknown, func(ctx context.Context, env *suite.Env, id string) {
			env.ExpectRefused(byID(ctx, env, idOf(env, id)))
			control(ctx, env, "getUserDetailsById")
		}),
		kit.One("IDN-USER-25", "an id is not found without its sign", func(ctx context.Context, env *suite.Env) {
			turnedAway(env, byID(ctx, env, "-1"))
			if env.Has("given:userId") {
				turnedAway(env, byID(ctx, env, "-"+strings.TrimPrefix(env.Given("userId"), "-")))
			}
		}),
		kit.Each("IDN-USER-26", "the message names id %s", unknown, func(ctx context.Context, env *suite.Env, id string) {
			id = idOf(env, id)
			expectMessage(env, byID(ctx, env, id), noID(id))
		}),
		kit.One("IDN-USER-27", "a user without a directory entry is not found by id", func(ctx context.Context, env *suite.Env) {
			id := env.Given("entrylessUserId")
			refusal := byID(ctx, env, id)
			env.ExpectRefused(refusal)
			env.Expect(refusal).To(match.Member("message", noID(id)))
		}),
		refused("IDN-USER-28", suite.DefaultPersona, badIDs()),
		kit.One("IDN-USER-29", "the user of the name is the user of its id", func(ctx context.Context, env *suite.Env) {
			user := found(env, byName(ctx, env, env.Given("username")))
			other := found(env, byID(ctx, env, user.Get("userId").String()))
			expectSame(env, user.Body, other.Body, "by name and by id")
		}),
		kit.Each("IDN-USER-29", "%s is the same by id", []string{"disabledUsername", "endingUsername", "futureEndUsername",
			"rolelessUsername", "emaillessUsername", "disposable-account"}, sameByID),
		kit.One("IDN-USER-29", "the user of the id is the user of its name", func(ctx context.Context, env *suite.Env) {
			user := found(env, byID(ctx, env, env.Given("userId")))
			other := found(env, byName(ctx, env, user.Text("username")))
			expectSame(env, user.Body, other.Body, "by id and by name")
		}),
	)
}

// sameByID looks a further user of the target up by name, and then by the id told there.
func sameByID(ctx context.Context, env *suite.Env, name string) {
	if !env.Has("given:" + name) {
		env.NotApplicable("the target gives no %s", name)
	}
	user := byName(ctx, env, env.Given(name))
	if !user.Success() {
		env.NotApplicable("the user %s is not shown", env.Given(name))
	}
	other := byID(ctx, env, user.Get("userId").String())
	expectSame(env, user.Body, found(env, other).Body, "by name and by id")
}
