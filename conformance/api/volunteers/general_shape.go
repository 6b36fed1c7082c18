package volunteers

import (
	"context"
	"mime"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func shapeCases() []suite.Case {
	return slices.Concat(
		each("VOL-GEN-07", "a single record stands under data", single, underData),
		[]suite.Case{{Requirement: "VOL-GEN-08", Title: "a user is the body itself in all three answers", Check: bareUser}},
		each("VOL-GEN-09", "a list is an array under data", listedKind, listUnderData),
		each("VOL-GEN-21", "every body is announced as JSON", all, announced),
	)
}

// underData creates, reads and changes a record; each answer has it under data.
func underData(ctx context.Context, env *suite.Env, r resource) {
	object := gomega.HaveKeyWithValue("id", gomega.BeNumerically(">", 0))
	if r.parent == nil { // the others need a parent record first
		made := env.Call(ctx, r.Creates, of(makeUser(ctx, env)), client.JSON(r.body(ctx, env)))
		env.ExpectAnswer(made)
		env.Expect(made).To(match.Member("data", object), "the record is an object under data")
	}
	s := r.stand(ctx, env)
	for _, operation := range []string{r.Gets, r.Updates, r.Creates} {
		if operation == "" {
			continue
		}
		answer := env.Call(ctx, operation, s.request(ctx, env, operation)...)
		env.ExpectAnswer(answer)
		env.Expect(answer).To(match.Member("data", object), "the record is an object under data")
		if operation == r.Gets || operation == r.Updates {
			env.Expect(answer.Text("data.id")).To(gomega.Equal(s.record), "it is the record of the path")
		}
	}
}

func bareUser(ctx context.Context, env *suite.Env) {
	body := userBody(env)
	made := env.Call(ctx, "createUser", client.JSON(body))
	env.ExpectAnswer(made)
	bare := func(user *client.Exchange) {
		env.Expect(user).To(match.Member("id", gomega.BeNumerically(">", 0)), "id is at the top level")
		env.Expect(user.Text("id")).To(gomega.Equal(made.Text("id")))
		env.Expect(user).To(match.Member("last_name", body["last_name"]), "the members of the user are at the top level")
		env.Expect(user).To(match.Absent("data"))
	}
	bare(made)
	for _, answer := range []*client.Exchange{
		env.Call(ctx, "getUser", of(made)),
		env.Call(ctx, "updateUser", of(made), client.JSON(map[string]any{"title": "Dr"})),
	} {
		env.ExpectAnswer(answer)
		bare(answer)
	}
}

func listUnderData(ctx context.Context, env *suite.Env, r resource) {
	s := r.stand(ctx, env)
	if r.Name == "skill" {
		env.Must(ctx, r.Updates, s.request(ctx, env, r.Updates)...)
	}
	answer := env.Call(ctx, r.Lists, s.request(ctx, env, r.Lists)...)
	env.ExpectAnswer(answer)
	env.Expect(answer).To(match.Member("data", anArray()))
	env.Expect(answer).To(match.Member("data", gomega.Not(gomega.BeEmpty())), "the records made are listed")
	env.Expect(answer).To(match.Each("data", gomega.HaveKey("id")))
}

// announced looks at the content type of successes and of refusals alike.
func announced(ctx context.Context, env *suite.Env, r resource) {
	s := r.stand(ctx, env)
	seen := 0
	look := func(exchange *client.Exchange) {
		if len(exchange.Body) > 0 {
			seen++
			env.Expect(exchange).To(match.Header("Content-Type", gomega.WithTransform(essence, jsonType())),
				"what a body is announced as")
		}
	}
	for _, one := range s.calls(ctx, env, s.Operations()) {
		look(env.Call(ctx, one.Operation, kit.Also(one.Options, client.NoCredential())...))
		look(env.Must(ctx, one.Operation, one.Options...))
	}
	if seen == 0 {
		env.Undetermined("no answer had a body")
	}
}

// mediaType returns the media type of an answer without its parameters.
func mediaType(exchange *client.Exchange) string { return essence(exchange.Header.Get("Content-Type")) }

func essence(contentType string) string {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return contentType
	}
	return strings.ToLower(media)
}

func jsonType() types.GomegaMatcher {
	return gomega.SatisfyAny(gomega.Equal("application/json"), gomega.HaveSuffix("+json"))
}
