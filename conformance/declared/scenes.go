package declared

import (
	"context"
	"slices"
	"strings"

	"rollcall/conformance/suite"
)

// scenes are writes with the records beside them that they must leave alone.
func (r *room) scenes() map[string]suite.SceneOf {
	all := map[string]suite.SceneOf{}
	for _, a := range r.acts {
		if a.op.Reads() || a.resource == nil || !a.resource.canMake() {
			continue
		}
		all[a.Operation] = func(ctx context.Context, env *suite.Env) suite.Scene { return a.resource.scene(ctx, env, a) }
	}
	return all
}

// scene has a record made before and one made after the one that is written, under the same
// parent; the parent is looked at, too.
func (res *resource) scene(ctx context.Context, env *suite.Env, a *act) suite.Scene {
	if a.bound() {
		return a.bonds(ctx, env)
	}
	if a.Makes() {
		above := res.aboveFor(ctx, env, a)
		request := res.fill(ctx, env, a, above)
		scene := suite.Scene{Untouched: []suite.Read{res.beside(ctx, env, above).still(env)}}
		switch {
		case above != nil:
			scene.Untouched = append(scene.Untouched, above.still(env))
		case env.Has("worlds") && res.lists != nil:
			scene.Untouched = append(scene.Untouched, res.standing(ctx, env))
		}
		scene.Request = append(scene.Request, a.at(res.lineOf(env, a, above, request)), a.sent(request))
		return scene
	}
	above := res.parent(ctx, env)
	var scene suite.Scene
	if above == nil && env.Has("worlds") && res.lists != nil {
		scene.Untouched = append(scene.Untouched, res.standing(ctx, env))
	}
	before := res.beside(ctx, env, above)
	r := res.readyIn(ctx, env, a, above)
	scene.Request, scene.Untouched = a.request(ctx, env, r), append(scene.Untouched, before.still(env))
	if res.most() == 0 || res.most() > 2 {
		scene.Untouched = append(scene.Untouched, res.make(ctx, env, r.above).still(env))
	}
	if r.above != nil {
		scene.Untouched = append(scene.Untouched, r.above.still(env))
	}
	return scene
}

// standing reads all records that are there by now: what is made for the scene itself has the
// operation at work already, so that nobody else looks at whom it touched.
func (res *resource) standing(ctx context.Context, env *suite.Env) suite.Read {
	names := res.lists.walk(ctx, env, nil, 0).keys()
	return func(ctx context.Context) []byte {
		list := res.lists.walk(ctx, env, nil, 0)
		var all []string
		for i, name := range list.keys() {
			if slices.Contains(names, name) {
				all = append(all, res.known(list.items[i], res.moving()...))
			}
		}
		slices.Sort(all)
		return []byte("[" + strings.Join(all, ",") + "]")
	}
}

// beside makes a record under the other one, where a second has room.
func (res *resource) beside(ctx context.Context, env *suite.Env, above *record) *record {
	if res.most() == 1 {
		return res.make(ctx, env, nil)
	}
	return res.make(ctx, env, above)
}

// still reads of a record what no other's write changes.
func (r *record) still(env *suite.Env) suite.Read {
	return func(ctx context.Context) []byte {
		found, _ := r.read(ctx, env)
		if !found.Exists() {
			return []byte("null")
		}
		return []byte(r.resource.known(found, r.resource.moving()...))
	}
}
