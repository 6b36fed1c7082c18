package council

import (
	"context"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// body is a request body by its members.
type body = map[string]any

// edit changes a body.
type edit func(body)

func with(name string, value any) edit { return func(b body) { b[name] = value } }
func without(name string) edit         { return func(b body) { delete(b, name) } }

// body returns the body of a new record after the edits.
func (k kind) body(env *suite.Env, edits ...edit) body {
	b := k.least(env)
	for _, change := range edits {
		change(b)
	}
	return b
}

// least is the body of a new record with no more than it can hardly be without, and what
// the target gives because it asks for more.
func (k kind) least(env *suite.Env) body {
	b := k.fresh(env)
	for name := range k.more(env) {
		if env.Has("given:" + name) {
			b[name] = value(env.Given(name))
		}
	}
	return b
}

// value is what is given, a number where it is one.
func value(given string) any {
	if n, err := strconv.ParseFloat(given, 64); err == nil {
		return n
	}
	return given
}

// full returns the body of a new record with all that the samples of the page show, after
// the edits.
func (k kind) full(env *suite.Env, edits ...edit) body {
	b := k.fresh(env)
	maps.Copy(b, k.more(env))
	maps.Copy(b, k.least(env))
	for _, change := range edits {
		change(b)
	}
	return b
}

// addFull makes such a record for a case to work with.
func (k kind) addFull(ctx context.Context, env *suite.Env) *client.Exchange {
	return k.made(ctx, env, k.full(env))
}

// also returns the options and more, leaving the options alone.
func also(options []client.Option, more ...client.Option) []client.Option {
	return append(options[:len(options):len(options)], more...)
}

// call sends a request. A record that it made is taken out of use after the
// case: nothing of this contract can be deleted.
func call(ctx context.Context, env *suite.Env, operation string, options ...client.Option) *client.Exchange {
	answer := env.Call(ctx, operation, options...)
	k, id := kindOf(operation), answer.Text("id")
	if operation == k.creates && answer.Success() && id != "" {
		env.TrackCall(k.updates, client.Path("id", id), client.JSON(body{"enabled": false}))
	}
	return answer
}

// send asks for a new record: the call that a case is about.
func (k kind) send(ctx context.Context, env *suite.Env, sent body) *client.Exchange {
	return call(ctx, env, k.creates, client.JSON(sent))
}

// add makes a record for a case to work with; without one the case decides
// nothing.
func (k kind) add(ctx context.Context, env *suite.Env, edits ...edit) *client.Exchange {
	return k.made(ctx, env, k.body(env, edits...))
}

// made makes a record of a body for a case to work with.
func (k kind) made(ctx context.Context, env *suite.Env, sent body) *client.Exchange {
	made := k.send(ctx, env, sent)
	if !made.Success() || made.Text("id") == "" {
		env.Undetermined("set-up failed: no record was made\n%s", match.Show(made))
	}
	return made
}

// change sends an update.
func (k kind) change(ctx context.Context, env *suite.Env, id string, sent body) *client.Exchange {
	return env.Call(ctx, k.updates, client.Path("id", id), client.JSON(sent))
}

// read returns a record as a read shows it: by its own operation, else cut out
// of the list. It fails the case when the list does not have it.
func (k kind) read(ctx context.Context, env *suite.Env, id string) *client.Exchange {
	if k.gets != "" {
		return env.Call(ctx, k.gets, client.Path("id", id))
	}
	list := env.Call(ctx, k.lists)
	item, found := itemOf(list, id)
	if !found {
		env.Fail("%s is not in the list: %s", id, list)
	}
	alone := *list
	alone.Body = []byte(item.Raw)
	alone.Operation, _ = env.Contract().Operation(k.updates) // which answers with a record by itself
	return &alone
}

// itemOf finds an item of a list by its id.
func itemOf(list *client.Exchange, id string) (gjson.Result, bool) {
	for _, item := range list.Get("@this").Array() {
		if item.Get("id").String() == id {
			return item, true
		}
	}
	return gjson.Result{}, false
}

// state reads the kind's list, to tell whether a refused write was written after
// all. Where others write too, it keeps to the items that have one of the marks
// in them.
func (k kind) state(env *suite.Env, marks ...string) suite.Read {
	return func(ctx context.Context) []byte { return excerpt(env, env.Must(ctx, k.lists), marks...) }
}

// excerpt returns of a list what only this case can have changed: all of it in a
// world of its own, else the items that have one of the marks in them.
func excerpt(env *suite.Env, list *client.Exchange, marks ...string) []byte {
	if env.Has("worlds") {
		return list.Known()
	}
	var own []string
	for _, item := range gjson.ParseBytes(list.Known()).Array() {
		for _, mark := range marks {
			if mark != "" && strings.Contains(item.Raw, mark) {
				own = append(own, item.Raw)
				break
			}
		}
	}
	return []byte("[" + strings.Join(own, ",") + "]")
}

// marks are the texts by which a record of that body is known in a list.
func (k kind) marks(sent body) []string {
	unique, _ := sent[k.unique].(string)
	aside, _ := sent[k.aside].(string)
	return []string{unique, aside}
}

// traces are the texts by which a list would show that a request was carried
// out: the id it names, and what it sends.
func (k kind) traces(options []client.Option) []string {
	request := client.NewRequest(nil, options...)
	sent, _ := gjson.ParseBytes(request.Body).Value().(body)
	return append(k.marks(sent), request.PathValues["id"])
}

// unknown turns a real id into one of the same look that nobody has: each of its
// last six letters and digits becomes the next one.
func unknown(id string) string {
	if strings.Trim(id, "0123456789") == "" {
		return "2147480917" // the next of a counter may well be taken
	}
	turned := []byte(id)
	for i := max(0, len(turned)-6); i < len(turned); i++ {
		turned[i] = next(turned[i])
	}
	return string(turned)
}

// next keeps digits digits and hexadecimal letters hexadecimal.
func next(c byte) byte {
	for _, ring := range []string{"0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ"} {
		if at := strings.IndexByte(ring, c); at >= 0 {
			return ring[(at+1)%len(ring)]
		}
	}
	return c
}

// address returns an email address that nobody has.
func address(env *suite.Env) string { return env.Unique("person") + "@" + domain(env) }

// domain is that of the page's samples, or the one that the target gives, for it may take
// no other.
func domain(env *suite.Env) string {
	if env.Has("given:emailDomain") {
		return env.Given("emailDomain")
	}
	return "example.gov.uk"
}

// word returns a keyword that no category has. It is without vowels, so that no
// word of a language can be found inside it either.
func word(env *suite.Env) string {
	letters := strings.TrimPrefix(env.Unique("x"), "x-")
	return strings.NewReplacer("a", "q", "e", "x", "i", "z", "o", "j", "u", "v", "y", "k").Replace(letters)
}

// tick lets the target's clock move on, so that what is later also shows as later.
func tick(ctx context.Context, env *suite.Env) {
	if env.Has("worlds") {
		env.Advance(ctx, time.Second)
		return
	}
	// Some targets keep whole seconds.
	timer := time.NewTimer(1100 * time.Millisecond)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
