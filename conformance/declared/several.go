package declared

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// together sends new records in one call. Those that were made are taken back after the case.
func (res *resource) together(ctx context.Context, env *suite.Env, a *act, above *record,
	bodies ...kit.Body) (answer *client.Exchange, made []*record) {
	line := above.line()
	answer = env.Call(ctx, a.Operation, a.at(line), a.sent(bodies[0], bodies[1:]...))
	if !answer.Success() {
		return answer, nil
	}
	for i, item := range a.listIn(answer) {
		r := &record{resource: res, above: above, key: res.key(item, nil), made: answer}
		if len(r.key) == 0 {
			env.Undetermined("nothing in the answer says what leads to the %s number %d\n%s", res.Name, i+1, match.Show(answer))
		}
		if res.deletes != nil {
			env.Track(func(ctx context.Context) { env.Call(ctx, res.deletes.Operation, res.deletes.at(r.line())) })
		}
		made = append(made, r)
	}
	return answer, made
}

// listIn are the records in an answer about several.
func (a *act) listIn(e *client.Exchange) []gjson.Result {
	list := *a
	list.List = &contract.Listing{Items: trimmed(a.In)}
	return list.items(e)
}

// several makes three records in one call: each is answered and read, once, whatever their order.
func several(ctx context.Context, env *suite.Env, a *act) {
	const some = 3
	res := a.resource
	n := some
	if most := res.most(); most > 0 {
		n = min(n, most)
	}
	above := res.aboveFor(ctx, env, a)
	var bodies []kit.Body
	for range n {
		bodies = append(bodies, res.fill(ctx, env, a, above))
	}
	answer, made := res.together(ctx, env, a, above, bodies...)
	env.ExpectAnswer(answer)
	if len(made) != n {
		env.Expect(answer).To(match.That(fmt.Sprintf("%d of a %s", n, res.Name), func(*client.Exchange) string {
			return fmt.Sprintf("there are %d", len(made))
		}))
	}
	left := slices.Clone(bodies)
	for _, r := range made {
		now, seen := r.now(ctx, env)
		at := slices.IndexFunc(left, func(body kit.Body) bool { return res.isAs(env, now, body) })
		if at < 0 {
			env.Expect(seen).To(match.That("one of those that were sent, each once", func(*client.Exchange) string {
				return "it is " + now.Raw
			}))
		}
		left = slices.Delete(left, at, at+1)
	}
}

// isAs says whether a record has what was sent, as far as the resource shows it.
func (res *resource) isAs(env *suite.Env, found gjson.Result, sent kit.Body) bool {
	for name, value := range sent {
		if res.shows(name) && !alike(found.Get(gjsonName(name)), value, env.Strict()) {
			return false
		}
	}
	return true
}

// atomic sends one that a rule refuses between two that are right.
func atomic(ctx context.Context, env *suite.Env, a *act) {
	res, one := a.resource, a.room.behavior.Refuser(a.Act)
	above := res.aboveFor(ctx, env, a)
	first, last := res.fill(ctx, env, a, above), res.fill(ctx, env, a, above)
	wrong := res.fill(ctx, env, a, above)
	member := referenced(one)
	s, ok := a.input().Property(member)
	switch {
	case !ok:
		env.Undetermined("nobody can send the %s of a %s", member, res.Name)
	case one.Kind == contract.RuleReference:
		wrong = kit.With(wrong, kit.Body{member: res.nobody(ctx, env, one, s)})
	default:
		there := res.make(ctx, env, above)
		wrong = kit.With(wrong, res.shared(one, there), kit.Body{member: there.sent[one.Member]})
	}
	var reads []suite.Read
	for _, body := range []kit.Body{first, last} {
		if member := res.mark(a, body); member != "" {
			reads = append(reads, res.traces(env, above, member, body[member]))
		}
	}
	send := func(bodies ...kit.Body) *client.Exchange {
		answer, _ := res.together(ctx, env, a, above, bodies...)
		return answer
	}
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return send(first, wrong, last) }, reads...)
	control(ctx, env, send(first, last))
}

// mark is a member by whose value a new record is known in the list, "" for none.
func (res *resource) mark(a *act, body kit.Body) string {
	for _, p := range a.input().Flat() {
		if _, sent := body[p.Name]; sent && p.Schema.Type == "string" && len(p.Schema.Enum) == 0 && res.shows(p.Name) {
			return p.Name
		}
	}
	return ""
}

// trimmed is a place without the mark of a list.
func trimmed(place string) string {
	if n := len(place) - len("[]"); n >= 0 && place[n:] == "[]" {
		return place[:n]
	}
	return place
}
