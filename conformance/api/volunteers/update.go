package volunteers

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func updateCases() []suite.Case {
	return slices.Concat(setCases(), ruleCases(), refusedChangeCases())
}

// change sends a change of a user.
func change(ctx context.Context, env *suite.Env, user *client.Exchange, body any) *client.Exchange {
	return env.Call(ctx, "updateUser", of(user), client.JSON(body))
}

// changes expects a change to be answered and read back with the members sent.
func changes(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any) {
	answer := change(ctx, env, user, body)
	env.ExpectAnswer(answer)
	env.Expect(answer).To(match.Success())
	env.Expect(answer.Text("id")).To(gomega.Equal(user.Text("id")), "the changed user is answered")
	read := readUser(ctx, env, user)
	kit.ExpectSent(env, answer, "@this", body)
	kit.ExpectSent(env, read, "@this", body)
}

// changing is a case that makes the changes one after the other.
func changing(requirement, title string, bodies func(env *suite.Env) []map[string]any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		for _, body := range bodies(env) {
			changes(ctx, env, user, body)
		}
	}}
}

func setCases() []suite.Case {
	type bodies = []map[string]any
	cases := []suite.Case{
		changing("VOL-UPD-01", "the answer is the changed user", func(env *suite.Env) bodies {
			return bodies{{"about_me": word(env, "About")}, {"about_me": word(env, "About"), "title": "Dr"}}
		}),
		{Requirement: "VOL-UPD-01", Title: "the answer is the whole user", Check: func(ctx context.Context, env *suite.Env) {
			answer := change(ctx, env, makeUser(ctx, env), map[string]any{"about_me": "Likes walks."})
			env.ExpectAnswer(answer)
			kit.ExpectShape(env, answer, "@this", isFullUser)
		}},
		{Requirement: "VOL-UPD-02", Title: "a change is still there when read and listed",
			Check: func(ctx context.Context, env *suite.Env) {
				user, title := makeUser(ctx, env), "Dr"
				body := map[string]any{"title": title, "last_name": word(env, "Grove")}
				env.Must(ctx, "updateUser", of(user), client.JSON(body))
				for range 2 {
					read := readUser(ctx, env, user)
					env.Expect(read).To(match.Member("title", title))
					env.Expect(read).To(match.Member("last_name", body["last_name"]))
				}
				list := env.Call(ctx, "listUsers", client.Query("ids", user.Text("id")))
				env.Expect(list).To(match.Member("data.0.title", title))
			}},
		changing("VOL-UPD-04", "the two flags are switched on and off", func(*suite.Env) bodies {
			return bodies{
				{"appear_in_directory": true, "appear_in_near_me": true},
				{"appear_in_directory": false, "appear_in_near_me": false},
				{"appear_in_directory": true}, {"appear_in_near_me": true}, {"appear_in_directory": false},
				{"appear_in_near_me": false},
			}
		}),
		changing("VOL-UPD-05", "names and date of birth are changed", func(env *suite.Env) bodies {
			return bodies{{"first_name": word(env, "Robin")}, {"last_name": word(env, "Grove")}, {"dob": "1985-02-28"},
				{"first_name": "Ash", "last_name": word(env, "Elm"), "dob": "1992-02-29"}}
		}),
		changing("VOL-UPD-06", "on_call and on_call_end are set", func(env *suite.Env) bodies {
			end := env.Now().UTC().Add(72 * time.Hour).Truncate(time.Second)
			return bodies{{"on_call": true, "on_call_end": end}, {"on_call_end": end.Add(time.Hour)}, {"on_call": false}}
		}),
		{Requirement: "VOL-UPD-06", Title: "on_call_end in another zone is the same instant", Check: otherZone},
		changing("VOL-UPD-07", "start_date is set", func(env *suite.Env) bodies {
			return bodies{{"start_date": day(env, -400)}, {"start_date": day(env, -90)}}
		}),
		changing("VOL-UPD-08", "website is set", func(env *suite.Env) bodies {
			return bodies{{"website": "https://example.com/x"},
				{"website": "http://" + word(env, "site") + ".example.com/a/b?c=d"}}
		}),
	}
	cases = append(cases, changing("VOL-UPD-03", "title is set", func(*suite.Env) bodies {
		return bodies{{"title": "Dr"}, {"title": "Mrs"}} // there may be a list of them
	}))
	for _, member := range []string{"about_me", "facebook", "twitter", "preferred_name", "accessibility_info"} {
		cases = append(cases, changing("VOL-UPD-03", member+" is set", func(env *suite.Env) bodies {
			return bodies{{member: word(env, "A")}, {member: word(env, "B")}}
		}))
	}
	cases = append(cases, longKept("about_me"), longKept("accessibility_info"))
	for _, member := range []string{"about_me", "facebook", "twitter", "website", "on_call_end", "on_hold_start"} {
		cases = append(cases, changing("VOL-UPD-09", member+" is set to null", func(env *suite.Env) bodies {
			set := map[string]any{member: sample(env, member)}
			if member == "on_call_end" { // it may be kept of those alone who are on call
				set["on_call"] = true
			}
			return bodies{set, {member: nil}}
		}))
	}
	return cases
}

// sample is a value for a member that may be null.
func sample(env *suite.Env, member string) any {
	switch member {
	case "website":
		return "https://example.com/rowan"
	case "on_call_end":
		return env.Now().UTC().Add(96 * time.Hour).Truncate(time.Second)
	case "on_hold_start":
		return day(env, 14)
	}
	return word(env, "Some")
}

func otherZone(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	end := env.Now().Add(48 * time.Hour).Truncate(time.Second).In(time.FixedZone("", 2*60*60))
	answer := change(ctx, env, user, map[string]any{"on_call": true, "on_call_end": end.Format(time.RFC3339)})
	env.ExpectAnswer(answer)
	env.Expect(answer).To(kit.Sent("on_call_end", end, env.Strict()))
	env.Expect(readUser(ctx, env, user)).To(kit.Sent("on_call_end", end, env.Strict()))
}

// customFieldSet sets a field twice: another user keeps their own value, whatever else is changed of them.
func customFieldSet(ctx context.Context, env *suite.Env) {
	other, own := makeUser(ctx, env), word(env, "field")
	env.ExpectAnswer(change(ctx, env, other, map[string]any{"attributes": customField(env, own)}))
	user := makeUser(ctx, env)
	for range 2 {
		value := word(env, "field")
		env.ExpectAnswer(change(ctx, env, user, map[string]any{"attributes": customField(env, value)}))
		expectCustomField(ctx, env, user, value)
	}
	env.ExpectAnswer(change(ctx, env, other, kit.Body{"about_me": word(env, "About")}))
	expectCustomField(ctx, env, other, own)
}

func ruleCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-UPD-10", Title: "a custom field is set and read by include=attributes",
			Check: customFieldSet},
		{Requirement: "VOL-UPD-10", Title: "a custom field is set beside other members", Check: fieldBesideOthers},
		{Requirement: "VOL-UPD-11", Title: "on_hold_start and on_hold_end are accepted",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				body := map[string]any{"on_hold_start": day(env, 10), "on_hold_end": day(env, 20),
					"accessibility_info": word(env, "T")}
				answer := change(ctx, env, user, body)
				env.ExpectAnswer(answer)
				env.Expect(readUser(ctx, env, user)).To(match.Member("accessibility_info", body["accessibility_info"]),
					"the change was made")
				read := readUser(ctx, env, user) // who keeps the one day as sent keeps the other
				if env.Strict() || kit.Alike(read.Get("on_hold_start"), body["on_hold_start"], false) {
					kit.ExpectSent(env, read, "@this", body)
				}
			}},
		{Requirement: "VOL-UPD-12", Title: "2fa_disabled is switched, in a strict reading",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				value := user.Get("2fa_disabled").Bool()
				for range 2 {
					if env.Strict() { // others may tie it to more than the document says
						value = !value
					}
					changes(ctx, env, user, map[string]any{"2fa_disabled": value})
				}
			}},
		{Requirement: "VOL-UPD-12", Title: "2fa_disabled is accepted as a boolean",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				current := user.Get("2fa_disabled").Bool()
				answer := change(ctx, env, user, map[string]any{"2fa_disabled": current, "title": "Mx"})
				env.ExpectAnswer(answer)
				read := readUser(ctx, env, user)
				env.Expect(read).To(kit.Sent("2fa_disabled", current, env.Strict()))
				env.Expect(read).To(match.Member("title", "Mx"), "the change was made")
			}},
		{Requirement: "VOL-UPD-13", Title: "what is left out stays", Check: leftOut},
		{Requirement: "VOL-UPD-14", Title: "members of the server are ignored", Check: serversOwn},
		{Requirement: "VOL-UPD-15", Title: "can_manage and status have no effect",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				ignored(ctx, env, user, map[string]any{
					"can_manage": !user.Get("can_manage").Bool(),
					"status": map[string]any{"id": "987", "name": word(env, "Forged"),
						"contactable": !user.Get("status.contactable").Bool()},
				})
			}},
		{Requirement: "VOL-UPD-18", Title: "the display name follows the names", Check: displayName},
		{Requirement: "VOL-UPD-20", Title: "the same change twice gives the same user",
			Check: func(ctx context.Context, env *suite.Env) {
				user, body := makeUser(ctx, env), users().change(env)
				first := change(ctx, env, user, body)
				env.ExpectAnswer(first)
				second := change(ctx, env, user, body)
				env.ExpectAnswer(second)
				env.Expect(second).To(kit.Same(env, "@this", first, "@this"))
				env.Expect(readUser(ctx, env, user)).To(kit.Same(env, "@this", first, "@this"))
				env.Expect(second).To(match.Member("last_name", body["last_name"]), "and the change was made")
			}},
	}
}

// serversOwn sends members that only the server sets, and wants neither them taken nor the
// user changed whose id was sent.
func serversOwn(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	other := makeUser(ctx, env)
	ignored(ctx, env, user, map[string]any{
		"id": other.Get("id").Int(), "display_name": word(env, "Forged"), "username": word(env, "forged"),
		"is_system": !user.Get("is_system").Bool(), "volunteer_for": "99 years",
	})
	env.Expect(readUser(ctx, env, other)).To(kit.Same(env, "@this", other, "@this"), "the user whose id was sent")
}

// ignored sends the members together with a text: that is changed, they are not.
func ignored(ctx context.Context, env *suite.Env, user *client.Exchange, members map[string]any) {
	before, text := readUser(ctx, env, user), word(env, "T")
	answer := change(ctx, env, user, kit.With(members, kit.Body{"accessibility_info": text}))
	env.ExpectAnswer(answer)
	for _, seen := range group(answer, readUser(ctx, env, user)) {
		env.Expect(seen).To(match.Member("accessibility_info", text), "the member beside them is changed")
		for _, name := range slices.Sorted(maps.Keys(members)) {
			env.Expect(seen).To(kit.Same(env, name, before, name))
		}
	}
}

// leftOut changes one member at a time and compares all others.
func leftOut(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	env.Must(ctx, "updateUser", of(user), client.JSON(users().change(env)))
	for _, one := range []struct {
		member string
		value  any
	}{{"about_me", word(env, "About")}, {"title", "Mx"}, {"facebook", nil}, {"appear_in_near_me", true},
		{"appear_in_directory", false}, {"appear_in_directory", true}, {"accessibility_info", "None"},
		{"preferred_name", word(env, "Kit")}, {"first_name", word(env, "Robin")}, {"last_name", word(env, "Grove")}} {
		before, but := readUser(ctx, env, user), []string{one.member, "volunteer_for"} // of which the one grows by itself
		if one.member == "title" || strings.HasSuffix(one.member, "_name") {
			but = append(but, "display_name", "username") // how they are made, the page does not say
		}
		answer := change(ctx, env, user, map[string]any{one.member: one.value})
		env.ExpectAnswer(answer)
		for _, after := range group(answer, readUser(ctx, env, user)) {
			env.Expect(after).To(kit.Sent(one.member, one.value, env.Strict()))
			env.Expect(scalars(env, after, but...)).To(gomega.Equal(scalars(env, before, but...)), "what was left out")
		}
	}
}

// scalars returns the plain members of a user that the document names, except those.
func scalars(env *suite.Env, user *client.Exchange, but ...string) map[string]string {
	found := map[string]string{}
	kit.Said(env, user).ForEach(func(name, value gjson.Result) bool {
		if !slices.Contains(but, name.Str) && !value.IsObject() && !value.IsArray() {
			found[name.Str] = value.Raw
		}
		return true
	})
	return found
}

func displayName(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	first, preferred, last := word(env, "Robin"), word(env, "Kit"), word(env, "Grove")
	for _, row := range []struct {
		body     map[string]any
		contains []string
		lacks    string
	}{
		{map[string]any{"first_name": first}, []string{first, user.Text("last_name")}, "Rowan"},
		{map[string]any{"last_name": last}, []string{first, last}, user.Text("last_name")},
		{map[string]any{"preferred_name": preferred}, []string{preferred, last}, first},
		{map[string]any{"preferred_name": nil}, []string{first, last}, preferred},
	} {
		answer := change(ctx, env, user, row.body)
		if name, sent := row.body["preferred_name"]; sent && name == nil && answer.Status/100 == 4 {
			continue // that it takes null is said nowhere
		}
		env.ExpectAnswer(answer)
		for _, seen := range group(answer, readUser(ctx, env, user)) {
			for _, part := range row.contains {
				env.Expect(seen).To(match.Member("display_name", gomega.ContainSubstring(part)))
			}
			env.Expect(strings.Contains(seen.Text("display_name"), row.lacks)).To(gomega.BeFalse(),
				"the name of before is gone\n%s", match.Show(seen))
		}
	}
}

func refusedChangeCases() []suite.Case {
	refused := func(requirement, title string, body map[string]any) suite.Case {
		return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return change(ctx, env, user, kit.With(body, kit.Body{"title": "Mx"}))
			}, env.StateOf("getUser", of(user)))
			env.Must(ctx, "updateUser", of(user), client.JSON(map[string]any{"title": "Mx"}))
		}}
	}
	return []suite.Case{
		refused("VOL-UPD-16", "a website that is no URI is refused", map[string]any{"website": "not a url"}),
		refused("VOL-UPD-16", "a date of birth that is no date is refused", map[string]any{"dob": "abc"}),
		refused("VOL-UPD-16", "a start date that is no date is refused", map[string]any{"start_date": "2023-02-30"}),
		refused("VOL-UPD-17", "an empty first name is refused", map[string]any{"first_name": ""}),
		{Requirement: "VOL-UPD-19", Title: "an unknown user cannot be changed", Check: func(ctx context.Context, env *suite.Env) {
			body := client.JSON(map[string]any{"accessibility_info": word(env, "T")})
			user := makeUser(ctx, env)
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return env.Call(ctx, "updateUser", client.Path("userId", unknownID(env, 0)), body)
			}, env.StateOf("getUser", client.Path("userId", unknownID(env, 0))), env.StateOf("getUser", of(user)))
			env.Must(ctx, "updateUser", of(user), body)
		}},
	}
}
