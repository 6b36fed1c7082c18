package check

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
	"rollcall/specs/format"
)

// neighbours is untouched_neighbours: a write changes what it names and nothing else. Of
// the same sort one record is made before and one after the one that is written, and the
// record above them is looked at, too; and so are strangers. Only what the document names
// is compared.
func neighbours(ctx context.Context, env *suite.Env, op *contract.Operation) {
	suspected := watched(ctx, env, op)
	if suspected == "" {
		return
	}
	if again := watched(ctx, env, op); again != "" {
		env.Fail("twice a record that the request does not name, and the run did not make, changed with the write: %s\n%s",
			suspected, again)
	}
}

// watched makes the scene, writes and looks. It returns which stranger has changed, if one
// has and it may have been somebody else's doing.
func watched(ctx context.Context, env *suite.Env, op *contract.Operation) (suspected string) {
	strangers := watchStrangers(ctx, env, op)
	scene := sceneOf(ctx, env, op)
	suspected = strangers.beforehand(ctx, op, scene.Request)
	scene.Untouched = append(scene.Untouched, env.Bystanders(ctx, op.ID, scene.Request)...)
	if len(scene.Untouched) == 0 {
		env.Undetermined("there is no read of another record that could show whether it was touched")
	}
	strangers.settle(ctx)
	before := env.ReadAll(ctx, scene.Untouched)
	written := env.Call(ctx, op.ID, scene.Request...)
	if !written.Success() {
		env.Undetermined("the write itself was refused\n%s", match.Show(written))
	}
	look := func(written *client.Exchange) {
		for i, after := range env.ReadAll(ctx, scene.Untouched) {
			if changed := match.Changes(before[i], after); changed != "" {
				env.Expect(written).To(match.Success())
				env.Fail("what the request does not name is another after the write: a record was touched, or a list shows "+
					"what it should not:\n%s", changed)
			}
		}
		suspected = cmp.Or(strangers.touched(ctx, written), suspected)
	}
	look(written)
	if more := widen(ctx, env, op, scene.Request); more != nil {
		look(more)
	}
	for _, request := range scene.More {
		if more := env.Call(ctx, op.ID, request...); more.Success() {
			look(more)
		}
	}
	if seen := func(state []byte) bool { return !unseen(state) }; suspected == "" && !slices.ContainsFunc(before, seen) {
		env.Undetermined("no record that the request does not name could be read before it was sent: what became "+
			"of them nothing shows\none was %s", before[0])
	}
	return suspected
}

// widen sends an update again with texts of its own in all members that take any and were
// not sent, and where that is refused with each of them alone: what a service passes on to
// other records may be just what the first request left out. It returns the last that
// succeeded, nil when none did: what is not stated may be refused.
func widen(ctx context.Context, env *suite.Env, op *contract.Operation, request []client.Option) (last *client.Exchange) {
	sent := client.NewRequest(op, request...).Body
	if !strings.HasSuffix(op.Path, "}") || op.Body == nil || !gjson.ParseBytes(sent).IsObject() {
		return nil
	}
	more := func(names ...string) *client.Exchange {
		body, _ := gjson.ParseBytes(sent).Value().(map[string]any)
		for _, name := range names {
			body[name] = env.Unique("other")
		}
		return env.Call(ctx, op.ID, with(request, client.JSON(body))...)
	}
	var names []string
	for _, m := range op.Body.Schema.Flat() {
		if takesAnyText(m.Schema) && !gjson.GetBytes(sent, gjson.Escape(m.Name)).Exists() {
			names = append(names, m.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	if all := more(names...); all.Success() {
		return all
	}
	for _, name := range names {
		if alone := more(name); alone.Success() {
			last = alone
		}
	}
	return last
}

func takesAnyText(s *contract.Schema) bool {
	const enough = 20 // characters
	return s.Type == "string" && !s.ReadOnly && s.Format == "" && s.Pattern == "" && len(s.Enum) == 0 &&
		(s.MaxLength == nil || *s.MaxLength >= enough)
}

// sceneOf is the contract's own scene of the operation, else the one that the paths tell.
func sceneOf(ctx context.Context, env *suite.Env, op *contract.Operation) suite.Scene {
	if own := env.Scene(op.ID); own != nil {
		return own(ctx, env)
	}
	collection, isItem := strings.CutSuffix(op.Path, "/{"+lastParameter(op.Path)+"}")
	make := post(env.Contract(), collection)
	if make == nil {
		env.Undetermined("no operation makes a second record beside the one that %s is about", op.ID)
	}
	// What the samples make on their way is made first: the record to watch is to be the last
	// that stands before the one written, and whole until then.
	request, first := env.Sample(ctx, op.ID), env.Sample(ctx, make.ID)
	var own, behind []client.Option
	if isItem {
		own, behind = env.Sample(ctx, make.ID), env.Sample(ctx, make.ID)
	}
	under := client.NewRequest(nil, first...).PathValues
	one := maker{env, make, under}
	scene := suite.Scene{Request: with(request, pathValues(under))}
	addUntouched(env, &scene, collection, under, one.id(ctx, first))
	if isItem {
		target := one.id(ctx, own)
		addUntouched(env, &scene, collection, under, one.id(ctx, behind))
		scene.Request = with(scene.Request, client.Path(lastParameter(op.Path), target))
		list := get(env.Contract(), collection)
		if list != nil && ownParent(env, collection, under) && op.Method != http.MethodDelete {
			scene.Untouched = append(scene.Untouched, idsIn(env, list, under)) // a change makes no further record
		}
	}
	if parent := parentOf(env, collection, under); parent != nil {
		scene.Untouched = append(scene.Untouched, parent)
	}
	return scene
}

// ownParent says whether a collection stands below a record that the case has made: to any other,
// somebody else may add at any moment.
func ownParent(env *suite.Env, collection string, under map[string]string) bool {
	return slices.ContainsFunc(client.Placeholders(collection), func(name string) bool {
		given, _ := env.Standing(name)
		return under[name] != given
	})
}

func addUntouched(env *suite.Env, scene *suite.Scene, collection string, under map[string]string, id string) {
	if read := readOf(env, collection, under, id); read != nil {
		scene.Untouched = append(scene.Untouched, read)
	}
}

// maker makes records of one sort under one parent.
type maker struct {
	env   *suite.Env
	op    *contract.Operation
	under map[string]string
}

func (m maker) id(ctx context.Context, request []client.Option) string {
	made := m.env.Must(ctx, m.op.ID, with(request, pathValues(m.under))...)
	id := idOf(made.Body)
	if id == "" {
		m.env.Undetermined("set-up failed: the answer of %s has no id\n%s", m.op.ID, match.Show(made))
	}
	return id
}

// lastParameter is the name of the last parameter of a path, "" when it ends otherwise.
func lastParameter(path string) string {
	cut := strings.LastIndex(path, "/{")
	if cut < 0 || !strings.HasSuffix(path, "}") {
		return ""
	}
	return path[cut+2 : len(path)-1]
}

// readOf reads the record of that id in a collection: by its own read, else out of the
// list; nil when there is neither.
func readOf(env *suite.Env, collection string, under map[string]string, id string) suite.Read {
	for _, op := range env.Contract().Operations {
		if rest, ok := strings.CutPrefix(op.Path, collection+"/"); ok && op.Method == "GET" && rest == "{"+lastParameter(op.Path)+
			"}" {
			return env.StateOf(op.ID, pathValues(under), client.Path(lastParameter(op.Path), id))
		}
	}
	if list := get(env.Contract(), collection); list != nil {
		return itemOf(env, list, under, id)
	}
	return nil
}

// parentOf reads what stays of the record above when one below it is written: its own
// texts, truths and numbers, but no instant and nothing that is put together from others.
func parentOf(env *suite.Env, collection string, under map[string]string) suite.Read {
	cut := strings.LastIndex(collection, "/")
	parent := get(env.Contract(), collection[:max(cut, 0)])
	if parent == nil || lastParameter(parent.Path) == "" {
		return nil
	}
	read := env.StateOf(parent.ID, pathValues(under))
	return func(ctx context.Context) []byte { return ownTexts(read(ctx)) }
}

func ownTexts(state []byte) []byte {
	body := gjson.ParseBytes(state)
	if body.Get("status").Type == gjson.Number && (len(body.Map()) == 1 || body.Get("body").Exists()) { // of a suite.Read
		body = body.Get("body")
	}
	if inner := body.Get("data"); inner.IsObject() {
		body = inner
	}
	kept := map[string]any{}
	body.ForEach(func(name, value gjson.Result) bool {
		_, instant := format.Instant(value.String())
		if !value.IsObject() && !value.IsArray() && !instant {
			kept[name.String()] = value.Value()
		}
		return true
	})
	data, _ := json.Marshal(kept) // decoded JSON always encodes
	return data
}

// unseen says whether a read found nothing that a write could touch.
func unseen(state []byte) bool {
	read := gjson.ParseBytes(state)
	return read.Type == gjson.Null || read.Get("status").Num >= http.StatusMultipleChoices && !read.Get("body").Exists()
}

// idOf is the id in an answer with one record, bare or in a wrapper.
func idOf(body []byte) string {
	answer := gjson.ParseBytes(body)
	if id := answer.Get("id"); id.Exists() {
		return id.String()
	}
	id := ""
	answer.ForEach(func(_, member gjson.Result) bool {
		id = member.Get("id").String()
		return id == ""
	})
	return id
}

func post(c *contract.Contract, path string) *contract.Operation {
	for _, op := range c.Operations {
		if op.Method == "POST" && op.Path == path {
			return op
		}
	}
	return nil
}

// get returns the read of a path template, nil when there is none.
func get(c *contract.Contract, path string) *contract.Operation {
	for _, op := range c.Operations {
		if op.Method == "GET" && op.Path == path {
			return op
		}
	}
	return nil
}

func pathValues(values map[string]string) client.Option {
	return func(r *client.Request) {
		for name, value := range values {
			r.PathValues[name] = value
		}
	}
}
