package volunteers

import (
	"context"
	"fmt"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func createCases() []suite.Case {
	return slices.Concat(createdCases(), uncreatedCases(), createdPartCases())
}

// create sends a create of a user.
func create(ctx context.Context, env *suite.Env, body map[string]any) *client.Exchange {
	made := env.Call(ctx, "createUser", client.JSON(body))
	if made.Success() && made.Text("id") != "" {
		tidied(ctx, env, made, body)
	}
	return made
}

// creates expects the body to make a user that is read as it was answered.
func creates(ctx context.Context, env *suite.Env, body map[string]any) *client.Exchange {
	made := create(ctx, env, body)
	env.ExpectAnswer(made)
	env.Expect(made).To(match.Success())
	env.Expect(made).To(match.Member("id", gomega.BeNumerically(">", 0)))
	read := env.Call(ctx, "getUser", of(made))
	env.Expect(read).To(match.Success(), "the new user is there to be read")
	for _, name := range []string{"first_name", "last_name"} {
		env.Expect(read).To(match.Member(name, body[name]), "the new user read again")
	}
	return made
}

// unmade is a body of createUser that is refused for one change: nobody of that
// name is listed, and the body without the change makes the user.
func unmade(requirement, title string, change func(body map[string]any)) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		good := userBody(env)
		// Names that a refused body may lack stay searchable by the other one.
		good["first_name"] = word(env, "Rowan")
		bad := kit.With(good)
		change(bad)
		reads := []suite.Read{}
		for _, name := range []any{good["first_name"], good["last_name"]} {
			reads = append(reads, env.StateOf("listUsers", client.Query("q", name),
				client.Query("include_inactive", true), client.Query("include_upcoming", true)))
		}
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, bad) }, reads...)
		env.Must(ctx, "createUser", client.JSON(good))
	}}
}

// unheardOf is unmade for a member of the role that names what there is not.
func unheardOf(requirement, title, member string, name func(*suite.Env) any) suite.Case {
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		unmade(requirement, title, setRole(member, name(env))).Check(ctx, env)
	}}
}

func set(name string, value any) func(map[string]any) {
	return func(body map[string]any) { body[name] = value }
}

func unset(names ...string) func(map[string]any) {
	return func(body map[string]any) {
		for _, name := range names {
			delete(body, name)
		}
	}
}

// setRole changes the one role of the body, in a copy.
func setRole(name string, value any) func(map[string]any) {
	return func(body map[string]any) {
		role := kit.With(body["roleProfiles"].([]any)[0].(map[string]any), kit.Body{name: value})
		body["roleProfiles"] = []any{role}
	}
}

func uncreatedCases() []suite.Case {
	return []suite.Case{
		unmade("VOL-CRT-02", "a body without first_name is refused", unset("first_name")),
		unmade("VOL-CRT-03", "a body without last_name is refused", unset("last_name")),
		unmade("VOL-CRT-04", "a body without roleProfiles is refused", unset("roleProfiles")),
		unmade("VOL-CRT-05", "a body with no role profile in the list is refused", set("roleProfiles", []any{})),
		unmade("VOL-CRT-06", "a body with neither dob nor confirm_age is refused", unset("dob", "confirm_age")),
		unmade("VOL-CRT-08", "a password without an upper-case letter is refused", set("password", "abcdef1")),
		unmade("VOL-CRT-08", "a long password without an upper-case letter is refused",
			set("password", "quiet7orchards-and-more")),
		unmade("VOL-CRT-09", "a password without a lower-case letter is refused", set("password", "ABCDEF1")),
		unmade("VOL-CRT-09", "a long password without a lower-case letter is refused",
			set("password", "QUIET7ORCHARDS-AND-MORE")),
		unmade("VOL-CRT-10", "a password without a digit is refused", set("password", "Abcdefg")),
		unmade("VOL-CRT-10", "a long password without a digit is refused", set("password", "QuietOrchards-And-More")),
		unmade("VOL-CRT-21", "a flag that is no boolean is refused", set("send_password_reset_email", "perhaps")),
		unheardOf("VOL-CRT-22", "an unknown role profile is refused", "id",
			func(env *suite.Env) any { return unknownID(env, 0) }),
		unheardOf("VOL-CRT-23", "an unknown team is refused", "team", unheard),
		unheardOf("VOL-CRT-23", "an unknown manager is refused", "manager", unheard),
		unmade("VOL-CRT-24", "a date of birth that is no date is refused", set("dob", "1990-13-40")),
		unmade("VOL-CRT-24", "a date of birth that is no text of a date is refused", set("dob", "yesterday")),
		{Requirement: "VOL-CRT-24", Title: "a date of birth in the future is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				unmade("VOL-CRT-24", "", set("dob", day(env, 2))).Check(ctx, env)
			}},
		unmade("VOL-CRT-25", "a malformed email address is refused",
			set("emailAddresses", []any{map[string]any{"email": "x", "primary": true}})),
		{Requirement: "VOL-CRT-26", Title: "another user's email address is refused",
			Check: func(ctx context.Context, env *suite.Env) {
				taken := userBody(env)
				makeUserOf(ctx, env, taken)
				unmade("VOL-CRT-26", "", set("emailAddresses", taken["emailAddresses"])).Check(ctx, env)
			}},
	}
}

func createdCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-CRT-01", Title: "the required members are enough", Check: func(ctx context.Context, env *suite.Env) {
			body := userBody(env)
			unset("emailAddresses", "send_password_reset_email")(body)
			creates(ctx, env, body)
		}},
		{Requirement: "VOL-CRT-07", Title: "confirm_age takes the place of the date of birth",
			Check: func(ctx context.Context, env *suite.Env) {
				body := userBody(env)
				unset("dob")(body)
				body["confirm_age"] = true
				creates(ctx, env, body)
			}},
		{Requirement: "VOL-CRT-14", Title: "the date of birth is kept beside confirm_age", Check: bornAndConfirmed},
		{Requirement: "VOL-CRT-11", Title: "a good password is accepted", Check: func(ctx context.Context, env *suite.Env) {
			for _, password := range []string{"Quiet7Orchards", "9zZ and some more, with signs!"} {
				body := userBody(env)
				body["password"] = password
				creates(ctx, env, body)
			}
		}},
		{Requirement: "VOL-CRT-12", Title: "the password can be left out", Check: func(ctx context.Context, env *suite.Env) {
			body := userBody(env)
			unset("password")(body)
			creates(ctx, env, body)
		}},
		{Requirement: "VOL-CRT-13", Title: "the answer is the full user", Check: func(ctx context.Context, env *suite.Env) {
			for _, body := range []map[string]any{userBody(env), fullUserBody(env)} {
				made := create(ctx, env, body)
				env.ExpectAnswer(made)
				kit.ExpectShape(env, made, "@this", isFullUser)
			}
		}},
		{Requirement: "VOL-CRT-14", Title: "names and date of birth come back as sent", Check: namesAsSent},
		{Requirement: "VOL-CRT-27", Title: "a new user is read and listed by identifier",
			Check: func(ctx context.Context, env *suite.Env) {
				for _, made := range group(makeUser(ctx, env), upcoming(ctx, env)) {
					read := env.Call(ctx, "getUser", of(made))
					env.ExpectAnswer(read)
					env.Expect(read.Text("id")).To(gomega.Equal(made.Text("id")))
					env.Expect(read).To(kit.Same(env, "display_name", made, "display_name"))
					expectUsers(env, among(ctx, env, group(made), client.Query("include_upcoming", true)), made)
				}
			}},
		{Requirement: "VOL-CRT-28", Title: "a user of 36 is no minor", Check: func(ctx context.Context, env *suite.Env) {
			made := makeUser(ctx, env)
			env.Expect(made).To(kit.Sent("is_minor", false, env.Strict()))
			env.Expect(env.Call(ctx, "getUser", of(made))).To(kit.Sent("is_minor", false, env.Strict()))
		}},
		{Requirement: "VOL-CRT-28", Title: "a user born ten years ago is a minor or refused", Check: minor},
		{Requirement: "VOL-CRT-28", Title: "a user whom a change makes ten years old is a minor", Check: growsYounger},
		{Requirement: "VOL-CRT-29", Title: "accents and apostrophes come back as sent",
			Check: func(ctx context.Context, env *suite.Env) {
				body := userBody(env)
				body["first_name"], body["last_name"] = "Zoë Mária", "O'Brien-Łukasz "+word(env, "Ñandú")
				made := creates(ctx, env, body)
				for _, name := range []string{"first_name", "last_name"} {
					env.Expect(made).To(match.Member(name, body[name]))
				}
			}},
	}
}

// namesAsSent wants names and date of birth as they were sent, in the answer and when read.
func namesAsSent(ctx context.Context, env *suite.Env) {
	body := userBody(env)
	made := create(ctx, env, body)
	env.ExpectAnswer(made)
	for _, answer := range []*client.Exchange{made, env.Call(ctx, "getUser", of(made))} {
		for _, name := range []string{"first_name", "last_name", "dob"} {
			env.Expect(answer).To(kit.Sent(name, body[name], env.Strict()))
		}
	}
}

func minor(ctx context.Context, env *suite.Env) {
	body := userBody(env)
	body["dob"] = bornYearsAgo(env, 10)
	made := create(ctx, env, body)
	if !made.Success() {
		env.Expect(made.Status).To(gomega.SatisfyAll(gomega.BeNumerically(">=", 400), gomega.BeNumerically("<", 500)),
			"accepted or refused")
		found := env.Must(ctx, "listUsers", client.Query("q", fmt.Sprint(body["last_name"])))
		env.Expect(found).To(data.Only())
		return
	}
	env.Expect(made).To(kit.Sent("is_minor", true, env.Strict()))
	env.Expect(env.Call(ctx, "getUser", of(made))).To(kit.Sent("is_minor", true, env.Strict()))
}
