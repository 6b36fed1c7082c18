package check

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// deviation is one way in which a request breaks the document.
type deviation struct {
	place, keyword string
	option         client.Option
}

// negative is negative_data_rejection: a valid request broken in one place at a
// time. All are sent before the verdict, so that the reason names each that got
// through; the state must be as before, and the unbroken request must succeed.
func negative(ctx context.Context, env *suite.Env, op *contract.Operation) {
	valid := env.Sample(ctx, op.ID)
	broken := deviations(op, valid)
	if len(broken) == 0 {
		env.Undetermined("the sample request offers nothing to break")
	}
	reads := state(env, op, valid)
	before := readAll(ctx, reads)
	wrong := &through{allowed: refusals(op, env.Requirement().Expect, env.Strict())}
	for i := range broken {
		exchange := env.Call(ctx, op.ID, with(valid, broken[i].option)...)
		wrong.look(broken[i], exchange)
		if exchange.Success() && op.Method != "GET" { // it has used up the sample
			valid = env.Sample(ctx, op.ID)
			broken = sameLength(broken, deviations(op, valid))
		}
	}
	if len(wrong.texts) > 0 {
		env.Expect(wrong.first).To(match.Status(wrong.allowed...), "%d of %d broken requests were not refused as broken:\n%s",
			len(wrong.texts), len(broken), strings.Join(wrong.texts, "\n"))
	}
	for i, after := range readAll(ctx, reads) {
		if changed := match.Differences(before[i], after); len(changed) > 0 {
			env.Fail("every broken request was refused, but something was written: %s changed", strings.Join(changed, ", "))
		}
	}
	control(ctx, env, op, valid)
}

// through collects what was not refused as it should be.
type through struct {
	allowed []int
	texts   []string
	first   *client.Exchange
}

func (t *through) look(broken deviation, exchange *client.Exchange) {
	if slices.Contains(t.allowed, exchange.Status) {
		return
	}
	if t.first == nil {
		t.first = exchange
	}
	t.texts = append(t.texts, fmt.Sprintf("%s breaks %s: %d", broken.place, broken.keyword, exchange.Status))
}

// refusals are the statuses that refuse a broken request. The document does not
// say which of its own refusals answers which fault, so that a strict reading
// takes each of them that is one of the requirement's. But 404 says that nothing
// is there: it refuses a broken path only where the document has nothing better.
func refusals(op *contract.Operation, expect contract.Expect, strict bool) []int {
	if !strict {
		return expect.Accept
	}
	_, better := op.Response(expect.Status)
	allowed := []int{expect.Status}
	for _, status := range expect.Accept {
		_, documented := op.Response(status)
		if documented && status != expect.Status && !(better && status == http.StatusNotFound) {
			allowed = append(allowed, status)
		}
	}
	return allowed
}

// deviations lists every way to break the request: body first, then parameters.
func deviations(op *contract.Operation, valid []client.Option) []deviation {
	var found []deviation
	if op.Body != nil {
		for _, mutation := range Mutations(op.Body.Schema, client.NewRequest(op, valid...).Body) {
			place := mutation.Pointer
			if place == "" {
				place = "the body"
			}
			found = append(found, deviation{place, mutation.Keyword, client.Raw(mutation.Body, op.Body.MediaType)})
		}
		if op.Body.Required {
			found = append(found, deviation{"the body", "required", client.NoBody()})
		}
	}
	for _, parameter := range op.Parameters {
		found = append(found, parameterDeviations(parameter)...)
	}
	return found
}

// sameLength returns the fresh list, or the old one where a second sample offers
// another number of places to break.
func sameLength(old, fresh []deviation) []deviation {
	if len(old) == len(fresh) {
		return fresh
	}
	return old
}

func readAll(ctx context.Context, reads []suite.Read) [][]byte {
	states := make([][]byte, len(reads))
	for i, read := range reads {
		states[i] = read(ctx)
	}
	return states
}
