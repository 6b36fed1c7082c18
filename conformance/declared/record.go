package declared

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// record is one that a case has made.
type record struct {
	resource *resource
	above    *record  // that it stands under, nil for none
	key      []string // what leads to it in paths, the outer part first
	sent     kit.Body
	made     *client.Exchange
}

// id is the last part of what leads to it, as others name it.
func (r *record) id() string {
	if len(r.key) == 0 {
		return ""
	}
	return r.key[len(r.key)-1]
}

// line is what leads to a record through all those above it; of nothing it is nothing.
func (r *record) line() []string {
	if r == nil {
		return nil
	}
	return slices.Concat(r.above.line(), r.key)
}

// at fills the operation's path with what leads to a record, from the end: an operation may be
// reached by the record alone.
func (a *act) at(line []string) client.Option {
	names := a.Params
	line = line[max(0, len(line)-len(names)):]
	return func(r *client.Request) {
		for i, value := range line {
			client.Path(names[len(names)-len(line)+i], value)(r)
		}
	}
}

// canMake says whether records of the resource can be made.
func (res *resource) canMake() bool { return res.maker() != nil }

// parent makes a record for others of the resource to stand under, which is theirs alone; nil where
// they stand under nothing.
func (res *resource) parent(ctx context.Context, env *suite.Env) *record {
	if res.above == nil {
		return nil
	}
	return res.above.make(ctx, env, nil)
}

// make makes a record under another one, or under one of its own. What goes wrong with it
// ends the case as undetermined.
func (res *resource) make(ctx context.Context, env *suite.Env, above *record, changes ...kit.Body) *record {
	a, above := res.making(ctx, env, above)
	body := res.fill(ctx, env, a, above, changes...)
	line := res.lineOf(env, a, above, body)
	made := env.Must(ctx, a.Operation, a.at(line), a.sent(body))
	return res.take(ctx, env, a, above, line, body, made)
}

// create is make for a call that is to be judged.
func (res *resource) create(ctx context.Context, env *suite.Env, a *act, above *record, body kit.Body) *client.Exchange {
	line := res.lineOf(env, a, above, body)
	answer := env.Call(ctx, a.Operation, a.at(line), a.sent(body))
	if answer.Success() {
		res.take(ctx, env, a, above, line, body, answer)
	}
	return answer
}

// making is the operation that makes a record of the resource, and what it is made under.
func (res *resource) making(ctx context.Context, env *suite.Env, above *record) (*act, *record) {
	a := res.maker()
	if a == nil {
		env.Undetermined("no operation makes a %s", res.Name)
	}
	if above == nil {
		if parent := a.parent(); parent != nil && len(a.Params) > 0 {
			above = parent.make(ctx, env, nil)
		}
	}
	return a, above
}

// lineOf is what leads to a new record: what it is made under and, where its id is in the
// path, that.
func (res *resource) lineOf(env *suite.Env, a *act, above *record, body kit.Body) []string {
	line := above.line()
	if a.Verb == contract.VerbUpsert {
		named, ok := body[res.ID.Member]
		if !ok {
			named = res.room.given(env, a.named())
		}
		line = append(slices.Clone(line), text(named))
	}
	return line
}

// named is the schema of the parameter that names the record, nil where there is none.
func (a *act) named() *contract.Schema {
	for _, p := range a.op.Parameters {
		if p.In == "path" && len(a.Params) > 0 && p.Name == a.Params[len(a.Params)-1] {
			return p.Schema
		}
	}
	return nil
}

// take remembers a record that was made, and takes it back after the case.
func (res *resource) take(ctx context.Context, env *suite.Env, a *act, above *record, line []string, body kit.Body,
	made *client.Exchange) *record {
	r := &record{resource: res, above: above, sent: body, made: made}
	if r.key = res.key(a.recordIn(made), made); a.Verb == contract.VerbUpsert {
		r.key = line[len(above.line()):]
	}
	if given := body[res.ID.Member]; len(r.key) == 0 && res.ID.Make == contract.MakeGiven && len(res.ID.Composite) == 0 &&
		given != nil {
		r.key = []string{text(given)} // the answer need not repeat what was sent
	}
	if len(r.key) == 0 || r.id() == "" {
		env.Undetermined("set-up failed: nothing in the answer says what leads to the new %s\n%s", res.Name, match.Show(made))
	}
	if res.deletes != nil && !holdsID(made, r.id()) {
		env.Track(func(ctx context.Context) { env.Call(ctx, res.deletes.Operation, res.deletes.at(r.line())) })
	} else if res.deletes != nil && strings.HasSuffix(res.deletes.op.Path, "}") {
		env.TrackCall(res.deletes.Operation, res.deletes.at(r.line()))
	}
	return r
}

// holdsID says whether the answer names the id where whoever keeps the ledger looks for it.
func holdsID(e *client.Exchange, id string) bool {
	if path.Base(e.Header.Get("Location")) == id {
		return true
	}
	found := false
	kit.Walk(e.Get("@this"), func(_, _ string, value gjson.Result) { found = found || value.String() == id })
	return found
}

// recordIn is the record in an answer; one that is not there does not exist.
func (a *act) recordIn(e *client.Exchange) gjson.Result { return e.Get(a.place()) }

// place is where an answer of the operation holds a record.
func (a *act) place() string {
	name, list := strings.CutSuffix(a.In, "[]")
	if list {
		return kit.Path(name, "0")
	}
	return kit.Path(name)
}

// key is what leads to a record in paths, nil where nothing says it.
func (res *resource) key(found gjson.Result, made *client.Exchange) (key []string) {
	members := append(slices.Clone(res.ID.Composite), res.ID.Member)
	for _, name := range members {
		value := ""
		if name != "" {
			value = found.Get(name).String()
		}
		if value == "" {
			break
		}
		key = append(key, value)
	}
	if len(key) == len(members) {
		return key
	}
	if made == nil {
		return nil
	}
	if at, err := url.Parse(made.Header.Get("Location")); err == nil && at.Path != "" {
		parts := strings.Split(strings.Trim(at.Path, "/"), "/")
		if len(parts) >= len(members) {
			return parts[len(parts)-len(members):]
		}
	}
	return nil
}

// read is the record as it is now, and the answer that shows it; one that is not there does not
// exist. It ends the case as undetermined where nothing can show it.
func (r *record) read(ctx context.Context, env *suite.Env) (gjson.Result, *client.Exchange) {
	res := r.resource
	switch {
	case res.looks():
		answer := env.Call(ctx, res.gets.Operation, res.gets.at(r.line()))
		if !answer.Success() {
			return gjson.Result{}, answer
		}
		if !res.gets.tells {
			return gjson.Parse("{}"), answer // it is there, and that is all
		}
		return res.gets.recordIn(answer), answer
	case res.lists != nil:
		found := res.lists.walk(ctx, env, r.above, 0)
		return found.of(r), found.pages[len(found.pages)-1]
	}
	env.Undetermined("no operation shows a %s", res.Name)
	return gjson.Result{}, nil
}

// looks says whether a record is read by itself: a list is better where the answer to that has no place for a record.
func (res *resource) looks() bool { return res.gets != nil && (res.lists == nil || res.gets.tells) }

// now is the record as it is, which has to be there.
func (r *record) now(ctx context.Context, env *suite.Env) (gjson.Result, *client.Exchange) {
	found, answer := r.read(ctx, env)
	if !found.Exists() {
		env.Expect(answer).To(match.Success(), "the %s that was made is to be read", r.resource.Name)
		env.Fail("the %s that was made is not in the answer\n%s", r.resource.Name, match.Show(answer))
	}
	return found, answer
}

// state is a read of the record, for what must not change it.
func (r *record) state(env *suite.Env) suite.Read {
	res := r.resource
	if res.looks() {
		return env.StateOf(res.gets.Operation, res.gets.at(r.line()))
	}
	return func(ctx context.Context) []byte {
		found, _ := r.read(ctx, env)
		if !found.Exists() {
			return []byte("null")
		}
		return []byte(found.Raw)
	}
}

// whole reads the list under a record, which nobody else writes to.
func (res *resource) whole(env *suite.Env, above *record) suite.Read {
	return func(ctx context.Context) []byte {
		var all []string
		for _, item := range res.lists.walk(ctx, env, above, 0).items {
			all = append(all, res.known(item))
		}
		slices.Sort(all)
		return []byte("[" + strings.Join(all, ",") + "]")
	}
}

// elsewhere reads what stands under the record and, where nobody else writes, under the first
// others of its sort: what is refused under one may be written under another.
func (res *resource) elsewhere(ctx context.Context, env *suite.Env, above *record) (reads []suite.Read) {
	if res.lists == nil {
		return nil
	}
	reads = append(reads, res.whole(env, above))
	if up := above.resource; env.Has("worlds") && up.lists != nil {
		const some = 3 // at either end: nobody says in which order they are kept
		items := up.lists.walk(ctx, env, above.above, 0).items
		if len(items) > 2*some {
			items = slices.Concat(items[:some], items[len(items)-some:])
		}
		for _, item := range items {
			reads = append(reads, res.whole(env, &record{resource: up, above: above.above, key: up.key(item, nil)}))
		}
	}
	return reads
}

// traces reads of the list the records that have the value as that member: what a refused write
// would have made, or changed.
func (res *resource) traces(env *suite.Env, above *record, member string, value any) suite.Read {
	return func(ctx context.Context) []byte {
		if res.lists == nil {
			return []byte("[]")
		}
		var own []string
		for _, item := range res.lists.walk(ctx, env, above, 0).items {
			if found := item.Get(member); found.Exists() && strings.EqualFold(text(found.Value()), text(value)) {
				own = append(own, item.Raw)
			}
		}
		slices.Sort(own)
		return []byte("[" + strings.Join(own, ",") + "]")
	}
}
