package kit

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// Needed returns the answer to a call that the case only needed to get somewhere. It ends
// the case as undetermined when the call failed.
func Needed(env *suite.Env, answer *client.Exchange) *client.Exchange {
	if !answer.Success() {
		env.Undetermined("set-up failed\n%s", match.Show(answer))
	}
	return answer
}

// Invalid says whether an answer refuses what was sent for what it says.
func Invalid(answer *client.Exchange) bool {
	return answer.Status == http.StatusBadRequest || answer.Status == http.StatusUnprocessableEntity
}

// Refusal matches a refusal of any kind, where no document says which.
func Refusal() types.GomegaMatcher {
	return match.AboutStatus(match.That("a refusal (4xx)", func(e *client.Exchange) string {
		if e.Status/100 == 4 {
			return ""
		}
		return fmt.Sprintf("the status was %d", e.Status)
	}))
}

// Unbroken expects a success or a refusal, for input of which no document says which: but
// no server error. It says whether it was a success.
func Unbroken(env *suite.Env, answer *client.Exchange) bool {
	if !answer.Success() {
		env.Expect(answer).To(Refusal(), "it is answered, or refused")
	}
	return answer.Success()
}

// TakenOrRefused makes a call that may be refused, and then changes nothing that the
// reads show, or taken. It returns the answer.
func TakenOrRefused(ctx context.Context, env *suite.Env, call func() *client.Exchange, reads ...suite.Read) *client.Exchange {
	before := env.States(ctx, reads)
	answer := call()
	if !Unbroken(env, answer) {
		unchanged(ctx, env, fmt.Sprintf("the call that was refused with %d", answer.Status), before, reads)
	}
	return answer
}

// Unchanged does something and expects the reads to show afterwards what they showed
// before. What was done, such as an operation, stands in the failure.
func Unchanged(ctx context.Context, env *suite.Env, what string, do func(), reads ...suite.Read) {
	before := env.States(ctx, reads)
	do()
	unchanged(ctx, env, what, before, reads)
}

func unchanged(ctx context.Context, env *suite.Env, what string, before suite.States, reads []suite.Read) {
	if changed := env.Differs(before, env.States(ctx, reads)); changed != "" {
		env.Fail("%s changed what it must not:\n%s", what, changed)
	}
}

// Later lets time pass, so that what is written next has another second: by the clock of
// the case's world, else by waiting.
func Later(ctx context.Context, env *suite.Env) {
	const step = 1100 * time.Millisecond
	if env.Has("worlds") {
		env.Advance(ctx, 2*step)
		return
	}
	Pause(ctx, env, step)
}

// Pause waits, whatever the clock of the case's world says.
func Pause(ctx context.Context, env *suite.Env, wait time.Duration) {
	select {
	case <-ctx.Done():
		env.Undetermined("the case ran out of time while waiting")
	case <-time.After(wait):
	}
}
