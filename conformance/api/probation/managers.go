package probation

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const managerLookup = "findCommunityManager"

// manager looks up the manager of a given case, which must have one.
func manager(ctx context.Context, env *suite.Env, given string) *client.Exchange {
	return env.Must(ctx, managerLookup, ask(managerLookup, env.Given(given)))
}

// managerCases are those about the manager of one case.
func managerCases() []suite.Case {
	return slices.Concat(managerFoundCases(), managerShapeCases(), managerlessCases(), activeManagerCases())
}

func managerFoundCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-MGR-01", "the manager is found", func(ctx context.Context, env *suite.Env) {
			found := env.Call(ctx, managerLookup, ask(managerLookup, env.Given("crn")))
			env.ExpectAnswer(found)
			env.Expect(found).To(match.Member("id", number()))
			for member, expected := range kit.InOrder(map[string]any{"code": text(), "name": object(),
				"provider": object(), "team": object()}) {
				env.Expect(found).To(match.Member(member, expected))
			}
		}),
		kit.One("PRO-MGR-02", "the manager can be reached", func(ctx context.Context, env *suite.Env) {
			found := manager(ctx, env, "crn")
			env.Expect(found).To(match.Member("username", text()))
			env.Expect(found).To(match.Member("email", text()))
		}),
		kit.One("PRO-MGR-04", "the manager is as looked up", func(ctx context.Context, env *suite.Env) {
			found := manager(ctx, env, "crn")
			env.Expect(found).To(match.Member("code", text()))
			isGiven(env, found, "crnManagerCode")
			person := env.Call(ctx, "findStaffByCode", ask("findStaffByCode", found.Text("code")))
			env.Expect(person).To(match.Success())
			for _, member := range []string{"id", "code", "name", "username", "email"} {
				env.Expect(found).To(kit.Same(env, member, person, member))
			}
		}),
	)
}

func managerShapeCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-MGR-03", "the manager has no telephone number", func(ctx context.Context, env *suite.Env) {
			for _, known := range askAll(env, managerLookup) {
				env.Expect(env.Must(ctx, managerLookup, known)).To(match.Absent("telephoneNumber"))
			}
		}),
		kit.One("PRO-MGR-13", "the provider is the case's", func(ctx context.Context, env *suite.Env) {
			found := manager(ctx, env, "crossProviderCrn")
			person := byCode(ctx, env, found.Text("code"))
			env.Expect(found).To(match.Member("provider.code",
				gomega.And(text(), gomega.Not(gomega.Equal(person.Get("provider.code").Value())))))
			isGiven(env, found, "crossProviderStaffCode")
		}),
		kit.One("PRO-MGR-14", "an unallocated manager can't be reached", func(ctx context.Context, env *suite.Env) {
			found := manager(ctx, env, "unallocatedCrn")
			env.Expect(found).To(match.Member("unallocated", true))
			env.Expect(found).To(match.Absent("username"))
			env.Expect(found).To(match.Absent("email"))
		}),
		kit.One("PRO-MGR-15", "a manager without an entry has a username only", func(ctx context.Context, env *suite.Env) {
			found := manager(ctx, env, "entrylessManagerCrn")
			env.Expect(found).To(match.Member("username", text()))
			env.Expect(found).To(match.Absent("email"))
		}),
	)
}

func managerlessCases() []suite.Case {
	message := func(crn string) string { return fmt.Sprintf("CommunityManager with crn of %s not found", crn) }
	malformed := []string{"not-a-case-number", "T12345678901234567890", "T 1234!"}
	return slices.Concat(
		kit.One("PRO-MGR-05", "an unknown case is not found", refuses(managerLookup, theUnknown(managerLookup))),
		kit.One("PRO-MGR-05", "a part of a case number is not found", func(ctx context.Context, env *suite.Env) {
			if !env.Has("given:crn") {
				return // an unknown case was asked for
			}
			whole := manager(ctx, env, "crn")
			for _, odd := range likeCases(env)[2:] { // letter case is PRO-MGR-12
				env.ExpectRefused(env.Call(ctx, managerLookup, ask(managerLookup, odd)))
			}
			partsAreOthers(ctx, env, env.Given("crn"), whole)
		}),
		kit.One("PRO-MGR-06", "the message names the case", func(ctx context.Context, env *suite.Env) {
			crn := unknown(ctx, env, managerLookup)
			answer := seen(env, env.Call(ctx, managerLookup, ask(managerLookup, crn)), 404)
			env.Expect(answer).To(match.Member("message", message(crn)))
		}),
		kit.One("PRO-MGR-07", "a case without a manager is not found", refuses(managerLookup, given("managerlessCrn"))),
		kit.One("PRO-MGR-08", "a case without a manager has the message of an unknown one",
			func(ctx context.Context, env *suite.Env) {
				crn := unknown(ctx, env, managerLookup)
				unknown := seen(env, env.Call(ctx, managerLookup, ask(managerLookup, crn)), 404)
				without := seen(env, env.Call(ctx, managerLookup, ask(managerLookup, env.Given("managerlessCrn"))), 404)
				env.Expect(unknown).To(match.Member("message", text()))
				env.Expect(without).To(match.Member("message", strings.ReplaceAll(unknown.Text("message"), crn,
					env.Given("managerlessCrn"))))
			}),
		kit.One("PRO-MGR-09", "a deleted manager does not count", refuses(managerLookup, given("deletedManagerCrn"))),
		kit.Each("PRO-MGR-11", "%s is not found", malformed, func(ctx context.Context, env *suite.Env, crn string) {
			refuses(managerLookup, these(crn))(ctx, env)
		}),
		kit.One("PRO-MGR-12", "the case number in small letters is not found", func(ctx context.Context, env *suite.Env) {
			found, lower := manager(ctx, env, "crn"), lowerCase(env, "crn")
			answer := env.Call(ctx, managerLookup, ask(managerLookup, lower))
			if answer.Success() && answer.Text("id") != found.Text("id") {
				env.NotApplicable("%s is the number of another case", lower)
			}
			env.ExpectRefused(answer)
		}),
	)
}

func activeManagerCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-MGR-10", "the active manager is shown, not the former one", func(ctx context.Context, env *suite.Env) {
			found := manager(ctx, env, "reallocatedCrn")
			env.Expect(found).To(match.Member("code",
				gomega.And(text(), gomega.Not(gomega.Equal(env.Given("formerManagerCode"))))))
			isGiven(env, found, "reallocatedManagerCode")
		}),
		kit.One("PRO-MGR-16", "the manager is shown, not who is responsible", func(ctx context.Context, env *suite.Env) {
			found := manager(ctx, env, "otherResponsibleCrn")
			env.Expect(found).To(match.Member("code", text()))
			isGiven(env, found, "otherResponsibleManagerCode")
		}),
	)
}

// partsAreOthers asks for beginnings of a case number. One may be the number of another case, and that may have the same
// manager, so that only a number that is answered as the whole is at each length is found by its beginning.
func partsAreOthers(ctx context.Context, env *suite.Env, crn string, whole *client.Exchange) {
	for part := kit.Shorter(crn, 1); part != ""; part = kit.Shorter(part, 1) {
		answer := env.Call(ctx, managerLookup, ask(managerLookup, part))
		if !answer.Success() {
			env.ExpectRefused(answer)
			return
		}
		if len(match.Differences(env.Settled(answer), env.Settled(whole))) > 0 {
			return
		}
	}
	env.Fail("each beginning of %s is answered as the whole is", crn)
}

// likeCases are texts near the case number that the target gives: in other letters, a part of it, with a blank in it.
func likeCases(env *suite.Env) []string {
	crn := env.Given("crn")
	half := kit.Half(crn)
	return []string{strings.ToLower(crn), kit.Shorter(crn, 1), half + " " + strings.TrimPrefix(crn, half)}
}

// isGiven expects that manager's code where the target gives it: more than the
// requirement needs, and one more way to notice.
func isGiven(env *suite.Env, found *client.Exchange, code string) {
	if env.Has("given:" + code) {
		env.Expect(found).To(match.Member("code", env.Given(code)))
	}
}
