package engine

import (
	"net/http"

	"rollcall/mockserver/behavior"
)

// outdated refuses a write to a record that is no longer what the caller has seen. It looks
// inside the transaction, so that nobody comes in between. Where nothing reads the record,
// or there is none, the operation itself has to say what is wrong.
func (r *run) outdated() *behavior.Refusal {
	if r.Unchanged == nil {
		return nil
	}
	for _, o := range r.plan.Contract.Operations {
		if o.Method != http.MethodGet || o.Path != r.Operation.Contract.Path {
			continue
		}
		read := *r
		read.Operation, _ = r.plan.Operation(o.ID)
		read.call.Operation = o
		read.call.Host, read.call.Scratch = &read, nil
		now, ref := read.verb()
		if ref != nil || r.Unchanged(read.Operation, now) {
			return nil
		}
		return &behavior.Refusal{Status: http.StatusPreconditionFailed, In: "header", Pointer: "/If-Match",
			Message: "the record has changed since", Hint: "read it again, and send the ETag that it has then"}
	}
	return nil
}
