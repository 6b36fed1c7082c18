package volunteers

import (
	"slices"

	"rollcall/mockserver/defect"
)

func noteBreaks() []defect.Defect {
	const list, create, get, update, sub = "listUserNotes", "createUserNote", "getUserNote", "updateUserNote", "createUserSubNote"
	members := []string{"id", "subject", "body", "private", "pinned", "created_by", "user", "sub_notes", "created_at",
		"updated_at"}
	return slices.Concat(
		shaped("VOL-NOTE-01", list, "data.*.", members...), shaped("VOL-NOTE-01", list, "data.*.", "reminder"),
		ignored("VOL-NOTE-02", create, "subject", "body", "private", "pinned"), lost("VOL-NOTE-03", create, list),
		[]defect.Defect{
			refused("VOL-NOTE-02", create), answered("VOL-NOTE-02", create, "data.subject", `"Another"`),
			answered("VOL-NOTE-13", create, "data.user.id", "1"), answered("VOL-NOTE-29", create, "data.category.id", "99"),
			answered("VOL-NOTE-30", create, "data.team.id", `"99"`), answered("VOL-NOTE-16", create, "data.reminder",
				`{"date":"2001-01-01T00:00:00Z"}`),
			answered("VOL-NOTE-17", sub, "data.body", `"Another"`), answered("VOL-NOTE-17", sub, "data.id", `"7"`),
			answered("VOL-NOTE-22", get, "data.deleted_at", `"2026-01-01T00:00:00Z"`),
			answered("VOL-NOTE-26", create, "data.body", `"shortened"`),
			answered("VOL-NOTE-26", get, "data.body", `"shortened"`), answered("VOL-NOTE-18", get, "data.sub_notes", "[]"),
			answered("VOL-NOTE-18", list, "data.*.sub_notes", "[]"), answered("VOL-NOTE-18", update, "data.sub_notes", "[]"),
			answered("VOL-NOTE-18", get, "data.sub_notes.*.body", `"Another"`),
			{Requirement: "VOL-NOTE-18", Op: defect.Lose, Operations: []string{sub}},
			{Requirement: "VOL-NOTE-18", Op: defect.Stale, Operations: []string{get}},
		},
		same("VOL-NOTE-04", get, "data.subject", `"Another"`), asks("VOL-NOTE-05", list, "q"), asks("VOL-NOTE-06", list, "q"),
		ignored("VOL-NOTE-08", update, "subject", "body"), lost("VOL-NOTE-08", update, get),
		ignored("VOL-NOTE-09", update, "private", "pinned"),
		shaped("VOL-NOTE-11", create, "data.created_by.", "id"), shaped("VOL-NOTE-12", create, "data.user.", "id"),
		ignored("VOL-NOTE-29", create, "category"), ignored("VOL-NOTE-29", update, "category"),
		shaped("VOL-NOTE-14", create, "data.category.", "id", "name"), ignored("VOL-NOTE-30", create, "team"),
		ignored("VOL-NOTE-30", update, "team"),
		shaped("VOL-NOTE-15", create, "data.team.", "id", "display_name"), ignored("VOL-NOTE-16", create, "reminder"),
		ignored("VOL-NOTE-17", sub, "body"), shaped("VOL-NOTE-19", sub, "data.", "user", "created_at", "updated_at"),
	)
}

// kindMembers are those of the type of a touchpoint.
func kindMembers() []string {
	return []string{"id", "name", "icon", "filterable", "has_file_upload", "has_duration", "has_subject",
		"has_comments", "has_date", "has_time",
		"has_follow_up_date", "has_team_checkbox", "created_at", "updated_at"}
}

func touchpointBreaks() []defect.Defect {
	const (
		list   = "listUserTouchpoints"
		create = "createUserTouchpoint"
		get    = "getUserTouchpoint"
		update = "updateUserTouchpoint"
		sub    = "createUserSubTouchpoint"
	)
	members := []string{"id", "subject", "body", "archived", "private", "start", "created_by", "user", "sub_touchpoints",
		"attachments", "created_at", "updated_at"}
	return slices.Concat(
		shaped("VOL-TP-01", list, "data.*.", members...), shaped("VOL-TP-01", list, "data.*.", "end", "duration",
			"follow_up_date", "reminder"),
		ignored("VOL-TP-02", create, "subject", "body", "archived", "private"),
		ignored("VOL-TP-03", create, "start", "end"), ignored("VOL-TP-04", create, "duration"),
		ignored("VOL-TP-05", create, "follow_up_date"),
		lost("VOL-TP-06", create, list), same("VOL-TP-07", get, "data.subject", `"Another"`),
		asks("VOL-TP-08", list, "q"), asks("VOL-TP-09", list, "type"), asks("VOL-TP-10", list, "archived"),
		asks("VOL-TP-11", list, "from"), asks("VOL-TP-12", list, "to"),
		[]defect.Defect{
			refused("VOL-TP-02", create), refused("VOL-TP-15", list),
			{Requirement: "VOL-TP-16", Op: defect.Reorder, Path: "data", Operations: []string{list}},
			{Requirement: "VOL-TP-17", Op: defect.Status, Name: "fails", Value: "500", On: 422, Operations: []string{list}},
			answered("VOL-TP-03", create, "data.start", `"2001-01-01"`), answered("VOL-TP-04", create, "data.duration", "1"),
			answered("VOL-TP-05", create, "data.follow_up_date", `"2001-01-01T00:00:00Z"`),
			answered("VOL-TP-38", create, "data.team.id", `"99"`),
			answered("VOL-TP-25", create, "data.reminder", `{"date":"2001-01-01T00:00:00Z"}`),
			answered("VOL-TP-26", sub, "data.body", `"Another"`),
			answered("VOL-TP-27", get, "data.sub_touchpoints", "[]"),
			answered("VOL-TP-27", list, "data.*.sub_touchpoints", "[]"),
			answered("VOL-TP-27", get, "data.sub_touchpoints.*.body", `"Another"`),
			{Requirement: "VOL-TP-27", Op: defect.Lose, Operations: []string{sub}},
			{Requirement: "VOL-TP-27", Op: defect.Stale, Operations: []string{get}}, {Requirement: "VOL-TP-30", Op: defect.Drop,
				Path: "data.attachments", Operations: []string{get}},
			answered("VOL-TP-30", get, "data.attachments", `[{"name":"letter.pdf"}]`),
		},
		asks("VOL-TP-16", list, "o"), ignored("VOL-TP-18", update, "subject", "body"), lost("VOL-TP-18", update, get),
		ignored("VOL-TP-19", update, "archived"),
		ignored("VOL-TP-20", update, "private", "start", "end", "duration", "follow_up_date"),
		ignored("VOL-TP-37", create, "type"), ignored("VOL-TP-37", update, "type"),
		shaped("VOL-TP-22", create, "data.type.", kindMembers()...), shaped("VOL-TP-23", create, "data.", "created_by", "user"),
		ignored("VOL-TP-38", create, "team"), ignored("VOL-TP-38", update, "team"), shaped("VOL-TP-24", create, "data.team.",
			"id", "display_name"), ignored("VOL-TP-25", create, "reminder"),
		ignored("VOL-TP-29", create, "sub_touchpoints"), ignored("VOL-TP-26", sub, "body"),
		shaped("VOL-TP-28", sub, "data.", "id", "body", "created_at", "updated_at"),
	)
}
