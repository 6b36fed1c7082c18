package identity

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// asking is a call of one operation by somebody who knows the account's password.
type asking struct {
	operation, what string
	options         func(a account) []client.Option
}

func (a asking) String() string { return a.what + " (" + a.operation + ")" }

// secretCases give the account a password that stands nowhere else, and look for
// it in every kind of answer.
func secretCases() []suite.Case {
	return slices.Concat(
		kit.Each("IDN-GEN-36", "no password is in the answer: %s", askings(),
			func(ctx context.Context, env *suite.Env, ask asking) {
				a := disposable(env).mustChange(ctx, env, freshPassword(env))
				expectNoPassword(env, env.Call(ctx, ask.operation, ask.options(a)...), a.password)
			}),
		kit.Each("IDN-GEN-36", "no password is in the answer: the account's (%s)",
			[]string{"getUserDetailsById", "getUsersByEmail"}, accountShown),
		kit.One("IDN-GEN-36", "no password is in the answer: of those who share an address",
			func(ctx context.Context, env *suite.Env) {
				if !env.Has("given:sharedEmail") {
					env.NotApplicable("the target gives no sharedEmail")
				}
				expectNoPassword(env, byEmail(ctx, env, env.Given("sharedEmail")))
			}),
		kit.One("IDN-GEN-36", "no former password is in the answer", formerShown),
		kit.One("IDN-GEN-36", "no password is in the answer: of a disabled user", disabledShown),
	)
}

// accountShown looks the account up by its id or address, which the lookup by name
// tells. An account without an address is in no list.
func accountShown(ctx context.Context, env *suite.Env, op string) {
	a := disposable(env).mustChange(ctx, env, freshPassword(env))
	user := env.Must(ctx, "getUserDetails", client.Path("username", a.username))
	if op == "getUserDetailsById" {
		expectNoPassword(env, found(env, byID(ctx, env, user.Get("userId").String())), a.password)
		return
	}
	email := user.Text("email")
	if email == "" {
		env.NotApplicable("the account %s is shown without an e-mail address, and so in no list", a.username)
	}
	list := byEmail(ctx, env, email)
	expectList(env, list, 1)
	expectNoPassword(env, list, a.password)
}

// formerShown looks for the passwords that an account had before.
func formerShown(ctx context.Context, env *suite.Env) {
	a := disposable(env)
	former := freshPassword(env)
	if !a.change(ctx, env, former).Success() || !a.change(ctx, env, freshPassword(env)).Success() {
		env.NotApplicable("the password is not changed twice in a row")
	}
	expectNoPassword(env, found(env, byName(ctx, env, a.username)), former)
}

// disabledShown looks a disabled user up, whom another part of a service may show.
func disabledShown(ctx context.Context, env *suite.Env) {
	if !env.Has("given:disabledUsername") {
		env.NotApplicable("the target gives no disabledUsername")
	}
	user := byName(ctx, env, env.Given("disabledUsername"))
	expectNoPassword(env, user)
	if user.Success() {
		expectNoPassword(env, byID(ctx, env, user.Get("userId").String()))
	}
	if email := user.Text("email"); user.Success() && email != "" {
		expectNoPassword(env, byEmail(ctx, env, email))
	}
}

func expectNoPassword(env *suite.Env, answer *client.Exchange, passwords ...string) {
	env.Expect(answer).To(gomega.WithTransform(leaks(passwords...), gomega.BeEmpty()), "a password is in the answer")
}

func askings() []asking {
	raw := func(format string) func(account) []client.Option {
		return func(a account) []client.Option {
			return []client.Option{client.Path("username", a.username),
				client.Raw(fmt.Appendf(nil, format, a.password), "application/json")}
		}
	}
	return []asking{
		{"changePassword", "a change", func(a account) []client.Option { return changing(a.username, a.password) }},
		{"changePassword", "an unknown user", func(a account) []client.Option { return changing(nobody, a.password) }},
		{"changePassword", "an unreadable body", raw(`{"password":"%s"`)},
		{"changePassword", "a nested password", raw(`{"password":["%s"]}`)},
		{"authenticate", "the right password", func(a account) []client.Option { return checking(a.username, a.password) }},
		{"authenticate", "a wrong password", func(a account) []client.Option { return checking(a.username, a.password+"x") }},
		{"authenticate", "a blank username", func(a account) []client.Option { return checking(" ", a.password) }},
		{"authenticate", "an unreadable body", raw(`{"username":"x","password":"%s"`)},
		{"getUserDetails", "the user",
			func(a account) []client.Option { return []client.Option{client.Path("username", a.username)} }},
		{"getUserDetails", "an unknown user",
			func(account) []client.Option { return []client.Option{client.Path("username", nobody)} }},
	}
}

// leaks returns a function that lists where an answer has one of the passwords, as it is or encoded, or, where it shows a
// user, a member that is called just like one and has a text.
func leaks(passwords ...string) func(*client.Exchange) []string {
	has := func(text string) bool {
		return slices.ContainsFunc(passwords, func(password string) bool { return holdsSecret(text, password) })
	}
	return func(exchange *client.Exchange) []string {
		var places []string
		if has(string(exchange.Body)) {
			places = append(places, "the body")
		}
		for name, values := range kit.InOrder(exchange.Header) {
			if has(strings.Join(values, "\n")) {
				places = append(places, "the header "+name)
			}
		}
		if !exchange.Success() {
			return places // where a member may say what is wrong with the one of its name
		}
		called := regexp.MustCompile(`(?i)^(user|plain|hashed|encoded)?_?(password|passwd|pwd)_?(hash|digest|text)?$`)
		kit.Walk(exchange.Get("@this"), func(_, name string, value gjson.Result) {
			told := called.MatchString(name) && strings.Trim(value.Str, "*•xX.- ") != "" || kit.StoredPassword(value.Str)
			if value.Type == gjson.String && told {
				places = append(places, "the member "+name)
			}
		})
		return places
	}
}

// holdsSecret looks for a text as it is, in hexadecimal signs and in base64, wherever in it that begins.
func holdsSecret(text, secret string) bool {
	for _, form := range []string{secret, hex.EncodeToString([]byte(secret))} {
		if strings.Contains(text, form) || strings.Contains(strings.ToLower(text), form) {
			return true
		}
	}
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(text)
	for _, run := range regexp.MustCompile(`[A-Za-z0-9+/]{12,}`).FindAllString(plain, -1) {
		decoded, _ := base64.RawStdEncoding.DecodeString(run[:len(run)/4*4+keptSigns(len(run)%4)])
		if strings.Contains(string(decoded), secret) {
			return true
		}
	}
	return false
}

// keptSigns is how many of the signs behind the last four of base64 can be read: one alone holds no byte.
func keptSigns(rest int) int {
	if rest == 1 {
		return 0
	}
	return rest
}
