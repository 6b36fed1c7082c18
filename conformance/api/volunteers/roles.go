package volunteers

import (
	"context"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func roleSub() sub {
	body := func(env *suite.Env, profile, team int) map[string]any {
		return map[string]any{
			"role": ref(profile), "team": ref(team),
			"manager": ref(kit.GivenNumber(env, "managerUserId")),
			"start":   day(env, -10), "custom_title": env.Unique("Steward"),
		}
	}
	return underUser(kit.Resource{
		Name:  "role",
		Lists: "listUserRoles", Creates: "createUserRole", Updates: "updateUserRole", Removes: "deleteUserRole",
		ID: "associationId",
		Body: func(env *suite.Env) map[string]any {
			profile, team := nextRole(env)
			return body(env, profile, team)
		},
		Whole: func(env *suite.Env) map[string]any {
			return kit.With(body(env, 0, kit.FirstGivenNumber(env, "secondTeamId", "teamId")), kit.Without("role"))
		},
	})
}

// nextRole is the role profile of a further role association, and its team. A target may let nobody
// have the same role in the same team twice, and users of the suite begin with the first of both: so
// they are taken in turn, as far as the target gives seconds.
func nextRole(env *suite.Env) (profile, team int) {
	first, home := kit.GivenNumber(env, "roleProfileId"), kit.GivenNumber(env, "teamId")
	second, away := kit.FirstGivenNumber(env, "secondRoleProfileId", "roleProfileId"),
		kit.FirstGivenNumber(env, "secondTeamId", "teamId")
	var others [][2]int
	for _, pair := range [][2]int{{first, away}, {second, home}, {second, away}} {
		if pair != [2]int{first, home} && !slices.Contains(others, pair) {
			others = append(others, pair)
		}
	}
	if len(others) == 0 {
		return first, home
	}
	next := others[env.Turn("role")%len(others)]
	return next[0], next[1]
}

func isRole(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "name": kit.IsText, "display_name": kit.IsText, "primary": kit.IsBoolean, "team": kit.OrNull(isTeam),
		"type":                  kit.IsText,
		"leaving_form_required": kit.IsBoolean, "review_submitted_at": kit.OrNull(kit.IsInstant), "left_org": kit.IsBoolean,
		"would_you_like_to_have_back":         kit.OrNull(kit.IsBoolean),
		"would_you_recommend_to_organisation": kit.OrNull(kit.IsBoolean),
		"reference":                           kit.OrNull(kit.IsText), "leaving_reason": kit.OrNull(isLeavingReason),
		"feedback":               kit.OrNull(kit.IsText),
		"recommend_organisation": kit.OrNull(kit.IsBoolean), "custom_title": kit.OrNull(kit.IsText),
		"start": kit.IsDate, "end": kit.OrNull(isDay),
		"manager": kit.OrNull(isShortUser), "vetting": kit.OrNull(isVetting), "recruitment_category": kit.OrNull(isRecruitment),
		"permission_group": kit.OrNull(isPermissionGroup),
	})(value, strict)
}

func isLeavingReason(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "reason": kit.IsFilled, "volunteer_selectable": kit.IsBoolean})(value,
		strict)
}

func isVetting(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger})(value, strict)
}

func isPermissionGroup(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "name": kit.IsText, "description": kit.OrNull(kit.IsText)})(value, strict)
}

func isRecruitment(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "name": kit.IsText, "stages": kit.Array(0, isStage)})(value, strict)
}

func isStage(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "name": kit.IsText, "display_name": kit.IsText,
		"actions": kit.Array(0, isAction)})(value, strict)
}

func isAction(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsInteger, "name": kit.IsText, "action_stage_id": kit.IsInteger,
		"settings": kit.IsObject})(value, strict)
}

func roleCases() []suite.Case {
	roles := roleSub()
	return slices.Concat(
		[]suite.Case{
			roles.shapeCase("VOL-ROLE-01", isRole, kit.Body{"end": "2099-12-31"}),
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
	for range 2 {
		list := roleSub().of(makeUser(ctx, env)).All(ctx, env)
		env.ExpectAnswer(list)
		kit.ExpectShape(env, list, "data", kit.Array(1, kit.Object(kit.Shape{"id": kit.IsInteger})))
	}
}

// rich makes a role association with all that can be set, as far as the target
// gives what it refers to, and returns it as it is listed then, with its path.
func richRole(ctx context.Context, env *suite.Env, user *client.Exchange) (list *client.Exchange, id, path string) {
	roles := roleSub()
	id = recordOf(roles.of(user).Made(ctx, env, kit.Body{"end": day(env, 90)}))
	body := roles.WholeBody(env, kit.Body{"end": day(env, 90), "feedback": env.Unique("Feedback"), "recommend_organisation": 1})
	for _, of := range [][2]string{{"leaving_reason", "leavingReasonId"}, {"vetting", "vettingId"}} {
		if member, name := of[0], of[1]; env.Has("given:" + name) {
			body[member] = ref(kit.GivenNumber(env, name))
		}
	}
	roles.of(user).Changed(ctx, env, id, body)
	list = roles.of(user).Listed(ctx, env)
	env.Expect(list).To(data.Has(id))
	return list, id, data.Place(list, id)
}

func roleListCases() []suite.Case {
	member := func(requirement, member string, want kit.ValueCheck) suite.Case {
		rich := member == "vetting" || member == "leaving_reason"
		return suite.Case{Requirement: requirement, Title: member + " has its documented members",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				made := roleSub().of(user).Made(ctx, env)
				list := roleSub().of(user).Listed(ctx, env)
				path := data.Place(list, recordOf(made))
				if rich {
					list, _, path = richRole(ctx, env, user)
				}
				kit.ExpectShape(env, list, "data", kit.Array(1, kit.Object(kit.Shape{member: kit.OrNull(want)})))
				env.Expect(list).To(kit.Tells(env, data.Place(list, recordOf(made))+"."+member, made, "data."+member))
				if list.Get(path+"."+member).Type == gjson.Null {
					env.NotApplicable("the role association made for it has no %s", member)
				}
			}}
	}
	return []suite.Case{
		{Requirement: "VOL-ROLE-16", Title: "the type is one of the two", Check: func(ctx context.Context, env *suite.Env) {
			roles, user := roleSub(), makeUser(ctx, env)
			if env.Has("given:secondRoleProfileId") {
				roles.of(user).Made(ctx, env, kit.Body{"role": ref(kit.GivenNumber(env, "secondRoleProfileId"))})
			}
			list := roles.of(user).All(ctx, env)
			env.ExpectAnswer(list)
			kit.ExpectShape(env, list, "data",
				kit.Array(1, kit.Object(kit.Shape{"type": kit.OneOf("volunteer", "non-volunteer")})))
		}},
		member("VOL-ROLE-17", "manager", isShortUser),
		member("VOL-ROLE-17", "team", isTeam),
		member("VOL-ROLE-18", "vetting", isVetting),
		member("VOL-ROLE-18", "leaving_reason", isLeavingReason),
		member("VOL-ROLE-18", "permission_group", isPermissionGroup),
		member("VOL-ROLE-18", "recruitment_category", isRecruitment),
		{Requirement: "VOL-ROLE-19", Title: "stages and actions have their documented members",
			Check: func(ctx context.Context, env *suite.Env) {
				list, path := roleSub().of(makeUser(ctx, env)).Listed(ctx, env), "data.0"
				if list.Get(path+".recruitment_category").Type == gjson.Null {
					env.Undetermined("the role profile has no recruitment category: give a roleProfileId that has one")
				}
				kit.ExpectShape(env, list, path+".recruitment_category.stages", kit.Array(0, isStage))
				if len(list.Get(path+".recruitment_category.stages.#.actions|@flatten").Array()) == 0 {
					env.Undetermined("no stage has an action: give a roleProfileId whose recruitment has some\n%s",
						match.Show(list))
				}
			}},
	}
}
