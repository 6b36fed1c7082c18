package volunteers

import (
	"context"
	"fmt"
	"net/http"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// primaryCase expects primary=true to list the primary record only, and
// primary=false the others only.
func (s sub) primaryCase(requirement, title, value string) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		primary := recordOf(s.made(ctx, env, user, "primary", true))
		other := recordOf(s.made(ctx, env, user, "primary", false))
		env.Expect(s.listed(ctx, env, user)).To(lists(primary, other))
		list := s.all(ctx, env, user, client.Query("primary", value))
		env.ExpectAnswer(list)
		if value == "true" {
			env.Expect(list).To(listsOnly(primary))
			return
		}
		env.Expect(list).To(listsOnly(other))
	}}
}

func addressListCases() []suite.Case {
	addresses := addressSub()
	return []suite.Case{
		addresses.primaryCase("VOL-ADDR-21", "primary=true lists the primary one only", "true"),
		addresses.primaryCase("VOL-ADDR-29", "primary=false lists the others only", "false"),
		{Requirement: "VOL-ADDR-24", Title: "a deleted one is listed with trashed=true only", Check: func(ctx context.Context, env *suite.Env) {
			user := addresses.owner(ctx, env)
			kept, gone := recordOf(addresses.made(ctx, env, user)), recordOf(addresses.made(ctx, env, user))
			addresses.dropped(ctx, env, user, gone)
			trashed := addresses.all(ctx, env, user, client.Query("trashed", "true"))
			env.ExpectAnswer(trashed)
			env.Expect(trashed).To(lists(kept, gone))
			plain := addresses.all(ctx, env, user)
			env.ExpectAnswer(plain)
			env.Expect(plain).To(lists(kept))
			env.Expect(plain).To(lacks(gone))
		}},
		{Requirement: "VOL-ADDR-24", Title: "a deleted one is not listed with trashed=false", Check: func(ctx context.Context, env *suite.Env) {
			user := addresses.owner(ctx, env)
			kept, gone := recordOf(addresses.made(ctx, env, user)), recordOf(addresses.made(ctx, env, user))
			addresses.dropped(ctx, env, user, gone)
			list := addresses.all(ctx, env, user, client.Query("trashed", "false"))
			env.ExpectAnswer(list)
			env.Expect(list).To(lists(kept))
			env.Expect(list).To(lacks(gone))
		}},
	}
}

func addressRemovalCases() []suite.Case {
	addresses := addressSub()
	return append(addresses.removedCases("VOL-ADDR-22", true), []suite.Case{
		{Requirement: "VOL-ADDR-23", Title: "a primary one cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			primary := recordOf(addresses.made(ctx, env, user, "primary", true))
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return addresses.drop(ctx, env, user, primary)
			}, addresses.states(env, user, primary)...)
			env.Expect(addresses.read(ctx, env, user, primary)).To(sent("data.primary", true, env.Strict()))
		}},
		{Requirement: "VOL-ADDR-25", Title: "an unknown one cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			addresses.made(ctx, env, user)
			refusal := env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return addresses.drop(ctx, env, user, fmt.Sprint(unknownID))
			}, addresses.reading(env, user))
			expectErrorBody(env, refusal, http.StatusNotFound)
			env.Expect(refusal).To(texts("status_code", gomega.ConsistOf("404")))
		}},
		{Requirement: "VOL-ADDR-26", Title: "a deleted one can no longer be read", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			addresses.made(ctx, env, user, "primary", true)
			gone := recordOf(addresses.made(ctx, env, user))
			env.Expect(addresses.read(ctx, env, user, gone)).To(match.Success(), "it is read before")
			addresses.dropped(ctx, env, user, gone)
			env.ExpectRefused(addresses.read(ctx, env, user, gone))
		}},
	}...)
}
