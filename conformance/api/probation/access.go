package probation

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const lowRights = "low-rights"

// unreadable is a token that is no token, where the caller's own goes.
func unreadable() client.Option { return kit.Token(func(string) string { return "not.a-token" }) }

// unsigned is the token with what it says, and the word that no signature is needed.
func unsigned(token string) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "not.a-token"
	}
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + parts[1] + "."
}

// otherEnd is the token with the second half of its signature turned round in letter case and
// number: the beginning alone proves nothing.
func otherEnd(token string) string {
	dot := strings.LastIndexByte(token, '.')
	if dot < 0 || len(token)-dot < 20 {
		return "not.a-token"
	}
	half := dot + (len(token)-dot)/2
	return token[:half] + strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return 'A'
	}, token[half:])
}

// prepare makes what a valid call needs, and reads whether the role switch turned, where that
// can be seen.
func prepare(ctx context.Context, env *suite.Env, operation string) kit.Attempt {
	return kit.Attempt{
		Operation: operation, Options: []client.Option{askGood(ctx, env, operation)}, Reads: switchState(env, operation),
		Unsure: !slices.ContainsFunc(subjects()[operation].givens, func(name string) bool { return env.Has("given:" + name) }),
	}
}

// accessCases are those about who gets in: 401, 403, and what goes before them.
func accessCases() []suite.Case {
	self, valid := suite.DefaultPersona, kit.Prepare[string](prepare)
	bearer := func(matcher types.GomegaMatcher) types.GomegaMatcher {
		return gomega.WithTransform(func(refusal *client.Exchange) string { return kit.Challenge(refusal.Header, "Bearer") },
			gomega.And(match.Form("to be of the scheme Bearer", `^(?i:bearer)\b`), matcher))
	}
	says := func(code string) types.GomegaMatcher { // blanks around = are allowed, and a token for a value
		return bearer(match.Form(`to have error="`+code+`" in it`, `(?i)\berror\s*=\s*"?`+code+`\b`))
	}
	return slices.Concat(
		kit.Each("PRO-GEN-01", "no token is refused", secured(), valid.Refused(self, client.NoCredential())),
		kit.Each("PRO-GEN-02", "the 401 has no body", secured(), refusalHas(self, http.StatusUnauthorized,
			match.Empty(), client.NoCredential())),
		kit.Each("PRO-GEN-03", "the 401 asks for a bearer token", secured(),
			refusalHas(self, http.StatusUnauthorized, bearer(gomega.Not(gomega.ContainSubstring("error"))),
				client.NoCredential())),
		kit.Each("PRO-GEN-04", "a token that can't be read is refused", secured(), valid.Refused(self, unreadable())),
		kit.Each("PRO-GEN-01", "another scheme is no token", secured(),
			valid.Refused(self, client.Credential("Authorization", "Basic c3VpdGU6c3VpdGU="))),
		kit.Each("PRO-GEN-01", "a scheme without a token is none", secured(),
			valid.Refused(self, client.Credential("Authorization", "Bearer "))),
		kit.Each("PRO-GEN-04", "a token that nobody signed is refused", secured(), valid.Refused(self, kit.Token(unsigned))),
		kit.Each("PRO-GEN-04", "a token that is signed but for its end is refused", secured(),
			valid.Refused(self, kit.Token(otherEnd))),
		kit.Each("PRO-GEN-05", "the 401 says that the token is no good", secured(),
			refusalHas(self, http.StatusUnauthorized, says("invalid_token"), unreadable())),
		kit.Each("PRO-GEN-06", "an expired token is refused", secured(), valid.Refused("expired-credential")),
		kit.Each("PRO-GEN-07", "a token without the authority is refused", secured(), valid.Refused(lowRights)),
		kit.Each("PRO-GEN-08", "the 403 has no body", secured(), refusalHas(lowRights, http.StatusForbidden, match.Empty())),
		kit.Each("PRO-GEN-09", "the 403 says what is missing", secured(),
			refusalHas(lowRights, http.StatusForbidden, says("insufficient_scope"))),
		kit.Each("PRO-GEN-17", "no token counts before bad input", slices.Concat(byPost(), byID()),
			func(ctx context.Context, env *suite.Env, operation string) {
				for _, bad := range badInputs(operation) {
					env.ExpectRefused(env.Call(ctx, operation, bad.option, client.NoCredential()))
				}
			}),
		kit.Each("PRO-GEN-18", "a bad body counts before the missing authority", byPost(), badBeforeForbidden),
		kit.Each("PRO-GEN-19", "a bad id counts before the missing authority", byID(), badBeforeForbidden),
		kit.Each("PRO-GEN-20", "the missing authority counts before the unknown thing", singles(),
			func(ctx context.Context, env *suite.Env, operation string) {
				env.ExpectRefused(env.As(lowRights).Call(ctx, operation, askUnknown(ctx, env, operation)))
			}),
	)
}

// refusalHas looks at the refusal of a valid call that the persona makes with the changes.
func refusalHas(persona string, status int, what types.GomegaMatcher, changes ...client.Option) kit.CheckOf[string] {
	return func(ctx context.Context, env *suite.Env, operation string) {
		valid := prepare(ctx, env, operation)
		env.Expect(seen(env, valid.By(ctx, env.As(persona), changes...), status)).To(what)
	}
}

func badBeforeForbidden(ctx context.Context, env *suite.Env, operation string) {
	for _, bad := range badInputs(operation) {
		env.ExpectRefused(env.As(lowRights).Call(ctx, operation, bad.option))
	}
	control := env.As(lowRights).Call(ctx, operation, askGood(ctx, env, operation))
	if control.Status != http.StatusForbidden {
		env.Undetermined("the caller %s is not without the authority\n%s", lowRights, match.Show(control))
	}
}
