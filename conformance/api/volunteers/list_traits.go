package volunteers

import (
	"context"
	"fmt"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// trait is something that a filter of the list of users goes by: what a user has who passes it.
type trait struct {
	requirement, parameter string
	givens                 []string // of which the second is what those have who don't pass
	value                  func(env *suite.Env) any
	role                   string // the member of the one role that names the first given
	skills                 bool   // it is a skill, or a language
	body                   func(env *suite.Env) kit.Body
	after                  func(ctx context.Context, env *suite.Env, user *client.Exchange)
	also                   []client.Option // what the filter goes with
}

func traits() []trait {
	first := func(name string) func(*suite.Env) any {
		return func(env *suite.Env) any { return kit.GivenNumbers(env, name, 1)[0] }
	}
	tied := func(requirement, parameter, role string, givens ...string) trait {
		return trait{requirement: requirement, parameter: parameter, role: role, givens: givens, value: first(givens[0])}
	}
	able := func(requirement, parameter, given string) trait {
		return trait{requirement: requirement, parameter: parameter, skills: true, givens: []string{given}, value: first(given)}
	}
	return []trait{
		tied("VOL-LST-09", "team", "team", "teamId", "secondTeamId"),
		tied("VOL-LST-10", "manager", "manager", "managerUserId", "supervisorUserId"),
		tied("VOL-LST-12", "roles", "id", "secondRoleProfileId", "roleProfileId"),
		{requirement: "VOL-LST-11", parameter: "supervisor", givens: []string{"supervisorUserId"},
			value: first("supervisorUserId"),
			after: func(ctx context.Context, env *suite.Env, user *client.Exchange) {
				supervisorSub().of(user).Made(ctx, env)
			}},
		able("VOL-LST-13", "skills", "skillIds"),
		able("VOL-LST-14", "langs", "languageId"),
		{requirement: "VOL-LST-16", parameter: "has_email", value: fixed(true), body: func(env *suite.Env) kit.Body {
			return kit.Body{"emailAddresses": []any{map[string]any{"email": newEmail(env), "primary": true}}}
		}},
		{requirement: "VOL-LST-21", parameter: "view", value: fixed("on-call"),
			after: func(ctx context.Context, env *suite.Env, user *client.Exchange) {
				env.Must(ctx, "updateUser", of(user), client.JSON(kit.Body{"on_call": true, "on_call_end": instant(env, 72)}))
			}},
		{requirement: "VOL-LST-29", parameter: "lat", value: fixed(seaLat),
			also:  []client.Option{client.Query("long", seaLong), client.Query("distance", 10)},
			after: settledAt(seaLat)},
		{requirement: "VOL-LST-28", parameter: "active_on", value: func(env *suite.Env) any { return day(env, -40) },
			body: func(env *suite.Env) kit.Body { return kit.Body{"start": day(env, -60)} }},
	}
}

// filter is the trait as it is asked for.
func (t trait) filter(env *suite.Env) []client.Option {
	return append([]client.Option{client.Query(t.parameter, t.value(env))}, t.also...)
}

// there says whether the target gives what makes two users differ in it, and does not make them alike.
func (t trait) there(env *suite.Env) bool {
	if t.parameter == "has_email" && emailSub().stands(env.Context(), env) {
		return false
	}
	for _, name := range t.givens {
		if !env.Has("given:" + name) {
			return false
		}
	}
	return len(t.givens) < 2 || env.Given(t.givens[0]) != env.Given(t.givens[1])
}

// usable are the traits that the target gives enough for.
func usable(env *suite.Env) []trait {
	return slices.DeleteFunc(traits(), func(t trait) bool { return !t.there(env) })
}

// namesake makes a user of that last name who has these of the traits, and none of the others.
func namesake(ctx context.Context, env *suite.Env, name string, has ...trait) *client.Exchange {
	role, body := roleItem(env), kit.With(userBody(env), kit.Body{"first_name": word(env, "Rowan"), "last_name": name},
		kit.Without("emailAddresses"))
	put := func(t trait, given string) {
		if t.role == "id" {
			role["id"] = kit.GivenNumber(env, given)
		} else if t.role != "" {
			role[t.role] = ref(kit.GivenNumber(env, given))
		}
	}
	for _, t := range usable(env) {
		if t.role != "" {
			put(t, t.givens[1])
		}
	}
	var skills []any
	for _, t := range has {
		if t.role != "" {
			put(t, t.givens[0])
		}
		if t.skills {
			skills = append(skills, t.value(env))
		}
		if t.body != nil {
			for member, value := range t.body(env) {
				if member == "start" {
					role[member] = value
				} else {
					body[member] = value
				}
			}
		}
	}
	body["roleProfiles"] = []any{role}
	user := makeUserOf(ctx, env, body)
	if len(skills) > 0 {
		env.Must(ctx, "updateUserSkills", of(user), client.JSON(kit.Body{"skills": skills}))
	}
	for _, t := range has {
		if t.after != nil {
			t.after(ctx, env, user)
		}
	}
	return user
}

// namesakes expects a search by a last name, with a filter, to give these of those who have it, be
// it on one page or on a page for each: how long a page may be, the page does not say.
func namesakes(ctx context.Context, env *suite.Env, name string, filter []client.Option, kept ...*client.Exchange) {
	asked := append([]client.Option{client.Query("q", name)}, filter...)
	list := listAll(ctx, env, "listUsers", asked...)
	env.ExpectAnswer(list)
	expectUsers(env, list, kept...)
	paged := listAll(ctx, env, "listUsers", append(asked, client.Query("limit", 1))...)
	switch {
	case !paged.Success():
	case paged.Text("meta.pagination.total") == fmt.Sprint(len(kept)):
		env.Expect(paged).To(data.Only(idsOf(kept...)...), "on pages of one")
	default: // a limit may be how many there are in all
		env.Expect(paged).To(data.Within(idsOf(kept...)...), "on pages of one")
	}
}
