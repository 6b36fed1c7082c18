package declared

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// sorted asks for a list by each member of which new records have values that differ, upwards and
// downwards.
func sorted(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	const enough = 5 // that they are hardly in that order by chance
	n := enough
	if most := res.most(); most > 0 {
		n = min(n, most)
	}
	var own []*record
	for range n {
		own = append(own, res.makeIn(ctx, env, a, above))
	}
	tried := 0
	for _, value := range a.orders() {
		member, _ := strings.CutPrefix(value, "-")
		if tried < 4 && res.differ(ctx, env, own, member) {
			tried++
			expectSorted(ctx, env, a, above, own, value)
		}
	}
	if tried == 0 {
		env.Undetermined("nobody says by which member the list of %s can be ordered", a.Operation)
	}
}

// orders are the values that the parameter may have: those that the document lists, else each
// member of the resource that a body may have.
func (a *act) orders() (all []string) {
	add := func(name string) {
		member := strings.TrimPrefix(name, "-")
		if _, ok := a.resource.Schema.Property(member); ok && a.resource.shows(member) && a.resource.maker().takes(member) {
			all = append(all, name)
		}
	}
	for _, p := range a.op.Parameters {
		if p.Name == a.List.Sort.Param && p.Schema != nil && len(p.Schema.Enum) > 0 {
			for _, value := range p.Schema.Enum {
				add(fmt.Sprint(value))
			}
			return all
		}
	}
	for _, p := range a.resource.Schema.Every() {
		if p.Schema.Type == "string" || p.Schema.Type == "number" || p.Schema.Type == "integer" {
			add(p.Name)
			add("-" + p.Name)
		}
	}
	return all
}

// differ says whether all records have another value of a member.
func (res *resource) differ(ctx context.Context, env *suite.Env, own []*record, member string) bool {
	var seen []string
	for _, r := range own {
		now, _ := r.now(ctx, env)
		value := now.Get(gjsonName(member))
		if value.Type == gjson.Null || slices.Contains(seen, value.Raw) {
			return false
		}
		seen = append(seen, value.Raw)
	}
	return true
}

func expectSorted(ctx context.Context, env *suite.Env, a *act, above *record, own []*record, by string) {
	order := &resource{Resource: &contract.Resource{Order: []string{by}}}
	settled(env, above, func() string {
		list := a.walk(ctx, env, above, 0, client.Query(a.List.Sort.Param, by))
		among := list.among(own)
		if len(among) < len(own) {
			env.Undetermined("of %d that were made, %d are in the list", len(own), len(among))
		}
		for i := 1; i < len(among); i++ {
			if order.before(among[i], among[i-1]) {
				return fmt.Sprintf(
					"by %s=%s one comes too late: %s after %s\n%s",
					a.List.Sort.Param,
					by,
					among[i].Raw,
					among[i-1].Raw,
					list.show(),
				)
			}
		}
		return ""
	})
}

// included expects the record that another one names to come along where the parameter asks for it.
func included(ctx context.Context, env *suite.Env, a *act, one contract.Include) {
	res, of := a.resource, a.resource.room.resources[one.Of]
	if of == nil || !of.canMake() || !res.canMake() {
		env.Undetermined("no operation makes a %s, or none a %s", one.Of, res.Name)
	}
	source := of.make(ctx, env, nil)
	s, ok := res.maker().input().Property(one.By)
	if !ok {
		env.Undetermined("nobody can say the %s of a %s", one.By, res.Name)
	}
	names := kit.Body{one.By: asID(s, source.id())}
	asked := client.Query(one.Param, one.Name)
	var record gjson.Result
	var answer *client.Exchange
	if a.Verb == contract.VerbList {
		above := res.aboveFor(ctx, env, a)
		made := res.makeIn(ctx, env, a, above, names)
		list := a.walk(ctx, env, above, 0, asked)
		record, answer = list.of(made), list.pages[len(list.pages)-1]
	} else {
		made := res.make(ctx, env, res.parent(ctx, env), names)
		answer = env.Call(ctx, a.Operation, a.at(made.line()), asked)
		record = a.recordIn(answer)
	}
	env.ExpectAnswer(answer)
	if !slices.Equal(of.key(record.Get(gjsonName(one.Name)), nil), source.key) {
		env.Expect(answer).To(match.That(one.Name+", the "+one.Of+" "+source.id(), func(*client.Exchange) string {
			return "it is " + shown(record.Get(gjsonName(one.Name)))
		}))
	}
}
