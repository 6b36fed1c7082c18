package kit

import (
	"context"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// Resource is one kind of record: its operations, "" where there is none, how a record is
// named in paths and where answers hold it, and what a new one is made of. What a verb in
// the past returns has succeeded: without that the case ends as undetermined.
type Resource struct {
	Name                                   string // in titles
	Lists, Creates, Gets, Updates, Removes string // operations
	ID                                     string // the placeholder of a record
	Record                                 string // where an answer holds a record: a path such as "data", "" = the body
	Items                                  List
	// members that tell records in a list to which others write; none = nobody does
	Marks []string
	Body  func(env *suite.Env) Body
	Whole func(env *suite.Env) Body // of a change that leaves nothing out, nil = Body

	// Owner makes what records are kept below and returns the path to it; nil = nothing.
	Owner func(ctx context.Context, env *suite.Env) []client.Option
	// First are changes to a first record that takes what only one may have; nil = there is none.
	First func(env *suite.Env) Body
	// Pages adds to a page of a list the records of all others; nil = a list comes whole.
	Pages func(ctx context.Context, env *suite.Env, list *client.Exchange, options []client.Option) *client.Exchange
	// Undo sees to it that a new record is taken back after the case; nil = it stays.
	Undo func(env *suite.Env, made *client.Exchange)

	above []client.Option
}

// String is the name, for titles.
func (r Resource) String() string { return r.Name }

// ReadOperations are the operations that read, of a list first.
func (r Resource) ReadOperations() []string { return there(r.Lists, r.Gets) }

// WriteOperations are the operations that write.
func (r Resource) WriteOperations() []string { return there(r.Updates, r.Creates, r.Removes) }

// Operations are all of them, so that one after the other works: removing comes last.
func (r Resource) Operations() []string { return append(r.ReadOperations(), r.WriteOperations()...) }

func there(operations ...string) []string {
	return slices.DeleteFunc(operations, func(operation string) bool { return operation == "" })
}

// Below returns the resource with its calls going to that path.
func (r Resource) Below(path ...client.Option) Resource {
	r.above = path
	return r
}

// Alone returns the resource below an owner of its own, in which there is no record.
func (r Resource) Alone(ctx context.Context, env *suite.Env) Resource {
	if r.Owner == nil {
		return r
	}
	return r.Below(r.Owner(ctx, env)...)
}

// Owned returns the resource below an owner of its own, in which there is the first
// record, if there has to be one.
func (r Resource) Owned(ctx context.Context, env *suite.Env) Resource {
	r = r.Alone(ctx, env)
	if r.First != nil {
		r.Made(ctx, env, r.First(env))
	}
	return r
}

// Begun is Owned for a requirement on creating: the first record is to be answered, too.
func (r Resource) Begun(ctx context.Context, env *suite.Env) Resource {
	r = r.Alone(ctx, env)
	if r.First != nil {
		env.ExpectAnswer(r.Send(ctx, env, With(r.Body(env), r.First(env))))
	}
	return r
}

// At returns the path to a record, whatever its id.
func (r Resource) At(id any) []client.Option {
	if r.ID == "" {
		return r.above
	}
	return Also(r.above, client.Path(r.ID, id))
}

// Call calls an operation of the resource. A record that it made is taken back.
func (r Resource) Call(ctx context.Context, env *suite.Env, operation string, options ...client.Option) *client.Exchange {
	answer := env.Call(ctx, operation, options...)
	if operation == r.Creates && r.Undo != nil && answer.Success() {
		r.Undo(env, answer)
	}
	return answer
}

// All lists the records, on all pages.
func (r Resource) All(ctx context.Context, env *suite.Env, options ...client.Option) *client.Exchange {
	options = Also(r.above, options...)
	return r.paged(ctx, env, env.Call(ctx, r.Lists, options...), options)
}

// Listed is All for a list that the case needs.
func (r Resource) Listed(ctx context.Context, env *suite.Env, options ...client.Option) *client.Exchange {
	options = Also(r.above, options...)
	return r.paged(ctx, env, env.Must(ctx, r.Lists, options...), options)
}

func (r Resource) paged(ctx context.Context, env *suite.Env, list *client.Exchange, options []client.Option) *client.Exchange {
	if r.Pages == nil {
		return list
	}
	return r.Pages(ctx, env, list, options)
}

// Send asks for a new record.
func (r Resource) Send(ctx context.Context, env *suite.Env, body any) *client.Exchange {
	return r.Call(ctx, env, r.Creates, Also(r.above, client.JSON(body))...)
}

// Made makes a record of the body with the changes, which has an id.
func (r Resource) Made(ctx context.Context, env *suite.Env, changes ...Body) *client.Exchange {
	made := env.Must(ctx, r.Creates, Also(r.above, client.JSON(With(r.Body(env), changes...)))...)
	if r.IDOf(made) == "" {
		env.Undetermined("set-up failed: what was made has no id\n%s", match.Show(made))
	}
	if r.Undo != nil {
		r.Undo(env, made)
	}
	return made
}

// Get asks for a record by itself.
func (r Resource) Get(ctx context.Context, env *suite.Env, id any) *client.Exchange {
	return env.Call(ctx, r.Gets, r.At(id)...)
}

// Change asks for a change of a record.
func (r Resource) Change(ctx context.Context, env *suite.Env, id, body any) *client.Exchange {
	return env.Call(ctx, r.Updates, Also(r.At(id), client.JSON(body))...)
}

// Changed makes a change.
func (r Resource) Changed(ctx context.Context, env *suite.Env, id, body any) *client.Exchange {
	return env.Must(ctx, r.Updates, Also(r.At(id), client.JSON(body))...)
}

// Remove asks for the removal of a record.
func (r Resource) Remove(ctx context.Context, env *suite.Env, id any) *client.Exchange {
	return env.Call(ctx, r.Removes, r.At(id)...)
}

// Removed removes a record.
func (r Resource) Removed(ctx context.Context, env *suite.Env, id any) {
	env.Must(ctx, r.Removes, r.At(id)...)
}

// WholeBody is the body of a change that leaves nothing out, with the changes: whether one
// may leave something out, not every document says.
func (r Resource) WholeBody(env *suite.Env, changes ...Body) Body {
	if r.Whole == nil {
		return With(r.Body(env), changes...)
	}
	return With(r.Whole(env), changes...)
}

// IDOf is the id of the record in an answer, "" when it has none.
func (r Resource) IDOf(answer *client.Exchange) string { return answer.Text(Path(r.Record, "id")) }

// Stored reads a record back and returns the answer with the record's path in it: by
// itself, or from the list where it can't be read by itself. A record that is not there
// fails the case.
func (r Resource) Stored(ctx context.Context, env *suite.Env, id string) (answer *client.Exchange, path string) {
	if r.Gets != "" {
		answer = r.Get(ctx, env, id)
		env.Expect(answer).To(match.Success(), "the record is to be read back")
		return answer, r.Record
	}
	answer = r.All(ctx, env)
	env.Expect(answer).To(r.Items.Has(id), "the record is to be listed")
	return answer, r.Items.Place(answer, id)
}

// Reads are reads of all that shows of a record: the list, and the record by itself where
// that can be read.
func (r Resource) Reads(env *suite.Env, id any) []suite.Read {
	reads := []suite.Read{r.Listing(env)}
	if r.Gets != "" {
		reads = append(reads, env.StateOf(r.Gets, r.At(id)...))
	}
	return reads
}

// Listing reads the list, as far as one page shows it.
func (r Resource) Listing(env *suite.Env) suite.Read { return env.StateOf(r.Lists, r.above...) }

// Traces are reads in which a new record of that body would show, or a change of those with
// the ids.
func (r Resource) Traces(env *suite.Env, sent Body, ids ...string) []suite.Read {
	if r.Marks == nil {
		return []suite.Read{r.Listing(env)}
	}
	for _, name := range r.Marks {
		mark, _ := sent[name].(string)
		ids = append(ids, mark)
	}
	return []suite.Read{r.Excerpt(env, ids...)}
}

// Excerpt reads of a list what this case alone can have changed: all of it in a world of
// its own, else the records that have one of the marks in them.
func (r Resource) Excerpt(env *suite.Env, marks ...string) suite.Read {
	return func(ctx context.Context) []byte { return r.ExcerptOf(env, r.Listed(ctx, env), marks...) }
}

// ExcerptOf is that excerpt of a list that was answered.
func (r Resource) ExcerptOf(env *suite.Env, list *client.Exchange, marks ...string) []byte {
	if env.Has("worlds") {
		return list.Known()
	}
	var own []string
	for _, item := range gjson.GetBytes(list.Known(), r.Items.path()).Array() {
		if slices.ContainsFunc(marks, func(mark string) bool { return mark != "" && strings.Contains(item.Raw, mark) }) {
			own = append(own, item.Raw)
		}
	}
	return []byte("[" + strings.Join(own, ",") + "]")
}

// named is a path as failures name it.
func named(path string) string {
	if path == "" || path == "@this" {
		return "the body"
	}
	return path
}

// Path joins the parts of a gjson path that are not empty; without any it is the body.
func Path(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	if len(parts) == 0 {
		return "@this"
	}
	return strings.Join(parts, ".")
}
