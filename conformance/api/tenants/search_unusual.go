package tenants

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// otherwise searches for other numbers of the same beginning, however long, and of the same value.
func otherwise(ctx context.Context, env *suite.Env) {
	number := reference(env)
	eachTaken(ctx, env, []map[string]any{
		{"referenceNumber": number + strings.Repeat("24", 60) + "X"},
		{"referenceNumber": number + strings.Repeat("24", 30) + "X"},
		{"referenceNumber": number + strings.Repeat("24", 18) + "X"}, {"referenceNumber": "0" + digits(env)},
		{"referenceNumber": number + "-2024"},
	}, newcomer, func(_ *client.Exchange, body, _ map[string]any) {
		taken := body["referenceNumber"].(string)
		other := taken[:len(taken)-1] + "Y"
		if rest, zero := strings.CutPrefix(taken, "0"); zero {
			other = rest
		}
		if strings.Contains(taken, "-") {
			other = strings.ReplaceAll(taken, "-", "")
		}
		env.ExpectRefused(search(ctx, env, client.Query("refNum", other)))
	})
}

// unusualNumbers searches for reference numbers in which characters stand that mean
// something else in a URL, or that look like a number. What is not taken is not asked.
func unusualNumbers(ctx context.Context, env *suite.Env) {
	number := reference(env)
	eachTaken(ctx, env, []map[string]any{
		{"referenceNumber": number + "/24"}, {"referenceNumber": number + " 24"}, {"referenceNumber": number + "&24"},
		{"referenceNumber": number + "+24"}, {"referenceNumber": number + "#24"}, {"referenceNumber": number + "%24"},
		{"referenceNumber": "00" + digits(env)}, {"referenceNumber": number + "'24"}, {"referenceNumber": number + "Ł李"},
		{"referenceNumber": number + strings.Repeat("24", 110)}, {"referenceNumber": strings.ToLower(number) + "a"},
	}, newcomer, func(user *client.Exchange, body, _ map[string]any) { asSpelt(ctx, env, user, body, "refNum") })
}

// asSpelt searches for a user by a criterion as its own answer spells it: whether a product keeps
// capitals and small letters as they came is not said. In no other way may it be spelt.
func asSpelt(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any, criterion string) {
	own := map[string]string{"refNum": "referenceNumber", "email": "email"}[criterion]
	spelt := user.Text(own)
	if text, _ := body[own].(string); strings.EqualFold(spelt, text) {
		body = kit.With(body, kit.Body{own: spelt})
	}
	answer := search(ctx, env, client.Query(criterion, body[own]))
	env.ExpectAnswer(answer)
	env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
	env.Expect(answer).To(match.Member(own, body[own]))
}

// unusualEmails searches for emails of more characters than a short column has, with an apostrophe,
// and with capitals. What is not taken is not asked.
func unusualEmails(ctx context.Context, env *suite.Env) {
	var groups []map[string]any
	for times := range 5 {
		groups = append(groups, map[string]any{
			"email": env.Unique("rollcall") + "@" + strings.Repeat("department-of-learning.", times+1) + domain(env),
		}, map[string]any{"email": env.Unique("rollcall"+strings.Repeat("x", 8*times)) + "@" + domain(env)})
	}
	groups = append(groups, map[string]any{"email": env.Unique("r.o'call") + "@" + domain(env)},
		map[string]any{"email": env.Unique("zoë.núñez") + "@" + domain(env)},
		map[string]any{"email": env.Unique("Rose.McCall") + "@" + domain(env)})
	eachTaken(ctx, env, groups, newcomer, func(user *client.Exchange, body, _ map[string]any) {
		asSpelt(ctx, env, user, body, "email")
	})
}

// withoutCapitals searches in small letters for an email that has capitals.
func withoutCapitals(ctx context.Context, env *suite.Env) {
	eachTaken(ctx, env, []map[string]any{{"email": env.Unique("Rose.McCall") + "@" + domain(env)}}, newcomer,
		func(user *client.Exchange, body, _ map[string]any) {
			answer := search(ctx, env, client.Query("email", strings.ToLower(body["email"].(string))))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
		})
}

// withLittle searches for users who have no reference number, or no username of their own.
func withLittle(ctx context.Context, env *suite.Env) {
	taken := false
	for _, change := range []kit.Body{kit.Without("referenceNumber"), kit.Without("username"),
		kit.Without("phone", "preferredName")} {
		body := kit.With(person(env), change)
		user := create(ctx, env, body)
		if !kit.Unbroken(env, user) {
			continue
		}
		taken = true
		for _, name := range []string{"userId", "email", "userId" + and + "email"} {
			answer := search(ctx, env, by(criteriaOf(env, user, body), name))
			env.Expect(answer).To(match.Success(), "who lacks something is not found by %s", name)
			same(env, answer, user)
		}
	}
	if !taken {
		makeUser(ctx, env) // it is what they lack that is asked for
		env.NotApplicable("the target takes no user who lacks something")
	}
}

// plusSign searches for an email in which a character stands that means something else
// in a URL. Whoever takes no such address is not asked.
func plusSign(ctx context.Context, env *suite.Env) {
	body := person(env)
	email := env.Unique("rollcall+tag") + "@" + domain(env)
	body["email"], body["username"] = email, email
	user := create(ctx, env, body)
	if kit.Invalid(user) {
		makeUser(ctx, env) // it is the plus sign, not the target, that refuses
		env.NotApplicable("the target takes no address with a plus sign in it")
	}
	kit.Needed(env, user)
	answer := search(ctx, env, client.Query("email", email))
	env.ExpectAnswer(answer)
	is(env, answer, user, body)
}
