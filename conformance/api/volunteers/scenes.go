package volunteers

import (
	"context"

	"github.com/tidwall/sjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// scenes are those of writes whose neighbours the paths don't tell.
func scenes() map[string]suite.SceneOf {
	return map[string]suite.SceneOf{
		"updateUserSkills":        skillScene,
		"updateUserSupervisor":    supervisorScene,
		"createUserRole":          roleScene("createUserRole"),
		"updateUserRole":          roleScene("updateUserRole"),
		"deleteUserRole":          roleScene("deleteUserRole"),
		"createUserSubNote":       subNoteKind().scene,
		"createUserSubTouchpoint": subTouchpointKind().scene,
	}
}

// pairs gives the list of skills two users who have different ones: skills are everybody's,
// so that two users may well have the same.
func pairs() map[string]suite.Pair {
	return map[string]suite.Pair{"listUserSkills": func(ctx context.Context, env *suite.Env) (one, other []client.Option) {
		user, another, skills := makeUser(ctx, env), makeUser(ctx, env), someSkills(env, 2)
		skillsSet(ctx, env, user, skills[0])
		skillsSet(ctx, env, another, skills[1])
		return []client.Option{of(user)}, []client.Option{of(another)}
	}}
}

// skillScene sets the skills of one user beside another who has some, and looks at what
// else the user has.
func skillScene(ctx context.Context, env *suite.Env) suite.Scene {
	user, other, skills := makeUser(ctx, env), makeUser(ctx, env), someSkills(env, 2)
	skillsSet(ctx, env, other, skills...)
	skillsSet(ctx, env, user, skills[0])
	return suite.Scene{
		Request: []client.Option{of(user), client.JSON(map[string]any{"skills": skills})},
		Untouched: []suite.Read{
			env.StateOf("listUserSkills", of(other)), env.StateOf("getUser", of(other)), env.StateOf("getUser", of(user)),
			env.StateOf("listUserEmails", of(user)), env.StateOf("listUserRoles", of(user)),
		},
	}
}

// roleScene writes one of three role associations that are not primary, or one beside two.
// None can be read by itself, so that they are looked for on all pages of the list.
func roleScene(operation string) suite.SceneOf {
	return func(ctx context.Context, env *suite.Env) suite.Scene {
		roles, user := roleSub(), makeUser(ctx, env)
		ids := []string{roles.of(user).Listed(ctx, env).Text("data.0.id"), recordOf(roles.of(user).Made(ctx, env))}
		scene := suite.Scene{
			Request:   []client.Option{of(user)},
			Untouched: []suite.Read{env.StateOf("getUser", of(user))},
		}
		if operation == roles.Creates { // beside a role of either type, so that the user stays a volunteer or none
			ids = append(ids, recordOf(roles.of(user).Made(ctx, env)))
			scene.Request = append(scene.Request, client.JSON(roles.Body(env)))
		} else {
			scene.Request = []client.Option{of(user), client.Path(roles.ID, recordOf(roles.of(user).Made(ctx, env)))}
			ids = append(ids, recordOf(roles.of(user).Made(ctx, env)))
		}
		if operation == roles.Updates {
			again := append(scene.Request[:len(scene.Request):len(scene.Request)], client.JSON(kit.Body{"primary": 0}))
			scene.More = append(scene.More, again)
			scene.Request = append(scene.Request, client.JSON(roles.WholeBody(env)))
		}
		for _, id := range ids {
			scene.Untouched = append(scene.Untouched, roles.listing(env, user, id))
		}
		return scene
	}
}

// listing reads a record out of the list, null when it is on none of its pages.
func (s sub) listing(env *suite.Env, user *client.Exchange, record string) suite.Read {
	return func(ctx context.Context) []byte {
		list := s.of(user).All(ctx, env)
		if found := kit.Said(env, list).Get(data.Place(list, record)); found.Exists() {
			return []byte(found.Raw)
		}
		return []byte("null")
	}
}

// supervisorScene changes one of three pairs, and leaves the primary one what it is.
func supervisorScene(ctx context.Context, env *suite.Env) suite.Scene {
	pairs, user := supervisorSub(), makeUser(ctx, env)
	first := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"primary": true}))
	second := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"user": deputy(env)}))
	third := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"user": makeSupervisor(ctx, env)}))
	scene := suite.Scene{
		Request:   []client.Option{of(user), client.Path(pairs.ID, second), client.JSON(map[string]any{"primary": false})},
		Untouched: []suite.Read{env.StateOf("getUser", of(user))},
	}
	for _, id := range []string{first, third} {
		scene.Untouched = append(scene.Untouched, env.StateOf(pairs.Gets, of(user), client.Path(pairs.ID, id)))
	}
	return scene
}

// scene adds an entry to a record beside another that has one: neither that one nor the
// rest of the record may change. Nothing is added to the record before, as that could
// touch the other one already.
func (b below) scene(ctx context.Context, env *suite.Env) suite.Scene {
	user := makeUser(ctx, env)
	entry := func() client.Option { return client.JSON(map[string]any{"body": "Called back " + env.Unique("entry")}) }
	other := recordOf(b.parent.of(user).Made(ctx, env))
	env.Must(ctx, b.create, of(user), client.Path(b.parent.ID, other), entry())
	record, plain := recordOf(b.parent.of(user).Made(ctx, env, b.raised)), recordOf(b.parent.of(user).Made(ctx, env))
	read := func(record string) suite.Read {
		return env.StateOf(b.parent.Gets, of(user), client.Path(b.parent.ID, record))
	}
	return suite.Scene{
		Request:   []client.Option{of(user), client.Path(b.parent.ID, record), entry()},
		More:      [][]client.Option{{of(user), client.Path(b.parent.ID, plain), entry()}},
		Untouched: []suite.Read{read(other), b.bare(read(record)), b.bare(read(plain)), env.StateOf("getUser", of(user))},
	}
}

// bare reads a record without its entries and without the time of its last change.
func (b below) bare(read suite.Read) suite.Read {
	return func(ctx context.Context) []byte {
		state := read(ctx)
		state, _ = sjson.DeleteBytes(state, "body.data."+b.member) // the paths are plain ones
		state, _ = sjson.DeleteBytes(state, "body.data.updated_at")
		return state
	}
}
