package identity

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
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
		kit.Each("IDN-USER-15", "%s finds nobody", standIns()[1:], standInFindsNobody),
		kit.Each("IDN-USER-16", "the message names %s", unknown, func(ctx context.Context, env *suite.Env, name string) {
			expectMessage(env, byName(ctx, env, name), noUser(name))
		}),
		notFoundGiven("IDN-USER-17", "entrylessUsername"),
		messageGiven("IDN-USER-18", "entrylessUsername", noUser),
		notFoundGiven("IDN-USER-19", "rowlessUsername"),
		messageGiven("IDN-USER-20", "rowlessUsername", noRow),
		kit.One("IDN-USER-21", "the username is taken in another letter case", otherCaseFound),
		kit.Each("IDN-USER-21", "%s is another one", nearNames(), nearNameFindsNobody),
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
			env.ExpectRefused(askNobody(ctx, env, idOf(env, id)))
			control(ctx, env, "getUserDetailsById")
		}),
		kit.One("IDN-USER-25", "an id is not found without its sign", func(ctx context.Context, env *suite.Env) {
			others := []string{"-1"}
			if env.Has("given:userId") && strings.Trim(env.Given("userId"), "0") != "" {
				others = append(others, otherSign(env.Given("userId")))
			}
			for _, id := range others {
				turnedAway(env, askNobody(ctx, env, id))
			}
		}),
		kit.Each("IDN-USER-26", "the message names id %s", unknown, func(ctx context.Context, env *suite.Env, id string) {
			id = idOf(env, id)
			refusal := askNobody(ctx, env, id)
			only404(env, refusal)
			expectMessage(env, refusal, noID(id))
		}),
		kit.One("IDN-USER-27", "a user without a directory entry is not found by id", func(ctx context.Context, env *suite.Env) {
			id := env.Given("entrylessUserId")
			refusal := byID(ctx, env, id)
			env.ExpectRefused(refusal)
			env.Expect(refusal).To(match.Member("message", noID(id)))
		}),
		refused("IDN-USER-28", suite.DefaultPersona, badIDs()),
		kit.Each("IDN-USER-28", "%s is refused", spelled(), func(ctx context.Context, env *suite.Env, s kit.StandIn) {
			if !env.Has("given:userId") {
				env.NotApplicable("the target gives no userId")
			}
			user := found(env, byID(ctx, env, env.Given("userId")))
			if user.Get("userId").String() == "" || user.Text("username") == "" {
				env.NotApplicable("the user is shown without a userId or a username")
			}
			if _, err := strconv.ParseInt(s.Of(user), 10, 64); err == nil {
				env.NotApplicable("%s is a whole number", s.What)
			}
			answer := env.Call(ctx, "getUserDetailsById", client.Path("userId", s.Of(user)), client.Invalid())
			env.ExpectRefused(answer)
		}),
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

// otherSign is the number with a minus before it, or without the one that it has.
func otherSign(id string) string {
	if without, negative := strings.CutPrefix(id, "-"); negative {
		return without
	}
	return "-" + id
}

// askNobody asks by an id that nobody should have.
func askNobody(ctx context.Context, env *suite.Env, id string) *client.Exchange {
	answer := byID(ctx, env, id)
	ofNobody(ctx, env, answer, id)
	return answer
}

// ofNobody ends the case as not applicable when somebody has the id: the document names no number that nobody has. An
// answer that merely says the id is not believed: the user whom it shows must have it by name, too.
func ofNobody(ctx context.Context, env *suite.Env, answer *client.Exchange, id string) {
	if !answer.Success() || answer.Get("userId").String() != id {
		return
	}
	if user := byName(ctx, env, answer.Text("username")); user.Success() && user.Get("userId").String() == id {
		env.NotApplicable("somebody has the id %s", id)
	}
}

// spelled are texts that are no whole number, and that careless code reads as the id of the user.
func spelled() []kit.StandIn {
	between := func(sign string) func(string) string {
		return func(id string) string { return id[:len(id)-1] + sign + id[len(id)-1:] }
	}
	return []kit.StandIn{
		kit.Turned("the id with a point and a digit", "userId", func(id string) string { return id + ".5" }),
		kit.Turned("the id with an exponent", "userId", func(id string) string { return id + "e0" }),
		kit.Turned("the id in hexadecimal digits", "userId", func(id string) string {
			value, _ := strconv.ParseInt(id, 10, 64)
			return fmt.Sprintf("%#x", value)
		}),
		kit.Turned("the id with an underscore", "userId", between("_")),
		kit.Turned("the id with a comma", "userId", between(",")),
		kit.Its("the username", "username"),
	}
}

// nearNames are spellings of a username that careless code takes for it.
func nearNames() []kit.StandIn {
	return []kit.StandIn{
		kit.Turned("the username without its signs", "username", kit.Replacing(".", "", "-", "", "_", "")),
		kit.Turned("the username with other signs", "username", kit.Replacing(".", "_", "-", ".", "_", ".")),
		kit.Turned("the username with a space in it", "username", func(name string) string {
			return kit.Half(name) + " " + strings.TrimPrefix(name, kit.Half(name))
		}),
		kit.Turned("the username in a domain", "username", func(name string) string { return `ROLLCALL\` + name }),
		kit.Turned("the username and a zero byte", "username", func(name string) string { return name + "\x00rollcall" }),
	}
}

// nearNameFindsNobody leaves open how a name of nobody is refused, but not that the user is shown for it.
func nearNameFindsNobody(ctx context.Context, env *suite.Env, s kit.StandIn) {
	username := env.Given("username")
	answer := byName(ctx, env, inPlaceOf(ctx, env, username, s))
	if answer.Success() {
		env.Expect(answer).ToNot(match.Member("username", equalFold(username)), "asked for was another name, %s", s.What)
	}
}

// otherCaseOf is a text in another letter case. One without letters ends the case as not applicable: what it is about can't
// be done with it.
func otherCaseOf(env *suite.Env, text string) string {
	if strings.ToUpper(text) == strings.ToLower(text) {
		env.NotApplicable("%q has no letters", text)
	}
	return kit.OtherCase(env, text)
}
