package tenants

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func updateCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-UPD-01", Title: "a valid body is answered with the user",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				answer := update(ctx, env, idOf(env, user), renamed(user))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(match.Member("lastName", "Pemberton"))
				env.Expect(answer).To(match.Member("email", user.Text("email")))
				same(env, found(ctx, env, idOf(env, user)), answer)
			}},
		{Requirement: "TEN-UPD-01", Title: "whatever is changed, the answer is the user as search then shows it",
			Check: asItIsNow},
		{Requirement: "TEN-UPD-02", Title: "the answer has the id of the path", Check: func(ctx context.Context, env *suite.Env) {
			for _, user := range []*client.Exchange{makeUser(ctx, env), makeUser(ctx, env)} {
				answer := replace(ctx, env, user, renamed(user))
				env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
			}
		}},
		{Requirement: "TEN-UPD-03", Title: "search gives the new values", Check: func(ctx context.Context, env *suite.Env) {
			user, set := makeRich(ctx, env)
			plain := map[string]any{"firstName": "Zoe", "lastName": "Pemberton", "preferredName": "Zo", "phone": telephone(env)}
			newValues(ctx, env, user, set, plain)
			newValues(ctx, env, user, set, kit.With(plain, kit.Body{"lastName": "Mcdonald", "firstName": "Zoey",
				"preferredName": "Zoo", "phone": telephone(env)}))
			newValues(ctx, env, user, set, map[string]any{"lastName": "McDonald"},
				map[string]any{"townCity": "Kirkby in Ashfield"})
			newValues(ctx, env, user, set, amongOf(echoed(), others(env))...)
		}},
		{Requirement: "TEN-UPD-14", Title: "search gives the other new values", Check: func(ctx context.Context, env *suite.Env) {
			user, set := makeRich(ctx, env)
			newValues(ctx, env, user, set, amongOf(echoedToo(), others(env))...)
		}},
		{Requirement: "TEN-UPD-06", Title: "with everything sent back and one thing changed, the rest stays",
			Check: func(ctx context.Context, env *suite.Env) {
				user, set := makeRich(ctx, env)
				restStays(ctx, env, user, set)
			}},
		{Requirement: "TEN-UPD-06", Title: "the rest stays of a user who refers to nothing, too",
			Check: func(ctx context.Context, env *suite.Env) {
				body := loner(env)
				user := create(ctx, env, body)
				if kit.Invalid(user) { // it has to refer to something
					body = person(env)
					user = makeOf(ctx, env, body)
				}
				restStays(ctx, env, kit.Needed(env, user), body)
			}},
		{Requirement: "TEN-UPD-06", Title: "the rest stays, accents and all", Check: marksStay},
		{Requirement: "TEN-UPD-06", Title: "whichever member is changed alone, all others stay", Check: eachAlone},
		{Requirement: "TEN-UPD-07", Title: "the same update twice has the same answer",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				first := update(ctx, env, idOf(env, user), renamed(user))
				env.ExpectAnswer(first)
				again := update(ctx, env, idOf(env, user), nil, client.Raw(first.RequestBody, "application/json"))
				env.ExpectAnswer(again)
				same(env, again, first)
				same(env, found(ctx, env, idOf(env, user)), first)
			}},
		{Requirement: "TEN-UPD-10", Title: "another user's id in the body does not move the update", Check: otherID},
		{Requirement: "TEN-UPD-11", Title: "search follows a changed email", Check: follows("email", "email", address)},
		{Requirement: "TEN-UPD-11", Title: "search follows a changed referenceNumber",
			Check: follows("referenceNumber", "refNum", reference)},
		{Requirement: "TEN-UPD-11", Title: "search follows an email and a referenceNumber that change at once",
			Check: followsBoth},
	}
}

// asItIsNow changes what it can of a user, the members that a target may have a will of its
// own about, too: what it then says of them it has to keep to.
func asItIsNow(ctx context.Context, env *suite.Env) {
	user, set := makeRich(ctx, env)
	id, body := idOf(env, user), kit.Fill(maps.Clone(set), sent(user))
	name := env.Unique("name") + "@" + domain(env)
	email, again := address(env), address(env)
	groups := slices.Concat(others(env), newDays(env), ownMarks(env), []map[string]any{
		{"username": name}, {"personalEmail": env.Unique("home") + "@example.com"},
		{"email": email, "referenceNumber": reference(env)},
		{"email": again, "referenceNumber": reference(env), "username": again},
		{"status": "Prospect"}, {"status": "FullUser"},
		nil, // and with as much left out as the target lets a caller leave out
	})
	for _, group := range groups {
		next := kit.With(body, group)
		if group == nil {
			next = kit.With(body, kit.Without(slices.Concat(texts()[6:], []string{"plannedHours", "weeklyHours"})...))
		}
		answer := update(ctx, env, id, next)
		if !kit.Unbroken(env, answer) {
			continue
		}
		now := search(ctx, env, client.Query("userId", id))
		if _, status := group["status"]; status && !now.Success() {
			continue // who has that status may not be found
		}
		env.Expect(now).To(match.Success())
		same(env, now, answer)
	}
}

// amongOf picks the groups of members that are listed.
func amongOf(names []string, groups []map[string]any) (found []map[string]any) {
	for _, group := range groups {
		for member := range group {
			if slices.Contains(names, member) {
				found = append(found, group)
				break
			}
		}
	}
	return found
}

// newValues updates a user by each group of values, as far as the target takes them, and
// looks for them in the searches that find it.
func newValues(ctx context.Context, env *suite.Env, user *client.Exchange, set map[string]any, groups ...map[string]any) {
	body := kit.Fill(maps.Clone(set), sent(user))
	for _, group := range groups {
		next := maps.Clone(body)
		maps.Copy(next, group)
		answer := update(ctx, env, idOf(env, user), next)
		if len(groups) > 1 && kit.Invalid(answer) {
			continue
		}
		kit.Needed(env, answer)
		body = next
		for _, name := range criteria() {
			now := search(ctx, env, client.Query(name, criteriaOf(env, user, body)[name]))
			env.Expect(now).To(match.Success())
			for _, member := range slices.Sorted(maps.Keys(group)) {
				if !settledElsewhere(now, member, group) {
					holds(env, now, member, group[member])
				}
			}
		}
	}
}

// restStays changes one member of a user, sends all others that are set as they were
// read, and expects those that are the user's own to read as before.
func restStays(ctx context.Context, env *suite.Env, user *client.Exchange, set map[string]any) {
	body := renamed(user)
	answer := replace(ctx, env, user, body)
	for _, now := range []*client.Exchange{answer, found(ctx, env, idOf(env, user))} {
		for _, member := range slices.Sorted(maps.Keys(set)) {
			if body[member] != nil && !slices.Contains(computed(), member) {
				holds(env, now, member, body[member], "%s did not stay", member)
			}
		}
	}
}

// marksStay is restStays of a user whose names the target takes and shows in full.
func marksStay(ctx context.Context, env *suite.Env) {
	body := kit.With(person(env), kit.With(ownMarks(env)[0], kit.Without("lastName")))
	user := create(ctx, env, body)
	if kit.Invalid(user) {
		makeUser(ctx, env) // it is the accents that are refused
		env.NotApplicable("the target takes no such names")
	}
	now := found(ctx, env, idOf(env, kit.Needed(env, user)))
	for member := range body {
		if now.Get(member).Value() != body[member] { // which is a matter of the create
			delete(body, member)
		}
	}
	restStays(ctx, env, now, body)
}

// otherID names another user in the body. With values of the first one it could be
// refused for what is taken, and with new ones for what can't be changed: both are sent.
func otherID(ctx context.Context, env *suite.Env) {
	user, other := makeUser(ctx, env), makeUser(ctx, env)
	before := found(ctx, env, idOf(env, other))
	own := renamed(user)
	fresh := kit.Fill(kit.With(person(env), kit.Body{"lastName": "Pemberton"}), own)
	for _, body := range []map[string]any{fresh, own} {
		answer := update(ctx, env, idOf(env, user), kit.With(body, kit.Body{"id": other.Get("id").Value()}))
		env.ExpectAnswer(answer)
		if answer.Success() {
			env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
			env.Expect(found(ctx, env, idOf(env, user))).To(match.Member("lastName", "Pemberton"))
		}
		now := search(ctx, env, client.Query("userId", idOf(env, other)))
		env.Expect(now).To(match.Success())
		same(env, now, before)
	}
}

// follows changes a member that search looks at.
func follows(member, criterion string, another func(*suite.Env) string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		set := person(env)
		user := makeOf(ctx, env, set)
		old := criteriaOf(env, user, set)
		usable := slices.DeleteFunc(with(criterion), func(sought string) bool { // of others another requirement tells
			return sought != criterion && !search(ctx, env, by(old, sought)).Success()
		})
		for range 2 {
			fresh := kit.With(old, kit.Body{criterion: another(env)})
			moved(ctx, env, user, member, fresh[criterion].(string))
			for _, sought := range usable {
				answer := search(ctx, env, by(fresh, sought))
				env.Expect(answer).To(match.Success(), "the new value finds nobody")
				env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
				env.Expect(answer).To(match.Member(member, fresh[criterion]))
			}
			env.Expect(search(ctx, env, client.Query(criterion, old[criterion]))).
				To(match.Status(http.StatusNotFound), "the old value still finds somebody")
			oldTogether(ctx, env, criterion, old, kit.With(old, kit.Body{criterion: another(env)}))
			old = fresh
		}
		backToFirst(ctx, env, user, member, criterion, set)
		handedOn(ctx, env, member, criterion, set[member])
		takenAway(ctx, env, user, member, criterion)
	}
}

// backToFirst gives a user the value that it had first, and then another, where the target lets it have that again.
func backToFirst(ctx context.Context, env *suite.Env, user *client.Exchange, member, criterion string, set map[string]any) {
	body := kit.With(sent(found(ctx, env, idOf(env, user))), kit.Body{member: set[member]})
	again := update(ctx, env, idOf(env, user), body, client.Echo())
	if kit.Invalid(again) && member == "email" {
		again = update(ctx, env, idOf(env, user), kit.With(body, kit.Body{"username": set[member]}), client.Echo())
	}
	if !kit.Unbroken(env, again) {
		return
	}
	answer := search(ctx, env, client.Query(criterion, set[member]))
	env.Expect(answer).To(match.Success(), "who has the first value again is not found by it")
	env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
	moved(ctx, env, user, member, fmt.Sprint(nobodysCriteria(env)[criterion]))
}

// followsBoth changes both members that search looks at at once.
func followsBoth(ctx context.Context, env *suite.Env) {
	user, email := makeUser(ctx, env), address(env)
	body := kit.With(sent(user), kit.Body{"email": email, "referenceNumber": reference(env)})
	answer := update(ctx, env, idOf(env, user), body, client.Echo())
	if kit.Invalid(answer) {
		body["username"] = email
		answer = update(ctx, env, idOf(env, user), body, client.Echo())
	}
	if kit.Invalid(answer) {
		env.NotApplicable("the target does not change both at once: %s", answer)
	}
	kit.Needed(env, answer)
	for _, name := range criteria() {
		now := search(ctx, env, by(criteriaOf(env, user, body), name))
		env.Expect(now).To(match.Success(), "the new %s finds nobody", name)
		env.Expect(now).To(match.Member("id", user.Get("id").Value()))
	}
}

// handedOn gives a new user what another had. It need not be taken, but whoever has it is found by it.
func handedOn(ctx context.Context, env *suite.Env, member, criterion string, value any) {
	body := kit.With(person(env), kit.Body{member: value})
	other := create(ctx, env, body)
	if kit.Invalid(other) && member == "email" { // a username may have to be the address
		other = create(ctx, env, kit.With(body, kit.Body{"username": value}))
	}
	if !kit.Unbroken(env, other) || other.Get(member).Value() != value {
		return
	}
	answer := search(ctx, env, client.Query(criterion, value))
	env.Expect(answer).To(match.Success(), "who has the value now is not found by it")
	env.Expect(answer).To(match.Member("id", other.Get("id").Value()))
}

// takenAway leaves a user without a value, where the target lets it be without one.
func takenAway(ctx context.Context, env *suite.Env, user *client.Exchange, member, criterion string) {
	now := found(ctx, env, idOf(env, user))
	answer := update(ctx, env, idOf(env, user), kit.With(sent(now), kit.Body{member: nil}))
	if kit.Unbroken(env, answer) && answer.Get(member).Value() == nil {
		env.Expect(search(ctx, env, client.Query(criterion, now.Get(member).Value()))).
			To(match.Status(http.StatusNotFound), "the value that was taken away still finds somebody")
	}
}

// with lists the searches that a criterion is part of.
func with(criterion string) []string {
	return slices.DeleteFunc(searches(), func(search string) bool {
		return !slices.Contains(strings.Split(search, and), criterion)
	})
}

// oldTogether searches for a value that a user had, beside others that it has. Where a value of nobody
// finds it all the same, only some of the criteria are looked at, which no sentence forbids.
func oldTogether(ctx context.Context, env *suite.Env, criterion string, old, nobodys map[string]any) {
	for _, sought := range with(criterion)[1:] {
		if search(ctx, env, by(nobodys, sought)).Success() {
			continue
		}
		answer := search(ctx, env, by(old, sought))
		env.Expect(answer).ToNot(match.Success(), "the old value still finds somebody, beside what the user has")
	}
}

// moved gives a user another value of a member, and of the username as well where a target wants
// it to be the email.
func moved(ctx context.Context, env *suite.Env, user *client.Exchange, member, fresh string) {
	body := kit.With(sent(user), kit.Body{member: fresh})
	answer := update(ctx, env, idOf(env, user), body, client.Echo())
	if kit.Invalid(answer) && member == "email" {
		body["username"] = fresh
		answer = update(ctx, env, idOf(env, user), body, client.Echo())
	}
	if kit.Invalid(answer) {
		env.NotApplicable("the target changes no %s: %s", member, answer)
	}
	kit.Needed(env, answer)
}
