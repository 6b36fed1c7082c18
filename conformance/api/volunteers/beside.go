package volunteers

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// beside gives the user whom a write is about a record of each of the other kinds, and
// another user one of every kind: none of them has anything to do with the write. What a
// target does not let make is not looked at; whether it does is asked elsewhere.
func beside(ctx context.Context, env *suite.Env, operation string, request []client.Option) []suite.Read {
	stranger := makeUser(ctx, env)
	reads := []suite.Read{ownOf(env.StateOf("getUser", of(stranger)))}
	user := client.NewRequest(nil, request...).PathValues["userId"]
	for _, r := range resources() {
		if r.Lists == "" || r.Name == "user" {
			continue
		}
		reads = append(reads, r.having(ctx, env, stranger.Text("id")))
		if user != "" && !slices.Contains(r.about(), operation) {
			reads = append(reads, r.having(ctx, env, user))
		}
	}
	return reads
}

// about are the operations that are about records of the kind, those on entries below them too.
func (r resource) about() []string {
	about := r.Operations()
	for _, below := range []below{subNoteKind(), subTouchpointKind()} {
		if below.parent.Name == r.Name {
			about = append(about, below.create)
		}
	}
	return about
}

// having gives a user a record of the kind, with the flags of which there is one, and reads
// what they have of that kind.
func (r resource) having(ctx context.Context, env *suite.Env, user string) suite.Read {
	own := r.Below(client.Path("userId", user))
	switch {
	case r.Creates == "":
		if env.Has("given:skillIds") {
			env.Call(ctx, r.Updates, client.Path("userId", user), client.JSON(r.update(env)))
		}
	case r.First != nil:
		own.Send(ctx, env, kit.With(r.Body(env), r.First(env)))
	default:
		own.Send(ctx, env, r.Body(env))
	}
	return ownOf(env.StateOf(r.Lists, client.Path("userId", user)))
}

// ownOf reads of records what is theirs alone: texts, truths and numbers, but no moment, and
// no record that they name, which may change with that.
func ownOf(read suite.Read) suite.Read {
	return func(ctx context.Context) []byte {
		state := gjson.ParseBytes(read(ctx))
		body := state.Get("body")
		records := []gjson.Result{body}
		if items := body.Get("data"); items.Exists() {
			records = items.Array()
		}
		kept := []map[string]any{}
		for _, record := range records {
			one := map[string]any{}
			record.ForEach(func(name, value gjson.Result) bool {
				if _, moment := format.Instant(value.String()); !value.IsObject() && !value.IsArray() && !moment {
					one[name.String()] = value.Value()
				}
				return true
			})
			kept = append(kept, one)
		}
		shown, _ := json.Marshal(map[string]any{"status": state.Get("status").Value(), "records": kept}) // decoded JSON encodes
		return shown
	}
}
