package tenants

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func updateInputCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-UPD-04", Title: "an id that no user has is not found",
			Check: func(ctx context.Context, env *suite.Env) {
				// with all that an update may have to have
				user := makeUser(ctx, env)
				nobody, body := unusedID(env), kit.Fill(person(env), sent(user))
				reads := slices.Concat(bystanders(env, user, makeUser(ctx, env)), readingOf(env, body),
					[]suite.Read{reading(env, "userId", nobody)})
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return update(ctx, env, nobody, body) }, reads...)
				likeNobody(ctx, env, user, func(id string) *client.Exchange { return update(ctx, env, id, body) })
			}},
		{Requirement: "TEN-UPD-05", Title: "members of the wrong type are refused",
			Check: func(ctx context.Context, env *suite.Env) {
				for _, member := range numbers() {
					notUpdated(ctx, env, member, "many")
				}
				notUpdated(ctx, env, "phone", map[string]any{"number": []string{"01632960417"}})
				notUpdated(ctx, env, "townCity", []any{map[string]any{"name": "Leeds"}})
				notUpdated(ctx, env, "plannedHours", true)
				notUpdated(ctx, env, "plannedHours", []any{})
				notUpdated(ctx, env, "plannedHours", map[string]any{"hours": 7})
			}},
		{Requirement: "TEN-UPD-05", Title: "a list of users and a text are refused",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				for _, instead := range []any{[]any{renamed(user)}, "Pemberton"} {
					env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
						return update(ctx, env, idOf(env, user), nil, client.JSON(instead))
					}, reading(env, "userId", idOf(env, user)))
				}
			}},
		{Requirement: "TEN-UPD-08", Title: "an id that is no whole number is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				set := person(env)
				user := makeOf(ctx, env, set)
				own := idOf(env, user)
				for _, id := range []string{"abc", own + ".5", own + "x", fmt.Sprint(set["email"])} {
					body := person(env)
					reads := append(readingOf(env, body), bystanders(env, user)...)
					env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return update(ctx, env, id, body) }, reads...)
				}
			}},
		{Requirement: "TEN-UPD-09", Title: "an email that another user has is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				set := person(env)
				user, other := makeUser(ctx, env), makeOf(ctx, env, set)
				body := kit.With(sent(user), kit.Body{"email": set["email"], "lastName": "Pemberton"})
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return update(ctx, env, idOf(env, user), body) },
					reading(env, "userId", idOf(env, user)), reading(env, "userId", idOf(env, other)))
			}},
	}
}

// notUpdated sends a body that is right but for one member.
func notUpdated(ctx context.Context, env *suite.Env, member string, value any) {
	user := makeUser(ctx, env)
	body := kit.With(sent(user), kit.Body{"lastName": "Pemberton", member: value})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return update(ctx, env, idOf(env, user), body) },
		reading(env, "userId", idOf(env, user)))
}

func keptCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-UPD-12", Title: "a refused update leaves the old values",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				for _, member := range []string{"weeklyHours", "groupId"} {
					body := kit.With(sent(user), kit.Body{"lastName": "Pemberton", member: "many"})
					kept(ctx, env, user, update(ctx, env, idOf(env, user), body))
				}
			}},
		{Requirement: "TEN-UPD-12", Title: "whatever is refused of an update, the user has the old values", Check: eachKept},
		{Requirement: "TEN-UPD-12", Title: "a method that is refused leaves the old values",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				for _, method := range []string{http.MethodPatch, http.MethodPost} {
					answer := update(ctx, env, idOf(env, user), renamed(user), client.Method(method))
					if answer.Success() { // an operation of its own, as no document forbids
						return
					}
					kept(ctx, env, user, answer)
				}
			}},
		{Requirement: "TEN-UPD-13", Title: "an update without a token changes nothing",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				body := renamed(user)
				kept(ctx, env, user, update(ctx, env, idOf(env, user), body, client.NoCredential()))
			}},
		{Requirement: "TEN-UPD-13", Title: "an update without the permission changes nothing", Needs: []string{"low-rights"},
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				body := renamed(user)
				kept(ctx, env, user, update(ctx, env.As("low-rights"), idOf(env, user), body))
			}},
		{Requirement: "TEN-UPD-13", Title: "an update by somebody of another tenant changes nothing",
			Needs: []string{"second-tenant"},
			Check: keptFromAbroad(func(ctx context.Context, caller *suite.Env, user *client.Exchange) *client.Exchange {
				return update(ctx, caller, idOf(caller, user), renamed(user))
			})},
		{Requirement: "TEN-DEL-08", Title: "a deactivation by somebody of another tenant has no effect",
			Needs: []string{"second-tenant"},
			Check: keptFromAbroad(func(ctx context.Context, caller *suite.Env, user *client.Exchange) *client.Exchange {
				return deactivate(ctx, caller, idOf(caller, user))
			})},
		{Requirement: "TEN-DEL-08", Title: "a deactivation without a token has no effect",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				kept(ctx, env, user, deactivate(ctx, env, idOf(env, user), client.NoCredential()))
			}},
		{Requirement: "TEN-DEL-08", Title: "a deactivation without the permission has no effect", Needs: []string{"low-rights"},
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				kept(ctx, env, user, deactivate(ctx, env.As("low-rights"), idOf(env, user)))
			}},
	}
}

// eachKept sends values beside new ones that a target may refuse. What it takes is not asked.
func eachKept(ctx context.Context, env *suite.Env) {
	for _, wrong := range append(refusable(env), map[string]any{"email": "nobody"}) {
		user := makeUser(ctx, env)
		body := kit.With(sent(user), kit.Body{"lastName": "Pemberton", "address1": "7 Otley Road"}, wrong)
		if answer := update(ctx, env, idOf(env, user), body); !answer.Success() {
			kept(ctx, env, user, answer)
		}
	}
	for _, member := range []string{"email", "username", "referenceNumber"} { // what another user has
		user, other := makeUser(ctx, env), makeUser(ctx, env)
		others := found(ctx, env, idOf(env, other))
		body := kit.With(sent(user), kit.Body{"lastName": "Pemberton", "address1": "7 Otley Road",
			member: other.Get(member).Value()})
		if answer := update(ctx, env, idOf(env, user), body); !answer.Success() {
			kept(ctx, env, user, answer)
			now := found(ctx, env, idOf(env, other))
			env.Expect(now).To(match.Member(member, others.Get(member).Value()), "who has it was changed by the refused update")
			same(env, now, others)
		}
	}
}

// keptFromAbroad makes a call about a user as somebody of another tenant. What is answered otherwise
// than with 401 or 403 is not asked.
func keptFromAbroad(call func(ctx context.Context, caller *suite.Env, user *client.Exchange) *client.Exchange) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		answer := call(ctx, env.As("second-tenant"), user)
		if answer.Status != http.StatusUnauthorized && answer.Status != http.StatusForbidden {
			env.NotApplicable("a caller of another tenant is answered %d", answer.Status)
		}
		kept(ctx, env, user, answer)
	}
}

// kept expects a user to be as it was after a refusal. Whether a call that was
// accepted ought to be refused is another requirement's business.
func kept(ctx context.Context, env *suite.Env, user, refusal *client.Exchange) {
	if refusal.Success() {
		env.Undetermined("the call was not refused\n%s", match.Show(refusal))
	}
	answer := search(ctx, env, client.Query("userId", idOf(env, user)))
	env.Expect(answer).To(match.Success())
	same(env, answer, user)
}
