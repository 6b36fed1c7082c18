package tenants

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func wireCases() []suite.Case {
	writing := []string{"createUser", "updateUser"}
	return slices.Concat(
		kit.Each("TEN-GEN-10", "the body is JSON in UTF-8 and says so", answering(), declared),
		kit.Each("TEN-GEN-13", "a body that is not well-formed is refused", writing, malformed),
		kit.Each("TEN-GEN-14", "a body of another media type is refused", writing,
			func(ctx context.Context, env *suite.Env, o string) {
				for _, media := range []string{"text/plain", "application/x-www-form-urlencoded"} {
					prepare(ctx, env, o).Refused(ctx, env, env, client.Header("Content-Type", media))
				}
			}),
		[]suite.Case{
			{Requirement: "TEN-GEN-17", Title: "the same search twice says the same",
				Check: func(ctx context.Context, env *suite.Env) {
					user := makeUser(ctx, env)
					first := found(ctx, env, idOf(env, user))
					for range 2 {
						again := found(ctx, env, idOf(env, user))
						env.Expect(again).To(match.Status(first.Status))
						same(env, again, first)
					}
				}},
			{Requirement: "TEN-GEN-17", Title: "whatever a user is searched by, it and those beside it stay as they were",
				Check: onlyLooksAt},
			{Requirement: "TEN-GEN-17", Title: "whatever a deactivated user is searched by, it is found as before",
				Check: onlyLooksAtEnded},
		},
	)
}

// onlyLooksAt searches for a user by whatever it can be found by, and looks at those beside it, too.
func onlyLooksAt(ctx context.Context, env *suite.Env) {
	before, body := makeUser(ctx, env), person(env)
	user := makeOf(ctx, env, body)
	searchedThrough(ctx, env, user, body, bystanders(env, before, user, makeUser(ctx, env))...)
}

// onlyLooksAtEnded is onlyLooksAt of a user who is deactivated.
func onlyLooksAtEnded(ctx context.Context, env *suite.Env) {
	user, body := makeActive(ctx, env)
	env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
	searchedThrough(ctx, env, user, body, readingEnded(env, user))
}

func searchedThrough(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any, reads ...suite.Read) {
	kit.Unchanged(ctx, env, "a search", func() {
		for _, name := range searches() {
			search(ctx, env, by(criteriaOf(env, user, body), name))
		}
	}, reads...)
}

// all makes an operation answer with success and with each refusal that is easily had.
func all(ctx context.Context, env *suite.Env, operation string) []*client.Exchange {
	a := prepare(ctx, env, operation)
	answers := []*client.Exchange{
		a.By(ctx, env, client.NoCredential()),
		a.By(ctx, env, madeUp(env)),
		a.By(ctx, env, client.Path("tenantName", env.Unique("no-such-tenant"))),
	}
	if operation == "createUser" || operation == "updateUser" {
		answers = append(answers, a.By(ctx, env, client.Header("Content-Type", "text/plain")),
			a.By(ctx, env, client.Raw([]byte(`{"firstName":`), "application/json")))
	}
	nobody := kit.WholeNumber(env, "groupId", unusedID(env))
	switch operation {
	case "searchUser":
		answers = append(answers, search(ctx, env), search(ctx, env, client.Query("userId", "abc")),
			search(ctx, env, client.Query("userId", unusedID(env))))
	case "createUser":
		answers = append(answers, create(ctx, env, map[string]any{}),
			create(ctx, env, kit.With(person(env), kit.Body{"weeklyHours": "many"})),
			create(ctx, env, kit.With(person(env), kit.Body{"groupId": nobody})),
			a.By(ctx, env)) // so that the next is of who is there already
	case "updateUser":
		answers = append(answers, a.By(ctx, env, client.JSON(map[string]any{"weeklyHours": "many"})),
			a.By(ctx, env, client.Path("userId", unusedID(env))))
		user, other := makeUser(ctx, env), makeUser(ctx, env)
		for _, wrong := range []kit.Body{{"groupId": nobody}, {"email": other.Get("email").Value()}} {
			answers = append(answers, update(ctx, env, idOf(env, user), kit.With(sent(user), wrong)))
		}
	case "deactivateUser":
		answers = append(answers, a.By(ctx, env, client.Path("userId", "abc")),
			a.By(ctx, env, client.Path("userId", unusedID(env))))
	}
	answers = append(answers, a.By(ctx, env), a.By(ctx, env, client.Method(http.MethodPatch)))
	if operation == "deactivateUser" {
		user := makeUser(ctx, env)
		answers = append(answers, deactivate(ctx, env, idOf(env, user)),
			search(ctx, env, client.Query("userId", idOf(env, user))))
	}
	return answers
}

func declared(ctx context.Context, env *suite.Env, operation string) {
	answer := succeed(ctx, env, operation)
	media, params, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	isJSON := slices.Contains([]string{"application/json", "text/json"}, media) ||
		strings.HasSuffix(media, "+json") // a vendor may name its own
	if err != nil || !isJSON || charset != "" && charset != "utf-8" {
		env.Expect(answer).To(match.Header("Content-Type", "application/json"))
	}
	env.Expect(answer).To(match.JSONBody(gomega.Not(gomega.BeNil())))
	env.Expect(utf8.Valid(answer.Body)).To(gomega.BeTrue(), "the body of %s is not UTF-8", answer)
}

// malformed sends bodies that no reader can take for JSON, however lenient.
func malformed(ctx context.Context, env *suite.Env, operation string) {
	body := person(env)
	text, _ := json.Marshal(body) // a map of plain values always marshals
	whole := strings.TrimSuffix(string(text), "}")
	for _, broken := range []string{whole, whole + `,"title":}`} {
		a := prepare(ctx, env, operation)
		a.Reads = append(a.Reads, readingOf(env, body)...)
		a.Refused(ctx, env, env, client.Raw([]byte(broken), "application/json"))
	}
}
