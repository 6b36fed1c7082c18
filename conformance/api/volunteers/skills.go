package volunteers

import (
	"context"
	"fmt"
	"slices"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func isSkill(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "user_id": kit.IsAnyID, "name": kit.IsFilled})(value, strict)
}

// setSkills asks for exactly these skills.
func setSkills(ctx context.Context, env *suite.Env, user *client.Exchange, skills ...any) *client.Exchange {
	answer := env.Call(ctx, "updateUserSkills", of(user), client.JSON(map[string]any{"skills": append([]any{}, skills...)}))
	return completed(ctx, env, answer, "listUserSkills", []client.Option{of(user)})
}

// skillsSet is setSkills, for skills that the case needs.
func skillsSet(ctx context.Context, env *suite.Env, user *client.Exchange, skills ...any) *client.Exchange {
	answer := env.Must(ctx, "updateUserSkills", of(user), client.JSON(map[string]any{"skills": append([]any{}, skills...)}))
	return completed(ctx, env, answer, "listUserSkills", []client.Option{of(user)})
}

func skillList(ctx context.Context, env *suite.Env, user *client.Exchange) *client.Exchange {
	return listAll(ctx, env, "listUserSkills", of(user))
}

// named wants that exactly the skills of these names are listed.
func named(names ...string) types.GomegaMatcher {
	return match.That("exactly the skills asked for", func(e *client.Exchange) string {
		found := append([]string{}, e.Texts("data.#.name")...)
		slices.Sort(found)
		wanted := slices.Sorted(slices.Values(names))
		if e.Get("data").IsArray() && slices.Equal(found, wanted) && len(e.Get("data").Array()) == len(wanted) {
			return ""
		}
		return fmt.Sprintf("the names are %q, not %q", found, wanted)
	})
}

// skillNames learns the name of each skill by giving it alone to a user of its
// own: what a list shows as id may be the skill's or the pair's. The answer tells
// it, or else the list.
func skillNames(ctx context.Context, env *suite.Env, skills ...any) []string {
	var names []string
	for _, skill := range skills {
		user := makeUser(ctx, env)
		answer := skillsSet(ctx, env, user, skill)
		name := soleName(answer)
		if name == "" || slices.Contains(names, name) {
			answer = skillList(ctx, env, user)
			name = soleName(answer)
		}
		if name == "" || slices.Contains(names, name) {
			env.Undetermined("skill %v alone does not show as one skill of a name of its own\n%s", skill, match.Show(answer))
		}
		names = append(names, name)
	}
	return names
}

// soleName is the name of the one skill in an answer, "" when there is not one.
func soleName(answer *client.Exchange) string {
	if len(answer.Get("data").Array()) != 1 {
		return ""
	}
	return answer.Text("data.0.name")
}

// expectCount expects that many skills with a name each of its own. It comes
// before the names are learnt, as a target without any could not tell them.
func expectCount(env *suite.Env, answer *client.Exchange, count int) {
	env.Expect(answer).To(match.Member("data", gomega.HaveLen(count)))
	names := answer.Texts("data.#.name")
	slices.Sort(names)
	env.Expect(slices.Compact(names)).To(gomega.HaveLen(count), "each skill is listed by its own name")
}

// someSkills returns that many of the given skills.
func someSkills(env *suite.Env, count int) []any {
	return kit.Any(kit.GivenNumbers(env, "skillIds", count)[:count])
}

func skillCases() []suite.Case {
	cases := slices.Concat(skillSetCases(), skillRefusalCases(), skillRepeatCases())
	return append(cases, suite.Case{Requirement: "VOL-SKILL-11", Title: "a language goes through the same array",
		Check: func(ctx context.Context, env *suite.Env) {
			familyTogether(ctx, env, "languageId")
		}}, suite.Case{Requirement: "VOL-SKILL-11", Title: "an interest goes through the same array",
		Check: func(ctx context.Context, env *suite.Env) {
			if !env.Has("given:interestId") {
				env.NotApplicable("the target gives no interestId")
			}
			familyTogether(ctx, env, "interestId")
		}}, suite.Case{Requirement: "VOL-SKILL-11", Title: "all that the target gives go through the same array",
		Check: everyFamily})
}

// everyFamily sets every skill, language and interest that the target gives, and expects them all.
func everyFamily(ctx context.Context, env *suite.Env) {
	all := kit.Any(kit.GivenNumbers(env, "skillIds", 2))
	for _, name := range []string{"languageId", "interestId"} {
		if env.Has("given:" + name) {
			all = append(all, kit.GivenNumber(env, name))
		}
	}
	user, known := makeUser(ctx, env), skillNames(ctx, env, all...)
	env.ExpectAnswer(setSkills(ctx, env, user, all...))
	env.Expect(listOf(ctx, env, "listUserSkills", of(user))).To(named(known...))
}

// familyTogether sets one skill and one of another family, and expects both.
func familyTogether(ctx context.Context, env *suite.Env, name string) {
	both := []any{someSkills(env, 1)[0], kit.GivenNumber(env, name)}
	user := makeUser(ctx, env)
	answer := setSkills(ctx, env, user, both...)
	env.ExpectAnswer(answer)
	expectCount(env, answer, 2)
	names := skillNames(ctx, env, both...)
	env.Expect(answer).To(named(names...))
	env.Expect(skillList(ctx, env, user)).To(named(names...))
}

func skillSetCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-SKILL-01", Title: "every item has id, user_id and name", Needs: []string{"given:skillIds"},
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				skillsSet(ctx, env, user, someSkills(env, 2)...)
				list := skillList(ctx, env, user)
				env.ExpectAnswer(list)
				kit.ExpectShape(env, list, "data", kit.Array(2, isSkill))
			}},
		{Requirement: "VOL-SKILL-02", Title: "the answer lists exactly the two set",
			Check: func(ctx context.Context, env *suite.Env) {
				skills := someSkills(env, 2)
				answer := setSkills(ctx, env, makeUser(ctx, env), skills...)
				env.ExpectAnswer(answer)
				expectCount(env, answer, 2)
				env.Expect(answer).To(named(skillNames(ctx, env, skills...)...))
				kit.ExpectShape(env, answer, "data", kit.Array(2, isSkill))
			}},
		{Requirement: "VOL-SKILL-03", Title: "the list is what was answered", Check: func(ctx context.Context, env *suite.Env) {
			user, skills := makeUser(ctx, env), someSkills(env, 2)
			names := skillNames(ctx, env, skills...)
			skillsSet(ctx, env, user, skills...)
			list := skillList(ctx, env, user)
			env.ExpectAnswer(list)
			env.Expect(list).To(named(names...))
		}},
		{Requirement: "VOL-SKILL-04", Title: "the answer has meta.pagination", Check: func(ctx context.Context, env *suite.Env) {
			answer := setSkills(ctx, env, makeUser(ctx, env), someSkills(env, 2)...)
			env.ExpectAnswer(answer)
			if !env.Strict() && !answer.Get("meta").Exists() {
				env.NotApplicable("the target answers without meta, which the accepting reading leaves open")
			}
			kit.ExpectShape(env, answer, "meta.pagination", kit.Object(kit.Shape{
				"total": isCount, "count": isCount, "per_page": isCount, "current_page": isCount,
				"total_pages": isCount, "links": kit.OrNull(isLinks),
			}))
		}},
		{Requirement: "VOL-SKILL-05", Title: "a new array replaces the old one",
			Check: func(ctx context.Context, env *suite.Env) {
				user, skills := makeUser(ctx, env), someSkills(env, 3)
				names := skillNames(ctx, env, skills...)
				skillsSet(ctx, env, user, skills[:2]...)
				env.Expect(skillList(ctx, env, user)).To(named(names[:2]...))
				answer := setSkills(ctx, env, user, skills[2])
				env.ExpectAnswer(answer)
				env.Expect(answer).To(named(names[2]))
				env.Expect(skillList(ctx, env, user)).To(named(names[2]))
			}},
		{Requirement: "VOL-SKILL-06", Title: "an empty array clears the set", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			skillsSet(ctx, env, user, someSkills(env, 1)...)
			env.Expect(skillList(ctx, env, user)).To(match.Member("data", gomega.HaveLen(1)))
			answer := setSkills(ctx, env, user)
			env.ExpectAnswer(answer)
			env.Expect(answer).To(named())
			env.Expect(skillList(ctx, env, user)).To(named())
		}},
		{Requirement: "VOL-SKILL-10", Title: "each of two users has their own list", Check: ownSkills},
	}
}

// ownSkills gives two users the same skill, and then one of them another, and wants each list to show its own alone.
func ownSkills(ctx context.Context, env *suite.Env) {
	skills := someSkills(env, 2)
	names := skillNames(ctx, env, skills...)
	users := []*client.Exchange{makeUser(ctx, env), makeUser(ctx, env)}
	skillsSet(ctx, env, users[0], skills[0])
	skillsSet(ctx, env, users[1], skills[0])
	skillsSet(ctx, env, users[1], skills[1])
	for i, user := range users {
		list := skillList(ctx, env, user)
		env.ExpectAnswer(list)
		env.Expect(list).To(named(names[i]))
		env.Expect(list).To(kit.Texts("data.#.user_id", gomega.ConsistOf(user.Text("id"))))
	}
}

// skillsLeft sets a good skill and then asks for what is no good. It returns the answer to
// that, the names that a list may show if it was taken, and whose list.
func skillsLeft(
	ctx context.Context, env *suite.Env, asked func(env *suite.Env, good any) []any,
) (answer *client.Exchange, names []string, user *client.Exchange) {
	user = makeUser(ctx, env)
	skills := someSkills(env, 2)
	names = skillNames(ctx, env, skills...)
	skillsSet(ctx, env, user, skills[0])
	env.Expect(skillList(ctx, env, user)).To(named(names[0]))
	answer = kit.TakenOrRefused(ctx, env, func() *client.Exchange {
		return setSkills(ctx, env, user, asked(env, skills[1])...)
	}, env.StateOf("listUserSkills", of(user)))
	return answer, names, user
}

func skillRefusalCases() []suite.Case {
	unheard := func(title string, asked func(env *suite.Env, good any) []any) suite.Case {
		return suite.Case{Requirement: "VOL-SKILL-07", Title: title, Needs: []string{"given:skillIds"},
			Check: func(ctx context.Context, env *suite.Env) {
				answer, names, user := skillsLeft(ctx, env, asked)
				if !answer.Success() {
					return
				}
				left := skillList(ctx, env, user)
				env.Expect(left).To(match.Member("data", anArray()))
				for _, name := range left.Texts("data.#.name") {
					env.Expect(names).To(gomega.ContainElement(name), "what it does not know is left out")
				}
			}}
	}
	refused := func(title string, asked func(env *suite.Env, good any) []any) suite.Case {
		return suite.Case{Requirement: "VOL-SKILL-08", Title: title, Needs: []string{"given:skillIds"},
			Check: func(ctx context.Context, env *suite.Env) {
				answer, _, _ := skillsLeft(ctx, env, asked)
				env.ExpectRefused(answer)
			}}
	}
	return []suite.Case{
		unheard("an unknown skill alone is refused or left out", func(env *suite.Env, _ any) []any {
			return []any{unknownID(env, 0)}
		}),
		unheard("an unknown skill beside a known one is refused or left out",
			func(env *suite.Env, good any) []any { return []any{good, unknownID(env, 0)} }),
		refused("a text is refused", func(*suite.Env, any) []any { return []any{"x"} }),
		refused("a text beside a known skill is refused", func(_ *suite.Env, good any) []any { return []any{good, "x"} }),
	}
}

func skillRepeatCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-SKILL-09", Title: "a skill named twice is listed once",
			Check: func(ctx context.Context, env *suite.Env) {
				user, skill := makeUser(ctx, env), someSkills(env, 1)[0]
				names := skillNames(ctx, env, skill)
				answer := setSkills(ctx, env, user, skill, skill)
				env.ExpectAnswer(answer)
				env.Expect(answer).To(named(names...))
				env.Expect(skillList(ctx, env, user)).To(named(names...))
			}},
		{Requirement: "VOL-SKILL-12", Title: "setting the same skills again changes nothing",
			Check: func(ctx context.Context, env *suite.Env) {
				user, skills := makeUser(ctx, env), someSkills(env, 2)
				names := skillNames(ctx, env, skills...)
				for range 2 {
					answer := setSkills(ctx, env, user, skills...)
					env.ExpectAnswer(answer)
					env.Expect(answer).To(named(names...))
					env.Expect(skillList(ctx, env, user)).To(named(names...))
				}
			}},
	}
}
