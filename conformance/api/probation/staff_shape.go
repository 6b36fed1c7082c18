package probation

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// staffShapeCases are those about what a person's record has and lacks.
func staffShapeCases() []suite.Case {
	return slices.Concat(
		perLookup("PRO-STAFF-06", "username, email and telephone are shown",
			func(_ context.Context, env *suite.Env, found *client.Exchange) {
				for _, member := range contacts() {
					env.Expect(found).To(match.Member(member, text()))
				}
			}),
		kit.One("PRO-STAFF-18", "an unallocated person is found", func(ctx context.Context, env *suite.Env) {
			found := env.Call(ctx, "findStaffByCode", ask("findStaffByCode", env.Given("unallocatedStaffCode")))
			env.ExpectAnswer(found)
			env.Expect(found).To(match.Member("code", env.Given("unallocatedStaffCode")))
		}),
		unallocatedCases(),
		withoutCases(),
	)
}

// contacts are the members that say how to reach a person.
func contacts() []string { return []string{"username", "email", "telephoneNumber"} }

func unallocatedCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-STAFF-19", "unallocated by code", func(ctx context.Context, env *suite.Env) {
			env.Expect(unallocatedPerson(ctx, env)).To(match.Member("unallocated", true))
		}),
		kit.One("PRO-STAFF-19", "unallocated by id", func(ctx context.Context, env *suite.Env) {
			id := unallocatedPerson(ctx, env).Text("id")
			env.Expect(env.Must(ctx, "findStaff_1", ask("findStaff_1", id))).To(match.Member("unallocated", true))
		}),
		perLookup("PRO-STAFF-20", "the person is not unallocated",
			func(_ context.Context, env *suite.Env, found *client.Exchange) {
				if strings.HasSuffix(found.Text("code"), "U") {
					env.Undetermined("the person's code %q ends in U: give another", found.Text("code"))
				}
				env.Expect(found).To(match.Member("unallocated", false))
			}),
		kit.One("PRO-STAFF-20", "nobody whose code ends otherwise is unallocated", func(ctx context.Context, env *suite.Env) {
			names := append(subjects()["findStaffByCode"].givens, "userlessStaffCode", "innerUStaffCode")
			for _, name := range names {
				if env.Has("given:"+name) && !strings.HasSuffix(env.Given(name), "U") {
					env.Expect(byCode(ctx, env, env.Given(name))).To(match.Member("unallocated", false))
				}
			}
		}),
	)
}

func unallocatedPerson(ctx context.Context, env *suite.Env) *client.Exchange {
	code := env.Given("unallocatedStaffCode")
	if !strings.HasSuffix(code, "U") {
		env.Undetermined("given:unallocatedStaffCode is %q, which does not end in U", code)
	}
	return byCode(ctx, env, code)
}

func withoutCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-STAFF-21", "a person without a user can't be reached", func(ctx context.Context, env *suite.Env) {
			found := byCode(ctx, env, env.Given("unallocatedStaffCode"))
			for _, member := range contacts() {
				env.Expect(found).To(match.Absent(member))
			}
		}),
		kit.One("PRO-STAFF-22", "a user without an entry has a name only", func(ctx context.Context, env *suite.Env) {
			found := byCode(ctx, env, env.Given("entrylessStaffCode"))
			env.Expect(found).To(match.Member("username", text()))
			env.Expect(found).To(match.Absent("email"))
			env.Expect(found).To(match.Absent("telephoneNumber"))
		}),
		kit.One("PRO-STAFF-23", "no middle name is no member", func(ctx context.Context, env *suite.Env) {
			found := byCode(ctx, env, env.Given("oneForenameStaffCode"))
			env.Expect(found).To(match.Member("name.forename", text()))
			env.Expect(found).To(match.Member("name.surname", text()))
			env.Expect(found).To(match.Absent("name.middleName"))
		}),
		kit.One("PRO-STAFF-23", "a middle name is a member", func(ctx context.Context, env *suite.Env) {
			if env.Has("given:middleNameStaffCode") {
				found := byCode(ctx, env, env.Given("middleNameStaffCode"))
				env.Expect(found).To(match.Member("name.middleName", text()))
				env.Expect(found.Text("name.middleName")).ToNot(gomega.Equal(found.Text("name.forename")), "the middle name")
			}
		}),
		kit.One("PRO-STAFF-24", "no team is an empty array", func(ctx context.Context, env *suite.Env) {
			env.Expect(byCode(ctx, env, env.Given("teamlessStaffCode"))).To(match.Member("teams", gomega.Equal([]any{})))
		}),
	)
}
