package tenants

import (
	"context"
	"reflect"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// changesAlone are second values of one member each, those that records may be looked for by last: a
// service that writes too widely does so wherever it looks.
func changesAlone(env *suite.Env) (all []map[string]any) {
	for _, group := range append(others(env), newDays(env)[0], newDays(env)[2]) {
		for member, value := range kit.InOrder(group) {
			all = append(all, map[string]any{member: value})
		}
	}
	first, last := fullName(env)
	return append(all, map[string]any{"preferredName": "Zo"}, map[string]any{"phone": telephone(env)},
		map[string]any{"firstName": first}, map[string]any{"lastName": last},
		map[string]any{"username": env.Unique("name") + "@" + domain(env)},
		map[string]any{"referenceNumber": reference(env)}, map[string]any{"email": address(env)})
}

// mayFollow lists what the target may have a will of its own about when a member changes: under
// which name somebody signs in who has another address, and what becomes of the account then.
func mayFollow(member string) []string {
	signs := []string{"email", "username"}
	if slices.Contains(signs, member) {
		return append(signs, "status", "authenticationType")
	}
	return []string{member}
}

// eachAlone changes one member after the other of a user who has as many as the target takes, with
// all others sent as they were. It expects those in the answer and in a search to be what they were
// before. Whether the new value is taken, and kept, is for other cases.
func eachAlone(ctx context.Context, env *suite.Env) {
	user, set := makeRich(ctx, env)
	id, taken := idOf(env, user), 0
	body := kit.Fill(kit.With(set), sent(user))
	if kit.Invalid(update(ctx, env, id, body, client.Echo())) { // once as it is: what a create did not keep is not asked here
		body = sent(user)
	}
	before := found(ctx, env, id)
	for _, change := range changesAlone(env) {
		answer := update(ctx, env, id, kit.With(body, change), client.Echo())
		if kit.Invalid(answer) || !kit.Unbroken(env, answer) {
			continue
		}
		taken++
		now := search(ctx, env, client.Query("userId", id))
		env.Expect(now).To(match.Success())
		for member := range change {
			if shown := now.Get(member).Value(); shown != nil { // as it came out, which is for other cases to judge
				body = kit.With(body, kit.Body{member: shown})
			}
			for _, shown := range []*client.Exchange{answer, now} {
				othersStay(env, shown, before, member)
			}
		}
		before = now
	}
	if taken == 0 {
		env.NotApplicable("the target takes no update of one member alone")
	}
}

func othersStay(env *suite.Env, now, before *client.Exchange, changed string) {
	may := append(computed(), mayFollow(changed)...)
	for _, member := range writable() {
		was := before.Get(member).Value()
		if !slices.Contains(may, member) && !reflect.DeepEqual(spelt(member, was), spelt(member, now.Get(member).Value())) {
			env.Expect(now).To(match.Member(member, was), "%s did not stay when %s alone was changed", member, changed)
		}
	}
}
