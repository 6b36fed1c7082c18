package volunteers

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// writerOf returns the id of the user who is calling, as shown by another kind of
// record than the one that is looked at.
func writerOf(ctx context.Context, env *suite.Env, user *client.Exchange, kind sub) string {
	record := kind.of(user).Made(ctx, env)
	author := record.Text("data.created_by.id")
	if author == "" || author == user.Text("id") {
		env.Undetermined("nothing else says which user the caller is\n%s", match.Show(record))
	}
	return author
}

// authorCase expects created_by to be the caller and user the user in the path, on
// records of two users.
func (s sub) authorCase(requirement, title string, other sub, author, subject bool) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		for range 2 {
			user := makeUser(ctx, env)
			answer := s.of(user).Send(ctx, env, s.Body(env))
			env.ExpectAnswer(answer)
			back, path := s.of(user).Stored(ctx, env, recordOf(answer))
			if author {
				caller := writerOf(ctx, env, user, other)
				expectUser(env, answer, "data.created_by", caller)
				expectUser(env, back, path+".created_by", caller)
			}
			if subject {
				expectUser(env, answer, "data.user", user.Text("id"))
				expectUser(env, back, path+".user", user.Text("id"))
			}
		}
	}}
}

func noteAuthorCases() []suite.Case {
	notes, touchpoints := noteSub(), touchpointSub()
	return []suite.Case{
		notes.authorCase("VOL-NOTE-11", "created_by is the caller on the notes of two users", touchpoints, true, false),
		notes.authorCase("VOL-NOTE-12", "user is the user in the path", touchpoints, false, true),
		{Requirement: "VOL-NOTE-13", Title: "author and user sent are not taken over",
			Check: func(ctx context.Context, env *suite.Env) {
				user, stranger := makeUser(ctx, env), makeUser(ctx, env)
				forged := map[string]any{"id": number(stranger.Text("id"))}
				caller := notes.of(user).Made(ctx, env).Text("data.created_by.id")
				answer := notes.of(user).Send(ctx, env, kit.With(notes.Body(env), kit.Body{"created_by": forged, "user": forged}))
				if answer.Success() {
					notes.of(user).ExpectStored(ctx, env, answer, map[string]any{"created_by": ref(caller),
						"user": ref(user.Text("id"))})
				} else {
					env.Expect(answer).To(kit.Refusal())
				}
				env.Expect(notes.of(stranger).Listed(ctx, env)).To(match.Member("data", []any{}))
			}},
		{Requirement: "VOL-NOTE-19", Title: "a sub note has a user and date-times",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				note := recordOf(notes.of(user).Made(ctx, env))
				answer := subNoteKind().add(ctx, env, user, note, map[string]any{"body": "Called back"})
				env.ExpectAnswer(answer)
				kit.ExpectShape(env, answer, "data", isDated)
				kit.ExpectShape(env, answer, "data.user", isShortUser)
				env.Expect(notes.of(user).Get(ctx, env, note)).To(kit.Same(env, "data.sub_notes.0", answer, "data"))
			}},
		{Requirement: "VOL-NOTE-31", Title: "the user of a sub note is the caller",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				caller := writerOf(ctx, env, user, touchpoints)
				note := recordOf(notes.of(user).Made(ctx, env))
				answer := subNoteKind().add(ctx, env, user, note, map[string]any{"body": "Called back"})
				env.ExpectAnswer(answer)
				expectUser(env, answer, "data.user", caller)
				expectUser(env, notes.of(user).Get(ctx, env, note), "data.sub_notes.0.user", caller)
			}},
	}
}
