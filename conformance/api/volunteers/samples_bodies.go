package volunteers

import (
	"context"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// resources lists every kind of record, users first.
func resources() []resource {
	return []resource{
		users(), roles(), emails(), addresses(), contacts(), phones(),
		skills(), supervisors(), notes(), subNotes(), touchpoints(), subTouchpoints(),
	}
}

func users() resource {
	return resource{
		sub: sub{kit.Resource{
			Name: "user", Lists: "listUsers", Creates: "createUser", Gets: "getUser", Updates: "updateUser", ID: "userId", Items: data, Pages: wholeList,
		}},
		body: func(_ context.Context, env *suite.Env) map[string]any { return fullUserBody(env) },
		change: func(env *suite.Env) map[string]any {
			return map[string]any{
				"title": "Dr", "about_me": word(env, "About"), "facebook": "rowan.fern", "twitter": "rowanfern",
				"website": "https://example.com/rowan", "appear_in_directory": true, "appear_in_near_me": false,
				"on_call": true, "on_call_end": instant(env, 48), "first_name": "Robin", "last_name": word(env, "Fern"),
				"dob": "1985-06-15", "preferred_name": "Rob", "on_hold_start": day(env, 10), "on_hold_end": day(env, 20),
				"start_date": day(env, -60), "2fa_disabled": false, "accessibility_info": "Step-free access",
				"attributes": map[string]any{},
			}
		},
		shown: "about_me", bad: "first_name", badValue: 5,
	}
}

// fullUserBody is a body of createUser with every member set.
func fullUserBody(env *suite.Env) map[string]any {
	body := userBody(env)
	role := roleItem(env)
	role["end"], role["custom_title"] = day(env, 300), "Friday helper"
	body["roleProfiles"] = []any{role}
	body["confirm_age"] = true
	body["password"] = "Quiet7Orchards" + word(env, "x")
	body["phoneNumbers"] = []any{map[string]any{"phone_number": "+44 7700 900123", "primary": true, "type": "Home"}}
	body["attributes"] = map[string]any{}
	return body
}

func roles() resource {
	return resource{
		sub: roleSub(),
		body: func(_ context.Context, env *suite.Env) map[string]any {
			return map[string]any{
				"role": ref(kit.GivenNumber(env, "roleProfileId")), "team": ref(kit.GivenNumber(env, "teamId")),
				"manager": ref(kit.GivenNumber(env, "managerUserId")), "start": day(env, -20), "end": day(env, 200),
				"primary": false, "custom_title": word(env, "Title"),
			}
		},
		change: roleChange, shown: "custom_title", bad: "start", badValue: "abc",
	}
}

// roleChange sets every member of an update, as far as the target gives what to
// point at.
func roleChange(env *suite.Env) map[string]any {
	body := map[string]any{
		"feedback": "Thoroughly enjoyed it.", "recommend_organisation": 1, "notify_manager": false, "unsuitable": false,
		"primary": 0, "team": ref(kit.GivenNumber(env, "teamId")), "manager": ref(kit.GivenNumber(env, "managerUserId")),
		"start": day(env, -25), "end": day(env, 250), "custom_title": word(env, "Title"),
	}
	for member, name := range map[string]string{"leaving_reason": "leavingReasonId", "vetting": "vettingId"} {
		if env.Has("given:" + name) {
			body[member] = ref(kit.GivenNumber(env, name))
		}
	}
	return body
}

func emails() resource {
	body := func(env *suite.Env) map[string]any {
		return map[string]any{"primary": false, "email": newEmail(env), "soft_bounces": 0, "hard_bounces": 0, "complaints": 0}
	}
	return resource{
		sub:    emailSub(),
		body:   func(_ context.Context, env *suite.Env) map[string]any { return body(env) },
		change: body, shown: "email", bad: "email", badValue: "abc",
	}
}

func addresses() resource {
	body := func(env *suite.Env) map[string]any {
		return map[string]any{
			"type": "Home", "primary": false, "from_date": "2020-02-29", "company_name": "Fern and Sons",
			"street": "7 " + word(env, "Street"), "street_second": "Floor 2", "street_third": "Rear entrance",
			"city": "Leeds", "county": "West Yorkshire", "postcode": "LS1 4AP", "country": "United Kingdom",
			"address": "7 Fern Street, Leeds", "lat": 53.8, "long": -1.55,
		}
	}
	return resource{
		sub:    addressSub(),
		body:   func(_ context.Context, env *suite.Env) map[string]any { return body(env) },
		change: body, shown: "street", bad: "type", badValue: "Castle",
	}
}

func contacts() resource {
	body := func(env *suite.Env) map[string]any {
		return map[string]any{
			"first_name": "Ash", "last_name": word(env, "Grove"), "contact_number": newNumber(env),
			"relationship": "Sister", "primary": false,
		}
	}
	return resource{
		sub:    contactSub(),
		body:   func(_ context.Context, env *suite.Env) map[string]any { return body(env) },
		change: body, shown: "last_name", bad: "primary", badValue: noBoolean(),
	}
}

func phones() resource {
	body := func(env *suite.Env, kind string) map[string]any {
		return map[string]any{"phone_number": newNumber(env), "type": kind, "primary": false, "default_sms": false}
	}
	return resource{
		sub:    phoneSub(),
		body:   func(_ context.Context, env *suite.Env) map[string]any { return body(env, "Home") },
		change: func(env *suite.Env) map[string]any { return body(env, "Work") },
		shown:  "type", bad: "type", badValue: "Fax",
	}
}

func skills() resource {
	return resource{
		sub: underUser(kit.Resource{Name: "skill", Lists: "listUserSkills", Updates: "updateUserSkills"}),
		change: func(env *suite.Env) map[string]any {
			return map[string]any{"skills": kit.GivenNumbers(env, "skillIds", 2)}
		},
		bad: "skills", badValue: []any{"x"},
	}
}

// supervisors are made anew for each record: nobody can supervise the same user twice.
func supervisors() resource {
	return resource{
		sub: supervisorSub(),
		body: func(ctx context.Context, env *suite.Env) map[string]any {
			return map[string]any{"user": ref(makeUser(ctx, env).Text("id")), "primary": false}
		},
		change: func(*suite.Env) map[string]any { return map[string]any{"primary": true} },
		shown:  "primary", bad: "primary", badValue: noBoolean(),
	}
}
