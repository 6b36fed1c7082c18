package council

import (
	"context"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// mostCalls is more than any key of the contract may make in a minute, which is
// a hundred.
const mostCalls = 150

// limitsRate uses up the limit of a key that is there for this, and then expects
// each operation to refuse it without being carried out.
func limitsRate(ctx context.Context, env *suite.Env) {
	env.StopClock(ctx) // a run that is held to a slow rate would never come to the limit
	limited := env.As("rate-limit")
	valid := map[string][]client.Option{}
	for _, operation := range operations() {
		valid[operation] = env.Sample(ctx, operation)
	}
	started := env.Now()
	answer := useUp(ctx, limited)
	if answer.Success() {
		withinMinute(env, started)
		env.Fail("%d calls within a minute were all answered", mostCalls)
	}
	expectLimited(env, answer)
	reads, calls := []suite.Read{}, []func() *client.Exchange{}
	for _, operation := range operations() {
		reads = append(reads, resourceOf(operation).reads(env, valid[operation])...)
		calls = append(calls, func() *client.Exchange {
			return call(ctx, limited, operation, kit.Also(valid[operation], client.NoRetry())...)
		})
	}
	refusals := env.ExpectEachRefusedUnchanged(ctx, calls, reads...)
	withinMinute(env, started)
	for _, refusal := range refusals {
		expectLimited(env, refusal)
	}
}

// useUp calls until a call fails, several at a time, and returns the answer to the first that did, else the
// last one.
func useUp(ctx context.Context, limited *suite.Env) *client.Exchange {
	const together = 10
	answers, pieces := make([]*client.Exchange, together), make([]func(), together)
	for i := range pieces {
		pieces[i] = func() { answers[i] = limited.Call(ctx, "listWards", client.NoRetry()) }
	}
	for range mostCalls / together {
		limited.Abreast(pieces...)
		for _, answer := range answers {
			if !answer.Success() {
				return answer
			}
		}
	}
	return answers[together-1]
}

// withinMinute ends the case as undetermined when the limit may have passed.
func withinMinute(env *suite.Env, started time.Time) {
	if passed := env.Now().Sub(started); passed > 50*time.Second {
		env.Undetermined("the calls took %s, which may be too slow for a limit by the minute: run with a higher --rate", passed)
	}
}

func expectLimited(env *suite.Env, answer *client.Exchange) {
	env.ExpectRefused(answer)
	words, wait := "to be a number of seconds", `^\d+$`
	if !env.Strict() {
		words, wait = words+" or a date", wait+`|GMT$` // HTTP also has a date there
	}
	env.Expect(answer).To(match.Header("Retry-After", match.Form(words, wait)))
}
