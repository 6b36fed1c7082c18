package volunteers

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// aloneCase changes one member after the other, each alone, and expects of all other members that one
// can write that they say what they said: whether a change may be a partial one, the page does not say.
func (s sub) aloneCase(requirement string, members func(env *suite.Env) kit.Body,
	changes func(env *suite.Env) []kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: "each member that is sent alone leaves the others",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			id, all := recordOf(s.of(user).Made(ctx, env, members(env))), changes(env)
			for _, change := range all {
				before, was := s.of(user).Stored(ctx, env, id)
				answer := s.of(user).Change(ctx, env, id, change)
				if !kit.Unbroken(env, answer) {
					continue
				}
				after, is := s.of(user).Stored(ctx, env, id)
				for _, other := range all {
					for member := range other {
						if _, sent := change[member]; !sent {
							env.Expect(after).To(kit.Same(env, is+"."+member, before, was+"."+member),
								"after a change of %s", strings.Join(slices.Sorted(maps.Keys(change)), ", "))
						}
					}
				}
			}
		}}
}

func touchpointChanges(env *suite.Env) []kit.Body {
	return []kit.Body{{"subject": env.Unique("subject")}, {"body": env.Unique("body")}, {"private": false},
		{"start": day(env, -4)}, {"end": day(env, 0)}, {"duration": 75}, {"follow_up_date": instant(env, 96)}, {"archived": true},
		{"reminder": kit.Body{"date": instant(env, 50)}}}
}

func noteChanges(env *suite.Env) []kit.Body {
	return []kit.Body{{"subject": env.Unique("subject")}, {"body": env.Unique("body")}, {"pinned": true}, {"private": true},
		{"reminder": kit.Body{"date": instant(env, 50)}}, {"pinned": false}, {"private": false}}
}

func roleChanges(env *suite.Env) []kit.Body {
	changes := []kit.Body{{"custom_title": env.Unique("Title")}, {"feedback": env.Unique("Feedback")},
		{"recommend_organisation": 0}, {"start": day(env, -45)}, {"end": day(env, 95)}}
	for _, of := range [][2]string{{"leaving_reason", "leavingReasonId"}, {"vetting", "vettingId"}, {"team", "secondTeamId"},
		{"manager", "supervisorUserId"}} {
		if member, name := of[0], of[1]; env.Has("given:" + name) {
			changes = append(changes, kit.Body{member: ref(kit.GivenNumber(env, name))})
		}
	}
	return changes
}

// endedListed: an association is one after its end, too.
func endedListed(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	id := recordOf(roles.of(user).Made(ctx, env))
	over := kit.Body{"start": day(env, -60), "end": day(env, -10)}
	if answer := roles.of(user).Change(ctx, env, id, roles.WholeBody(env, over)); !kit.Unbroken(env, answer) {
		env.NotApplicable("the target ends no role in the past\n%s", match.Show(answer))
	}
	list := roles.of(user).All(ctx, env)
	env.ExpectAnswer(list)
	env.Expect(list).To(data.Has(id))
}

// growsYounger gives a user of 36 another date of birth: whoever was born ten years ago is a minor anywhere.
func growsYounger(ctx context.Context, env *suite.Env) {
	user, child := makeUser(ctx, env), kit.Body{"dob": env.Now().AddDate(-10, 0, 0).Format(time.DateOnly)}
	if answer := change(ctx, env, user, child); !kit.Unbroken(env, answer) {
		env.NotApplicable("the target takes nobody of ten years\n%s", match.Show(answer))
	}
	read := readUser(ctx, env, user)
	kit.ExpectSent(env, read, "@this", child)
	env.Expect(read).To(kit.Sent("is_minor", true, env.Strict()))
}

// primaryOfSeveral makes a user with two roles: one of them is the primary one.
func primaryOfSeveral(ctx context.Context, env *suite.Env) {
	body, other := userBody(env), roleItem(env)
	other["id"] = kit.FirstGivenNumber(env, "secondRoleProfileId", "roleProfileId")
	body["roleProfiles"] = []any{roleItem(env), other}
	list := roleSub().of(makeUserOf(ctx, env, body)).All(ctx, env)
	env.Expect(len(data.IDs(list))).To(gomega.Equal(2), "one association for each role profile")
	env.Expect(len(data.Flagged(list, "primary"))).To(gomega.BeNumerically("<=", 1), "primary ones of a new user")
}
