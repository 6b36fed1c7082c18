package council

import (
	"context"
	"maps"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// generalCases are about what all answers and all records have in common.
func generalCases() []suite.Case {
	touched := []resource{wards(), categories()} // users have no updatedAt
	return slices.Concat(
		refusalCases(),
		kit.Each("COU-GEN-11", "a body cut in the middle is refused", of(writing), refusesCutBody),
		kit.Each("COU-GEN-12", "every body is JSON by its header", operations(), saysJSON),
		kit.Each("COU-GEN-13", "every timestamp is a date-time", of(kit.Resource.Operations), stampsInstants),
		perResource("COU-GEN-14", "the list is a bare array", resources(), resource.listsBare),
		perResource("COU-GEN-17", "what the server owns is not taken", resources(), resource.ownsMembers),
		perResource("COU-GEN-17", "what the server owns is not changed", resources(), resource.keepsOwnMembers),
		perResource("COU-GEN-18", "a change moves updatedAt", touched, resource.movesUpdatedAt),
	)
}

// cutOff is a body that ends in the middle, after the texts by which a record
// would be known.
func (r resource) cutOff(env *suite.Env) (body client.Option, sent kit.Body) {
	sent = r.full(env, kit.Body{r.aside: env.Unique("Half Of")})
	text := `{"` + r.unique + `":"` + sent[r.unique].(string) + `","` + r.aside + `":"` + sent[r.aside].(string) + `","enabled":`
	return client.Raw([]byte(text), "application/json"), sent
}

func refusesCutBody(ctx context.Context, env *suite.Env, operation string) {
	r := resourceOf(operation)
	cut, sent := r.cutOff(env)
	attempt := prepare(ctx, env, operation)
	attempt.Reads = append(attempt.Reads, r.Traces(env, sent)...)
	attempt.Refused(ctx, env, env, cut)
}

// saysJSON looks at a success, and at the refusal of the same call without a key.
func saysJSON(ctx context.Context, env *suite.Env, operation string) {
	valid := env.Sample(ctx, operation)
	refusal := call(ctx, env, operation, kit.Also(valid, client.NoCredential())...)
	answer := call(ctx, env, operation, valid...)
	if !answer.Success() {
		env.Undetermined("the valid request was refused: %s", answer)
	}
	for _, seen := range []*client.Exchange{answer, refusal} {
		if len(seen.Body) > 0 {
			env.Expect(seen).To(match.Header("Content-Type",
				match.Form("to be a type of JSON, such as application/json",
					`(?i)^application/([a-z0-9.!#$&^_-]+\+)?json\s*(;|$)`)))
		}
	}
}

// stampsInstants looks at every documented timestamp of the answer, in a list
// at those of each item.
func stampsInstants(ctx context.Context, env *suite.Env, operation string) {
	answer := call(ctx, env, operation, env.Sample(ctx, operation)...)
	env.Expect(answer).To(match.Success())
	r := resourceOf(operation)
	for _, name := range []string{"createdAt", "updatedAt"} { // when an override expires, no document shows
		stamped := kit.Object(kit.Shape{name: isStamp})
		switch {
		case r.members[name] == nil:
		case operation == r.Lists:
			kit.ExpectShape(env, answer, "", kit.Array(1, stamped))
		default:
			kit.ExpectShape(env, answer, "", stamped)
		}
	}
}

// isStamp is a date-time of the calendar, of any zone and fraction. Which answers have to have one, others ask.
func isStamp(value gjson.Result, _ bool) string {
	if !value.Exists() {
		return ""
	}
	_, ok := format.Instant(value.Str)
	return kit.Unless(value.Type == gjson.String && ok, "no date-time", value)
}

func (r resource) listsBare(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env)
	list := env.Call(ctx, r.Lists)
	env.ExpectAnswer(list)
	env.Expect(list).To(match.JSONBody(gomega.BeAssignableToTypeOf([]any{})))
	env.Expect(list.Texts("#.id")).To(gomega.ContainElement(made.Text("id")))
}

// presumed are members that the server owns, as a caller would have them. The tenant is another one where the
// target shows one.
func presumed(ctx context.Context, env *suite.Env) kit.Body {
	members := kit.Body{"id": env.Unique("presumed"), "tenantId": env.Unique("tenant"), "createdAt": "2001-02-03T04:05:06.000Z"}
	if env.Has("second-tenant") {
		if foreign := wards().Made(ctx, env.As("second-tenant")).Text("tenantId"); foreign != "" {
			members["tenantId"] = foreign
		}
	}
	return members
}

// ownsMembers sends an id, a tenantId and a createdAt with a new record, and
// expects it in the own tenant's list with others. A target may refuse them: then nobody has them.
func (r resource) ownsMembers(ctx context.Context, env *suite.Env) {
	presumed := presumed(ctx, env)
	sent := kit.With(r.Body(env), presumed)
	made := kit.TakenOrRefused(ctx, env, func() *client.Exchange { return r.Send(ctx, env, sent) }, r.Traces(env, sent)...)
	if !made.Success() {
		r.Made(ctx, env) // it is those members that are refused
		return
	}
	list := r.Listed(ctx, env)
	env.Expect(list).To(r.Items.Has(r.IDOf(made)), "the new record is in the list")
	for name, value := range kit.InOrder(presumed) {
		env.Expect(made).ToNot(match.Member(name, value))
		env.Expect(r.Items.Item(list, r.IDOf(made)).Get(name).Value()).ToNot(gomega.Equal(value), "%s in the list", name)
	}
	env.Expect(list).To(r.Items.Lacks(presumed["id"].(string)), "there is a record with the id that was sent")
}

// keepsOwnMembers sends them one by one with a change, which may be refused, and expects the
// record where it was, with what the server owns as it was.
func (r resource) keepsOwnMembers(ctx context.Context, env *suite.Env) {
	for name, value := range kit.InOrder(presumed(ctx, env)) {
		made := r.Made(ctx, env, r.full(env))
		change := kit.Body{name: value, r.aside: env.Unique("Changed To")}
		kit.TakenOrRefused(ctx, env, func() *client.Exchange { return r.Change(ctx, env, made.Text("id"), change) },
			r.Excerpt(env, made.Text("id")))
		for _, shown := range r.views(ctx, env, made.Text("id")) {
			r.expectSame(env, shown, made, slices.DeleteFunc(slices.Collect(maps.Keys(r.members)), func(member string) bool {
				return slices.Contains([]string{"id", "tenantId", "createdAt"}, member)
			})...)
		}
	}
}

func (r resource) movesUpdatedAt(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env)
	before, ok := format.Instant(made.Text("updatedAt"))
	if !ok {
		env.Undetermined("the updatedAt of the new record is no date-time: %q", made.Text("updatedAt"))
	}
	kit.Later(ctx, env)
	changed := r.Change(ctx, env, made.Text("id"), kit.Body{r.aside: env.Unique("Changed To")})
	env.Expect(changed).To(match.Success())
	later := match.Such("to be a later date-time", func(value any) bool {
		text, _ := value.(string)
		after, ok := format.Instant(text)
		return ok && after.After(before)
	})
	for _, shown := range append(r.views(ctx, env, made.Text("id")), changed) {
		env.Expect(shown).To(match.Member("updatedAt", later), "it was %s before the change", made.Text("updatedAt"))
	}
}
