package identity

import (
	"context"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// What no target has: a user and an address. An id that nobody has is drawn, see suite.Env.UnknownID.
const (
	nobody    = "rollcall.no.such.user"
	noAddress = "rollcall-nobody@example.invalid"
	nobodysID = "of nobody"
)

// idOf is the id itself, drawn where it is to be nobody's.
func idOf(env *suite.Env, id string) string {
	if id == nobodysID {
		return env.UnknownID("1")
	}
	return id
}

// wrongPassword is nobody's.
const wrongPassword = "Rollcall-wrong-1"

func byName(ctx context.Context, env *suite.Env, username string) *client.Exchange {
	return env.Call(ctx, "getUserDetails", client.Path("username", username))
}

func byID(ctx context.Context, env *suite.Env, id any) *client.Exchange {
	return env.Call(ctx, "getUserDetailsById", client.Path("userId", id))
}

func byEmail(ctx context.Context, env *suite.Env, email string) *client.Exchange {
	return bare(env.Call(ctx, "getUsersByEmail", client.Query("email", email)))
}

// bare returns an answered list of users as an array. The page prints an empty object
// (seed 001, line 69), so that a service may put its list into one, or answer a user who is alone as one.
func bare(list *client.Exchange) *client.Exchange {
	whole := list.Get("@this")
	if !list.Success() || !whole.IsObject() {
		return list
	}
	if whole.Get("username").Exists() {
		return reading(list, "["+whole.Raw+"]")
	}
	found := ""
	whole.ForEach(func(_, member gjson.Result) bool {
		if member.IsArray() && (found == "" || member.Get("0.username").Exists()) {
			found = member.Raw
		}
		return !member.Get("0.username").Exists()
	})
	if found == "" {
		return list
	}
	return reading(list, found)
}

// reading is the answer with that body in place of its own.
func reading(answer *client.Exchange, body string) *client.Exchange {
	alone := *answer
	alone.Body = []byte(body)
	return &alone
}

// found expects a user, whichever, and returns the answer.
func found(env *suite.Env, exchange *client.Exchange) *client.Exchange {
	env.Expect(exchange).To(match.Success())
	env.Expect(exchange).To(match.Member("username", gomega.Not(gomega.BeEmpty())))
	return exchange
}

// foundBy sends the operation's valid request and expects a user, or a list of
// some.
func foundBy(ctx context.Context, env *suite.Env, op string) *client.Exchange {
	answer := env.Call(ctx, op, env.Sample(ctx, op)...)
	if op != "getUsersByEmail" {
		return found(env, answer)
	}
	expectList(env, bare(answer), 1)
	return bare(answer)
}

// control ends the case as undetermined when a valid request of the operation is
// refused as well: then a refusal proves nothing. A target that doesn't give what
// a valid request needs goes without.
func control(ctx context.Context, env *suite.Env, op string) {
	need := map[string]string{
		"changePassword": "disposable-account", "authenticate": "disposable-account",
		"getUsersByEmail": "given:email", "getUserDetails": "given:username", "getUserDetailsById": "given:userId",
	}[op]
	if env.Has(need) {
		env.As(suite.DefaultPersona).Must(ctx, op, env.Sample(ctx, op)...)
	}
}

// expectList expects a list of at least that many users.
func expectList(env *suite.Env, list *client.Exchange, least int) {
	env.Expect(list).To(match.Success())
	env.Expect(list).To(match.JSONBody(gomega.BeAssignableToTypeOf([]any{})), "the answer is an array")
	env.Expect(list).To(match.Member("#", gomega.BeNumerically(">=", least)), "the list has at least %d users", least)
}

// expectNobody expects an answered list without users.
func expectNobody(env *suite.Env, list *client.Exchange) {
	env.Expect(list).To(match.Status(200))
	env.Expect(list).To(match.JSONBody([]any{}))
}

// expectSame expects two answers, or parts of them, to say the same of the same
// users: the order of users and of their roles, which nothing promises, aside.
func expectSame(env *suite.Env, a, b []byte, what string) {
	a, b = documented(env, a), documented(env, b)
	env.Expect(match.Differences(match.Unordered(a), match.Unordered(b))).To(gomega.BeEmpty(), "%s: %s and %s differ", what, a, b)
}

// documented is of a user, or of a list of some, what the document names.
func documented(env *suite.Env, users []byte) []byte {
	op, _ := env.Contract().Operation("getUsersByEmail")
	if of := op.Success().Schema; gjson.ParseBytes(users).IsArray() {
		return of.Known(users)
	}
	op, _ = env.Contract().Operation("getUserDetails")
	return op.Success().Schema.Known(users)
}

// details looks at a user, the order of its roles aside.
func details(env *suite.Env, username string) suite.Read {
	return kit.AnyOrder(env.As(suite.DefaultPersona).StateOf("getUserDetails", client.Path("username", username)))
}
