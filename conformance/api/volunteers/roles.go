package volunteers

import (
	"context"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func roleSub() sub {
	body := func(env *suite.Env) map[string]any {
		return map[string]any{
			"role": ref(given(env, "roleProfileId")), "team": ref(given(env, "teamId")), "manager": ref(given(env, "managerUserId")),
			"start": day(env, -10), "custom_title": env.Unique("Steward"),
		}
	}
	return sub{
		list: "listUserRoles", create: "createUserRole", update: "updateUserRole", remove: "deleteUserRole", id: "associationId",
		body:    body,
		changed: func(env *suite.Env) map[string]any { return less(body(env), "role") },
	}
}

func isRole(value gjson.Result, strict bool) string {
	return object(shape{
		"id": isInteger, "name": isText, "display_name": isText, "primary": isBoolean, "team": orNull(isTeam), "type": isText,
		"leaving_form_required": isBoolean, "review_submitted_at": orNull(isInstant), "left_org": isBoolean,
		"would_you_like_to_have_back": orNull(isBoolean), "would_you_recommend_to_organisation": orNull(isBoolean),
		"reference": orNull(isText), "leaving_reason": orNull(isLeavingReason), "feedback": orNull(isText),
		"recommend_organisation": orNull(isBoolean), "custom_title": orNull(isText), "start": isDate, "end": orNull(isDay),
		"manager": orNull(isShortUser), "vetting": orNull(isVetting), "recruitment_category": orNull(isRecruitment),
		"permission_group": orNull(isPermissionGroup),
	})(value, strict)
}

func isLeavingReason(value gjson.Result, strict bool) string {
	return object(shape{"id": isInteger, "reason": isFilled, "volunteer_selectable": isBoolean})(value, strict)
}

func isVetting(value gjson.Result, strict bool) string {
	return object(shape{"id": isInteger})(value, strict)
}

func isPermissionGroup(value gjson.Result, strict bool) string {
	return object(shape{"id": isInteger, "name": isText, "description": orNull(isText)})(value, strict)
}

func isRecruitment(value gjson.Result, strict bool) string {
	return object(shape{"id": isInteger, "name": isText, "stages": array(isStage)})(value, strict)
}

func isStage(value gjson.Result, strict bool) string {
	return object(shape{"id": isInteger, "name": isText, "display_name": isText, "actions": array(isAction)})(value, strict)
}

func isAction(value gjson.Result, strict bool) string {
	return object(shape{"id": isInteger, "name": isText, "action_stage_id": isInteger, "settings": isObject})(value, strict)
}

func roleCases() []suite.Case {
	roles := roleSub()
	return slices.Concat(
		[]suite.Case{
			roles.shapeCase("VOL-ROLE-01", isRole, "end", "2099-12-31"),
			{Requirement: "VOL-ROLE-02", Title: "each of two new users has one", Check: everyUserHasRole},
			roles.growsCase("VOL-ROLE-06"),
			roles.foreignCase("VOL-ROLE-38"),
		},
		roleListCases(),
		roleCreateCases(),
		roleRefusalCases(),
		rolePrimaryCases(),
		roleUpdateCases(),
		roleReferenceCases(),
		roleStayCases(),
		roleRemovalCases(),
		roleUserCases(),
	)
}

func everyUserHasRole(ctx context.Context, env *suite.Env) {
	var earlier string
	for range 2 {
		list := roleSub().all(ctx, env, makeUser(ctx, env))
		env.ExpectAnswer(list)
		expectShape(env, list, "data", filled(1, object(shape{"id": isInteger})))
		env.Expect(list).To(lacks(earlier))
		earlier = list.Text("data.0.id")
	}
}

// rich makes a role association with all that can be set, as far as the target
// gives what it refers to, and returns it as it is listed then, with its path.
func richRole(ctx context.Context, env *suite.Env, user *client.Exchange) (list *client.Exchange, id, path string) {
	roles := roleSub()
	id = recordOf(roles.made(ctx, env, user, "end", day(env, 90)))
	body := map[string]any{"feedback": env.Unique("Feedback"), "recommend_organisation": 1}
	for member, name := range map[string]string{"leaving_reason": "leavingReasonId", "vetting": "vettingId"} {
		if env.Has("given:" + name) {
			body[member] = ref(given(env, name))
		}
	}
	roles.altered(ctx, env, user, id, body)
	list = roles.listed(ctx, env, user)
	env.Expect(list).To(lists(id))
	return list, id, where(list, id)
}

func roleListCases() []suite.Case {
	member := func(requirement, member string, want kind) suite.Case {
		rich := member == "vetting" || member == "leaving_reason"
		return suite.Case{Requirement: requirement, Title: member + " has its documented members", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			made := roles.made(ctx, env, user)
			list := roles.listed(ctx, env, user)
			path := where(list, recordOf(made))
			if rich {
				list, _, path = richRole(ctx, env, user)
			}
			expectShape(env, list, "data", filled(1, object(shape{member: orNull(want)})))
			env.Expect(list).To(tells(where(list, recordOf(made))+"."+member, made, "data."+member))
			if list.Get(path+"."+member).Type == gjson.Null {
				env.NotApplicable("the role association made for it has no %s", member)
			}
		}}
	}
	return []suite.Case{
		{Requirement: "VOL-ROLE-16", Title: "the type is one of the two", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			if env.Has("given:secondRoleProfileId") {
				roles.made(ctx, env, user, "role", ref(given(env, "secondRoleProfileId")))
			}
			list := roles.all(ctx, env, user)
			env.ExpectAnswer(list)
			expectShape(env, list, "data", filled(1, object(shape{"type": isOneOf("volunteer", "non-volunteer")})))
		}},
		member("VOL-ROLE-17", "manager", isShortUser),
		member("VOL-ROLE-17", "team", isTeam),
		member("VOL-ROLE-18", "vetting", isVetting),
		member("VOL-ROLE-18", "leaving_reason", isLeavingReason),
		member("VOL-ROLE-18", "permission_group", isPermissionGroup),
		member("VOL-ROLE-18", "recruitment_category", isRecruitment),
		{Requirement: "VOL-ROLE-19", Title: "stages and actions have their documented members", Check: func(ctx context.Context, env *suite.Env) {
			list, path := roleSub().listed(ctx, env, makeUser(ctx, env)), "data.0"
			if list.Get(path+".recruitment_category").Type == gjson.Null {
				env.Undetermined("the role profile has no recruitment category: give a roleProfileId that has one")
			}
			expectShape(env, list, path+".recruitment_category.stages", array(isStage))
			if len(list.Get(path+".recruitment_category.stages.#.actions|@flatten").Array()) == 0 {
				env.Undetermined("no stage has an action: give a roleProfileId whose recruitment has some\n%s", match.Show(list))
			}
		}},
	}
}
