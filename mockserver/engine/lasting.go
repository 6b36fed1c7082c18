package engine

import (
	"errors"
	"net/http"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// OutcomeHeader tells with "unknown" that a write which was refused may have been made: the
// store of the state was lost before it said so.
const OutcomeHeader = "Rollcall-Outcome"

// actLasting is act for a world whose changes are kept elsewhere: the transaction is run
// again, as if for the first time, when others were faster or the store had to be asked what
// became of it. Its closure is on the heap, which act spares all others.
func (r *run) actLasting() (answer behavior.Answer, ref *behavior.Refusal) {
	call, pending, said := r.call, r.pending, 0
	if r.Trace != nil {
		said = len(r.Trace.Steps)
	}
	err := r.State.Commit(func(tx *store.Tx) error {
		r.call, r.pending, r.writes = call, pending, nil
		if r.Trace != nil {
			r.Trace.Steps = r.Trace.Steps[:said]
		}
		answer, ref = r.transact(tx)
		return r.kept(ref)
	})
	var lost *store.Unavailable
	switch {
	case errors.As(err, &lost):
		r.pending = nil
		return behavior.Answer{}, Unavailable(lost)
	case err != nil:
		r.Trace.add("transaction", "dropped")
	}
	return answer, ref
}

// Unavailable is what a call is refused with whose state can't be kept, or can't be read as it
// is now.
func Unavailable(why *store.Unavailable) *behavior.Refusal {
	h := http.Header{"Retry-After": {"1"}}
	if why.Unknown {
		h.Set(OutcomeHeader, "unknown")
	}
	return &behavior.Refusal{Status: http.StatusServiceUnavailable, Message: why.Why, Hint: why.Why, Header: h}
}
