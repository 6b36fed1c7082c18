package volunteers

import (
	"context"
	"fmt"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// The filters of users are asked about what the users had once and have no more.

// movedRole gives the one role of a user another team or manager.
func movedRole(parameter, from, to, member string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		was, is := kit.GivenNumber(env, from), kit.GivenNumber(env, to)
		if was == is {
			env.NotApplicable("given:%s is given:%s", to, from)
		}
		roles := roleSub()
		user, stays := withRole(ctx, env, kit.Body{member: ref(was)}), withRole(ctx, env, kit.Body{member: ref(was)})
		separated(ctx, env, client.Query(parameter, was), group(user, stays), nil)
		only := soleRole(ctx, env, user)
		roles.of(user).Changed(ctx, env, only, roles.WholeBody(env, kit.Body{member: ref(is)}))
		list := roles.of(user).Listed(ctx, env)
		if list.Text(data.Place(list, only)+"."+member+".id") != fmt.Sprint(is) {
			env.Undetermined("the role was not changed\n%s", match.Show(list))
		}
		separated(ctx, env, client.Query(parameter, was), group(stays), group(user))
		separated(ctx, env, client.Query(parameter, is), group(user), group(stays))
	}
}

func supervisedNoMore(ctx context.Context, env *suite.Env) {
	pairs, filter := supervisorSub(), client.Query("supervisor", kit.GivenNumber(env, "supervisorUserId"))
	user, stays := makeUser(ctx, env), makeUser(ctx, env)
	pair := recordOf(pairs.of(user).Made(ctx, env))
	pairs.of(stays).Made(ctx, env)
	separated(ctx, env, filter, group(user, stays), nil)
	pairs.of(user).Removed(ctx, env, pair)
	separated(ctx, env, filter, group(stays), group(user))
}

func heldNoMore(ctx context.Context, env *suite.Env) {
	roles := roleSub()
	if !env.Has("given:secondRoleProfileId") {
		env.NotApplicable("there is no second role profile")
	}
	second := kit.GivenNumber(env, "secondRoleProfileId")
	user, stays := makeUser(ctx, env), makeUser(ctx, env)
	first := soleRole(ctx, env, user)
	held := kit.Body{"role": ref(second), "primary": true} // the list may go by the primary one
	gone := recordOf(roles.of(user).Made(ctx, env, held))
	roles.of(stays).Made(ctx, env, held)
	separated(ctx, env, client.Query("roles", second), group(user, stays), nil)
	roles.of(user).Changed(ctx, env, first, kit.Body{"primary": 1}) // which may be kept
	roles.of(user).Removed(ctx, env, gone)
	separated(ctx, env, client.Query("roles", second), group(stays), group(user))
}

// volunteerNoMore takes the only volunteer role from a user who has another one.
func volunteerNoMore(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeVolunteer(ctx, env)
	volunteers := soleRole(ctx, env, user)
	other := roles.of(user).Made(ctx, env, kit.Body{"role": ref(kit.GivenNumber(env, "secondRoleProfileId")), "primary": true})
	if kind := other.Text("data.type"); kind != "non-volunteer" {
		env.NotApplicable("given:secondRoleProfileId is a role of type %q", kind)
	}
	if gone := roles.of(user).Remove(ctx, env, volunteers); !kit.Unbroken(env, gone) {
		env.NotApplicable("the target keeps the role\n%s", match.Show(gone))
	}
	read := readUser(ctx, env, user)
	env.Expect(read).To(kit.Sent("is_volunteer", false, env.Strict()))
	env.Expect(read).To(kit.Sent("is_non_volunteer", true, env.Strict()))
}

// livedThere deletes the address by which a user is near a point, and moves another's.
func livedThere(ctx context.Context, env *suite.Env) {
	addresses := addressSub()
	gone, moved, stays := living(ctx, env, seaLat), living(ctx, env, seaLat), living(ctx, env, seaLat)
	around := []client.Option{client.Query("lat", seaLat), client.Query("long", seaLong), client.Query("distance", 5)}
	everyone := group(gone, moved, stays)
	expectUsers(env, among(ctx, env, everyone, around...), everyone...)
	old := addresses.of(gone).Listed(ctx, env).Text("data.0.id")
	addresses.of(gone).Made(ctx, env, kit.Body{"primary": true, "lat": far, "long": seaLong})
	removed := addresses.of(gone).Remove(ctx, env, old)
	change := kit.Body{"primary": true, "lat": far, "long": seaLong}
	id := addresses.of(moved).Listed(ctx, env).Text("data.0.id")
	answer := addresses.of(moved).Changed(ctx, env, id, addresses.WholeBody(env, change))
	if at := answer.Get("data.lat"); at.Type != gjson.Number || at.Num != far {
		env.Undetermined("lat and long of an address are not stored as sent\n%s", match.Show(answer))
	}
	if removed.Success() { // several may be primary, and then none of them goes: VOL-ADDR-27 tells of that
		expectUsers(env, among(ctx, env, everyone, around...), stays)
		there := []client.Option{client.Query("lat", far), client.Query("long", seaLong), client.Query("distance", 5)}
		expectUsers(env, among(ctx, env, everyone, there...), gone, moved)
		return
	}
	expectUsers(env, among(ctx, env, group(moved, stays), around...), stays)
}

// mailNoMore deletes the only email address of a user, as far as that is not kept the primary one.
func mailNoMore(ctx context.Context, env *suite.Env) {
	someHaveNone(ctx, env)
	emails, filter := emailSub(), client.Query("has_email", true)
	user, stays := makeNamesake(ctx, env), makeUser(ctx, env)
	separated(ctx, env, filter, group(stays), group(user))
	only := recordOf(emails.of(user).Made(ctx, env))
	separated(ctx, env, filter, group(user, stays), nil)
	if emails.of(user).Remove(ctx, env, only).Success() && len(data.IDs(emails.of(user).Listed(ctx, env))) == 0 {
		separated(ctx, env, filter, group(stays), group(user))
	}
}

// startedLater moves the start of the only role of a user.
func startedLater(ctx context.Context, env *suite.Env) {
	roles, filter := roleSub(), client.Query("active_on", day(env, -40))
	early := kit.Body{"start": day(env, -60)}
	user, stays := withRole(ctx, env, early), withRole(ctx, env, early)
	separated(ctx, env, filter, group(user, stays), nil)
	only := soleRole(ctx, env, user)
	roles.of(user).Changed(ctx, env, only, roles.WholeBody(env, kit.Body{"start": day(env, -20)}))
	list := roles.of(user).Listed(ctx, env)
	if list.Text(data.Place(list, only)+".start") != day(env, -20) {
		env.Undetermined("the start was not changed\n%s", match.Show(list))
	}
	separated(ctx, env, filter, group(stays), group(user))
}

// alone expects a filter to say of users that are searched by their last names what it says of
// those that ids names.
func alone(ctx context.Context, env *suite.Env, filter client.Option, kept, left []*client.Exchange) {
	for _, user := range append(kept[:len(kept):len(kept)], left...) {
		found(ctx, env, user.Text("last_name"), user)
	}
	for _, user := range kept {
		expectUsers(env, listAll(ctx, env, "listUsers", client.Query("q", user.Text("last_name")), filter), user)
	}
	for _, user := range left {
		expectUsers(env, listAll(ctx, env, "listUsers", client.Query("q", user.Text("last_name")), filter))
	}
}
