package council

import (
	"context"
	"net/http"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// refusalCases provoke refusals of every sort and look at their bodies.
func refusalCases() []suite.Case {
	var cases []suite.Case
	reads, writes := append(of(kit.Resource.ReadOperations), "suggestCategory"), of(writing)
	for _, p := range []struct {
		title      string
		operations []string
		how        func(ctx context.Context, env *suite.Env, operation string) *client.Exchange
	}{
		{"the refusal for want of a key has an error", operations(), withNoKey},
		{"the refusal for want of a scope has an error", reads, withNoScope},
		{"the refusal for want of rights has an error", writing(users().Resource), withLowRights},
		{"the refusal of an unknown id has an error", byID(), withUnknownID},
		{"the refusal of a cut body has an error", writes, withCutBody},
		{"the refusal of a forbidden value has an error", writes, withOffence},
		{"the refusal of a taken value has an error", writes, withTaken},
		{"the refusal for want of a summary has an error", []string{"suggestCategory"}, withNoSummary},
	} {
		cases = append(cases, kit.Each("COU-GEN-08", p.title, p.operations,
			func(ctx context.Context, env *suite.Env, operation string) {
				expectReason(env, p.how(ctx, env, operation))
			})...)
	}
	return cases
}

// reason matches a text that says something.
func reason() gomega.OmegaMatcher { return match.Form("to be a text that says something", `\S`) }

// expectReason expects a refusal to have an error, and details that are a
// structure or not there. Whether and how it is refused is for other cases.
func expectReason(env *suite.Env, refusal *client.Exchange) {
	if refusal.Success() {
		env.NotApplicable("it was not refused, and whether it ought to be is for other cases: %s", refusal)
	}
	if refusal.Status < http.StatusBadRequest || refusal.Status >= http.StatusInternalServerError {
		env.Undetermined("there is no refusal to look at: %s", refusal)
	}
	env.Expect(refusal).To(match.Member("error", reason()))
	if details := refusal.Get("details"); details.Type != gjson.Null { // null is none
		env.Expect(details.IsObject() || details.IsArray()).To(gomega.BeTrue(), "details is a structure: %s", details.Raw)
	}
}

func withNoKey(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	return call(ctx, env, operation, kit.Also(env.Sample(ctx, operation), client.NoCredential())...)
}

func withNoScope(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	return weaker(ctx, env, "no-scope", operation)
}

func withLowRights(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	return weaker(ctx, env, "low-rights", operation)
}

// weaker sends the request as a caller that not every target has. The other
// provocations decide the requirement without it.
func weaker(ctx context.Context, env *suite.Env, persona, operation string) *client.Exchange {
	if !env.Has(persona) {
		env.NotApplicable("the target has no persona %q to be refused", persona)
	}
	valid := env.Sample(ctx, operation)
	return call(ctx, env.As(persona), operation, valid...)
}

func withUnknownID(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	valid := env.Sample(ctx, operation)
	id := client.NewRequest(nil, valid...).PathValues["id"]
	return call(ctx, env, operation, kit.Also(valid, client.Path("id", env.UnknownID(id)))...)
}

func withCutBody(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	cut, _ := resourceOf(operation).cutOff(env)
	return call(ctx, env, operation, kit.Also(env.Sample(ctx, operation), cut)...)
}

func withOffence(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	r := resourceOf(operation)
	return call(ctx, env, operation, kit.Also(env.Sample(ctx, operation), client.JSON(kit.With(r.Body(env), r.offence)))...)
}

func withTaken(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	r := resourceOf(operation)
	taken := r.Made(ctx, env).Text(r.unique)
	return call(ctx, env, operation,
		kit.Also(env.Sample(ctx, operation), client.JSON(kit.With(r.Body(env), kit.Body{r.unique: taken})))...)
}

func withNoSummary(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
	refusal := env.Call(ctx, operation, asking(env))
	if refusal.Success() {
		env.NotApplicable("the target takes a call without a summary: COU-SUG-10 decides whether it may")
	}
	return refusal
}
