package volunteers

import (
	"context"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func missingCases() []suite.Case {
	return slices.Concat(
		each("VOL-GEN-10", "nothing is found below an unknown user", belowUser, func(ctx context.Context, env *suite.Env, r resource) {
			misplaced(ctx, env, r, func(operation string) bool { return true }, client.Path("userId", unknownID))
		}),
		each("VOL-GEN-11", "an unknown record is not found", recordKind, func(ctx context.Context, env *suite.Env, r resource) {
			misplaced(ctx, env, r, r.ofRecord, client.Path(r.param, unknownID))
		}),
		each("VOL-GEN-12", "a record of another user is not found", recordKind, func(ctx context.Context, env *suite.Env, r resource) {
			other := makeUser(ctx, env)
			misplaced(ctx, env, r, r.ofRecord, of(other))
		}),
		each("VOL-GEN-13", "a user that is no number is not found", all, func(ctx context.Context, env *suite.Env, r resource) {
			misplaced(ctx, env, r, func(operation string) bool {
				return operation != "listUsers" && operation != "createUser"
			}, client.Path("userId", "abc"))
		}),
		each("VOL-GEN-13", "a record that is no number is not found", recordOrParent, func(ctx context.Context, env *suite.Env, r resource) {
			misplaced(ctx, env, r, r.ofRecord, client.Path(r.param, "abc"))
		}),
		deleteCases(),
	)
}

func recordOrParent(r resource) bool { return r.param != "" && r.name != "user" }

// ofRecord says whether an operation's path names a single record.
func (r resource) ofRecord(operation string) bool {
	return operation == r.get || operation == r.update || operation == r.remove || r.parent != nil
}

// misplaced sends each call to the wrong place, which is to be refused with the
// records left alone, and then to the right one, where it succeeds.
func misplaced(ctx context.Context, env *suite.Env, r resource, about func(string) bool, wrong client.Option) {
	s := r.stand(ctx, env)
	tried := 0
	for _, one := range s.calls(ctx, env) {
		if !about(one.operation) {
			continue
		}
		tried++
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return env.Call(ctx, one.operation, with(one.options, wrong)...)
		}, s.reads(env)...)
		env.Must(ctx, one.operation, one.options...)
	}
	if tried == 0 {
		env.Undetermined("no operation was tried")
	}
}

// deleteCases try what no document offers on things of the case's own.
func deleteCases() []suite.Case {
	var cases []suite.Case
	for _, kind := range []func() resource{users, phones, notes, touchpoints} {
		r := kind()
		cases = append(cases, suite.Case{
			Requirement: "VOL-GEN-22", Title: r.name + ": it cannot be deleted",
			Check: func(ctx context.Context, env *suite.Env) {
				s := r.stand(ctx, env)
				before := env.Must(ctx, r.get, s.at()...)
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
					return env.Call(ctx, r.get, with(s.at(), client.Method("DELETE"))...)
				}, env.Reading(r.get, s.at()...))
				after := env.Call(ctx, r.get, s.at()...)
				env.Expect(after).To(match.Status(before.Status), "it can still be read")
				env.Expect(after.Text(r.root + "id")).To(gomega.Equal(s.record))
			},
		})
	}
	return cases
}
