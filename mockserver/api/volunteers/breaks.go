package volunteers

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

// breaks lists how requirements are broken that no rule, setting or refusal
// stands for.
func breaks() []defect.Defect {
	return slices.Concat(generalBreaks(), pageBreaks(), listBreaks(), userBreaks(), updateBreaks(), roleBreaks(),
		emailBreaks(), addressBreaks(),
		contactBreaks(), phoneBreaks(), skillBreaks(), supervisorBreaks(), noteBreaks(), touchpointBreaks())
}

func pages() []string {
	return []string{"listUsers", "listUserRoles", "listUserEmails", "listUserAddresses", "listUserEmergencyContacts",
		"listUserPhones",
		"listUserSupervisors", "listUserNotes", "listUserTouchpoints"}
}

// mayBeEmpty are the lists that can hold nothing: every user has a role.
func mayBeEmpty() []string {
	return slices.DeleteFunc(pages(), func(o string) bool { return o == "listUserRoles" })
}

func gets() []string {
	return []string{"getUserEmail", "getUserAddress", "getUserEmergencyContact", "getUserPhone", "getUserSupervisor",
		"getUserNote", "getUserTouchpoint"}
}

func deletes() []string {
	return []string{"deleteUserRole", "deleteUserEmail", "deleteUserAddress", "deleteUserEmergencyContact",
		"deleteUserSupervisor"}
}

// shaped breaks "every documented member is there, with its type".
func shaped(requirement, operation, prefix string, keys ...string) []defect.Defect {
	d := defect.Defect{Requirement: requirement, Op: defect.Drop, Operations: []string{operation}}
	return append(behavior.Members(d, prefix, keys...), retyped(requirement, operation, prefix, keys...)...)
}

// retyped breaks "every documented member has its type".
func retyped(requirement, operation, prefix string, keys ...string) []defect.Defect {
	return behavior.Members(defect.Defect{Requirement: requirement, Op: defect.Retype, Operations: []string{operation}}, prefix,
		keys...)
}

// ignored breaks "what was sent is stored", member by member.
func ignored(requirement, operation string, members ...string) []defect.Defect {
	return behavior.Members(defect.Defect{Requirement: requirement, Op: defect.Ignore, Operations: []string{operation}}, "",
		members...)
}

// asks breaks "the parameter is looked at".
func asks(requirement, operation string, parameters ...string) []defect.Defect {
	return behavior.Members(defect.Defect{Requirement: requirement, Op: defect.Ignore, Operations: []string{operation}}, "query:",
		parameters...)
}

// answered writes another value into an answer.
func answered(requirement, operation, path, value string) defect.Defect {
	return defect.Defect{Requirement: requirement, Op: defect.Set, Name: "set-" + path + "@" + operation, Path: path,
		Value: value, Operations: []string{operation}}
}

// exempt breaks "this holds for every record": those with a value are let off.
func exempt(requirement, operation, member, value string) defect.Defect {
	return defect.Defect{Requirement: requirement, Op: defect.Accept, Name: "exempt-" + member + "@" + operation,
		Path: "record:" + member, Value: value, Operations: []string{operation}}
}

// refused breaks "this is accepted".
func refused(requirement, operation string) defect.Defect {
	return defect.Defect{Requirement: requirement, Op: defect.Status, Name: "refused@" + operation, Value: "422",
		Operations: []string{operation}}
}

// lost breaks "what was written is there afterwards".
func lost(requirement, write, read string) []defect.Defect {
	return []defect.Defect{
		{Requirement: requirement, Op: defect.Lose, Name: "lose@" + write, Operations: []string{write}},
		{Requirement: requirement, Op: defect.Stale, Name: "stale@" + read, Operations: []string{read}},
	}
}

func generalBreaks() []defect.Defect {
	all := slices.Concat(writes(), pages(), gets(), deletes(), []string{"getUser", "listUserSkills"})
	on := func(requirement string, op defect.Op, path, value string, status int, name string,
		operations []string) []defect.Defect {
		return behavior.Each(defect.Defect{Requirement: requirement, Op: op, Path: path, Value: value, On: status, Name: name},
			operations...)
	}
	return slices.Concat(
		[]defect.Defect{{Requirement: "VOL-GEN-03", Op: defect.Type, Value: "text/html", Operations: []string{"listUsers"}},
			{Requirement: "VOL-GEN-03", Op: defect.Status, Value: "406", Operations: []string{"listUsers"}}},
		on("VOL-GEN-04", defect.Drop, "message", "", 401, "drop-401", all),
		on("VOL-GEN-04", defect.Drop, "message", "", 404, "drop-404", gets()),
		on("VOL-GEN-04", defect.Set, "message", `""`, 422, "empty-422", writes()),
		on("VOL-GEN-05", defect.Drop, "status_code", "", 401, "drop-401", all),
		on("VOL-GEN-05", defect.Drop, "status_code", "", 404, "drop-404", gets()),
		on("VOL-GEN-05", defect.Drop, "status_code", "", 422, "drop-422", writes()),
		on("VOL-GEN-06", defect.Set, "status_code", "500", 401, "other-401", all), on("VOL-GEN-06", defect.Set, "status_code",
			"400", 404, "other-404", gets()),
		on("VOL-GEN-06", defect.Set, "status_code", "400", 422, "other-422", writes()),
		on("VOL-GEN-09", defect.Set, "data", "{}", 0, "object", append(pages(), "listUserSkills")),
		on("VOL-GEN-15", defect.Drop, "errors", "", 422, "drop-errors", writes()),
		on("VOL-GEN-15", defect.Set, "errors", "{}", 422, "empty-errors", writes()),
		on("VOL-GEN-16", defect.Dirty, "", "", 0, "dirty", writes()),
		on("VOL-GEN-21", defect.Type, "", "text/html", 0, "type", slices.Concat(writes(), pages(), gets(),
			[]string{"getUser", "listUserSkills"})),
		on("VOL-GEN-21", defect.Type, "", "text/html", 401, "type-401", []string{"listUsers", "getUser"}),
		on("VOL-GEN-22", defect.Serve, "", "", 0, "serve",
			[]string{"getUser", "getUserPhone", "getUserNote", "getUserTouchpoint"}),
		on("VOL-GEN-24", defect.Set, "password", `"Quiet7Orchards"`, 0, "leak", []string{"createUser", "getUser", "updateUser"}),
		on("VOL-GEN-24", defect.Set, "data.*.password", `"Quiet7Orchards"`, 0, "leak", []string{"listUsers"}),
		on("VOL-GEN-24", defect.Set, "data.token", `"secret"`, 0, "leak-token", gets()),
		dateBreaks(),
	)
}

// dateBreaks writes dates and moments otherwise than their types say.
func dateBreaks() []defect.Defect {
	const date, moment = `"01/02/2026"`, `"2026-02-01 09:30:00"`
	return []defect.Defect{
		answered("VOL-GEN-19", "getUser", "dob", date), answered("VOL-GEN-19", "createUser", "start_date", date),
		answered("VOL-GEN-19", "updateUser", "dob", date), answered("VOL-GEN-19", "listUsers", "data.*.dob", date),
		answered("VOL-GEN-19", "listUserRoles", "data.*.start", date),
		answered("VOL-GEN-19", "createUserRole", "data.start", date),
		answered("VOL-GEN-19", "getUserAddress", "data.from_date", date),
		answered("VOL-GEN-19", "getUserTouchpoint", "data.start", date),
		answered("VOL-GEN-20", "createUserEmail", "data.created_at", moment),
		answered("VOL-GEN-20", "getUserEmail", "data.updated_at", moment),
		answered("VOL-GEN-20", "listUserPhones", "data.*.created_at", moment),
		answered("VOL-GEN-20", "getUserNote", "data.created_at", moment),
		answered("VOL-GEN-20", "createUserTouchpoint", "data.updated_at", moment),
		answered("VOL-GEN-20", "getUser", "on_call_end", moment),
	}
}

func pageBreaks() []defect.Defect {
	at := func(requirement string, op defect.Op, member, value string) []defect.Defect {
		return behavior.Each(defect.Defect{Requirement: requirement, Op: op, Name: string(op) + "-" + member,
			Path: "meta.pagination." + member, Value: value}, pages()...)
	}
	numbers := []string{"total", "count", "per_page", "current_page", "total_pages"}
	var all []defect.Defect
	for _, n := range append(numbers, "links") {
		all = append(all, at("VOL-PAG-01", defect.Drop, n, "")...)
	}
	for _, n := range numbers {
		all = append(all, at("VOL-PAG-02", defect.Set, n, `"one"`)...)
	}
	each := func(d defect.Defect) []defect.Defect { return behavior.Each(d, pages()...) }
	return slices.Concat(all,
		at("VOL-PAG-03", defect.Set, "count", "99"), at("VOL-PAG-04", defect.Set, "total", "1"),
		at("VOL-PAG-05", defect.Set, "current_page", "2"),
		at("VOL-PAG-06", defect.Set, "per_page", "0"), at("VOL-PAG-07", defect.Set, "total_pages", "99"),
		each(defect.Defect{Requirement: "VOL-PAG-08", Op: defect.Ignore, Path: "query:page"}),
		each(defect.Defect{Requirement: "VOL-PAG-09", Op: defect.Shorten, Path: "data"}),
		at("VOL-PAG-10", defect.Set, "links.next", "2"), at("VOL-PAG-10", defect.Set, "links.previous", "1"),
		at("VOL-PAG-11", defect.Drop, "links.next", ""), at("VOL-PAG-11", defect.Drop, "links.previous", ""),
		each(defect.Defect{Requirement: "VOL-PAG-15", Op: defect.Ignore, Path: "query:limit"}),
		behavior.Each(defect.Defect{Requirement: "VOL-PAG-16", Op: defect.Set, Name: "set-total", Path: "meta.pagination.total",
			Value: "1"}, mayBeEmpty()...),
		behavior.Each(defect.Defect{Requirement: "VOL-PAG-16", Op: defect.Status, Name: "missing", Value: "404"},
			mayBeEmpty()...),
	)
}

func listBreaks() []defect.Defect {
	const list = "listUsers"
	return slices.Concat(
		shaped("VOL-LST-01", list, "data.*.", "id", "display_name", "can_manage", "role_name", "team_name", "status"),
		retyped("VOL-LST-01", list, "data.*.", "title"),
		shaped("VOL-LST-02", list, "data.*.status.", "id", "name", "contactable"),
		asks("VOL-LST-03", list, "q"), asks("VOL-LST-07", list, "ids"), asks("VOL-LST-08", list, "exclude_ids"),
		asks("VOL-LST-09", list, "team"),
		asks("VOL-LST-10", list, "manager"), asks("VOL-LST-11", list, "supervisor"), asks("VOL-LST-12", list, "roles"),
		asks("VOL-LST-13", list, "skills"),
		asks("VOL-LST-14", list, "langs"), asks("VOL-LST-15", list, "sids"), asks("VOL-LST-16", list, "has_email"),
		asks("VOL-LST-17", list, "has_logged_in"),
		asks("VOL-LST-19", list, "view"), asks("VOL-LST-25", list, "include_inactive"),
		asks("VOL-LST-27", list, "include_upcoming"),
		asks("VOL-LST-28", list, "active_on"), asks("VOL-LST-29", list, "lat", "long"), asks("VOL-LST-32", list, "distance"),
		asks("VOL-LST-34", list, "s"), asks("VOL-LST-35", list, "age"), asks("VOL-LST-42", list, "geojson_id"),
		asks("VOL-LST-43", list, "teamlist"), asks("VOL-LST-43", list, "userlist"),
		asks("VOL-LST-37", list, "logins_only"), asks("VOL-LST-40", list, "include"),
		[]defect.Defect{
			refused("VOL-LST-18", list), refused("VOL-LST-33", list), refused("VOL-LST-35", list), refused("VOL-LST-42", list),
			refused("VOL-LST-43", list),
			{Requirement: "VOL-LST-23", Op: defect.Status, Value: "500", On: 422, Operations: []string{list}},
			{Requirement: "VOL-LST-36", Op: defect.Status, Value: "500", Operations: []string{list}},
			answered("VOL-LST-06", list, "meta.pagination.total", "1"),
		},
		asks("VOL-EMAIL-22", list, "q"),
	)
}
