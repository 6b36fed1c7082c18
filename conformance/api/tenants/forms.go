package tenants

import (
	"context"
	"maps"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// The documents draw the body of a create and of an update with 41 members, and say of none
// that it may be left out or null, nor that it has to be there. So a target may take what is
// set alone, want all of them named, or want a value in each.

// A username may have to be an email address, or must not be one.

// form adds to a body what a target may want on top of it.
type form struct {
	name  string
	more  func(env *suite.Env) map[string]any
	plain bool // names that are letters alone in place of addresses
}

func forms() (all []form) {
	for _, f := range []form{
		{name: "what is set", more: func(*suite.Env) map[string]any { return nil }},
		{name: "all members", more: func(*suite.Env) map[string]any { return unset() }},
		{name: "a value in each member",
			more: func(env *suite.Env) map[string]any { return kit.Fill(presets(env), values(env), unset()) }},
	} {
		all = append(all, f, form{f.name + " and a plain username", f.more, true})
	}
	return all
}

// of is a body in the form.
func (f form) of(env *suite.Env, body map[string]any) map[string]any {
	body = kit.Fill(body, f.more(env))
	if name, ok := body["username"].(string); ok && f.plain {
		body["username"] = strings.NewReplacer("-", "", "+", "", ".", "", "@", "", "'", "").Replace(name)
	}
	return body
}

// unset is every member, without a value.
func unset() map[string]any {
	all := map[string]any{}
	for _, member := range writable() {
		all[member] = nil
	}
	return all
}

// values are those that an ordinary product takes.
func values(env *suite.Env) map[string]any {
	all := map[string]any{}
	for _, group := range contested(env) {
		maps.Copy(all, group)
	}
	return all
}

// presets are the members that the target's file gives of users.
func presets(env *suite.Env) map[string]any {
	all := map[string]any{}
	for _, member := range writable() {
		if env.Has("given:" + member) {
			all[member] = given(env, member)
		}
	}
	return all
}

// whole is the body of a write in the form that the target takes. Where it takes none for a new
// user, nothing can be asked: what it misses, its file may give.
func whole(ctx context.Context, env *suite.Env, operation string, body map[string]any) client.Option {
	f, refusal := formOf(ctx, env, operation)
	if refusal != nil && operation == "createUser" {
		env.Undetermined("set-up failed: the target refuses each new user. Where it is for a value of the suite's own, "+
			"let the target's file give one that it takes, such as emailDomain, phone, referenceNumber or groupId\n%s",
			match.Show(refusal))
	}
	if operation == "updateUser" { // what it sends anew of a username is in the form of a new user's
		created, _ := formOf(ctx, env, "createUser")
		f.plain = f.plain || created.plain
	}
	return client.JSON(f.of(env, body))
}

// formOf is the first form in which the target takes a write, tried once in a run: else each
// refusal could be one of the form, and would say nothing of what the case is about. It is
// what is set where the target takes none, with the first refusal if it is one of the input.
func formOf(ctx context.Context, env *suite.Env, operation string) (taken form, refusal *client.Exchange) {
	for _, f := range forms() {
		if f.plain && operation == "updateUser" { // a user has the name it was made with
			continue
		}
		answer := env.Beside(ctx, operation+" with "+f.name, func(ctx context.Context, env *suite.Env) *client.Exchange {
			return tried(ctx, env, operation, f)
		})
		switch {
		case answer == nil || answer.Err != nil || answer.Success(): // what was not answered tells nothing of a form
			return f, nil
		case refusal == nil && kit.Invalid(answer):
			refusal = answer
		}
	}
	return forms()[0], refusal
}

// tried creates a user, or updates one, in a form.
func tried(ctx context.Context, env *suite.Env, operation string, f form) *client.Exchange {
	standing(ctx, env) // as nothing that the run does has made it yet
	if operation == "createUser" {
		return createRaw(ctx, env, client.JSON(f.of(env, person(env))))
	}
	user := makeUser(ctx, env)
	return env.Call(ctx, operation, home(env), client.Path("userId", idOf(env, user)),
		client.JSON(f.of(env, renamed(user))), client.Echo())
}

// wrote is a member of the body that was sent, for a form may spell it otherwise than the case.
func wrote(answer *client.Exchange, member string) string {
	return gjson.GetBytes(answer.RequestBody, member).String()
}
