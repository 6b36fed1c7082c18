package volunteers

import (
	"context"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// resource is one kind of record with bodies in which every member is set, for the rules
// that hold for every kind alike.
type resource struct {
	sub
	parent   func() resource
	besides  func(env *suite.Env) kit.Body                      // what bodies have besides those of the cases of the kind
	create   func(ctx context.Context, env *suite.Env) kit.Body // a body of a create, where it is another
	update   func(env *suite.Env) kit.Body                      // a body of an update, where it is another
	more     func(env *suite.Env) []kit.Body                    // members that a target may refuse, most first
	shown    string                                             // the member of an update that an answer shows as sent
	bad      string                                             // a member of both bodies that may not be badValue
	badValue any
}

// body is one of a create.
func (r resource) body(ctx context.Context, env *suite.Env) kit.Body {
	if r.create != nil {
		return r.create(ctx, env)
	}
	return kit.With(r.Body(env), r.besides(env))
}

// change is a body of an update.
func (r resource) change(env *suite.Env) kit.Body {
	if r.update != nil {
		return r.update(env)
	}
	return r.WholeBody(env, r.besides(env))
}

// stand is a user of the case's own with a record of one kind, in which the rules
// of that kind allow every operation.
type stand struct {
	resource
	user, record string
}

// stand makes a user and the record.
func (r resource) stand(ctx context.Context, env *suite.Env) stand {
	return r.standOf(ctx, env, makeUser(ctx, env).Text("id"))
}

// standOf makes the record of that user.
func (r resource) standOf(ctx context.Context, env *suite.Env, user string) stand {
	if r.Name == "user" {
		return stand{r, user, user}
	}
	s := stand{resource: r, user: user}
	switch {
	case r.parent != nil:
		s.record = r.parent().add(ctx, env, s.user)
	case r.Creates != "":
		r.add(ctx, env, s.user) // so that the record is never the last of its kind
		s.record = r.add(ctx, env, s.user)
	}
	return s
}

// add makes one more record for the user and returns its identifier.
func (r resource) add(ctx context.Context, env *suite.Env, user string) string {
	whole := r.Below(client.Path("userId", user))
	whole.Body = func(env *suite.Env) kit.Body { return r.body(ctx, env) }
	return r.IDOf(whole.Made(ctx, env))
}

// at is the path to the stand's record.
func (s stand) at() []client.Option { return s.Below(client.Path("userId", s.user)).At(s.record) }

// request gives what a valid request of one of the stand's operations needs.
func (s stand) request(ctx context.Context, env *suite.Env, operation string) []client.Option {
	options := s.at()
	switch {
	case operation == s.Removes && s.shown == "primary": // what a change has made the primary one may be kept
		other := s
		other.record = s.add(ctx, env, s.user)
		options = other.at()
	case operation == s.Creates:
		options = append(options, client.JSON(s.body(ctx, env)))
	case operation == s.Updates:
		options = append(options, client.JSON(s.change(env)))
	case operation == s.Lists && s.Name == "user":
		options = append(options, client.Query("ids", s.user))
	}
	return options
}

// calls gives a valid call of each of the operations.
func (s stand) calls(ctx context.Context, env *suite.Env, operations []string) []kit.Attempt {
	var found []kit.Attempt
	for _, operation := range operations {
		found = append(found, kit.Attempt{Operation: operation, Options: s.request(ctx, env, operation), Reads: s.reads(env)})
	}
	return found
}

// bodies gives the operations of the stand that take a body.
func (s stand) bodies() []string {
	return slices.DeleteFunc(s.WriteOperations(), func(operation string) bool { return operation == s.Removes })
}

// reads gives what a write to the stand would change: the records of its kind.
func (s stand) reads(env *suite.Env) []suite.Read {
	if s.parent != nil {
		parent := s.parent()
		return []suite.Read{env.StateOf(parent.Gets, s.at()...)}
	}
	if s.Name == "user" {
		return []suite.Read{env.StateOf(s.Gets, s.at()...)}
	}
	return []suite.Read{env.StateOf(s.Lists, s.at()...)}
}

// listsWhole makes a record of all that the target takes and expects the list to say something
// wherever the record read alone does.
func (r resource) listsWhole(ctx context.Context, env *suite.Env) {
	s := r.stand(ctx, env).enriched(ctx, env)
	own := s.Below(client.Path("userId", s.user))
	read, list := own.Get(ctx, env, s.record), own.All(ctx, env)
	if read.Success() {
		env.ExpectAnswer(list)
		env.Expect(list).To(data.Has(s.record))
		env.Expect(list).To(kit.Tells(env, data.Place(list, s.record), read, "data"), "the list beside the record read alone")
	}
}

func notesListWhole(ctx context.Context, env *suite.Env)       { notes().listsWhole(ctx, env) }
func touchpointsListWhole(ctx context.Context, env *suite.Env) { touchpoints().listsWhole(ctx, env) }

func moreOfNote(env *suite.Env) []kit.Body       { return notes().more(env) }
func moreOfTouchpoint(env *suite.Env) []kit.Body { return touchpoints().more(env) }
