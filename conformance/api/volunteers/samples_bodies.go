package volunteers

import (
	"context"

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
		name: "user", list: "listUsers", create: "createUser", get: "getUser", update: "updateUser", param: "userId",
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
		name: "role", list: "listUserRoles", create: "createUserRole", update: "updateUserRole", remove: "deleteUserRole",
		param: "associationId", root: "data.",
		body: func(_ context.Context, env *suite.Env) map[string]any {
			return map[string]any{
				"role": ref(given(env, "roleProfileId")), "team": ref(given(env, "teamId")),
				"manager": ref(given(env, "managerUserId")), "start": day(env, -20), "end": day(env, 200),
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
		"primary": 0, "team": ref(given(env, "teamId")), "manager": ref(given(env, "managerUserId")),
		"start": day(env, -25), "end": day(env, 250), "custom_title": word(env, "Title"),
	}
	for member, name := range map[string]string{"leaving_reason": "leavingReasonId", "vetting": "vettingId"} {
		if env.Has("given:" + name) {
			body[member] = ref(given(env, name))
		}
	}
	return body
}

func emails() resource {
	body := func(env *suite.Env) map[string]any {
		return map[string]any{"primary": false, "email": newEmail(env), "soft_bounces": 0, "hard_bounces": 0, "complaints": 0}
	}
	return resource{
		name: "email address", list: "listUserEmails", create: "createUserEmail", get: "getUserEmail",
		update: "updateUserEmail", remove: "deleteUserEmail", param: "addressId", root: "data.",
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
		name: "postal address", list: "listUserAddresses", create: "createUserAddress", get: "getUserAddress",
		update: "updateUserAddress", remove: "deleteUserAddress", param: "postalAddressId", root: "data.",
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
		name: "emergency contact", list: "listUserEmergencyContacts", create: "createUserEmergencyContact",
		get: "getUserEmergencyContact", update: "updateUserEmergencyContact", remove: "deleteUserEmergencyContact",
		param: "contactId", root: "data.",
		body:   func(_ context.Context, env *suite.Env) map[string]any { return body(env) },
		change: body, shown: "last_name", bad: "primary", badValue: noBoolean(),
	}
}

func phones() resource {
	body := func(env *suite.Env, kind string) map[string]any {
		return map[string]any{"phone_number": newNumber(env), "type": kind, "primary": false, "default_sms": false}
	}
	return resource{
		name: "phone number", list: "listUserPhones", create: "createUserPhone", get: "getUserPhone",
		update: "updateUserPhone", param: "phoneNumberId", root: "data.",
		body:   func(_ context.Context, env *suite.Env) map[string]any { return body(env, "Home") },
		change: func(env *suite.Env) map[string]any { return body(env, "Work") },
		shown:  "type", bad: "type", badValue: "Fax",
	}
}

func skills() resource {
	return resource{
		name: "skill", list: "listUserSkills", update: "updateUserSkills", root: "data.",
		change: func(env *suite.Env) map[string]any { return map[string]any{"skills": givenList(env, "skillIds", 2)} },
		bad:    "skills", badValue: []any{"x"},
	}
}

// supervisors are made anew for each record: nobody can supervise the same user twice.
func supervisors() resource {
	return resource{
		name: "supervisor", list: "listUserSupervisors", create: "createUserSupervisor", get: "getUserSupervisor",
		update: "updateUserSupervisor", remove: "deleteUserSupervisor", param: "supervisorId", root: "data.",
		body: func(ctx context.Context, env *suite.Env) map[string]any {
			return map[string]any{"user": ref(makeUser(ctx, env).Text("id")), "primary": false}
		},
		change: func(*suite.Env) map[string]any { return map[string]any{"primary": true} },
		shown:  "primary", bad: "primary", badValue: noBoolean(),
	}
}
