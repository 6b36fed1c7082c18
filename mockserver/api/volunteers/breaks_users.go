package volunteers

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

// userMembers are those of a user that are never missing.
func userMembers() []string {
	return []string{"id", "display_name", "can_manage", "status", "appear_in_directory", "appear_in_near_me", "is_volunteer",
		"is_non_volunteer", "is_system", "on_call", "first_name", "last_name", "is_minor", "2fa_enabled", "2fa_disabled", "flags"}
}

// userNullables are those that are null, or left out, when there is nothing to say.
func userNullables() []string {
	return []string{"title", "role_name", "team_name", "about_me", "facebook", "twitter", "anonymised",
		"on_call_end", "on_hold_start"}
}

func userFlags() []string {
	return []string{"appear_in_directory", "appear_in_near_me", "is_volunteer", "is_non_volunteer", "is_system", "is_minor",
		"on_call", "2fa_enabled", "2fa_disabled"}
}

func userBreaks() []defect.Defect {
	const create, get = "createUser", "getUser"
	return slices.Concat(
		[]defect.Defect{
			{Requirement: "VOL-CRT-01", Op: defect.Status, Value: "422", Operations: []string{create}},
			answered("VOL-CRT-01", create, "id", `"7"`),
			refused("VOL-CRT-07", create), refused("VOL-CRT-11", create), refused("VOL-CRT-12", create),
			refused("VOL-CRT-21", create),
			answered("VOL-CRT-14", create, "first_name", `"Another"`), answered("VOL-CRT-14", get, "last_name", `"Another"`),
			answered("VOL-CRT-28", create, "is_minor", "true"),
			answered("VOL-CRT-29", create, "first_name", `"Zoe"`), answered("VOL-CRT-29", get, "first_name", `"Zoe"`),
			answered("VOL-GET-01", get, "id", "1"), {Requirement: "VOL-GET-01", Op: defect.Status,
				Value: "404", Operations: []string{get}},
			answered("VOL-GET-04", get, "on_hold", `"none"`), answered("VOL-GET-05", get, "anonymised", `"2026-01-01T00:00:00Z"`),
			answered("VOL-GET-10", get, "website", `"example"`),
			answered("VOL-GET-10", get, "profile_photo_url", `"/photos/1.jpg"`),
			answered("VOL-GET-12", get, "emailAddresses", "[]"), answered("VOL-GET-06", get, "team_name", `"Another team"`),
			answered("VOL-GET-06", get, "role_name", `"Another role"`), answered("VOL-GET-07", get, "is_volunteer", "false"),
			answered("VOL-GET-07", get, "is_non_volunteer", "true"),
		},
		shaped("VOL-CRT-13", create, "", userMembers()...), retyped("VOL-CRT-13", create, "", userNullables()...),
		ignored("VOL-CRT-14", create, "dob"), ignored("VOL-CRT-15", create, "emailAddresses"),
		ignored("VOL-CRT-16", create, "phoneNumbers"),
		ignored("VOL-CRT-17", create, "roleProfiles.0.team", "roleProfiles.0.manager", "roleProfiles.0.start",
			"roleProfiles.0.custom_title"),
		ignored("VOL-CRT-20", create, "attributes"), lost("VOL-CRT-27", create, get), lost("VOL-CRT-27", create, "listUsers"),
		shaped("VOL-GET-02", get, "", userMembers()...), retyped("VOL-GET-02", get, "", userNullables()...),
		behavior.Members(defect.Defect{Requirement: "VOL-GET-03", Op: defect.Null, Operations: []string{get}}, "",
			append(userFlags(), "id", "display_name", "can_manage", "status", "first_name", "last_name", "flags")...),
		asks("VOL-GET-09", get, "include"),
		behavior.Members(defect.Defect{Requirement: "VOL-GET-13", Op: defect.Set, Value: "1", Operations: []string{get}}, "",
			userFlags()...),
	)
}

func updateBreaks() []defect.Defect {
	const update, get = "updateUser", "getUser"
	return slices.Concat(
		[]defect.Defect{
			{Requirement: "VOL-UPD-01", Op: defect.Status, Value: "422", Operations: []string{update}},
			answered("VOL-UPD-01", update, "about_me", `"Another"`),
			{Requirement: "VOL-UPD-01", Op: defect.Empty, Operations: []string{update}},
			refused("VOL-UPD-11", update), refused("VOL-UPD-12", update),
			answered("VOL-UPD-18", update, "display_name", `"Another Name"`),
			answered("VOL-UPD-15", update, "status.name", `"Withdrawn"`), answered("VOL-UPD-15", update, "can_manage", "false"),
			answered("VOL-UPD-14", update, "username", `"another"`), answered("VOL-UPD-14", update, "is_system", "true"),
		},
		lost("VOL-UPD-02", update, get),
		ignored("VOL-UPD-03", update, "title", "about_me", "facebook", "twitter", "preferred_name", "accessibility_info"),
		ignored("VOL-UPD-04", update, "appear_in_directory", "appear_in_near_me"),
		ignored("VOL-UPD-05", update, "first_name", "last_name", "dob"),
		ignored("VOL-UPD-06", update, "on_call", "on_call_end"), ignored("VOL-UPD-07", update, "start_date"),
		ignored("VOL-UPD-08", update, "website"),
		ignored("VOL-UPD-10", update, "attributes"), ignored("VOL-UPD-11", update, "on_hold_start", "on_hold_end"),
	)
}

func roleBreaks() []defect.Defect {
	const list, create, update = "listUserRoles", "createUserRole", "updateUserRole"
	bare := `{"id":1,"name":"Befriender","display_name":"Befriender"}`
	return slices.Concat(
		shaped("VOL-ROLE-01", list, "data.*.", "id", "name", "display_name", "primary", "type",
			"leaving_form_required", "left_org", "start"),
		shaped("VOL-ROLE-01", list, "data.*.", "team", "manager", "custom_title", "end",
			"recruitment_category", "permission_group"),
		[]defect.Defect{
			answered("VOL-ROLE-02", list, "data", "[]"),
			answered("VOL-ROLE-03", create, "data.id", `"7"`), refused("VOL-ROLE-03", create),
			{Requirement: "VOL-ROLE-07", Op: defect.Shorten, Path: "data", Operations: []string{list}},
			refused("VOL-ROLE-07", create),
			answered("VOL-ROLE-08", create, "data.end", `"2030-01-01"`), answered("VOL-ROLE-16", list, "data.*.type", `"helper"`),
			refused("VOL-ROLE-28", update), answered("VOL-ROLE-30", update, "data.id", "1"),
			answered("VOL-ROLE-30", update, "data.name", `"Another"`),
			answered("VOL-ROLE-37", create, "", bare), answered("VOL-ROLE-37", update, "", bare),
			exempt("VOL-ROLE-32", "deleteUserRole", "type", `"non-volunteer"`),
			{Requirement: "VOL-ROLE-31", Op: defect.Lose, Operations: []string{"deleteUserRole"}},
			{Requirement: "VOL-ROLE-31", Op: defect.Stale, Operations: []string{list}},
		},

		ignored("VOL-ROLE-04", create, "start", "primary", "custom_title"), ignored("VOL-ROLE-05", create, "team", "manager"),
		lost("VOL-ROLE-06", create, list), ignored("VOL-ROLE-09", create, "end"), ignored("VOL-ROLE-14", create, "primary"),
		shaped("VOL-ROLE-17", list, "data.*.manager.", "id", "display_name", "can_manage", "status"),
		shaped("VOL-ROLE-17", list, "data.*.team.", "id", "display_name", "name", "description", "icon", "hidden", "disabled"),
		shaped("VOL-ROLE-18", list, "data.*.recruitment_category.", "id", "name", "stages"),
		shaped("VOL-ROLE-18", list, "data.*.permission_group.", "id", "name", "description"),
		shaped("VOL-ROLE-18", list, "data.*.leaving_reason.", "id", "reason", "volunteer_selectable"),
		shaped("VOL-ROLE-18", list, "data.*.vetting.", "id"),
		shaped("VOL-ROLE-19", list, "data.*.recruitment_category.stages.*.", "id", "name", "display_name", "actions"),
		shaped("VOL-ROLE-19", list, "data.*.recruitment_category.stages.*.actions.*.", "id", "name",
			"action_stage_id", "settings"),
		ignored("VOL-ROLE-20", update, "custom_title"), lost("VOL-ROLE-20", update, list),
		ignored("VOL-ROLE-21", update, "start", "end"),
		ignored("VOL-ROLE-22", update, "team", "manager"), ignored("VOL-ROLE-23", update, "feedback"),
		ignored("VOL-ROLE-24", update, "recommend_organisation"),
		ignored("VOL-ROLE-25", update, "primary"), ignored("VOL-ROLE-26", update, "leaving_reason"),
		ignored("VOL-ROLE-27", update, "vetting"),
	)
}
