package volunteers

import (
	"context"

	"rollcall/conformance/client"
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
			Name: "user", Lists: "listUsers", Creates: "createUser", Gets: "getUser", Updates: "updateUser", ID: "userId",
			Items: data, Pages: wholeList,
		}},
		create: func(_ context.Context, env *suite.Env) kit.Body { return fullUserBody(env) },
		update: func(env *suite.Env) kit.Body {
			return kit.Body{
				"title": "Dr", "about_me": word(env, "About"), "facebook": "rowan.fern", "twitter": "rowanfern",
				"website": "https://example.com/rowan", "appear_in_directory": true, "appear_in_near_me": false,
				"on_call": true, "on_call_end": instant(env, 48), "first_name": "Robin", "last_name": word(env, "Fern"),
				"dob": "1985-06-15", "preferred_name": "Rob", "on_hold_start": day(env, 10), "on_hold_end": day(env, 20),
				"start_date": day(env, -60), "2fa_disabled": false, "accessibility_info": "Step-free access",
				"attributes": map[string]any{},
			}
		},
		shown: "about_me", bad: "first_name", badValue: noText(),
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
		sub:     roleSub(),
		besides: func(env *suite.Env) kit.Body { return kit.Body{"end": day(env, 200), "primary": false} },
		update:  roleChange, shown: "custom_title", bad: "start", badValue: "abc",
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
	for _, of := range [][2]string{{"leaving_reason", "leavingReasonId"}, {"vetting", "vettingId"}} {
		member, name := of[0], of[1]
		if env.Has("given:" + name) {
			body[member] = ref(kit.GivenNumber(env, name))
		}
	}
	return body
}

func emails() resource {
	return resource{
		sub:     emailSub(),
		besides: func(*suite.Env) kit.Body { return kit.Body{"soft_bounces": 0, "hard_bounces": 0, "complaints": 0} },
		shown:   "email", bad: "email", badValue: "abc",
	}
}

func addresses() resource {
	return resource{
		sub: addressSub(),
		besides: func(*suite.Env) kit.Body {
			return kit.Body{
				"from_date": "2020-02-29", "company_name": "Fern and Sons", "street_second": "Floor 2",
				"street_third": "Rear entrance",
				"county":       "West Yorkshire", "address": "7 Fern Street, Leeds", "lat": 53.8, "long": -1.55,
			}
		},
		shown: "street", bad: "type", badValue: "Castle",
	}
}

func contacts() resource {
	return resource{sub: contactSub(), besides: nothing, shown: "last_name", bad: "primary", badValue: noBoolean()}
}

func phones() resource {
	return resource{
		sub: phoneSub(), besides: nothing,
		update: func(env *suite.Env) kit.Body { return phoneSub().WholeBody(env, kit.Body{"type": "Work"}) },
		shown:  "type", bad: "type", badValue: "Fax",
	}
}

func nothing(*suite.Env) kit.Body { return nil }

func skills() resource {
	return resource{
		sub:    underUser(kit.Resource{Name: "skill", Lists: "listUserSkills", Updates: "updateUserSkills"}),
		update: func(env *suite.Env) kit.Body { return kit.Body{"skills": kit.GivenNumbers(env, "skillIds", 2)} },
		bad:    "skills", badValue: []any{"x"},
	}
}

// anybodySupervises says whether the target lets a new user supervise, which it is asked once.
func anybodySupervises(env *suite.Env) bool {
	tried := env.Beside(env.Context(), "a new user who supervises", func(ctx context.Context, env *suite.Env) *client.Exchange {
		return supervisorSub().of(makeUser(ctx, env)).Send(ctx, env,
			map[string]any{"user": ref(makeUser(ctx, env).Text("id")), "primary": false})
	})
	return tried == nil || tried.Status/100 != 4
}

// makeSupervisor makes a user who can supervise. Where a target lets only those who have a role for it, it is the second one
// that it gives.
func makeSupervisor(ctx context.Context, env *suite.Env) map[string]any {
	if anybodySupervises(env) {
		return ref(makeUser(ctx, env).Text("id"))
	}
	body := userBody(env)
	if roles, _ := body["roleProfiles"].([]any); len(roles) > 0 {
		role, _ := roles[0].(map[string]any)
		body["roleProfiles"] = []any{kit.With(role, kit.Body{"id": kit.GivenNumber(env, "secondRoleProfileId")})}
	}
	return ref(makeUserOf(ctx, env, body).Text("id"))
}

// supervisors are made anew for each record: nobody can supervise the same user twice.
func supervisors() resource {
	return resource{
		sub: supervisorSub(),
		create: func(ctx context.Context, env *suite.Env) kit.Body {
			return kit.Body{"user": makeSupervisor(ctx, env), "primary": false}
		},
		update: func(*suite.Env) kit.Body { return kit.Body{"primary": true} },
		shown:  "primary", bad: "primary", badValue: noBoolean(),
	}
}
