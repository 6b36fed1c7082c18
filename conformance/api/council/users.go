package council

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"maps"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func userCases() []suite.Case {
	u := users()
	sent := []string{"name", "email", "role"}
	return slices.Concat(userRuleCases(), u.uniqueCases("COU-USER-07", "COU-USER-21", "the address of %s"), []suite.Case{
		{Requirement: "COU-USER-01", Title: "new users are in the list", Check: u.listsAll},
		{Requirement: "COU-USER-01", Title: "new users are listed as they were created", Check: u.listsAsMade},
		{Requirement: "COU-USER-02", Title: "users made out of order are listed in order", Check: u.listsByName},
		{Requirement: "COU-USER-02", Title: "a renamed user moves to the new place", Check: u.movesByName},
		{Requirement: "COU-USER-03", Title: "listed users have every member", Check: u.hasMembers},
		{Requirement: "COU-USER-04", Title: "the list keeps all secrets", Check: listKeepsSecrets},
		{Requirement: "COU-USER-04", Title: "a creation keeps all secrets", Check: creationKeepsSecrets},
		{Requirement: "COU-USER-04", Title: "an update keeps all secrets", Check: updateKeepsSecrets},
		{Requirement: "COU-USER-04", Title: "the refusal of a creation keeps all secrets", Check: refusedCreationKeepsSecrets},
		{Requirement: "COU-USER-04", Title: "the refusal of an update keeps all secrets", Check: refusedUpdateKeepsSecrets},

		{Requirement: "COU-USER-05", Title: "a valid councillor is answered with an id and is there", Check: u.isCreated},
		{Requirement: "COU-USER-05", Title: "an address that nobody has any longer is free", Check: u.freesValue},
		{Requirement: "COU-USER-06", Title: "what is sent of a councillor is repeated", Check: u.echoes(sent)},
		{Requirement: "COU-USER-06", Title: "what is sent of a caseworker is repeated",
			Check: u.echoes(sent, kit.Body{"role": "caseworker"})},
		{Requirement: "COU-USER-06", Title: "what is sent of an admin is repeated, if there may be one", Check: echoesAdmin},
		{Requirement: "COU-USER-06", Title: "odd texts are repeated", Check: u.echoesLetters},
		{Requirement: "COU-USER-06", Title: "an address with a tag is repeated", Check: u.echoesWhereTaken(sent, spoilt(tagged))},
		{Requirement: "COU-USER-11", Title: "a user without a name is refused", Check: u.Refuses(kit.Without("name"))},
		{Requirement: "COU-USER-11", Title: "a user without an address is refused", Check: u.Refuses(kit.Without("email"))},
		{Requirement: "COU-USER-12", Title: "an address without an at sign is refused", Check: u.Refuses(spoilt(atWritten))},
		{Requirement: "COU-USER-12", Title: "an address of a host alone is refused", Check: u.Refuses(spoilt(hostAlone))},
		{Requirement: "COU-USER-12", Title: "an address without a host is refused", Check: u.Refuses(spoilt(withoutHost))},
		{Requirement: "COU-USER-13", Title: "an emperor is refused", Check: u.Refuses(kit.Body{"role": "emperor"})},
		{Requirement: "COU-USER-14", Title: "a taken address in capital letters is refused", Check: keepsUniqueInCapitals},

		{Requirement: "COU-USER-16", Title: "a new name is answered", Check: u.answersChange("name")},
		{Requirement: "COU-USER-16", Title: "odd texts are answered", Check: u.answersLetters},
		{Requirement: "COU-USER-16", Title: "all that is taken alone is taken at once", Check: u.changesTogether},
		{Requirement: "COU-USER-17", Title: "an update of an unknown id is not found", Check: u.changesNone},
		{Requirement: "COU-USER-17", Title: "an update of a user of another tenant is not found", Check: changesNoStranger},
		{Requirement: "COU-USER-19", Title: "only what is sent changes", Check: u.changesOnly},
		{Requirement: "COU-USER-19", Title: "who is changed says the path alone", Check: u.changesWhoIsInThePath},
		{Requirement: "COU-USER-20", Title: "each new value is listed", Check: u.showsChange},
		{Requirement: "COU-USER-26", Title: "a new address and a new role are answered and listed", Check: u.showsMoves},
		{Requirement: "COU-USER-27", Title: "the own address is taken", Check: u.takesOwn},
		{Requirement: "COU-USER-22", Title: "a disabled user is listed as disabled", Check: u.staysReadable},
		{Requirement: "COU-USER-24", Title: "users who are no councillors have no profile", Check: hidesProfiles},
		{Requirement: "COU-USER-25", Title: "a new user has no override", Check: hasNoOverride},
	})
}

// echoesAdmin expects that who is made an admin is one. That the caller makes no admins is the target's right.
func echoesAdmin(ctx context.Context, env *suite.Env) {
	sent := kit.With(users().Body(env), kit.Body{"role": "admin"})
	made := users().Send(ctx, env, sent)
	if !made.Success() {
		env.NotApplicable("the target makes no admin: %s", made)
	}
	users().repeats(ctx, env, made, sent, []string{"name", "email", "role"})
}

// spoilt changes the email address, which stays one of its own.
func spoilt(change func(address string) string) kit.Body {
	return kit.Body{"email": func(was any) any { return change(was.(string)) }}
}

// tagged is an address as people write it to tell where a message comes from.
func tagged(address string) string { return strings.Replace(address, "@", "+ward@", 1) }

func atWritten(address string) string { return strings.Replace(address, "@", " at ", 1) }

// withoutHost ends the address with the at sign.
func withoutHost(address string) string { return address[:strings.Index(address, "@")+1] }

// hostAlone leaves nothing before the at sign. The host is still one of its own.
func hostAlone(address string) string { return "@" + strings.Replace(address, "@", ".", 1) }

func listKeepsSecrets(ctx context.Context, env *suite.Env) {
	sent := users().Body(env)
	made := users().Made(ctx, env, sent)
	list := env.Call(ctx, "listUsers")
	env.Expect(list).To(match.Success())
	env.Expect(list.Texts("#.id")).To(gomega.ContainElement(made.Text("id")))
	expectNoSecrets(env, list, sent["password"])
}

// creationKeepsSecrets looks at the success and at the refusal of a second user
// with the same address.
func creationKeepsSecrets(ctx context.Context, env *suite.Env) {
	sent := users().Body(env)
	made := users().Send(ctx, env, sent)
	env.Expect(made).To(match.Success())
	expectNoSecrets(env, made, sent["password"])
	expectNoSecrets(env, users().Send(ctx, env, sent), sent["password"])
	if env.Has("second-tenant") {
		other := env.As("second-tenant")
		foreign := users().Body(other)
		expectNoSecrets(env, users().Send(ctx, other, foreign), foreign["password"])
		expectNoSecrets(env, other.Call(ctx, "listUsers"), foreign["password"])
	}
}

// updateKeepsSecrets also sends a new password. Whether an update may is left
// open, so that a refusal will do.
func updateKeepsSecrets(ctx context.Context, env *suite.Env) {
	first, second := password(env), password(env)
	id := users().Made(ctx, env, kit.Body{"password": first}).Text("id")
	renamed := users().Change(ctx, env, id, kit.Body{"name": env.Unique("Beth Trenance")})
	env.Expect(renamed).To(match.Success())
	expectNoSecrets(env, renamed, first)
	for _, change := range []kit.Body{{"password": second}, {"enabled": false}} {
		changed := users().Change(ctx, env, id, change)
		expectNoSecrets(env, changed, first)
		expectNoSecrets(env, changed, second)
	}
	list := env.Call(ctx, "listUsers")
	expectNoSecrets(env, list, first)
	expectNoSecrets(env, list, second)
}

// offences are changes for which a user may be refused, whatever a target makes of them.
func offences(env *suite.Env) []kit.Body {
	return []kit.Body{kit.Without("name"), {"name": ""}, kit.Without("email"), {"email": "nobody"}, kit.Without("role"),
		{"role": "emperor"}, {"enabled": "yes"}, {"password": word(env)[:7]}, {"password": word(env)}}
}

// refusedCreationKeepsSecrets looks at refusals of all sorts. Whether something is refused is for other cases.
func refusedCreationKeepsSecrets(ctx context.Context, env *suite.Env) {
	for _, offence := range offences(env) {
		sent := kit.With(users().Body(env), offence)
		expectNoSecrets(env, users().Send(ctx, env, sent), sent["password"])
	}
	for _, persona := range []string{"low-rights", "no-scope", "low-plan"} {
		if env.Has(persona) {
			sent := kit.With(users().Body(env), kit.Body{"role": "caseworker"})
			expectNoSecrets(env, users().Send(ctx, env.As(persona), sent), sent["password"])
		}
	}
	sent := users().Body(env)
	expectNoSecrets(env, call(ctx, env, "createUser", client.JSON(sent), client.NoCredential()), sent["password"])
}

func refusedUpdateKeepsSecrets(ctx context.Context, env *suite.Env) {
	taken := users().Made(ctx, env).Text("email")
	for _, offence := range append(offences(env), kit.Body{"email": taken}) {
		sent := kit.With(kit.Body{"password": password(env)}, offence)
		expectNoSecrets(env, users().Change(ctx, env, users().Made(ctx, env).Text("id"), sent), sent["password"])
	}
	id := users().Made(ctx, env).Text("id")
	sent := kit.Body{"password": password(env)}
	expectNoSecrets(env, users().Change(ctx, env, env.UnknownID(id), sent), sent["password"])
	if env.Has("low-rights") {
		expectNoSecrets(env, users().Change(ctx, env.As("low-rights"), id, sent), sent["password"])
	}
}

// expectNoSecrets expects the password nowhere in the answer, and no member that holds one
// under its own name; a refusal may say under it what is wrong. The text of a failure does not
// show it either.
func expectNoSecrets(env *suite.Env, answer *client.Exchange, password any) {
	if answer.Success() {
		env.Expect(secretNames(answer.Get("@this"))).To(gomega.BeEmpty(), "members of %s that hold a password", answer)
	}
	told := []string{string(answer.Body)}
	for _, values := range kit.InOrder(answer.Header) {
		told = append(told, values...)
	}
	for _, spelt := range spellings(password.(string)) {
		if slices.ContainsFunc(told, func(text string) bool { return strings.Contains(text, spelt) }) {
			env.Fail("the password that was sent stands in the answer: %s", answer)
		}
	}
}

// spellings are a text as it is, as anybody reads it back without a key, or finds it by trying; and the better part of it.
func spellings(secret string) []string {
	bytes := []byte(secret)
	all := []string{secret, base64.RawStdEncoding.EncodeToString(bytes), base64.RawURLEncoding.EncodeToString(bytes),
		hex.EncodeToString(bytes)}
	for _, by := range []hash.Hash{md5.New(), sha1.New(), sha256.New(), sha512.New()} {
		sum := sum(by, bytes)
		all = append(all, hex.EncodeToString(sum), base64.RawStdEncoding.EncodeToString(sum))
	}
	if most := len(secret) * 2 / 3; most >= 8 { // what is left is guessed in no time
		all = append(all, secret[:most], secret[len(secret)-most:])
	}
	return all
}

func sum(h hash.Hash, of []byte) []byte {
	h.Write(of)
	return h.Sum(nil)
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
		before := []string{"hashed", "encrypted", "plain", "temporary", "temp", "initial", "generated", "onetime"}
		if rest, made := strings.CutSuffix(plain, word); made && slices.Contains(before, rest) {
			return true
		}
	}
	return false
}

// secretNames collects, at any depth, the members that hold a text under the name of a
// password, or what is made of one to be stored; mustChangePassword: true holds none.
func secretNames(value gjson.Result) (found []string) {
	kit.Walk(value, func(_, name string, inner gjson.Result) {
		if inner.Type == gjson.String && inner.Str != "" && (namesSecret(name) || kit.StoredPassword(inner.Str)) {
			found = append(found, name)
		}
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
	taken := users().Made(ctx, env).Text("email")
	second := kit.With(users().Body(env), kit.Body{"email": strings.ToUpper(taken)})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return users().Send(ctx, env, second)
	}, users().Traces(env, second, taken)...)
}

func hasNoOverride(ctx context.Context, env *suite.Env) {
	made := users().Made(ctx, env)
	shown := users().read(ctx, env, made.Text("id"))
	for _, name := range []string{"planOverride", "planOverrideExpiresAt", "planOverrideReason"} {
		env.Expect(shown).To(match.Member(name, nil))
	}
}

// hidesProfiles makes a caseworker and sends the members of a profile along. A
// target may refuse those, and then gets a caseworker without. Neither list nor answers show a profile.
func hidesProfiles(ctx context.Context, env *suite.Env) {
	made := users().Send(ctx, env, kit.With(users().Body(env), kit.Body{"role": "caseworker"}, profile()))
	if !made.Success() {
		made = users().Made(ctx, env, kit.Body{"role": "caseworker"})
	}
	list := env.Call(ctx, "listUsers")
	env.Expect(list).To(match.Success())
	env.Expect(list).To(users().Items.Has(made.Text("id")), "the new caseworker is in the list")
	renamed := users().Change(ctx, env, made.Text("id"), kit.Body{"name": env.Unique("Beth Trenance")})
	for _, item := range append(list.Get("@this").Array(), made.Get("@this"), renamed.Get("@this")) {
		if item.Get("role").Str == "councillor" {
			continue
		}
		members := item.Map()
		for _, name := range slices.Sorted(maps.Keys(members)) {
			value := members[name]
			if _, of := profile()[name]; (of || isSocial(name)) && filledIn(value) {
				env.Fail("%s, who is %s, has a %s: %s", item.Get("id"), item.Get("role"), name, value.Raw)
			}
		}
	}
}

// isSocial tells whether a member is by its name the address of somebody's page: the document gives no names for those.
func isSocial(name string) bool {
	plain := strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name))
	rest := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(plain, "url"), "link"), "profile")
	return slices.Contains([]string{"twitter", "facebook", "instagram", "linkedin", "tiktok", "youtube", "bluesky", "mastodon",
		"threads", "website", "social"}, rest)
}

// filledIn says whether a value is more than null, an empty text or an empty list.
func filledIn(value gjson.Result) bool {
	return !slices.Contains([]string{"", "null", `""`, "[]", "{}"}, value.Get("@ugly").Raw)
}

// profile fills in the members that only councillors fill in.
func profile() kit.Body {
	return kit.Body{
		"bio": "Lives near the quay and keeps bees.", "publicEmail": "public@rollcall.example", "publicPhone": "01632 960142",
		"officeAddress": "Guildhall, 12 High Street", "party": "Independent", "website": "https://person.rollcall.example",
		"twitter": "https://social.rollcall.example/person", "facebook": "https://faces.rollcall.example/person",
		"interests": []string{"Allotments", "Safer cycling"}, "responsibilities": []string{"Planning committee"},
	}
}
