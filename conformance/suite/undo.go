package suite

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"rollcall/conformance/client"
)

// undoCall is a call that takes back what a case has made, as data: another
// process can make it too. It holds no credential; its persona has one.
type undoCall struct {
	Operation string            `json:"operation"`
	Persona   string            `json:"persona"`
	Path      map[string]string `json:"path,omitempty"`
	Query     url.Values        `json:"query,omitempty"`
	Header    http.Header       `json:"header,omitempty"`
	Body      string            `json:"body,omitempty"`
}

// undoStep is one way back. It tells whether it got there.
type undoStep struct {
	id  string // in the ledger file
	of  *sent  // what made it, nil when that is not known
	run func(ctx context.Context) bool

	keeps bool // what was made stays there, put right or switched off
}

// Track remembers what takes back something that the case has made. The runner
// calls them after the case, the last one first, whatever the verdict; what
// happens in them decides nothing. A run that is killed can't be swept of it: use
// TrackCall where one call of the contract will do.
func (env *Env) Track(undo func(ctx context.Context)) {
	env.run.track(nil, undoStep{run: func(ctx context.Context) bool { undo(ctx); return true }})
}

// TrackCall is Track for a call of one operation as the present caller. With the
// options it is written into the run's ledger, so that it can still be made when
// the run was killed; a credential in the options is not. The case must have made
// what the path names: its last value has to stand in the answer to a write.
func (env *Env) TrackCall(operation string, options ...client.Option) {
	op, ok := env.Contract().Operation(operation)
	request := client.NewRequest(op, options...)
	if !ok || request.Method+request.Path+request.Base != "" {
		panic(fmt.Sprintf("TrackCall: %q with these options is no call of an operation of %s: use Track",
			operation, env.Contract().Name))
	}
	made := env.run.made(lastPlaceholder(op.Path), request.PathValues)
	if made == nil {
		panic(fmt.Sprintf("TrackCall: %s would change what the case has not made: no answer to a write names %v",
			operation, request.PathValues))
	}
	undo := &undoCall{
		Operation: operation, Persona: env.persona,
		Path: request.PathValues, Query: request.Query, Header: request.Header, Body: string(request.Body),
	}
	env.run.track(undo, undoStep{
		of: made, keeps: op.Method == http.MethodPatch || op.Method == http.MethodPut,
		run: func(ctx context.Context) bool { return undo.call(ctx, env) },
	})
}

// call makes the call and says whether what it is about is gone or put back.
func (u *undoCall) call(ctx context.Context, env *Env) bool {
	exchange := env.As(u.Persona).Call(ctx, u.Operation, u.option)
	return exchange.Success() || exchange.Status == http.StatusNotFound || exchange.Status == http.StatusGone
}

func (u *undoCall) option(r *client.Request) {
	maps.Copy(r.PathValues, u.Path)
	maps.Copy(r.Query, u.Query)
	maps.Copy(r.Header, u.Header)
	if u.Body != "" {
		r.Body = []byte(u.Body)
	}
}

// String names the call as a reader of a console would.
func (u *undoCall) String() string {
	var values []string
	for _, name := range slices.Sorted(maps.Keys(u.Path)) {
		values = append(values, name+"="+u.Path[name])
	}
	return fmt.Sprintf("%s(%s) as %s", u.Operation, strings.Join(values, ", "), u.Persona)
}

// track notes a way back, first on disk.
func (c *caseRun) track(call *undoCall, step undoStep) {
	of := ""
	if step.of != nil {
		of = step.of.id
	}
	step.id = c.note(entry{Event: "undo", Case: c.id, Title: c.title(), Of: of, Keeps: step.keeps, Call: call})
	c.undo = append(c.undo, step)
}
