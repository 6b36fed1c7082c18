package volunteers

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// undeletable expects a record not to be deleted, neither the first time nor when it is tried
// once more. It returns the last refusal.
func (s sub) undeletable(ctx context.Context, env *suite.Env, user *client.Exchange, record string) *client.Exchange {
	remove := func() *client.Exchange { return s.of(user).Remove(ctx, env, record) }
	env.ExpectRefusedUnchanged(ctx, remove, s.of(user).Reads(env, record)...)
	return env.ExpectRefusedUnchanged(ctx, remove, s.of(user).Reads(env, record)...)
}

// lastRoleCases: the sentence knows no last role association that can be deleted, whatever
// becomes of the role.
func lastRoleCases() []suite.Case {
	roles := roleSub()
	whichever := func(title string, change func(env *suite.Env) kit.Body) suite.Case {
		return suite.Case{Requirement: "VOL-ROLE-32", Title: title, Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			only := soleRole(ctx, env, user)
			changed := roles.of(user).Change(ctx, env, only, roles.WholeBody(env, change(env)))
			if !changed.Success() || !data.Item(roles.of(user).Listed(ctx, env), only).Exists() {
				env.NotApplicable("the target has no such role\n%s", match.Show(changed))
			}
			roles.keeps(ctx, env, user, only)
		}}
	}
	return []suite.Case{
		whichever("the only one cannot be deleted after its end", func(env *suite.Env) kit.Body {
			return kit.Body{"start": day(env, -60), "end": day(env, -10)}
		}),
		whichever("the only one cannot be deleted before its start", func(env *suite.Env) kit.Body {
			return kit.Body{"start": day(env, 30)}
		}),
		whichever("the only one cannot be deleted as one that is not primary", func(*suite.Env) kit.Body {
			return kit.Body{"primary": 0}
		}),
		{Requirement: "VOL-ROLE-32", Title: "the only one cannot be deleted, whatever it was made without",
			Check: func(ctx context.Context, env *suite.Env) {
				for _, member := range []string{"manager", "team", "start"} {
					body := userBody(env)
					body["roleProfiles"] = []any{kit.With(roleItem(env), kit.Without(member))}
					user := env.Call(ctx, "createUser", client.JSON(body))
					if kit.Unbroken(env, user) { // what an association needs, the page does not say
						roles.keeps(ctx, env, user, soleRole(ctx, env, user))
					}
				}
			}},
		{Requirement: "VOL-ROLE-32", Title: "the only one cannot be deleted, of whatever role profile",
			Needs: []string{"given:secondRoleProfileId"}, Check: func(ctx context.Context, env *suite.Env) {
				user := withRole(ctx, env, kit.Body{"id": kit.GivenNumber(env, "secondRoleProfileId")})
				roles.keeps(ctx, env, user, soleRole(ctx, env, user))
			}},
	}
}

// soleEmailStays makes a user of one email address, which is primary.
func soleEmailStays(ctx context.Context, env *suite.Env) {
	emails, body := emailSub(), userBody(env)
	body["emailAddresses"] = []any{kit.Body{"email": newEmail(env), "primary": true}}
	user := makeUserOf(ctx, env, body)
	list := emails.of(user).Listed(ctx, env)
	ids := data.Flagged(list, "primary")
	if len(ids) != 1 || len(data.IDs(list)) != 1 {
		env.Undetermined("no user with one email address, a primary one, could be made\n%s", match.Show(list))
	}
	emails.undeletable(ctx, env, user, ids[0])
}

// primaryAddressCases: a primary address cannot be deleted, of whatever type, and made after
// another one.
func primaryAddressCases() []suite.Case {
	addresses := addressSub()
	var cases []suite.Case
	for _, kind := range addressTypes() {
		cases = append(cases, suite.Case{Requirement: "VOL-ADDR-23",
			Title: "a primary one cannot be deleted when its type is " + kind,
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				addresses.of(user).Made(ctx, env)
				primary := recordOf(addresses.of(user).Made(ctx, env, kit.Body{"type": kind, "primary": true}))
				addresses.of(user).Made(ctx, env)
				addresses.undeletable(ctx, env, user, primary)
			}})
	}
	return append(cases, addresses.heirCase("VOL-ADDR-23"))
}

// heirCase: what a change made primary cannot be deleted any more than what was made so.
func (s sub) heirCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "one that a change made primary cannot be deleted",
		Check: func(ctx context.Context, env *suite.Env) {
			user := s.owner(ctx, env)
			heir := recordOf(s.of(user).Made(ctx, env))
			s.of(user).Changed(ctx, env, heir, s.WholeBody(env, kit.Body{"primary": true}))
			s.undeletable(ctx, env, user, heir)
		}}
}
