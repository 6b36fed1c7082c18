package identity

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// tokenCases are about calls that say badly, or not at all, who is calling.
func tokenCases() []suite.Case {
	bare := refusalOf(suite.DefaultPersona, http.StatusUnauthorized, client.NoCredential())
	return slices.Concat(
		keptOut("IDN-GEN-01", suite.DefaultPersona, operations(), client.NoCredential()),
		kit.Each("IDN-GEN-01", "refused: %s", noTokens(), func(ctx context.Context, env *suite.Env, n noToken) {
			prepare(ctx, env, n.operation).Refused(ctx, env, env,
				client.NoCredential(), client.Credential("Authorization", n.header))
		}),
		kit.One("IDN-GEN-01", "refused: a username in percent signs without a token", spelledOut),
		kit.Each("IDN-GEN-02", "without a token, %s answers with an empty body", operations(), bare(match.Empty())),
		kit.Each("IDN-GEN-03", "without a token, %s answers with a bare challenge", operations(), bare(challenge(""))),
		unreadableTokens("IDN-GEN-04", "refused: %s", tokenRefused),
		unreadableTokens("IDN-GEN-05", "the challenge says invalid_token: %s", tokenChallenged),
		keptOut("IDN-GEN-06", "expired-credential", operations()),
	)
}

// spelledOut asks for a user whose name is written in percent signs, which a list of guarded paths may not know.
func spelledOut(ctx context.Context, env *suite.Env) {
	if !env.Has("given:username") {
		env.NotApplicable("the target gives no username")
	}
	path := "/user/"
	for _, b := range []byte(env.Given("username")) {
		path += fmt.Sprintf("%%%02X", b)
	}
	env.ExpectRefused(env.Call(ctx, "getUserDetails", client.Path("username", env.Given("username")), client.RawPath(path),
		client.NoCredential()))
}

// noToken is a credential of one operation's call that has no token in it.
type noToken struct{ operation, what, header string }

func (n noToken) String() string { return n.what + " (" + n.operation + ")" }

func noTokens() (rows []noToken) {
	for _, op := range operations() {
		rows = append(rows, noToken{op, "a scheme without a token", "Bearer "},
			noToken{op, "a name and a password of nobody", "Basic cm9sbGNhbGw6cm9sbGNhbGw="})
	}
	return rows
}

// keptOut makes the cases in which the persona sends a valid request of each
// operation and gets the refusal of the requirement, with nothing written.
func keptOut(requirement, persona string, ops []string, more ...client.Option) []suite.Case {
	return kit.Each(requirement, persona+" is refused by %s", ops, kit.Prepare[string](prepare).Refused(persona, more...))
}

// prepare makes what a valid request needs.
func prepare(ctx context.Context, env *suite.Env, op string) kit.Attempt {
	valid := env.Sample(ctx, op)
	return kit.Attempt{Operation: op, Options: valid, Reads: writes(env, op, valid)}
}

// writes look at what the valid request would change: for a change of a password
// the new password, the old one and the user.
func writes(env *suite.Env, op string, valid []client.Option) []suite.Read {
	if op != "changePassword" {
		return nil
	}
	a := disposable(env)
	request := client.NewRequest(nil, valid...)
	return []suite.Read{
		passwordRead(env, a.username, a.password),
		passwordRead(env, a.username, gjson.GetBytes(request.Body, "password").String()),
		details(env, a.username),
	}
}

// refusalOf returns a maker of checks: the persona's valid request of an operation
// is answered with the status, and the answer matches.
func refusalOf(
	persona string, status int, more ...client.Option,
) func(matcher types.GomegaMatcher) func(context.Context, *suite.Env, string) {
	return func(matcher types.GomegaMatcher) func(context.Context, *suite.Env, string) {
		return func(ctx context.Context, env *suite.Env, op string) {
			refusal := prepare(ctx, env, op).By(ctx, env.As(persona), more...)
			env.Expect(refusal).To(match.Status(status))
			env.Expect(refusal).To(matcher)
		}
	}
}

// unreadable is one way to spoil a token in a call of one operation.
type unreadable struct {
	operation, what string
	spoil           func(token string) string
}

func (u unreadable) String() string { return u.what + " (" + u.operation + ")" }

// unreadableTokens makes a case for each operation and way to spoil its token.
func unreadableTokens(requirement, sentence string, check func(context.Context, *suite.Env, unreadable)) []suite.Case {
	var rows []unreadable
	for _, op := range operations() {
		rows = append(rows,
			unreadable{op, "a word as token", func(string) string { return "rollcall" }},
			unreadable{op, "three parts of nonsense as token", func(string) string { return "bm90.YQ.dG9rZW4" }},
			unreadable{op, "a token cut short", func(token string) string { return token[:len(token)/3] }},
			unreadable{op, "a token with another signature", otherSignature},
			unreadable{op, "a token with the end of another signature", otherEnd},
			unreadable{op, "a token that says it needs no signature", unsigned},
		)
	}
	return kit.Each(requirement, sentence, rows, check)
}

func tokenRefused(ctx context.Context, env *suite.Env, u unreadable) {
	prepare(ctx, env, u.operation).Refused(ctx, env, env, kit.Token(u.spoil))
}

func tokenChallenged(ctx context.Context, env *suite.Env, u unreadable) {
	refusal := prepare(ctx, env, u.operation).By(ctx, env, kit.Token(u.spoil))
	env.Expect(refusal).To(match.Status(http.StatusUnauthorized))
	env.Expect(refusal).To(challenge("invalid_token"))
}

// otherEnd keeps the beginning of the signature, which hides from who compares no more.
func otherEnd(token string) string {
	i := strings.LastIndex(token, ".") + 1
	if kept := i + 8; i > 0 && len(token) > kept+8 {
		return token[:kept] + strings.TrimPrefix(otherSignature("."+token[kept:]), ".")
	}
	return otherSignature(token)
}

// unsigned says the same as the token under a header that names no algorithm.
func unsigned(token string) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return token + "x"
	}
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + parts[1] + "."
}

// otherSignature replaces what stands behind the last dot, so that the token says
// the same, but nobody has signed it.
func otherSignature(token string) string {
	i := strings.LastIndex(token, ".")
	if i < 0 {
		return token + "x"
	}
	return token[:i+1] + strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return 'A'
	}, token[i+1:])
}
