package volunteers

import (
	"context"
	"fmt"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// filter is one of the filters of a list, with the records that it keeps.
type filter struct {
	requirement, name string
	value             any
	keeps             []string
}

// touchpointFilterCases hold each filter to what it says beside each of the others, and on
// every page.
func touchpointFilterCases() []suite.Case {
	var cases []suite.Case
	for _, f := range []filter{{requirement: "VOL-TP-08", name: "q"}, {requirement: "VOL-TP-09", name: "type"},
		{requirement: "VOL-TP-10", name: "archived"}, {requirement: "VOL-TP-11", name: "from"},
		{requirement: "VOL-TP-12", name: "to"}} {
		cases = append(cases, suite.Case{Requirement: f.requirement,
			Title: f.name + " keeps the same beside other filters and on all pages",
			Check: func(ctx context.Context, env *suite.Env) { filtersCombine(ctx, env, f.name) }})
	}
	return cases
}

func filtersCombine(ctx context.Context, env *suite.Env, name string) {
	user := makeUser(ctx, env)
	filters := filtersOver(ctx, env, user)
	own := slices.IndexFunc(filters, func(f filter) bool { return f.name == name })
	if own < 0 {
		env.NotApplicable("the target takes no type by its id, so that none has one to be found by")
	}
	f, hidden := filters[own], archivedHidden(ctx, env, user, filters)
	keep := func(what string, ids []string, queries ...filter) {
		var options []client.Option
		shown := ids // of those that a list may leave out, none has to be there unless they are asked for
		for _, q := range queries {
			options = append(options, client.Query(q.name, q.value))
		}
		if !slices.ContainsFunc(queries, func(q filter) bool { return q.name == "archived" }) {
			shown = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(hidden, id) })
		}
		if list := touchpointSub().of(user).All(ctx, env, options...); what == "" || list.Success() {
			env.ExpectAnswer(list)
			env.Expect(list).To(data.Has(shown...), what)
			env.Expect(list).To(data.Within(ids...), what)
		}
	}
	keep("", f.keeps, f)
	for _, other := range filters {
		both := slices.DeleteFunc(slices.Clone(f.keeps), func(id string) bool { return !slices.Contains(other.keeps, id) })
		if other.name != name {
			keep("", both, f, other)
		}
	}
	keep("on all pages", f.keeps, f, filter{name: "limit", value: 1}) // how long a page may be, the page does not say
}

// archivedHidden are the archived ones where a list that asks for nothing leaves them out: what it
// shows of them then, the page does not say.
func archivedHidden(ctx context.Context, env *suite.Env, user *client.Exchange, filters []filter) []string {
	archived := filters[slices.IndexFunc(filters, func(f filter) bool { return f.name == "archived" })].keeps
	if all := data.IDs(touchpointSub().of(user).Listed(ctx, env)); slices.ContainsFunc(archived, func(id string) bool {
		return slices.Contains(all, id)
	}) {
		return nil
	}
	return archived
}

// filtersOver makes four touchpoints, and filters of which each keeps two of them, and no two
// the same.
func filtersOver(ctx context.Context, env *suite.Env, user *client.Exchange) []filter {
	touchpoints, early, late := touchpointSub(), "2026-02-10", "2026-03-02"
	one, other := word(env, "sought"), word(env, "other")
	typed, untyped, named := kit.Body{}, kit.Body{}, takesType(ctx, env)
	if named {
		typed = kit.Body{"type": ref(kit.GivenNumber(env, "touchpointTypeId"))}
		if untyped, named = otherType(env); !named {
			typed = kit.Body{}
		}
	}
	made := func(subject string, archived bool, start string, more ...kit.Body) string {
		body := kit.Body{"subject": "About the " + subject, "archived": archived, "start": start, "end": start}
		if archived { // a word of the one text is found as one of the other
			body["subject"], body["body"] = "About the rest", "About the "+subject
		}
		return recordOf(touchpoints.of(user).Made(ctx, env, append([]kit.Body{body}, more...)...))
	}
	a, b := made(one, true, early, untyped), made(one, false, late, untyped)
	c, d := made(other, true, late, typed), made(other, false, early, typed)
	filters := []filter{{name: "q", value: one, keeps: []string{a, b}}, {name: "archived", value: true, keeps: []string{a, c}},
		{name: "from", value: "2026-02-20", keeps: []string{b, c}}, {name: "to", value: "2026-02-20", keeps: []string{a, d}}}
	if named {
		filters = append(filters, filter{name: "type", value: kit.GivenNumber(env, "touchpointTypeId"), keeps: []string{c, d}})
	}
	return filters
}

// otherType is what a touchpoint is made with that is not of the type given: nothing, or the second
// one given where the target demands a type. It says false where there is no such thing.
func otherType(env *suite.Env) (kit.Body, bool) {
	switch {
	case !demandsType(env):
		return kit.Body{}, true
	case env.Has("given:secondTouchpointTypeId"):
		return kit.Body{"type": ref(kit.GivenNumber(env, "secondTouchpointTypeId"))}, true
	}
	return nil, false
}

// demandsType says whether the target takes no touchpoint without a type, or gives it the one that is given: which members one
// has to have, and which it has when they are not sent, the page does not say. It is asked once, and only where a type is given.
func demandsType(env *suite.Env) bool {
	if !env.Has("given:touchpointTypeId") {
		return false
	}
	bare := env.Beside(env.Context(), "a touchpoint without a type", func(ctx context.Context, env *suite.Env) *client.Exchange {
		return touchpointSub().of(makeUser(ctx, env)).Send(ctx, env, plainTouchpoint(env))
	})
	return bare != nil && (bare.Status/100 == 4 || bare.Text("data.type.id") == env.Given("touchpointTypeId"))
}

// takesType says whether the target gives a new touchpoint the type that it names by its id.
func takesType(ctx context.Context, env *suite.Env) bool {
	if !env.Has("given:touchpointTypeId") {
		return false
	}
	touchpoints, id := touchpointSub(), kit.GivenNumber(env, "touchpointTypeId")
	trial := touchpoints.of(makeUser(ctx, env)).Send(ctx, env, kit.With(touchpoints.Body(env), kit.Body{"type": ref(id)}))
	return trial.Success() && trial.Text("data.type.id") == fmt.Sprint(id)
}
