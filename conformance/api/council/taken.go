package council

import (
	"context"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// holder is a way to come to have the value that no other record of the tenant may have.
type holder struct {
	name   string
	hidden bool // a list may leave it out
	made   func(r resource, ctx context.Context, env *suite.Env) (id, value string)
}

func holders() []holder {
	return []holder{
		{"a new one", false, resource.holdsNew},
		{"one that was given it later", false, resource.holdsLater},
		{"one that is out of use", true, resource.holdsDisabled},
		{"one that is unlike the others", false, resource.holdsUnusual},
		{"one of a kind that not all may make", true, resource.holdsKind},
		{"one with a long name of other letters", false, resource.holdsLetters},
	}
}

func (r resource) holdsNew(ctx context.Context, env *suite.Env) (id, value string) {
	made := r.Made(ctx, env, r.full(env))
	return r.IDOf(made), made.Text(r.unique)
}

// holdsLater gives a record another value. That a target does not let that be is its right.
func (r resource) holdsLater(ctx context.Context, env *suite.Env) (id, value string) {
	id, _ = r.holdsNew(ctx, env)
	later := r.bare(env)[r.unique]
	r.mayChange(ctx, env, id, kit.Body{r.unique: later})
	return id, later.(string)
}

func (r resource) holdsDisabled(ctx context.Context, env *suite.Env) (id, value string) {
	id, value = r.holdsNew(ctx, env)
	r.mayChange(ctx, env, id, kit.Body{"enabled": false})
	return id, value
}

// holdsUnusual has a record whose other members have values that no default has.
func (r resource) holdsUnusual(ctx context.Context, env *suite.Env) (id, value string) {
	made := r.Send(ctx, env, r.full(env, r.unusual))
	if len(r.unusual) == 0 || !made.Success() {
		env.NotApplicable("the target has no such record")
	}
	return r.IDOf(made), made.Text(r.unique)
}

// holdsKind has a record of the last kind that is made: an admin, or one that was never in use.
func (r resource) holdsKind(ctx context.Context, env *suite.Env) (id, value string) {
	made := r.Send(ctx, env, r.full(env, r.kinds[len(r.kinds)-1]))
	if !made.Success() {
		env.NotApplicable("the target makes no such record: %s", made)
	}
	return r.IDOf(made), made.Text(r.unique)
}

// holdsLetters has a record with a name as long as a paragraph and of letters beyond ASCII, as far as names may be so.
func (r resource) holdsLetters(ctx context.Context, env *suite.Env) (id, value string) {
	if r.unique != "name" {
		env.NotApplicable("the %s of a record has no such letters", r.unique)
	}
	for _, name := range []string{strings.Repeat("Siân Ŵyn, ", 12) + "Café", "Siân Ŵyn"} {
		if made := r.Send(ctx, env, r.full(env, kit.Body{r.unique: env.Unique(name)})); made.Success() {
			return r.IDOf(made), made.Text(r.unique)
		}
	}
	env.NotApplicable("the target has no such record")
	return "", ""
}

// mayChange changes a record. The case is not asked of a target that refuses such a change,
// or leaves it out of account.
func (r resource) mayChange(ctx context.Context, env *suite.Env, id string, change kit.Body) {
	changed := r.Change(ctx, env, id, change)
	for name, value := range change {
		if !changed.Success() || changed.Get(name).Value() != value {
			env.NotApplicable("the target does not let %s be changed: %s", name, changed)
		}
	}
	if value := change[r.unique]; value != nil && r.read(ctx, env, id).Get(r.unique).Value() != value {
		env.NotApplicable("the target does not keep the new %s, which is for other cases", r.unique)
	}
}

// uniqueCases are those of what holds the value, each with one that wants to have it, too.
func (r resource) uniqueCases(onCreate, onUpdate, title string) (cases []suite.Case) {
	cases = kit.Each(onCreate, title+", is refused", holders(), r.keepsUnique)
	return append(cases, kit.Each(onUpdate, title+", can't be taken over", holders(), r.keepsApart)...)
}

func (h holder) String() string { return h.name }

// other is another record, each member with a value of its own.
func (r resource) other(env *suite.Env) kit.Body { return r.full(env, r.changes(env)) }

// others are other records, each member with a value of its own; the last is unlike all others, where the target has such.
func (r resource) others(ctx context.Context, env *suite.Env) []kit.Body {
	all := []kit.Body{r.other(env)}
	for _, unlike := range []kit.Body{kit.Fill(kit.Body{"enabled": false}, r.unusual), r.unusual} {
		if len(unlike) > 0 && r.Send(ctx, env, r.full(env, unlike)).Success() {
			return append(all, r.full(env, r.changes(env), unlike))
		}
	}
	return all
}

// keepsUnique expects that a further record with a taken value is refused, whatever else it has and however
// many came since, that the list has the value once, and that who has it stays as it was.
func (r resource) keepsUnique(ctx context.Context, env *suite.Env, h holder) {
	id, taken := h.made(r, ctx, env)
	r.Made(ctx, env)
	for _, other := range r.others(ctx, env) {
		second := kit.With(other, kit.Body{r.unique: taken})
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return r.Send(ctx, env, second) }, r.Traces(env, second, id)...)
	}
	listed := h.hidden
	for _, item := range env.Must(ctx, r.Lists).Get("@this").Array() {
		if item.Get(r.unique).String() != taken {
			continue
		}
		if listed = item.Get("id").String() == id; !listed {
			env.Fail("%s is in the list of %s, who is not the first to have it", taken, item.Get("id"))
		}
	}
	env.Expect(listed).To(gomega.BeTrue(), "%s is in the list once, of who was the first to have it", taken)
}

// keepsApart expects that a record can't take the unique value of another, whatever else is
// sent with it, and keeps its own.
func (r resource) keepsApart(ctx context.Context, env *suite.Env, h holder) {
	first, taken := h.made(r, ctx, env)
	second := r.Made(ctx, env, r.full(env))
	for _, more := range []kit.Body{nil, r.changes(env)} {
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return r.Change(ctx, env, second.Text("id"), kit.With(kit.Body{r.unique: taken}, without(more, r.unique)))
		}, r.Excerpt(env, first, second.Text("id")))
	}
	env.Expect(r.read(ctx, env, second.Text("id"))).To(match.Member(r.unique, second.Text(r.unique)))
}

// without is a change less one member.
func without(change kit.Body, name string) kit.Body {
	return kit.With(kit.Fill(change), kit.Without(name))
}

// freesValue expects that a value which its record has no longer is free for a new one, one that was only in what was
// refused, and a name that one of another sort has.
func (r resource) freesValue(ctx context.Context, env *suite.Env) {
	sent := r.Body(env)
	if !r.Send(ctx, env, kit.With(sent, r.offence)).Success() {
		r.isMade(ctx, env, sent)
	}
	if r.unique == "name" {
		for _, other := range []resource{wards(), categories()} {
			if other.Name != r.Name {
				r.isMade(ctx, env, kit.With(r.Body(env), kit.Body{"name": other.Made(ctx, env).Text("name")}))
			}
		}
	}
	made := r.Made(ctx, env)
	once := made.Text(r.unique)
	r.mayChange(ctx, env, made.Text("id"), kit.Body{r.unique: r.bare(env)[r.unique]})
	second := r.Send(ctx, env, kit.With(r.Body(env), kit.Body{r.unique: once}))
	env.ExpectAnswer(second)
	env.Expect(r.read(ctx, env, second.Text("id"))).To(match.Member(r.unique, once))
}
