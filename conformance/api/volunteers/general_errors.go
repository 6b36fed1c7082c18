package volunteers

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func errorCases() []suite.Case {
	return slices.Concat(
		each("VOL-GEN-04", "every refusal has a message", all, func(ctx context.Context, env *suite.Env, r resource) {
			for _, refusal := range refusals(ctx, env, r) {
				env.Expect(refusal).To(match.Member("message", someText()), "a refusal has a message")
			}
		}),
		each("VOL-GEN-05", "every refusal has a status_code", all, func(ctx context.Context, env *suite.Env, r resource) {
			for _, refusal := range refusals(ctx, env, r) {
				env.Expect(refusal).To(match.Member("status_code", gomega.Not(gomega.BeNil())), "a refusal has a status_code")
			}
		}),
		each("VOL-GEN-06", "the status_code of every refusal is its HTTP status", all,
			func(ctx context.Context, env *suite.Env, r resource) {
				for _, refusal := range refusals(ctx, env, r) {
					env.Expect(refusal).To(match.Present("status_code"))
					env.Expect(refusal).To(match.About("status_code",
						match.That("the status_code to be the HTTP status", ownStatus)))
				}
			}),
	)
}

// ownStatus says what the status_code of an answer is that is not its status.
func ownStatus(e *client.Exchange) string {
	if code := e.Get("status_code"); int(code.Float()) != e.Status {
		return fmt.Sprintf("it is %s with the status %d", code.Raw, e.Status)
	}
	return ""
}

// refusals provokes the refusals that every operation of a kind knows: for want
// of a credential, of the user, of the record, of rights and of a good body. What
// is not refused is left out; a case without a single refusal is undetermined.
func refusals(ctx context.Context, env *suite.Env, r resource) []*client.Exchange {
	s := r.stand(ctx, env)
	var found []*client.Exchange
	send := func(caller *suite.Env, one kit.Attempt, option client.Option) {
		if exchange := caller.Call(ctx, one.Operation, kit.Also(one.Options, option)...); exchange.Status/100 == 4 {
			found = append(found, exchange)
		}
	}
	for _, one := range s.calls(ctx, env, s.Operations()) {
		send(env, one, client.NoCredential())
		if one.Operation != "listUsers" && one.Operation != "createUser" {
			send(env, one, client.Path("userId", unknownID(env, 0)))
		}
		if r.ID != "" && one.Operation != s.Lists && (one.Operation != s.Creates || s.parent != nil) {
			send(env, one, client.Path(r.ID, unknownID(env, 0)))
		}
		if slices.Contains(s.bodies(), one.Operation) {
			send(env, one, client.Raw([]byte(`{"a":`), "application/json"))
			send(env, one, client.JSON(map[string]any{r.bad: r.badValue}))
			if env.Has("low-rights") {
				send(env.As("low-rights"), one, func(*client.Request) {})
			}
		}
	}
	if len(found) == 0 {
		env.Undetermined("nothing was refused")
	}
	return found
}

// broken are the cases of bodies that are refused.
func broken() []suite.Case {
	return slices.Concat(
		each("VOL-GEN-14", "a body that is no JSON is refused", writesBody,
			func(ctx context.Context, env *suite.Env, r resource) {
				refusedBodies(ctx, env, r, func(stand, string) client.Option {
					return client.Raw([]byte(`{"a":`), "application/json")
				})
			}),
		each("VOL-GEN-15", "a body that breaks a rule is refused with its errors", writesBody,
			func(ctx context.Context, env *suite.Env, r resource) {
				for _, refusal := range refusedBodies(ctx, env, r, func(s stand, operation string) client.Option {
					return s.breaking(ctx, env, operation)
				}) {
					expectErrors(env, refusal, r.bad)
				}
			}),
		each("VOL-GEN-16", "refused writes leave the records alone", writesBody,
			func(ctx context.Context, env *suite.Env, r resource) {
				refusedBodies(ctx, env, r, func(s stand, operation string) client.Option {
					return s.breaking(ctx, env, operation)
				})
			}),
		each("VOL-GEN-16", "an empty list in place of a body changes nothing", writesBody, emptyBodies),
		[]suite.Case{
			{Requirement: "VOL-GEN-16", Title: "a refused user is not listed", Check: refusedUser},
			{Requirement: "VOL-GEN-16", Title: "refused skills are not taken in part", Needs: []string{"given:skillIds"},
				Check: refusedSkills},
		},
		refusedFlagCases(),
	)
}

func writesBody(r resource) bool { return r.Creates+r.Updates != "" }

// breaking is an otherwise valid body with the one member that the kind refuses.
func (s stand) breaking(ctx context.Context, env *suite.Env, operation string) client.Option {
	var body map[string]any
	if operation == s.Creates {
		body = s.body(ctx, env)
	} else {
		body = s.change(env)
	}
	body[s.bad] = s.badValue
	return client.JSON(body)
}

// refusedBodies sends what spoil makes to every operation that takes a body,
// expects the refusal and the records as before, and ends by the valid request,
// which shows that the body was what was refused.
func refusedBodies(ctx context.Context, env *suite.Env, r resource, spoil func(stand, string) client.Option) []*client.Exchange {
	s := r.stand(ctx, env)
	var found []*client.Exchange
	for _, one := range s.calls(ctx, env, s.bodies()) {
		found = append(found, one.Refused(ctx, env, env, spoil(s, one.Operation)))
	}
	return found
}

// emptyBodies sends an empty list where a body is to be. Who writes an empty object so may take it for one: of a record that is
// there it changes nothing, and whether it makes one hangs on what a new one has to have.
func emptyBodies(ctx context.Context, env *suite.Env, r resource) {
	s := r.stand(ctx, env)
	for _, one := range s.calls(ctx, env, s.bodies()) {
		send := func() *client.Exchange {
			return one.By(ctx, env, client.Raw([]byte(`[]`), "application/json"), client.Invalid())
		}
		if one.Operation == s.Creates {
			kit.TakenOrRefused(ctx, env, send, one.Reads...)
			continue
		}
		var reads []suite.Read
		for _, read := range one.Reads {
			reads = append(reads, untimed(read))
		}
		kit.Unchanged(ctx, env, one.Operation+" without members", func() { kit.Unbroken(env, send()) }, reads...)
	}
}

// untimed reads what is there without the time of its last change.
func untimed(read suite.Read) suite.Read {
	changed := regexp.MustCompile(`"updated_at": *("[^"]*"|[0-9.]+|null)`)
	return func(ctx context.Context) []byte { return changed.ReplaceAll(read(ctx), []byte(`"updated_at":null`)) }
}

// expectErrors expects complaints under the name of the member. An accepting
// reading does without errors, but not with errors of another form.
func expectErrors(env *suite.Env, refusal *client.Exchange, member string) {
	if !env.Strict() && !refusal.Get("errors").Exists() {
		return
	}
	if refusal.Get("errors.0").Exists() && refusal.Get("errors").IsArray() {
		return // a list of complaints names its members in words of its own
	}
	env.Expect(refusal.Get("errors").IsObject()).To(gomega.BeTrue(), "errors is an object or a list of complaints\n%s",
		match.Show(refusal))
	complained := false
	refusal.Get("errors").ForEach(func(name, complaints gjson.Result) bool {
		below, named := strings.CutPrefix(strings.TrimLeft(name.Str, "/"), member) // skills, skills.0, skills[0]
		named = named && (below == "" || strings.ContainsAny(below[:1], "./["))
		complained = complained || named && complaints.Type != gjson.Null && complaints.Raw != "[]" && complaints.Raw != `""`
		return true
	})
	env.Expect(complained).To(gomega.BeTrue(), "errors complains about %s\n%s", member, match.Show(refusal))
}

func refusedUser(ctx context.Context, env *suite.Env) {
	body := userBody(env)
	name := body["last_name"]
	body["first_name"] = noText()
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return env.Call(ctx, "createUser", client.JSON(body))
	}, env.StateOf("listUsers", client.Query("q", name), client.Query("include_upcoming", true),
		client.Query("include_inactive", true)))
	body["first_name"] = "Rowan"
	env.Must(ctx, "createUser", client.JSON(body))
	env.Expect(env.Call(ctx, "listUsers", client.Query("q", name)).Texts("data.#.id")).
		To(gomega.HaveLen(1), "the search that showed nobody would have shown the user")
}

// refusedSkills sends a known skill beside an unknown one. A target that lets the
// unknown one be, as an accepting reading allows, refuses nothing.
func refusedSkills(ctx context.Context, env *suite.Env) {
	known := kit.GivenNumbers(env, "skillIds", 2)
	user := skilled(ctx, env, known[0])
	body := client.JSON(map[string]any{"skills": []int{known[1], unknownID(env, 0)}})
	read := env.StateOf("listUserSkills", of(user))
	before := read(ctx)
	answer := env.Call(ctx, "updateUserSkills", of(user), body)
	if answer.Success() && !env.Strict() {
		env.NotApplicable("the unknown skill is ignored and nothing refused")
	}
	env.ExpectRefused(answer)
	env.Expect(match.Differences(before, read(ctx))).To(gomega.BeEmpty(), "the skills after the refusal")
}
