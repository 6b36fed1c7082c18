package volunteers

import (
	"context"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func contactSub() sub {
	return underUser(kit.Resource{
		Name:  "emergency contact",
		Lists: "listUserEmergencyContacts", Creates: "createUserEmergencyContact", Gets: "getUserEmergencyContact",
		Updates: "updateUserEmergencyContact", Removes: "deleteUserEmergencyContact", ID: "contactId",
		Body: func(env *suite.Env) map[string]any {
			return map[string]any{
				"first_name": "Hazel", "last_name": word(env, "Thorn"), "contact_number": newNumber(env),
				"relationship": "Sister", "primary": false,
			}
		},
		First: primaryFirst,
	})
}

func isContact(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "user_id": kit.IsAnyID, "first_name": kit.IsText, "last_name": kit.IsText,
		"contact_number": kit.IsText, "relationship": kit.IsText, "primary": kit.IsBoolean,
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
		contacts.primaryNowCase("VOL-EMRG-12"),
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
		[]suite.Case{contacts.unflaggedCase("VOL-EMRG-10", "primary")},
	)
}

// contactsEchoed makes a primary contact first, for a user's first one may be
// made primary in any case.
func contactsEchoed(ctx context.Context, env *suite.Env) {
	contacts, user := contactSub(), makeUser(ctx, env)
	for _, primary := range []bool{true, false} {
		body := kit.With(contacts.Body(env), kit.Body{"primary": primary})
		answer := contacts.of(user).Send(ctx, env, body)
		env.ExpectAnswer(answer)
		contacts.of(user).ExpectStored(ctx, env, answer, body)
	}
}

func contactChanged(ctx context.Context, env *suite.Env) {
	contacts, user := contactSub(), makeUser(ctx, env)
	contacts.of(user).Made(ctx, env, kit.Body{"primary": true})
	record := contacts.of(user).Made(ctx, env)
	body := map[string]any{
		"first_name": "Ivy", "last_name": word(env, "Dale"), "contact_number": kit.Digits("+447700900078"),
		"relationship": "Neighbour", "primary": true,
	}
	answer := contacts.of(user).Change(ctx, env, recordOf(record), body)
	env.ExpectAnswer(answer)
	contacts.of(user).ExpectStored(ctx, env, answer, body)
}

func prefixKept(ctx context.Context, env *suite.Env) {
	contacts, user := contactSub(), makeUser(ctx, env)
	number := kit.Body{"contact_number": kit.Digits("+447700900077")}
	answer := contacts.of(user).Send(ctx, env, kit.With(contacts.Body(env), number))
	env.ExpectAnswer(answer)
	contacts.of(user).ExpectStored(ctx, env, answer, number)
}

func contactRemovalCases() []suite.Case {
	contacts := contactSub()
	return []suite.Case{
		{Requirement: "VOL-EMRG-13", Title: "one of two can be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			kept, gone := recordOf(contacts.of(user).Made(ctx, env,
				kit.Body{"primary": true})), recordOf(contacts.of(user).Made(ctx, env))
			env.Expect(contacts.of(user).Remove(ctx, env, gone)).To(match.Success())
			list := contacts.of(user).Listed(ctx, env)
			env.Expect(list).To(data.Only(kept))
			env.Expect(list).To(data.Lacks(gone))
		}},
		{Requirement: "VOL-EMRG-13", Title: "the primary one leaves the others as they are", Check: contactsStay},
		{Requirement: "VOL-EMRG-14", Title: "the only one cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			only := recordOf(contacts.of(user).Made(ctx, env))
			expectErrorBody(env, contacts.keeps(ctx, env, user, only), http.StatusForbidden)
		}},
		{Requirement: "VOL-EMRG-14", Title: "the one left of two cannot be deleted",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				last, gone := recordOf(contacts.of(user).Made(ctx, env,
					kit.Body{"primary": true})), recordOf(contacts.of(user).Made(ctx, env))
				contacts.of(user).Removed(ctx, env, gone)
				expectErrorBody(env, contacts.keeps(ctx, env, user, last), http.StatusForbidden)
			}},
	}
}

// contactsStay deletes a primary contact, as far as the target lets go of one: another may
// become the primary one, and nothing else of the others changes.
func contactsStay(ctx context.Context, env *suite.Env) {
	contacts, user := contactSub(), makeUser(ctx, env)
	contacts.of(user).Made(ctx, env, kit.Body{"relationship": "Brother"})
	primary := recordOf(contacts.of(user).Made(ctx, env, kit.Body{"relationship": "Neighbour", "primary": true}))
	contacts.of(user).Made(ctx, env, kit.Body{"relationship": "Friend"})
	before := contacts.of(user).Listed(ctx, env)
	if answer := contacts.of(user).Remove(ctx, env, primary); !answer.Success() {
		env.Expect(answer).To(kit.Refusal())
		env.NotApplicable("the target does not let go of a primary one\n%s", match.Show(answer))
	}
	after := contacts.of(user).All(ctx, env)
	env.Expect(after).To(data.Lacks(primary))
	othersStay(env, before, after, primary, "primary")
}
