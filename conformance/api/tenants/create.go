package tenants

import (
	"context"
	"strconv"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func createCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-CRT-01", Title: "a valid body makes a user", Check: func(ctx context.Context, env *suite.Env) {
			body := person(env)
			user := create(ctx, env, body)
			env.ExpectAnswer(user)
			env.Expect(user).To(match.Member("email", body["email"]))
			answer := search(ctx, env, client.Query("email", body["email"]))
			env.Expect(answer).To(match.Success(), "the user is not there afterwards")
			env.Expect(answer).To(match.Member("email", body["email"]))
		}},
		{Requirement: "TEN-CRT-02", Title: "each user has an id of its own", Check: ownIDs},
		{Requirement: "TEN-CRT-03", Title: "the answer holds what was sent", Check: func(ctx context.Context, env *suite.Env) {
			echoes(ctx, env, echoed())
		}},
		{Requirement: "TEN-CRT-23", Title: "the answer holds the rest of what was sent",
			Check: func(ctx context.Context, env *suite.Env) {
				echoes(ctx, env, append(echoedToo(), references()...))
			}},
		{Requirement: "TEN-CRT-04", Title: "search finds the user as it was answered",
			Check: func(ctx context.Context, env *suite.Env) {
				body := person(env)
				asAnswered(ctx, env, makeOf(ctx, env, body), body)
			}},
		{Requirement: "TEN-CRT-04", Title: "search finds a user with all members as it was answered",
			Check: func(ctx context.Context, env *suite.Env) {
				user, body := makeRich(ctx, env)
				asAnswered(ctx, env, user, body)
			}},
		{Requirement: "TEN-CRT-04", Title: "search finds a user who lacks something as it was answered", Check: withLittle},
		{Requirement: "TEN-CRT-13", Title: "a user without a username has the email for one, or none",
			Check: nameless},
		{Requirement: "TEN-CRT-14", Title: "another user's id in the body is not taken over",
			Check: func(ctx context.Context, env *suite.Env) {
				other := makeUser(ctx, env)
				body := kit.With(person(env), kit.Body{"id": other.Get("id").Value()})
				user := create(ctx, env, body)
				env.ExpectAnswer(user)
				if user.Success() {
					env.Expect(user).To(match.Member("id", gomega.Not(gomega.Equal(other.Get("id").Value()))))
					env.Expect(found(ctx, env, idOf(env, user))).To(match.Member("email", body["email"]))
				}
				same(env, found(ctx, env, idOf(env, other)), other)
			}},
		{Requirement: "TEN-CRT-14", Title: "an id in the body that nobody has is not taken over", Check: ownChosen},
		{Requirement: "TEN-CRT-21", Title: "an unknown member does no harm", Check: func(ctx context.Context, env *suite.Env) {
			body := kit.With(person(env), kit.Body{"shoeSize": 42, "favourite": map[string]any{"colour": "green"}})
			user := create(ctx, env, body)
			env.ExpectAnswer(user)
			if user.Success() {
				answer := search(ctx, env, client.Query("userId", idOf(env, user)))
				env.Expect(answer).To(match.Success(), "the user is not there afterwards")
				env.Expect(answer).To(match.Member("email", body["email"]))
			}
		}},
	}
}

// nameless makes a user without a username, who has two addresses that it could have for one.
func nameless(ctx context.Context, env *suite.Env) {
	body := kit.With(person(env), kit.Without("username"))
	user := create(ctx, env, kit.With(body, kit.Body{"personalEmail": env.Unique("home") + "@example.org"}))
	if kit.Invalid(user) {
		user = create(ctx, env, body)
	}
	if kit.Invalid(user) {
		makeUser(ctx, env) // it is the username that is missed
		env.NotApplicable("the target takes no user without a username")
	}
	for _, answer := range []*client.Exchange{kit.Needed(env, user), found(ctx, env, idOf(env, user))} {
		if answer.Get("username").Value() != nil {
			env.Expect(answer).To(match.Member("username", body["email"]))
		}
	}
}

// ownChosen sends an id that nobody has: the target chooses its own.
func ownChosen(ctx context.Context, env *suite.Env) {
	id := kit.WholeNumber(env, "id", unusedID(env))
	user := create(ctx, env, kit.With(person(env), kit.Body{"id": id}))
	env.ExpectAnswer(user)
	if user.Success() {
		env.Expect(user).To(match.Member("id", gomega.Not(gomega.BeNumerically("==", id))))
	}
}

// echoed lists the members of which the create answer has to hold what was sent.
func echoed() []string {
	return []string{
		"firstName", "lastName", "email", "referenceNumber", "title", "preferredName", "phone",
		"postCode", "address1", "address2",
		"townCity", "countyState", "plannedHours", "weeklyHours",
	}
}

// echoedToo lists what of the rest a client can expect to stay as it was sent. A status,
// a username and the names that follow from references may be the target's to say.
func echoedToo() []string {
	return []string{
		"jobActiveSync", "gender", "personalEmail", "authenticationType",
		"IAEnglish", "IAMath", "IAICT", "diagEnglish", "diagMath", "diagIct",
	}
}

// echoes compares the answer with the body as far as the target took it.
func echoes(ctx context.Context, env *suite.Env, members []string) {
	user, body := makeRich(ctx, env)
	for _, member := range members {
		if value, sent := body[member]; sent && !settledElsewhere(user, member, body) {
			holds(env, user, member, value)
		}
	}
}

// asAnswered searches for a new user by its id.
func asAnswered(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any) {
	answer := search(ctx, env, client.Query("userId", idOf(env, user)))
	env.Expect(answer).To(match.Success())
	is(env, answer, user, body)
	same(env, answer, user)
}

// ownIDs also makes a user when the one before is deactivated, whose id stays its own.
func ownIDs(ctx context.Context, env *suite.Env) {
	seen := map[string]bool{}
	for i := range 3 {
		user := makeUser(ctx, env)
		if i == 1 {
			deactivate(ctx, env, idOf(env, user))
		}
		env.Expect(user).To(match.Member("id", wholeNumber()))
		if seen[idOf(env, user)] {
			env.Fail("another user has that id\n%s", match.Show(user))
		}
		seen[idOf(env, user)] = true
	}
}

// after is the id that follows an id, where ids are numbers.
func after(id string) string {
	n, err := strconv.Atoi(id)
	if err != nil {
		return id + "1"
	}
	return strconv.Itoa(n + 1)
}
