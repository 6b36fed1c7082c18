package probation

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// What nobody has, by its form; see suite.Env.Drawn.
const (
	noOne    = suite.UnknownNumber
	noCase   = "Z######"
	noPerson = "ZZZ####"
	noTeam   = "ZZZ###"
	noUser   = "No.Such-????????"
)

// subject says what an operation is asked about.
type subject struct {
	parameter string   // "" = a list in the body
	unknown   string   // the form of a value that names nothing
	finds     string   // the read that tells whether it names something all the same; "" = nobody has such a name
	givens    []string // things of a target that it can be asked about, the plainest first
}

// subjects holds what each operation that takes a value is asked about.
func subjects() map[string]subject {
	return map[string]subject{
		"addRole":                    {"username", noUser, "", []string{"disposable-account"}},
		"removeRole":                 {"username", noUser, "", []string{"disposable-account"}},
		"findStaffForUsernames":      {"", noUser, "", []string{"username", "otherUsername"}},
		"findCommunityManagerEmails": {"", noCase, managerLookup, []string{"crn", "unallocatedCrn", "entrylessManagerCrn"}},
		"getManagedOffendersByTeam":  {"teamCode", noTeam, teamCaseload, []string{"teamCode", "undatedTeamCode"}},
		"findStaff":                  {"username", noUser, "", []string{"username", "otherUsername"}},
		"getManagedOffenders": {"staffCode", noPerson, "findStaffByCode", []string{"caseloadStaffCode", "staffCode",
			"unallocatedStaffCode", "manyTeamsStaffCode", "supervisorStaffCode"}},
		"findPDUHead": {"boroughCode", "ZZ##", headList,
			[]string{"boroughCode", "twoHeadsBoroughCode", "entrylessHeadBoroughCode"}},
		"findStaff_1":           {"id", noOne, "findStaff_1", []string{"staffId", "caseloadStaffId", "supervisorStaffId"}},
		"getManagedOffenders_1": {"id", noOne, "findStaff_1", []string{"caseloadStaffId", "staffId", "supervisorStaffId"}},
		"findStaffByCode": {"code", noPerson, "findStaffByCode", []string{"staffCode", "unallocatedStaffCode",
			"entrylessStaffCode", "oneForenameStaffCode",
			"teamlessStaffCode", "officeStaffCode", "endedTeamStaffCode"}},
		"findCommunityManager": {"crn", noCase, managerLookup, []string{"crn", "unallocatedCrn", "entrylessManagerCrn",
			"officeCrn", "crossProviderCrn"}},
	}
}

// secured lists the operations that ask for a token, in the document's order.
func secured() []string { return append(switches(), reads()...) }

func switches() []string { return []string{"addRole", "removeRole"} }

func reads() []string {
	return []string{"findStaffForUsernames", "findCommunityManagerEmails", "getManagedOffendersByTeam",
		"findStaff", "getManagedOffenders",
		"findPDUHead", "findStaff_1", "getManagedOffenders_1", "findStaffByCode", "findCommunityManager"}
}

// lists are the reads that answer an array.
func lists() []string {
	return []string{"findStaffForUsernames", "findCommunityManagerEmails", "getManagedOffendersByTeam", "getManagedOffenders",
		"findPDUHead", "getManagedOffenders_1"}
}

// singles are the reads of one thing, which may be unknown.
func singles() []string {
	return []string{"findStaff", "findStaff_1", "findStaffByCode", "findCommunityManager"}
}

func byPost() []string { return []string{"findStaffForUsernames", "findCommunityManagerEmails"} }

func byID() []string { return []string{"findStaff_1", "getManagedOffenders_1"} }

func caseloads() []string {
	return []string{"getManagedOffendersByTeam", "getManagedOffenders", "getManagedOffenders_1"}
}

// ask returns what asks the operation about the values; only a list takes more
// than one, or none.
func ask(operation string, values ...any) client.Option {
	s := subjects()[operation]
	if s.parameter == "" {
		return client.JSON(append([]any{}, values...))
	}
	return client.Path(s.parameter, values[0])
}

// wanted is what a case asks an operation about.
type wanted = func(ctx context.Context, env *suite.Env) []any

// given asks about what the target gives, these about fixed values.
func given(name string) wanted {
	return func(_ context.Context, env *suite.Env) []any { return []any{env.Given(name)} }
}

func these(values ...any) wanted { return func(context.Context, *suite.Env) []any { return values } }

// answersNothing expects an empty array about what is asked for.
func answersNothing(operation string, about wanted) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		answer := env.Call(ctx, operation, ask(operation, about(ctx, env)...))
		env.ExpectAnswer(answer)
		env.Expect(answer).To(match.JSONBody(nothing()))
	}
}

// refuses expects a refusal about what is asked for.
func refuses(operation string, about wanted) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		env.ExpectRefused(env.Call(ctx, operation, ask(operation, about(ctx, env)...)))
	}
}

// askUnknown asks the operation about something that isn't there.
func askUnknown(ctx context.Context, env *suite.Env, operation string) client.Option {
	return ask(operation, unknown(ctx, env, operation))
}

// unknown is a value of the right form that names nothing. Where a read finds something by it,
// another one is drawn; who finds something by each of three does not find it by chance.
func unknown(ctx context.Context, env *suite.Env, operation string) (value string) {
	return unknowns(ctx, env, operation, 1)[0]
}

// unknowns are that many of them.
func unknowns(ctx context.Context, env *suite.Env, operation string, count int) (values []string) {
	for i := range count {
		values = append(values, drawn(ctx, env, operation, i*most))
	}
	return values
}

// most is how many values are drawn for one that nobody has.
const most = 3

func drawn(ctx context.Context, env *suite.Env, operation string, from int) (value string) {
	s := subjects()[operation]
	for nth := range most {
		value = env.Drawn(s.unknown, from+nth)
		if s.finds == "" {
			return value
		}
		found := env.AtFirst("unknown "+value, func() *client.Exchange {
			return env.As(suite.DefaultPersona).Call(ctx, s.finds, ask(s.finds, value))
		})
		if found == nil || !found.Success() || len(found.Get("@this").Array()) == 0 {
			return value
		}
	}
	return value
}

// theUnknown asks about what the operation does not know.
func theUnknown(operation string) wanted {
	return func(ctx context.Context, env *suite.Env) []any { return []any{unknown(ctx, env, operation)} }
}

// askAll returns a request for each thing that the target gives for the
// operation. Without any, the case is undetermined.
func askAll(env *suite.Env, operation string) []client.Option {
	var all []client.Option
	for _, name := range subjects()[operation].givens {
		if env.Has("given:" + name) {
			all = append(all, ask(operation, env.Given(name)))
		}
	}
	if len(all) == 0 {
		env.Undetermined("the target gives nothing to call %s with: add one of %s under given",
			operation, strings.Join(subjects()[operation].givens, ", "))
	}
	return all
}

// askKnown asks the operation about the plainest thing that the target gives.
func askKnown(env *suite.Env, operation string) client.Option { return askAll(env, operation)[0] }

// askGood asks about a known thing, else about an unknown one: enough where the
// caller is refused before anybody looks for it. The role switch starts from the
// side from which it has something to change.
func askGood(ctx context.Context, env *suite.Env, operation string) client.Option {
	switch {
	case operation == "addRole" && env.Has("disposable-account"):
		return ask(operation, turned(ctx, env, env.Given("disposable-account"), false))
	case operation == "removeRole" && env.Has("disposable-account"):
		return ask(operation, turned(ctx, env, env.Given("disposable-account"), true))
	}
	for _, name := range subjects()[operation].givens {
		if env.Has("given:" + name) {
			return ask(operation, env.Given(name))
		}
	}
	return askUnknown(ctx, env, operation)
}

// samples gives a valid request of each operation. Only the lookups of one thing
// and the role switch need something of the target: a list of nothing is valid too.
func samples() map[string]suite.Sample {
	all := map[string]suite.Sample{}
	for _, operation := range lists() {
		all[operation] = func(ctx context.Context, env *suite.Env) []client.Option {
			return []client.Option{askGood(ctx, env, operation)}
		}
	}
	for _, operation := range singles() {
		all[operation] = func(_ context.Context, env *suite.Env) []client.Option {
			return []client.Option{askKnown(env, operation)}
		}
	}
	for _, operation := range switches() {
		all[operation] = func(ctx context.Context, env *suite.Env) []client.Option {
			env.Given("disposable-account")
			return []client.Option{askGood(ctx, env, operation)}
		}
	}
	return all
}
