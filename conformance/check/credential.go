package check

import (
	"context"
	"encoding/base64"
	"strings"
	"unicode"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// unread is a credential that says nothing, or says it for nobody: who lets it in has not
// read it to its end. of gets the scheme with the blank behind it, if there is one, and what
// comes after; "" is none at all, where there is nothing of this kind to send.
type unread struct {
	what string
	of   func(scheme, token string) string
}

func unreads() []unread {
	return []unread{
		{"a scheme without anything", func(scheme, _ string) string { return scheme }},
		{"another scheme", func(scheme, _ string) string {
			if scheme == "" {
				return ""
			}
			return "Basic " + base64.StdEncoding.EncodeToString([]byte("rollcall:"+madeUp))
		}},
		{"its first half", func(scheme, token string) string { return scheme + token[:len(token)/2] }},
		{"its first half and another end", func(scheme, token string) string {
			return scheme + token[:len(token)/2] + strings.Map(turned, token[len(token)/2:])
		}},
		{"all of it but for its last sign", func(scheme, token string) string {
			token = strings.TrimRight(token, "=") // what fills it up says nothing
			return scheme + token[:max(0, len(token)-1)]
		}},
		{"it with another last sign", func(scheme, token string) string { return scheme + client.OtherEnd(token) }},
		{"it with other signs in its middle", func(scheme, token string) string { return scheme + client.OtherMiddle(token) }},
		{"it with more behind it", func(scheme, token string) string {
			open := strings.TrimRight(token, `"=`) // what stands behind a closed text may be let be, and "=" says nothing
			return scheme + open + "rollcall" + strings.Trim(token[len(open):], "=")
		}},
		{"it with capitals for small letters, and the other way about", otherCase},
		{"it under the word that no signature is needed", unsigned},
		{"a sign for anything", func(scheme, _ string) string { return scheme + "*" }},
	}
}

// turned is another letter or digit, and the sign itself where it is neither.
func turned(r rune) rune {
	switch {
	case r == 'A':
		return 'B'
	case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
		return 'A'
	}
	return r
}

// otherCase changes the case of every letter where both cases are used. Where one is, it may
// say nothing: digits of hexadecimal or to the base 32 are the same in either. Something is sent then, too: what
// a run sends does not hang on a secret, which whoever replays it has not.
func otherCase(scheme, token string) string {
	if token == strings.ToLower(token) || token == strings.ToUpper(token) {
		return scheme + madeUp
	}
	return scheme + strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, token)
}

// unsigned is a JSON Web Token with what it says, under a header that asks for no signature.
func unsigned(scheme, token string) string {
	parts, says := strings.Split(token, "."), "e30"
	if len(parts) == 3 && parts[1] != "" {
		says = parts[1]
	}
	return scheme + base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + says + "."
}

// withUnreadCredential is the last part of ignored_auth: the credential is read to its end.
// Which refusal it gets is not asked, for it may be taken for no credential at all, for a bad
// one, or for a request that is malformed.
func withUnreadCredential(ctx context.Context, env *suite.Env, op *contract.Operation) {
	valid := env.Sample(ctx, op.ID)
	reads := state(env, op, valid)
	before := env.ReadAll(ctx, reads)
	for _, one := range unreads() {
		answer := env.Call(ctx, op.ID, with(valid, client.EachToken(one.of))...)
		env.Expect(answer).ToNot(match.Success(), "the caller shows "+one.what)
		unchanged(ctx, env, answer, before, reads)
	}
	control(ctx, env, op, valid)
}
