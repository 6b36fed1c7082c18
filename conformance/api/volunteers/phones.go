package volunteers

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func phoneSub() sub {
	return underUser(kit.Resource{
		Name:  "phone number",
		Lists: "listUserPhones", Creates: "createUserPhone", Gets: "getUserPhone", Updates: "updateUserPhone",
		ID: "phoneNumberId",
		Body: func(env *suite.Env) map[string]any {
			return map[string]any{"phone_number": newNumber(env), "type": "Mobile", "primary": false, "default_sms": false}
		},
		First: func(*suite.Env) kit.Body { return kit.Body{"primary": true, "default_sms": true} },
	})
}

// newNumber returns a number of the range that is kept free for drama, most likely
// another one each time.
func newNumber(env *suite.Env) kit.Digits {
	sum := 0
	for _, letter := range env.Unique("") {
		sum = (sum*31 + int(letter)) % 1000
	}
	return kit.Digits(fmt.Sprintf("+447700900%03d", sum))
}

func phoneTypes() []string { return []string{"Alternative Phone Number", "Home", "Mobile", "Work"} }

func isPhone(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "phone_number": kit.IsFilled, "type": kit.OneOf(phoneTypes()...), "primary": kit.IsBoolean,
		"default_sms": kit.IsBoolean,
		"user_id":     kit.IsAnyID, "created_at": kit.IsInstant, "updated_at": kit.IsInstant,
	})(value, strict)
}

func phoneCases() []suite.Case {
	phones := phoneSub()
	return slices.Concat(
		[]suite.Case{
			phones.shapeCase("VOL-PHONE-01", isPhone),
			{Requirement: "VOL-PHONE-02", Title: "the four members come back as sent", Check: phonesEchoed},
			phones.withoutCase("VOL-PHONE-03", "phone_number"),
			phones.withoutCase("VOL-PHONE-04", "type"),
			phones.withoutCase("VOL-PHONE-05", "primary"),
			phones.withoutCase("VOL-PHONE-06", "default_sms"),
			phones.withCase("VOL-PHONE-08", "type", "Fax"),
			phones.withCase("VOL-PHONE-09", "phone_number", "abc"),
			phones.ownerCase("VOL-PHONE-10"),
			phones.readCase("VOL-PHONE-11"), phones.foreignCase("VOL-PHONE-20"),
			{Requirement: "VOL-PHONE-11", Title: "the list shows the number that is read", Check: numbersListed},
			{Requirement: "VOL-PHONE-12", Title: "the four members are changed", Check: phoneChanged},
			phones.primaryCase("VOL-PHONE-14", "primary=true lists the primary one only", "true"),
			phones.primaryNowCase("VOL-PHONE-14"),
			phones.datedCase("VOL-PHONE-17"),
			{Requirement: "VOL-PHONE-18", Title: "times sent are not taken over", Check: phoneTimesIgnored},
		},
		phoneMemberCases(),
		phones.flagCases("VOL-PHONE-15", "primary"),
		[]suite.Case{phones.unflaggedCase("VOL-PHONE-12", "primary"), phones.unflaggedCase("VOL-PHONE-12", "default_sms")},
		phones.flagCases("VOL-PHONE-16", "default_sms"),
		phones.unknownCases("VOL-PHONE-19", "getUserPhone", "updateUserPhone"),
	)
}

func phoneMemberCases() []suite.Case {
	phones := phoneSub()
	var cases []suite.Case
	for _, name := range phoneTypes() {
		cases = append(cases, phones.keepsCase("VOL-PHONE-07", "the type can be "+name, kit.Body{"type": name}))
	}
	cases = append(cases, phones.valuesCase("VOL-PHONE-12", "type", phoneTypes()...))
	for _, member := range []string{"phone_number", "type", "primary", "default_sms"} {
		cases = append(cases, phones.needCase("VOL-PHONE-13", member))
	}
	return cases
}

// phonesEchoed makes the one with both flags first, for a user's first number may
// get them in any case.
func phonesEchoed(ctx context.Context, env *suite.Env) {
	phones, user := phoneSub(), makeUser(ctx, env)
	for _, body := range []map[string]any{
		{"phone_number": kit.Digits("+447700900124"), "type": "Mobile", "primary": true, "default_sms": true},
		{"phone_number": kit.Digits("+447700900125"), "type": "Work", "primary": false, "default_sms": false},
	} {
		answer := phones.of(user).Send(ctx, env, body)
		env.ExpectAnswer(answer)
		phones.of(user).ExpectStored(ctx, env, answer, body)
	}
}

func phoneChanged(ctx context.Context, env *suite.Env) {
	phones, user := phoneSub(), makeUser(ctx, env)
	phones.of(user).Made(ctx, env, kit.Body{"primary": true, "default_sms": true})
	record := phones.of(user).Made(ctx, env)
	for _, body := range []kit.Body{ // the number for text messages is a mobile one
		{"phone_number": kit.Digits("+447700900126"), "type": "Work", "primary": true, "default_sms": false},
		{"phone_number": kit.Digits("+447700900127"), "type": "Mobile", "primary": true, "default_sms": true},
	} {
		answer := phones.of(user).Change(ctx, env, recordOf(record), body)
		env.ExpectAnswer(answer)
		phones.of(user).ExpectStored(ctx, env, answer, body)
	}
}

func phoneTimesIgnored(ctx context.Context, env *suite.Env) {
	phones, user := phoneSub(), makeUser(ctx, env)
	const old = "2001-02-03T04:05:06Z"
	answer := phones.of(user).Send(ctx, env, kit.With(phones.Body(env), kit.Body{"created_at": old, "updated_at": old}))
	env.ExpectAnswer(answer)
	back, path := phones.of(user).Stored(ctx, env, recordOf(answer))
	for _, member := range []string{"created_at", "updated_at"} {
		env.Expect(answer).To(recent("data."+member, env))
		env.Expect(back).To(recent(path+"."+member, env))
	}
}

// recent wants a time within a day of the target's now.
func recent(path string, env *suite.Env) types.GomegaMatcher {
	now, strict := env.Now(), env.Strict()
	return match.That(path+" of today", func(e *client.Exchange) string {
		at, ok := kit.Instant(e.Get(path), strict)
		if wrong := kit.Unless(ok && at.Sub(now).Abs() < 24*time.Hour, "not of today", e.Get(path)); wrong != "" {
			return "it " + wrong
		}
		return ""
	})
}

// numbersListed makes numbers with a prefix and with a zero before them: however a target
// writes them, the list and the number read alone agree.
func numbersListed(ctx context.Context, env *suite.Env) {
	phones, user := phoneSub(), makeUser(ctx, env)
	for _, number := range []kit.Digits{newNumber(env), "07700900127", "020 7946 0018"} {
		made := phones.of(user).Send(ctx, env, kit.With(phones.Body(env), kit.Body{"phone_number": number}))
		if !made.Success() {
			continue // which numbers there are, the page does not say
		}
		read, list := phones.of(user).Get(ctx, env, recordOf(made)), phones.of(user).All(ctx, env)
		env.ExpectAnswer(read)
		env.Expect(list).To(data.Has(recordOf(made)))
		env.Expect(list).To(kit.Same(env, data.Place(list, recordOf(made)), read, "data", "updated_at"))
	}
}
