package suite

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
)

const shownState = 1 << 10

// Read looks at a piece of the target's state and returns it as JSON.
type Read func(ctx context.Context) []byte

// ExpectRefused fails the case unless the answer is the refusal that the
// requirement asks for. Use ExpectRefusedUnchanged where a write was refused.
func (env *Env) ExpectRefused(exchange *client.Exchange) {
	env.Expect(exchange).To(match.Refuse(env.Requirement(), env.Strict()))
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
	before := readAll(ctx, reads)
	exchange := call()
	env.ExpectRefused(exchange)
	for i, after := range readAll(ctx, reads) {
		if changed := match.Differences(before[i], after); len(changed) > 0 {
			env.run.subject = exchange
			env.Fail("refused with %d but written: %s changed\nbefore: %s\nafter:  %s",
				exchange.Status, pointers(changed), cut(string(before[i]), shownState), cut(string(after), shownState))
		}
	}
	return exchange
}

// Reading returns a Read of an operation's answer, status and body, for
// ExpectRefusedUnchanged. The answer may be a refusal too: then its status is the
// state, for bodies of refusals may hold times and trace ids. Of the body it returns what
// the document names: a service may count its readers.
func (env *Env) Reading(operation string, options ...client.Option) Read {
	return func(ctx context.Context) []byte {
		exchange := env.Call(ctx, operation, options...)
		if !exchange.Success() {
			return fmt.Appendf(nil, `{"status":%d}`, exchange.Status)
		}
		body := json.RawMessage(exchange.Known())
		if !json.Valid(body) {
			body, _ = json.Marshal(string(exchange.Body)) // a string always marshals
		}
		state, _ := json.Marshal(map[string]any{"status": exchange.Status, "body": body})
		return state
	}
}

func readAll(ctx context.Context, reads []Read) [][]byte {
	states := make([][]byte, len(reads))
	for i, read := range reads {
		states[i] = read(ctx)
	}
	return states
}

func pointers(changed []string) string {
	const most = 5
	if len(changed) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(changed[:most], ", "), len(changed)-most)
	}
	return strings.Join(changed, ", ")
}
