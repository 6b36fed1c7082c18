package volunteers

import (
	"context"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// zeroKept makes a touchpoint that took no time: 0 is a number like any other, which a target
// may refuse, but not forget.
func zeroKept(ctx context.Context, env *suite.Env) {
	touchpoints, user := touchpointSub(), makeUser(ctx, env)
	answer := touchpoints.of(user).Send(ctx, env, kit.With(touchpoints.Body(env), kit.Body{"duration": 0}))
	if !kit.Unbroken(env, answer) {
		env.NotApplicable("the target takes no duration of 0\n%s", match.Show(answer))
	}
	touchpoints.of(user).ExpectStored(ctx, env, answer, kit.Body{"duration": 0})
}

// zeroSet is zeroKept of a change.
func zeroSet(ctx context.Context, env *suite.Env) {
	own := touchpointSub().of(makeUser(ctx, env))
	id, zero := recordOf(own.Made(ctx, env, kit.Body{"duration": 60})), kit.Body{"duration": 0}
	answer := own.Change(ctx, env, id, touchpointSub().WholeBody(env, zero))
	if !kit.Unbroken(env, answer) {
		env.NotApplicable("the target takes no duration of 0\n%s", match.Show(answer))
	}
	own.ExpectStored(ctx, env, answer, zero)
}

// zeroPlaceKept makes an address where the equator meets the meridian. An accepting reading
// wants any numbers: a target may look up the place by itself.
func zeroPlaceKept(ctx context.Context, env *suite.Env) {
	addresses, user := addressSub(), makeUser(ctx, env)
	place := kit.Body{"lat": 0, "long": 0}
	answer := addresses.of(user).Send(ctx, env, kit.With(addresses.Body(env), place))
	env.ExpectAnswer(answer)
	if env.Strict() {
		addresses.of(user).ExpectStored(ctx, env, answer, place)
		return
	}
	numbers := kit.Object(kit.Shape{"lat": kit.IsNumber, "long": kit.IsNumber})
	back, path := addresses.of(user).Stored(ctx, env, recordOf(answer))
	kit.ExpectShape(env, answer, "data", numbers)
	kit.ExpectShape(env, back, path, numbers)
}

// placeMoves changes the place of an address where the target takes the place that it is sent:
// one that looked it up by itself has another from the start.
func placeMoves(ctx context.Context, env *suite.Env) {
	addresses := addressSub()
	user := addresses.owner(ctx, env)
	made := addresses.of(user).Made(ctx, env, kit.Body{"lat": 54.136, "long": -1.5238})
	if !kit.Alike(made.Get("data.lat"), 54.136, false) || !kit.Alike(made.Get("data.long"), -1.5238, false) {
		env.NotApplicable("the target has a place of its own\n%s", match.Show(made))
	}
	addresses.of(user).ExpectChanged(ctx, env, recordOf(made), kit.Body{"lat": 53.7997, "long": -1.5492}, nil)
}

// longKept sets a text of 400 letters, which a target may refuse but not cut.
func longKept(member string) suite.Case {
	return suite.Case{Requirement: "VOL-UPD-03", Title: "a long " + member + " is kept whole, or refused",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := kit.Body{member: strings.Repeat("Likes walks. ", 30) + word(env, "End")}
			if answer := change(ctx, env, user, body); kit.Unbroken(env, answer) {
				kit.ExpectSent(env, answer, "@this", body)
				kit.ExpectSent(env, readUser(ctx, env, user), "@this", body)
			}
		}}
}

// fieldBesideOthers sets a custom field and other members with one change.
func fieldBesideOthers(ctx context.Context, env *suite.Env) {
	user, value := makeUser(ctx, env), word(env, "field")
	others := kit.Body{"title": "Mx", "about_me": word(env, "About")}
	env.ExpectAnswer(change(ctx, env, user, kit.With(others, kit.Body{"attributes": customField(env, value)})))
	kit.ExpectSent(env, readUser(ctx, env, user), "@this", others)
	expectCustomField(ctx, env, user, value)
}

// bornAndConfirmed gives both of which one is needed: the date of birth is kept all the same.
func bornAndConfirmed(ctx context.Context, env *suite.Env) {
	body := kit.With(userBody(env), kit.Body{"dob": "1985-02-28", "confirm_age": true})
	made := create(ctx, env, body)
	env.ExpectAnswer(made)
	for _, seen := range group(made, readUser(ctx, env, made)) {
		if seen.Get("dob").Type == gjson.Null && userHidesBirth(ctx, env) {
			env.NotApplicable("the target shows no date of birth")
		}
		env.Expect(seen).To(kit.Sent("dob", body["dob"], env.Strict()))
	}
}

// userHidesBirth says whether a date of birth that alone was sent is not shown either.
func userHidesBirth(ctx context.Context, env *suite.Env) bool {
	return readUser(ctx, env, makeUser(ctx, env)).Get("dob").Type == gjson.Null
}

// phoneTypesKept gives a new user numbers of every type.
func phoneTypesKept(ctx context.Context, env *suite.Env) {
	body, numbers := userBody(env), []any{}
	for i, kind := range phoneTypes() {
		number := "+4477009001" + string(rune('1'+i)) + "0"
		numbers = append(numbers, kit.Body{"phone_number": kit.Digits(number), "primary": i == 0, "type": kind})
	}
	body["phoneNumbers"] = numbers
	made := create(ctx, env, body)
	env.ExpectAnswer(made)
	expectParts(env, listAll(ctx, env, "listUserPhones", of(made)), numbers, "phone_number")
}

// switchedOff takes the flag from the only supervisor who has it: a target may refuse that or let
// it be, as one may have to be primary, but not say that it was done.
func switchedOff(ctx context.Context, env *suite.Env) {
	pairs, user := supervisorSub(), makeUser(ctx, env)
	pairs.of(user).Made(ctx, env, kit.Body{"primary": true})
	second := recordOf(pairs.of(user).Made(ctx, env, kit.Body{"user": deputy(env)}))
	pairs.of(user).ExpectChanged(ctx, env, second, kit.Body{"primary": true}, nil)
	answer := pairs.of(user).Change(ctx, env, second, kit.Body{"primary": false})
	if !kit.Unbroken(env, answer) {
		env.NotApplicable("the target keeps a primary one\n%s", match.Show(answer))
	}
	kept := kit.Alike(answer.Get("data.primary"), true, env.Strict())
	pairs.of(user).ExpectStored(ctx, env, answer, kit.Body{"primary": kept})
}

// fullest makes a record with the members and as much besides as the target takes.
func (s sub) fullest(
	ctx context.Context, env *suite.Env, user *client.Exchange, members kit.Body, more []kit.Body,
) *client.Exchange {
	for _, besides := range more {
		if made := s.of(user).Send(ctx, env, kit.With(s.Body(env), members, besides)); made.Success() && recordOf(made) != "" {
			return made
		}
	}
	return s.of(user).Made(ctx, env, members)
}
