package probation

import (
	"context"
	"maps"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// managed asks for the managers of the cases and expects that many items.
func managed(ctx context.Context, env *suite.Env, count int, crns ...any) *client.Exchange {
	answer := env.Must(ctx, managerList, ask(managerList, crns...))
	env.Expect(answer).To(match.JSONBody(items(count)))
	return answer
}

// managerListCases are those about the managers of several cases.
func managerListCases() []suite.Case {
	return slices.Concat(managersListedCases(), managerItemCases())
}

func managersListedCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-MGR-17", "each case with a manager has its item", func(ctx context.Context, env *suite.Env) {
			var codes []any
			var crns []any
			for _, given := range []string{"crn", "unallocatedCrn", "entrylessManagerCrn"} {
				if !env.Has("given:" + given) {
					continue
				}
				code := manager(ctx, env, given).Text("code")
				if !slices.Contains(codes, any(code)) { // whether one manager comes once or twice is PRO-MGR-19
					crns, codes = append(crns, env.Given(given)), append(codes, code)
				}
			}
			answer := env.Call(ctx, managerList, ask(managerList, crns...))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.JSONBody(items(len(crns))))
			env.Expect(answer.Texts("#.code")).To(gomega.ConsistOf(codes...), "the managers listed")
		}),
		kit.One("PRO-MGR-17", "a case after hundreds of others has its item", afterHundreds),
		kit.One("PRO-MGR-19", "a manager of two cases comes twice", func(ctx context.Context, env *suite.Env) {
			code := manager(ctx, env, "crn").Text("code")
			if other := manager(ctx, env, "siblingCrn").Text("code"); other != code ||
				env.Given("crn") == env.Given("siblingCrn") {
				env.Undetermined("given:siblingCrn must be another case of the manager of given:crn, who is %s, not %s", code,
					other)
			}
			env.Expect(managed(ctx, env, 2, env.Given("crn"), env.Given("siblingCrn"))).To(match.Each("#.code", code))
		}),
		kit.One("PRO-MGR-20", "a repeated case has one item", func(ctx context.Context, env *suite.Env) {
			managed(ctx, env, 1, env.Given("crn"), env.Given("crn"))
		}),
		kit.One("PRO-MGR-21", "an unknown case has none", func(ctx context.Context, env *suite.Env) {
			code := manager(ctx, env, "crn").Text("code")
			none := unknowns(ctx, env, managerList, 2)
			env.Expect(managed(ctx, env, 1, none[0], env.Given("crn"), none[1])).To(match.Member("0.code", code))
		}),
		kit.One("PRO-MGR-21", "a case after many unknown ones has its item", func(ctx context.Context, env *suite.Env) {
			code := manager(ctx, env, "crn").Text("code")
			var crns []any
			for i := range 60 {
				crns = append(crns, env.Drawn(noCase, i))
			}
			answer := env.Must(ctx, managerList, ask(managerList, append(crns, env.Given("crn"))...))
			env.Expect(answer.Texts("#.code")).To(gomega.ContainElement(code), "the managers, who may be those of others as well")
		}),
		kit.One("PRO-MGR-21", "what the lookup of a case does not find has none", func(ctx context.Context, env *suite.Env) {
			manager(ctx, env, "crn")
			for _, odd := range likeCases(env) {
				if !env.Call(ctx, managerLookup, ask(managerLookup, odd)).Success() {
					managed(ctx, env, 1, odd, env.Given("crn"))
				}
			}
		}),
		kit.One("PRO-MGR-22", "a case without a manager has none", func(ctx context.Context, env *suite.Env) {
			code := manager(ctx, env, "crn").Text("code")
			env.Expect(managed(ctx, env, 1, env.Given("managerlessCrn"), env.Given("crn"))).To(match.Member("0.code", code))
			managed(ctx, env, 0, env.Given("managerlessCrn"))
			if env.Has("given:deletedManagerCrn") && !env.Call(ctx, managerLookup,
				ask(managerLookup, env.Given("deletedManagerCrn"))).Success() { // else PRO-MGR-09 is about that
				managed(ctx, env, 0, env.Given("deletedManagerCrn"))
			}
		}),
	)
}

// afterHundreds asks for a case behind so many others that there are as many numbers as of usernames in PRO-STAFF-41.
func afterHundreds(ctx context.Context, env *suite.Env) {
	const others = 499
	code, crns := manager(ctx, env, "crn").Text("code"), []any{}
	for i := range others {
		crns = append(crns, env.Drawn(noCase, i))
	}
	answer := env.Call(ctx, managerList, ask(managerList, append(crns, env.Given("crn"))...))
	if !answer.Success() {
		env.NotApplicable("a list of %d case numbers is refused", others+1)
	}
	env.Expect(answer.Texts("#.code")).To(gomega.ContainElement(code), "the managers, who may be those of others as well")
}

// listedAsFound expects the only item of a list to show what the lookup does.
func listedAsFound(env *suite.Env, answer, found *client.Exchange) {
	env.Expect(answer).To(match.Member("0.code", found.Text("code")))
	if found.Text("email") == "" {
		env.Expect(answer.Text("0.email")).To(gomega.BeEmpty(), "the email of a manager for whom the lookup shows none")
		return
	}
	env.Expect(answer).To(match.Member("0.email", found.Get("email").Value()))
}

func managerItemCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-MGR-18", "each of several items shows what its lookup shows", eachListed),
		kit.One("PRO-MGR-18", "an item shows what the lookup shows", func(ctx context.Context, env *suite.Env) {
			for _, given := range []string{"crn", "reallocatedCrn", "otherResponsibleCrn", "unallocatedCrn"} {
				if given == "crn" || env.Has("given:"+given) {
					listedAsFound(env, managed(ctx, env, 1, env.Given(given)), manager(ctx, env, given))
				}
			}
		}),
		kit.One("PRO-MGR-25", "an item has no other members", func(ctx context.Context, env *suite.Env) {
			for _, known := range askAll(env, managerList) {
				answer := env.Must(ctx, managerList, known)
				env.Expect(answer).To(match.JSONBody(items(1)))
				env.Expect(answer).To(match.Each("@this", only("code", "email")))
			}
		}),
		kit.One("PRO-MGR-26", "a manager without a user has no email", func(ctx context.Context, env *suite.Env) {
			answer := managed(ctx, env, 1, env.Given("unallocatedCrn"))
			env.Expect(answer).To(match.Member("0.code", text()))
			env.Expect(answer).To(match.Absent("0.email"))
		}),
	)
}

// eachListed asks for several managers at once: each item shows what the lookup of its case shows.
func eachListed(ctx context.Context, env *suite.Env) {
	const most = 8
	var crns []any
	emails := map[string]string{}
	add := func(crn string) {
		if crn == "" || len(crns) == most || slices.Contains(crns, any(crn)) {
			return
		}
		if found := env.Call(ctx, managerLookup, ask(managerLookup, crn)); found.Success() {
			crns = append(crns, crn)
			emails[found.Text("code")] = found.Text("email")
		}
	}
	for _, name := range []string{"crn", "siblingCrn", "unallocatedCrn", "entrylessManagerCrn", "officeCrn", "crossProviderCrn"} {
		if env.Has("given:" + name) {
			add(env.Given(name))
		}
	}
	if env.Has("given:teamCode") {
		for _, crn := range env.Call(ctx, teamCaseload, ask(teamCaseload, env.Given("teamCode"))).Texts("#.crn") {
			add(crn)
		}
	}
	answer := env.Must(ctx, managerList, ask(managerList, crns...))
	for _, item := range answer.Get("@this").Array() {
		code := item.Get("code").String()
		env.Expect(slices.Sorted(maps.Keys(emails))).To(gomega.ContainElement(code), "the managers whom the lookups show")
		env.Expect(item.Get("email").String()).To(gomega.Equal(emails[code]), "the email of %s, whom the lookup shows", code)
	}
}
