package probation

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const openOffice, endedOffice, blankOffice = "openOfficeName", "endedOfficeName", "blankOfficeName"

// addressLines are the members of which one is enough to show an office.
func addressLines() []string {
	return []string{"buildingName", "buildingNumber", "streetName", "district", "town", "county", "postcode"}
}

// officeCases are those about which offices of a team are shown, and about ended teams.
func officeCases() []suite.Case {
	return slices.Concat(shownOfficeCases(), hiddenOfficeCases(), managerOfficeCases(), endedTeamCases())
}

// offices returns the person whose teams have the offices, and those shown.
func offices(ctx context.Context, env *suite.Env) (*client.Exchange, []gjson.Result) {
	person := byCode(ctx, env, env.Given("officeStaffCode"))
	env.Expect(person).To(match.Member("teams", some()))
	return person, person.Get("teams.#.addresses|@flatten").Array()
}

// office returns the office of that given name, which must be shown.
func office(ctx context.Context, env *suite.Env, given string) gjson.Result {
	person, all := offices(ctx, env)
	env.Expect(named(all)).To(gomega.ContainElement(env.Given(given)), "the offices shown for %s", person.Text("code"))
	return all[slices.Index(named(all), env.Given(given))]
}

// named lists the names of the offices.
func named(offices []gjson.Result) []string {
	names := []string{}
	for _, office := range offices {
		names = append(names, office.Get("officeName").String())
	}
	return names
}

func shownOfficeCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-TEAM-03", "an office without an end is shown", func(ctx context.Context, env *suite.Env) {
			if to := day(office(ctx, env, openOffice), "to"); to != "" { // a far day may stand for none
				env.Expect(to).To(after(today(env)), "the end of the office")
			}
		}),
		kit.One("PRO-TEAM-06", "an office that will end is shown with its end", func(ctx context.Context, env *suite.Env) {
			env.Expect(day(office(ctx, env, "closingOfficeName"), "to")).To(
				gomega.And(match.Form("to be a day as 2006-01-02", `^\d{4}-\d\d-\d\d$`), after(today(env))),
				"the end of the office")
			if earlier(ctx, env) && env.Has("given:endingOfficeName") {
				env.Expect(day(office(ctx, env, "endingOfficeName"), "to")).To(after(today(env)),
					"the end of the office, two days before it")
			}
		}),
		kit.One("PRO-TEAM-09", "an office with one line of address is shown", func(ctx context.Context, env *suite.Env) {
			found := office(ctx, env, "oneLineOfficeName")
			if lines := linesOf(found); lines > 1 {
				env.Undetermined("given:oneLineOfficeName has %d lines of address: %s", lines, found.Raw)
			}
			env.Expect(linesOf(found)).To(gomega.Equal(1), "the lines of address of the office")
		}),
		kit.One("PRO-TEAM-10", "an office that will start is shown", func(ctx context.Context, env *suite.Env) {
			env.Expect(day(office(ctx, env, "futureOfficeName"), "from")).To(after(today(env)), "the start of the office")
		}),
	)
}

// day is a member's day without what stands behind it: the page says string, and a day may come with a
// time. Whether the form is the documented one is the business of the document's own checks.
func day(record gjson.Result, member string) string {
	date, _, _ := strings.Cut(record.Get(member).String(), "T")
	return date
}

// after matches a date later than the other.
func after(date string) types.GomegaMatcher {
	return match.Such("to be later than "+date, func(other any) bool {
		text, ok := other.(string)
		return ok && text > date
	})
}

func linesOf(office gjson.Result) (count int) {
	for _, line := range addressLines() {
		if office.Get(line).String() != "" {
			count++
		}
	}
	return count
}

func hiddenOfficeCases() []suite.Case {
	hidden := func(given string) func(context.Context, *suite.Env) {
		return func(ctx context.Context, env *suite.Env) {
			person, all := offices(ctx, env)
			env.Expect(named(all)).ToNot(gomega.ContainElement(env.Given(given)), "the offices shown for %s", person.Text("code"))
		}
	}
	return slices.Concat(
		kit.One("PRO-TEAM-04", "an ended office is not shown", hidden(endedOffice)),
		kit.One("PRO-TEAM-05", "an office that ends today is not shown", hidden("endingOfficeName")),
		kit.One("PRO-TEAM-07", "an office without an address is not shown", hidden(blankOffice)),
		kit.One("PRO-TEAM-08", "an office with a telephone only is not shown", hidden("phoneOnlyOfficeName")),
	)
}

func managerOfficeCases() []suite.Case {
	return kit.One("PRO-TEAM-11", "a manager's team shows its open offices with an address",
		func(ctx context.Context, env *suite.Env) {
			manager := env.Must(ctx, managerLookup, ask(managerLookup, env.Given("officeCrn")))
			env.Expect(manager).To(match.Member("team.addresses", some()))
			all := manager.Get("team.addresses").Array()
			env.Expect(named(all)).To(gomega.ContainElement(env.Given(openOffice)), "the offices shown")
			for _, name := range []string{"closingOfficeName", "oneLineOfficeName"} {
				if env.Has("given:"+name) && sameTeamAsOffices(ctx, env, manager) {
					env.Expect(named(all)).To(gomega.ContainElement(env.Given(name)), "the offices shown")
				}
			}
			env.Expect(named(all)).ToNot(gomega.ContainElement(env.Given(endedOffice)), "the offices shown")
			env.Expect(named(all)).ToNot(gomega.ContainElement(env.Given(blankOffice)), "the offices shown")
			for _, office := range all {
				env.Expect(linesOf(office)).To(gomega.BeNumerically(">", 0), "the lines of address of %s",
					office.Get("officeName"))
				if to := day(office, "to"); to != "" {
					env.Expect(to > today(env)).To(gomega.BeTrue(), "whether %s ends after today: it ends on %s",
						office.Get("officeName"), to)
				}
			}
		})
}

// sameTeamAsOffices says whether a manager's team is one of the person's whose offices are given.
func sameTeamAsOffices(ctx context.Context, env *suite.Env, manager *client.Exchange) bool {
	return env.Has("given:officeStaffCode") && slices.Contains(
		byCode(ctx, env, env.Given("officeStaffCode")).Texts("teams.#.code"), manager.Text("team.code"))
}

func endedTeamCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-TEAM-12", "an ended team is shown with its end", func(ctx context.Context, env *suite.Env) {
			person := byCode(ctx, env, env.Given("endedTeamStaffCode"))
			env.Expect(person).To(match.Member("teams.#.endDate", some()))
			ended := slices.ContainsFunc(person.Get("teams").Array(), func(team gjson.Result) bool {
				end := day(team, "endDate")
				return end != "" && end <= today(env)
			})
			env.Expect(ended).To(gomega.BeTrue(), "whether a team of %s has ended: %s", person.Text("code"),
				person.Text("teams.#.endDate"))
		}),
		kit.One("PRO-TEAM-13", "a team that goes on has no end", func(ctx context.Context, env *suite.Env) {
			person := byCode(ctx, env, env.Given(theCode))
			env.Expect(person).To(match.Member("teams", some()))
			var open []string
			planned := 0
			for _, team := range person.Get("teams").Array() {
				switch end := day(team, "endDate"); {
				case end == "":
					open = append(open, team.Get("code").String())
				case end > today(env):
					planned++ // nothing says that the day may not be known beforehand
				}
			}
			if planned > 0 && len(open) == 0 {
				env.Undetermined("each team of %s is to end on a day to come: give a person of a team without an end",
					person.Text("code"))
			}
			env.Expect(open).ToNot(gomega.BeEmpty(), "the teams without endDate of %s, which are %s",
				person.Text("code"), person.Text("teams.#.code"))
		}),
	)
}
