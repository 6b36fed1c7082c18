package volunteers

import (
	"context"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// includedCases compare what is included in a user with the lists of the same.
func includedCases() []suite.Case {
	var cases []suite.Case
	for _, one := range []struct {
		value string
		kind  func() resource
	}{
		{"emailAddresses", emails}, {"phoneNumbers", phones}, {"addresses", addresses}, {"emergencyContacts", contacts},
	} {
		cases = append(cases, suite.Case{
			Requirement: "VOL-GET-09", Title: one.value + " are those of their own list",
			Check: func(ctx context.Context, env *suite.Env) {
				s := one.kind().stand(ctx, env) // with two records at least
				expectIncluded(ctx, env, s, one.value)
				if s.Removes != "" {
					env.Must(ctx, s.Removes, s.at()...)
				} else {
					env.Must(ctx, s.Updates, s.request(ctx, env, s.Updates)...)
				}
				expectIncluded(ctx, env, s, one.value)
			},
		})
	}
	return cases
}

// expectIncluded expects the same records, member by member, in any order.
func expectIncluded(ctx context.Context, env *suite.Env, s stand, value string) {
	list := everything(ctx, env, env.Must(ctx, s.Lists, s.at()...), s.Lists, s.at())
	user := env.Call(ctx, "getUser", client.Path("userId", s.user), client.Query("include", value))
	env.ExpectAnswer(user)
	included := user.Get(value)
	if included.IsObject() {
		included = included.Get("data")
	}
	own := kit.Said(env, list).Get("data").Array() // what the document names of them
	if len(own) == 0 {
		env.Undetermined("%s lists nothing, so that there is nothing to compare\n%s", s.Lists, match.Show(list))
	}
	env.Expect(included.IsArray()).To(gomega.BeTrue(), "%s is no list\n%s", value, match.Show(user))
	env.Expect(included.Array()).To(gomega.HaveLen(len(own)), "%s against the list\n%s", value, match.Show(user))
	for _, record := range own {
		env.Expect(likeIn(included, record)).To(gomega.BeEmpty(), "%s %s\n%s", value, record.Get("id"), match.Show(user))
	}
}

// likeIn returns the members of a record in which it differs from the one of the same id
// among the records, whose further members are let be.
func likeIn(records, record gjson.Result) []string {
	for _, other := range records.Array() {
		if other.Get("id").String() != record.Get("id").String() {
			continue
		}
		known := kit.SpeltRecord(other, func(name string) bool { return record.Get(gjson.Escape(name)).Exists() })
		return match.Differences([]byte(record.Raw), known)
	}
	return []string{"it is not there"}
}

// readUser reads a user again and expects success.
func readUser(ctx context.Context, env *suite.Env, user *client.Exchange, options ...client.Option) *client.Exchange {
	read := env.Call(ctx, "getUser", append([]client.Option{of(user)}, options...)...)
	env.Expect(read).To(match.Success(), "the user can be read")
	return read
}
