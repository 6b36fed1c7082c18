package council

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// userRuleCases are about who may make whom, and on which plan.
func userRuleCases() []suite.Case {
	return []suite.Case{
		{Requirement: "COU-USER-08", Title: "a caseworker creates nobody", Check: createsNobody},
		{Requirement: "COU-USER-08", Title: "a councillor is high enough to create", Check: councillorCreates},
		{Requirement: "COU-USER-09", Title: "there is no seat for a new caseworker", Check: hasNoSeat},
		{Requirement: "COU-USER-09", Title: "nor for one who is out of use", Check: hasNoSeatOutOfUse},
		{Requirement: "COU-USER-10", Title: "there is a seat for a new caseworker", Check: hasSeat},
		{Requirement: "COU-USER-15", Title: "a councillor creates no admin", Check: createsNoAdmin},
		{Requirement: "COU-USER-18", Title: "a caseworker updates nobody", Check: updatesNobody},
		{Requirement: "COU-USER-18", Title: "a councillor is high enough to update", Check: councillorUpdates},
		{Requirement: "COU-USER-23", Title: "there is no seat for a councillor to move to", Check: hasNoSeatToMoveTo},
	}
}

// createsNobody also tries somebody of the caller's own role, whom no rule about
// granting more than one holds would refuse. The default caller may create both.
func createsNobody(ctx context.Context, env *suite.Env) {
	for _, role := range []string{"councillor", "caseworker", "admin"} {
		var sent kit.Body
		for _, way := range carriers(ctx, env) {
			sent = kit.With(users().Body(env), kit.Body{"role": role})
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return call(ctx, env.As("low-rights"), "createUser", client.JSON(sent), way)
			}, users().Traces(env, sent)...)
		}
		if role != "admin" { // whom not every caller may make
			r := users()
			r.isMade(ctx, env, sent)
		}
	}
}

// isMade expects that a body which was refused to somebody else is taken: it is nobody's yet. A
// target that takes none like it leaves the case undetermined.
func (r resource) isMade(ctx context.Context, env *suite.Env, sent kit.Body) {
	made := r.Send(ctx, env, sent)
	if !made.Success() {
		r.Made(ctx, env, kit.With(sent, kit.Body{r.unique: r.bare(env)[r.unique]}))
	}
	env.Expect(made).To(match.Success(), "the %s of what was refused is free", r.unique)
}

// asCouncillor is the caller who is just high enough. A target that has none says by the
// default one that somebody is.
func asCouncillor(env *suite.Env) *suite.Env {
	if env.Has("councillor-role") {
		return env.As("councillor-role")
	}
	return env
}

// councillorCreates is content with either role: which of them a councillor may grant is
// another matter.
func councillorCreates(ctx context.Context, env *suite.Env) {
	councillor := asCouncillor(env)
	made := users().Send(ctx, councillor, kit.With(users().Body(env), kit.Body{"role": "councillor"}))
	if !made.Success() {
		made = users().Send(ctx, councillor, kit.With(users().Body(env), kit.Body{"role": "caseworker"}))
	}
	env.Expect(made).To(match.Success())
}

// councillorUpdates blames the role only where somebody higher is not refused.
func councillorUpdates(ctx context.Context, env *suite.Env) {
	made, changes := users().Made(ctx, env), users().changes(env)
	changed := users().Change(ctx, asCouncillor(env), made.Text("id"), changes)
	if !changed.Success() {
		env.Must(ctx, "updateUser", client.Path("id", made.Text("id")), client.JSON(changes))
	}
	env.Expect(changed).To(match.Success())
}

// updatesNobody tries one change after the other, of those that the target lets somebody higher make.
func updatesNobody(ctx context.Context, env *suite.Env) {
	made, changes := users().Made(ctx, env), users().changes(env)
	own := users().Made(ctx, env, kit.Body{"role": "caseworker"}).Text("id") // of the caller's own role
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return env.As("low-rights").Call(ctx, "updateUser", client.Path("id", own), client.JSON(changes))
	}, users().Excerpt(env, own))
	env.Must(ctx, "updateUser", client.Path("id", own), client.JSON(changes))
	low, calls := env.As("low-rights"), []func() *client.Exchange{}
	for _, change := range []kit.Body{changes, {"role": "caseworker"}, {"role": "admin"}, {"email": address(env)},
		{"enabled": false}, {"password": password(env)}} {
		if !users().Change(ctx, env, users().Made(ctx, env).Text("id"), change).Success() {
			continue
		}
		if change["email"] != nil {
			change["email"] = address(env) // that one is taken now
		}
		for _, way := range carriers(ctx, env) {
			calls = append(calls, func() *client.Exchange {
				return low.Call(ctx, "updateUser", client.Path("id", made.Text("id")), client.JSON(change), way)
			})
		}
	}
	env.ExpectEachRefusedUnchanged(ctx, calls, users().Excerpt(env, made.Text("id")))
}

// hasNoSeat first makes sure that the caller may create a councillor.
func hasNoSeat(ctx context.Context, env *suite.Env) {
	low := env.As("low-plan")
	users().Made(ctx, low)
	for range 3 { // there is none for the next one either
		sent := kit.With(users().Body(low), kit.Body{"role": "caseworker"})
		refusal := low.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return users().Send(ctx, low, sent)
		}, users().Traces(low, sent)...)
		env.Expect(string(refusal.Body)).To(match.Form("to name the plan", requiredPlan),
			"the body names the plan that is needed")
	}
}

// hasNoSeatOutOfUse makes a caseworker who is out of use, where a councillor may be made so.
func hasNoSeatOutOfUse(ctx context.Context, env *suite.Env) {
	low, off := env.As("low-plan"), kit.Body{"enabled": false}
	if !users().Send(ctx, low, kit.With(users().Body(low), off)).Success() {
		users().Made(ctx, low)
		env.NotApplicable("the target makes nobody who is out of use")
	}
	sent := kit.With(users().Body(low), off, kit.Body{"role": "caseworker"})
	refused := func() *client.Exchange { return users().Send(ctx, low, sent) }
	low.ExpectRefusedUnchanged(ctx, refused, users().Traces(low, sent)...)
}

// requiredPlan is how a text speaks of the plan that caseworkers need: the page has no name for it but Pro or higher, and
// details under no name.
const requiredPlan = `(?i)\bpro|\b(team|council)\b|plan`

// hasNoSeatToMoveTo first makes sure that a councillor can become a caseworker where there are seats, and that the
// caller may update the user.
func hasNoSeatToMoveTo(ctx context.Context, env *suite.Env) {
	low := env.As("low-plan")
	moved := users().Change(ctx, env, users().Made(ctx, env).Text("id"), kit.Body{"role": "caseworker"})
	if !moved.Success() {
		env.NotApplicable("the target changes no role: %s", moved)
	}
	id := users().Made(ctx, low).Text("id")
	low.Must(ctx, "updateUser", client.Path("id", id), client.JSON(kit.Body{"name": low.Unique("Beth Trenance")}))
	for _, more := range []kit.Body{nil, {"name": low.Unique("Cara Trenance")}} {
		low.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return users().Change(ctx, low, id, kit.With(kit.Body{"role": "caseworker"}, more))
		}, users().Excerpt(low, id))
	}
}

func hasSeat(ctx context.Context, env *suite.Env) {
	made := users().Send(ctx, env, kit.With(users().Body(env), kit.Body{"role": "caseworker"}))
	env.ExpectAnswer(made)
	env.Expect(made).To(match.Member("role", "caseworker"))
	env.Expect(users().read(ctx, env, made.Text("id"))).To(match.Member("role", "caseworker"))
}

// createsNoAdmin first makes sure that the caller may create a councillor.
func createsNoAdmin(ctx context.Context, env *suite.Env) {
	councillor := env.As("councillor-role")
	users().Made(ctx, councillor)
	sent := kit.With(users().Body(env), kit.Body{"role": "admin"})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return users().Send(ctx, councillor, sent)
	}, users().Traces(env, sent)...)
}
