package probation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const staffList, managerList = "findStaffForUsernames", "findCommunityManagerEmails"

// staffListCases are those about finding several persons by username.
func staffListCases() []suite.Case {
	return slices.Concat(staffListedCases(), staffListCaseCases(), staffItemCases(), nothingListedCases(), badStaffListCases())
}

// listed asks for the usernames and expects that many items.
func listed(ctx context.Context, env *suite.Env, count int, usernames ...any) *client.Exchange {
	answer := env.Must(ctx, staffList, ask(staffList, usernames...))
	env.Expect(answer).To(match.JSONBody(items(count)))
	return answer
}

// otherUsername is a second person's, not the first's again.
func otherUsername(env *suite.Env) string {
	if env.Given("otherUsername") == env.Given(theUsername) {
		env.Undetermined("given:otherUsername is given:username again: give another person's")
	}
	return env.Given("otherUsername")
}

func staffListedCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-STAFF-25", "each known username has its item", func(ctx context.Context, env *suite.Env) {
			first, other := env.Given(theUsername), otherUsername(env)
			answer := env.Call(ctx, staffList, ask(staffList, first, other))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.JSONBody(items(2)))
			for _, username := range []string{first, other} {
				person := env.Must(ctx, "findStaff", ask("findStaff", username))
				env.Expect(answer.Texts("#.username")).To(gomega.ContainElement(person.Text("username")), "the usernames listed")
			}
		}),
		kit.One("PRO-STAFF-26", "an unknown username has none", func(ctx context.Context, env *suite.Env) {
			person := env.Must(ctx, "findStaff", ask("findStaff", env.Given(theUsername)))
			answer := listed(ctx, env, 1, env.Unique("nobody"), env.Given(theUsername), env.Unique("nobody"))
			env.Expect(answer).To(match.Member("0.username", person.Text("username")))
		}),
		kit.One("PRO-STAFF-26", "what is no username has none", func(ctx context.Context, env *suite.Env) {
			person := env.Must(ctx, "findStaff", ask("findStaff", env.Given(theUsername)))
			asked := []any{person.Text("code"), person.Text("id")}
			if part, ok := beginning(env.Given(theUsername), 1); ok {
				asked = append(asked, part)
			}
			if env.Has("given:stafflessUsername") {
				asked = append(asked, env.Given("stafflessUsername")) // a username, and no member of staff's
			}
			for _, odd := range asked {
				if !env.Call(ctx, "findStaff", ask("findStaff", odd)).Success() { // else it is somebody's username
					listed(ctx, env, 0, odd)
				}
			}
			if empty := env.Call(ctx, staffList, ask(staffList, "")); empty.Success() {
				env.Expect(empty).To(match.JSONBody(nothing()))
			}
		}),
		kit.One("PRO-STAFF-29", "a repeated username has one", func(ctx context.Context, env *suite.Env) {
			listed(ctx, env, 1, env.Given(theUsername), env.Given(theUsername), env.Given(theUsername))
		}),
		kit.One("PRO-STAFF-33", "the items are ordered by id", func(ctx context.Context, env *suite.Env) {
			first, other := env.Given(theUsername), otherUsername(env)
			for _, order := range [][]any{{first, other}, {other, first}} {
				env.Expect(listed(ctx, env, 2, order...)).To(match.Sorted("#.id",
					func(a, b gjson.Result) int { return cmp.Compare(a.Int(), b.Int()) }))
			}
		}),
	)
}

func staffListCaseCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-STAFF-30", "a username in two letter cases has one item", func(ctx context.Context, env *suite.Env) {
			listed(ctx, env, 1, env.Given(theUsername), kit.OtherCase(env, env.Given(theUsername)))
		}),
		kit.One("PRO-STAFF-31", "a username in another letter case is found", func(ctx context.Context, env *suite.Env) {
			plain := listed(ctx, env, 1, env.Given(theUsername))
			other := kit.OtherCase(env, env.Given(theUsername))
			env.Expect(listed(ctx, env, 1, other)).To(match.Member("0.id", plain.Get("0.id").Value()))
			env.Expect(listed(ctx, env, 1, env.Unique("nobody"), other)).To(match.Member("0.id", plain.Get("0.id").Value()))
		}),
		kit.One("PRO-STAFF-32", "the stored username is shown", func(ctx context.Context, env *suite.Env) {
			stored := env.Must(ctx, "findStaff", ask("findStaff", env.Given(theUsername))).Text("username")
			found := env.Must(ctx, staffList, ask(staffList, kit.OtherCase(env, stored)))
			if len(found.Get("@this").Array()) == 0 {
				env.Undetermined("the username in another letter case is not found: PRO-STAFF-31 is about that")
			}
			env.Expect(found).To(match.Member("0.username", stored))
		}),
	)
}

func staffItemCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-STAFF-34", "an item has no contact details and no teams", func(ctx context.Context, env *suite.Env) {
			answer := listed(ctx, env, 1, env.Given(theUsername))
			for _, member := range []string{"email", "telephoneNumber", "teams"} {
				env.Expect(answer).To(match.Absent("0." + member))
			}
		}),
		kit.One("PRO-STAFF-35", "an item shows what the lookup shows", func(ctx context.Context, env *suite.Env) {
			people := []*client.Exchange{env.Must(ctx, "findStaff", ask("findStaff", env.Given(theUsername)))}
			for _, username := range moreUsernames(ctx, env) {
				person := env.Call(ctx, "findStaff", ask("findStaff", username))
				same := func(p *client.Exchange) bool { return p.Text("id") == person.Text("id") }
				if person.Success() && !slices.ContainsFunc(people, same) {
					people = append(people, person)
				}
			}
			var usernames []any
			for _, person := range people {
				usernames = append(usernames, person.Text("username"))
			}
			answer := listed(ctx, env, len(people), usernames...)
			ids := answer.Texts("#.id")
			for _, person := range people {
				env.Expect(ids).To(gomega.ContainElement(person.Text("id")), "the ids listed")
				item := strconv.Itoa(slices.Index(ids, person.Text("id")))
				for _, member := range []string{"id", "code", "name"} {
					env.Expect(answer).To(kit.Same(env, item+"."+member, person, member))
				}
			}
		}),
	)
}

// moreUsernames are those of other people whom the target gives, who lack something that others have
// among them.
func moreUsernames(ctx context.Context, env *suite.Env) (names []string) {
	if env.Has("given:otherUsername") {
		names = append(names, env.Given("otherUsername"))
	}
	for _, given := range []string{"entrylessStaffCode", "oneForenameStaffCode", "crossProviderStaffCode", "teamlessStaffCode"} {
		if env.Has("given:" + given) {
			if username := byCode(ctx, env, env.Given(given)).Text("username"); username != "" {
				names = append(names, username)
			}
		}
	}
	return names
}

// noCases asks about two cases that there are not.
func noCases(ctx context.Context, env *suite.Env) []any {
	return kit.Any(unknowns(ctx, env, managerList, 2))
}

// nothingListedCases hold for both lists by POST.
func nothingListedCases() []suite.Case {
	nobody := func(_ context.Context, env *suite.Env) []any {
		return []any{env.Unique("nobody"), env.Unique("nobody")}
	}
	return slices.Concat(
		kit.One("PRO-STAFF-27", "unknown usernames have nothing", answersNothing(staffList, nobody)),
		kit.One("PRO-STAFF-28", "no username has nothing", answersNothing(staffList, these())),
		kit.One("PRO-MGR-23", "unknown case numbers have nothing", answersNothing(managerList, noCases)),
		kit.One("PRO-MGR-24", "no case number has nothing", answersNothing(managerList, these())),
	)
}

// badStaffListCases are about lists that can't be read; those of the managers are
// the same.
func badStaffListCases() []suite.Case {
	number := func(operation, given string) func(context.Context, *suite.Env) {
		return func(ctx context.Context, env *suite.Env) {
			answer := env.Call(ctx, operation, ask(operation, 123456789))
			env.ExpectAnswer(answer)
			if answer.Success() {
				env.Expect(answer).To(match.JSONBody(nothing()))
			}
			if answer.Success() && env.Has("given:"+given) {
				env.Expect(env.Call(ctx, operation, ask(operation, 123456789, env.Given(given)))).To(match.JSONBody(items(1)))
			}
		}
	}
	return slices.Concat(
		badCases("PRO-STAFF-36", staffList, missing()), badCases("PRO-MGR-27", managerList, missing()),
		badCases("PRO-STAFF-37", staffList, notJSON()), badCases("PRO-MGR-28", managerList, notJSON()),
		badCases("PRO-STAFF-38", staffList, objects()), badCases("PRO-MGR-29", managerList, objects()),
		badCases("PRO-STAFF-39", staffList, nested()), badCases("PRO-MGR-30", managerList, nested()),
		kit.One("PRO-STAFF-40", "a number is read as text", number(staffList, theUsername)),
		kit.One("PRO-MGR-31", "a number is read as text", number(managerList, "crn")),
		kit.One("PRO-STAFF-41", "500 usernames are taken", func(ctx context.Context, env *suite.Env) {
			var usernames []any
			for i := range 500 {
				usernames = append(usernames, fmt.Sprintf("%s.%03d", nobody(env), i))
			}
			expected := 0
			if env.Has("given:" + theUsername) { // the last, so that it is missed in a list cut short
				usernames[len(usernames)-1], expected = env.Given(theUsername), 1
			}
			answer := env.Call(ctx, staffList, ask(staffList, usernames...))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.JSONBody(items(expected)))
		}),
	)
}
