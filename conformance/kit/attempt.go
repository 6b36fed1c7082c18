package kit

import (
	"context"
	"net/http"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// Attempt is a valid call of an operation, with reads of what it would change. The reads
// are the default caller's.
type Attempt struct {
	Operation string
	Options   []client.Option
	Reads     []suite.Read
	Undo      func(env *suite.Env, made *client.Exchange) // takes back what the call made, after the case; nil = it stays
	Unsure    bool                                        // the target does not give what a call that is sure to be taken needs
}

// By sends the call as some caller, with changes to it, and returns the answer.
func (a Attempt) By(ctx context.Context, caller *suite.Env, changes ...client.Option) *client.Exchange {
	answer := caller.Call(ctx, a.Operation, Also(a.Options, changes...)...)
	if a.Undo != nil && answer.Success() {
		a.Undo(caller, answer)
	}
	return answer
}

// Refused expects the call to be refused, as the requirement asks for it, and without an
// effect, when the caller makes it with the changes. It also makes the call as it is: if
// that is refused as well, the refusal proves nothing and the case ends as undetermined.
// A read is made as it is first, for what is kept of the answer is not for whoever asks
// next; anything else last, so that it is the refused call that would have had the effect.
// It returns the refusal.
func (a Attempt) Refused(ctx context.Context, env, caller *suite.Env, changes ...client.Option) *client.Exchange {
	return a.EachRefused(ctx, env, Try{caller, changes})[0]
}

// Try is who makes a call, and with which changes.
type Try struct {
	Caller  *suite.Env
	Changes []client.Option
}

// EachRefused is Refused of several tries, which go abreast. It returns the refusals in their order.
func (a Attempt) EachRefused(ctx context.Context, env *suite.Env, tries ...Try) []*client.Exchange {
	op, known := env.Contract().Operation(a.Operation)
	read := known && op.Method == http.MethodGet
	if read {
		a.control(ctx, env)
	}
	calls := make([]func() *client.Exchange, len(tries))
	for i, try := range tries {
		calls[i] = func() *client.Exchange { return a.By(ctx, try.Caller, try.Changes...) }
	}
	refusals := env.ExpectEachRefusedUnchanged(ctx, calls, a.Reads...)
	if !read {
		a.control(ctx, env)
	}
	return refusals
}

// control makes the call as it is, where it is sure to be taken.
func (a Attempt) control(ctx context.Context, env *suite.Env) {
	if a.Unsure {
		return
	}
	if control := a.By(ctx, env); !control.Success() {
		env.Undetermined("the call is refused to the right caller as well, so that the refusal proves nothing\n%s",
			match.Show(control))
	}
}

// Prepare makes what a valid call of a row of a table needs, such as of an operation.
type Prepare[T any] func(ctx context.Context, env *suite.Env, row T) Attempt

// Refused is a check that the valid call is refused to the persona with the changes; see
// Attempt.
func (p Prepare[T]) Refused(persona string, changes ...client.Option) CheckOf[T] {
	return func(ctx context.Context, env *suite.Env, row T) {
		p(ctx, env, row).Refused(ctx, env, env.As(persona), changes...)
	}
}

// Also returns the options and more, leaving the options alone.
func Also(options []client.Option, more ...client.Option) []client.Option {
	return append(options[:len(options):len(options)], more...)
}

// Token changes what says who is calling, where it stands: what comes behind a scheme such
// as Bearer, the whole value, or each cookie's.
func Token(change func(token string) string) client.Option {
	return client.EachToken(func(scheme, token string) string { return scheme + change(token) })
}
