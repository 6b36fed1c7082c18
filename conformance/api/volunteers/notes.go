package volunteers

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func noteSub() sub {
	return underUser(kit.Resource{
		Name:  "note",
		Lists: "listUserNotes", Creates: "createUserNote", Gets: "getUserNote", Updates: "updateUserNote", ID: "noteId",
		Body: func(env *suite.Env) map[string]any {
			return map[string]any{"subject": "Talk " + env.Unique("subject"), "body": "Spoken about " + env.Unique("body"),
				"private": false, "pinned": false}
		},
	})
}

func subNoteKind() below {
	return below{parent: noteSub(), create: "createUserSubNote", member: "sub_notes",
		raised: kit.Body{"pinned": true, "private": true}}
}

func isCategory(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "name": kit.IsFilled})(value, strict)
}

func isSubNote(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "body": kit.IsText, "user": isShortUser, "created_at": kit.IsInstant, "updated_at": kit.IsInstant,
		"deleted_at": kit.OrNull(kit.IsInstant),
	})(value, strict)
}

func isNote(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "subject": kit.IsText, "body": kit.IsText, "private": kit.IsBoolean,
		"pinned": kit.IsBoolean, "created_by": isShortUser,
		"user": isShortUser, "category": kit.OrNull(isCategory), "team": kit.OrNull(isShortTeam),
		"sub_notes": kit.Array(0, isSubNote),
		"reminder":  kit.OrNull(isReminder), "created_at": kit.IsInstant, "updated_at": kit.IsInstant,
		"deleted_at": kit.OrNull(kit.IsInstant),
	})(value, strict)
}

func noteCases() []suite.Case {
	notes, below := noteSub(), subNoteKind()
	return slices.Concat(
		[]suite.Case{
			{Requirement: "VOL-NOTE-01", Title: "every item has the members of a note", Check: notesListed},
			{Requirement: "VOL-NOTE-01", Title: "the list says what the record read alone says", Check: notesListWhole},
			notes.echoCase("VOL-NOTE-02", "an open, pinned note comes back as sent", kit.Body{"private": false, "pinned": true}),
			notes.echoCase("VOL-NOTE-02", "a private, loose note comes back as sent", kit.Body{"private": true, "pinned": false}),
			notes.growsCase("VOL-NOTE-03"),
			notes.readCase("VOL-NOTE-04", kit.Body{"pinned": true}),
			notes.searchCase("VOL-NOTE-05", "subject"),
			notes.searchCase("VOL-NOTE-06", "body"), notes.lateWordCase("VOL-NOTE-06"),
			notes.nowCase("VOL-NOTE-05", "q", fixed("harbourmaster"), kit.Body{"subject": "About the harbourmaster"},
				kit.Body{"subject": "About the ferryman"}),
			notes.nowCase("VOL-NOTE-06", "q", fixed("harbourmaster"), kit.Body{"body": "Met the harbourmaster"},
				kit.Body{"body": "Met the ferryman"}),
			notes.changeCase("VOL-NOTE-08", "subject and body are changed",
				kit.Body{"subject": "Another subject", "body": "Another body"}),
			notes.switchCase("VOL-NOTE-09", "private", "pinned"),
			notes.stayCase("VOL-NOTE-10", "pinned", true, richNote, moreOfNote),
			notes.aloneCase("VOL-NOTE-10", richNote, noteChanges),
			subNoteKind().stayCase("VOL-NOTE-10"),
			notes.stayCase("VOL-NOTE-10", "subject", "Another subject", richNote, moreOfNote),
			notes.partCase("VOL-NOTE-14", "category", "noteCategoryId", isCategory),
			notes.blankCase("VOL-NOTE-14", "category", isCategory),
			notes.partCase("VOL-NOTE-15", "team", "teamId", isShortTeam),
			notes.blankCase("VOL-NOTE-15", "team", isShortTeam),
			notes.reminderCase("VOL-NOTE-16"),
			notes.remindedLaterCase("VOL-NOTE-16"),
			below.addedCase("VOL-NOTE-17", false), below.addedCase("VOL-NOTE-17", true),
			below.amongCase("VOL-NOTE-18", true),
			below.orphanCase("VOL-NOTE-20"),
			notes.withCase("VOL-NOTE-24", "private", noBoolean()),
			notes.badCase("VOL-NOTE-23", "an empty body is refused", kit.Without("subject", "body", "private", "pinned")),
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
func richNote(env *suite.Env) kit.Body {
	return kit.Body{
		"private":  true,
		"reminder": map[string]any{"date": instant(env, 48)},
	}
}

func notesListed(ctx context.Context, env *suite.Env) {
	notes, user := noteSub(), makeUser(ctx, env)
	told := notes.of(user).Made(ctx, env, richNote(env))
	rich, plain := recordOf(told), recordOf(notes.of(user).Made(ctx, env))
	if answer := subNoteKind().add(ctx, env, user, rich, map[string]any{"body": "Called back"}); !answer.Success() {
		env.Undetermined("set-up failed: no sub note could be added\n%s", match.Show(answer))
	}
	list := notes.of(user).All(ctx, env)
	env.ExpectAnswer(list)
	env.Expect(list).To(data.Has(rich, plain))
	kit.ExpectShape(env, list, "data", kit.Array(2, isNote))
	kit.ExpectShape(env, list, data.Place(list, rich)+".sub_notes", kit.Array(1, isSubNote))
	env.Expect(list).To(kit.Tells(env, data.Place(list, rich), told, "data"))
}

func noteTextCases() []suite.Case {
	notes, below := noteSub(), subNoteKind()
	return []suite.Case{
		{Requirement: "VOL-NOTE-07", Title: "a word that no note has finds none",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				note := recordOf(notes.of(user).Made(ctx, env))
				env.Expect(notes.of(user).Listed(ctx, env)).To(data.Has(note))
				found := notes.of(user).All(ctx, env, client.Query("q", word(env, "absent")))
				env.ExpectAnswer(found)
				env.Expect(found).To(match.Member("data", []any{}))
			}},
		{Requirement: "VOL-NOTE-21", Title: "a sub note without a body is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				note := recordOf(notes.of(user).Made(ctx, env))
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
					return below.add(ctx, env, user, note, map[string]any{})
				}, notes.of(user).Reads(env, note)...)
			}},
		{Requirement: "VOL-NOTE-22", Title: "a live note was not deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			made := notes.of(user).Made(ctx, env, kit.Body{"subject": "Live " + env.Unique("subject")})
			answer := notes.of(user).Get(ctx, env, recordOf(made))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.Member("data.subject", someText()))
			kit.ExpectShape(env, answer, "data.deleted_at", kit.IsNothing)
		}},
		{Requirement: "VOL-NOTE-26", Title: "a long text comes back as sent", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			long := map[string]any{"body": longText(5000)}
			notes.of(user).ExpectMade(ctx, env, long, long)
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
	if env.As("low-rights").Has("info:belowTeamId") { // others the caller may not see at all
		user = makeBelow(ctx, env)
	}
	private := recordOf(notes.of(user).Made(ctx, env, kit.Body{"private": true}))
	public := recordOf(notes.of(user).Made(ctx, env, kit.Body{"private": false}))
	env.Expect(notes.of(user).Listed(ctx, env)).To(data.Has(private, public))
	list := notes.of(user).All(ctx, env.As("low-rights"))
	if list.Status == http.StatusForbidden || list.Status == http.StatusNotFound {
		env.Undetermined("the caller low-rights may list no notes of this user at all\n%s", match.Show(list))
	}
	env.ExpectAnswer(list)
	env.Expect(list).To(data.Lacks(private))
	env.Expect(list).To(data.Has(public))
}
