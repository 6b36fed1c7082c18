package volunteers

import (
	"context"
	"fmt"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// createdPartCases are about what a new user brings along.
func createdPartCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-CRT-15", Title: "the email addresses sent are listed",
			Check: func(ctx context.Context, env *suite.Env) {
				body := userBody(env)
				body["emailAddresses"] = append(body["emailAddresses"].([]any), emailSub().Body(env), emailSub().Body(env))
				made := create(ctx, env, body)
				env.ExpectAnswer(made)
				expectParts(env, listAll(ctx, env, "listUserEmails", of(made)), body["emailAddresses"].([]any), "email")
			}},
		{Requirement: "VOL-CRT-15", Title: "the second of the email addresses sent can be the primary one",
			Check: func(ctx context.Context, env *suite.Env) {
				body := userBody(env)
				slices.Reverse(body["emailAddresses"].([]any))
				made := create(ctx, env, body)
				env.ExpectAnswer(made)
				expectParts(env, listAll(ctx, env, "listUserEmails", of(made)), body["emailAddresses"].([]any), "email")
			}},
		{Requirement: "VOL-CRT-16", Title: "the phone numbers sent are listed", Check: func(ctx context.Context, env *suite.Env) {
			body := userBody(env)
			body["phoneNumbers"] = []any{
				map[string]any{"phone_number": kit.Digits("+447700900101"), "primary": true, "type": "Mobile"},
				map[string]any{"phone_number": kit.Digits("+447700900102"), "primary": false, "type": "Alternative Phone Number"},
			}
			made := create(ctx, env, body)
			env.ExpectAnswer(made)
			expectParts(env, listAll(ctx, env, "listUserPhones", of(made)), body["phoneNumbers"].([]any), "phone_number")
		}},
		{Requirement: "VOL-CRT-16", Title: "a phone number of every type is listed as such", Check: phoneTypesKept},
		{Requirement: "VOL-CRT-17", Title: "the role profile sent becomes a role association",
			Check: func(ctx context.Context, env *suite.Env) {
				role := kit.With(roleItem(env), kit.Body{"custom_title": word(env, "Title")})
				made := create(ctx, env, kit.With(userBody(env), kit.Body{"roleProfiles": []any{role}}))
				env.ExpectAnswer(made)
				expectRoles(env, listAll(ctx, env, "listUserRoles", of(made)), role)
			}},
		{Requirement: "VOL-CRT-18", Title: "the only role is primary and names the user's role and team", Check: onlyRole},
		{Requirement: "VOL-CRT-19", Title: "each of several role profiles becomes an association",
			Check: func(ctx context.Context, env *suite.Env) {
				first := kit.With(roleItem(env), kit.Body{"custom_title": word(env, "First")})
				second := kit.With(roleItem(env), kit.Body{"custom_title": word(env, "Second"),
					"start": day(env, -10), "end": day(env, 250)})
				for _, of := range [][2]string{{"team", "secondTeamId"}, {"manager", "supervisorUserId"}} {
					if member, name := of[0], of[1]; env.Has("given:" + name) {
						second[member] = ref(kit.GivenNumber(env, name))
					}
				}
				if env.Has("given:secondRoleProfileId") {
					second["id"] = kit.GivenNumber(env, "secondRoleProfileId")
				}
				made := create(ctx, env, kit.With(userBody(env), kit.Body{"roleProfiles": []any{first, second}}))
				env.ExpectAnswer(made)
				expectRoles(env, listAll(ctx, env, "listUserRoles", of(made)), first, second)
			}},
		{Requirement: "VOL-CRT-20", Title: "attributes can be empty", Check: func(ctx context.Context, env *suite.Env) {
			creates(ctx, env, kit.With(userBody(env), kit.Body{"attributes": map[string]any{}}))
		}},
		{Requirement: "VOL-CRT-20", Title: "a custom field is read by include=attributes",
			Check: func(ctx context.Context, env *suite.Env) {
				value := word(env, "field")
				made := creates(ctx, env, kit.With(userBody(env), kit.Body{"attributes": customField(env, value)}))
				expectCustomField(ctx, env, made, value)
			}},
		{Requirement: "VOL-CRT-21", Title: "send_password_reset_email=false is accepted",
			Check: func(ctx context.Context, env *suite.Env) {
				creates(ctx, env, kit.With(userBody(env), kit.Body{"send_password_reset_email": false}))
			}},
	}
}

// expectParts expects a list to hold exactly the parts sent, each as sent; the
// member named tells them apart.
func expectParts(env *suite.Env, list *client.Exchange, parts []any, by string) {
	env.Expect(list).To(match.Success())
	env.Expect(list).To(match.Member("data", gomega.HaveLen(len(parts))))
	for _, part := range parts {
		body := part.(map[string]any)
		at := placeOf(env, list, by, body[by])
		env.Expect(at).To(gomega.BeNumerically(">=", 0), "%v is listed\n%s", body[by], match.Show(list))
		kit.ExpectSent(env, list, fmt.Sprintf("data.%d", at), body)
	}
}

// placeOf returns where in a list the item with that member is, -1 when nowhere.
func placeOf(env *suite.Env, list *client.Exchange, member string, value any) int {
	return slices.IndexFunc(list.Get("data").Array(), func(item gjson.Result) bool {
		return kit.Alike(item.Get(member), value, env.Strict())
	})
}

// expectRoles expects exactly these associations, told apart by their titles.
func expectRoles(env *suite.Env, list *client.Exchange, roles ...map[string]any) {
	var parts []any
	for _, role := range roles {
		parts = append(parts, kit.With(role, kit.Without("id"))) // the profile's identifier is not shown
	}
	expectParts(env, list, parts, "custom_title")
}

func onlyRole(ctx context.Context, env *suite.Env) {
	made := create(ctx, env, userBody(env))
	env.ExpectAnswer(made)
	list := listAll(ctx, env, "listUserRoles", of(made))
	env.Expect(list).To(match.Member("data", gomega.HaveLen(1)))
	env.Expect(list).To(kit.Sent("data.0.primary", true, env.Strict()))
	for _, user := range []*client.Exchange{made, env.Call(ctx, "getUser", of(made))} {
		expectNames(env, user, list.Get("data.0"))
	}
}

// customField is the attributes of a body with the one field that the target gives.
func customField(env *suite.Env, value any) map[string]any {
	return map[string]any{env.Given("customFieldSlug"): map[string]any{"value": value}}
}

// expectCustomField expects the field in the user, read alone and in the list.
func expectCustomField(ctx context.Context, env *suite.Env, user *client.Exchange, value any) {
	include := client.Query("include", "attributes")
	read := env.Call(ctx, "getUser", of(user), include)
	env.Expect(read).To(match.Success())
	list := listAll(ctx, env, "listUsers", client.Query("ids", user.Text("id")), include)
	expectUsers(env, list, user)
	slug := env.Given("customFieldSlug")
	env.Expect(fieldOf(read.Get("attributes"), slug)).To(gomega.Equal(value), "the field %s\n%s", slug, match.Show(read))
	env.Expect(fieldOf(list.Get("data.0.attributes"), slug)).To(gomega.Equal(value), "the field %s in the list\n%s", slug,
		match.Show(list))
}

// fieldOf is the value of a custom field in attributes as they are included, bare or in a wrapper:
// no answer on the page shows them.
func fieldOf(attributes gjson.Result, slug string) any {
	if fields := attributes.Map(); !fields[slug].Exists() && fields["data"].IsObject() {
		attributes = fields["data"]
	}
	return attributes.Map()[slug].Get("value").Value()
}
