package volunteers

import (
	"context"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func missingCases() []suite.Case {
	return slices.Concat(
		each("VOL-GEN-10", "nothing is found below an unknown user", belowUser,
			func(ctx context.Context, env *suite.Env, r resource) {
				misplaced(ctx, env, r, func(operation string) bool { return true }, client.Path("userId", unknownID(env, 0)))
			}),
		each("VOL-GEN-11", "an unknown record is not found", recordKind, func(ctx context.Context, env *suite.Env, r resource) {
			misplaced(ctx, env, r, r.ofRecord, client.Path(r.ID, unknownID(env, 0)))
		}),
		each("VOL-GEN-12", "a record of another user is not found", recordKind,
			func(ctx context.Context, env *suite.Env, r resource) {
				other := makeUser(ctx, env)
				misplaced(ctx, env, r, r.ofRecord, of(other))
			}),
		each("VOL-GEN-25", "a record is that of the user in the path", recordOrParent, ofTheUser),
		each("VOL-GEN-13", "a user that is no number is not found", all, func(ctx context.Context, env *suite.Env, r resource) {
			misplaced(ctx, env, r, func(operation string) bool {
				return operation != "listUsers" && operation != "createUser"
			}, client.Path("userId", "abc"))
		}),
		each("VOL-GEN-13", "a record that is no number is not found", recordOrParent,
			func(ctx context.Context, env *suite.Env, r resource) {
				misplaced(ctx, env, r, r.ofRecord, client.Path(r.ID, "abc"))
			}),
		deleteCases(),
	)
}

func recordOrParent(r resource) bool { return r.ID != "" && r.Name != "user" }

// ofRecord says whether an operation's path names a single record.
func (r resource) ofRecord(operation string) bool {
	return operation == r.Gets || operation == r.Updates || operation == r.Removes || r.parent != nil
}

// misplaced sends each call to the wrong place, which is to be refused with the
// records left alone, and then to the right one, where it succeeds.
func misplaced(ctx context.Context, env *suite.Env, r resource, about func(string) bool, wrong client.Option) {
	s := r.stand(ctx, env)
	tried := 0
	for _, one := range s.calls(ctx, env, s.Operations()) {
		if !about(one.Operation) {
			continue
		}
		tried++
		one.Refused(ctx, env, env, wrong)
	}
	if tried == 0 {
		env.Undetermined("no operation was tried")
	}
}

// ofTheUser calls what names a single record through the path of another user: whatever the
// status, the record is not shown there and stays as it was. Where identifiers count per
// user, the other user's list has that identifier too, and the answer may be about theirs.
func ofTheUser(ctx context.Context, env *suite.Env, r resource) {
	other := makeUser(ctx, env)
	s := r.stand(ctx, env)
	var theirs []string
	if r.Lists != "" {
		theirs = env.Must(ctx, r.Lists, of(other)).Texts("data.#.id")
	}
	for _, one := range s.calls(ctx, env, s.Operations()) {
		switch {
		case !s.ofRecord(one.Operation):
			continue
		case one.Operation == r.Gets:
			answer := one.By(ctx, env, of(other))
			if answer.Success() && r.IDOf(answer) == s.record && !slices.Contains(theirs, s.record) {
				env.Fail("%s of %s shows the record of another user through this user's path\n%s",
					one.Operation, r.Name, match.Show(answer))
			}
		default:
			kit.Unchanged(ctx, env, one.Operation+" through another user's path", func() { one.By(ctx, env, of(other)) },
				one.Reads...)
		}
		if control := one.By(ctx, env); !control.Success() {
			env.Undetermined("%s is refused through the right path as well, so that nothing is shown\n%s",
				one.Operation, match.Show(control))
		}
	}
}

// deleteCases try what no document offers on things of the case's own.
func deleteCases() []suite.Case {
	var cases []suite.Case
	for _, kind := range []func() resource{users, phones, notes, touchpoints} {
		r := kind()
		cases = append(cases, suite.Case{
			Requirement: "VOL-GEN-22", Title: r.Name + ": it cannot be deleted, or is gone",
			Check: func(ctx context.Context, env *suite.Env) {
				s := r.stand(ctx, env)
				before := env.Must(ctx, r.Gets, s.at()...)
				reads := env.StateOf(r.Gets, s.at()...)
				was := env.ReadAll(ctx, []suite.Read{reads})
				answer := env.Call(ctx, r.Gets, kit.Also(s.at(), client.Method("DELETE"))...)
				after := env.Call(ctx, r.Gets, s.at()...)
				if answer.Success() { // an operation besides those of the document
					env.Expect(after).To(kit.Refusal(), "what was deleted is gone")
					return
				}
				env.ExpectRefused(answer)
				env.Expect(env.ReadAll(ctx, []suite.Read{reads})).To(gomega.Equal(was), "what was refused changes nothing")
				env.Expect(after).To(match.Status(before.Status), "it can still be read")
				env.Expect(r.IDOf(after)).To(gomega.Equal(s.record))
			},
		})
	}
	return cases
}
