package volunteers

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func emailSub() sub {
	return underUser(kit.Resource{
		Name:  "email address",
		Lists: "listUserEmails", Creates: "createUserEmail", Gets: "getUserEmail", Updates: "updateUserEmail",
		Removes: "deleteUserEmail", ID: "addressId",
		Body: func(env *suite.Env) map[string]any {
			return map[string]any{"email": newEmail(env), "primary": false}
		},
		First: primaryFirst,
	})
}

// primaryFirst makes a user's first record the primary one.
func primaryFirst(*suite.Env) kit.Body { return kit.Body{"primary": true} }

// noText is what nobody can read as a text: a number is often taken for one.
func noText() any { return map[string]any{"neither": "nor"} }

// noBoolean is what nobody can read as a boolean.
func noBoolean() any { return map[string]any{"neither": "nor"} }

func isEmail(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "user_id": kit.IsAnyID, "primary": kit.IsBoolean, "email": kit.IsFilled,
		"soft_bounces": kit.IsInteger,
		"hard_bounces": kit.IsInteger, "complaints": kit.IsInteger, "created_at": kit.IsInstant, "updated_at": kit.IsInstant,
	})(value, strict)
}

func emailCases() []suite.Case {
	emails := emailSub()
	return slices.Concat(
		[]suite.Case{
			emails.shapeCase("VOL-EMAIL-01", isEmail),
			emails.echoCase("VOL-EMAIL-02", "an address that is not primary comes back as sent"),
			emails.echoCase("VOL-EMAIL-02", "a primary address comes back as sent", kit.Body{"primary": true}),
			emails.withoutCase("VOL-EMAIL-03", "email"),
			emails.withoutCase("VOL-EMAIL-04", "primary"),
			emails.withCase("VOL-EMAIL-07", "email", ""),
			emails.withCase("VOL-EMAIL-07", "email", "abc"),
			emails.withCase("VOL-EMAIL-07", "email", "a@"),
			emails.withCase("VOL-EMAIL-08", "primary", noBoolean()),
			emails.ownerCase("VOL-EMAIL-09"),
			emails.growsCase("VOL-EMAIL-10"),
			emails.readCase("VOL-EMAIL-11"),
			emails.changeCase("VOL-EMAIL-12", "the address is changed"),
			emails.needCase("VOL-EMAIL-13", "email"),
			emails.needCase("VOL-EMAIL-13", "primary"),
			emails.datedCase("VOL-EMAIL-20"),
		},
		emailCounterCases(),
		emailRemovalCases(),
		emails.flagCases("VOL-EMAIL-16", "primary"),
		[]suite.Case{emails.unflaggedCase("VOL-EMAIL-12", "primary")},
		emailStateCases(),
		emails.unknownCases("VOL-EMAIL-21", "getUserEmail", "updateUserEmail"),
		emails.unknownCases("VOL-EMAIL-23", "deleteUserEmail"),
		[]suite.Case{emails.foreignCase("VOL-EMAIL-24"), {Requirement: "VOL-EMAIL-24",
			Title: "those of two users have ids of their own", Check: emailsDistinct}},
	)
}

// emailsDistinct: the id of an email address is the one that the page calls unique.
func emailsDistinct(ctx context.Context, env *suite.Env) {
	emails, user, other := emailSub(), makeUser(ctx, env), makeUser(ctx, env)
	emails.of(user).Made(ctx, env)
	theirs := recordOf(emails.of(other).Made(ctx, env))
	list := emails.of(user).All(ctx, env)
	env.ExpectAnswer(list)
	for _, id := range append(data.IDs(emails.of(other).Listed(ctx, env)), theirs) {
		env.Expect(list).To(data.Lacks(id))
	}
}

func counters() []string { return []string{"soft_bounces", "hard_bounces", "complaints"} }

func emailCounterCases() []suite.Case {
	emails := emailSub()
	return []suite.Case{
		{Requirement: "VOL-EMAIL-05", Title: "counters left out are 0", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			emails.of(user).ExpectMade(ctx, env, nil, kit.Body{"soft_bounces": 0, "hard_bounces": 0, "complaints": 0})
		}},
		{Requirement: "VOL-EMAIL-06", Title: "counters sent are stored, or 0", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			values := map[string]any{"soft_bounces": 2, "hard_bounces": 1, "complaints": 3}
			answer := emails.of(user).Send(ctx, env,
				kit.With(emails.Body(env), kit.Body{"soft_bounces": 2, "hard_bounces": 1, "complaints": 3}))
			env.ExpectAnswer(answer)
			back, path := emails.of(user).Stored(ctx, env, recordOf(answer))
			list := emails.of(user).Listed(ctx, env)
			for _, counter := range counters() {
				env.Expect(list).To(kit.Same(env, data.Place(list, recordOf(answer))+"."+counter, answer, "data."+counter))
				kit.ExpectShape(env, answer, "data."+counter, kit.IsInteger)
				env.Expect(answer).To(kit.Texts("data."+counter,
					gomega.ContainElement(gomega.BeElementOf("0", fmt.Sprint(values[counter])))))
				env.Expect(back).To(kit.Same(env, path+"."+counter, answer, "data."+counter))
			}
			same := kit.Body{"email": answer.Text("data.email"), "primary": false}
			for _, counter := range counters() { // what is not sent may become what it is at first
				same[counter] = answer.Get("data." + counter).Value()
			}
			if changed := emails.of(user).Change(ctx, env, recordOf(answer), same); kit.Unbroken(env, changed) {
				for _, counter := range counters() {
					env.Expect(changed).To(kit.Same(env, "data."+counter, answer, "data."+counter), "after a change")
				}
			}
		}},
	}
}

func emailRemovalCases() []suite.Case {
	emails := emailSub()
	return append(emails.removedCases("VOL-EMAIL-14", false), []suite.Case{
		{Requirement: "VOL-EMAIL-15", Title: "a primary one cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			primary := recordOf(emails.of(user).Made(ctx, env, kit.Body{"primary": true}))
			expectErrorBody(env, emails.undeletable(ctx, env, user, primary), http.StatusForbidden)
			env.Expect(emails.of(user).Get(ctx, env, primary)).To(kit.Sent("data.primary", true, env.Strict()))
		}},
		{Requirement: "VOL-EMAIL-15", Title: "a primary one cannot be deleted when it is alone", Check: soleEmailStays},
		emails.heirCase("VOL-EMAIL-15"),
		{Requirement: "VOL-EMAIL-17", Title: "what was primary before a swap can be deleted",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				mail := newEmail(env)
				old := recordOf(emails.of(user).Made(ctx, env, kit.Body{"email": mail, "primary": true}))
				if read := emails.of(user).Get(ctx, env, old); !read.Get("data.primary").Bool() {
					env.Undetermined("no primary address could be made\n%s", match.Show(read))
				}
				heir := recordOf(emails.of(user).Made(ctx, env, kit.Body{"primary": true}))
				if read := emails.of(user).Get(ctx, env, old); read.Get("data.primary").Bool() { // VOL-EMAIL-16 tells of that
					swap := emails.of(user).Change(ctx, env, old, map[string]any{"email": mail, "primary": false})
					if !kit.Unbroken(env, swap) {
						env.NotApplicable("several addresses are primary at the target\n%s", match.Show(swap))
					}
				}
				env.Expect(emails.of(user).Remove(ctx, env, old)).To(match.Success())
				list := emails.of(user).Listed(ctx, env)
				env.Expect(list).To(data.Lacks(old))
				env.Expect(list).To(data.Has(heir))
			}},
	}...)
}

// expectErrorBody expects the error body where the page shows it: in the refusal of that
// status, a message and a status_code.
func expectErrorBody(env *suite.Env, refusal *client.Exchange, status int) {
	if refusal.Status != status {
		return
	}
	env.Expect(refusal).To(match.Member("message", someText()), "the refusal has a message")
	env.Expect(refusal).To(match.Present("status_code"), "the refusal has a status_code")
}

func emailStateCases() []suite.Case {
	emails := emailSub()
	return []suite.Case{
		{Requirement: "VOL-EMAIL-12", Title: "a change may keep the address", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			mail := newEmail(env)
			id := recordOf(emails.of(user).Made(ctx, env, kit.Body{"email": mail}))
			emails.of(user).ExpectChanged(ctx, env, id, kit.Body{"email": mail, "primary": true}, nil)
		}},
		{Requirement: "VOL-EMAIL-18", Title: "the only primary one stays, or leaves the flag to another",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				mail := newEmail(env)
				only := recordOf(emails.of(user).Made(ctx, env, kit.Body{"email": mail, "primary": true}))
				kit.TakenOrRefused(ctx, env, func() *client.Exchange {
					return emails.of(user).Change(ctx, env, only, map[string]any{"email": mail, "primary": false})
				}, emails.of(user).Reads(env, only)...)
				env.Expect(emails.of(user).Listed(ctx, env)).To(data.FlaggedOnce("primary"))
			}},
		{Requirement: "VOL-EMAIL-19", Title: "an address that the user has is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				taken := emails.of(user).Made(ctx, env)
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
					return emails.of(user).Send(ctx, env, kit.With(emails.Body(env), kit.Body{"email": taken.Text("data.email")}))
				}, emails.of(user).Listing(env))
			}},
		{Requirement: "VOL-EMAIL-22", Title: "a search for the new address finds its user only",
			Check: func(ctx context.Context, env *suite.Env) {
				user, other := makeUser(ctx, env), makeUser(ctx, env)
				emails.of(other).Made(ctx, env)
				mail := newEmail(env)
				before := env.Must(ctx, "listUsers", client.Query("q", mail))
				env.Expect(before).To(data.Lacks(user.Text("id")), "nobody has the address yet")
				emails.of(user).Made(ctx, env, kit.Body{"email": mail})
				found := env.Call(ctx, "listUsers", client.Query("q", mail))
				env.ExpectAnswer(found)
				env.Expect(found).To(data.Has(user.Text("id")))
				env.Expect(found).To(data.Lacks(other.Text("id")))
			}},
		{Requirement: "VOL-EMAIL-22", Title: "a search for an address that was changed or deleted finds nobody",
			Check: func(ctx context.Context, env *suite.Env) {
				user := emails.owner(ctx, env)
				mail, later := newEmail(env), newEmail(env)
				id := recordOf(emails.of(user).Made(ctx, env, kit.Body{"email": mail}))
				env.Expect(env.Must(ctx, "listUsers", client.Query("q", mail))).To(data.Has(user.Text("id")))
				emails.of(user).Changed(ctx, env, id, kit.Body{"email": later, "primary": false})
				env.Expect(env.Must(ctx, "listUsers", client.Query("q", mail))).To(data.Lacks(user.Text("id")))
				env.Expect(env.Must(ctx, "listUsers", client.Query("q", later))).To(data.Has(user.Text("id")))
				emails.of(user).Removed(ctx, env, id)
				env.Expect(env.Must(ctx, "listUsers", client.Query("q", later))).To(data.Lacks(user.Text("id")))
			}},
	}
}
