package volunteers

import (
	"context"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func touchpointSub() sub {
	return underUser(kit.Resource{
		Name:  "touchpoint",
		Lists: "listUserTouchpoints", Creates: "createUserTouchpoint", Gets: "getUserTouchpoint", Updates: "updateUserTouchpoint",
		ID: "touchpointId",
		Body: func(env *suite.Env) map[string]any {
			body := plainTouchpoint(env)
			if demandsType(env) {
				body["type"] = ref(kit.GivenNumber(env, "touchpointTypeId"))
			}
			return body
		},
	})
}

func plainTouchpoint(env *suite.Env) kit.Body {
	return kit.Body{
		"subject": "Visit " + env.Unique("subject"), "body": "Met about " + env.Unique("body"), "archived": false,
		"private": false, "start": day(env, -2),
	}
}

func subTouchpointKind() below {
	return below{parent: touchpointSub(), create: "createUserSubTouchpoint", member: "sub_touchpoints",
		raised: kit.Body{"archived": true, "private": true}}
}

func isSubTouchpoint(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "body": kit.IsText, "created_at": kit.IsInstant,
		"updated_at": kit.IsInstant})(value, strict)
}

// isTouchpointType is a touchpoint type with its fourteen members.
func isTouchpointType(value gjson.Result, strict bool) string {
	members := kit.Shape{"id": kit.IsInteger, "name": kit.IsText, "icon": kit.OrNull(kit.IsText), "created_at": kit.IsInstant,
		"updated_at": kit.IsInstant}
	for _, flag := range []string{
		"filterable", "has_file_upload", "has_duration", "has_subject", "has_comments", "has_date", "has_time",
		"has_follow_up_date", "has_team_checkbox",
	} {
		members[flag] = kit.IsBoolean
	}
	return kit.Object(members)(value, strict)
}

func isTouchpoint(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "subject": kit.IsText, "body": kit.IsText, "archived": kit.IsBoolean, "private": kit.IsBoolean,
		"start": kit.IsDate, "end": kit.OrNull(kit.IsDate),
		"duration": kit.OrNull(kit.IsInteger), "follow_up_date": kit.OrNull(kit.IsInstant), "created_by": isShortUser,
		"user": isShortUser,
		"team": kit.OrNull(isShortTeam), "type": kit.OrNull(isTouchpointType), "sub_touchpoints": kit.Array(0, isSubTouchpoint),
		"attachments": kit.Array(0, kit.IsObject), "reminder": kit.OrNull(isReminder), "created_at": kit.IsInstant,
		"updated_at": kit.IsInstant,
	})(value, strict)
}

func touchpointCases() []suite.Case {
	touchpoints, below := touchpointSub(), subTouchpointKind()
	return slices.Concat(
		[]suite.Case{
			{Requirement: "VOL-TP-01", Title: "every item has the members of a touchpoint", Check: touchpointsListed},
			{Requirement: "VOL-TP-01", Title: "the list says what the record read alone says", Check: touchpointsListWhole},
			touchpoints.echoCase("VOL-TP-02", "an archived, open one comes back as sent",
				kit.Body{"archived": true, "private": false}),
			touchpoints.echoCase("VOL-TP-02", "a live, private one comes back as sent",
				kit.Body{"archived": false, "private": true}),
			touchpoints.echoCase("VOL-TP-02", "an archived, private one comes back as sent", subTouchpointKind().raised),
			touchpoints.keepsCase("VOL-TP-03", "start and end come back as sent",
				kit.Body{"start": "2026-02-27", "end": "2026-03-01"}),
			touchpoints.keepsCase("VOL-TP-03", "a start and an end on one day, as the page's sample has them, come back as sent",
				onDay("2026-02-27")),
			touchpoints.keepsCase("VOL-TP-04", "the duration comes back as sent", kit.Body{"duration": 60}),
			{Requirement: "VOL-TP-04", Title: "a duration of 0 is 0", Check: zeroKept},
			{Requirement: "VOL-TP-20", Title: "a duration is changed to 0", Check: zeroSet},
			touchpoints.growsCase("VOL-TP-06"),
			touchpoints.readCase("VOL-TP-07", kit.Body{"duration": 45, "private": true}),
			touchpoints.switchCase("VOL-TP-19", "archived"),
			touchpoints.changeCase("VOL-TP-18", "subject and body are changed",
				kit.Body{"subject": "Another subject", "body": "Another body"}),
			touchpoints.changeCase("VOL-TP-20", "the private flag, the dates and the duration are changed",
				kit.Body{"private": true, "start": "2026-02-27", "end": "2026-03-01", "duration": 25}),
			{Requirement: "VOL-TP-20", Title: "the follow_up_date is changed", Check: followUpChanged},
			touchpoints.stayCase("VOL-TP-21", "archived", true, richTouchpoint, moreOfTouchpoint),
			touchpoints.aloneCase("VOL-TP-21", richTouchpoint, touchpointChanges),
			subTouchpointKind().stayCase("VOL-TP-21"),
			touchpoints.stayCase("VOL-TP-21", "subject", "Another subject", richTouchpoint, moreOfTouchpoint),
			{Requirement: "VOL-TP-21", Title: "all but the body sent stays of an archived one", Check: archivedStays},
			touchpoints.partCase("VOL-TP-22", "type", "touchpointTypeId", isTouchpointType),
			touchpoints.blankCase("VOL-TP-22", "type", isTouchpointType),
			touchpoints.authorCase("VOL-TP-23", "created_by is the caller, user the user in the path", noteSub(), true, true),
			touchpoints.partCase("VOL-TP-24", "team", "teamId", isShortTeam),
			touchpoints.blankCase("VOL-TP-24", "team", isShortTeam),
			touchpoints.reminderCase("VOL-TP-25"),
			touchpoints.remindedLaterCase("VOL-TP-25"),
			below.addedCase("VOL-TP-26", false), below.addedCase("VOL-TP-26", true),
			below.amongCase("VOL-TP-27", false),
			touchpoints.foreignCase("VOL-TP-35"),
			touchpoints.movedCase("VOL-TP-36"),
		},
		touchpointListCases(),
		touchpointFilterCases(),
		touchpointOrderCases(),
		touchpoints.namedCase("VOL-TP-37", "type", by("touchpointTypeId")),
		touchpoints.namedCase("VOL-TP-38", "team", by("teamId")),
		touchpointPartCases(),
		touchpointRefusalCases(),
	)
}

// richTouchpoint is what a touchpoint can have besides.
func richTouchpoint(env *suite.Env) kit.Body {
	return kit.Body{
		"private":        true,
		"end":            day(env, -1),
		"duration":       30,
		"follow_up_date": instant(env, 72),
		"reminder":       map[string]any{"date": instant(env, 48)},
	}
}

func archivedTouchpoint(env *suite.Env) kit.Body {
	return kit.With(richTouchpoint(env), kit.Body{"archived": true})
}

// archivedStays changes an archived one, as far as the target lets one be changed.
func archivedStays(ctx context.Context, env *suite.Env) {
	touchpoints, user := touchpointSub(), makeUser(ctx, env)
	trial := recordOf(touchpoints.of(user).Made(ctx, env, kit.Body{"archived": true}))
	if answer := touchpoints.of(user).Change(ctx, env, trial, kit.Body{"body": "Another body"}); !kit.Unbroken(env, answer) {
		env.NotApplicable("the target lets nobody change an archived one\n%s", match.Show(answer))
	}
	touchpoints.stayCase("VOL-TP-21", "body", "Another body", archivedTouchpoint, moreOfTouchpoint).Check(ctx, env)
}

func touchpointsListed(ctx context.Context, env *suite.Env) {
	touchpoints, user := touchpointSub(), makeUser(ctx, env)
	told := touchpoints.of(user).Made(ctx, env, richTouchpoint(env))
	rich, plain := recordOf(told), recordOf(touchpoints.of(user).Made(ctx, env))
	if answer := subTouchpointKind().add(ctx, env, user, rich, map[string]any{"body": "Called back"}); !answer.Success() {
		env.Undetermined("set-up failed: no sub touchpoint could be added\n%s", match.Show(answer))
	}
	list := touchpoints.of(user).All(ctx, env)
	env.ExpectAnswer(list)
	env.Expect(list).To(data.Has(rich, plain))
	kit.ExpectShape(env, list, "data", kit.Array(2, isTouchpoint))
	kit.ExpectShape(env, list, data.Place(list, rich)+".sub_touchpoints", kit.Array(1, isSubTouchpoint))
	env.Expect(list).To(kit.Tells(env, data.Place(list, rich), told, "data"))
}

func followUpChanged(ctx context.Context, env *suite.Env) {
	touchpoints, user := touchpointSub(), makeUser(ctx, env)
	id := recordOf(touchpoints.of(user).Made(ctx, env, kit.Body{"follow_up_date": instant(env, 24)}))
	at := instant(env, 96)
	touchpoints.of(user).ExpectChanged(ctx, env, id, kit.Body{"follow_up_date": at}, kit.Body{"follow_up_date": timeOf(at)})
}

func touchpointPartCases() []suite.Case {
	touchpoints, below := touchpointSub(), subTouchpointKind()
	return []suite.Case{
		{Requirement: "VOL-TP-05", Title: "the follow_up_date names the instant sent",
			Check: func(ctx context.Context, env *suite.Env) {
				user, at := makeUser(ctx, env), "2027-01-15T09:30:00Z"
				answer := touchpoints.of(user).Send(ctx, env, kit.With(touchpoints.Body(env), kit.Body{"follow_up_date": at}))
				env.ExpectAnswer(answer)
				kit.ExpectShape(env, answer, "data.follow_up_date", kit.IsInstant)
				touchpoints.of(user).ExpectStored(ctx, env, answer, map[string]any{"follow_up_date": timeOf(at)})
			}},
		{Requirement: "VOL-TP-28", Title: "a sub touchpoint has its four members",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				parent := recordOf(touchpoints.of(user).Made(ctx, env))
				answer := below.add(ctx, env, user, parent, map[string]any{"body": "Called back"})
				env.ExpectAnswer(answer)
				kit.ExpectShape(env, answer, "data", isSubTouchpoint)
				env.Expect(touchpoints.of(user).Get(ctx, env, parent)).To(kit.Same(env, "data.sub_touchpoints.0", answer, "data"))
			}},
		{Requirement: "VOL-TP-29", Title: "sub touchpoints of a new one are stored",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				text := "Called back " + env.Unique("entry")
				answer := touchpoints.of(user).Send(ctx, env,
					kit.With(touchpoints.Body(env), kit.Body{"sub_touchpoints": []any{map[string]any{"body": text}}}))
				env.ExpectAnswer(answer)
				kit.ExpectShape(env, answer, "data.sub_touchpoints", kit.Array(1, isSubTouchpoint))
				back, path := touchpoints.of(user).Stored(ctx, env, recordOf(answer))
				kit.ExpectShape(env, back, path+".sub_touchpoints", kit.Array(1, isSubTouchpoint))
				env.Expect(back).To(kit.Sent(path+".sub_touchpoints.0.body", text, env.Strict()))
				env.Expect(back).To(match.Member(path+".sub_touchpoints.#", 1))
			}},
		{Requirement: "VOL-TP-30", Title: "a new one has an empty array of attachments",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				answer := touchpoints.of(user).Get(ctx, env, recordOf(touchpoints.of(user).Made(ctx, env)))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(match.Member("data.attachments", []any{}))
			}},
	}
}

func touchpointRefusalCases() []suite.Case {
	touchpoints := touchpointSub()
	return append([]suite.Case{
		touchpoints.withCase("VOL-TP-31", "duration", "x"),
		touchpoints.withCase("VOL-TP-31", "duration", -5),
		touchpoints.withCase("VOL-TP-32", "start", "abc"),
		touchpoints.withCase("VOL-TP-32", "end", "abc"),
		touchpoints.badCase("VOL-TP-39", "an end before the start is refused",
			kit.Body{"start": "2026-03-10", "end": "2026-03-09"}),
		{Requirement: "VOL-TP-33", Title: "an unknown type is refused", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			known := touchpoints.of(user).Send(ctx, env,
				kit.With(touchpoints.Body(env), kit.Body{"type": ref(kit.GivenNumber(env, "touchpointTypeId"))}))
			if !known.Success() || known.Get("data.type").Type == gjson.Null {
				env.NotApplicable("the target takes no type by its id\n%s", match.Show(known))
			}
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return touchpoints.of(user).Send(ctx, env, kit.With(touchpoints.Body(env), kit.Body{"type": unheard(env)}))
			}, touchpoints.of(user).Listing(env))
		}},
		subTouchpointKind().orphanCase("VOL-TP-34"),
	}, touchpoints.unknownCases("VOL-TP-34", "getUserTouchpoint", "updateUserTouchpoint")...)
}
