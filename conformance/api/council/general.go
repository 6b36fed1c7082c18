package council

import (
	"context"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// generalCases are about what all answers and all records have in common.
func generalCases() []suite.Case {
	touched := []kind{wards(), categories()} // users have no updatedAt
	return slices.Concat(
		refusalCases(),
		perOperation("COU-GEN-11", "a body cut in the middle is refused", of(kind.writes), refusesCutBody),
		perOperation("COU-GEN-12", "every body is JSON by its header", operations(), saysJSON),
		perOperation("COU-GEN-13", "every timestamp is a date-time", of(kind.operations), stampsInstants),
		perKind("COU-GEN-14", "the list is a bare array", kinds(), kind.listsBare),
		perKind("COU-GEN-17", "what the server owns is not taken", kinds(), kind.ownsMembers),
		perKind("COU-GEN-18", "a change moves updatedAt", touched, kind.movesUpdatedAt),
	)
}

// cutOff is a body that ends in the middle, after the texts by which a record
// would be known.
func (k kind) cutOff(env *suite.Env) (client.Option, []string) {
	sent := k.full(env)
	sent[k.aside] = env.Unique("Half of")
	text := `{"` + k.unique + `":"` + sent[k.unique].(string) + `","` + k.aside + `":"` + sent[k.aside].(string) + `","enabled":`
	return client.Raw([]byte(text), "application/json"), k.marks(sent)
}

func refusesCutBody(ctx context.Context, env *suite.Env, operation string) {
	valid := env.Sample(ctx, operation)
	k := kindOf(operation)
	cut, marks := k.cutOff(env)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return call(ctx, env, operation, also(valid, cut)...)
	}, k.state(env, append(marks, k.traces(valid)...)...))
}

// saysJSON looks at a success, and at the refusal of the same call without a key.
func saysJSON(ctx context.Context, env *suite.Env, operation string) {
	valid := env.Sample(ctx, operation)
	refusal := call(ctx, env, operation, also(valid, client.NoCredential())...)
	answer := call(ctx, env, operation, valid...)
	if !answer.Success() {
		env.Undetermined("the valid request was refused: %s", answer)
	}
	for _, seen := range []*client.Exchange{answer, refusal} {
		if len(seen.Body) > 0 {
			env.Expect(seen).To(match.Header("Content-Type", gomega.MatchRegexp(`(?i)^application/([a-z0-9.!#$&^_-]+\+)?json\s*(;|$)`)))
		}
	}
}

// stampsInstants looks at every documented timestamp of the answer, in a list
// at those of each item.
func stampsInstants(ctx context.Context, env *suite.Env, operation string) {
	answer := call(ctx, env, operation, env.Sample(ctx, operation)...)
	env.Expect(answer).To(match.Success())
	k := kindOf(operation)
	for _, m := range k.members {
		if m.name != "createdAt" && m.name != "updatedAt" { // when an override expires, no document shows
			continue
		}
		if operation != k.lists {
			env.Expect(answer).To(match.Member(m.name, m.accepts(instant())))
			continue
		}
		env.Expect(answer).To(match.Member("#", gomega.BeNumerically(">", 0)))
		env.Expect(answer).To(match.Each("@this", gomega.HaveKeyWithValue(m.name, m.accepts(instant()))), "the member %q", m.name)
	}
}

// instant matches a date-time of the calendar, of any zone and fraction.
func instant() gomega.OmegaMatcher {
	return match.Such("to be a date-time", func(value any) bool {
		text, _ := value.(string)
		_, ok := format.Instant(text)
		return ok
	})
}

func (k kind) listsBare(ctx context.Context, env *suite.Env) {
	made := k.add(ctx, env)
	list := env.Call(ctx, k.lists)
	env.ExpectAnswer(list)
	env.Expect(list).To(match.JSONBody(gomega.BeAssignableToTypeOf([]any{})))
	env.Expect(list.Texts("#.id")).To(gomega.ContainElement(made.Text("id")))
}

// ownsMembers sends an id, a tenantId and a createdAt with a new record, and
// expects it in the own tenant's list with others.
func (k kind) ownsMembers(ctx context.Context, env *suite.Env) {
	claimed := body{"id": env.Unique("claimed"), "tenantId": env.Unique("tenant"), "createdAt": "2001-02-03T04:05:06.000Z"}
	sent := k.body(env)
	for name, value := range claimed {
		sent[name] = value
	}
	made := k.send(ctx, env, sent)
	env.ExpectAnswer(made)
	list := env.Must(ctx, k.lists)
	item, listed := itemOf(list, made.Text("id"))
	env.Expect(listed).To(gomega.BeTrue(), "the new record is in the list")
	for _, name := range []string{"id", "tenantId", "createdAt"} {
		env.Expect(made).ToNot(match.Member(name, claimed[name]))
		env.Expect(item.Get(name).Value()).ToNot(gomega.Equal(claimed[name]), "%s in the list", name)
	}
	_, listed = itemOf(list, claimed["id"].(string))
	env.Expect(listed).To(gomega.BeFalse(), "there is a record with the id that was sent")
}

func (k kind) movesUpdatedAt(ctx context.Context, env *suite.Env) {
	made := k.add(ctx, env)
	before, ok := format.Instant(made.Text("updatedAt"))
	if !ok {
		env.Undetermined("the updatedAt of the new record is no date-time: %q", made.Text("updatedAt"))
	}
	tick(ctx, env)
	changed := k.change(ctx, env, made.Text("id"), body{k.aside: env.Unique("Changed to")})
	env.Expect(changed).To(match.Success())
	later := match.Such("to be a later date-time", func(value any) bool {
		text, _ := value.(string)
		after, ok := format.Instant(text)
		return ok && after.After(before)
	})
	for _, shown := range []*client.Exchange{changed, k.read(ctx, env, made.Text("id"))} {
		env.Expect(shown).To(match.Member("updatedAt", later), "it was %s before the change", made.Text("updatedAt"))
	}
}
