package suite

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
)

// Read looks at a piece of the target's state and returns it as JSON.
type Read func(ctx context.Context) []byte

// ExpectRefused fails the case unless the answer is the refusal that the
// requirement asks for. Use ExpectRefusedUnchanged where a write was refused.
func (env *Env) ExpectRefused(exchange *client.Exchange) {
	env.Expect(exchange).To(match.Refuse(env.Requirement(), env.Strict()))
	env.tellsNothing(exchange)
}

// tellsNothing fails the case where who is not let in is told a word that the case made up for
// a record, and that the request does not hold: such a refusal hands out what it refuses.
func (env *Env) tellsNothing(refusal *client.Exchange) {
	if refusal.Status != http.StatusUnauthorized && refusal.Status != http.StatusForbidden {
		return
	}
	said := env.run.madeUpIn(asked(refusal))
	for word := range env.run.madeUpIn(string(refusal.Body)) {
		if !said[word] {
			env.run.subject = refusal
			env.Fail("refused with %d, and yet the answer holds %q of a record that the caller may not see:\n%s",
				refusal.Status, word, match.Show(refusal))
		}
	}
}

// ExpectAnswer fails the case unless the answer has the status that the
// requirement asks for, or any 2xx when it asks for none.
func (env *Env) ExpectAnswer(exchange *client.Exchange) {
	env.Expect(exchange).To(match.Answer(env.Requirement(), env.Strict()))
}

// ExpectRefusedUnchanged reads the state, calls, expects the refusal that the
// requirement asks for, and reads again: a refused write that was written anyway
// fails, naming what changed. It returns the refusal.
func (env *Env) ExpectRefusedUnchanged(ctx context.Context, call func() *client.Exchange, reads ...Read) *client.Exchange {
	return env.ExpectEachRefusedUnchanged(ctx, []func() *client.Exchange{call}, reads...)[0]
}

// ExpectEachRefusedUnchanged is ExpectRefusedUnchanged of several calls, which go abreast: see
// Abreast for what they may do. It returns the refusals in the order of the calls.
func (env *Env) ExpectEachRefusedUnchanged(
	ctx context.Context, calls []func() *client.Exchange, reads ...Read,
) []*client.Exchange {
	before := env.States(ctx, reads)
	refusals, pieces := make([]*client.Exchange, len(calls)), make([]func(), len(calls))
	for i, call := range calls {
		pieces[i] = func() { refusals[i] = call() }
	}
	env.Abreast(pieces...)
	for _, refusal := range refusals {
		env.ExpectRefused(refusal)
	}
	if changed := env.Differs(before, env.States(ctx, reads)); changed != "" {
		env.run.subject = refusals[len(refusals)-1]
		env.Fail("refused with %d but written:\n%s", env.run.subject.Status, changed)
	}
	return refusals
}

// StateOf returns a Read of an operation's answer, status and body, for
// ExpectRefusedUnchanged. The answer may be a refusal too: then its status is the
// state, for bodies of refusals may hold times and trace ids. Of the body it returns what
// the document names and does not change by itself: a service may count its readers. Where the document
// gives the answer of what is no read no shape, it is the status: what else comes, such as a token of a session, was
// made for this very answer.
func (env *Env) StateOf(operation string, options ...client.Option) Read {
	return func(ctx context.Context) []byte {
		exchange := env.Call(ctx, operation, options...)
		if !exchange.Success() || madeForOne(exchange) {
			return fmt.Appendf(nil, `{"status":%d}`, exchange.Status)
		}
		body := json.RawMessage(env.Settled(exchange))
		if !json.Valid(body) {
			body, _ = json.Marshal(string(exchange.Body)) // a string always marshals
		}
		state, _ := json.Marshal(map[string]any{"status": exchange.Status, "body": body})
		return state
	}
}

// madeForOne says whether nothing is known of an answer's body but that somebody asked with a method that may write.
func madeForOne(exchange *client.Exchange) bool {
	op := exchange.Operation
	return op != nil && exchange.Method != http.MethodGet && (op.Success() == nil || op.Success().Schema == nil)
}

// Settled returns of an answer's body what the document names of it, without the members
// that the contract's package calls volatile: what two answers about the same state have in common.
func (env *Env) Settled(exchange *client.Exchange) []byte { return env.settled(exchange.Known()) }

// SettledFree is Settled with the objects of which the document names no member.
func (env *Env) SettledFree(exchange *client.Exchange) []byte {
	if response, ok := exchange.Operation.Response(exchange.Status); ok {
		return env.settled(response.Schema.Known(exchange.Body))
	}
	return env.Settled(exchange)
}

func (env *Env) settled(known []byte) []byte {
	volatile := env.run.session.api.Volatile
	decoder := json.NewDecoder(bytes.NewReader(known))
	decoder.UseNumber()
	var value any
	if len(volatile) == 0 || decoder.Decode(&value) != nil {
		return known
	}
	leaveOut(value, volatile)
	settled, _ := json.Marshal(value) // decoded JSON always encodes
	return settled
}

func leaveOut(value any, names []string) {
	switch v := value.(type) {
	case map[string]any:
		for _, name := range names {
			delete(v, name)
		}
		for _, member := range v {
			leaveOut(member, names)
		}
	case []any:
		for _, item := range v {
			leaveOut(item, names)
		}
	}
}
