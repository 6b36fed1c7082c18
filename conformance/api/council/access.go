package council

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// accessCases are about keys: none, bad ones, weak ones and tired ones.
func accessCases() []suite.Case {
	reads := append(of(kit.Resource.ReadOperations), "suggestCategory")
	return slices.Concat(
		kit.Each("COU-GEN-01", "no key is refused with a reason", operations(), needsKey),
		kit.Each("COU-GEN-02", "a made-up key is refused", operations(), needsTrueKey),
		kit.Each("COU-GEN-03", "all bad keys get the same message", operations(), tellsNothing),
		kit.Each("COU-GEN-04", "both headers carry the key", reads, takesBothHeaders),
		[]suite.Case{{Requirement: "COU-GEN-04", Title: "both headers carry the key of a write", Check: writesByBothHeaders}},
		[]suite.Case{
			{Requirement: "COU-GEN-05", Title: "wards are not listed without the scope", Check: wards().needsScope},
			{Requirement: "COU-GEN-06", Title: "users are not listed without the scope", Check: users().needsScope},
			{Requirement: "COU-GEN-07", Title: "categories are not listed without the scope", Check: categories().needsScope},
			{Requirement: "COU-GEN-15", Title: "a key that has called too often is refused everywhere", Check: limitsRate},
		},
	)
}

// inBearer and inHeader are the two ways to send a key that is no persona's.
func inBearer(key string) client.Option { return client.Credential("Authorization", "Bearer "+key) }
func inHeader(key string) client.Option { return client.Credential("X-API-Key", key) }

// madeUp returns a key that looks like one and is nobody's.
func madeUp(env *suite.Env) string { return strings.ReplaceAll(env.Unique("sk_live_madeup"), "-", "") }

func needsKey(ctx context.Context, env *suite.Env, operation string) {
	refusal := prepare(ctx, env, operation).Refused(ctx, env, env, client.NoCredential())
	env.Expect(saysWhy(refusal)).To(gomega.BeTrue(), "whether the body says anything: %s", refusal)
}

// saysWhy tells whether a body has a text to read: of itself or, if it is JSON, in a member.
func saysWhy(refusal *client.Exchange) (says bool) {
	if !gjson.ValidBytes(refusal.Body) {
		return len(bytes.TrimSpace(refusal.Body)) > 0
	}
	kit.Walk(refusal.Get("@this"), func(_, _ string, value gjson.Result) {
		says = says || value.Type == gjson.String && strings.TrimSpace(value.Str) != ""
	})
	return says
}

func needsTrueKey(ctx context.Context, env *suite.Env, operation string) {
	for _, carried := range []func(string) client.Option{inBearer, inHeader} {
		prepare(ctx, env, operation).Refused(ctx, env, env, carried(madeUp(env)))
	}
}

// tellsNothing compares what is said about made-up keys, and about an
// expired and a revoked one where the target has them.
func tellsNothing(ctx context.Context, env *suite.Env, operation string) {
	same := inBearer(madeUp(env))
	tries := []kit.Try{{Caller: env, Changes: []client.Option{same}}, {Caller: env, Changes: []client.Option{same}}}
	for _, end := range []string{"", "a", "z", "7"} { // what is told may hang on a part of the key
		tries = append(tries, kit.Try{Caller: env, Changes: []client.Option{inBearer(madeUp(env) + end)}})
	}
	for _, name := range []string{"expired-credential", "revoked-credential"} {
		if !env.Has(name) {
			continue
		}
		for _, way := range carriers(ctx, env) {
			tries = append(tries, kit.Try{Caller: env.As(name), Changes: []client.Option{way}})
		}
	}
	refusals := prepare(ctx, env, operation).EachRefused(ctx, env, tries...)
	first := refusals[0]
	if unkeyed(first) != unkeyed(refusals[1]) {
		env.NotApplicable("two refusals of the same key differ, so that each has a text of its own: %s", refusals[1])
	}
	for _, refusal := range refusals {
		said, same := unkeyed(refusal), unkeyed(first)
		if (said != "" || same != "") && said != same { // whether a refusal has an error is for other cases
			env.Expect(refusal).To(match.Member("error", first.Get("error").Value()))
		}
	}
}

// unkeyed is the error of a refusal without what it repeats of the key's beginning or end, as to say which one is meant.
func unkeyed(refusal *client.Exchange) string {
	said, key := refusal.Text("error"), keySent(refusal)
	const least = 3 // signs
	for n := len(key); n >= least; n-- {
		for _, part := range []string{key[:n], key[len(key)-n:]} {
			said = strings.ReplaceAll(said, part, "…")
		}
	}
	return said
}

// keySent is the key of a request, in whichever header.
func keySent(of *client.Exchange) string {
	if key, bearer := strings.CutPrefix(of.RequestHeader.Get("Authorization"), "Bearer "); bearer {
		return key
	}
	return of.RequestHeader.Get("X-API-Key")
}

// takesBothHeaders moves the caller's own key from one header to the other.
func takesBothHeaders(ctx context.Context, env *suite.Env, operation string) {
	valid := env.Sample(ctx, operation)
	key := keyOf(env)
	r := resourceOf(operation)
	made := r.IDOf(r.Made(ctx, env))
	var bodies [][]byte
	for _, carried := range []func(string) client.Option{inBearer, inHeader} {
		answer := env.Call(ctx, operation, kit.Also(valid, func(r *client.Request) { carried(key(r))(r) })...)
		env.ExpectAnswer(answer)
		if operation == r.Lists {
			env.Expect(answer.Texts("#.id")).To(gomega.ContainElement(made))
			bodies = append(bodies, r.ExcerptOf(env, answer, made))
			continue
		}
		bodies = append(bodies, env.Settled(answer))
	}
	env.Expect(match.Differences(bodies[0], bodies[1])).To(gomega.BeEmpty(), "where the two answers differ")
}

// writesByBothHeaders creates a ward and changes it with the caller's own key in either header.
func writesByBothHeaders(ctx context.Context, env *suite.Env) {
	w, key := wards(), keyOf(env)
	id := w.IDOf(w.Made(ctx, env))
	for _, carried := range []func(string) client.Option{inBearer, inHeader} {
		way := func(r *client.Request) { carried(key(r))(r) }
		env.Expect(w.Call(ctx, env, w.Creates, client.JSON(w.Body(env)), way)).To(match.Success())
		env.Expect(w.Call(ctx, env, w.Updates, append(w.At(id), client.JSON(w.changes(env)), way)...)).To(match.Success())
	}
}

// keyOf returns what finds the caller's key in a request. It ends the case as
// undetermined when the key is in neither header.
func keyOf(env *suite.Env) func(*client.Request) string {
	return func(r *client.Request) string {
		if key, found := strings.CutPrefix(r.Credential.Get("Authorization"), "Bearer "); found {
			return key
		}
		if r.Credential.Get("X-API-Key") == "" {
			env.Undetermined("the target's persona has no key in Authorization: Bearer or X-API-Key: put it into one of them")
		}
		return r.Credential.Get("X-API-Key")
	}
}

// carriers are the ways in which the target takes a key: the one of its file, and the other
// header where a key works there as well. A rule about a key goes for both.
func carriers(ctx context.Context, env *suite.Env) []client.Option {
	ways := []client.Option{func(*client.Request) {}}
	taken := env.Beside(ctx, "a key in the other header", func(ctx context.Context, env *suite.Env) *client.Exchange {
		if answer := env.Call(ctx, "listWards", inOther); answer.Success() {
			return answer
		}
		return nil
	})
	if taken != nil {
		ways = append(ways, inOther)
	}
	return ways
}

// inOther moves a key into the header in which it is not.
func inOther(r *client.Request) {
	if key, found := strings.CutPrefix(r.Credential.Get("Authorization"), "Bearer "); found {
		inHeader(key)(r)
	} else if key := r.Credential.Get("X-API-Key"); key != "" {
		inBearer(key)(r)
	}
}

// needsScope expects a key without the scope to be refused where the default one
// is not, also just after it was not.
func (r resource) needsScope(ctx context.Context, env *suite.Env) {
	env.Must(ctx, r.Lists)
	for _, way := range carriers(ctx, env) {
		env.ExpectRefused(env.As("no-scope").Call(ctx, r.Lists, way))
	}
}
