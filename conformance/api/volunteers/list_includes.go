package volunteers

import (
	"context"
	"net/http"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// includes lists the documented values of include.
func includes() []string {
	return []string{
		"roles", "logins", "tasks", "recognitions", "favourites", "permissions", "permissionsDenied", "hasResponsibilities",
		"skills", "interests", "languages", "addresses", "phoneNumbers", "emergencyContacts", "emailAddresses", "attributes",
		"supervisors", "recruitmentApplications", "parentalConsent", "barcodes", "files",
	}
}

func includeListCases() []suite.Case {
	var cases []suite.Case
	for _, value := range includes() {
		cases = append(cases, suite.Case{Requirement: "VOL-LST-38", Title: "include takes " + value,
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				expectUsers(env, among(ctx, env, group(user), client.Query("include", value)), user)
			}})
	}
	// no list: VOL-CRT-20
	for _, value := range slices.DeleteFunc(includes(), func(value string) bool { return value == "attributes" }) {
		cases = append(cases, suite.Case{Requirement: "VOL-LST-40", Title: "include=" + value + " adds that member",
			Check: includeAdds(value)})
	}
	return append(cases,
		suite.Case{Requirement: "VOL-LST-39", Title: "include takes several values",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				list := among(ctx, env, group(user), client.Query("include", "roles,emailAddresses"))
				expectUsers(env, list, user)
				both := kit.ValueCheck(kit.Object(kit.Shape{"roles": isCollection(1), "emailAddresses": isCollection(2)}))
				for _, value := range []string{"roles", "emailAddresses"} {
					alone := among(ctx, env, group(user), client.Query("include", value))
					if !env.Strict() && !alone.Get("data.0."+value).Exists() {
						return // that each adds its member is only inferred
					}
				}
				kit.ExpectShape(env, list, "data", kit.Array(1, both))
				users := group(user, makeUser(ctx, env))
				paged := listAll(ctx, env, "listUsers", client.Query("ids", comma(kit.Any(idsOf(users...))...)),
					client.Query("include", "roles,emailAddresses"), client.Query("limit", 1))
				if paged.Success() { // how long a page may be, the page does not say
					expectUsers(env, paged, users...)
					kit.ExpectShape(env, paged, "data", kit.Array(2, both))
				}
			}},
		suite.Case{Requirement: "VOL-LST-40", Title: "include shows the records of a user", Check: includedRecords},
		suite.Case{Requirement: "VOL-LST-41", Title: "an unknown include breaks nothing",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				list := among(ctx, env, group(user), client.Query("include", "emailAddresses,nonsense"))
				if list.Success() {
					expectUsers(env, list, user)
				}
			}},
	)
}

// includeAdds expects the member with the include and, so that it is the include
// that adds it, not without. An accepting reading holds to the four kinds of
// record that any user can have.
func includeAdds(value string) func(ctx context.Context, env *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		list := among(ctx, env, group(user), client.Query("include", value))
		expectUsers(env, list, user)
		sure := []string{"emailAddresses", "roles", "phoneNumbers", "supervisors"}
		if !env.Strict() && !slices.Contains(sure, value) && !list.Get("data.0."+value).Exists() {
			env.NotApplicable("the target adds nothing for %s, which the document does not describe further", value)
		}
		added := kit.ValueCheck(isCollection(0))
		switch {
		case value == "hasResponsibilities", value == "parentalConsent": // their names are those of a yes, a no or nothing, too
			added = func(gjson.Result, bool) string { return "" }
		case !slices.Contains(sure, value):
			added = isSomething // what of, the document does not say
		}
		kit.ExpectShape(env, list, "data", kit.Array(1, kit.Object(kit.Shape{value: added})))
	}
}

// includedRecords makes records of each kind and looks for them in the user.
func includedRecords(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	id := user.Text("id")
	for _, one := range []struct {
		value string
		kind  resource
	}{
		{"emailAddresses", emails()}, {"roles", roles()}, {"phoneNumbers", phones()}, {"supervisors", supervisors()},
	} {
		made := one.kind.add(ctx, env, id)
		list := among(ctx, env, group(user), client.Query("include", one.value))
		path := "data.0." + one.value
		if list.Get(path).IsObject() {
			path += ".data"
		}
		env.Expect(list).To(kit.Texts(path+".#.id", gomega.ContainElement(made)))
	}
}

// isSomething is an array or an object, of whatever.
func isSomething(value gjson.Result, _ bool) string {
	return kit.Unless(value.IsArray() || value.IsObject(), "neither an array nor an object", value)
}

// isCollection is an array of at least that many items, or an object with one
// under data.
func isCollection(least int) kit.ValueCheck {
	anything := kit.Object(kit.Shape{})
	return func(value gjson.Result, strict bool) string {
		if value.IsObject() {
			value = value.Get("data")
		}
		return kit.Array(least, anything)(value, strict)
	}
}

// savedCases are about stored shapes and lists, and about who sees whom.
func savedCases() []suite.Case {
	var cases []suite.Case
	for _, row := range []struct{ requirement, parameter, given string }{
		{"VOL-LST-42", "geojson_id", "geojsonId"},
		{"VOL-LST-43", "teamlist", "teamlistId"},
		{"VOL-LST-43", "userlist", "userlistId"},
	} {
		cases = append(cases, suite.Case{Requirement: row.requirement, Title: row.parameter + " is taken",
			Check: savedFilter(row.parameter, row.given)})
	}
	return append(cases,
		suite.Case{Requirement: "VOL-LST-44", Title: "a caller with few rights never gets a larger total", Check: smallerPart},
		suite.Case{Requirement: "VOL-LST-44", Title: "a caller with few rights does not see another team's user",
			Check: otherTeam},
		suite.Case{Requirement: "VOL-LST-44", Title: "a caller with few rights sees the users of a team below its own",
			Check: teamBelow},
	)
}

func savedFilter(parameter, name string) func(ctx context.Context, env *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		saved := client.Query(parameter, env.Given(name))
		total := func(list *client.Exchange) int64 { return list.Get("meta.pagination.total").Int() }
		everyone := env.Must(ctx, "listUsers") // others may make more meanwhile, and nobody takes one back
		list := env.Call(ctx, "listUsers", saved)
		env.ExpectAnswer(list)
		none := env.Call(ctx, "listUsers", client.Query(parameter, unknownID(env, 0)))
		if all := total(everyone); all > 0 && total(list) >= all && none.Success() && total(none) >= all {
			env.Fail("%s keeps all %d users, that of given:%s and one that there is not", parameter, all, name)
		}
		ofTheOthers(ctx, env, list)
		subset(ctx, env, group(makeUser(ctx, env)), saved)
	}
}

func smallerPart(ctx context.Context, env *suite.Env) {
	makeUser(ctx, env)
	low := env.As("low-rights").Call(ctx, "listUsers")
	if refusedList(env, low) {
		return
	}
	env.ExpectAnswer(low)
	env.Expect(low).To(match.Member("data", anArray()))
	everyone := env.Must(ctx, "listUsers")
	env.Expect(low.Get("meta.pagination.total").Num).To(
		gomega.BeNumerically("<=", everyone.Get("meta.pagination.total").Num), "the total of the caller with few rights")
	if ids := low.Texts("data.#.id"); len(ids) > 0 {
		list := listAll(ctx, env, "listUsers", client.Query("ids", comma(kit.Any(ids)...)))
		env.Expect(list).To(data.Has(ids...))
	}
}

// refusedList says whether a caller with few rights may not list users at all, and so sees none.
func refusedList(env *suite.Env, list *client.Exchange) bool {
	if list.Status != http.StatusForbidden {
		return false
	}
	env.Expect(list).To(kit.Refusal())
	return true
}

// teamBelow makes a user in a team under that of the caller with few rights.
func teamBelow(ctx context.Context, env *suite.Env) {
	low, user := env.As("low-rights"), makeBelow(ctx, env)
	list := low.Call(ctx, "listUsers", client.Query("ids", user.Text("id")))
	if refusedList(env, list) {
		env.NotApplicable("the caller may not list users\n%s", match.Show(list))
	}
	env.ExpectAnswer(list)
	expectUsers(env, list, user)
}

// otherTeam makes users of teams that are not the caller's: nobody else can see
// them, by whatever filter.
func otherTeam(ctx context.Context, env *suite.Env) {
	low := env.As("low-rights")
	if own := low.Info("teamId"); own == env.Given("teamId") {
		env.Undetermined("given:teamId is the team of the persona low-rights: give another")
	}
	user := makeUser(ctx, env)
	expectUsers(env, env.Call(ctx, "listUsers", client.Query("ids", user.Text("id"))), user)
	for _, filter := range []client.Option{
		client.Query("ids", user.Text("id")),
		client.Query("q", user.Text("last_name")),
		client.Query("team", env.Given("teamId")),
	} {
		list := listAll(ctx, low, "listUsers", filter)
		if refusedList(env, list) {
			continue
		}
		env.ExpectAnswer(list)
		env.Expect(list).To(data.Lacks(user.Text("id")))
	}
}
