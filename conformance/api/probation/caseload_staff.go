package probation

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// mostPeople is how many different people of a caseload are looked up.
const mostPeople = 10

// caseloadGiven is what each caseload is asked for.
func caseloadGiven(operation string) string {
	return map[string]string{teamCaseload: "teamCode", codeCaseload: caseloadCode, idCaseload: caseloadID}[operation]
}

// perPerson makes a case for each caseload that looks at the staff of its cases
// next to the lookup of the same person. some tells whether a lookup shows what
// the requirement is about: if none does, the case is undetermined.
func perPerson(requirement, title string, some func(person *client.Exchange) bool,
	look func(env *suite.Env, staff, person gjson.Result)) []suite.Case {
	return kit.Each(requirement, title, caseloads(), func(ctx context.Context, env *suite.Env, operation string) {
		answer := caseloadOf(ctx, env, operation, caseloadGiven(operation))
		people, met, seen := map[string]gjson.Result{}, false, map[string]bool{}
		for _, staff := range kit.Said(env, answer).Get("#.staff").Array() {
			code := staff.Get("code").String()
			if _, known := people[code]; !known && len(people) < mostPeople {
				person := byCode(ctx, env, code)
				people[code] = kit.Said(env, person)
				met = met || some(person)
			}
			if person, known := people[code]; known && !seen[staff.Raw] {
				look(env, staff, person)
				seen[staff.Raw] = true // hundreds of cases show one person in the same words
			}
		}
		if !met {
			env.Undetermined("no person of the caseload has what this is about: give a caseload of others as given:%s",
				caseloadGiven(operation))
		}
	})
}

// having tells people whose lookup shows the member.
func having(member string) func(*client.Exchange) bool {
	return func(person *client.Exchange) bool { return person.Text(member) != "" }
}

// caseloadStaffCases are those about the staff and team that a case shows.
func caseloadStaffCases() []suite.Case {
	lacks := func(member string) func(*suite.Env, gjson.Result, gjson.Result) {
		return func(env *suite.Env, staff, _ gjson.Result) {
			env.Expect(staff.Get(member).Exists()).To(gomega.BeFalse(), "whether the staff %s of a case has %s",
				staff.Get("code"), member)
		}
	}
	return slices.Concat(
		perPerson("PRO-CASE-21", "the staff has no email", having("email"), lacks("email")),
		perPerson("PRO-CASE-22", "the staff has no telephone number", having("telephoneNumber"), lacks("telephoneNumber")),
		perPerson("PRO-CASE-23", "the staff has its username", having("username"),
			func(env *suite.Env, staff, person gjson.Result) {
				env.Expect(staff.Get("username").String()).To(gomega.Equal(person.Get("username").String()),
					"the username of the staff of a case")
			}),
		perPerson("PRO-CASE-24", "the staff is otherwise as looked up", having("code"),
			func(env *suite.Env, staff, person gjson.Result) {
				env.Expect(withoutContact(staff)).To(gomega.Equal(withoutContact(person)),
					"the staff of a case next to the lookup by code")
			}),
		kit.Each("PRO-CASE-25", "each case has its team", caseloads(),
			func(ctx context.Context, env *suite.Env, operation string) {
				env.Expect(caseloadOf(ctx, env, operation, caseloadGiven(operation))).To(match.Each("@this",
					gomega.HaveKeyWithValue("team", gomega.And(object(), gomega.HaveKeyWithValue("code", text())))))
			}),
		kit.Each("PRO-CASE-26", "unallocated goes by the code", caseloads(), unallocatedByCode),
	)
}

// withoutContact is a person's record as a caseload shows it.
func withoutContact(person gjson.Result) any {
	members, ok := match.Settled(person.Value()).(map[string]any)
	if !ok {
		return person.Value()
	}
	delete(members, "email")
	delete(members, "telephoneNumber")
	return members
}

func unallocatedByCode(ctx context.Context, env *suite.Env, operation string) {
	asked := []client.Option{ask(operation, env.Given(caseloadGiven(operation)))}
	if env.Has("given:unallocatedStaffCode") {
		person := byCode(ctx, env, env.Given("unallocatedStaffCode"))
		value := map[string]string{teamCaseload: person.Text("teams.0.code"), codeCaseload: person.Text("code"),
			idCaseload: person.Text("id")}
		if value[operation] != "" {
			asked = append(asked, ask(operation, value[operation]))
		}
	}
	seen := 0
	for _, option := range asked {
		answer := env.Must(ctx, operation, option)
		for _, staff := range answer.Get("#.staff").Array() {
			seen++
			env.Expect(staff.Get("unallocated").Value()).To(gomega.Equal(strings.HasSuffix(staff.Get("code").String(), "U")),
				"unallocated of the staff %s", staff.Get("code"))
		}
	}
	if seen == 0 {
		env.Undetermined("the caseloads hold no case")
	}
}
