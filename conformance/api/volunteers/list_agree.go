package volunteers

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// agreeCases ask for the same users in two ways, and by texts that careless code loses.
func agreeCases() []suite.Case {
	cases := []suite.Case{
		{Requirement: "VOL-LST-03", Title: "q finds a name with letters beyond ASCII, and one with an apostrophe",
			Check: func(ctx context.Context, env *suite.Env) {
				for _, name := range []string{"Ñandúłódź", "O'Hara"} {
					name += word(env, "fern")
					found(ctx, env, name, namesake(ctx, env, name))
				}
			}},
		{Requirement: "VOL-LST-04", Title: "q finds by an email address with a plus sign",
			Check: func(ctx context.Context, env *suite.Env) {
				user, mail := makeUser(ctx, env), "tag+"+newEmail(env)
				emailSub().of(user).Made(ctx, env, kit.Body{"email": mail})
				found(ctx, env, mail, user)
			}},
		{Requirement: "VOL-LST-07", Title: "ids lists the users named beside one that there is not",
			Check: unheardBeside("ids")},
		{Requirement: "VOL-LST-08", Title: "exclude_ids leaves out the users named beside one that there is not",
			Check: unheardBeside("exclude_ids")},
	}
	for _, of := range [][3]string{{"VOL-LST-42", "geojson_id", "geojsonId"}, {"VOL-LST-43", "teamlist", "teamlistId"},
		{"VOL-LST-43", "userlist", "userlistId"}} {
		cases = append(cases, suite.Case{Requirement: of[0], Title: of[1] + " keeps the same of users whom ids or q names",
			Check: savedBeside(of[1], of[2])})
	}
	return cases
}

// unheardBeside names a user and one that there is not, which a target may refuse.
func unheardBeside(parameter string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		name := word(env, "Fern")
		user, other := namesake(ctx, env, name), namesake(ctx, env, name)
		kept := map[string]*client.Exchange{"ids": user, "exclude_ids": other}[parameter]
		list := listAll(ctx, env, "listUsers", client.Query("q", name),
			client.Query(parameter, comma(unknownID(env, 0), user.Text("id"), unknownID(env, 1))))
		if kit.Unbroken(env, list) {
			expectUsers(env, list, kept)
		}
	}
}

// savedBeside makes a user in each of the two teams: which of them a stored shape or
// list keeps is the target's to say, but not once so and once so.
func savedBeside(parameter, given string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		name, saved := word(env, "Fern"), client.Query(parameter, env.Given(given))
		users := group(namesake(ctx, env, name))
		for _, t := range usable(env) {
			if t.parameter == "team" {
				users = append(users, namesake(ctx, env, name, t))
			}
		}
		named := listAll(ctx, env, "listUsers", client.Query("q", name), saved)
		env.ExpectAnswer(named)
		env.Expect(among(ctx, env, users, saved)).To(data.Only(data.IDs(named)...), "of the same users, by their ids")
	}
}
