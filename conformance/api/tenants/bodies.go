package tenants

import (
	"context"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// person is the least that an ordinary product asks of a user, in values that none
// refuses, and what the target's file gives. Members whose values no document states
// (a status, a date, a level …) are sent by the cases about them only.
func person(env *suite.Env) map[string]any { return numberedPerson(env, reference(env)) }

// numberedPerson is a person of a reference number.
func numberedPerson(env *suite.Env, number string) map[string]any {
	body := numberedLoner(env, number)
	for _, member := range writable() {
		if slices.Contains(ownChoice(), member) || !env.Has("given:"+member) {
			continue
		}
		body[member] = given(env, member)
	}
	return body
}

// given is what the target's file gives for a member, in the type of the member.
func given(env *suite.Env, member string) any {
	if slices.Contains(numbers(), member) {
		return kit.GivenNumber(env, member)
	}
	return env.Given(member)
}

// ownChoice lists the members that the suite chooses whatever is given: those that tell
// users apart, and those that follow from others.
func ownChoice() []string {
	return append(computed(), "firstName", "lastName", "email", "username", "referenceNumber", "jobActiveSync")
}

// loner is a person without anything that must exist at the target.
func loner(env *suite.Env) map[string]any { return numberedLoner(env, reference(env)) }

func numberedLoner(env *suite.Env, number string) map[string]any {
	email := address(env)
	first, last := fullName(env)
	return map[string]any{
		"firstName": first, "lastName": last, "preferredName": "Shan", "phone": telephone(env),
		"email": email, "username": email, "referenceNumber": number,
	}
}

// stranger is a person of the caller's tenant, which is not that of the file: what must exist
// there, such as a group, the info of the persona gives.
func stranger(env *suite.Env) map[string]any {
	body := loner(env)
	if env.Has("info:emailDomain") {
		body["email"] = env.Unique("rollcall") + "@" + env.Info("emailDomain")
		body["username"] = body["email"]
	}
	for _, member := range writable() {
		switch {
		case slices.Contains(ownChoice(), member) || !env.Has("info:"+member):
		case slices.Contains(numbers(), member):
			body[member] = kit.WholeNumber(env, "info:"+member, env.Info(member))
		default:
			body[member] = env.Info(member)
		}
	}
	for _, member := range writable() { // what is given of no record does in any tenant
		if _, set := body[member]; !slices.Contains(slices.Concat(ownChoice(), references()), member) &&
			env.Has("given:"+member) &&
			(!set || !env.Has("info:"+member)) {
			body[member] = given(env, member)
		}
	}
	return body
}

// address is an email address that nobody has.
func address(env *suite.Env) string { return env.Unique("rollcall") + "@" + domain(env) }

// domain is that of new users' addresses, for a tenant may take no other.
func domain(env *suite.Env) string {
	if env.Has("given:emailDomain") {
		return env.Given("emailDomain")
	}
	return "example.com"
}

// reference is a reference number that nobody has, in capitals alone: whether a product takes
// marks in it, or tells letters by their case, is not said. Where the target gives one, it is in
// the form of that, and in capitals where it keeps it so.
func reference(env *suite.Env) string {
	if env.Has("given:referenceNumber") {
		number := likeGiven(env)
		if number != strings.ToUpper(number) && keptInCapitals(env) {
			return strings.ToUpper(number)
		}
		return number
	}
	return strings.ToUpper(strings.ReplaceAll(env.Unique("LRN"), "-", ""))
}

func likeGiven(env *suite.Env) string { return like(env, env.Given("referenceNumber"), 8) }

// keptInCapitals says whether the target keeps a reference number in capitals that was sent in small
// letters, tried once in a run.
func keptInCapitals(env *suite.Env) bool {
	answer := env.Beside(env.Context(), "createUser with a reference number in small letters",
		func(ctx context.Context, env *suite.Env) (user *client.Exchange) {
			for _, f := range forms() {
				body := numberedPerson(env, likeGiven(env))
				if user = createRaw(ctx, env, client.JSON(f.of(env, body))); user.Success() {
					break
				}
			}
			return user
		})
	if answer == nil || !answer.Success() {
		return false
	}
	number := wrote(answer, "referenceNumber")
	return answer.Text("referenceNumber") == strings.ToUpper(number)
}

// like is a text with other letters and digits for its last ones, as many as are said.
func like(env *suite.Env, text string, last int) string {
	chance, out := drawn(env), []byte(text)
	for i := len(out) - 1; i >= 0 && last > 0; i-- {
		for _, of := range []string{"0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"} {
			if strings.IndexByte(of, out[i]) >= 0 {
				out[i], last = of[chance.IntN(len(of))], last-1
				break
			}
		}
	}
	return string(out)
}

// fullName is a first and a last name that nobody else is likely to have: some products take two
// people of one name for one.
func fullName(env *suite.Env) (first, last string) {
	chance := drawn(env)
	one := func(words string) string {
		all := strings.Fields(words)
		return all[chance.IntN(len(all))]
	}
	first = one(
		"Sian Owen Priya Callum Aisha Rhys Megan Tariq Isla Gareth Nadia Fergus Bethan Imran Orla Craig Leila Ewan Zara Huw",
	) + one("ann bel dee fay jay jo kay lee lou lyn mae may nia pia ray roy sue van win wyn")
	last = one("Ash Brad Carl Dun East Fair Green Hart King Lang Marsh North Oak Pem Rad Shel Thorn Wake Whit York") +
		one("en er ing ber le an in ar ley low den mer") +
		one("field ford ton ham wood by worth well brook bourne dale gate land more shaw stone wick croft cliffe combe") +
		one("all by cote ette ing ish man ser ter wright")
	return first, last
}

// drawn is a source of chance of the case's own.
func drawn(env *suite.Env) *rand.Rand {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(env.Unique("draw"))) // never fails
	return rand.New(rand.NewPCG(hash.Sum64(), 0))
}

// contested are members of which no document says which values they take, in groups
// that stand and fall together.
func contested(env *suite.Env) []map[string]any {
	return []map[string]any{
		{
			"address1": "14 Cardigan Road", "address2": "Headingley", "townCity": "Leeds",
			"countyState": "West Yorkshire", "postCode": "LS6 3HN",
		},
		{"plannedHours": 520, "weeklyHours": 30},
		{"title": "Ms"},
		{"jobActiveSync": true},
		{"gender": "Female"},
		{"status": "FullUser"},
		{"dateOfBirth": "2004-03-17"},
		{"programmeStartDate": "2024-09-09"},
		{"personalEmail": env.Unique("home") + "@example.org"},
		{
			"IAEnglish": "Level 2", "IAMath": "Level 1", "IAICT": "Entry 3",
			"diagEnglish": "Level 1", "diagMath": "Entry 3", "diagIct": "Level 2",
		},
		{"caseOwnerFirstName": "Graham", "caseOwnerLastName": "Ellis"},
		{
			"managerFirstName": "Priya", "managerLastName": "Chaudhry",
			"managerEmail": "priya.chaudhry@example.org", "managerPhone": "01134960182",
		},
	}
}

// others are second values of what is contested, for an update to change.
func others(env *suite.Env) []map[string]any {
	return []map[string]any{
		{
			"address1": "7 Otley Road", "address2": "Far Headingley", "townCity": "Ilkley",
			"countyState": "North Yorkshire", "postCode": "LS16 5JU",
		},
		{"plannedHours": 480, "weeklyHours": 24},
		{"title": "Mrs"},
		{"jobActiveSync": false}, {"jobActiveSync": true},
		{"gender": "Male"},
		{"personalEmail": env.Unique("home") + "@example.net"},
		{
			"IAEnglish": "Level 1", "IAMath": "Level 2", "IAICT": "Level 1",
			"diagEnglish": "Level 2", "diagMath": "Level 1", "diagIct": "Entry 3",
		},
	}
}

// makeRich creates a user with as many members as the target takes: all, or, where that
// is refused, each group that it takes by itself. It returns what was sent as well.
func makeRich(ctx context.Context, env *suite.Env) (*client.Exchange, map[string]any) {
	groups := contested(env)
	all := kit.Fill(person(env), groups...)
	if user := create(ctx, env, all); !kit.Invalid(user) {
		return kit.Needed(env, user), all
	}
	var taken []map[string]any
	again := contested(env) // values of its own for each user
	for i, group := range groups {
		if create(ctx, env, kit.Fill(person(env), group)).Success() {
			taken = append(taken, again[i])
		}
	}
	body := kit.Fill(person(env), taken...)
	return makeOf(ctx, env, body), body
}

// renamed is a user sent back with another name.
func renamed(user *client.Exchange) map[string]any {
	return kit.With(sent(user), kit.Body{"lastName": "Pemberton"})
}

// sent is a user in the shape in which it is sent back: all that is set of it, as it was
// answered, whether members that are not set are null or left out.
func sent(user *client.Exchange) map[string]any {
	body := map[string]any{}
	for _, member := range writable() {
		if value := user.Get(member).Value(); value != nil {
			body[member] = value
		}
	}
	return body
}
