package volunteers

import (
	"context"
	"strings"
	"time"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
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
			hit := recordOf(s.of(user).Made(ctx, env, kit.Body{member: "About the " + wanted + " today"}))
			miss := recordOf(s.of(user).Made(ctx, env, kit.Body{member: "About the " + other + " today"}))
			s.of(makeUser(ctx, env)).Made(ctx, env, kit.Body{member: "About the " + wanted + " today"})
			secret := recordOf(s.of(user).Made(ctx, env, kit.Body{member: "Again the " + wanted, "private": true}))
			listed := s.of(user).Listed(ctx, env)
			env.Expect(listed).To(data.Has(hit, miss))
			hits := []string{hit}
			if data.Item(listed, secret).Exists() { // a list that has no private ones finds none
				hits = append(hits, secret)
			}
			for word, records := range kit.InOrder(map[string][]string{wanted: hits, other: {miss}}) {
				found := s.of(user).All(ctx, env, client.Query("q", word))
				env.ExpectAnswer(found)
				env.Expect(found).To(data.Only(records...))
			}
		}}
}

// lateWordCase expects `q` to find a word wherever it stands in a text that is kept whole.
func (s sub) lateWordCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a word at the end of a long body is found",
		Check: func(ctx context.Context, env *suite.Env) {
			own, wanted := s.of(makeUser(ctx, env)), word(env, "sought")
			text := kit.Body{"body": strings.Repeat("Spoken about this and that. ", 40) + "Then about the " + wanted}
			made := own.Send(ctx, env, kit.With(s.Body(env), text))
			if !kit.Unbroken(env, made) || made.Text("data.body") != text["body"] {
				env.NotApplicable("the target keeps no body of that length\n%s", match.Show(made))
			}
			own.Made(ctx, env)
			found := own.All(ctx, env, client.Query("q", wanted))
			env.ExpectAnswer(found)
			env.Expect(found).To(data.Only(recordOf(made)))
		}}
}

// nowCase expects a filter to go by what the records hold now: of two it keeps the one that is made so
// that it passes, and the other when each was changed to what the other was.
func (s sub) nowCase(requirement, parameter string, value func(env *suite.Env) any, passes, fails kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: parameter + " goes by what the records hold now",
		Check: func(ctx context.Context, env *suite.Env) {
			own, asked := s.of(makeUser(ctx, env)), client.Query(parameter, value(env))
			in, out := recordOf(own.Made(ctx, env, passes)), recordOf(own.Made(ctx, env, fails))
			env.Expect(own.All(ctx, env, asked)).To(data.Only(in))
			own.Changed(ctx, env, in, s.WholeBody(env, fails))
			own.Changed(ctx, env, out, s.WholeBody(env, passes))
			list := own.All(ctx, env, asked)
			env.ExpectAnswer(list)
			env.Expect(list).To(data.Only(out))
		}}
}

// fixed is a value that is asked of every target.
func fixed(value any) func(*suite.Env) any { return func(*suite.Env) any { return value } }

// stayCase changes one member alone and expects everything else of the record to
// be what it was.
func (s sub) stayCase(requirement, member string, value any, prepare func(env *suite.Env) kit.Body,
	more func(env *suite.Env) []kit.Body) suite.Case {
	return suite.Case{Requirement: requirement, Title: "all but the " + member + " sent stays",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			before := s.fullest(ctx, env, user, prepare(env), more(env))
			s.of(user).ExpectStays(ctx, env, recordOf(before), kit.Body{member: value}, before, "data", "updated_at")
		}}
}

// switchCase switches boolean members on and off, from one change to the next.
func (s sub) switchCase(requirement string, flags ...string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is switched on and off",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			other, id := s.of(user).Made(ctx, env), recordOf(s.of(user).Made(ctx, env))
			for _, flag := range flags {
				for _, on := range []bool{true, false, true} {
					s.of(user).ExpectChanged(ctx, env, id, kit.Body{flag: on}, nil)
					seen := s.of(user).Get(ctx, env, recordOf(other))
					env.Expect(seen).To(kit.Same(env, "data", other, "data", "updated_at"), "another record of the user")
				}
			}
		}}
}

// movedCase expects a change to move updated_at and to leave created_at.
func (s sub) movedCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a change moves updated_at only",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			before := s.of(user).Made(ctx, env)
			kit.Later(ctx, env)
			after := s.of(user).Change(ctx, env, recordOf(before), s.WholeBody(env))
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
			answer := s.of(user).Send(ctx, env, kit.With(s.Body(env), kit.Body{"reminder": map[string]any{"date": at}}))
			env.ExpectAnswer(answer)
			kit.ExpectShape(env, answer, "data.reminder", isReminder)
			s.of(user).ExpectStored(ctx, env, answer, map[string]any{"reminder.date": timeOf(at)})
		}}
}

// remindedLaterCase sets the reminder by a change, and another one, in a zone of its own, by the next.
func (s sub) remindedLaterCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "a change sets the reminder too",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			id, east := recordOf(s.of(user).Made(ctx, env)), time.FixedZone("", 2*60*60)
			for _, at := range []time.Time{timeOf(instant(env, 24*9)), timeOf(instant(env, 24*10)).In(east)} {
				answer := s.of(user).Changed(ctx, env, id, s.WholeBody(env, kit.Body{"reminder": kit.Body{"date": at}}))
				kit.ExpectShape(env, answer, "data.reminder", isReminder)
				s.of(user).ExpectStored(ctx, env, answer, kit.Body{"reminder.date": at})
			}
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
	named := func(env *suite.Env) kit.Body { return kit.Body{member: ref(id(env))} }
	return []suite.Case{
		{Requirement: requirement, Title: "a new one takes the " + member, Check: s.Keeps(named)},
		{Requirement: requirement, Title: "a change takes the " + member, Check: s.Changes(named)},
	}
}

// partCase expects what a record refers to, to have its members wherever it is shown. A
// target that does not take the id in the body may have one of its own, or none.
func (s sub) partCase(requirement, member, need string, want kit.ValueCheck) suite.Case {
	return suite.Case{Requirement: requirement, Title: "the " + member + " has its documented members",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := s.Body(env)
			if env.Has("given:" + need) {
				body[member] = ref(kit.GivenNumber(env, need))
			}
			answer := s.of(user).Send(ctx, env, body)
			if !answer.Success() {
				answer = s.of(user).Made(ctx, env, kit.Body{"subject": body["subject"]})
			}
			s.of(user).ExpectStored(ctx, env, answer, map[string]any{"subject": body["subject"]})
			back, path := s.of(user).Stored(ctx, env, recordOf(answer))
			kit.ExpectShape(env, answer, "data."+member, kit.OrNull(want))
			kit.ExpectShape(env, back, path+"."+member, kit.OrNull(want))
			if back.Get(path+"."+member).Type == gjson.Null {
				env.NotApplicable("the target shows no %s", member)
			}
			env.Expect(back).To(kit.Same(env, path+"."+member, answer, "data."+member))
		}}
}

// blankCase expects a record made without the member to have null there, or a
// whole one.
func (s sub) blankCase(requirement, member string, want kit.ValueCheck) suite.Case {
	return suite.Case{Requirement: requirement, Title: "without a " + member + " there is null or a whole one",
		Check: func(ctx context.Context, env *suite.Env) {
			user, body := makeUser(ctx, env), s.Body(env)
			answer := s.of(user).Send(ctx, env, body)
			env.ExpectAnswer(answer)
			s.of(user).ExpectStored(ctx, env, answer, map[string]any{"subject": body["subject"]})
			kit.ExpectShape(env, answer, "data."+member, kit.OrNull(want))
			back, path := s.of(user).Stored(ctx, env, recordOf(answer))
			kit.ExpectShape(env, back, path+"."+member, kit.OrNull(want))
		}}
}

// by names what the target gives.
func by(name string) func(env *suite.Env) any {
	return func(env *suite.Env) any { return kit.GivenNumber(env, name) }
}

// expectUser expects the user at a path to be that one.
func expectUser(env *suite.Env, answer *client.Exchange, path, id string) {
	env.Expect(answer).To(kit.Texts(path+".id", gomega.ConsistOf(id)))
}
