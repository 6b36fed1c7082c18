package suite

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// Call sends one request of an operation as the present caller and returns what
// came. No answer, or a 429 that does not pass, ends the case as undetermined.
// An operation open to all is called without a credential.
func (env *Env) Call(ctx context.Context, operation string, options ...client.Option) *client.Exchange {
	op, ok := env.Contract().Operation(operation)
	if !ok {
		panic(fmt.Sprintf("the case calls %q, which is no operation of %s", operation, env.Contract().Name))
	}
	return env.send(ctx, op, options)
}

// Send sends a request outside the contract, such as one to an unknown route. No
// judge looks at its answer.
func (env *Env) Send(ctx context.Context, method, path string, options ...client.Option) *client.Exchange {
	return env.send(ctx, nil, append([]client.Option{client.Method(method), client.RawPath(path)}, options...))
}

// Must is a Call that the case only needs to get somewhere. Anything but a 2xx
// ends the case as undetermined: the set-up failed, the requirement was not
// reached. A request that does not keep the contract is the case's own fault,
// unless it has client.Invalid.
func (env *Env) Must(ctx context.Context, operation string, options ...client.Option) *client.Exchange {
	env.mustBeValid(operation, options)
	env.run.needing = true
	exchange := env.Call(ctx, operation, options...)
	env.run.needing = false
	if !exchange.Success() {
		env.run.subject = exchange
		env.Undetermined("set-up failed: %s\n%s", operation, match.Show(exchange))
	}
	return exchange
}

// Sample returns the options of a valid request of the operation, having made
// what it needs. It ends the case as undetermined when the contract's package has no
// sample for it and the operation can't do without.
func (env *Env) Sample(ctx context.Context, operation string) []client.Option {
	if sample, ok := env.run.session.samples[operation]; ok {
		options := sample(ctx, env)
		env.mustBeValid(operation, options)
		return options
	}
	if op, ok := env.Contract().Operation(operation); ok && !NeedsSample(op) {
		return nil
	}
	env.Undetermined("there is no sample request for %s", operation)
	return nil
}

// Ways returns the options of valid requests of the operation: its sample's, and those that
// ask by other parameters.
func (env *Env) Ways(ctx context.Context, operation string) [][]client.Option {
	all := [][]client.Option{env.Sample(ctx, operation)}
	if other, ok := env.run.session.api.Ways[operation]; ok {
		for _, options := range other(ctx, env) {
			env.mustBeValid(operation, options)
			all = append(all, options)
		}
	}
	return all
}

// Scene returns the contract's own scene of a write, nil when it has none.
func (env *Env) Scene(operation string) SceneOf { return env.run.session.api.Scenes[operation] }

// Bystanders returns reads of what else than its scene shows a write must leave alone.
func (env *Env) Bystanders(ctx context.Context, operation string, request []client.Option) []Read {
	if beside := env.run.session.api.Beside; beside != nil {
		return beside(ctx, env, operation, request)
	}
	return nil
}

// Apart returns the caller whose records no other caller's write touches, "" where the contract or the
// target has none.
func (env *Env) Apart() string {
	if apart := env.run.session.api.Apart; apart != "" && env.Has(apart) {
		return apart
	}
	return ""
}

// Pair returns the contract's own pair of requests of a read, nil when it has none.
func (env *Env) Pair(operation string) Pair { return env.run.session.api.Pairs[operation] }

// Method returns the method that the operation has at this target, which may
// differ from the document's.
func (env *Env) Method(op *contract.Operation) string {
	if line, ok := env.run.session.target.Paths[op.ID]; ok {
		method, _, _ := strings.Cut(line, " ")
		return method
	}
	return env.run.session.methods.of(op)
}

// NeedsSample says whether an operation can't be called with nothing at all, so
// that its contract's package owes a sample request.
func NeedsSample(op *contract.Operation) bool {
	for _, parameter := range op.Parameters {
		if parameter.Required {
			return true
		}
	}
	return op.Body != nil && op.Body.Required
}

// send builds, sends, records and judges one request.
func (env *Env) send(ctx context.Context, op *contract.Operation, options []client.Option) *client.Exchange {
	one := env.ready(ctx, op, options)
	exchange := env.run.meanwhile(func() *client.Exchange { return env.run.session.do(ctx, one.request) })
	env.came(one, exchange)
	env.answered(exchange, one.request, one.silence)
	return exchange
}

// outgoing is a request that may be sent, and what notes its answer.
type outgoing struct {
	request client.Request
	silence silence
	note    func(*client.Exchange)
}

// ready builds a request, and ends the case where it must not be sent.
func (env *Env) ready(ctx context.Context, op *contract.Operation, options []client.Option) outgoing {
	request := client.NewRequest(op)
	request.Persona, request.Case = env.persona, env.run.item.Requirement
	if op == nil || op.Secured || op.By.Who(contract.BySecurity).Inferred() { // that nobody has to say who they are may be wrong
		for name, value := range env.run.session.target.Personas[env.persona].Headers {
			request.Credential.Set(name, value)
		}
		env.carry(ctx, &request)
	}
	if world := env.run.world(ctx); world != "" {
		request.Header.Set(target.WorldHeader, world)
	}
	own := request.Credential.Clone()
	request.Apply(options...)
	request.Spoilt = spoilt(own, request.Credential)
	env.run.session.spellings.respell(&request)
	if request.Timeout = min(env.run.remaining(), env.run.session.limit); request.Timeout <= 0 {
		env.Undetermined("the case used up its %s", env.run.session.budget)
	}
	env.permit(op, request)
	env.run.settle(ctx, op, request.Method)
	one := env.own(op, request)
	if why := env.run.session.silences.why(one); why != "" {
		env.Undetermined("%s within %s", why, env.run.session.limit)
	}
	return outgoing{request, one, env.run.write(env.persona, request, env.lineMethod(op, request))}
}

// came records and judges an answer.
func (env *Env) came(one outgoing, exchange *client.Exchange) {
	env.run.session.normalise(exchange)
	env.run.record(exchange)
	env.run.asked[exchange] = one.request
	one.note(exchange)
}

// spoilt says how a credential differs from the caller's own.
func spoilt(own, sent http.Header) string {
	switch {
	case reflect.DeepEqual(own, sent):
		return ""
	case len(sent) == 0:
		return client.NoneSent
	}
	return client.OtherSent
}

// lineMethod is the method that the request will have.
func (env *Env) lineMethod(op *contract.Operation, request client.Request) string {
	if request.Method != "" || op == nil {
		return request.Method
	}
	return env.Method(op)
}

// answered ends the case when the exchange holds nothing to go on.
func (env *Env) answered(exchange *client.Exchange, request client.Request, one silence) {
	if exchange.Err == nil {
		env.run.session.silences.answered(one.Method)
	}
	switch {
	case errors.Is(exchange.Err, client.ErrRequest):
		panic(exchange.Err.Error())
	case errors.Is(exchange.Err, client.ErrThrottled):
		env.Undetermined("%v; run with a lower --rate, or when it is free again", client.ErrThrottled)
	case errors.Is(exchange.Err, context.DeadlineExceeded) && request.Timeout == env.run.session.limit:
		env.hung(exchange, one)
	case errors.Is(exchange.Err, context.DeadlineExceeded) && request.Timeout < env.run.session.limit:
		env.Undetermined("the case used up its %s of waiting: %s", env.run.session.budget, exchange)
	case exchange.Err != nil:
		env.Undetermined("%s", exchange)
	case slices.Contains(env.run.session.target.Tolerate, exchange.Status) && !request.PassOn429:
		env.Undetermined("not now, the target's file says of this status: %s", exchange)
	case exchange.Status == http.StatusTooManyRequests && !request.PassOn429:
		env.Undetermined("the target limits the rate and did not relent: %s; run with a lower --rate", exchange)
	}
}
