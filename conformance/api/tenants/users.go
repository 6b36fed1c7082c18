package tenants

import (
	"context"
	"maps"
	"strconv"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// unusedID is an id that no user has: the largest there can be.
const unusedID = "2147483647"

// home names the tenant of the default caller.
func home(env *suite.Env) client.Option {
	return client.Path("tenantName", env.Given("tenantName"))
}

// abroad gives the caller of another tenant, and names that tenant.
func abroad(env *suite.Env) (*suite.Env, client.Option) {
	other := env.As("second-tenant")
	return other, client.Path("tenantName", other.Info("tenantName"))
}

// person is a valid body with every member that can be sent. References are sent
// as far as the target gives something to refer to.
func person(env *suite.Env) map[string]any {
	body := loner(env)
	for _, member := range references() {
		if env.Has("given:" + member) {
			body[member] = givenNumber(env, member)
		}
	}
	if env.Has("given:authenticationType") {
		body["authenticationType"] = env.Given("authenticationType")
	}
	return body
}

// loner is a valid body without anything that must exist at the target.
func loner(env *suite.Env) map[string]any {
	unique := env.Unique("rollcall")
	return map[string]any{
		"firstName": "Siân", "lastName": "Whitfield", "phone": "01632 960417", "referenceNumber": env.Unique("LRN"),
		"jobActiveSync": true, "email": unique + "@example.com", "username": env.Unique("user"), "status": "FullUser",
		"dateOfBirth": "2004-03-17", "caseOwnerFirstName": "Graham", "caseOwnerLastName": "Ellis", "postCode": "LS6 3HN",
		"address1": "14 Cardigan Road", "address2": "Headingley", "townCity": "Leeds", "countyState": "West Yorkshire",
		"programmeStartDate": "2024-09-09", "managerFirstName": "Priya", "managerLastName": "Chaudhry",
		"managerEmail": "priya.chaudhry@example.co.uk", "managerPhone": "0113 496 0182", "IAEnglish": "Level 2", "IAMath": "Level 1",
		"IAICT": "Entry 3", "diagEnglish": "Level 1", "diagMath": "Entry 3", "diagIct": "Level 2", "title": "Ms",
		"preferredName": "Shan", "personalEmail": unique + ".home@example.org", "gender": "Female", "plannedHours": 520, "weeklyHours": 30,
	}
}

// changed is a copy of a body with one member replaced.
func changed(body map[string]any, member string, value any) map[string]any {
	out := maps.Clone(body)
	out[member] = value
	return out
}

// without is a copy of a body without one member.
func without(body map[string]any, member string) map[string]any {
	out := maps.Clone(body)
	delete(out, member)
	return out
}

// givenNumber is an id that the target gives.
func givenNumber(env *suite.Env, name string) int {
	id, err := strconv.Atoi(env.Given(name))
	if err != nil {
		env.Undetermined("given:%s is %q, and ids are whole numbers", name, env.Given(name))
	}
	return id
}

// makeUser creates a full user of the case's own.
func makeUser(ctx context.Context, env *suite.Env) *client.Exchange {
	return makeOf(ctx, env, person(env))
}

// makeOf creates a user of a body at home.
func makeOf(ctx context.Context, env *suite.Env, body map[string]any) *client.Exchange {
	return makeAt(ctx, env, home(env), body)
}

// makeForeign creates a user of the other tenant.
func makeForeign(ctx context.Context, env *suite.Env) *client.Exchange {
	other, there := abroad(env)
	return makeAt(ctx, other, there, loner(env))
}

func makeAt(ctx context.Context, env *suite.Env, place client.Option, body map[string]any) *client.Exchange {
	user := env.Must(ctx, "createUser", place, client.JSON(body))
	takeBack(env, place, user)
	return user
}

// takeBack has a user deactivated after the case.
func takeBack(env *suite.Env, place client.Option, user *client.Exchange) {
	if id := user.Text("id"); user.Success() && id != "" {
		env.TrackCall("deactivateUser", place, client.Path("userId", id))
	}
}

// create sends a body, whatever comes of it.
func create(ctx context.Context, env *suite.Env, body map[string]any, more ...client.Option) *client.Exchange {
	user := env.Call(ctx, "createUser", append([]client.Option{home(env), client.JSON(body)}, more...)...)
	takeBack(env, home(env), user)
	return user
}

// update sends a body for a user.
func update(ctx context.Context, env *suite.Env, id string, body map[string]any, more ...client.Option) *client.Exchange {
	return env.Call(ctx, "updateUser", append([]client.Option{home(env), client.Path("userId", id), client.JSON(body)}, more...)...)
}

// replace is an update that has to succeed for the case to go on. Most of the body
// is what the target answered.
func replace(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any) *client.Exchange {
	return env.Must(ctx, "updateUser", home(env), client.Path("userId", user.Text("id")), client.JSON(body), client.Echo())
}

func deactivate(ctx context.Context, env *suite.Env, id string, more ...client.Option) *client.Exchange {
	return env.Call(ctx, "deactivateUser", append([]client.Option{home(env), client.Path("userId", id)}, more...)...)
}

// search looks for a user at home by the criteria.
func search(ctx context.Context, env *suite.Env, criteria ...client.Option) *client.Exchange {
	return env.Call(ctx, "searchUser", append([]client.Option{home(env)}, criteria...)...)
}

// found is a search by id that has to succeed for the case to go on.
func found(ctx context.Context, env *suite.Env, id string) *client.Exchange {
	return env.Must(ctx, "searchUser", home(env), client.Query("userId", id))
}

// reading reads the user that a criterion finds, or that there is none.
func reading(env *suite.Env, criterion, value string) suite.Read {
	return env.Reading("searchUser", home(env), client.Query(criterion, value))
}

// readingOf reads the user whom a body's email or reference number would find.
func readingOf(env *suite.Env, body map[string]any) []suite.Read {
	var reads []suite.Read
	if email, ok := body["email"].(string); ok {
		reads = append(reads, reading(env, "email", email))
	}
	if number, ok := body["referenceNumber"].(string); ok {
		reads = append(reads, reading(env, "refNum", number))
	}
	return reads
}

// sent is a user as it was answered, in the shape in which it is sent back.
func sent(user *client.Exchange) map[string]any {
	body := map[string]any{}
	for _, member := range writable() {
		if value := user.Get(member); value.Exists() {
			body[member] = value.Value()
		}
	}
	return body
}
