package tenants

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

func deactivateCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-DEL-01", Title: "an existing user is deactivated", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			before := twice(ctx, env, client.Query("userId", idOf(env, user)), user)
			env.ExpectAnswer(deactivate(ctx, env, idOf(env, user)))
			inactive(env, search(ctx, env, client.Query("userId", idOf(env, user))), before)
		}},
		{Requirement: "TEN-DEL-01", Title: "a user with all members who was updated is deactivated", Check: richDeactivated},
		{Requirement: "TEN-DEL-01", Title: "users of unusual sorts are deactivated",
			Check: eachSortDeactivated},
		{Requirement: "TEN-DEL-02", Title: "an id that no user has is not found",
			Check: func(ctx context.Context, env *suite.Env) {
				nobody := unusedID(env)
				user := makeUser(ctx, env)
				reads := append(bystanders(env, user, makeUser(ctx, env)), reading(env, "userId", nobody))
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return deactivate(ctx, env, nobody) }, reads...)
				likeNobody(ctx, env, user, func(id string) *client.Exchange { return deactivate(ctx, env, id) })
			}},
		{Requirement: "TEN-DEL-03", Title: "search tells that a user is deactivated", Check: told},
		{Requirement: "TEN-DEL-04", Title: "deactivating once more does no harm",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
				before := search(ctx, env, client.Query("userId", idOf(env, user)))
				again := deactivate(ctx, env, idOf(env, user))
				env.Expect(again).To(match.Answer(env.Requirement(), env.Strict()))
				now := search(ctx, env, client.Query("userId", idOf(env, user)))
				env.Expect(now).To(match.Status(before.Status))
				if now.Success() {
					same(env, now, before)
				}
			}},
		{Requirement: "TEN-DEL-05", Title: "an id that is no whole number is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				body := person(env)
				user := makeOf(ctx, env, body)
				for _, id := range []string{"abc", idOf(env, user) + ".5", idOf(env, user) + "x", fmt.Sprint(body["email"])} {
					env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return deactivate(ctx, env, id) },
						bystanders(env, user)...)
				}
			}},
		{Requirement: "TEN-DEL-06", Title: "nobody else is touched", Check: func(ctx context.Context, env *suite.Env) {
			gone := ended(ctx, env)
			before, user, later := makeUser(ctx, env), makeUser(ctx, env), makeUser(ctx, env)
			was := []*client.Exchange{found(ctx, env, idOf(env, before)), found(ctx, env, idOf(env, later))}
			kit.Unchanged(ctx, env, "the deactivation of somebody else", func() {
				env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
			}, gone)
			for i, bystander := range []*client.Exchange{before, later} {
				now := search(ctx, env, client.Query("userId", idOf(env, bystander)))
				env.Expect(now).To(match.Success(), "another user is gone")
				same(env, now, was[i])
			}
			asAtFirst(ctx, env)
		}},
		{Requirement: "TEN-DEL-07", Title: "the body is empty or JSON", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			answer := env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
			if len(answer.Body) > 0 && !json.Valid(answer.Body) {
				env.Fail("the body is neither empty nor JSON: %s", match.Show(answer))
			}
		}},
		{Requirement: "TEN-DEL-10", Title: "a deactivated user who is found has what it had", Check: nothingErased},
		{Requirement: "TEN-DEL-09", Title: "an update of a deactivated user is answered clearly", Check: backAgain},
	}
}

// told finds a deactivated user by each criterion and wants the answer to say so.
func told(ctx context.Context, env *suite.Env) {
	user, body := makeActive(ctx, env)
	values, before := criteriaOf(env, user, body), map[string]known{}
	for _, name := range searches() {
		before[name] = twice(ctx, env, by(values, name), user)
	}
	env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
	for _, name := range searches() {
		inactive(env, search(ctx, env, by(values, name)), before[name])
	}
	other := makeUser(ctx, env) // nobody comes back with what is done of others
	update(ctx, env, idOf(env, other), renamed(other))
	inactive(env, search(ctx, env, by(values, "userId")), before["userId"])
	deactivate(ctx, env, idOf(env, user)) // nor by what ends them once more
	inactive(env, search(ctx, env, by(values, "userId")), before["userId"])
}

// makeActive makes a user of the status that a full user has, where the target takes it: what brings
// somebody back gives that status, whatever there was before.
func makeActive(ctx context.Context, env *suite.Env) (*client.Exchange, map[string]any) {
	body := kit.With(person(env), kit.Body{"status": "FullUser"})
	if user := create(ctx, env, body); user.Success() {
		return user, body
	}
	body = person(env)
	return makeOf(ctx, env, body), body
}

// richDeactivated deactivates a user of whom as much is set as the target takes.
func richDeactivated(ctx context.Context, env *suite.Env) {
	user, set := makeRich(ctx, env)
	for _, name := range []string{"Pemberton", "Pembrook"} {
		user = replace(ctx, env, user, kit.Fill(kit.With(set, kit.Body{"lastName": name}), sent(user)))
	}
	before := twice(ctx, env, client.Query("userId", idOf(env, user)), user)
	env.ExpectAnswer(deactivate(ctx, env, idOf(env, user)))
	inactive(env, search(ctx, env, client.Query("userId", idOf(env, user))), before)
}

// asAtFirst looks at the user who was there before the run: who is spoilt by the first write of all looks
// the same before and after any other.
func asAtFirst(ctx context.Context, env *suite.Env) {
	first := standing(ctx, env)
	if first == nil {
		return
	}
	now := found(ctx, env, env.Given("userId"))
	if changed := match.Differences(said(first), said(now)); len(changed) > 0 {
		env.Fail("who was there before the run has another %s by now: a write has touched whom it does not name\n%s\nat first %s",
			changed, match.Show(now), match.Show(first))
	}
}

// eachSortDeactivated deactivates users of sorts that the target need not take, nor end: whom it says
// it has ended is ended.
func eachSortDeactivated(ctx context.Context, env *suite.Env) {
	asked := false
	for _, change := range []kit.Body{kit.Without("referenceNumber"), {"status": "Prospect"},
		{"authenticationType": "Saml"}} {
		user := create(ctx, env, kit.With(person(env), change))
		if !kit.Unbroken(env, user) {
			continue
		}
		before := twice(ctx, env, client.Query("userId", idOf(env, user)), user)
		if answer := deactivate(ctx, env, idOf(env, user)); kit.Unbroken(env, answer) {
			asked = true
			inactive(env, search(ctx, env, client.Query("userId", idOf(env, user))), before)
		}
	}
	if !asked {
		makeUser(ctx, env) // it is these that are refused
		env.NotApplicable("the target takes or ends no such users")
	}
}

// known is a user as two searches before a deactivation show it: what differs between
// them, such as the time of the answer, tells nothing later.
type known struct{ first, second map[string]any }

// twice looks a user up twice. Where search does not find it, which is another
// requirement's business, the user is as the create answered it.
func twice(ctx context.Context, env *suite.Env, criteria client.Option, created *client.Exchange) known {
	of := func() map[string]any {
		answer := search(ctx, env, criteria)
		if !answer.Success() {
			answer = created
		}
		members, _ := answer.Get("@this").Value().(map[string]any)
		return members
	}
	return known{of(), of()}
}

// tells says whether an answer differs from what was known of the user in a member that
// stood still before. That a date or a time moves on is no sign of a deactivation.
func (k known) tells(answer map[string]any) bool {
	for name, value := range answer {
		if reflect.DeepEqual(k.first[name], k.second[name]) && !reflect.DeepEqual(value, k.first[name]) && !moment(value) {
			return true
		}
	}
	for name, value := range k.first {
		if _, still := answer[name]; !still && value != nil && reflect.DeepEqual(value, k.second[name]) {
			return true
		}
	}
	return false
}

// moment says whether a value is a date, a time or a running number.
func moment(value any) bool {
	switch v := value.(type) {
	case float64:
		return true
	case string:
		_, day := dayOf(v)
		_, instant := format.Instant(v)
		return day || instant
	}
	return false
}

// inactive expects that a search after a deactivation shows the user otherwise than
// before, as with another status, or that it no longer finds it, however that is refused.
func inactive(env *suite.Env, answer *client.Exchange, before known) {
	if !answer.Success() {
		if answer.Status/100 != 4 {
			env.Expect(answer).To(match.Status(http.StatusNotFound),
				"search either finds a deactivated user (200), with another status than before, or no longer finds it (404)")
		}
		return
	}
	env.Expect(answer).To(match.Member("id", before.first["id"]))
	now, _ := answer.Get("@this").Value().(map[string]any)
	if !before.tells(now) {
		env.Fail("the user is what it was before the deactivation, its status too\n%s", match.Show(answer))
	}
}

// nothingErased looks for who a deactivated user is. Whoever is not found has nothing to show.
func nothingErased(ctx context.Context, env *suite.Env) {
	user, set := makeRich(ctx, env)
	before := found(ctx, env, idOf(env, user))
	env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
	shown := 0
	for _, name := range searches() {
		now := search(ctx, env, by(criteriaOf(env, user, set), name))
		if !now.Success() {
			continue
		}
		shown++
		for _, member := range ownInTheEnd() {
			if value := before.Get(member).Value(); value != nil {
				holds(env, now, member, value, "the deactivation took %s away", member)
			}
		}
	}
	if shown == 0 {
		env.NotApplicable("search finds no deactivated user")
	}
}

// ownInTheEnd lists what is a user's own whether it is active or not. Its status, whether its job
// is kept in step, and under which name it signs in may change.
func ownInTheEnd() []string {
	return slices.DeleteFunc(writable(), func(member string) bool {
		return slices.Contains(append(computed(), "status", "jobActiveSync", "username", "authenticationType"), member)
	})
}

// backAgain updates a deactivated user. Whoever takes the update has to keep it.
func backAgain(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
	body := renamed(user)
	answer := update(ctx, env, idOf(env, user), body)
	env.ExpectAnswer(answer)
	if answer.Success() {
		env.Expect(answer).To(match.Member("lastName", "Pemberton"))
		now := search(ctx, env, client.Query("userId", idOf(env, user)))
		if now.Status != http.StatusNotFound { // deactivated users need not be found
			env.Expect(now).To(match.Member("lastName", "Pemberton"))
		}
	}
}
