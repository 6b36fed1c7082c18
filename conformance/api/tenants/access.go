package tenants

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func accessCases() []suite.Case {
	valid := kit.Prepare[way](prepareWay)
	return slices.Concat(
		kit.Each("TEN-GEN-01", "a call without a token is refused", ways(),
			valid.Refused(suite.DefaultPersona, client.NoCredential())),
		kit.Each("TEN-GEN-02", "a call with a token nobody issued is refused", ways(),
			func(ctx context.Context, env *suite.Env, w way) {
				prepareWay(ctx, env, w).Refused(ctx, env, env, madeUp(env))
			}),
		kit.Each("TEN-GEN-02", "a call with a token that is only like the right one is refused", ways(),
			func(ctx context.Context, env *suite.Env, w way) {
				var tries []kit.Try
				for _, change := range onlyLike() {
					tries = append(tries, kit.Try{Caller: env, Changes: []client.Option{kit.Token(change)}})
				}
				prepareWay(ctx, env, w).EachRefused(ctx, env, tries...)
			}),
		kit.Each("TEN-GEN-03", "a token without the permission is refused", ways(), valid.Refused("low-rights")),
		kit.Each("TEN-GEN-11", "a tenant that does not exist is refused", ways(),
			func(ctx context.Context, env *suite.Env, w way) {
				own, nobodys := env.Given("tenantName"), env.Unique("no-such-tenant")
				tries := []kit.Try{{Caller: env, Changes: []client.Option{client.Path("tenantName", nobodys)}}}
				if w.criterion == "" { // names that begin as the right one does
					for _, like := range []string{own[:(len(own)+1)/2] + nobodys, own + nobodys} {
						tries = append(tries, kit.Try{Caller: env, Changes: []client.Option{client.Path("tenantName", like)}})
					}
				}
				prepareWay(ctx, env, w).EachRefused(ctx, env, tries...)
			}),
		kit.Each("TEN-GEN-12", "a token is no use in another tenant", ways(), abroadRefused),
		kit.Each("TEN-GEN-12", "a token of another tenant is no use here", ways(), valid.Refused("second-tenant")),
		kit.Each("TEN-GEN-18", "users of another tenant stay as they were", writing(), leavesAbroad),
		[]suite.Case{
			{Requirement: "TEN-GEN-12", Title: "another tenant's user is out of reach through one's own", Check: foreignUser},
			{Requirement: "TEN-GEN-18", Title: "one's own tenant has no user of another", Check: ownUsers},
		},
	)
}

// madeUp replaces the token by one that nobody issued.
func madeUp(env *suite.Env) client.Option {
	token := env.Unique("made-up-token")
	return kit.Token(func(string) string { return token })
}

// onlyLike are changes that make a token another one: a longer one, a shorter one, one of another end, and where it has
// letters beyond those of a number to the base 16, whose case says nothing, one in other letters.
func onlyLike() []func(token string) string {
	return []func(token string) string{
		func(token string) string { return strings.TrimRight(token, "=") + "rollcall" }, // behind "=" anything may be let be
		client.OtherEnd,
		func(token string) string { return token[:len(token)/2] },
		func(token string) string {
			if strings.Trim(token, "0123456789abcdefABCDEF-{}") == "" {
				return token + "0"
			}
			for _, other := range []string{strings.ToUpper(token), strings.ToLower(token)} {
				if other != token {
					return other
				}
			}
			return token + "y"
		},
	}
}

// abroadRefused makes a valid call in the other tenant with a token of one's own.
func abroadRefused(ctx context.Context, env *suite.Env, w way) {
	other, there := abroad(env)
	foreign := makeForeign(ctx, env)
	body := stranger(other)
	options := map[string][]client.Option{
		"searchUser":     {there, criterionOf(env, foreign, cmp.Or(w.criterion, "userId"))},
		"createUser":     {there, whole(ctx, env, "createUser", body)},
		"updateUser":     {there, client.Path("userId", idOf(env, foreign)), whole(ctx, env, "updateUser", renamed(foreign))},
		"deactivateUser": {there, client.Path("userId", idOf(env, foreign))},
	}[w.operation]
	reads := []suite.Read{
		other.StateOf("searchUser", there, client.Query("userId", idOf(env, foreign))),
		other.StateOf("searchUser", there, client.Query("email", body["email"])),
	}
	call := func() *client.Exchange { return env.Call(ctx, w.operation, options...) }
	refusal := env.ExpectRefusedUnchanged(ctx, call, reads...)
	silent(env, refusal, foreign)
	control := other.Call(ctx, w.operation, options...)
	if !control.Success() {
		env.Undetermined("the other tenant's own call is refused as well, so that the refusal proves nothing\n%s",
			match.Show(control))
	}
}

// silent expects that an answer tells nothing of a user of another tenant but what was
// asked.
func silent(env *suite.Env, answer, foreign *client.Exchange) {
	for _, member := range []string{"referenceNumber", "email"} {
		value := foreign.Text(member)
		said := strings.Contains(answer.URL+string(answer.RequestBody), value) ||
			strings.Contains(answer.URL, url.QueryEscape(value))
		if value != "" && !said && strings.Contains(string(answer.Body), value) {
			env.Fail("the answer holds the %s of another tenant's user: %s", member, match.Show(answer))
		}
	}
}

// foreignUser names a user of the other tenant in one's own.
func foreignUser(ctx context.Context, env *suite.Env) {
	other, there := abroad(env)
	foreign := makeForeign(ctx, env)
	id := idOf(env, foreign)
	if found := search(ctx, env, client.Query("userId", id)); found.Success() && !sameUser(found, foreign) {
		env.NotApplicable("%s", countsAlone)
	}
	kit.Unchanged(ctx, env, "a call in one's own tenant", func() {
		for _, answer := range []*client.Exchange{
			search(ctx, env, client.Query("userId", id)), update(ctx, env, id, renamed(foreign)), deactivate(ctx, env, id),
		} {
			env.ExpectRefused(answer)
			silent(env, answer, foreign)
		}
	}, other.StateOf("searchUser", there, client.Query("userId", id)))
}

// ownUsers names a user of the other tenant in one's own: whatever the status, that user is
// not shown and stays as it was.
func ownUsers(ctx context.Context, env *suite.Env) {
	other, there := abroad(env)
	foreign := makeForeign(ctx, env)
	id := idOf(env, foreign)
	sameID := foundAbroad(ctx, env, foreign)
	updated := other.Call(ctx, "updateUser", there, client.Path("userId", id), // not as one's own tenant renames it below
		whole(ctx, env, "updateUser", kit.With(renamed(foreign), kit.Body{"lastName": "Trevanion"})),
		client.Echo())
	if updated.Success() {
		foundAbroad(ctx, env, updated)
	}
	if sameID {
		endedAbroad(ctx, env, foreign)
		env.NotApplicable("%s", countsAlone)
	}
	read := other.StateOf("searchUser", there, client.Query("userId", id))
	kit.Unchanged(ctx, env, "an update in one's own tenant", func() { update(ctx, env, id, renamed(foreign)) }, read)
	kit.Unchanged(ctx, env, "a deactivation in one's own tenant", func() { deactivate(ctx, env, id) }, read)
	endedAbroad(ctx, env, foreign)
}

// endedAbroad has a user of the other tenant deactivated there, and looks for it here.
func endedAbroad(ctx context.Context, env *suite.Env, foreign *client.Exchange) {
	other, there := abroad(env)
	other.Call(ctx, "deactivateUser", there, client.Path("userId", idOf(env, foreign)))
	foundAbroad(ctx, env, foreign)
}

// foundAbroad expects no search in one's own tenant to show a user of another. It says whether one's own has a
// user of that id.
func foundAbroad(ctx context.Context, env *suite.Env, foreign *client.Exchange) (sameID bool) {
	for _, name := range searches() {
		found := search(ctx, env, criterionOf(env, foreign, name))
		if found.Success() && sameUser(found, foreign) {
			env.Fail("a search by %s in one tenant shows a user of another\n%s", name, match.Show(found))
		}
		sameID = sameID || found.Success() && name == "userId"
	}
	return sameID
}

// countsAlone is why a user of another tenant can't be named in one's own by the id.
const countsAlone = "ids count per tenant here: the other user's id is that of a user of one's own"

// sameUser tells whether two answers show one user, whatever the tenant, by the address.
func sameUser(one, other *client.Exchange) bool {
	return strings.EqualFold(one.Text("email"), other.Text("email"))
}

// leavesAbroad makes a valid write in one's own tenant beside users of another.
func leavesAbroad(ctx context.Context, env *suite.Env, operation string) {
	other, there := abroad(env)
	var reads []suite.Read
	for range 2 {
		reads = append(reads, other.StateOf("searchUser", there, criterionOf(env, makeForeign(ctx, env), "userId")))
	}
	valid := prepare(ctx, env, operation)
	if operation != "createUser" {
		user, namesake := numbered(ctx, env)
		reads = append(reads, other.StateOf("searchUser", there, criterionOf(env, namesake, "userId")))
		valid = prepareFor(ctx, env, operation, user)
		for _, member := range []string{"email", "referenceNumber"} { // both tenants may have one, and each is its own user's
			body := kit.With(stranger(other), kit.Body{member: user.Get(member).Value()})
			if member == "email" {
				body["username"] = body["email"]
			}
			same := other.Call(ctx, "createUser", there, whole(ctx, other, "createUser", body))
			if same.Success() {
				reads = append(reads, other.StateOf("searchUser", there, criterionOf(env, same, "userId")))
			}
		}
	}
	kit.Unchanged(ctx, env, operation+" in one's own tenant", func() { kit.Needed(env, valid.By(ctx, env)) }, reads...)
}

// numbered makes a user at home and one of the other tenant, of one id where the tenants count by
// themselves and are not far from each other.
func numbered(ctx context.Context, env *suite.Env) (user, foreign *client.Exchange) {
	const far = 8
	user, foreign = makeUser(ctx, env), makeForeign(ctx, env)
	for range far {
		switch ahead := user.Get("id").Int() - foreign.Get("id").Int(); {
		case ahead > 0 && ahead <= far:
			foreign = makeForeign(ctx, env)
		case ahead < 0 && ahead >= -far:
			user = makeUser(ctx, env)
		}
	}
	return user, foreign
}

// criterionOf asks for a user by the criteria of one of the searches, as its own answer gives the values.
func criterionOf(env *suite.Env, user *client.Exchange, search string) client.Option {
	values := map[string]any{"userId": idOf(env, user), "refNum": user.Text("referenceNumber"), "email": user.Text("email")}
	return by(values, search)
}
