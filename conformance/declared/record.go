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
	kind  *kind
	above *record  // that it stands under, nil for none
	key   []string // what leads to it in paths, the outer part first
	sent  kit.Body
	made  *client.Exchange
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

// canMake says whether records of the kind can be made.
func (k *kind) canMake() bool { return k.creates != nil || k.upserts != nil }

// parent makes a record for others of the kind to stand under, which is theirs alone; nil where
// they stand under nothing.
func (k *kind) parent(ctx context.Context, env *suite.Env) *record {
	if k.above == nil {
		return nil
	}
	return k.above.make(ctx, env, nil)
}

// make makes a record under another one, or under one of its own. What goes wrong with it
// ends the case as undetermined.
func (k *kind) make(ctx context.Context, env *suite.Env, above *record, changes ...kit.Body) *record {
	a, above := k.making(ctx, env, above)
	body := k.fill(ctx, env, a, above, changes...)
	line := k.lineOf(env, a, above, body)
	made := env.Must(ctx, a.Operation, a.at(line), a.sent(body))
	return k.take(ctx, env, a, above, body, made)
}

// create is make for a call that is to be judged.
func (k *kind) create(ctx context.Context, env *suite.Env, a *act, above *record, body kit.Body) *client.Exchange {
	answer := env.Call(ctx, a.Operation, a.at(k.lineOf(env, a, above, body)), a.sent(body))
	if answer.Success() {
		k.take(ctx, env, a, above, body, answer)
	}
	return answer
}

// making is the operation that makes a record of the kind, and what it is made under.
func (k *kind) making(ctx context.Context, env *suite.Env, above *record) (*act, *record) {
	a := k.maker()
	if a == nil {
		env.Undetermined("no operation makes a %s", k.Name)
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
func (k *kind) lineOf(env *suite.Env, a *act, above *record, body kit.Body) []string {
	line := above.line()
	if a.Verb == contract.VerbUpsert {
		key, ok := body[k.ID.Member].(string)
		if !ok {
			key = text(k.room.given(env, nil))
		}
		line = append(slices.Clone(line), key)
	}
	return line
}

// take remembers a record that was made, and takes it back after the case.
func (k *kind) take(ctx context.Context, env *suite.Env, a *act, above *record, body kit.Body, made *client.Exchange) *record {
	r := &record{kind: k, above: above, sent: body, made: made}
	if r.key = k.key(a.recordIn(made), made); len(r.key) == 0 || r.id() == "" {
		env.Undetermined("set-up failed: nothing in the answer says what leads to the new %s\n%s", k.Name, match.Show(made))
	}
	if k.deletes != nil && !holdsID(made, r.id()) {
		env.Track(func(ctx context.Context) { env.Call(ctx, k.deletes.Operation, k.deletes.at(r.line())) })
	} else if k.deletes != nil && strings.HasSuffix(k.deletes.op.Path, "}") {
		env.TrackCall(k.deletes.Operation, k.deletes.at(r.line()))
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
func (k *kind) key(found gjson.Result, made *client.Exchange) (key []string) {
	members := append(slices.Clone(k.ID.Composite), k.ID.Member)
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
	k := r.kind
	switch {
	case k.gets != nil:
		answer := env.Call(ctx, k.gets.Operation, k.gets.at(r.line()))
		if !answer.Success() {
			return gjson.Result{}, answer
		}
		return k.gets.recordIn(answer), answer
	case k.lists != nil:
		found := k.lists.walk(ctx, env, r.above, 0)
		return found.of(r), found.pages[len(found.pages)-1]
	}
	env.Undetermined("no operation shows a %s", k.Name)
	return gjson.Result{}, nil
}

// now is the record as it is, which has to be there.
func (r *record) now(ctx context.Context, env *suite.Env) (gjson.Result, *client.Exchange) {
	found, answer := r.read(ctx, env)
	if !found.Exists() {
		env.Expect(answer).To(match.Success(), "the %s that was made is to be read", r.kind.Name)
		env.Fail("the %s that was made is not in the answer\n%s", r.kind.Name, match.Show(answer))
	}
	return found, answer
}

// state is a read of the record, for what must not change it.
func (r *record) state(env *suite.Env) suite.Read {
	k := r.kind
	if k.gets != nil {
		return env.StateOf(k.gets.Operation, k.gets.at(r.line()))
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
func (k *kind) whole(env *suite.Env, above *record) suite.Read {
	return func(ctx context.Context) []byte {
		var all []string
		for _, item := range k.lists.walk(ctx, env, above, 0).items {
			all = append(all, k.known(item))
		}
		slices.Sort(all)
		return []byte("[" + strings.Join(all, ",") + "]")
	}
}

// elsewhere reads what stands under the record and, where nobody else writes, under the first
// others of its sort: what is refused under one may be written under another.
func (k *kind) elsewhere(ctx context.Context, env *suite.Env, above *record) (reads []suite.Read) {
	if k.lists == nil {
		return nil
	}
	reads = append(reads, k.whole(env, above))
	if up := above.kind; env.Has("worlds") && up.lists != nil {
		const some = 3 // at either end: nobody says in which order they are kept
		items := up.lists.walk(ctx, env, above.above, 0).items
		if len(items) > 2*some {
			items = slices.Concat(items[:some], items[len(items)-some:])
		}
		for _, item := range items {
			reads = append(reads, k.whole(env, &record{kind: up, above: above.above, key: up.key(item, nil)}))
		}
	}
	return reads
}

// traces reads of the list the records that have the value as that member: what a refused write
// would have made, or changed.
func (k *kind) traces(env *suite.Env, above *record, member string, value any) suite.Read {
	return func(ctx context.Context) []byte {
		if k.lists == nil {
			return []byte("[]")
		}
		var own []string
		for _, item := range k.lists.walk(ctx, env, above, 0).items {
			if found := item.Get(member); found.Exists() && strings.EqualFold(text(found.Value()), text(value)) {
				own = append(own, item.Raw)
			}
		}
		slices.Sort(own)
		return []byte("[" + strings.Join(own, ",") + "]")
	}
}
