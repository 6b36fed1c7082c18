package volunteers

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// primaryCase expects primary=true to list the primary record only, and
// primary=false the others only.
func (s sub) primaryCase(requirement, title, value string) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		var made []string // the primary one is neither the first nor the last
		for _, primary := range []bool{false, true, false} {
			made = append(made, recordOf(s.of(user).Made(ctx, env, kit.Body{"primary": primary})))
		}
		env.Expect(s.of(user).Listed(ctx, env)).To(data.Has(made...))
		list := s.of(user).All(ctx, env, client.Query("primary", value))
		env.ExpectAnswer(list)
		if value == "true" {
			env.Expect(list).To(data.Only(made[1]))
			return
		}
		env.Expect(list).To(data.Only(made[0], made[2]))
	}}
}

// primaryNowCase expects primary=true to go by what the records hold now: a change gives the flag to
// another, as far as the target takes it from the one before.
func (s sub) primaryNowCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "primary=true goes by which is the primary one now",
		Check: func(ctx context.Context, env *suite.Env) {
			own := s.of(makeUser(ctx, env))
			was := recordOf(own.Made(ctx, env, kit.Body{"primary": true}))
			is := recordOf(own.Made(ctx, env))
			env.Expect(own.All(ctx, env, client.Query("primary", "true"))).To(data.Has(was))
			own.Changed(ctx, env, is, s.WholeBody(env, kit.Body{"primary": true}))
			flagged := data.Flagged(own.Listed(ctx, env), "primary")
			list := own.All(ctx, env, client.Query("primary", "true"))
			env.ExpectAnswer(list)
			env.Expect(list).To(data.Has(is))
			if !slices.Contains(flagged, was) {
				env.Expect(list).To(data.Only(is))
			}
		}}
}

func addressListCases() []suite.Case {
	addresses := addressSub()
	return []suite.Case{
		addresses.primaryCase("VOL-ADDR-21", "primary=true lists the primary one only", "true"),
		addresses.primaryNowCase("VOL-ADDR-21"),
		addresses.primaryCase("VOL-ADDR-29", "primary=false lists the others only", "false"),
		{Requirement: "VOL-ADDR-24", Title: "a deleted one is listed with trashed=true only",
			Check: func(ctx context.Context, env *suite.Env) {
				user := addresses.owner(ctx, env)
				kept, gone := recordOf(addresses.of(user).Made(ctx, env)), recordOf(addresses.of(user).Made(ctx, env))
				later := recordOf(addresses.of(user).Made(ctx, env))
				addresses.of(user).Removed(ctx, env, gone)
				addresses.of(user).Removed(ctx, env, later)
				trashed := addresses.of(user).All(ctx, env, client.Query("trashed", "true"))
				env.ExpectAnswer(trashed)
				env.Expect(trashed).To(data.Has(kept, gone, later))
				plain := addresses.of(user).All(ctx, env)
				env.ExpectAnswer(plain)
				env.Expect(plain).To(data.Has(kept))
				env.Expect(plain).To(data.Lacks(gone))
				if paged := addresses.of(user).All(ctx, env, client.Query("limit", 1)); paged.Success() {
					env.Expect(paged).To(data.Only(data.IDs(plain)...), "on all pages")
				}
			}},
		{Requirement: "VOL-ADDR-21", Title: "primary=true lists the primary one only, with trashed=true as well",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				primary := recordOf(addresses.of(user).Made(ctx, env, kit.Body{"primary": true}))
				addresses.of(user).Made(ctx, env)
				addresses.of(user).Removed(ctx, env, recordOf(addresses.of(user).Made(ctx, env)))
				list := addresses.of(user).All(ctx, env, client.Query("primary", "true"), client.Query("trashed", "true"))
				env.ExpectAnswer(list)
				env.Expect(list).To(data.Only(primary))
			}},
		{Requirement: "VOL-ADDR-29", Title: "primary=false lists deleted ones, too, with trashed=true",
			Check: func(ctx context.Context, env *suite.Env) {
				user := addresses.owner(ctx, env)
				kept, gone := recordOf(addresses.of(user).Made(ctx, env)), recordOf(addresses.of(user).Made(ctx, env))
				addresses.of(user).Removed(ctx, env, gone)
				list := addresses.of(user).All(ctx, env, client.Query("primary", "false"), client.Query("trashed", "true"))
				env.ExpectAnswer(list)
				env.Expect(list).To(data.Has(kept, gone))
			}},
		{Requirement: "VOL-ADDR-24", Title: "a deleted one is not listed with trashed=false",
			Check: func(ctx context.Context, env *suite.Env) {
				user := addresses.owner(ctx, env)
				kept, gone := recordOf(addresses.of(user).Made(ctx, env)), recordOf(addresses.of(user).Made(ctx, env))
				addresses.of(user).Removed(ctx, env, gone)
				addresses.of(user).Changed(ctx, env, kept, addresses.WholeBody(env)) // which brings nothing back
				list := addresses.of(user).All(ctx, env, client.Query("trashed", "false"))
				env.ExpectAnswer(list)
				env.Expect(list).To(data.Has(kept))
				env.Expect(list).To(data.Lacks(gone))
			}},
	}
}

func addressRemovalCases() []suite.Case {
	addresses := addressSub()
	return append(append(addresses.removedCases("VOL-ADDR-22", true), primaryAddressCases()...), []suite.Case{
		{Requirement: "VOL-ADDR-23", Title: "a primary one cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			primary := recordOf(addresses.of(user).Made(ctx, env, kit.Body{"primary": true}))
			addresses.undeletable(ctx, env, user, primary)
			env.Expect(addresses.of(user).Get(ctx, env, primary)).To(kit.Sent("data.primary", true, env.Strict()))
		}},
		{Requirement: "VOL-ADDR-25", Title: "an unknown one cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			addresses.of(user).Made(ctx, env)
			refusal := env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return addresses.of(user).Remove(ctx, env, fmt.Sprint(unknownID(env, 0)))
			}, addresses.of(user).Listing(env))
			expectErrorBody(env, refusal, http.StatusNotFound)
			env.Expect(refusal).To(kit.Texts("status_code", gomega.ConsistOf("404")))
		}},
		{Requirement: "VOL-ADDR-26", Title: "a deleted one is not read, or read as it was",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				addresses.of(user).Made(ctx, env, kit.Body{"primary": true})
				gone := recordOf(addresses.of(user).Made(ctx, env))
				before := addresses.of(user).Get(ctx, env, gone)
				env.Expect(before).To(match.Success(), "it is read before")
				addresses.of(user).Removed(ctx, env, gone)
				after := addresses.of(user).Get(ctx, env, gone)
				if !after.Success() {
					env.ExpectRefused(after)
					return
				}
				env.Expect(after).To(kit.Same(env, "data", before, "data", "updated_at"), "what is kept is that address")
			}},
	}...)
}
