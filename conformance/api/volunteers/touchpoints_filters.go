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
	f := filters[own]
	keptTouchpoints(ctx, env, user, f.keeps, client.Query(f.name, f.value))
	for _, other := range filters {
		both := slices.DeleteFunc(slices.Clone(f.keeps), func(id string) bool { return !slices.Contains(other.keeps, id) })
		if other.name != name {
			keptTouchpoints(ctx, env, user, both, client.Query(f.name, f.value), client.Query(other.name, other.value))
		}
	}
	paged := touchpointSub().of(user).All(ctx, env, client.Query(f.name, f.value), client.Query("limit", 1))
	if paged.Success() { // how long a page may be, the page does not say
		env.Expect(paged).To(data.Only(f.keeps...), "on all pages")
	}
}

// filtersOver makes four touchpoints, and filters of which each keeps two of them, and no two
// the same.
func filtersOver(ctx context.Context, env *suite.Env, user *client.Exchange) []filter {
	touchpoints, early, late := touchpointSub(), "2026-02-10", "2026-03-02"
	one, other := word(env, "sought"), word(env, "other")
	typed, named := kit.Body{}, takesType(ctx, env)
	if named {
		typed = kit.Body{"type": ref(kit.GivenNumber(env, "touchpointTypeId"))}
	}
	made := func(subject string, archived bool, start string, more ...kit.Body) string {
		body := kit.Body{"subject": "About the " + subject, "archived": archived, "start": start, "end": start}
		return recordOf(touchpoints.of(user).Made(ctx, env, append([]kit.Body{body}, more...)...))
	}
	a, b := made(one, true, early), made(one, false, late)
	c, d := made(other, true, late, typed), made(other, false, early, typed)
	filters := []filter{{name: "q", value: one, keeps: []string{a, b}}, {name: "archived", value: true, keeps: []string{a, c}},
		{name: "from", value: "2026-02-20", keeps: []string{b, c}}, {name: "to", value: "2026-02-20", keeps: []string{a, d}}}
	if named {
		filters = append(filters, filter{name: "type", value: kit.GivenNumber(env, "touchpointTypeId"), keeps: []string{c, d}})
	}
	return filters
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
