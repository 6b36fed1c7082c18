package probation

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

// breaks lists how requirements are broken that no setting and no refusal stands
// for.
func breaks() []defect.Defect {
	return slices.Concat(generalBreaks(), staffBreaks(), lookupBreaks(), teamBreaks(), caseBreaks(), managerBreaks(),
		headBreaks(), roleBreaks(), documentBreaks())
}

func secured() []string {
	return slices.Concat([]string{"addRole", "removeRole"}, posts(), caseloads(), lookups(),
		[]string{"findPDUHead", "findCommunityManager"})
}

func posts() []string {
	return []string{"findStaffForUsernames", "findCommunityManagerEmails"}
}

func caseloads() []string {
	return []string{"getManagedOffendersByTeam", "getManagedOffenders", "getManagedOffenders_1"}
}

func lookups() []string { return []string{"findStaff", "findStaff_1", "findStaffByCode"} }

func lists() []string { return slices.Concat(posts(), caseloads(), []string{"findPDUHead"}) }

func numbered() []string { return []string{"findStaff_1", "getManagedOffenders_1"} }

// set breaks a member, in each of the operations.
func set(requirement, path, value string, operations ...string) []defect.Defect {
	return behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Set, Path: path, Value: value, Name: "set:" + path},
		operations...)
}

func drop(requirement, path string, operations ...string) []defect.Defect {
	return behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Drop, Path: path, Name: "drop:" + path},
		operations...)
}

// on makes defects of answers with one status.
func on(status int, all ...[]defect.Defect) []defect.Defect {
	out := slices.Concat(all...)
	for i := range out {
		out[i].On = status
	}
	return out
}

// found breaks "is found": with another status, or not at all.
func found(requirement string, operations ...string) []defect.Defect {
	return slices.Concat(
		behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Status, Value: "202"}, operations...),
		behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Status, Value: "404", Name: "lost"}, operations...),
	)
}

func header(requirement, name, value string, operations ...string) []defect.Defect {
	return behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Header, Path: "Www-Authenticate",
		Value: value, Name: name}, operations...)
}

func generalBreaks() []defect.Defect {
	missing := slices.Concat(lookups(), []string{"findCommunityManager"})
	unreadable := slices.Concat(posts(), numbered())
	const body = `{"error":"unauthorized"}`
	return slices.Concat(
		on(403, behavior.Each(defect.Defect{Requirement: "PRO-GEN-07", Op: defect.Shared}, slices.Concat(caseloads(), lookups(),
			[]string{"findPDUHead", "findCommunityManager"})...)),
		on(401, set("PRO-GEN-02", "", body, secured()...), header("PRO-GEN-03", "unchallenged", "", secured()...),
			header("PRO-GEN-03", "marked", `Bearer error="invalid_token"`, "findStaff", "addRole"),
			header("PRO-GEN-03", "basic", "Basic", "findStaff", "addRole"),
			header("PRO-GEN-05", "unchallenged", "", secured()...)),
		on(403, set("PRO-GEN-08", "", body, secured()...), header("PRO-GEN-09", "unchallenged", "", secured()...)),
		behavior.Each(defect.Defect{Requirement: "PRO-GEN-24", Op: defect.Serve}, "findStaffForUsernames"),
		behavior.Each(defect.Defect{Requirement: "PRO-GEN-26", Op: defect.Serve, Path: "/"}, lookups()...),
		on(404, drop("PRO-GEN-28", "status", missing...), drop("PRO-GEN-28", "message", missing...),
			set("PRO-GEN-28", "status", "400", missing...), set("PRO-GEN-28", "fields", "[]", missing...)),
		on(400, drop("PRO-GEN-29", "timestamp", unreadable...), drop("PRO-GEN-29", "status", unreadable...),
			drop("PRO-GEN-29", "error", unreadable...),
			drop("PRO-GEN-29", "path", unreadable...), set("PRO-GEN-29", "message", `"Failed to read request"`, unreadable...),
			set("PRO-GEN-30", "status", "500", unreadable...), set("PRO-GEN-30", "error", `"Not Found"`, unreadable...),
			set("PRO-GEN-30", "path", `"/error"`, unreadable...)),
		set("PRO-GEN-31", "*.name.middleName", "null", namedLists()...), set("PRO-GEN-31", "name.middleName", "null", missing...),
		set("PRO-GEN-31", "*.email", "null", "findCommunityManagerEmails"),
		set("PRO-GEN-33", "", `{"content":[]}`, lists()...),
		twice("", slices.Concat(caseloads(), []string{"findPDUHead", "findStaffForUsernames"})...),
		twice("teams", lookups()...), twice("teams.*.addresses", lookups()...), twice("team.addresses", "findCommunityManager"),
		behavior.Each(defect.Defect{Requirement: "PRO-GEN-35", Op: defect.Touch, Path: "code", Value: `"X99X99X"`}, posts()...),
	)
}

// twice is what a list shows of a thing that there is once.
func twice(path string, operations ...string) []defect.Defect {
	return behavior.Each(defect.Defect{Requirement: "PRO-GEN-36", Op: defect.Repeat, Path: path}, operations...)
}

// namedLists are the lists whose items have a name.
func namedLists() []string {
	return slices.Concat(caseloads(), []string{"findStaffForUsernames", "findPDUHead"})
}

func staffBreaks() []defect.Defect {
	return slices.Concat(
		found("PRO-STAFF-01", "findStaff"), found("PRO-STAFF-02", "findStaff_1"), found("PRO-STAFF-03", "findStaffByCode"),
		set("PRO-STAFF-04", "name.surname", `"Somebody"`, lookups()...), drop("PRO-STAFF-04", "email", lookups()...),
		set("PRO-STAFF-04", "teams", "[]", lookups()...), set("PRO-STAFF-04", "provider.code", `"N99"`, lookups()...),
		set("PRO-STAFF-05", "id", "987654", lookups()...), set("PRO-STAFF-05", "code", `"N99X99X"`, lookups()...),
		set("PRO-STAFF-05", "username", `"somebody.else"`, lookups()...),
		drop("PRO-STAFF-06", "username", lookups()...), drop("PRO-STAFF-06", "email", lookups()...),
		drop("PRO-STAFF-06", "telephoneNumber", lookups()...),
		on(404, set("PRO-STAFF-10", "message", `"Staff not found"`, "findStaff"),
			set("PRO-STAFF-13", "message", `"Staff not found"`, "findStaff_1"),
			set("PRO-STAFF-16", "message", `"Staff not found"`, "findStaffByCode")),
		set("PRO-STAFF-21", "username", `"nobody"`, "findStaffByCode"),
		set("PRO-STAFF-21", "email", `"nobody@probation.example"`, "findStaffByCode"),
		set("PRO-STAFF-21", "telephoneNumber", `"01632960000"`, "findStaffByCode"),
		set("PRO-STAFF-22", "email", `"nobody@probation.example"`, "findStaffByCode"),
		set("PRO-STAFF-22", "telephoneNumber", `"01632960000"`, "findStaffByCode"),
		drop("PRO-STAFF-22", "username", "findStaffByCode"),
		set("PRO-STAFF-23", "name.middleName", `""`, "findStaffByCode"),
		drop("PRO-STAFF-23", "name.middleName", "findStaffByCode"),
		drop("PRO-STAFF-24", "teams", "findStaffByCode"), set("PRO-STAFF-24", "teams", "null", "findStaffByCode"),
	)
}

func lookupBreaks() []defect.Defect {
	at := "findStaffForUsernames"
	return slices.Concat(
		found("PRO-STAFF-25", at), set("PRO-STAFF-25", "", "[]", at),
		[]defect.Defect{{Requirement: "PRO-STAFF-25", Op: defect.Shorten, Operations: []string{at}}},
		set("PRO-STAFF-34", "*.email", `"somebody@probation.example"`, at),
		set("PRO-STAFF-34", "*.telephoneNumber", `"01632960000"`, at),
		set("PRO-STAFF-34", "*.teams", "[]", at),
		set("PRO-STAFF-35", "*.id", "987654", at), set("PRO-STAFF-35", "*.code", `"N99X99X"`, at),
		set("PRO-STAFF-35", "*.name.surname", `"Somebody"`, at),
	)
}

func headBreaks() []defect.Defect {
	at := "findPDUHead"
	return slices.Concat(
		found("PRO-PDU-01", at),
		[]defect.Defect{{Requirement: "PRO-PDU-02", Op: defect.Shorten, Operations: []string{at}}},
		set("PRO-PDU-03", "*.id", "1", at), set("PRO-PDU-03", "*.code", `"N99X99X"`, at),
		set("PRO-PDU-03", "*.username", `"somebody"`, at),
		drop("PRO-PDU-04", "*.email", at),
		behavior.Each(defect.Defect{Requirement: "PRO-PDU-09", Op: defect.Frozen}, at),
		set("PRO-PDU-05", "*.email", `"nobody@probation.example"`, at),
	)
}

func roleBreaks() []defect.Defect {
	return slices.Concat(
		found("PRO-ROLE-01", "addRole"), found("PRO-ROLE-02", "removeRole"),
		set("PRO-ROLE-03", "", `{"roles":[]}`, "addRole", "removeRole"),
		on(404, set("PRO-ROLE-07", "message", `"User not found"`, "addRole")),
		[]defect.Defect{
			{Requirement: "PRO-ROLE-11", Op: defect.Lose, Operations: []string{"addRole"}},
			{Requirement: "PRO-ROLE-13", Op: defect.Lose, Operations: []string{"removeRole"}},
			{Requirement: "PRO-ROLE-19", Op: defect.Dirty, On: 403, Operations: []string{"addRole"}},
		},
	)
}

func documentBreaks() []defect.Defect {
	at := "asyncApi"
	return slices.Concat(
		found("PRO-ASYNC-01", at), set("PRO-ASYNC-02", "", `"{\"asyncapi\":\"2.4.0\"}"`, at),
		[]defect.Defect{
			{Requirement: "PRO-ASYNC-03", Op: defect.Status, Value: "401", Operations: []string{at}},
			{Requirement: "PRO-ASYNC-04", Op: defect.Status, Value: "403", Operations: []string{at}},
		},
		set("PRO-ASYNC-06", "asyncapi", `"3.0.0"`, at),
		drop("PRO-ASYNC-07", "info.title", at), drop("PRO-ASYNC-07", "info.description", at),
		set("PRO-ASYNC-07", "info.version", `"2.0"`, at),
		drop("PRO-ASYNC-07", "info.contact", at), drop("PRO-ASYNC-07", "info.license", at),
		drop("PRO-ASYNC-08", "servers.dev", at), drop("PRO-ASYNC-08", "servers.preprod", at),
		drop("PRO-ASYNC-08", "servers.prod", at),
		set("PRO-ASYNC-09", "defaultContentType", `"text/plain"`, at), drop("PRO-ASYNC-10", "externalDocs", at),
		set("PRO-ASYNC-11", "channels", "{}", at), set("PRO-ASYNC-11", "channels.another", `{"publish":{}}`, at),
		drop("PRO-ASYNC-11", "channels.licence-events-queue.publish", at), set("PRO-ASYNC-12", "components.channels", "{}", at),
	)
}
