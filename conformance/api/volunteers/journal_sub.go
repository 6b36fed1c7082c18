package volunteers

import (
	"context"
	"fmt"
	"time"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// What notes and touchpoints have in common: an author, a search, a team, a
// reminder, times, and entries below them.

// searchCase expects `q` to find a word of the member, and nothing without it.
func (s sub) searchCase(requirement, member string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a word of the " + member + " is found",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			wanted, other := word(env, "sought"), word(env, "other")
			hit := recordOf(s.made(ctx, env, user, member, "About the "+wanted+" today"))
			miss := recordOf(s.made(ctx, env, user, member, "About the "+other+" today"))
			env.Expect(s.listed(ctx, env, user)).To(lists(hit, miss))
			for word, record := range map[string]string{wanted: hit, other: miss} {
				found := s.all(ctx, env, user, client.Query("q", word))
				env.ExpectAnswer(found)
				env.Expect(found).To(listsOnly(record))
			}
		}}
}

// stayCase changes one member alone and expects everything else of the record to
// be what it was.
func (s sub) stayCase(requirement, member string, value any, prepare func(env *suite.Env) []any) suite.Case {
	return suite.Case{Requirement: requirement, Title: "all but the " + member + " sent stays",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			before := s.made(ctx, env, user, prepare(env)...)
			answer := s.change(ctx, env, user, recordOf(before), map[string]any{member: value})
			env.ExpectAnswer(answer)
			env.Expect(answer).To(sent("data."+member, value, env.Strict()))
			env.Expect(answer).To(sameBut("data", before, "data", member, "updated_at"))
			back, path := s.stored(ctx, env, user, recordOf(before))
			env.Expect(back).To(sent(path+"."+member, value, env.Strict()))
			env.Expect(back).To(sameBut(path, before, "data", member, "updated_at"))
		}}
}

// switchCase switches boolean members on and off, from one change to the next.
func (s sub) switchCase(requirement string, flags ...string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is switched on and off",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			id := recordOf(s.made(ctx, env, user))
			for _, flag := range flags {
				for _, on := range []bool{true, false, true} {
					answer := s.change(ctx, env, user, id, s.whole(env, flag, on))
					env.ExpectAnswer(answer)
					env.Expect(answer).To(texts("data.id", gomega.ConsistOf(id)))
					s.expectStored(ctx, env, user, answer, map[string]any{flag: on})
				}
			}
		}}
}

// movedCase expects a change to move updated_at and to leave created_at.
func (s sub) movedCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a change moves updated_at only",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			before := s.made(ctx, env, user)
			later(ctx, env)
			after := s.change(ctx, env, user, recordOf(before), s.whole(env))
			env.ExpectAnswer(after)
			s.expectMoved(ctx, env, user, before, after)
		}}
}

// reminderCase expects the reminder to name the instant sent.
func (s sub) reminderCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "the reminder names the instant sent",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			at := instant(env, 24*7)
			answer := s.add(ctx, env, user, but(s.body(env), "reminder", map[string]any{"date": at}))
			env.ExpectAnswer(answer)
			expectShape(env, answer, "data.reminder", isReminder)
			s.expectStored(ctx, env, user, answer, map[string]any{"reminder.date": timeOf(at)})
		}}
}

// remindedLaterCase sets the reminder by a change.
func (s sub) remindedLaterCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a change sets the reminder too",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			id := recordOf(s.made(ctx, env, user))
			at := instant(env, 24*9)
			answer := s.altered(ctx, env, user, id, s.whole(env, "reminder", map[string]any{"date": at}))
			expectShape(env, answer, "data.reminder", isReminder)
			s.expectStored(ctx, env, user, answer, map[string]any{"reminder.date": timeOf(at)})
		}}
}

// timeOf is the time that an RFC 3339 text of the suite's own names.
func timeOf(text string) time.Time {
	at, ok := format.Instant(text)
	if !ok {
		panic(text + " is no date-time")
	}
	return at
}

// namedCase names a record by its id in a new one and in a change, and expects that id.
func (s sub) namedCase(requirement, member string, id func(env *suite.Env) any) []suite.Case {
	type writer = func(ctx context.Context, env *suite.Env, user *client.Exchange, named any) *client.Exchange
	check := func(title string, write writer) suite.Case {
		return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
			user, named := makeUser(ctx, env), ref(id(env))
			answer := write(ctx, env, user, named)
			env.ExpectAnswer(answer)
			s.expectStored(ctx, env, user, answer, map[string]any{member: named})
		}}
	}
	return []suite.Case{
		check("a new one takes the "+member, func(ctx context.Context, env *suite.Env, user *client.Exchange, named any,
		) *client.Exchange {
			return s.add(ctx, env, user, but(s.body(env), member, named))
		}),
		check("a change takes the "+member, func(ctx context.Context, env *suite.Env, user *client.Exchange, named any,
		) *client.Exchange {
			record := recordOf(s.made(ctx, env, user))
			return s.change(ctx, env, user, record, s.whole(env, member, named))
		}),
	}
}

// partCase expects what a record refers to, to have its members wherever it is shown. A
// target that does not take the id in the body may have one of its own, or none.
func (s sub) partCase(requirement, member, need string, want kind) suite.Case {
	return suite.Case{Requirement: requirement, Title: "the " + member + " has its documented members",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := s.body(env)
			if env.Has("given:" + need) {
				body[member] = ref(given(env, need))
			}
			answer := s.add(ctx, env, user, body)
			if !answer.Success() {
				answer = s.made(ctx, env, user, "subject", body["subject"])
			}
			s.expectStored(ctx, env, user, answer, map[string]any{"subject": body["subject"]})
			back, path := s.stored(ctx, env, user, recordOf(answer))
			expectShape(env, answer, "data."+member, orNull(want))
			expectShape(env, back, path+"."+member, orNull(want))
			if back.Get(path+"."+member).Type == gjson.Null {
				env.NotApplicable("the target shows no %s", member)
			}
			env.Expect(back).To(same(path+"."+member, answer, "data."+member))
		}}
}

// blankCase expects a record made without the member to have null there, or a
// whole one.
func (s sub) blankCase(requirement, member string, want kind) suite.Case {
	return suite.Case{Requirement: requirement, Title: "without a " + member + " there is null or a whole one",
		Check: func(ctx context.Context, env *suite.Env) {
			user, body := makeUser(ctx, env), s.body(env)
			answer := s.add(ctx, env, user, body)
			env.ExpectAnswer(answer)
			s.expectStored(ctx, env, user, answer, map[string]any{"subject": body["subject"]})
			expectShape(env, answer, "data."+member, maybe(want))
			back, path := s.stored(ctx, env, user, recordOf(answer))
			expectShape(env, back, path+"."+member, maybe(want))
		}}
}

// by names what the target gives.
func by(name string) func(env *suite.Env) any {
	return func(env *suite.Env) any { return given(env, name) }
}

// expectUser expects the user at a path to be that one.
func expectUser(env *suite.Env, answer *client.Exchange, path, id string) {
	env.Expect(answer).To(texts(path+".id", gomega.ConsistOf(id)))
}

// below is the kind of entries below a note or a touchpoint.
type below struct {
	parent         sub
	create, member string // the operation, and where the parent lists its entries
}

// add asks for a new entry of that body.
func (b below) add(ctx context.Context, env *suite.Env, user *client.Exchange, record any, body any) *client.Exchange {
	return env.Call(ctx, b.create, of(user), client.Path(b.parent.id, record), client.JSON(body))
}

// addedCase expects an entry to be answered with an id and the body sent, and to
// be kept that way.
func (b below) addedCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is answered with an id and the body sent",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			parent := recordOf(b.parent.made(ctx, env, user))
			text := "Called back " + env.Unique("entry")
			answer := b.add(ctx, env, user, parent, map[string]any{"body": text})
			env.ExpectAnswer(answer)
			expectShape(env, answer, "data.id", isInteger)
			env.Expect(answer).To(sent("data.body", text, env.Strict()))
			back := b.parent.read(ctx, env, user, parent)
			env.Expect(back).To(texts("data."+b.member+".#.body", gomega.ConsistOf(text)))
		}}
}

// amongCase expects entries, with the bodies sent, to be among those of their own parent
// only, wherever it is shown. In an answer to a change they are looked for where a change
// can't take them off.
func (b below) amongCase(requirement string, fixed bool) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is among those of its parent, and of no other",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			parent, other := recordOf(b.parent.made(ctx, env, user)), recordOf(b.parent.made(ctx, env, user))
			entries := map[string]string{}
			for range 2 {
				text := "Called back " + env.Unique("entry")
				answer := b.add(ctx, env, user, parent, map[string]any{"body": text})
				env.ExpectAnswer(answer)
				entries[recordOf(answer)] = text
				env.Expect(b.parent.read(ctx, env, user, parent)).To(b.holds("data", entries))
			}
			env.Expect(b.parent.read(ctx, env, user, other)).To(b.holds("data", nil))
			list := b.parent.all(ctx, env, user)
			env.Expect(list).To(lists(parent, other))
			env.Expect(list).To(b.holds(where(list, parent), entries))
			env.Expect(list).To(b.holds(where(list, other), nil))
			if fixed {
				env.Expect(b.parent.altered(ctx, env, user, parent, b.parent.whole(env))).To(b.holds("data", entries))
				env.Expect(b.parent.read(ctx, env, user, parent)).To(b.holds("data", entries))
			}
		}}
}

// holds claims that the record at the path has exactly these entries, by id and body.
func (b below) holds(path string, entries map[string]string) claim {
	return claim{want: fmt.Sprintf("%s of %s to be %v", b.member, path, entries), wrong: func(e *client.Exchange) string {
		if !e.Get(path).IsObject() {
			return "there is no record"
		}
		found := e.Get(path + "." + b.member)
		items := found.Array()
		for _, item := range items {
			if body, ok := entries[item.Get("id").String()]; !ok || item.Get("body").String() != body {
				return "it is " + found.Raw
			}
		}
		return when(len(items) == len(entries), fmt.Sprintf("of %d", len(items)), found)
	}}
}

// orphanCase expects an entry to an unknown parent to be refused.
func (b below) orphanCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: b.create + " refuses an unknown record",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			parent := recordOf(b.parent.made(ctx, env, user))
			body := map[string]any{"body": "Called back " + env.Unique("entry")}
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return b.add(ctx, env, user, unknownID, body)
			}, b.parent.states(env, user, parent)...)
		}}
}
