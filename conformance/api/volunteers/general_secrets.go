package volunteers

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

func secretCases() []suite.Case {
	return append(
		each("VOL-GEN-24", "no answer about it holds a secret", belowUser, secretFree),
		suite.Case{Requirement: "VOL-GEN-24", Title: "no answer about a user shows the password", Check: passwordHidden},
	)
}

func secretFree(ctx context.Context, env *suite.Env, r resource) {
	s := r.stand(ctx, env)
	for _, one := range s.calls(ctx, env, s.Operations()) {
		expectNoSecret(env, env.Must(ctx, one.Operation, one.Options...), "")
		expectNoSecret(env, env.Call(ctx, one.Operation, kit.Also(one.Options, client.Path("userId", unknownID(env, 0)))...), "")
	}
	if env.Has("low-rights") { // whose refusals are others than those of what is not there
		for _, one := range s.calls(ctx, env, s.Operations()) {
			expectNoSecret(env, env.As("low-rights").Call(ctx, one.Operation, one.Options...), "")
		}
	}
}

// passwordHidden gives a password that nothing else can contain, and looks for it
// in every answer, the refusal of a password included.
func passwordHidden(ctx context.Context, env *suite.Env) {
	password := "Pw7" + word(env, "Secret")
	body := userBody(env)
	body["password"] = password
	made := env.Must(ctx, "createUser", client.JSON(body))
	seen := []*client.Exchange{made,
		env.Must(ctx, "getUser", of(made)),
		env.Must(ctx, "getUser", of(made), client.Query("include", strings.Join(includes(), ","))),
		env.Must(ctx, "listUsers", client.Query("ids", made.Text("id")), client.Query("logins", "alltime")),
		env.Must(ctx, "updateUser", of(made), client.JSON(map[string]any{"title": "Dr"})),
	}
	for _, exchange := range seen {
		expectNoSecret(env, exchange, password)
	}
	weak := strings.ToLower(word(env, "weak"))
	body = userBody(env)
	body["password"] = weak
	expectNoSecret(env, env.Call(ctx, "createUser", client.JSON(body)), weak)
}

// expectNoSecret expects neither the caller's token nor the password in a body,
// nor a member named after one.
func expectNoSecret(env *suite.Env, exchange *client.Exchange, password string) {
	_, token, _ := strings.Cut(exchange.RequestHeader.Get("Authorization"), " ")
	for _, secret := range []string{token, password} {
		if secret != "" {
			env.Expect(strings.Contains(string(exchange.Body), secret)).To(gomega.BeFalse(), "a secret is in the answer to %s",
				exchange)
		}
	}
	env.Expect(secretMembers(exchange.Get("@this"))).To(gomega.BeEmpty(), "members named after secrets in the answer to %s",
		exchange)
}

// secretMembers lists the members with a value whose name is that of a secret, or that is what is kept of a password. A
// complaint about a password is none: errors are left out.
func secretMembers(value gjson.Result) (found []string) {
	kit.Walk(value, func(path, name string, member gjson.Result) {
		secret := slices.ContainsFunc([]string{"password", "token", "secret"}, func(word string) bool {
			return strings.Contains(strings.ToLower(name), word)
		})
		if (secret || kit.StoredPassword(member.Str)) && member.Type == gjson.String && !strings.Contains("."+path, ".errors.") {
			found = append(found, name)
		}
	})
	return found
}
