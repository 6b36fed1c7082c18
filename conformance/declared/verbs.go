package declared

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// check is what a case does about one operation.
type check = func(ctx context.Context, env *suite.Env, a *act)

// template is one case of a row that verbs bring with them.
type template struct {
	row, title string
	check      check
}

func templates() []template {
	return []template{
		{contract.RowFound, "an id that nobody has is refused", found},
		{contract.RowParent, "what stands under something that nobody has is refused", parentFound},
		{contract.RowOwn, "under another parent it is refused", ownParent},
		{contract.RowStored, "what is sent is answered, and read", stored},
		{contract.RowStored, "what is left out has its default", defaulted},
		{contract.RowServer, "members of the server's making are refused, or left alone", serverMade},
		{contract.RowSeveral, "each of three is made, once", several},
		{contract.RowAtomic, "with one that is refused, none is made", atomic},
		{contract.RowPartial, "each member changes alone", partial},
		{contract.RowWhole, "what is not sent is gone", whole},
		{contract.RowOnce, "what is there is replaced", once},
		{contract.RowTouched, "the time of the last change moves, and no other", touched},
		{contract.RowKey, "an id that is taken is refused", keyTaken},
		{contract.RowListed, "each of two new records is in the list once", listed},
		{contract.RowWithin, "each of two parents lists its own", listsWithin},
		{contract.RowPaged, "a walk over all pages meets each record once", paged},
		{contract.RowOrdered, "new records stand in their order", inOrder},
		{contract.RowSorted, "in the order that is asked for, and the other way round", sorted},
		{contract.RowBound, "what is bound is listed there, once, and nowhere else", boundThere},
		{contract.RowFreed, "what is freed is no longer listed there", freed},
		{contract.RowUntied, "what is made again under an id is bound to nothing", untied},
		{contract.RowDone, "what the action sets is answered, and read", done},
	}
}

// verbCases are those of the rows that verbs bring with them.
func (r *room) verbCases() (all []suite.Case) {
	for _, a := range r.acts {
		if a.resource == nil {
			continue
		}
		for _, t := range templates() {
			all = append(all, r.caseOf(a.Operation, t.row, t.title, func(ctx context.Context, env *suite.Env) {
				t.check(ctx, env, a)
			})...)
		}
		for _, one := range a.Includes {
			all = append(all, r.caseOf(a.Operation, contract.RowInclude+one.Name, "what is named comes along",
				func(ctx context.Context, env *suite.Env) { included(ctx, env, a, one) })...)
		}
		for _, f := range a.list().Filters {
			all = append(all, r.caseOf(a.Operation, contract.RowFilter+f.Param, "what passes is listed, and nothing else",
				func(ctx context.Context, env *suite.Env) { filtered(ctx, env, a, f) })...)
		}
	}
	return all
}

// caseOf is a case of a row, where the operation has it.
func (r *room) caseOf(operation, row, title string, check kit.Check) []suite.Case {
	q := r.contract.RowOf(operation, row)
	if q == nil {
		return nil
	}
	return kit.One(q.ID, title, check)
}

// request is a valid request of an operation on a record.
func (a *act) request(ctx context.Context, env *suite.Env, r *record) []client.Option {
	if a.bound() {
		return a.pair(ctx, env, a.parent().make(ctx, env, nil), r)
	}
	options := []client.Option{a.at(r.line())}
	if a.input() != nil {
		options = append(options, a.sent(a.resource.changed(ctx, env, a, r, nil)))
	}
	return options
}

// instead is a request with another line in its path.
func (a *act) instead(options []client.Option, line []string) []client.Option {
	return kit.Also(options, a.at(line))
}

// refusedBeside expects a request to be refused and a record to be left alone, where the same
// request is taken for the record itself.
func refusedBeside(ctx context.Context, env *suite.Env, a *act, r *record, right, wrong []client.Option) {
	var reads []suite.Read
	if !a.op.Reads() {
		reads = append(reads, r.state(env))
		if alone(env, r.above) && a.resource.lists != nil { // what is refused for one may be done to another
			reads = append(reads, a.resource.whole(env, r.above))
		}
	}
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return env.Call(ctx, a.Operation, wrong...) }, reads...)
	if control := env.Call(ctx, a.Operation, right...); !control.Success() {
		env.Undetermined("the request is refused for what is there as well, so that the refusal proves nothing\n%s",
			match.Show(control))
	}
}

func found(ctx context.Context, env *suite.Env, a *act) {
	if a.bound() {
		bindingFound(ctx, env, a, false)
		return
	}
	r := a.resource.ready(ctx, env, a)
	right := a.request(ctx, env, r)
	line := r.line()
	line[len(line)-1] = env.UnknownID(r.id())
	refusedBeside(ctx, env, a, r, right, a.instead(right, line))
}

func parentFound(ctx context.Context, env *suite.Env, a *act) {
	if a.bound() {
		bindingFound(ctx, env, a, true)
		return
	}
	res := a.resource
	switch {
	case a.Verb == contract.VerbList, a.Makes():
		above := a.parent().make(ctx, env, nil)
		line := above.line()
		line[len(line)-1] = env.UnknownID(above.id())
		var right []client.Option
		var reads []suite.Read
		if a.Makes() {
			body := res.fill(ctx, env, a, above)
			right = []client.Option{a.at(above.line()), a.sent(body)}
			reads = res.elsewhere(ctx, env, above)
		} else {
			res.makeIn(ctx, env, a, above)
			right = []client.Option{a.at(above.line())}
		}
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return env.Call(ctx, a.Operation, a.instead(right, line)...)
		}, reads...)
		if control := env.Call(ctx, a.Operation, right...); !control.Success() {
			env.Undetermined("it is refused under what is there as well, so that the refusal proves nothing\n%s",
				match.Show(control))
		}
	default:
		r := res.ready(ctx, env, a)
		right := a.request(ctx, env, r)
		line := r.line()
		line[len(line)-1-len(r.key)] = env.UnknownID(r.above.id())
		refusedBeside(ctx, env, a, r, right, a.instead(right, line))
	}
}

// ownParent asks for the last of some records under a parent that has none, so that ids that
// are counted under each parent are no other record's.
func ownParent(ctx context.Context, env *suite.Env, a *act) {
	r := a.resource.ready(ctx, env, a)
	other := r.above.resource.make(ctx, env, r.above.above)
	right := a.request(ctx, env, r)
	refusedBeside(ctx, env, a, r, right, a.instead(right, append(other.line(), r.key...)))
}

func stored(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	body := res.fill(ctx, env, a, above)
	line := res.lineOf(env, a, above, body)
	answer := env.Call(ctx, a.Operation, a.at(line), a.sent(body))
	env.ExpectAnswer(answer)
	r := res.take(ctx, env, a, above, line, body, answer)
	if len(answer.Body) > 0 && a.recordIn(answer).IsObject() && res.echoes(a) {
		res.expectHas(env, a.recordIn(answer), body, answer, "in the answer")
	}
	now, seen := r.now(ctx, env)
	res.expectHas(env, now, body, seen, "when read")
}

// echoes says whether the answer to an operation has the record as it is read.
func (res *resource) echoes(a *act) bool {
	s := a.op.Success()
	return s != nil && s.Schema != nil && a.tells
}

func defaulted(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	body := res.fill(ctx, env, a, above, res.least(a))
	line := res.lineOf(env, a, above, body)
	r := res.take(ctx, env, a, above, line, body, env.Must(ctx, a.Operation, a.at(line), a.sent(body)))
	now, seen := r.now(ctx, env)
	want := kit.Body{}
	for _, d := range res.Defaults {
		if _, sent := body[d.Member]; !sent {
			want[d.Member] = decoded(d.Value)
		}
	}
	if len(want) == 0 {
		env.Expect(seen).To(match.Success())
	}
	res.expectHas(env, now, want, seen, "by default")
}

// least leaves out what need not be sent.
func (res *resource) least(a *act) kit.Body {
	change := kit.Body{}
	for _, p := range a.input().Flat() {
		if !a.input().IsRequired(p.Name) {
			change[p.Name] = kit.Omit
		}
	}
	return change
}

// serverMade sends one by one what the server makes: it may refuse to be told, or must not listen.
func serverMade(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	first := res.make(ctx, env, above)
	was, _ := first.now(ctx, env)
	for _, name := range res.room.behavior.ServerMembers(a.Act, a.op) {
		value := strange(env, was.Get(gjsonName(name)))
		if value == nil {
			continue
		}
		body := kit.With(res.fill(ctx, env, a, above), kit.Body{name: value})
		line := res.lineOf(env, a, above, body)
		answer := env.Call(ctx, a.Operation, a.at(line), a.sent(body), client.Invalid())
		if !kit.Unbroken(env, answer) {
			continue
		}
		r := res.take(ctx, env, a, above, line, body, answer)
		now, seen := r.now(ctx, env)
		if alike(now.Get(gjsonName(name)), value, env.Strict()) {
			env.Expect(seen).To(match.That(name+" of the server's own making", func(*client.Exchange) string {
				return "it is what was sent, " + text(value)
			}))
		}
	}
}

func partial(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	r := res.ready(ctx, env, a)
	tried := 0
	for _, p := range a.input().Flat() {
		value, ok := res.another(ctx, env, a, r, p)
		if !ok {
			continue
		}
		before, _ := r.now(ctx, env)
		answer := env.Call(ctx, a.Operation, a.at(r.line()), a.sent(kit.Body{p.Name: value}))
		if tried++; tried == 1 {
			env.ExpectAnswer(answer)
		} else {
			env.Expect(answer).To(match.Success())
		}
		after, seen := r.now(ctx, env)
		res.expectHas(env, after, kit.Body{p.Name: value}, seen, "when read after the change")
		res.expectStays(env, before, after, seen, p.Name)
	}
	switch tried {
	case 0:
		env.Undetermined("no member of a %s can be changed alone", res.Name)
	case 1: // beside it nothing is left that could stay, but where nothing at all is sent
		nothingSent(ctx, env, a, r)
	}
}

// nothingSent changes nothing: it may be refused, or has to leave the record as it is.
func nothingSent(ctx context.Context, env *suite.Env, a *act, r *record) {
	before, _ := r.now(ctx, env)
	if answer := env.Call(ctx, a.Operation, a.at(r.line()), a.sent(kit.Body{}), client.Invalid()); kit.Unbroken(env, answer) {
		after, seen := r.now(ctx, env)
		a.resource.expectStays(env, before, after, seen)
	}
}

// whole replaces a record that has everything by one that has only what must be there.
func whole(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	r := res.ready(ctx, env, a)
	before, _ := r.now(ctx, env)
	body := kit.With(res.changed(ctx, env, a, r, nil), res.least(a))
	answer := env.Call(ctx, a.Operation, a.at(r.line()), a.sent(body))
	env.ExpectAnswer(answer)
	after, seen := r.now(ctx, env)
	res.expectHas(env, after, body, seen, "when read after the change")
	for _, p := range a.input().Flat() {
		was, is := before.Get(gjsonName(p.Name)), after.Get(gjsonName(p.Name))
		if _, sent := body[p.Name]; sent || !res.shows(p.Name) || res.fixed(p.Name) || was.Type == 0 || r.sent[p.Name] == nil {
			continue
		}
		if alike(is, r.sent[p.Name], env.Strict()) && !res.defaultsTo(p.Name, r.sent[p.Name]) {
			env.Expect(seen).To(match.That("nothing left of "+p.Name+", which was not sent", func(*client.Exchange) string {
				return "it is " + shown(is)
			}))
		}
	}
}

func touched(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	r := res.ready(ctx, env, a)
	options := a.request(ctx, env, r)
	before, _ := r.now(ctx, env)
	kit.Later(ctx, env)
	answer := env.Call(ctx, a.Operation, options...)
	env.ExpectAnswer(answer)
	after, seen := r.now(ctx, env)
	for _, s := range res.Stamps {
		was, is := before.Get(gjsonName(s.Member)), after.Get(gjsonName(s.Member))
		if !res.shows(s.Member) {
			continue
		}
		if moved := was.Raw != is.Raw; moved != s.Changed {
			env.Expect(seen).To(match.That(s.Member+movement(s.Changed), func(*client.Exchange) string {
				return "it was " + shown(was) + " and is " + shown(is)
			}))
		}
	}
}

func movement(moves bool) string {
	if moves {
		return " to move with a change"
	}
	return " to stay as it was"
}

func keyTaken(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	r := res.make(ctx, env, above)
	good := res.fill(ctx, env, a, above)
	wrong := kit.With(good, kit.Body{res.ID.Member: r.sent[res.ID.Member]})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return res.create(ctx, env, a, above, wrong) }, r.state(env),
		res.traces(env, above, gjsonName(res.ID.Member), r.sent[res.ID.Member])) // a second one is behind the first
	control(ctx, env, res.create(ctx, env, a, above, good))
}

// control ends the case as undetermined where what is right is refused as well.
func control(_ context.Context, env *suite.Env, answer *client.Exchange) {
	if !answer.Success() {
		env.Undetermined("what is right is refused as well, so that the refusal proves nothing\n%s", match.Show(answer))
	}
}

func done(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	r := res.ready(ctx, env, a)
	before, _ := r.now(ctx, env)
	answer := env.Call(ctx, a.Operation, a.request(ctx, env, r)...)
	env.ExpectAnswer(answer)
	want := kit.Body{}
	var names []string
	for _, s := range a.Set {
		want[s.Member], names = decoded(s.Value), append(names, s.Member)
	}
	if a.recordIn(answer).IsObject() && res.echoes(a) {
		res.expectHas(env, a.recordIn(answer), want, answer, "in the answer")
	}
	after, seen := r.now(ctx, env)
	res.expectHas(env, after, want, seen, "when read")
	res.expectStays(env, before, after, seen, names...)
}

// gjsonName is a member as a path has it.
func gjsonName(member string) string {
	return strings.NewReplacer(".", `\.`, "*", `\*`, "?", `\?`).Replace(member)
}
