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

// givenPeople are the names of all codes of staff that a target may give: what goes wrong in one answer goes wrong
// with who lacks something, or has something that few have.
func givenPeople() []string {
	return []string{theCode, "officeStaffCode", "endedTeamStaffCode", "middleNameStaffCode", "entrylessStaffCode",
		"unallocatedStaffCode", "oneForenameStaffCode", "manyTeamsStaffCode", "crossProviderStaffCode", "supervisorStaffCode",
		"teamlessStaffCode", "userlessStaffCode", "innerUStaffCode", caseloadCode, "crnManagerCode"}
}

// peopleByCode looks up each of them once.
func peopleByCode(ctx context.Context, env *suite.Env) (people []*client.Exchange) {
	var codes []string
	for _, name := range givenPeople() {
		if env.Has("given:"+name) && !slices.Contains(codes, env.Given(name)) {
			codes = append(codes, env.Given(name))
		}
	}
	found := make([]*client.Exchange, len(codes))
	pieces := make([]func(), len(codes))
	for i, code := range codes {
		pieces[i] = func() { found[i] = env.Call(ctx, "findStaffByCode", ask("findStaffByCode", code)) }
	}
	env.Abreast(pieces...)
	for _, person := range found {
		if person.Success() { // whether each is found is the business of other requirements
			people = append(people, person)
		}
	}
	return people
}

// alikeCases look at whether one thing is the same wherever it is shown: what a single answer gets wrong, such as an
// office that has ended or a telephone that is missing, shows beside another one.
func alikeCases() []suite.Case {
	return slices.Concat(
		kit.Each("PRO-STAFF-04", "%s shows each person as the lookup by code does", []string{"findStaff", "findStaff_1"},
			samePeople),
		kit.Each("PRO-TEAM-14", "%s shows each team as the lookups of staff do",
			append([]string{"findStaffByCode", managerLookup}, caseloads()...), sameTeams),
		kit.Each("PRO-CASE-24", "%s: the staff of others' cases is as looked up", caseloads(), sameStaffOfCases),
		kit.One("PRO-MGR-04", "each manager is as looked up", sameManagers),
		kit.One("PRO-MGR-13", "each provider is shown as with the staff", sameProviders),
		kit.One("PRO-TEAM-14", "the team of a case is that with which the manager's caseload shows it", sameTeamOfCases),
	)
}

func samePeople(ctx context.Context, env *suite.Env, operation string) {
	member := map[string]string{"findStaff": "username", "findStaff_1": "id"}[operation]
	looked := 0
	for _, person := range peopleByCode(ctx, env) {
		value := person.Text(member)
		if value == "" {
			continue // who has no user
		}
		if other := env.Call(ctx, operation, ask(operation, value)); other.Success() { // else another case is about that
			looked++
			env.Expect(other).To(kit.SaysAs(env, person))
		}
	}
	if looked == 0 {
		env.Undetermined("nobody whom the target gives is found by %s", operation)
	}
}

// shown is a thing in an answer, in one spelling and order.
type shown struct {
	value gjson.Result
	from  *client.Exchange
}

// sameTeams compares each team that an operation shows with the same team as the lookups by code show it.
func sameTeams(ctx context.Context, env *suite.Env, operation string) {
	people := peopleByCode(ctx, env)
	known, compared := map[string]shown{}, 0
	look := func(answer *client.Exchange, paths []string) {
		done := map[string]bool{}
		said := kit.Said(env, answer)
		for _, path := range paths {
			for _, team := range said.Get(path).Array() {
				code := team.Get("code").String()
				first, met := known[code]
				switch {
				case code == "" || done[team.Raw]:
				case !met:
					notRespelt(env, known, shown{team, answer})
					known[code] = shown{team, answer}
				default:
					compared++
					sameTeam(env, first, shown{team, answer})
				}
				done[team.Raw] = true // hundreds of cases show one team in the same words
			}
		}
	}
	for _, person := range people {
		look(person, teamPaths("findStaffByCode"))
	}
	if operation != "findStaffByCode" {
		compared = 0
		for _, answer := range answersShowing(ctx, env, operation, people) {
			look(answer, teamPaths(operation))
		}
	}
	if compared == 0 {
		env.Undetermined("no team is shown by %s and by a lookup of staff that the target gives", operation)
	}
}

func sameTeam(env *suite.Env, first, again shown) {
	one, other := match.Unordered([]byte(first.value.Raw)), match.Unordered([]byte(again.value.Raw))
	if changed := match.Changes(one, other); changed != "" {
		env.Expect(again.from).To(match.Success())
		env.Fail("the team %s is shown otherwise than by %s:\n%s", first.value.Get("code"), first.from.Operation.ID, changed)
	}
}

// notRespelt expects a thing that has a code of its own not to be one that is known in all but the spelling of its code.
func notRespelt(env *suite.Env, known map[string]shown, one shown) {
	code := one.value.Get("code").String()
	for other, before := range kit.InOrder(known) {
		if other != code && strings.EqualFold(strings.TrimSpace(other), strings.TrimSpace(code)) &&
			match.Changes([]byte(before.value.Raw), []byte(one.value.Raw), "code") == "" {
			env.Expect(one.from).To(match.Success())
			env.Fail("%q is shown with the code %q by %s", code, other, before.from.Operation.ID)
		}
	}
}

// answersShowing are the answers of an operation about what the target gives, and about the people.
func answersShowing(ctx context.Context, env *suite.Env, operation string, people []*client.Exchange) []*client.Exchange {
	var values []string
	add := func(value string) {
		if value != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	for _, name := range subjects()[operation].givens {
		if env.Has("given:" + name) {
			add(env.Given(name))
		}
	}
	for _, person := range people {
		switch operation {
		case codeCaseload:
			add(person.Text("code"))
		case idCaseload:
			add(person.Text("id"))
		case teamCaseload:
			for _, code := range person.Texts("teams.#.code") {
				add(code)
			}
		}
	}
	all, pieces := make([]*client.Exchange, len(values)), make([]func(), len(values))
	for i, value := range values {
		pieces[i] = func() { all[i] = env.Call(ctx, operation, ask(operation, value)) }
	}
	env.Abreast(pieces...)
	return slices.DeleteFunc(all, func(e *client.Exchange) bool { return !e.Success() })
}

func sameStaffOfCases(ctx context.Context, env *suite.Env, operation string) {
	people := peopleByCode(ctx, env)
	known := map[string]any{}
	for _, person := range people {
		known[person.Text("code")] = withoutContact(kit.Said(env, person))
	}
	compared := map[string]bool{}
	for _, answer := range answersShowing(ctx, env, operation, people) {
		for _, staff := range kit.Said(env, answer).Get("#.staff").Array() {
			person, met := known[staff.Get("code").String()]
			if !met || compared[staff.Raw] {
				continue
			}
			compared[staff.Raw] = true
			env.Expect(answer).To(match.Success())
			env.Expect(withoutContact(staff)).To(gomega.Equal(person), "the staff of a case next to the lookup by code")
		}
	}
	if len(compared) == 0 {
		env.Undetermined("no case of the people whom the target gives is shown by %s", operation)
	}
}

// eachManager looks at the managers of the cases that the target gives.
func eachManager(ctx context.Context, env *suite.Env, look func(crn string, found *client.Exchange)) {
	for _, name := range append(subjects()[managerLookup].givens, "siblingCrn", "reallocatedCrn", "otherResponsibleCrn") {
		if !env.Has("given:" + name) {
			continue
		}
		if found := env.Call(ctx, managerLookup, ask(managerLookup, env.Given(name))); found.Success() {
			look(env.Given(name), found)
		}
	}
}

func sameManagers(ctx context.Context, env *suite.Env) {
	eachManager(ctx, env, func(_ string, found *client.Exchange) {
		person := env.Call(ctx, "findStaffByCode", ask("findStaffByCode", found.Text("code")))
		if !person.Success() {
			return
		}
		for _, member := range []string{"id", "code", "name", "username", "email"} {
			env.Expect(found).To(kit.Same(env, member, person, member))
		}
	})
}

// sameProviders compares the providers of managers with those of the people whom the target gives.
func sameProviders(ctx context.Context, env *suite.Env) {
	known := map[string]shown{}
	for _, person := range peopleByCode(ctx, env) {
		provider := kit.Said(env, person).Get("provider")
		known[provider.Get("code").String()] = shown{provider, person}
	}
	eachManager(ctx, env, func(_ string, found *client.Exchange) {
		provider := kit.Said(env, found).Get("provider")
		notRespelt(env, known, shown{provider, found})
		if before, met := known[provider.Get("code").String()]; met {
			env.Expect(found).To(kit.Same(env, "provider", before.from, "provider"))
		}
	})
}

// sameTeamOfCases looks for each case in its manager's caseload. Who holds it there for several teams, or not at all, may be
// its manager for any.
func sameTeamOfCases(ctx context.Context, env *suite.Env) {
	eachManager(ctx, env, func(crn string, found *client.Exchange) {
		var teams []string
		for _, held := range env.Call(ctx, codeCaseload, ask(codeCaseload, found.Text("code"))).Get("@this").Array() {
			if team := held.Get("team.code").String(); held.Get("crn").String() == crn && team != "" {
				teams = append(teams, team)
			}
		}
		if team := found.Text("team.code"); team != "" && len(teams) == 1 {
			env.Expect(team).To(gomega.Equal(teams[0]), "the team of the case %s, of which the caseload of %s shows another", crn,
				found.Text("code"))
		}
	})
}
