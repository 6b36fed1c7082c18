package council

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func userCases() []suite.Case {
	u := users()
	sent := []string{"name", "email", "role"}
	return append(userRuleCases(), []suite.Case{
		{Requirement: "COU-USER-01", Title: "new users are in the list", Check: u.listsAll},
		{Requirement: "COU-USER-02", Title: "users made out of order are listed in order", Check: u.listsByName},
		{Requirement: "COU-USER-02", Title: "a renamed user moves to the new place", Check: u.movesByName},
		{Requirement: "COU-USER-03", Title: "listed users have every member", Check: u.hasMembers},
		{Requirement: "COU-USER-04", Title: "the list keeps all secrets", Check: listKeepsSecrets},
		{Requirement: "COU-USER-04", Title: "a creation keeps all secrets", Check: creationKeepsSecrets},
		{Requirement: "COU-USER-04", Title: "an update keeps all secrets", Check: updateKeepsSecrets},

		{Requirement: "COU-USER-05", Title: "a valid councillor is answered with an id and is there", Check: u.isCreated},
		{Requirement: "COU-USER-06", Title: "what is sent of a councillor is repeated", Check: u.echoes(sent)},
		{Requirement: "COU-USER-06", Title: "what is sent of a caseworker is repeated", Check: u.echoes(sent, with("role", "caseworker"))},
		{Requirement: "COU-USER-07", Title: "a taken address is refused", Check: u.keepsUnique},
		{Requirement: "COU-USER-11", Title: "a user without a name is refused", Check: u.refusesNew(without("name"))},
		{Requirement: "COU-USER-11", Title: "a user without an address is refused", Check: u.refusesNew(without("email"))},
		{Requirement: "COU-USER-12", Title: "an address without an at sign is refused", Check: u.refusesNew(spoiltAddress("@", " at "))},
		{Requirement: "COU-USER-12", Title: "an address of a host alone is refused", Check: u.refusesNew(hostAlone)},
		{Requirement: "COU-USER-12", Title: "an address without a host is refused", Check: u.refusesNew(withoutHost)},
		{Requirement: "COU-USER-13", Title: "an emperor is refused", Check: u.refusesNew(with("role", "emperor"))},
		{Requirement: "COU-USER-14", Title: "a taken address in capital letters is refused", Check: keepsUniqueInCapitals},

		{Requirement: "COU-USER-16", Title: "a new name is answered", Check: u.answersChange("name")},
		{Requirement: "COU-USER-17", Title: "an update of an unknown id is not found", Check: u.changesNone},
		{Requirement: "COU-USER-17", Title: "an update of a user of another tenant is not found", Check: changesNoStranger},
		{Requirement: "COU-USER-19", Title: "only the name changes", Check: u.changesOnly},
		{Requirement: "COU-USER-20", Title: "each new value is listed", Check: u.showsChange},
		{Requirement: "COU-USER-21", Title: "the address of another user is refused", Check: u.keepsApart},
		{Requirement: "COU-USER-22", Title: "a disabled user is listed as disabled", Check: u.staysReadable},
		{Requirement: "COU-USER-24", Title: "users who are no councillors have no profile", Check: hidesProfiles},
		{Requirement: "COU-USER-25", Title: "a new user has no override", Check: hasNoOverride},
	}...)
}

// spoiltAddress replaces a part of the email address, which stays one of its own.
func spoiltAddress(part, by string) edit {
	return func(b body) { b["email"] = strings.Replace(b["email"].(string), part, by, 1) }
}

// withoutHost ends the address with the at sign.
func withoutHost(b body) {
	name, _, _ := strings.Cut(b["email"].(string), "@")
	b["email"] = name + "@"
}

// hostAlone leaves nothing before the at sign. The host is still one of its own.
func hostAlone(b body) { b["email"] = "@" + strings.Replace(b["email"].(string), "@", ".", 1) }

func listKeepsSecrets(ctx context.Context, env *suite.Env) {
	sent := users().body(env)
	made := users().made(ctx, env, sent)
	list := env.Call(ctx, "listUsers")
	env.Expect(list).To(match.Success())
	env.Expect(list.Texts("#.id")).To(gomega.ContainElement(made.Text("id")))
	expectNoSecrets(env, list, sent["password"])
}

// creationKeepsSecrets looks at the success and at the refusal of a second user
// with the same address.
func creationKeepsSecrets(ctx context.Context, env *suite.Env) {
	sent := users().body(env)
	made := users().send(ctx, env, sent)
	env.Expect(made).To(match.Success())
	expectNoSecrets(env, made, sent["password"])
	expectNoSecrets(env, users().send(ctx, env, sent), sent["password"])
}

// updateKeepsSecrets also sends a new password. Whether an update may is left
// open, so that a refusal will do.
func updateKeepsSecrets(ctx context.Context, env *suite.Env) {
	first, second := env.Unique("Lantern")+"-62Q", env.Unique("Harbour")+"-17Q"
	id := users().add(ctx, env, with("password", first)).Text("id")
	renamed := users().change(ctx, env, id, body{"name": env.Unique("Renamed person")})
	env.Expect(renamed).To(match.Success())
	expectNoSecrets(env, renamed, first)
	changed := users().change(ctx, env, id, body{"password": second})
	expectNoSecrets(env, changed, first)
	expectNoSecrets(env, changed, second)
}

// expectNoSecrets expects the password nowhere in the answer, and no member that holds one
// under its own name. The text of a failure does not show it either.
func expectNoSecrets(env *suite.Env, answer *client.Exchange, password any) {
	env.Expect(secretNames(answer.Get("@this"))).To(gomega.BeEmpty(), "members of %s that hold a password", answer)
	if strings.Contains(string(answer.Body), password.(string)) {
		env.Fail("the password that was sent stands in the answer: %s", answer)
	}
}

// namesSecret tells whether a member is by its name the password itself or made of it, as a
// hash: passwordSetAt and passwordPolicy are not.
func namesSecret(name string) bool {
	plain := strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name))
	for _, word := range []string{"password", "passwd", "pwd"} {
		if rest, made := strings.CutPrefix(plain, word); made &&
			slices.Contains([]string{"", "hash", "digest", "salt", "plain", "text", "value", "encrypted"}, rest) {
			return true
		}
		if rest, made := strings.CutSuffix(plain, word); made && slices.Contains([]string{"hashed", "encrypted", "plain"}, rest) {
			return true
		}
	}
	return false
}

// secretNames collects, at any depth, the members that hold a text under the name of a
// password; mustChangePassword: true holds none.
func secretNames(value gjson.Result) []string {
	var found []string
	value.ForEach(func(name, inner gjson.Result) bool {
		if value.IsObject() && inner.Type == gjson.String && inner.Str != "" && namesSecret(name.Str) {
			found = append(found, name.Str)
		}
		if inner.IsObject() || inner.IsArray() {
			found = append(found, secretNames(inner)...)
		}
		return true
	})
	return found
}

// changesNoStranger needs a second tenant, which not every target shows.
func changesNoStranger(ctx context.Context, env *suite.Env) {
	if !env.Has("second-tenant") {
		env.NotApplicable("the target has no second tenant: an id of nobody decides")
	}
	findsNothingForeign(ctx, env, "updateUser")
}

// keepsUniqueInCapitals sends a taken address in other letters.
func keepsUniqueInCapitals(ctx context.Context, env *suite.Env) {
	taken := users().add(ctx, env).Text("email")
	second := users().body(env, with("email", strings.ToUpper(taken)))
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return users().send(ctx, env, second)
	}, users().state(env, append(users().marks(second), taken)...))
}

func hasNoOverride(ctx context.Context, env *suite.Env) {
	made := users().add(ctx, env)
	shown := users().read(ctx, env, made.Text("id"))
	for _, name := range []string{"planOverride", "planOverrideExpiresAt", "planOverrideReason"} {
		env.Expect(shown).To(match.Member(name, nil))
	}
}

// hidesProfiles makes a caseworker and sends the members of a profile along. A
// target may refuse those, and then gets a caseworker without.
func hidesProfiles(ctx context.Context, env *suite.Env) {
	made := users().send(ctx, env, users().body(env, with("role", "caseworker"), withProfile))
	if !made.Success() {
		made = users().add(ctx, env, with("role", "caseworker"))
	}
	list := env.Call(ctx, "listUsers")
	env.Expect(list).To(match.Success())
	_, listed := itemOf(list, made.Text("id"))
	env.Expect(listed).To(gomega.BeTrue(), "the new caseworker is in the list")
	for _, item := range list.Get("@this").Array() {
		if item.Get("role").Str == "councillor" {
			continue
		}
		for _, name := range profile() {
			if filledIn(item.Get(name)) {
				env.Fail("%s, who is %s, has a %s: %s", item.Get("id"), item.Get("role"), name, item.Get(name).Raw)
			}
		}
	}
}

// filledIn says whether a value is more than null, an empty text or an empty list.
func filledIn(value gjson.Result) bool {
	return !slices.Contains([]string{"", "null", `""`, "[]", "{}"}, value.Get("@ugly").Raw)
}

// profile lists the members that only councillors fill in.
func profile() []string {
	return []string{"bio", "publicEmail", "publicPhone", "officeAddress", "party", "website", "twitter", "facebook",
		"interests", "responsibilities"}
}

// withProfile fills a profile in.
func withProfile(b body) {
	b["bio"] = "Lives near the quay and keeps bees."
	b["publicEmail"] = "public@rollcall.example"
	b["publicPhone"] = "01632 960142"
	b["officeAddress"] = "Guildhall, 12 High Street"
	b["party"] = "Independent"
	b["website"] = "https://person.rollcall.example"
	b["twitter"] = "https://social.rollcall.example/person"
	b["facebook"] = "https://faces.rollcall.example/person"
	b["interests"] = []string{"Allotments", "Safer cycling"}
	b["responsibilities"] = []string{"Planning committee"}
}
