package probation

import (
	"context"
	"fmt"
	"math"
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

const theUsername, theCode, theID = "username", "staffCode", "staffId"

// lookup is one of the three ways to find a person: by which given of the target
// and member of the answer, and the requirement that it finds somebody.
type lookup struct{ operation, given, member, found string }

func lookups() []lookup {
	return []lookup{
		{"findStaff", theUsername, "username", "PRO-STAFF-01"},
		{"findStaff_1", theID, "id", "PRO-STAFF-02"},
		{"findStaffByCode", theCode, "code", "PRO-STAFF-03"},
	}
}

// perLookup makes a case of the requirement for each of the three lookups of the
// person that the target gives.
func perLookup(requirement, title string, check func(ctx context.Context, env *suite.Env, found *client.Exchange)) []suite.Case {
	var cases []suite.Case
	for _, way := range lookups() {
		cases = append(cases, suite.Case{Requirement: requirement, Title: way.operation + ": " + title,
			Check: func(ctx context.Context, env *suite.Env) {
				check(ctx, env, env.Must(ctx, way.operation, ask(way.operation, env.Given(way.given))))
			}})
	}
	return cases
}

// staffCases are those about finding one person, or none.
func staffCases() []suite.Case {
	return slices.Concat(foundCases(), samePersonCases(), usernameCases(), unknownStaffCases())
}

func foundCases() []suite.Case {
	var cases []suite.Case
	for _, way := range lookups() {
		cases = append(cases, kit.One(way.found, "the person is found", func(ctx context.Context, env *suite.Env) {
			found := env.Call(ctx, way.operation, ask(way.operation, env.Given(way.given)))
			env.ExpectAnswer(found)
			env.Expect(found).To(match.Member("id", number()))
			env.Expect(found).To(match.Member("code", text()))
			env.Expect(strings.ToLower(found.Text(way.member))).To(gomega.Equal(strings.ToLower(env.Given(way.given))),
				"the person's "+way.member)
		})...)
	}
	return cases
}

func samePersonCases() []suite.Case {
	return slices.Concat(
		perLookup("PRO-STAFF-04", "the other lookups show the same",
			func(ctx context.Context, env *suite.Env, found *client.Exchange) {
				for _, way := range lookups() {
					if found.Get(way.member).Exists() {
						other := env.Call(ctx, way.operation, ask(way.operation, found.Text(way.member)))
						env.Expect(other).To(match.Success())
						env.Expect(other).To(kit.SaysAs(env, found))
					}
				}
			}),
		perLookup("PRO-STAFF-05", "the person is the one asked for",
			func(ctx context.Context, env *suite.Env, found *client.Exchange) {
				for _, way := range lookups() {
					env.Expect(found).To(match.Present(way.member))
					other := env.Call(ctx, way.operation, ask(way.operation, found.Text(way.member)))
					env.Expect(other).To(match.Success())
					for _, member := range []string{"id", "code", "username"} {
						env.Expect(other).To(match.Member(member, found.Get(member).Value()))
					}
				}
			}),
		askedIsShown(),
	)
}

func askedIsShown() []suite.Case {
	var cases []suite.Case
	for _, way := range lookups() {
		cases = append(cases, kit.One("PRO-STAFF-05", way.operation+": what was asked for is shown",
			func(ctx context.Context, env *suite.Env) {
				found := env.Must(ctx, way.operation, ask(way.operation, env.Given(way.given)))
				env.Expect(strings.ToLower(found.Text(way.member))).To(gomega.Equal(strings.ToLower(env.Given(way.given))),
					"the person's "+way.member)
			})...)
	}
	return cases
}

func usernameCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-STAFF-07", "the username in another letter case finds the person",
			func(ctx context.Context, env *suite.Env) {
				plain := env.Must(ctx, "findStaff", ask("findStaff", env.Given(theUsername)))
				found := env.Call(ctx, "findStaff", ask("findStaff", kit.OtherCase(env, env.Given(theUsername))))
				env.ExpectAnswer(found)
				if found.Success() {
					env.Expect(found).To(match.Member("id", plain.Get("id").Value()))
				}
			}),
		kit.One("PRO-STAFF-08", "the stored username is shown", func(ctx context.Context, env *suite.Env) {
			plain := env.Must(ctx, "findStaff", ask("findStaff", env.Given(theUsername)))
			asked := kit.OtherCase(env, plain.Text("username"))
			found := env.Must(ctx, "findStaff", ask("findStaff", asked))
			env.Expect(found).To(match.Member("username", plain.Text("username")))
			env.Expect(byCode(ctx, env, plain.Text("code"))).To(match.Member("username", found.Text("username")))
		}),
	)
}

// likeIDs are ids that nobody has and that somebody careless takes for a given one: negative,
// or the same in the last 32 bits.
func likeIDs(env *suite.Env, given string) []string {
	ids := []string{"0", "-1"}
	if !env.Has("given:" + given) {
		return ids
	}
	id, err := strconv.ParseInt(env.Given(given), 10, 64)
	if err != nil || id < 1 || id > math.MaxInt32 {
		return ids
	}
	return append(ids, strconv.FormatInt(-id, 10), strconv.FormatInt(id+1<<32, 10))
}

// somebodys says whether the answer shows who has that very id: any whole number may be somebody's.
func somebodys(answer *client.Exchange, id string) bool {
	return answer.Success() && answer.Get("id").Raw == id
}

// userIDs are ids of users, which are not those of staff, as far as the target tells them.
func userIDs(ctx context.Context, env *suite.Env) (ids []int64) {
	add := func(text string) {
		if id, err := strconv.ParseInt(text, 10, 32); err == nil && id > 0 {
			ids = append(ids, id)
		}
	}
	for _, name := range []string{disposable, "disposable-staffless-account", "disposable-disabled-account"} {
		if env.Has("given:" + name + "-userId") {
			add(env.Given(name + "-userId"))
		}
	}
	for _, name := range []string{theUsername, "otherUsername"} {
		if env.Has(sibling) && env.Has("given:"+name) {
			add(entry(ctx, env, env.Given(name)).Text("userId"))
		}
	}
	return ids
}

func unknownStaffCases() []suite.Case {
	const notFound = "Staff with %s of %s not found"
	message := func(operation, member string, about wanted) func(context.Context, *suite.Env) {
		return func(ctx context.Context, env *suite.Env) {
			value := about(ctx, env)[0]
			refused := seen(env, env.Call(ctx, operation, ask(operation, value)), 404)
			env.Expect(refused).To(match.Member("message", fmt.Sprintf(notFound, member, value)))
		}
	}
	return slices.Concat(
		kit.One("PRO-STAFF-09", "an unknown username is not found",
			refuses("findStaff", func(_ context.Context, env *suite.Env) []any { return []any{env.Unique("nobody")} })),
		kit.One("PRO-STAFF-10", "the message names the username asked for",
			message("findStaff", "username", theUnknown("findStaff"))),
		kit.One("PRO-STAFF-10", "the message shows a name with a space", message("findStaff", "username", these("no such user"))),
		kit.One("PRO-STAFF-11", "a user who is not staff is not found", func(ctx context.Context, env *suite.Env) {
			username := env.Given("stafflessUsername")
			answer := env.Call(ctx, "findStaff", ask("findStaff", username))
			env.ExpectRefused(answer)
			env.Expect(answer).To(match.Member("message", fmt.Sprintf(notFound, "username", username)))
		}),
		kit.One("PRO-STAFF-12", "an unknown id is not found", refuses("findStaff_1", theUnknown("findStaff_1"))),
		kit.One("PRO-STAFF-12", "an id that is like one is not found", func(ctx context.Context, env *suite.Env) {
			for _, id := range likeIDs(env, theID) {
				if answer := env.Call(ctx, "findStaff_1", ask("findStaff_1", id)); !somebodys(answer, id) {
					env.Expect(answer).ToNot(match.Success())
				}
			}
		}),
		kit.One("PRO-STAFF-05", "who is found by the id of a user has that id", func(ctx context.Context, env *suite.Env) {
			for _, id := range userIDs(ctx, env) {
				if found := env.Call(ctx, "findStaff_1", ask("findStaff_1", id)); found.Success() {
					env.Expect(found).To(match.Member("id", gomega.BeNumerically("==", id)))
				}
			}
		}),
		kit.One("PRO-STAFF-13", "the message names the id", message("findStaff_1", "id", theUnknown("findStaff_1"))),
		kit.One("PRO-STAFF-13", "any whole number is an id", func(ctx context.Context, env *suite.Env) {
			none := unknown(ctx, env, "findStaff_1")
			plain := seen(env, env.Call(ctx, "findStaff_1", ask("findStaff_1", none)), 404)
			for _, id := range []string{"-" + none, "0", "4294967296" + none[:8], none + "7"} {
				if answer := env.Call(ctx, "findStaff_1", ask("findStaff_1", id)); !somebodys(answer, id) {
					env.Expect(answer).To(match.Status(plain.Status))
				}
			}
		}),
		badCases("PRO-STAFF-14", "findStaff_1", badIDs()),
		kit.One("PRO-STAFF-14", "a path that two operations have is answered by one of them",
			func(ctx context.Context, env *suite.Env) {
				both := env.Send(ctx, http.MethodGet, "/staff/byid/pdu-head") // no document says whose answer it is
				if both.Status == http.StatusOK {                             // the heads of the borough byid, which there is not
					env.Expect(both).To(match.JSONBody(nothing()))
					return
				}
				env.ExpectRefused(both)
			}),
		kit.One("PRO-STAFF-15", "an unknown code is not found", refuses("findStaffByCode", theUnknown("findStaffByCode"))),
		kit.One("PRO-STAFF-16", "the message names the code", message("findStaffByCode", "code", theUnknown("findStaffByCode"))),
		kit.One("PRO-STAFF-17", "the code in small letters is not found", func(ctx context.Context, env *suite.Env) {
			person, lower := byCode(ctx, env, env.Given(theCode)), lowerCase(env, theCode)
			answer := env.Call(ctx, "findStaffByCode", ask("findStaffByCode", lower))
			if answer.Text("code") == lower && answer.Text("id") != person.Text("id") {
				env.NotApplicable("%s is another person's code", lower)
			}
			env.ExpectRefused(answer)
		}),
	)
}
