package volunteers

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// resource is one kind of record with its operations ("" where there is none),
// for the rules that hold for every kind alike.
type resource struct {
	name                              string
	list, create, get, update, remove string
	param                             string // path parameter of one record, "" = the path ends at the user
	root                              string // where an answer holds the record: "data." or ""
	parent                            func() resource
	body                              func(ctx context.Context, env *suite.Env) map[string]any // of a create, every member set
	change                            func(env *suite.Env) map[string]any                      // of an update, every member set
	more                              func(env *suite.Env) []map[string]any                    // members that a target may refuse, most first
	shown                             string                                                   // the member of change that an answer shows as sent
	bad                               string                                                   // a member of both bodies that may not be badValue
	badValue                          any
}

// stand is a user of the case's own with a record of one kind, in which the rules
// of that kind allow every operation.
type stand struct {
	resource
	user, record string
}

// call is one operation with all that a valid request of it needs.
type call struct {
	operation string
	options   []client.Option
}

// stand makes a user and the record.
func (r resource) stand(ctx context.Context, env *suite.Env) stand {
	if r.name == "user" {
		id := makeUser(ctx, env).Text("id")
		return stand{r, id, id}
	}
	s := stand{resource: r, user: makeUser(ctx, env).Text("id")}
	switch {
	case r.parent != nil:
		s.record = r.parent().add(ctx, env, s.user)
	case r.create != "":
		r.add(ctx, env, s.user) // so that the record is never the last of its kind
		s.record = r.add(ctx, env, s.user)
	}
	return s
}

// add makes one more record for the user and returns its identifier.
func (r resource) add(ctx context.Context, env *suite.Env, user string) string {
	made := env.Must(ctx, r.create, client.Path("userId", user), client.JSON(r.body(ctx, env)))
	id := made.Text(r.root + "id")
	if id == "" {
		env.Undetermined("set-up failed: %s answered without an id", r.create)
	}
	return id
}

// at is the path to the stand's record.
func (s stand) at() []client.Option { return s.resource.at(s.user, s.record) }

// at is the path to a record of a user.
func (r resource) at(user, record any) []client.Option {
	options := []client.Option{client.Path("userId", user)}
	if r.param != "" {
		options = append(options, client.Path(r.param, record))
	}
	return options
}

// operations lists the resource's operations so that one after the other works:
// removing comes last.
func (r resource) operations() []string {
	var found []string
	for _, id := range []string{r.list, r.get, r.update, r.create, r.remove} {
		if id != "" {
			found = append(found, id)
		}
	}
	return found
}

// request gives what a valid request of one of the stand's operations needs.
func (s stand) request(ctx context.Context, env *suite.Env, operation string) []client.Option {
	options := s.at()
	switch {
	case operation == s.create:
		options = append(options, client.JSON(s.body(ctx, env)))
	case operation == s.update:
		options = append(options, client.JSON(s.change(env)))
	case operation == s.list && s.name == "user":
		options = append(options, client.Query("ids", s.user))
	}
	return options
}

// calls gives a valid call of each operation of the stand.
func (s stand) calls(ctx context.Context, env *suite.Env) []call {
	var found []call
	for _, operation := range s.operations() {
		found = append(found, call{operation, s.request(ctx, env, operation)})
	}
	return found
}

// writes gives a valid call of each operation that writes.
func (s stand) writes(ctx context.Context, env *suite.Env) []call {
	var found []call
	for _, one := range s.calls(ctx, env) {
		if one.operation != s.list && one.operation != s.get {
			found = append(found, one)
		}
	}
	return found
}

// bodies gives the operations of the stand that take a body.
func (s stand) bodies() []string {
	var found []string
	for _, id := range []string{s.update, s.create} {
		if id != "" {
			found = append(found, id)
		}
	}
	return found
}

// reads gives what a write to the stand would change: the records of its kind.
func (s stand) reads(env *suite.Env) []suite.Read {
	if s.parent != nil {
		parent := s.parent()
		return []suite.Read{env.Reading(parent.get, s.at()...)}
	}
	if s.name == "user" {
		return []suite.Read{env.Reading(s.get, s.at()...)}
	}
	return []suite.Read{env.Reading(s.list, s.at()...)}
}

// with returns the options and more, leaving the options alone.
func with(options []client.Option, more ...client.Option) []client.Option {
	return append(options[:len(options):len(options)], more...)
}
