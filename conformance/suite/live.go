package suite

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"rollcall/conformance/access"
	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// carry puts the caller's token into a request, where the caller has one that is fetched.
func (env *Env) carry(ctx context.Context, request *client.Request) {
	name, value, err := env.run.session.tokens.Header(ctx, env.persona)
	if unsendable := new(access.Unsendable); errors.As(err, &unsendable) {
		env.run.session.unsendable.Store(unsendable)
	}
	if err != nil {
		env.run.keyless = env.run.keyless || env.persona == DefaultPersona
		env.Undetermined("%v", err)
	}
	if name != "" {
		request.Credential.Set(name, value)
	}
}

// permit ends the case before a write that the run must not send.
func (env *Env) permit(op *contract.Operation, request client.Request) {
	if !env.run.session.readOnly {
		return
	}
	method := env.lineMethod(op, request)
	if method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions && !(op != nil && op.Reads()) {
		env.Undetermined("the run is read-only, and the case has to write")
	}
}

// settle waits before a read until what the case wrote last has had its time to show, as
// the target's file says. What is read beside the contract waits as well: another API may show
// the same. That time is no part of the case's own.
func (c *caseRun) settle(ctx context.Context, op *contract.Operation, method string) {
	if !reading(op, method) {
		return
	}
	c.untilShown(ctx)
}

// untilShown waits until what the case wrote last shows.
func (c *caseRun) untilShown(ctx context.Context) {
	if c.shown.IsZero() {
		return
	}
	timer := time.NewTimer(time.Until(c.shown))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
	c.shown = time.Time{}
}

// reading says whether a request of the operation, nil for one beside the contract, changes nothing.
func reading(op *contract.Operation, method string) bool {
	if op != nil {
		return op.Reads()
	}
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// wrote notes when a write of the case will show.
func (c *caseRun) wrote(exchange *client.Exchange) {
	op, id := exchange.Operation, ""
	if !exchange.Sent || reading(op, exchange.Method) {
		return
	}
	if op != nil { // what is sent beside the contract shows as late as the rest
		id = op.ID
	}
	if wait := c.session.target.Settle.After(id); wait > 0 {
		if shown := time.Now().Add(wait); shown.After(c.shown) {
			c.shown = shown
		}
	}
}

// enoughSilence is how many exchanges in a row may get no answer until the target is
// given up.
const enoughSilence = 20

// gone is why nothing more is sent to a target that was there and is not any more.
const gone = "not run: the target went away in the middle of the run; start it, and run again"

// heard counts the exchanges that nothing came back from.
func (s *session) heard(exchange *client.Exchange) {
	if exchange.Err != nil && exchange.Sent {
		s.silent.Add(1)
		return
	}
	if exchange.Err == nil {
		s.silent.Store(0)
	}
}

// away says whether the target has gone, or its worlds have.
func (s *session) away() bool { return s.silent.Load() >= enoughSilence || s.noWorlds.Load() != nil }

// tolerated says whether an answer means "not now", so that nobody judges it.
func (s *session) tolerated(exchange *client.Exchange) bool {
	return slices.Contains(s.target.Tolerate, exchange.Status)
}
