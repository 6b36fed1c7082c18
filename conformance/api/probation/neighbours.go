package probation

import (
	"context"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// scenes tells who must not notice a turn of the role: the staff that the target names, the
// user's own person included, for no lookup shows the role; and the other users, as the
// identity directory shows them.
func scenes() map[string]suite.SceneOf {
	scene := func(operation string, held bool) suite.SceneOf {
		return func(ctx context.Context, env *suite.Env) suite.Scene {
			others := bystanders(env)
			turnedBefore(ctx, env, held)
			username := turnedOnce(ctx, env, held)
			out := suite.Scene{Request: []client.Option{ask(operation, username)}}
			for name, read := range kit.InOrder(others) {
				out.Untouched = append(out.Untouched, kit.SinceFirst(env, name, read))
			}
			for _, name := range []string{"disposable-staffless-account", "disposable-disabled-account"} {
				if env.Has(sibling) && env.Has("given:"+name) && env.Given(name) != username {
					out.Untouched = append(out.Untouched, userState(env, env.Given(name)))
				}
			}
			return out
		}
	}
	return map[string]suite.SceneOf{"addRole": scene("addRole", false), "removeRole": scene("removeRole", true)}
}

// turnedBefore turns the role of another user, whom the call that comes next may take for its
// own: it is left as the user of that call is before it, by the other operation as in turnedOnce.
func turnedBefore(ctx context.Context, env *suite.Env, held bool) {
	const other = "disposable-staffless-account"
	if env.Has(sibling) && env.Has("given:"+other) && env.Given(other) != env.Given(disposable) {
		settle(ctx, env, env.Given(other), held)
		env.Call(ctx, turning(held), ask(turning(held), env.Given(other)))
	}
}

// turnedOnce makes the role as wanted without a call of the operation that comes next: what
// that one does to others would else be done before anybody has looked. Where nobody sees the
// role, that it is refused may mean that the role was so already.
func turnedOnce(ctx context.Context, env *suite.Env, wanted bool) string {
	if env.Has(sibling) {
		return holding(ctx, env, disposable, wanted)
	}
	username := env.Given(disposable)
	asFound(ctx, env, username)
	env.Track(func(ctx context.Context) { env.Call(ctx, turning(false), ask(turning(false), username)) })
	env.Call(ctx, turning(wanted), ask(turning(wanted), username))
	return username
}

// bystanders are the reads of who has to stay as the run found them, by name: staff, and users as the directory
// shows them whose role no case turns.
func bystanders(env *suite.Env) map[string]suite.Read {
	reads := staffShown(env)
	for _, name := range []string{"username", "otherUsername", "stafflessUsername"} {
		if env.Has(sibling) && env.Has("given:"+name) && !isDisposable(env, env.Given(name)) {
			reads["entry "+name] = userState(env, env.Given(name))
		}
	}
	return reads
}

// isDisposable says whether the switch may be called about a user.
func isDisposable(env *suite.Env, username string) bool {
	return slices.ContainsFunc([]string{disposable, "disposable-staffless-account", "disposable-disabled-account",
		"disposable-rowless-account"}, func(name string) bool {
		return env.Has("given:"+name) && strings.EqualFold(env.Given(name), username)
	})
}

// staffShown reads each member of staff whom the target names, known or not, in whatever
// order the lists in it come.
func staffShown(env *suite.Env) map[string]suite.Read {
	reads := map[string]suite.Read{}
	for _, row := range []struct {
		operation string
		given     []string
	}{
		{"findStaff", []string{disposable, "username", "otherUsername"}},
		{"findStaff_1", []string{"staffId", "caseloadStaffId", "supervisorStaffId"}},
		{"findStaffByCode", []string{"staffCode", "caseloadStaffCode", "unallocatedStaffCode", "supervisorStaffCode",
			"endedTeamStaffCode", "officeStaffCode"}},
	} {
		for _, name := range row.given {
			if name == disposable || env.Has("given:"+name) {
				reads[row.operation+" "+name] = kit.AnyOrder(env.StateOf(row.operation, ask(row.operation, env.Given(name))))
			}
		}
	}
	return reads
}

// pairs gives the lookups two people.
func pairs() map[string]suite.Pair {
	pair := func(operation string, names ...string) suite.Pair {
		return func(_ context.Context, env *suite.Env) (one, other []client.Option) {
			known, unlike := env.Given(names[0]), kit.FirstGiven(env, names[1:]...)
			for _, name := range names[1:] { // the first may be given the same person by two names
				if unlike == known && env.Has("given:"+name) {
					unlike = env.Given(name)
				}
			}
			return []client.Option{ask(operation, known)}, []client.Option{ask(operation, unlike)}
		}
	}
	return map[string]suite.Pair{
		"findStaffForUsernames":      apart("findStaffForUsernames", "username", "otherUsername"),
		"findCommunityManagerEmails": apart("findCommunityManagerEmails", "crn", "managerlessCrn"),
		"findCommunityManager":       apart("findCommunityManager", "crn", "unallocatedCrn", "managerlessCrn"),
		headList:                     apart(headList, "boroughCode", "headlessBoroughCode"),
		teamCaseload:                 apart(teamCaseload, "teamCode", "undatedTeamCode", "supervisorTeamCode", "emptyTeamCode"),
		codeCaseload:                 apart(codeCaseload, "caseloadStaffCode", "supervisorStaffCode", "caselessStaffCode"),
		idCaseload:                   apart(idCaseload, "caseloadStaffId", "supervisorStaffId", "staffId"),
		"findStaff":                  pair("findStaff", "username", "otherUsername"),
		"findStaff_1":                pair("findStaff_1", "staffId", "caseloadStaffId", "supervisorStaffId"),
		"findStaffByCode": pair("findStaffByCode", "staffCode", "caseloadStaffCode",
			"unallocatedStaffCode", "supervisorStaffCode"),
	}
}

// apart asks for what is known to have something in its list, and for another, which may be
// refused: another that the target gives, which can't have the same, else one that nobody has.
func apart(operation string, first string, others ...string) suite.Pair {
	return func(_ context.Context, env *suite.Env) (one, other []client.Option) {
		known, unlike := env.Given(first), ask(operation, env.Drawn(subjects()[operation].unknown, 0))
		for _, name := range slices.Backward(others) {
			if env.Has("given:"+name) && env.Given(name) != known {
				unlike = ask(operation, env.Given(name))
			}
		}
		return []client.Option{ask(operation, known)}, []client.Option{unlike, client.Invalid()}
	}
}
