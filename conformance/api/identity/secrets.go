package identity

import (
	"context"
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
		env.Undetermined("the account %s has no e-mail address: name one that has", a.username)
	}
	list := byEmail(ctx, env, email)
	expectList(env, list, 1)
	expectNoPassword(env, list, a.password)
}

func expectNoPassword(env *suite.Env, answer *client.Exchange, password string) {
	env.Expect(answer).To(gomega.WithTransform(leaks(password), gomega.BeEmpty()), "a password is in the answer")
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

// leaks returns a function that lists where an answer has the password, or a
// member that is called as if it had one.
func leaks(password string) func(*client.Exchange) []string {
	called := regexp.MustCompile(`(?i)passw|secret|credential|hash`)
	return func(exchange *client.Exchange) []string {
		var places []string
		if strings.Contains(string(exchange.Body), password) {
			places = append(places, "the body")
		}
		for name, values := range kit.InOrder(exchange.Header) {
			if strings.Contains(strings.Join(values, "\n"), password) {
				places = append(places, "the header "+name)
			}
		}
		kit.Walk(exchange.Get("@this"), func(_, name string, _ gjson.Result) {
			if called.MatchString(name) {
				places = append(places, "the member "+name)
			}
		})
		return places
	}
}
