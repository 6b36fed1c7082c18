package identity

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// What no target has: a user, an address, an id.
const (
	nobody    = "rollcall.no.such.user"
	noAddress = "rollcall-nobody@example.invalid"
	unknownID = "2147480917"
)

// wrongPassword is nobody's.
const wrongPassword = "Rollcall-wrong-1"

// family makes one case of the requirement for each row; the sentence is a format
// that names the row.
func family[T any](requirement, sentence string, rows []T, check func(ctx context.Context, env *suite.Env, row T)) []suite.Case {
	cases := make([]suite.Case, len(rows))
	for i, row := range rows {
		cases[i] = suite.Case{
			Requirement: requirement,
			Title:       fmt.Sprintf(sentence, row),
			Check:       func(ctx context.Context, env *suite.Env) { check(ctx, env, row) },
		}
	}
	return cases
}

// single makes a list of one case, to stand among families.
func single(requirement, title string, check func(ctx context.Context, env *suite.Env)) []suite.Case {
	return []suite.Case{{Requirement: requirement, Title: title, Check: check}}
}

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
// (seed 001, line 69), so that a service may put its list into one.
func bare(list *client.Exchange) *client.Exchange {
	whole := list.Get("@this")
	if !list.Success() || !whole.IsObject() {
		return list
	}
	for _, member := range whole.Map() {
		if member.IsArray() {
			alone := *list
			alone.Body = []byte(member.Raw)
			return &alone
		}
	}
	return list
}

// otherCase turns capitals into small letters and the other way round. It ends
// the case as undetermined when the text has no letters.
func otherCase(env *suite.Env, text string) string {
	turned := strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, text)
	if turned == text {
		env.Undetermined("%q has no letters, so that it has no other letter case", text)
	}
	return turned
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
	env.Expect(match.Differences(unordered(a), unordered(b))).To(gomega.BeEmpty(), "%s: %s and %s differ", what, a, b)
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
	read := env.As(suite.DefaultPersona).Reading("getUserDetails", client.Path("username", username))
	return func(ctx context.Context) []byte { return unordered(read(ctx)) }
}

// unordered returns the document with its arrays in an order of ours. What is not
// JSON stays as it is.
func unordered(document []byte) []byte {
	if !gjson.ValidBytes(document) {
		return document
	}
	sorted, err := json.Marshal(sortArrays(gjson.ParseBytes(document)))
	if err != nil {
		return document
	}
	return sorted
}

// sortArrays returns the value with every array sorted by the text of its items.
func sortArrays(value gjson.Result) any {
	switch {
	case value.IsArray():
		items := []json.RawMessage{}
		for _, item := range value.Array() {
			raw, _ := json.Marshal(sortArrays(item)) // made of JSON just now
			items = append(items, raw)
		}
		slices.SortFunc(items, func(a, b json.RawMessage) int { return cmp.Compare(string(a), string(b)) })
		return items
	case value.IsObject():
		members := map[string]any{}
		value.ForEach(func(name, member gjson.Result) bool {
			members[name.Str] = sortArrays(member)
			return true
		})
		return members
	}
	return json.RawMessage(value.Raw)
}
