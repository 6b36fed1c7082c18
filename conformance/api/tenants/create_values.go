package tenants

import (
	"context"
	"fmt"
	"slices"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func valueCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-CRT-16", Title: "dates read back as the same day", Check: func(ctx context.Context, env *suite.Env) {
			taken := false
			starts := []string{"2024-09-19", "2024-10-01", "2024-02-29"}
			for i, birthday := range []string{"2004-03-17", "2004-02-29", "1999-12-31", "2001-07-31", "1968-06-29",
				"2003-04-05", "1948-06-01", "1928-05-14"} {
				body := kit.With(person(env), kit.Body{"dateOfBirth": birthday, "programmeStartDate": starts[i%len(starts)]})
				user := create(ctx, env, body)
				if kit.Invalid(user) {
					continue
				}
				taken = true
				for _, answer := range []*client.Exchange{kit.Needed(env, user), found(ctx, env, idOf(env, user))} {
					for _, member := range days() {
						env.Expect(answer).To(match.Member(member, onDay(body[member])))
					}
				}
			}
			if !taken {
				env.NotApplicable("the target takes no date written as 2004-03-17")
			}
		}},
		{Requirement: "TEN-CRT-16", Title: "29 February of a leap year is a day", Check: leapDay},
	}
}

// onDay matches a date however it is printed.
func onDay(day any) types.GomegaMatcher {
	return match.Such(fmt.Sprintf("to be the day %v", day), func(value any) bool {
		text, ok := value.(string)
		sent, isText := day.(string)
		return ok && isText && slices.Contains(daysOf(text), sent)
	})
}

// leapDay makes users who were born on the days around and on the last of a leap year's February.
func leapDay(ctx context.Context, env *suite.Env) {
	for _, day := range []string{"2004-02-28", "2004-03-01", "2004-02-29"} {
		user := create(ctx, env, kit.With(person(env), kit.Body{"dateOfBirth": day}))
		if kit.Invalid(user) && day != "2004-02-29" {
			env.NotApplicable("the target takes no date of birth written as %s", day)
		}
		env.Expect(user).To(match.Success(), "29 February 2004 is a day as that before it and after it is")
	}
}

func referenceCases() []suite.Case {
	cases := []suite.Case{
		{Requirement: "TEN-CRT-22", Title: "the case owner's names come from the account", Check: caseOwner},
		{Requirement: "TEN-CRT-22", Title: "the case owner's names come when a user without one is given caseOwnerId",
			Check: caseOwnerLater},
	}
	for _, member := range []string{"groupId", "programmeId", "employerId", "managerId", "caseOwnerId"} {
		cases = append(cases, suite.Case{Requirement: "TEN-CRT-17", Title: "a " + member + " of nothing is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				notCreated(ctx, env, member, kit.WholeNumber(env, member, unusedID(env)))
			}})
	}
	return cases
}

// caseOwner sends names that are not the account's. What the account's are is
// known where the target says so; otherwise they must at least be the same
// whatever is sent.
func caseOwner(ctx context.Context, env *suite.Env) {
	sentFirst, sentLast := env.Unique("Graham"), env.Unique("Ellis")
	body := person(env)
	body["caseOwnerFirstName"], body["caseOwnerLastName"] = sentFirst, sentLast
	first := makeOf(ctx, env, body)
	if first.Text("caseOwnerFirstName") == sentFirst && first.Text("caseOwnerLastName") == sentLast {
		env.NotApplicable("the target keeps the case owner's names as they are sent, which are among the members of the body")
	}
	second := makeOf(ctx, env, kit.With(person(env), kit.Without("caseOwnerFirstName", "caseOwnerLastName")))
	for _, answer := range []*client.Exchange{first, found(ctx, env, idOf(env, first)), second,
		found(ctx, env, idOf(env, second))} {
		env.Expect(answer).To(match.Member("caseOwnerFirstName", owns(env, "caseOwnerFirstName", sentFirst, first)))
		env.Expect(answer).To(match.Member("caseOwnerLastName", owns(env, "caseOwnerLastName", sentLast, first)))
	}
}

// owns matches the account's name as far as it is known.
func owns(env *suite.Env, member, notThis string, as *client.Exchange) types.GomegaMatcher {
	if env.Has("given:" + member) {
		return gomega.Equal(env.Given(member))
	}
	return gomega.And(gomega.Not(gomega.BeNil()), gomega.Not(gomega.Equal(notThis)), gomega.Equal(as.Get(member).Value()))
}

// caseOwnerLater gives a user a case owner by an update.
func caseOwnerLater(ctx context.Context, env *suite.Env) {
	user := makeOf(ctx, env, kit.With(person(env), kit.Without("caseOwnerId")))
	model := makeUser(ctx, env)
	body := kit.With(sent(user), kit.Body{"caseOwnerId": kit.GivenNumber(env, "caseOwnerId")})
	replace(ctx, env, user, body)
	answer := found(ctx, env, idOf(env, user))
	for _, member := range []string{"caseOwnerFirstName", "caseOwnerLastName"} {
		env.Expect(answer).To(match.Member(member, model.Get(member).Value()))
	}
}
