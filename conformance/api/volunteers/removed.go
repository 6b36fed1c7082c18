package volunteers

import (
	"context"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// afterRemovalCases look at what is left of records that were deleted: in lists, in totals, in what is included in their
// user, and in the way of those that are made after them.
func afterRemovalCases() []suite.Case {
	addresses := addressSub()
	cases := []suite.Case{
		emailSub().againCase("VOL-EMAIL-19"), roleSub().againCase("VOL-ROLE-33"), supervisorSub().againCase("VOL-SUP-09"),
		{Requirement: "VOL-ADDR-30", Title: "with trashed=true, each of two users has their own list",
			Check: func(ctx context.Context, env *suite.Env) {
				user, other := addresses.owner(ctx, env), addresses.owner(ctx, env)
				own := recordOf(addresses.of(user).Made(ctx, env))
				addresses.of(user).Removed(ctx, env, own)
				theirs := addresses.of(other)
				live := data.IDs(theirs.Listed(ctx, env))
				gone := recordOf(theirs.Made(ctx, env))
				theirs.Removed(ctx, env, gone)
				list := theirs.All(ctx, env, client.Query("trashed", "true"))
				env.ExpectAnswer(list)
				env.Expect(list).To(data.Only(append(live, gone)...))
			}},
		{Requirement: "VOL-ADDR-26", Title: "a deleted one is listed as it was", Check: trashedAsItWas},
		{Requirement: "VOL-GET-09", Title: "roles are those of their own list", Check: includedNow("roles", roles)},
		{Requirement: "VOL-GET-09", Title: "supervisors are those of their own list",
			Check: includedNow("supervisors", supervisors)},
		{Requirement: "VOL-GET-09", Title: "skills are those set last", Needs: []string{"given:skillIds"},
			Check: skillsIncludedNow},
	}
	return append(cases, each("VOL-PAG-04", "a delete takes one from the total", removable, totalShrinks)...)
}

func removable(r resource) bool { return paged(r) && r.Removes != "" }

// againCase adds what a user had, and has no more, as it was.
func (s sub) againCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: "one that was deleted can be added again",
		Check: func(ctx context.Context, env *suite.Env) {
			own := s.of(s.owner(ctx, env))
			body := s.Body(env)
			first := own.Send(ctx, env, body)
			if !first.Success() {
				env.Undetermined("set-up failed: none could be added\n%s", match.Show(first))
			}
			own.Removed(ctx, env, recordOf(first))
			again := own.Send(ctx, env, body)
			env.Expect(again).To(match.Success(), "nobody has it any more")
			env.Expect(own.Listed(ctx, env)).To(data.Has(recordOf(again)))
		}}
}

func trashedAsItWas(ctx context.Context, env *suite.Env) {
	own := addressSub().of(addressSub().owner(ctx, env))
	made := own.Made(ctx, env)
	own.Removed(ctx, env, recordOf(made))
	list := own.All(ctx, env, client.Query("trashed", "true"))
	place := data.Place(list, recordOf(made))
	if !list.Get(place).Exists() {
		env.NotApplicable("it is not listed, of which VOL-ADDR-24 tells\n%s", match.Show(list))
	}
	for _, member := range []string{"type", "street", "city", "postcode", "country"} {
		env.Expect(list).To(kit.Same(env, place+"."+member, made, "data."+member), "what is kept is that address")
	}
}

// totalShrinks deletes the one that was made last.
func totalShrinks(ctx context.Context, env *suite.Env, r resource) {
	p := r.pile(ctx, env)
	before := p.whole(ctx, env)
	env.Expect(before).To(match.Member(pagination+"total", gomega.BeNumerically(">=", 3)), "three items were made")
	if removed := r.Below(p.options...).Remove(ctx, env, p.last); !removed.Success() {
		env.NotApplicable("the target keeps it\n%s", match.Show(removed))
	}
	env.Expect(p.whole(ctx, env)).To(match.Member(pagination+"total", before.Get(pagination+"total").Int()-1))
}

// included are the records of a kind that come with a user who is read with them, nil where there is no list of them.
func included(ctx context.Context, env *suite.Env, user, value string) (records gjson.Result, answer *client.Exchange) {
	answer = env.Call(ctx, "getUser", client.Path("userId", user), client.Query("include", value))
	env.ExpectAnswer(answer)
	records = answer.Get(value)
	if records.IsObject() {
		records = records.Get("data")
	}
	if !records.IsArray() {
		env.NotApplicable("%s is no list, of which VOL-LST-40 tells\n%s", value, match.Show(answer))
	}
	return records, answer
}

// includedNow compares by ids what comes with a user with their own list, before and after one is deleted: in which form a
// record is included is the target's to say.
func includedNow(value string, kind func() resource) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		s := kind().stand(ctx, env)
		same := func() {
			list := listOf(ctx, env, s.Lists, s.at()...)
			records, answer := included(ctx, env, s.user, value)
			var ids []string
			for _, record := range records.Array() {
				ids = append(ids, record.Get("id").String())
			}
			env.Expect(ids).To(gomega.ConsistOf(data.IDs(list)), "%s against the list\n%s", value, match.Show(answer))
		}
		same()
		env.Must(ctx, s.Removes, s.at()...)
		same()
	}
}

// skillsIncludedNow sets one skill after another: of an included one, the name alone is sure to be the skill's.
func skillsIncludedNow(ctx context.Context, env *suite.Env) {
	user, skills := makeUser(ctx, env), someSkills(env, 2)
	for i, name := range skillNames(ctx, env, skills...) {
		skillsSet(ctx, env, user, skills[i])
		records, answer := included(ctx, env, user.Text("id"), "skills")
		var names []string
		for _, record := range records.Array() {
			names = append(names, record.Get("name").String())
		}
		env.Expect(names).To(gomega.ConsistOf([]string{name}), "skills after they were set\n%s", match.Show(answer))
	}
}
