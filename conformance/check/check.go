// Package check holds the cases that an operation owes by its contract alone,
// under the names the field gives them. It knows no contract in particular: what
// a valid request is, the contract's package says in its samples.
//
// It is an API for authors of contracts, and may change with any version.
package check

import (
	"context"
	"fmt"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// part is one case of a check before it is bound to an operation.
type part struct {
	title string
	check func(ctx context.Context, env *suite.Env, op *contract.Operation)
}

// Cases returns the cases of every derived requirement of the contract that is
// not excused, in the contract's order. An excuse is for a requirement, or with
// ": " and a case's title for that case alone. An operation that needs a sample and has
// none gets one case that says so. It panics over a requirement whose check it
// does not know: loader and checks are built together.
func Cases(c *contract.Contract, samples map[string]suite.Sample, excuses map[string]string) []suite.Case {
	var cases []suite.Case
	for _, requirement := range c.Requirements {
		if requirement.Check == "" || excuses[requirement.ID] != "" {
			continue
		}
		op, ok := c.Operation(requirement.Operations[0])
		if !ok {
			panic(fmt.Sprintf("check: %s names no operation of %s", requirement.ID, c.Name))
		}
		found := parts(requirement, op)
		if samples[op.ID] == nil && suite.NeedsSample(op) {
			found = []part{{"a sample request is missing", unsampled}}
		}
		for _, p := range found {
			if excuses[requirement.ID+": "+p.title] != "" {
				continue
			}
			cases = append(cases, suite.Case{
				Requirement: requirement.ID,
				Title:       p.title,
				Check:       func(ctx context.Context, env *suite.Env) { p.check(ctx, env, op) },
			})
		}
	}
	return cases
}

func unsampled(_ context.Context, env *suite.Env, op *contract.Operation) {
	env.Undetermined("conformance/api/%s has no sample request for %s: add one", env.Contract().Name, op.ID)
}

func parts(requirement *contract.Requirement, op *contract.Operation) []part {
	switch requirement.Check {
	case contract.CheckResponseSchema, contract.CheckStatusCode, contract.CheckContentType:
		return []part{{"answers to good and bad requests keep the document", answersKept}}
	case contract.CheckPositive:
		return positive(op, requirement.Level)
	case contract.CheckAuth:
		return []part{
			{"a call without a credential is refused", withoutCredential},
			{"a call with a made-up credential is refused", withMadeUpCredential},
			{"a call with half a credential, or an unsigned one, is refused", withUnreadCredential},
		}
	case contract.CheckNegative:
		title := "each request that breaks the document in one place is refused"
		if op.Body != nil && op.Body.Schema != nil {
			if all := len(op.Body.Schema.Every()); all > mostMembers(all) {
				title += fmt.Sprintf("; of its %d members, %d are broken", all, mostMembers(all))
			}
		}
		return []part{{title, negative}}
	case contract.CheckMethod:
		return []part{{"methods that the path does not have are refused", unsupported}}
	case contract.CheckNeighbours:
		return []part{{"another record is as it was", neighbours}}
	case contract.CheckDistinct:
		return []part{{"two records are told apart", distinct}}
	case contract.CheckGone:
		return []part{{"what was deleted is gone", gone}}
	}
	panic(fmt.Sprintf("check: no check is called %q", requirement.Check))
}

// control sends the request as it should be and ends the case as undetermined
// when that is refused as well: then the refusals before it prove nothing.
func control(ctx context.Context, env *suite.Env, op *contract.Operation, valid []client.Option) {
	exchange := env.Call(ctx, op.ID, valid...)
	if !exchange.Success() {
		env.Undetermined("the valid request is refused as well, so that the refusals prove nothing\n%s", match.Show(exchange))
	}
}

// state returns reads of what a write to the operation's path would change: the
// resource itself, and a whole collection only where nobody else writes to it.
func state(env *suite.Env, op *contract.Operation, valid []client.Option) []suite.Read {
	if op.Method == "GET" {
		return nil
	}
	for _, other := range env.Contract().Operations {
		own := other.Path[len(other.Path)-1] == '}'
		if other.Method == "GET" && other.Path == op.Path && (own || env.Has("worlds")) {
			return []suite.Read{env.StateOf(other.ID, samePath(valid))}
		}
	}
	return nil
}

// samePath fills the path as the other request does, and takes nothing else over.
func samePath(options []client.Option) client.Option {
	values := client.NewRequest(nil, options...).PathValues
	return func(r *client.Request) {
		for name, value := range values {
			r.PathValues[name] = value
		}
	}
}

// with returns the options and more, leaving the options alone.
func with(options []client.Option, more ...client.Option) []client.Option {
	return append(options[:len(options):len(options)], more...)
}
