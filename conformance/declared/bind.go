package declared

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// bound says whether the operation binds its records to others by the path alone, or frees them.
func (a *act) bound() bool {
	return a.Verb != contract.VerbList && a.resource != nil && a.room.behavior.Bound(a.Act)
}

// other is the operation of a verb on the same pair of resources, nil where there is none.
func (a *act) other(verb contract.Verb) *act {
	for _, o := range a.room.behavior.Bindings(a.Act, verb) {
		return a.room.act(o.Operation)
	}
	return nil
}

// pair is a valid request of the operation on two records; what is to be freed is bound before.
func (a *act) pair(ctx context.Context, env *suite.Env, above, r *record) []client.Option {
	if binds := a.other(contract.VerbRelate); a.Verb == contract.VerbUnbind && binds != nil {
		env.Must(ctx, binds.Operation, binds.both(env, above.line(), r)...)
	}
	return a.both(env, above.line(), r)
}

// both names two records: one by the line that leads to it, the other behind it in the path, or in the body.
func (a *act) both(env *suite.Env, line []string, r *record) []client.Option {
	if a.Named != "" {
		return []client.Option{a.at(line), a.naming(env, r.id())}
	}
	options := []client.Option{a.at(slices.Concat(line, r.key))}
	if a.op.Body != nil && a.op.Body.Required {
		options = append(options, a.sent(kit.Body{}))
	}
	return options
}

// naming is a body with ids where the operation looks for them: the last one alone, where it takes one.
func (a *act) naming(env *suite.Env, ids ...string) client.Option {
	name, list := strings.CutSuffix(a.Named, "[]")
	whole := a.op.Body.Schema
	s := whole
	if name != "" {
		s, _ = whole.Property(name)
	}
	var value any = asID(s, ids[len(ids)-1])
	if list {
		all := []any{}
		for _, id := range ids {
			all = append(all, asID(s.Items, id))
		}
		value = all
	}
	if name == "" {
		return client.JSON(value)
	}
	body := kit.Body{name: value}
	for _, p := range whole.Flat() {
		if p.Name != name && whole.IsRequired(p.Name) && !p.Schema.ReadOnly {
			body[p.Name] = a.room.value(env, p.Schema, p.Name)
		}
	}
	return client.JSON(body)
}

// listsBound reads how often the list under one record has another.
func (a *act) listsBound(ctx context.Context, env *suite.Env, above, r *record, want int, when string) {
	list := a.other(contract.VerbList)
	settled(env, above, func() string {
		all := list.walk(ctx, env, above, 0)
		if n := all.count(r); n != want && (all.whole || n > want) {
			return fmt.Sprintf("the %s %s is %d times in the list of the %s, and not %d, %s\n%s", r.resource.Name, r.id(), n,
				above.resource.Name, want, when, all.show())
		}
		return ""
	})
}

func boundThere(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above, elsewhere, r, beside := a.parent().make(ctx, env, nil), a.parent().make(ctx, env, nil), res.make(ctx, env, nil),
		res.make(ctx, env, nil)
	env.ExpectAnswer(env.Call(ctx, a.Operation, a.pair(ctx, env, above, r)...))
	a.listsBound(ctx, env, above, r, 1, "after it was bound")
	a.listsBound(ctx, env, elsewhere, r, 0, "to which it was not bound")
	env.Must(ctx, a.Operation, a.pair(ctx, env, above, beside)...)
	again := env.Call(ctx, a.Operation, a.pair(ctx, env, above, r)...) // may be taken, or refused as done already
	a.listsBound(ctx, env, above, r, 1, fmt.Sprintf("after it was bound again with %d", again.Status))
	a.listsBound(ctx, env, above, beside, 1, "after another was bound")
}

func freed(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above, r, beside := a.parent().make(ctx, env, nil), res.make(ctx, env, nil), res.make(ctx, env, nil)
	binds := a.other(contract.VerbRelate)
	env.Must(ctx, binds.Operation, binds.pair(ctx, env, above, beside)...)
	options := a.pair(ctx, env, above, r)
	a.listsBound(ctx, env, above, r, 1, "before it is freed")
	env.ExpectAnswer(env.Call(ctx, a.Operation, options...))
	a.listsBound(ctx, env, above, r, 0, "after it was freed")
	a.listsBound(ctx, env, above, beside, 1, "after another was freed")
	if res.gets != nil {
		r.now(ctx, env)
	}
}

// bindingFound asks for one of two records that nobody has. What is refused for it must not be done to others.
func bindingFound(ctx context.Context, env *suite.Env, a *act, upper bool) {
	above, r := a.parent().make(ctx, env, nil), a.resource.make(ctx, env, nil)
	right := a.pair(ctx, env, above, r)
	wrong := a.astray(env, right, above, r, upper)
	reads := a.bystanders(ctx, env, above, r, upper)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return env.Call(ctx, a.Operation, wrong...) }, reads...)
	control(ctx, env, env.Call(ctx, a.Operation, right...))
}

// astray is the request with an id that nobody has, of the upper record or of the other one. In a list of ids it stands
// behind one that is right, which must not be bound, nor freed, alone.
func (a *act) astray(env *suite.Env, right []client.Option, above, r *record, upper bool) []client.Option {
	line := above.line()
	if a.Named != "" && !upper {
		return kit.Also(right, a.naming(env, r.id(), env.UnknownID(r.id())))
	}
	if !upper {
		line = slices.Concat(line, r.key)
	}
	line[len(line)-1] = env.UnknownID(line[len(line)-1])
	if upper && a.Named == "" {
		line = slices.Concat(line, r.key)
	}
	return a.instead(right, line)
}

// untied deletes what is bound, and makes it again under its id: then it is bound to nothing.
func untied(ctx context.Context, env *suite.Env, a *act) {
	for _, one := range a.room.behavior.Tied(a.resource.Resource) {
		binds := a.room.act(one.Operation)
		above, r := binds.parent().make(ctx, env, nil), binds.resource.make(ctx, env, nil)
		env.Must(ctx, binds.Operation, binds.pair(ctx, env, above, r)...)
		binds.listsBound(ctx, env, above, r, 1, "before one of the two is deleted")
		gone := r
		if binds.resource != a.resource {
			gone = above
		}
		env.ExpectAnswer(a.remove(ctx, env, gone))
		gone.again(ctx, env)
		binds.listsBound(ctx, env, above, r, 0, "after one of the two was deleted, and made again")
	}
}

// again makes a record once more as it was made, under the same id.
func (r *record) again(ctx context.Context, env *suite.Env) {
	a := r.resource.maker()
	line := r.above.line()
	if a.Verb == contract.VerbUpsert {
		line = r.line()
	}
	env.Must(ctx, a.Operation, a.at(line), a.sent(r.sent))
}

// bystanders read the lists of what another record may be bound to, or freed of, in place of one that nobody has;
// what is to be freed is bound to them first.
func (a *act) bystanders(ctx context.Context, env *suite.Env, above, r *record, upper bool) (reads []suite.Read) {
	list, binds := a.other(contract.VerbList), a.other(contract.VerbRelate)
	if list == nil {
		return nil
	}
	bind := func(above, r *record) {
		if a.Verb == contract.VerbUnbind && binds != nil {
			env.Must(ctx, binds.Operation, binds.pair(ctx, env, above, r)...)
		}
	}
	whole := func(above *record) {
		reads = append(reads, func(ctx context.Context) []byte {
			keys := list.walk(ctx, env, above, 0).keys()
			slices.Sort(keys)
			return fmt.Appendf(nil, "%q", keys)
		})
	}
	whole(above)
	switch {
	case !env.Has("worlds"): // others bind and free there, too
	case upper:
		for _, one := range a.parent().ends(ctx, env) {
			bind(one, r)
			whole(one)
		}
	default:
		for _, one := range a.resource.ends(ctx, env) {
			bind(above, one)
		}
	}
	return reads
}

// ends are some records at either end of the list: nobody says in which order they are kept.
func (res *resource) ends(ctx context.Context, env *suite.Env) (all []*record) {
	const some = 3
	if res.lists == nil || res.above != nil {
		return nil
	}
	items := res.lists.walk(ctx, env, nil, 0).items
	if len(items) > 2*some {
		items = slices.Concat(items[:some], items[len(items)-some:])
	}
	for _, item := range items {
		if key := res.key(item, nil); len(key) > 0 {
			all = append(all, &record{resource: res, key: key})
		}
	}
	return all
}

// bonds is the scene of an operation that binds or frees: what stands beside are other pairs, and the two records.
func (a *act) bonds(ctx context.Context, env *suite.Env) suite.Scene {
	res, up := a.resource, a.parent()
	above, elsewhere, r := up.make(ctx, env, nil), up.make(ctx, env, nil), res.make(ctx, env, nil)
	scene := suite.Scene{Untouched: []suite.Read{above.still(env), r.still(env)}}
	list, binds := a.other(contract.VerbList), a.other(contract.VerbRelate)
	pair := func(above *record) {
		if list == nil || binds == nil {
			return
		}
		beside := res.make(ctx, env, nil)
		env.Must(ctx, binds.Operation, binds.pair(ctx, env, above, beside)...)
		scene.Untouched = append(scene.Untouched, func(ctx context.Context) []byte {
			return fmt.Appendf(nil, "%d", list.walk(ctx, env, above, 0).count(beside))
		})
	}
	pair(elsewhere)
	pair(above)
	scene.Request = a.pair(ctx, env, above, r)
	pair(elsewhere)
	pair(above)
	return scene
}
