package council

import (
	"context"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// value is what is given, a number where it is one.
func value(given string) any {
	if n, ok := format.Decimal(given); ok {
		return n
	}
	return given
}

// full returns the body of a new record with all that the samples of the page show.
func (r resource) full(env *suite.Env, changes ...kit.Body) kit.Body {
	return kit.With(kit.Fill(r.Body(env), r.more(env)), changes...)
}

// prepare makes what a valid call of an operation needs.
func prepare(ctx context.Context, env *suite.Env, operation string) kit.Attempt {
	r, valid := resourceOf(operation), env.Sample(ctx, operation)
	attempt := kit.Attempt{Operation: operation, Options: valid, Reads: r.reads(env, valid)}
	if operation == r.Creates {
		attempt.Undo = r.Undo
	}
	return attempt
}

// reads look for what a call would have written: the id it names, and what it sends.
func (r resource) reads(env *suite.Env, options []client.Option) []suite.Read {
	request := client.NewRequest(nil, options...)
	sent, _ := gjson.ParseBytes(request.Body).Value().(kit.Body)
	return r.Traces(env, sent, request.PathValues["id"])
}

// call sends a request. A record that it made is taken out of use after the case.
func call(ctx context.Context, env *suite.Env, operation string, options ...client.Option) *client.Exchange {
	return resourceOf(operation).Call(ctx, env, operation, options...)
}

// read returns a record as a read shows it: by its own operation, else cut out
// of the list. It fails the case when the list does not have it.
func (r resource) read(ctx context.Context, env *suite.Env, id string) *client.Exchange {
	if r.Gets != "" {
		return r.Get(ctx, env, id)
	}
	return r.listed(ctx, env, id)
}

// listed returns a record as the list shows it. It fails the case when the list does not have it.
func (r resource) listed(ctx context.Context, env *suite.Env, id string) *client.Exchange {
	list := r.All(ctx, env)
	env.Expect(list).To(r.Items.Has(id), "the record is to be listed")
	alone := *list
	alone.Body = []byte(r.Items.Item(list, id).Raw)
	alone.Operation, _ = env.Contract().Operation(r.Updates) // which answers with a record by itself
	return &alone
}

// views are all that shows a record: the read by its id, and the list.
func (r resource) views(ctx context.Context, env *suite.Env, id string) []*client.Exchange {
	shown := []*client.Exchange{r.listed(ctx, env, id)}
	if r.Gets != "" {
		shown = append(shown, r.Get(ctx, env, id))
	}
	return shown
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

// password returns one that nobody has, of no more signs than strict services take and of all four sorts, or the one that
// the target gives.
func password(env *suite.Env) string {
	if env.Has("given:password") {
		return env.Given("password")
	}
	return env.Unique("L") + "62Q"
}

// word returns a keyword that no category has. It is without vowels, so that no
// word of a language can be found inside it either.
func word(env *suite.Env) string {
	letters := strings.TrimPrefix(env.Unique("x"), "x-")
	return strings.NewReplacer("a", "q", "e", "x", "i", "z", "o", "j", "u", "v", "y", "k").Replace(letters)
}
