package check

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// unsupported is unsupported_method: what no operation of this path answers to
// is refused, and not done all the same.
func unsupported(ctx context.Context, env *suite.Env, op *contract.Operation) {
	aliasesActOrNot(ctx, env, op)
	methods := missing(env, op)
	if len(methods) == 0 {
		env.NotApplicable("the path has every method")
	}
	valid, others := env.Sample(ctx, op.ID), 0
	reads := reachable(env, op, valid)
	var besides []suite.Read
	if scene := env.Scene(op.ID); scene != nil && len(reads) == 0 { // nothing on its own path shows what was done
		besides = scene(ctx, env).Untouched
		reads = besides
	}
	before := env.ReadAll(ctx, reads)
	for _, method := range methods {
		options := with(valid, client.Method(method))
		if method == http.MethodGet || method == http.MethodDelete {
			options = append(options, client.NoBody())
		}
		answer := env.Call(ctx, op.ID, options...)
		switch {
		case answer.Status == http.StatusNotImplemented: // RFC 9110, 15.6.2: the server does not know the method
		case isOperation(ctx, env, op, answer, options), retires(ctx, env, answer, before, reads):
			others++
			valid = env.Sample(ctx, op.ID)
			reads = append(reachable(env, op, valid), besides...)
			before = env.ReadAll(ctx, reads)
		default:
			env.ExpectRefused(answer)
			unchanged(ctx, env, answer, before, reads)
		}
	}
	if others == len(methods) {
		env.NotApplicable("the target has operations of its own for all other methods of the path")
	}
	control(ctx, env, op, valid)
}

// aliasesActOrNot calls the operation by the methods by which the documents leave it open
// whether it is served as well: who refuses one does nothing.
func aliasesActOrNot(ctx context.Context, env *suite.Env, op *contract.Operation) {
	for _, method := range op.OtherMethods {
		if method == env.Method(op) {
			continue
		}
		valid := env.Sample(ctx, op.ID)
		reads := reachable(env, op, valid)
		before := env.ReadAll(ctx, reads)
		if answer := env.Call(ctx, op.ID, with(valid, client.Method(method))...); !answer.Success() {
			unchanged(ctx, env, answer, before, reads)
		}
	}
}

// reachable returns reads of what a call of any method to the operation's path could change:
// the record that the path names or is below, and a whole list only where nobody else
// writes to it.
func reachable(env *suite.Env, op *contract.Operation, valid []client.Option) (reads []suite.Read) {
	for _, other := range env.Contract().Operations {
		on := other.Path == op.Path || strings.HasPrefix(op.Path, other.Path+"/")
		if other.Method == http.MethodGet && on && (strings.HasSuffix(other.Path, "}") || env.Has("worlds")) && !asks(other) {
			reads = append(reads, env.StateOf(other.ID, samePath(valid)))
		}
	}
	return reads
}

// asks says whether an operation can't be called without a query.
func asks(op *contract.Operation) bool {
	return slices.ContainsFunc(op.Parameters, func(p *contract.Parameter) bool { return p.In == "query" && p.Required })
}

// unchanged expects of the reads what they showed before a call that was refused.
func unchanged(ctx context.Context, env *suite.Env, refused *client.Exchange, before [][]byte, reads []suite.Read) {
	for i, after := range env.ReadAll(ctx, reads) {
		if changed := match.Differences(match.Unordered(before[i]), match.Unordered(after)); len(changed) > 0 {
			if movesByItself(ctx, refused, after, reads[i]) {
				env.Undetermined("the data moves by itself, so that nothing can be compared\n%s\n%s", before[i], after)
			}
			env.Fail("refused with %d but done all the same: %s changed\nbefore: %s\nafter:  %s\n%s", refused.Status,
				strings.Join(changed, ", "), before[i], after, match.Show(refused))
		}
	}
}

// movesByItself says whether a read shows something else once more, although nothing was called: it looks after a time in
// which data that has moved during the call is likely to move again.
func movesByItself(ctx context.Context, refused *client.Exchange, shown []byte, read suite.Read) bool {
	const times, most = 20, 2 * time.Second // of the time that the call and the look behind it took
	select {
	case <-ctx.Done():
		return false
	case <-time.After(min(times*time.Since(refused.Started), most)):
	}
	return len(match.Differences(match.Unordered(shown), match.Unordered(read(ctx)))) > 0
}

// isOperation says whether the answer is that of an operation which the target has besides
// those of the document, as no document forbids: it reads the record that the path names, or
// has deleted it, so that it is not there a second time.
func isOperation(
	ctx context.Context, env *suite.Env, op *contract.Operation, answer *client.Exchange, asked []client.Option,
) bool {
	id := client.NewRequest(op, asked...).PathValues[lastParameter(op.Path)]
	if !answer.Success() || id == "" {
		return false
	}
	switch answer.Method {
	case http.MethodGet:
		return idOf(answer.Body) == id
	case http.MethodDelete:
		again := env.Call(ctx, op.ID, asked...)
		return again.Status == http.StatusNotFound || again.Status == http.StatusGone
	}
	return false
}

// retires says whether a DELETE has taken something out of use that is still shown: an operation, too.
func retires(ctx context.Context, env *suite.Env, answer *client.Exchange, before [][]byte, reads []suite.Read) bool {
	return answer.Method == http.MethodDelete && answer.Success() &&
		!slices.EqualFunc(before, env.ReadAll(ctx, reads), bytes.Equal)
}

// missing lists the methods that no operation has whose path could be the same.
func missing(env *suite.Env, op *contract.Operation) []string {
	taken := map[string]bool{}
	for _, other := range env.Contract().Operations {
		if overlap(op.Path, other.Path) {
			taken[env.Method(other)], taken[other.Method] = true, true // the target may give it another than the document
			for _, method := range other.OtherMethods {                // an alias that no document excludes
				taken[method] = true
			}
		}
	}
	var methods []string
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		if !taken[method] {
			methods = append(methods, method)
		}
	}
	return methods
}

// overlap says whether one path can match both templates.
func overlap(a, b string) bool {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	if len(as) != len(bs) {
		return false
	}
	for i := range as {
		if as[i] != bs[i] && !strings.Contains(as[i], "{") && !strings.Contains(bs[i], "{") {
			return false
		}
	}
	return true
}
