package probation

import (
	"context"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// once says where an operation shows several of a sort, and what tells one from another.
type once struct {
	operation, list string // a path of lists, whose items are told apart
	of              func(item gjson.Result) string
}

func (o once) String() string { return o.operation + " " + o.list }

// onces leave out the list of managers, where who has two of the cases comes twice.
func onces() []once {
	by := func(paths ...string) func(gjson.Result) string {
		return func(item gjson.Result) string {
			told := ""
			for _, path := range paths {
				if item.Get(path).String() == "" {
					return "" // one without it may be another
				}
				told += item.Get(path).String() + " "
			}
			return told
		}
	}
	whole := func(item gjson.Result) string { return item.Raw }
	var all []once
	for _, operation := range []string{"findStaff", "findStaff_1", "findStaffByCode"} {
		all = append(all, once{operation, "teams", by("code")}, once{operation, "teams.#.addresses", whole})
	}
	return append(all,
		once{"findCommunityManager", "team.addresses", whole},
		once{teamCaseload, "@this", by("crn", "staff.code")},
		once{codeCaseload, "@this", by("crn")}, once{idCaseload, "@this", by("crn")},
		once{headList, "@this", by("email", "name")},
		once{staffList, "@this", by("id")},
	)
}

// onceCases look at whether anything is shown twice that there is once.
func onceCases() []suite.Case {
	return kit.Each("PRO-GEN-36", "nothing comes twice: %s", onces(), func(ctx context.Context, env *suite.Env, o once) {
		seen := 0
		for _, known := range askAll(env, o.operation) {
			found := env.Must(ctx, o.operation, known).Get(o.list)
			lists := []gjson.Result{found}
			if items := found.Array(); len(items) > 0 && items[0].IsArray() {
				lists = items
			}
			for _, list := range lists {
				var told []string
				for _, item := range list.Array() {
					if name := o.of(item); name != "" {
						told = append(told, name)
					}
				}
				seen += len(told)
				slices.Sort(told)
				env.Expect(told).To(gomega.Equal(slices.Compact(slices.Clone(told))), "what %s shows", o)
			}
		}
		if seen == 0 {
			env.Undetermined("nothing is shown by %s that could come twice", o)
		}
	})
}
