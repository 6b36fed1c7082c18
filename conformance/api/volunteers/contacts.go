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

func contactSub() sub {
	return sub{
		list: "listUserEmergencyContacts", create: "createUserEmergencyContact", get: "getUserEmergencyContact",
		update: "updateUserEmergencyContact", remove: "deleteUserEmergencyContact", id: "contactId",
		body: func(env *suite.Env) map[string]any {
			return map[string]any{
				"first_name": "Hazel", "last_name": word(env, "Thorn"), "contact_number": newNumber(env), "relationship": "Sister", "primary": false,
			}
		},
		first: primaryFirst,
	}
}

func isContact(value gjson.Result, strict bool) string {
	return object(shape{
		"id": isInteger, "user_id": isAnyID, "first_name": isText, "last_name": isText,
		"contact_number": isText, "relationship": isText, "primary": isBoolean,
	})(value, strict)
}

// contactTexts are the texts that a contact can't do without.
func contactTexts() []string {
	return []string{"first_name", "last_name", "contact_number", "relationship"}
}

func contactCases() []suite.Case {
	contacts := contactSub()
	cases := []suite.Case{
		contacts.shapeCase("VOL-EMRG-01", isContact),
		contacts.withoutCase("VOL-EMRG-03", "first_name"),
		contacts.withoutCase("VOL-EMRG-04", "last_name"),
		contacts.withoutCase("VOL-EMRG-05", "contact_number"),
		contacts.withoutCase("VOL-EMRG-06", "relationship"),
		contacts.withoutCase("VOL-EMRG-07", "primary"),
		contacts.ownerCase("VOL-EMRG-08"),
		contacts.readCase("VOL-EMRG-09"), contacts.foreignCase("VOL-EMRG-19"),
		contacts.primaryCase("VOL-EMRG-12", "primary=true lists the primary one only", "true"),
		{Requirement: "VOL-EMRG-02", Title: "the five members come back as sent", Check: contactsEchoed},
		{Requirement: "VOL-EMRG-10", Title: "the five members are changed", Check: contactChanged},
		{Requirement: "VOL-EMRG-18", Title: "the number keeps its international prefix", Check: prefixKept},
	}
	for _, member := range append(contactTexts(), "primary") {
		cases = append(cases, contacts.needCase("VOL-EMRG-11", member))
	}
	for _, member := range contactTexts() {
		cases = append(cases, contacts.withCase("VOL-EMRG-17", member, ""))
	}
	return slices.Concat(cases, contactRemovalCases(),
		contacts.unknownCases("VOL-EMRG-15", "deleteUserEmergencyContact"),
		contacts.flagCases("VOL-EMRG-16", "primary"),
	)
}

// expectNumber expects a telephone number as sent; the accepting reading looks at
// its digits only, as targets may write numbers in their own way.
func expectNumber(env *suite.Env, answer *client.Exchange, path, number string) {
	if env.Strict() {
		env.Expect(answer).To(sent(path, number, true))
		return
	}
	env.Expect(answer).To(claim{want: path + " with the digits of " + number, wrong: func(e *client.Exchange) string {
		return when(onlyDigits(e.Text(path)) == onlyDigits(number), "other digits", e.Get(path))
	}})
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// contactsEchoed makes a primary contact first, for a user's first one may be
// made primary in any case.
func contactsEchoed(ctx context.Context, env *suite.Env) {
	contacts, user := contactSub(), makeUser(ctx, env)
	for _, primary := range []bool{true, false} {
		body := but(contacts.body(env), "primary", primary)
		answer := contacts.add(ctx, env, user, body)
		env.ExpectAnswer(answer)
		contacts.expectNumbered(ctx, env, user, answer, "contact_number", body)
	}
}

func contactChanged(ctx context.Context, env *suite.Env) {
	contacts, user := contactSub(), makeUser(ctx, env)
	contacts.made(ctx, env, user, "primary", true)
	record := contacts.made(ctx, env, user)
	body := map[string]any{
		"first_name": "Ivy", "last_name": word(env, "Dale"), "contact_number": "+447700900078", "relationship": "Neighbour", "primary": true,
	}
	answer := contacts.change(ctx, env, user, recordOf(record), body)
	env.ExpectAnswer(answer)
	contacts.expectNumbered(ctx, env, user, answer, "contact_number", body)
}

func prefixKept(ctx context.Context, env *suite.Env) {
	contacts, user := contactSub(), makeUser(ctx, env)
	const number = "+447700900077"
	answer := contacts.add(ctx, env, user, but(contacts.body(env), "contact_number", number))
	env.ExpectAnswer(answer)
	expectNumber(env, answer, "data.contact_number", number)
	back, path := contacts.stored(ctx, env, user, recordOf(answer))
	expectNumber(env, back, path+".contact_number", number)
}

// expectNumbered is expectStored with one member that is a telephone number.
func (s sub) expectNumbered(ctx context.Context, env *suite.Env, user, answer *client.Exchange, number string, body map[string]any) {
	s.expectStored(ctx, env, user, answer, less(body, number))
	expectNumber(env, answer, "data."+number, body[number].(string))
	back, path := s.stored(ctx, env, user, recordOf(answer))
	expectNumber(env, back, path+"."+number, body[number].(string))
}

func contactRemovalCases() []suite.Case {
	contacts := contactSub()
	return []suite.Case{
		{Requirement: "VOL-EMRG-13", Title: "one of two can be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			kept, gone := recordOf(contacts.made(ctx, env, user, "primary", true)), recordOf(contacts.made(ctx, env, user))
			env.Expect(contacts.drop(ctx, env, user, gone)).To(match.Success())
			list := contacts.listed(ctx, env, user)
			env.Expect(list).To(listsOnly(kept))
			env.Expect(list).To(lacks(gone))
		}},
		{Requirement: "VOL-EMRG-14", Title: "the only one cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			only := recordOf(contacts.made(ctx, env, user))
			expectErrorBody(env, contacts.keeps(ctx, env, user, only), http.StatusForbidden)
		}},
		{Requirement: "VOL-EMRG-14", Title: "the one left of two cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			last, gone := recordOf(contacts.made(ctx, env, user, "primary", true)), recordOf(contacts.made(ctx, env, user))
			contacts.dropped(ctx, env, user, gone)
			expectErrorBody(env, contacts.keeps(ctx, env, user, last), http.StatusForbidden)
		}},
	}
}

// keeps expects a record not to be deleted, and to be the one that is listed.
func (s sub) keeps(ctx context.Context, env *suite.Env, user *client.Exchange, record string) *client.Exchange {
	refusal := env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return s.drop(ctx, env, user, record)
	}, s.states(env, user, record)...)
	env.Expect(s.listed(ctx, env, user)).To(listsOnly(record))
	return refusal
}
