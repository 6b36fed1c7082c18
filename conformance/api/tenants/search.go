package tenants

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func criterionCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-SRCH-01", Title: "the userId alone finds the user", Check: alone("userId", "id")},
		{Requirement: "TEN-SRCH-02", Title: "the refNum alone finds the user", Check: alone("refNum", "referenceNumber")},
		{Requirement: "TEN-SRCH-02", Title: "a refNum with characters in it that mean something in a URL finds the user",
			Check: unusualNumbers},
		{Requirement: "TEN-SRCH-03", Title: "the email alone finds the user", Check: alone("email", "email")},
		{Requirement: "TEN-SRCH-03", Title: "an email that is long, or has unusual characters, finds the user",
			Check: unusualEmails},
		{Requirement: "TEN-SRCH-04", Title: "two or three criteria of one user find it", Check: together},
		{Requirement: "TEN-SRCH-05", Title: "a userId, a refNum or an email of nobody finds nobody",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env) // somebody who must not be answered instead
				env.ExpectRefused(search(ctx, env, client.Query("userId", unusedID(env))))
				env.ExpectRefused(search(ctx, env, client.Query("refNum", reference(env))))
				env.ExpectRefused(search(ctx, env, client.Query("email", env.Unique("nobody")+"@"+domain(env))))
				env.ExpectRefused(search(ctx, env, by(nobodysCriteria(env), strings.Join(criteria(), and))))
				likeNobodySought(ctx, env, user)
			}},
		{Requirement: "TEN-SRCH-05", Title: "an empty refNum or email, or null, finds at most somebody who has just that",
			Check: ofNone},
		{Requirement: "TEN-SRCH-05", Title: "what a user has elsewhere is no refNum and no email of it", Check: elsewhere},
		{Requirement: "TEN-SRCH-06", Title: "a userId that is no whole number is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				body := person(env)
				user := makeOf(ctx, env, body)
				own := criteriaIn(body)
				for _, id := range []string{"abc", "1.5", idOf(env, user) + "x", idOf(env, user) + "L",
					idOf(env, user) + "," + idOf(env, user)} {
					env.ExpectRefused(search(ctx, env, client.Query("userId", id)))
					env.ExpectRefused(search(ctx, env, client.Query("userId", id), by(own, "email")))
					env.ExpectRefused(search(ctx, env, client.Query("userId", id), by(own, "refNum"+and+"email")))
				}
			}},
		{Requirement: "TEN-SRCH-07", Title: "the answer is one user, not a list",
			Check: func(ctx context.Context, env *suite.Env) {
				body := person(env)
				user := makeOf(ctx, env, body)
				values := criteriaOf(env, user, body)
				for _, name := range criteria() {
					answer := env.Must(ctx, "searchUser", home(env), client.Query(name, values[name]))
					env.Expect(answer).To(match.JSONBody(gomega.BeAssignableToTypeOf(map[string]any{})))
					env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
					env.Expect(answer).To(match.Member("lastName", body["lastName"]))
				}
			}},
		{Requirement: "TEN-SRCH-09", Title: "a search for nothing in particular finds nobody",
			Check: func(ctx context.Context, env *suite.Env) {
				makeUser(ctx, env)
				env.ExpectRefused(search(ctx, env))
			}},
		{Requirement: "TEN-SRCH-10", Title: "a userId beyond 32 bits is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				const turn = 1 << 32 // after which 32 bits begin anew
				for _, id := range []any{"2147483648", "99999999999", "-2147483649", user.Get("id").Int() + turn} {
					env.ExpectRefused(search(ctx, env, client.Query("userId", id)))
				}
			}},
		{Requirement: "TEN-SRCH-11", Title: "a userId of zero or below finds nobody",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				for _, id := range []string{"0", "-1", "-" + idOf(env, user), "-2147483648"} {
					env.ExpectRefused(search(ctx, env, client.Query("userId", id)))
				}
			}},
	}
}

// criteria lists the query parameters of a search.
func criteria() []string { return []string{"userId", "refNum", "email"} }

// criteriaOf gives the values by which a user is found, by query parameter.
func criteriaOf(env *suite.Env, user *client.Exchange, body map[string]any) map[string]any {
	return kit.With(criteriaIn(body), kit.Body{"userId": idOf(env, user)})
}

// nobodysCriteria gives values that nobody has.
func nobodysCriteria(env *suite.Env) map[string]any {
	return map[string]any{"userId": unusedID(env), "refNum": reference(env), "email": address(env)}
}

// criteriaIn gives those that a body has.
func criteriaIn(body map[string]any) map[string]any {
	return map[string]any{"refNum": body["referenceNumber"], "email": body["email"]}
}

// alone searches by one criterion for each of some users, in turn: neither the first nor
// the last of them is everybody. What one of them has begins, or ends, what others have. It
// also searches before there is anybody to find: that nobody was found is not to be kept.
func alone(criterion, member string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		var bodies []map[string]any
		var users []*client.Exchange
		number, address := reference(env), env.Unique("rollcall")
		for _, around := range [][2]string{{"", "m"}, {"", ""}, {"a", ""}} {
			body := kit.With(person(env), kit.Body{"referenceNumber": strings.ToUpper(around[0] + number + around[1])})
			if env.Has("given:referenceNumber") {
				body["referenceNumber"] = reference(env)
			}
			named := func(email string) map[string]any {
				return kit.With(body, kit.Body{"email": email, "username": email})
			}
			longer := named(around[0] + address + "@rollcall.example" + strings.Replace(around[1], "m", ".com", 1))
			plain := named(around[0] + address + around[1] + "@" + domain(env))
			if env.Has("given:emailDomain") {
				longer = plain
			}
			if longer[member] != nil {
				search(ctx, env, client.Query(criterion, longer[member]))
			}
			user := create(ctx, env, longer)
			if kit.Invalid(user) { // it may take addresses of some domains alone
				longer, user = plain, makeOf(ctx, env, plain)
			}
			bodies, users = append(bodies, longer), append(users, kit.Needed(env, user))
		}
		for _, i := range []int{1, 0, 2, 1} {
			value := bodies[i][member]
			if member == "id" {
				value = idOf(env, users[i])
			}
			answer := search(ctx, env, client.Query(criterion, value))
			env.ExpectAnswer(answer)
			is(env, answer, users[i], bodies[i])
		}
	}
}

// ofNone searches by criteria without a value, each alone. What is answered to them is open, but
// for somebody who has a value. The word null is a value like others, not that of who has none.
func ofNone(ctx context.Context, env *suite.Env) {
	makeUser(ctx, env)
	nobodys := nobodysCriteria(env)
	for _, name := range criteria() { // one that is empty opens no other
		for _, also := range criteria()[1:] {
			if name != also {
				env.Expect(search(ctx, env, client.Query(name, nobodys[name]), client.Query(also, ""))).
					ToNot(match.Success(), "nobody has the %s, and %s is empty", name, also)
			}
		}
	}
	create(ctx, env, kit.With(person(env), kit.Without("referenceNumber"))) // if the target takes one
	null := search(ctx, env, client.Query("refNum", "null"))
	if number := null.Text("referenceNumber"); null.Success() && !strings.EqualFold(number, "null") {
		env.Fail("refNum=null finds a user whose referenceNumber is %q\n%s", number, match.Show(null))
	}
	for _, by := range [][2]string{{"refNum", "referenceNumber"}, {"email", "email"}} {
		criterion, member := by[0], by[1]
		if answer := search(ctx, env, client.Query(criterion, "")); answer.Success() && answer.Text(member) != "" {
			env.Fail("%s= finds a user whose %s is not empty\n%s", criterion, member, match.Show(answer))
		}
	}
}

// elsewhere searches by each criterion for what a user has in other members: who is found by
// it is somebody else.
func elsewhere(ctx context.Context, env *suite.Env) {
	user, body := makeRich(ctx, env)
	for _, sought := range []struct {
		criterion string
		value     any
		own       string // the member that the criterion is about
	}{
		{"refNum", idOf(env, user), "referenceNumber"}, {"refNum", body["email"], "referenceNumber"},
		{"refNum", body["phone"], "referenceNumber"},
		{"email", body["referenceNumber"], "email"}, {"email", user.Get("managerEmail").Value(), "email"},
		{"email", user.Get("personalEmail").Value(), "email"},
	} {
		if sought.value == nil || sought.value == user.Get(sought.own).Value() {
			continue
		}
		answers := []*client.Exchange{search(ctx, env, client.Query(sought.criterion, sought.value))}
		own, nobodys := criteriaOf(env, user, body), nobodysCriteria(env)
		for _, name := range with(sought.criterion)[1:] {
			values := func(value any) client.Option { return by(kit.With(own, kit.Body{sought.criterion: value}), name) }
			if answer := search(ctx, env, values(sought.value)); answer.Success() &&
				!search(ctx, env, values(nobodys[sought.criterion])).Success() { // else it is not looked at beside others
				answers = append(answers, answer)
			}
		}
		for _, answer := range answers {
			if has := answer.Text(sought.own); answer.Success() && !strings.EqualFold(has, fmt.Sprint(sought.value)) {
				env.Fail("%s=%v finds who has no such %s\n%s", sought.criterion, sought.value, sought.own, match.Show(answer))
			}
		}
	}
}

// is expects an answer to be the user who was made of a body.
func is(env *suite.Env, answer, user *client.Exchange, body map[string]any) {
	env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
	env.Expect(answer).To(match.Member("referenceNumber", body["referenceNumber"]))
	env.Expect(answer).To(match.Member("email", body["email"]))
}

func together(ctx context.Context, env *suite.Env) {
	for range 2 {
		user, body := makeRich(ctx, env)
		id, number := client.Query("userId", idOf(env, user)), client.Query("refNum", body["referenceNumber"])
		email := client.Query("email", body["email"])
		all := func(as *client.Exchange) {
			for _, asked := range [][]client.Option{{id, number}, {id, email}, {number, email}, {id, number, email}} {
				answer := search(ctx, env, asked...)
				env.ExpectAnswer(answer)
				is(env, answer, user, body)
				same(env, answer, as)
			}
		}
		all(found(ctx, env, idOf(env, user)))
		replace(ctx, env, user, renamed(user))
		all(found(ctx, env, idOf(env, user)))
	}
}

func matchCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-SRCH-08", Title: "criteria of two users find neither", Check: ofTwo},
		{Requirement: "TEN-SRCH-12", Title: "an email in capitals finds its user",
			Check: func(ctx context.Context, env *suite.Env) {
				body := person(env)
				user := makeOf(ctx, env, body)
				answer := search(ctx, env, client.Query("email", strings.ToUpper(body["email"].(string))))
				env.ExpectAnswer(answer)
				is(env, answer, user, body)
			}},
		{Requirement: "TEN-SRCH-12", Title: "an email that was given with capitals is found without them",
			Check: withoutCapitals},
		{Requirement: "TEN-SRCH-13", Title: "part of an email, and what is only like one, finds nobody",
			Check: partly("email", "email")},
		{Requirement: "TEN-SRCH-13", Title: "part of a refNum, and what is only like one, finds nobody",
			Check: partly("refNum", "referenceNumber")},
		{Requirement: "TEN-SRCH-13", Title: "a refNum that ends or begins otherwise finds nobody", Check: otherwise},
		{Requirement: "TEN-SRCH-14", Title: "an email with a plus sign is found by its encoded form", Check: plusSign},
		{Requirement: "TEN-SRCH-15", Title: "an unknown query parameter changes nothing",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				plain := found(ctx, env, idOf(env, user))
				for _, name := range []string{"x", env.Unique("unknown")} {
					answer := search(ctx, env, client.Query("userId", idOf(env, user)), client.Query(name, "1"))
					env.ExpectAnswer(answer)
					same(env, answer, plain)
				}
			}},
		{Requirement: "TEN-SRCH-16", Title: "an email of another tenant finds nobody", Check: foreignValue("email")},
		{Requirement: "TEN-SRCH-16", Title: "a refNum of another tenant finds nobody", Check: foreignValue("refNum")},
		{Requirement: "TEN-SRCH-16", Title: "a refNum and an email of another tenant find nobody",
			Check: foreignValue("refNum" + and + "email")},
	}
}

// foreignValue searches at home for what a user of another tenant has.
func foreignValue(criterion string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		other, there := abroad(env)
		foreign := makeForeign(ctx, env)
		value := criterionOf(env, foreign, criterion)
		other.Must(ctx, "searchUser", there, value)
		answer := search(ctx, env, value)
		env.ExpectRefused(answer)
		silent(env, answer, foreign)
	}
}

// partly searches for parts of what a user has, and for patterns that fit it.
func partly(criterion, member string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		body := person(env)
		user := makeOf(ctx, env, body)
		whole := body[member].(string)
		parts := append(suite.Alikes(whole), whole[:len(whole)/2], whole[1:], whole[:len(whole)/2]+"%")
		if local, there, ok := strings.Cut(whole, "@"); ok { // another mailbox, whatever some keepers of mailboxes make of it
			parts = append(parts, local[:1]+"."+local[1:]+"@"+there, local+"+more@"+there, local+"@elsewhere."+there)
		}
		for _, part := range parts {
			env.ExpectRefused(search(ctx, env, client.Query(criterion, part)))
		}
		own := criteriaOf(env, user, body)
		for _, sought := range with(criterion)[1:] {
			if search(ctx, env, by(kit.With(own, kit.Body{criterion: nobodysCriteria(env)[criterion]}), sought)).Success() {
				continue // only some of the criteria are looked at, which no sentence forbids
			}
			for _, part := range []string{whole[:len(whole)/2], whole[:len(whole)-1]} {
				env.ExpectRefused(search(ctx, env, by(kit.With(own, kit.Body{criterion: part}), sought)))
			}
		}
	}
}
