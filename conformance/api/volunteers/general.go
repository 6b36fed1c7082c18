package volunteers

import (
	"context"
	"slices"
	"strconv"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

func generalCases() []suite.Case {
	return slices.Concat(
		accessCases(), errorCases(), broken(), shapeCases(), ignoredCases(), dateCases(), missingCases(), secretCases(),
	)
}

// each makes a case of the requirement for every kind of record that it is about.
func each(
	requirement, title string, about func(r resource) bool, check func(ctx context.Context, env *suite.Env, r resource),
) []suite.Case {
	var cases []suite.Case
	for _, r := range resources() {
		if about(r) {
			cases = append(cases, suite.Case{
				Requirement: requirement,
				Title:       r.Name + ": " + title,
				Check:       func(ctx context.Context, env *suite.Env) { check(ctx, env, r) },
			})
		}
	}
	return cases
}

// The kinds of record that a rule can be about.
func all(resource) bool          { return true }
func single(r resource) bool     { return r.Creates != "" && r.Name != "user" }
func created(r resource) bool    { return r.Creates != "" }
func listedKind(r resource) bool { return r.Lists != "" }
func belowUser(r resource) bool  { return r.Name != "user" }

// record says whether single records are read, changed or removed by an
// identifier of their own below a user.
func recordKind(r resource) bool { return r.ID != "" && r.parent == nil && r.Name != "user" }

func accessCases() []suite.Case {
	return slices.Concat(
		each("VOL-GEN-01", "a call without a credential is refused", all, func(ctx context.Context, env *suite.Env, r resource) {
			refusedFirst(ctx, env, r, client.NoCredential())
		}),
		each("VOL-GEN-02", "a call with an unknown token is refused", all, func(ctx context.Context, env *suite.Env, r resource) {
			refusedFirst(ctx, env, r, client.Credential("Authorization", "Bearer "+env.Unique("nobody")))
		}),
		[]suite.Case{
			{Requirement: "VOL-GEN-02", Title: "an expired token is refused, where the target has one", Check: expiredToken},
			{Requirement: "VOL-GEN-03", Title: "the versioned media type is answered with JSON", Check: versionedAccept},
		},
		each("VOL-GEN-23", "a caller with few rights cannot write", all, lowRights),
		[]suite.Case{{Requirement: "VOL-GEN-23", Title: "a user that a caller with few rights sent is not listed",
			Check: lowRightsCreate}},
	)
}

// refusedFirst sends every call of a kind with the credential, which is to be
// refused, and then as it should be, which shows that nothing else was wrong.
func refusedFirst(ctx context.Context, env *suite.Env, r resource, credential client.Option) {
	s := r.stand(ctx, env)
	for _, one := range s.calls(ctx, env, s.Operations()) {
		refusalBody(env, one.Refused(ctx, env, env, credential))
	}
}

func expiredToken(ctx context.Context, env *suite.Env) {
	caller := env
	if env.Has("expired-credential") {
		caller = env.As("expired-credential")
	}
	user := makeUser(ctx, env)
	options := []client.Option{of(user)}
	if caller == env { // no expired token here: one of the right form that nobody issued
		options = append(options, client.Credential("Authorization", "Bearer "+forgedToken))
	}
	refusal := caller.Call(ctx, "getUser", options...)
	env.ExpectRefused(refusal)
	refusalBody(env, refusal)
}

// forgedToken has the form of a signed token that ran out in 2001.
const forgedToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIiwiZXhwIjoxMDAwMDAwMDAwfQ.c2lnbmF0dXJl"

func versionedAccept(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	list := among(ctx, env, []*client.Exchange{user}, client.Header("Accept", "application/x.uvol.v3+json"))
	expectUsers(env, list, user)
	env.Expect(mediaType(list)).To(jsonType(), "the content type of the answer")
}

// lowRights writes about a user whom the caller does not see, and about one of a team below, whom
// the caller does.
func lowRights(ctx context.Context, env *suite.Env, r resource) {
	low := env.As("low-rights")
	stands := []stand{r.stand(ctx, env)}
	if low.Has("info:belowTeamId") {
		stands = append(stands, r.standOf(ctx, env, makeBelow(ctx, env).Text("id")))
	}
	for _, s := range stands {
		for _, one := range s.calls(ctx, env, s.WriteOperations()) {
			refusalBody(env, one.Refused(ctx, env, low))
		}
	}
}

// makeBelow makes a user in a team under that of the caller with few rights, who sees them.
func makeBelow(ctx context.Context, env *suite.Env) *client.Exchange {
	below, err := strconv.Atoi(env.As("low-rights").Info("belowTeamId"))
	if err != nil {
		env.Undetermined("belowTeamId of the persona low-rights is no number: %v", err)
	}
	return inTeam(ctx, env, below)
}

// lowRightsCreate looks for the refused user where it would be listed.
func lowRightsCreate(ctx context.Context, env *suite.Env) {
	body := userBody(env)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return env.As("low-rights").Call(ctx, "createUser", client.JSON(body))
	}, env.StateOf("listUsers", client.Query("q", body["last_name"])))
	user := makeUserOf(ctx, env, body)
	expectUsers(env, listAll(ctx, env, "listUsers", client.Query("q", body["last_name"])), user)
}
