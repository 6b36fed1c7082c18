package tenants

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func inputCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-CRT-05", Title: "members of the wrong type are refused",
			Check: func(ctx context.Context, env *suite.Env) {
				for _, member := range numbers() {
					notCreated(ctx, env, member, "abc")
				}
				notCreated(ctx, env, "phone", map[string]any{"number": []string{"01632960417"}})
				notCreated(ctx, env, "townCity", []any{map[string]any{"name": "Leeds"}})
				notCreated(ctx, env, "plannedHours", true)
				notCreated(ctx, env, "plannedHours", []any{})
				notCreated(ctx, env, "plannedHours", map[string]any{"hours": 7})
			}},
		{Requirement: "TEN-CRT-05", Title: "a list of users and a text are refused",
			Check: func(ctx context.Context, env *suite.Env) {
				makeUser(ctx, env) // who is taken alone
				body := person(env)
				for _, instead := range []any{[]any{body}, body["email"]} {
					env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
						return createRaw(ctx, env, client.JSON(instead))
					}, readingOf(env, body)...)
				}
			}},
		{Requirement: "TEN-CRT-06", Title: "numbers beyond 32 bits are refused",
			Check: func(ctx context.Context, env *suite.Env) {
				for _, member := range numbers() {
					notCreated(ctx, env, member, 99999999999)
				}
				notCreated(ctx, env, "plannedHours", 2147483648)
				notCreated(ctx, env, "weeklyHours", -2147483649)
			}},
		{Requirement: "TEN-CRT-07", Title: "a text and a number for jobActiveSync are refused",
			Check: func(ctx context.Context, env *suite.Env) {
				notCreated(ctx, env, "jobActiveSync", "maybe")
				notCreated(ctx, env, "jobActiveSync", 1)
			}},
		{Requirement: "TEN-CRT-08", Title: "an empty body is refused", Check: func(ctx context.Context, env *suite.Env) {
			nothingMade(ctx, env, client.Raw(nil, "application/json"))
		}},
		{Requirement: "TEN-CRT-08", Title: "an empty object is refused", Check: func(ctx context.Context, env *suite.Env) {
			nothingMade(ctx, env, client.JSON(struct{}{}))
		}},
		{Requirement: "TEN-CRT-09", Title: "a body without firstName is refused", Check: lacking("firstName")},
		{Requirement: "TEN-CRT-09", Title: "a body without lastName is refused", Check: lacking("lastName")},
		{Requirement: "TEN-CRT-09", Title: "a body without email is refused", Check: lacking("email")},
		{Requirement: "TEN-CRT-10", Title: "an email that is no address is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				for _, form := range []string{"%s", "%s@", "two words %s@" + domain(env)} {
					notCreated(ctx, env, "email", fmt.Sprintf(form, env.Unique("nobody")))
				}
			}},
		{Requirement: "TEN-CRT-15", Title: "a birthday that is not in the calendar is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				for _, date := range []string{"2001-02-30", "2003-02-29", "2004-13-01"} {
					notCreated(ctx, env, "dateOfBirth", date)
				}
			}},
	}
}

// notCreated sends a body that is right but for one member and expects it to be
// refused without a trace.
func notCreated(ctx context.Context, env *suite.Env, member string, value any) {
	body := kit.With(person(env), kit.Body{member: value})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, body) }, readingOf(env, body)...)
}

// nothingMade sends a body that names nobody. What it would make has no criterion
// to be found by but an id, which where nobody else writes may be the next one.
func nothingMade(ctx context.Context, env *suite.Env, body client.Option) {
	var reads []suite.Read
	if env.Has("worlds") {
		reads = append(reads, reading(env, "userId", after(idOf(env, makeUser(ctx, env)))))
	}
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return createRaw(ctx, env, body) }, reads...)
}

// lacking leaves one member out.
func lacking(member string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		body := kit.With(person(env), kit.Without(member))
		if member == "email" {
			delete(body, "username") // which is the address here
		}
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, body) }, readingOf(env, body)...)
	}
}

func refusedCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-CRT-20", Title: "nobody is left behind by a refused create",
			Check: func(ctx context.Context, env *suite.Env) {
				makeUser(ctx, env) // so that it is the wrong member that is refused
				for _, member := range []string{"groupId", "weeklyHours"} {
					body := kit.With(person(env), kit.Body{member: "abc"})
					refused := create(ctx, env, body)
					if refused.Success() {
						env.Undetermined("the create was not refused, so that nothing could be left behind\n%s",
							match.Show(refused))
					}
					nobodyLeft(ctx, env, body, refused)
				}
			}},
		{Requirement: "TEN-CRT-20", Title: "nobody is left behind whatever is refused of a create", Check: eachNobodyLeft},
	}
}

func nobodyLeft(ctx context.Context, env *suite.Env, body map[string]any, refused *client.Exchange) {
	for _, name := range criteria()[1:] {
		env.Expect(search(ctx, env, by(criteriaIn(body), name))).To(match.Status(http.StatusNotFound),
			"a create that was refused with %d has left a user behind", refused.Status)
	}
}

// refusable are members that a target may refuse. What it takes is not asked.
func refusable(env *suite.Env) (all []map[string]any) {
	all = []map[string]any{
		{"dateOfBirth": "2001-02-30"}, {"programmeStartDate": "2024-13-01"}, {"jobActiveSync": "maybe"},
		{"plannedHours": 99999999999}, {"townCity": []any{"Leeds"}},
	}
	for _, member := range references() {
		all = append(all, map[string]any{member: kit.WholeNumber(env, member, unusedID(env))})
	}
	return all
}

// eachNobodyLeft is that of a table of what may be refused, and of a username that is taken.
func eachNobodyLeft(ctx context.Context, env *suite.Env) {
	other := makeUser(ctx, env)
	for _, wrong := range append(refusable(env), map[string]any{"username": other.Get("username").Value()}) {
		body := kit.With(person(env), wrong)
		refused := create(ctx, env, body)
		if !refused.Success() {
			nobodyLeft(ctx, env, body, refused)
		}
	}
}

func takenCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-CRT-11", Title: "an email that another user has is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				body := person(env)
				first := makeOf(ctx, env, body)
				taken := kit.With(person(env), kit.Body{"email": body["email"]})
				reads := []suite.Read{reading(env, "userId", idOf(env, first)),
					reading(env, "refNum", taken["referenceNumber"].(string))}
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, taken) }, reads...)
			}},
		{Requirement: "TEN-CRT-11", Title: "an email that another user was given later is refused", Check: takenLater},
		{Requirement: "TEN-CRT-11", Title: "an email in capitals that finds another user is refused", Check: takenInCapitals},
		{Requirement: "TEN-CRT-12", Title: "a username that another user has is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				name := env.Unique("name") + "@" + domain(env) // an address will do for a name wherever one is asked for
				first := create(ctx, env, kit.With(person(env), kit.Body{"username": name}))
				if kit.Invalid(first) || kit.Needed(env, first).Text("username") != wrote(first, "username") {
					makeUser(ctx, env) // it is the username that is not taken
					env.NotApplicable("the target does not keep a username other than the email")
				}
				taken := kit.With(person(env), kit.Body{"username": name})
				reads := append(readingOf(env, taken), reading(env, "userId", idOf(env, first)))
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, taken) }, reads...)
			}},
	}
}

// takenLater changes the email of a user, and then gives it to a new one.
func takenLater(ctx context.Context, env *suite.Env) {
	user, email := makeUser(ctx, env), address(env)
	moved(ctx, env, user, "email", email)
	taken := kit.With(person(env), kit.Body{"email": email})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, taken) },
		reading(env, "userId", idOf(env, user)), reading(env, "refNum", taken["referenceNumber"].(string)))
}

// takenInCapitals gives a new user the email of another in capitals. Where they find nobody, they
// may be another email.
func takenInCapitals(ctx context.Context, env *suite.Env) {
	body := person(env)
	user := makeOf(ctx, env, body)
	capitals := strings.ToUpper(body["email"].(string))
	if now := search(ctx, env, client.Query("email", capitals)); !now.Success() {
		env.NotApplicable("the target tells emails by the case of their letters: %s", now)
	}
	taken := kit.With(person(env), kit.Body{"email": capitals})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, taken) },
		reading(env, "userId", idOf(env, user)), reading(env, "refNum", taken["referenceNumber"].(string)))
}
