package volunteers

import (
	"slices"

	"rollcall/mockserver/defect"
)

func skillBreaks() []defect.Defect {
	const list, update = "listUserSkills", "updateUserSkills"
	return slices.Concat(
		shaped("VOL-SKILL-01", list, "data.*.", "id", "user_id", "name"),
		[]defect.Defect{
			{Requirement: "VOL-SKILL-02", Op: defect.Shorten, Path: "data", Operations: []string{update}},
			answered("VOL-SKILL-02", update, "data", "[]"),
			{Requirement: "VOL-SKILL-04", Op: defect.Drop, Path: "meta", Operations: []string{update}},
			{Requirement: "VOL-SKILL-04", Op: defect.Drop, Name: "drop-total", Path: "meta.pagination.total",
				Operations: []string{update}},
			answered("VOL-SKILL-10", list, "data.*.user_id", "1"), answered("VOL-SKILL-11", update, "data.*.name", `"Another"`),
			answered("VOL-SKILL-05", list, "data", "[]"),
		},
		lost("VOL-SKILL-03", update, list), ignored("VOL-SKILL-02", update, "skills"), ignored("VOL-SKILL-06", update, "skills"),
	)
}

func supervisorBreaks() []defect.Defect {
	const (
		list   = "listUserSupervisors"
		create = "createUserSupervisor"
		get    = "getUserSupervisor"
		update = "updateUserSupervisor"
		remove = "deleteUserSupervisor"
	)
	short := []string{"id", "display_name", "can_manage", "status"}
	return slices.Concat(
		shaped("VOL-SUP-01", list, "data.*.", "id", "primary", "supervisor"),
		[]defect.Defect{
			answered("VOL-SUP-02", create, "data.supervisor.id", "1"), refused("VOL-SUP-02", create),
			refused("VOL-SUP-05", create), answered("VOL-SUP-03", create, "data.primary", "true"),
			answered("VOL-SUP-14", update, "data.supervisor.id", "1"),
		},
		lost("VOL-SUP-02", create, list), ignored("VOL-SUP-04", create, "primary"),
		same("VOL-SUP-10", get, "data.supervisor.id", "1"),
		shaped("VOL-SUP-11", list, "data.*.supervisor.", short...), shaped("VOL-SUP-11", create, "data.supervisor.", short...),
		shaped("VOL-SUP-11", get, "data.supervisor.", short...), shaped("VOL-SUP-11", update, "data.supervisor.", short...),
		retyped("VOL-SUP-11", get, "data.supervisor.", "title", "role_name", "team_name"),
		ignored("VOL-SUP-12", update, "primary"), lost("VOL-SUP-12", update, get), removed("VOL-SUP-15", remove, list),
	)
}
