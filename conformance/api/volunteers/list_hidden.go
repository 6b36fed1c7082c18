package volunteers

import (
	"context"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// hiddenCases ask for a user whom a caller with few rights does not see, beside whatever else the list can be asked.
func hiddenCases() []suite.Case {
	cases := []suite.Case{
		{Requirement: "VOL-LST-44", Check: hiddenBeside,
			Title: "a caller with few rights does not see another team's user beside any other parameter"},
		{Requirement: "VOL-GET-15", Check: managesNobody, Title: "a caller who may not change a user is told so"},
	}
	return append(cases, each("VOL-GET-14", "it is not shown to a caller who does not see the user",
		paged, hiddenByID)...)
}

// hiddenByID reads what is kept about a user of another team, each record and their list.
func hiddenByID(ctx context.Context, env *suite.Env, r resource) {
	low := env.As("low-rights")
	if low.Info("teamId") == env.Given("teamId") {
		env.Undetermined("given:teamId is the team of the persona low-rights: give another")
	}
	s := r.stand(ctx, env)
	if listed := low.Call(ctx, "listUsers", client.Query("ids", s.user)); listed.Success() && len(data.IDs(listed)) > 0 {
		env.NotApplicable("the caller sees the user, of which VOL-LST-44 tells\n%s", match.Show(listed))
	}
	for _, one := range s.calls(ctx, env, s.ReadOperations()) {
		env.Expect(env.Call(ctx, one.Operation, one.Options...)).To(match.Success(), "by somebody who may")
		answer := low.Call(ctx, one.Operation, one.Options...)
		if one.Operation == s.Lists && answer.Success() {
			env.Expect(answer).To(match.Member("data", gomega.BeEmpty()), "of a user whom the caller does not see")
			continue
		}
		env.Expect(answer).To(kit.Refusal(), "the caller does not see the user")
	}
}

// managesNobody reads a user whom the caller sees and may not change.
func managesNobody(ctx context.Context, env *suite.Env) {
	low, user := env.As("low-rights"), makeBelow(ctx, env)
	changed := low.Call(ctx, "updateUser", of(user), client.JSON(kit.Body{"title": "Dr"}))
	if kit.Unbroken(env, changed) {
		env.NotApplicable("the caller may change the user, of which VOL-GEN-23 tells\n%s", match.Show(changed))
	}
	read, list := low.Call(ctx, "getUser", of(user)), low.Call(ctx, "listUsers", client.Query("ids", user.Text("id")))
	if !read.Success() && len(data.IDs(list)) == 0 {
		env.NotApplicable("the caller sees no user\n%s", match.Show(read))
	}
	if read.Success() {
		env.Expect(read).To(kit.Sent("can_manage", false, env.Strict()))
	}
	if len(data.IDs(list)) > 0 {
		env.Expect(list).To(kit.Sent("data.0.can_manage", false, env.Strict()))
	}
}

// hiddenBeside has two users of a name, so that there is a second page of those whom a search finds.
func hiddenBeside(ctx context.Context, env *suite.Env) {
	low := env.As("low-rights")
	if low.Info("teamId") == env.Given("teamId") {
		env.Undetermined("given:teamId is the team of the persona low-rights: give another")
	}
	user := makeUser(ctx, env)
	body := kit.With(userBody(env), kit.Body{"first_name": word(env, "Robin"), "last_name": user.Text("last_name")})
	users := group(user, makeUserOf(ctx, env, body))
	expectUsers(env, among(ctx, env, users), users...)
	unseen := func(asked ...client.Option) {
		list := low.Call(ctx, "listUsers", asked...)
		if !kit.Unbroken(env, list) {
			return
		}
		for _, id := range idsOf(users...) {
			env.Expect(list).To(data.Lacks(id))
		}
	}
	for _, beside := range []struct {
		parameter string
		value     any
	}{
		{"view", "volunteers"}, {"view", "non-volunteers"}, {"manager", env.Given("managerUserId")},
		{"roles", env.Given("roleProfileId")}, {"sids", user.Text("status.id")}, {"has_email", true},
		{"exclude_ids", unknownID(env, 0)}, {"include_inactive", true}, {"include_upcoming", true}, {"active_on", day(env, 0)},
		{"logins", "alltime"}, {"s", "a"}, {"include", "roles"},
	} {
		unseen(client.Query("ids", comma(kit.Any(idsOf(users...))...)), client.Query(beside.parameter, beside.value))
	}
	found := client.Query("q", user.Text("last_name"))
	for _, page := range []int{1, 2} {
		unseen(kit.Also(limited(ctx, env, "listUsers", 1, found), client.Query("page", page))...)
	}
}
