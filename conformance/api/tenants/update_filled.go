package tenants

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

func filledCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-UPD-03", Title: "what a user did not have is given by an update", Check: filled(echoed())},
		{Requirement: "TEN-UPD-14", Title: "what else a user did not have is given by an update",
			Check: filled(append(echoedToo(), references()...))},
		{Requirement: "TEN-CRT-16", Title: "dates that change twice read back as the same day", Check: datesAgain},
		{Requirement: "TEN-UPD-06", Title: "what an update leaves out is nobody else's", Check: nobodysLeftOut},
		{Requirement: "TEN-CRT-04", Title: "what a new user was not given is nobody else's", Check: nobodysNew},
	}
}

// filled gives a user who has the least what it lacks, a group of members after the other.
func filled(members []string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		user, body := leastUser(ctx, env)
		groups := amongOf(members, contested(env))
		for _, member := range references() {
			if slices.Contains(members, member) && env.Has("given:"+member) && body[member] == nil {
				groups = append(groups, map[string]any{member: kit.GivenNumber(env, member)})
			}
		}
		newValues(ctx, env, user, body, append(groups, map[string]any{})...)
	}
}

// leastUser is a user who refers to nothing, if the target takes one.
func leastUser(ctx context.Context, env *suite.Env) (*client.Exchange, map[string]any) {
	body := loner(env)
	user := create(ctx, env, body)
	if kit.Invalid(user) {
		body = person(env)
		user = makeOf(ctx, env, body)
	}
	return kit.Needed(env, user), body
}

// datesAgain changes each date of one user more than once, by days of all seasons and times.
func datesAgain(ctx context.Context, env *suite.Env) {
	body := person(env)
	user := makeOf(ctx, env, body)
	newValues(ctx, env, user, body, append(newDays(env), []map[string]any{
		{"dateOfBirth": "1968-06-29"}, {"programmeStartDate": "2023-07-31"}, {"dateOfBirth": "2001-08-15"},
	}...)...)
}

// seconds are other values of what is contested, dates too, of members that a user has.
func seconds(env *suite.Env, set map[string]any) map[string]any {
	all := map[string]any{}
	for _, group := range append(others(env), newDays(env)...) {
		for member, value := range group {
			if _, has := set[member]; has {
				all[member] = value
			}
		}
	}
	return all
}

// nobodysNew makes a user with much, and then one with little, twice: what the one is not given
// may be the target's to say, but not each time what the other was given.
func nobodysNew(ctx context.Context, env *suite.Env) {
	rich, set := makeRich(ctx, env)
	one := makeOf(ctx, env, person(env))
	unnumbered(ctx, env)
	again := create(ctx, env, kit.With(person(env), seconds(env, set)))
	if kit.Invalid(again) {
		env.NotApplicable("the target takes no second user with other values: %s", again)
	}
	other := makeOf(ctx, env, person(env))
	nobodys(env, [2]*client.Exchange{rich, kit.Needed(env, again)}, [2]*client.Exchange{one, other}, "the user before")
}

// unnumbered makes a user without a reference number after one who has one, if the target takes such a user.
func unnumbered(ctx context.Context, env *suite.Env) {
	before := makeUser(ctx, env)
	user := create(ctx, env, kit.With(person(env), kit.Without("referenceNumber")))
	if number := user.Text("referenceNumber"); user.Success() && number != "" && number == before.Text("referenceNumber") {
		env.Fail("referenceNumber was not sent, and is that of the user before")
	}
}

// nobodysLeftOut is nobodysNew of updates.
func nobodysLeftOut(ctx context.Context, env *suite.Env) {
	user, set := makeRich(ctx, env)
	id, body := idOf(env, user), kit.Fill(maps.Clone(set), sent(user))
	var given, poor [2]*client.Exchange
	for i, more := range []map[string]any{nil, seconds(env, set)} {
		answer := update(ctx, env, id, kit.With(body, more), client.Echo())
		if kit.Invalid(answer) {
			env.NotApplicable("the target takes no update of these values: %s", answer)
		}
		given[i] = kit.Needed(env, answer)
		one := makeUser(ctx, env)
		poor[i] = replace(ctx, env, one, renamed(one))
	}
	nobodys(env, given, poor, "the update before")
}

// nobodys expects that what was not sent of users is not both times what was sent of others.
func nobodys(env *suite.Env, given, poor [2]*client.Exchange, whose string) {
	for _, member := range writable() {
		leaked := !slices.Contains(computed(), member) &&
			!reflect.DeepEqual(given[0].Get(member).Value(), given[1].Get(member).Value())
		for i := range given {
			value := poor[i].Get(member).Value()
			leaked = leaked && value != nil && !gjson.GetBytes(poor[i].RequestBody, member).Exists() &&
				reflect.DeepEqual(value, given[i].Get(member).Value())
		}
		if leaked {
			env.Fail("%s was not sent, and is that of %s", member, whose)
		}
	}
}
