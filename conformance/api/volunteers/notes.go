package volunteers

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func noteSub() sub {
	return sub{
		list: "listUserNotes", create: "createUserNote", get: "getUserNote", update: "updateUserNote", id: "noteId",
		body: func(env *suite.Env) map[string]any {
			return map[string]any{"subject": "Talk " + env.Unique("subject"), "body": "Spoken about " + env.Unique("body"), "private": false, "pinned": false}
		},
	}
}

func subNoteKind() below {
	return below{parent: noteSub(), create: "createUserSubNote", member: "sub_notes"}
}

func isCategory(value gjson.Result, strict bool) string {
	return object(shape{"id": isInteger, "name": isFilled})(value, strict)
}

func isSubNote(value gjson.Result, strict bool) string {
	return object(shape{
		"id": isInteger, "body": isText, "user": isShortUser, "created_at": isInstant, "updated_at": isInstant, "deleted_at": orNull(isInstant),
	})(value, strict)
}

func isNote(value gjson.Result, strict bool) string {
	return object(shape{
		"id": isInteger, "subject": isText, "body": isText, "private": isBoolean, "pinned": isBoolean, "created_by": isShortUser,
		"user": isShortUser, "category": orNull(isCategory), "team": orNull(isShortTeam), "sub_notes": array(isSubNote),
		"reminder": orNull(isReminder), "created_at": isInstant, "updated_at": isInstant, "deleted_at": orNull(isInstant),
	})(value, strict)
}

func noteCases() []suite.Case {
	notes, below := noteSub(), subNoteKind()
	return slices.Concat(
		[]suite.Case{
			{Requirement: "VOL-NOTE-01", Title: "every item has the members of a note", Check: notesListed},
			notes.echoCase("VOL-NOTE-02", "an open, pinned note comes back as sent", "private", false, "pinned", true),
			notes.echoCase("VOL-NOTE-02", "a private, loose note comes back as sent", "private", true, "pinned", false),
			notes.growsCase("VOL-NOTE-03"),
			notes.readCase("VOL-NOTE-04", "pinned", true),
			notes.searchCase("VOL-NOTE-05", "subject"),
			notes.searchCase("VOL-NOTE-06", "body"),
			notes.changeCase("VOL-NOTE-08", "subject and body are changed", "subject", "Another subject", "body", "Another body"),
			notes.switchCase("VOL-NOTE-09", "private", "pinned"),
			notes.stayCase("VOL-NOTE-10", "pinned", true, richNote),
			notes.stayCase("VOL-NOTE-10", "subject", "Another subject", richNote),
			notes.partCase("VOL-NOTE-14", "category", "noteCategoryId", isCategory),
			notes.blankCase("VOL-NOTE-14", "category", isCategory),
			notes.partCase("VOL-NOTE-15", "team", "teamId", isShortTeam),
			notes.blankCase("VOL-NOTE-15", "team", isShortTeam),
			notes.reminderCase("VOL-NOTE-16"),
			notes.remindedLaterCase("VOL-NOTE-16"),
			below.addedCase("VOL-NOTE-17"),
			below.amongCase("VOL-NOTE-18", true),
			below.orphanCase("VOL-NOTE-20"),
			notes.withCase("VOL-NOTE-24", "private", noBoolean()),
			notes.badCase("VOL-NOTE-23", "an empty body is refused", func(map[string]any) map[string]any { return map[string]any{} }),
			notes.movedCase("VOL-NOTE-25"),
			notes.foreignCase("VOL-NOTE-27"),
		},
		notes.namedCase("VOL-NOTE-29", "category", by("noteCategoryId")),
		notes.namedCase("VOL-NOTE-30", "team", by("teamId")),
		noteTextCases(),
		noteAuthorCases(),
	)
}

// richNote is what a note can have besides.
func richNote(env *suite.Env) []any {
	return []any{"private", true, "reminder", map[string]any{"date": instant(env, 48)}}
}

func notesListed(ctx context.Context, env *suite.Env) {
	notes, user := noteSub(), makeUser(ctx, env)
	told := notes.made(ctx, env, user, richNote(env)...)
	rich, plain := recordOf(told), recordOf(notes.made(ctx, env, user))
	if answer := subNoteKind().add(ctx, env, user, rich, map[string]any{"body": "Called back"}); !answer.Success() {
		env.Undetermined("set-up failed: no sub note could be added\n%s", match.Show(answer))
	}
	list := notes.all(ctx, env, user)
	env.ExpectAnswer(list)
	env.Expect(list).To(lists(rich, plain))
	expectShape(env, list, "data", filled(2, isNote))
	expectShape(env, list, where(list, rich)+".sub_notes", filled(1, isSubNote))
	env.Expect(list).To(tells(where(list, rich), told, "data"))
}

func noteTextCases() []suite.Case {
	notes, below := noteSub(), subNoteKind()
	return []suite.Case{
		{Requirement: "VOL-NOTE-07", Title: "a word that no note has finds none", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			note := recordOf(notes.made(ctx, env, user))
			env.Expect(notes.listed(ctx, env, user)).To(lists(note))
			found := notes.all(ctx, env, user, client.Query("q", word(env, "absent")))
			env.ExpectAnswer(found)
			env.Expect(found).To(match.Member("data", []any{}))
		}},
		{Requirement: "VOL-NOTE-21", Title: "a sub note without a body is refused", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			note := recordOf(notes.made(ctx, env, user))
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return below.add(ctx, env, user, note, map[string]any{})
			}, notes.states(env, user, note)...)
		}},
		{Requirement: "VOL-NOTE-22", Title: "a live note was not deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			made := notes.made(ctx, env, user, "subject", "Live "+env.Unique("subject"))
			answer := notes.read(ctx, env, user, recordOf(made))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.Member("data.subject", someText()))
			expectShape(env, answer, "data.deleted_at", isNothing)
		}},
		{Requirement: "VOL-NOTE-26", Title: "a long text comes back as sent", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			long := map[string]any{"body": longText(5000)}
			answer := notes.add(ctx, env, user, but(notes.body(env), pairs(long)...))
			env.ExpectAnswer(answer)
			notes.expectStored(ctx, env, user, answer, long)
		}},
		{Requirement: "VOL-NOTE-28", Title: "a private note is not listed for a caller without the right", Check: privateHidden},
	}
}

// longText is a text of that many characters with line breaks and letters beyond
// ASCII, one of them beyond the first plane.
func longText(length int) string {
	const line = "Ynys Môn, Łódź, 東京 and 𝔚ales — twice a week.\nAgreed: \"no calls\" \\ <after> 6 & before 9.\n"
	runes := []rune(strings.Repeat(line, length/len([]rune(line))+1))[:length]
	runes[length-1] = '.'
	return string(runes)
}

func privateHidden(ctx context.Context, env *suite.Env) {
	notes, user := noteSub(), makeUser(ctx, env)
	private := recordOf(notes.made(ctx, env, user, "private", true))
	public := recordOf(notes.made(ctx, env, user, "private", false))
	env.Expect(notes.listed(ctx, env, user)).To(lists(private, public))
	list := notes.all(ctx, env.As("low-rights"), user)
	if list.Status == http.StatusForbidden || list.Status == http.StatusNotFound {
		env.Undetermined("the caller low-rights may list no notes of this user at all\n%s", match.Show(list))
	}
	env.ExpectAnswer(list)
	env.Expect(list).To(lacks(private))
	env.Expect(list).To(lists(public))
}
