package tenants

import (
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

// breaks lists how requirements are broken that no rule, setting or refusal
// stands for.
func breaks() []defect.Defect {
	return slices.Concat(shapes(), general(), searches(), creates(), updates(), deactivations())
}

// answering lists the operations that answer with a user.
func answering() []string { return []string{"searchUser", "createUser", "updateUser"} }

func every() []string { return append(answering(), "deactivateUser") }

// own lists the members that are answered as they were sent: none follows from others.
func own() []string {
	return slices.DeleteFunc(writable(), func(member string) bool {
		return strings.HasPrefix(member, "caseOwner") && member != "caseOwnerId" || strings.HasPrefix(member, "manager") &&
			member != "managerId"
	})
}

// kept lists those of them that an update which leaves them out sets to null.
func kept() []string {
	return slices.DeleteFunc(own(), func(member string) bool { return member == "firstName" || member == "email" })
}

// echoed lists the members that a create and an update have to take.
func echoed() []string {
	return []string{
		"firstName", "lastName", "title", "preferredName", "phone", "postCode", "address1", "address2", "townCity", "countyState",
		"plannedHours", "weeklyHours",
	}
}

// echoedToo lists those that they should.
func echoedToo() []string {
	return []string{
		"jobActiveSync", "gender", "personalEmail", "authenticationType",
		"IAEnglish", "IAMath", "IAICT", "diagEnglish", "diagMath", "diagIct",
	}
}

func referring() (names []string) {
	for _, r := range references() {
		names = append(names, r.member)
	}
	return names
}

// on binds defects of one requirement to one operation.
func on(requirement, operation string, all ...defect.Defect) []defect.Defect {
	for i := range all {
		all[i].Requirement, all[i].Operations = requirement, []string{operation}
	}
	return all
}

// shapes breaks what the user in an answer looks like.
func shapes() (all []defect.Defect) {
	for _, o := range answering() {
		at := []string{o}
		drop := defect.Defect{Requirement: "TEN-GEN-06", Op: defect.Drop, Operations: at} // of what is certainly the user's own
		number := defect.Defect{Requirement: "TEN-GEN-07", Op: defect.Retype, Operations: at}
		big := defect.Defect{Requirement: "TEN-GEN-07", Name: "big", Op: defect.Set, Value: "2147483648", Operations: at}
		fraction := defect.Defect{Requirement: "TEN-GEN-07", Name: "fraction", Op: defect.Set, Value: "20.5", Operations: at}
		text := defect.Defect{Requirement: "TEN-GEN-08", Op: defect.Retype, Operations: at}
		digits := defect.Defect{Requirement: "TEN-GEN-08", Name: "digits", Op: defect.Set, Value: "12", Operations: at}
		all = slices.Concat(all,
			behavior.Members(drop, "", append(own(), "id")...),
			behavior.Members(number, "", append(numbers(), "id")...), behavior.Members(big, "", append(numbers(), "id")...),
			behavior.Members(fraction, "", append(numbers(), "id")...),
			behavior.Members(text, "", texts()...), behavior.Members(digits, "", texts()...))
	}
	return slices.Concat(all,
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-09", Op: defect.Set, Path: "jobActiveSync", Value: `"true"`,
			Name: "text"}, answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-09", Op: defect.Set, Path: "jobActiveSync", Value: `1`, Name: "number"},
			answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-04", Op: defect.Set, Value: `{"data":{"id":5001}}`, Name: "envelope"},
			answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-04", Op: defect.Set, Value: `[{"id":5001}]`, Name: "list"},
			answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-04", Op: defect.Set, Path: "id", Value: `"5001"`, Name: "text-id"},
			answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-05", Op: defect.Drop, Path: "diagIct"}, answering()...),
	)
}

func general() []defect.Defect {
	undocumented := func(operation string, status int) []defect.Defect {
		return on("TEN-DOC-"+operation+"-status_code_conformance-inferred", operation,
			defect.Defect{Op: defect.Status, On: status, Value: "418"})
	}
	trace := `"at Users.Search(Int32 id) in UserStore.cs:line 42"`
	return slices.Concat(
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-10", Op: defect.Type, Value: "text/plain"}, answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-10", Op: defect.Type, Value: "application/json; charset=iso-8859-1",
			Name: "latin"}, answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-16", Op: defect.Set, Path: "password", Value: `"Thistle-Otter-41"`,
			Name: "password"}, answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-16", Op: defect.Set, Path: "apiToken", Value: `"0123456789abcdef"`,
			Name: "token"}, answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-16", Op: defect.Set, Path: "account",
			Value: `{"resetToken":"9f2c44e0b71d"}`, Name: "reset-token"}, answering()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-16", Op: defect.Set, Path: "stackTrace", Value: trace, On: 400,
			Name: "trace-400"}, every()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-16", Op: defect.Set, Path: "message", Value: trace, On: 401,
			Name: "trace-401"}, every()...),
		behavior.Each(defect.Defect{Requirement: "TEN-GEN-16", Op: defect.Set, Path: "message", Value: trace, On: 404,
			Name: "trace-404"}, "searchUser", "updateUser", "deactivateUser"),
		undocumented("searchUser", 404), undocumented("createUser", 400), undocumented("updateUser", 404),
		undocumented("deactivateUser", 404),
		on("TEN-GEN-17", "searchUser", defect.Defect{Op: defect.Touch, Path: "title", Value: `"Read"`}),
	)
}

func searches() (all []defect.Defect) {
	for requirement, name := range map[string]string{"TEN-SRCH-01": "userId", "TEN-SRCH-02": "refNum", "TEN-SRCH-03": "email"} {
		all = append(all, on(requirement, "searchUser",
			defect.Defect{Op: defect.Ignore, Path: "query:" + name}, defect.Defect{Op: defect.Stale},
			defect.Defect{Op: defect.Fixed, Path: name},
			defect.Defect{Op: defect.Status, Value: "206"}, defect.Defect{Op: defect.Set, Name: "other",
				Path: "id", Value: "5001"})...)
	}
	for _, requirement := range []string{"TEN-SRCH-02", "TEN-SRCH-03"} { // an id is nobody's before it is told
		all = append(all, on(requirement, "searchUser", defect.Defect{Op: defect.Unfound, On: 404})...)
	}
	all = append(all, on("TEN-GEN-03", "searchUser", defect.Defect{Op: defect.Shared, On: 403})...)
	all = append(all, on("TEN-SRCH-04", "searchUser", defect.Defect{Op: defect.Fixed})...)
	all = append(all, on("TEN-SRCH-07", "searchUser", defect.Defect{Op: defect.Set, Name: "list", Value: `[{"id":5001}]`},
		defect.Defect{Op: defect.Set, Name: "page", Value: `{"items":[{"id":5001}],"total":1}`})...)
	for _, requirement := range []string{"TEN-SRCH-08", "TEN-SRCH-13", "TEN-SRCH-16"} {
		all = append(all, on(requirement, "searchUser", defect.Defect{Op: defect.Status, On: 404, Value: "410"})...)
	}
	return all
}

func creates() []defect.Defect {
	const create = "createUser"
	missing := func(member string) defect.Defect {
		return defect.Defect{Name: "accept-" + member, Op: defect.Accept, Path: "body:/" + member, Value: "required"}
	}
	all := slices.Concat(
		on("TEN-CRT-01", create, defect.Defect{Op: defect.Status, Value: "202"}, defect.Defect{Op: defect.Empty},
			defect.Defect{Op: defect.Lose}),
		on("TEN-CRT-02", create, defect.Defect{Op: defect.Set, Path: "id", Value: "5001"},
			defect.Defect{Op: defect.Retype, Path: "id"},
			defect.Defect{Op: defect.Null, Path: "id"}),
		behavior.Members(defect.Defect{Requirement: "TEN-CRT-03", Op: defect.Ignore, Operations: []string{create}}, "",
			append(echoed(), "email", "referenceNumber")...),
		behavior.Members(defect.Defect{Requirement: "TEN-CRT-23", Op: defect.Ignore, Operations: []string{create}}, "",
			append(echoedToo(), referring()...)...),
		on("TEN-CRT-04", create, defect.Defect{Op: defect.Lose},
			defect.Defect{Op: defect.Set, Path: "gender", Value: `"Unknown"`}),
		on("TEN-CRT-04", "searchUser", defect.Defect{Op: defect.Stale}, defect.Defect{Name: "null-personalEmail",
			Op: defect.Null, Path: "personalEmail"},
			defect.Defect{Op: defect.Fixed}),
		on("TEN-CRT-09", create, missing("firstName"), missing("lastName"), missing("email")),
		on("TEN-CRT-16", create, defect.Defect{Op: defect.Set, Path: "dateOfBirth", Value: `"2004-03-16"`},
			defect.Defect{Op: defect.Ignore, Path: "programmeStartDate"}),
		on("TEN-CRT-16", "searchUser", defect.Defect{Name: "null", Op: defect.Null, Path: "dateOfBirth"},
			defect.Defect{Name: "swapped", Op: defect.Set, Path: "programmeStartDate", Value: `"2024-09-10T00:00:00"`}),
		on("TEN-CRT-18", create, defect.Defect{Op: defect.Set, Path: "lastName", Value: `"OâBrien"`}),
		on("TEN-CRT-18", "searchUser", defect.Defect{Name: "stripped", Op: defect.Set, Path: "firstName", Value: `"Sian"`},
			defect.Defect{Name: "escaped", Op: defect.Set, Path: "address1", Value: `"14 L&#39;H&ocirc;pital Road"`}),
		on("TEN-CRT-16", "updateUser", defect.Defect{Name: "ignore-dateOfBirth@updateUser", Op: defect.Ignore,
			Path: "dateOfBirth"}),
		on("TEN-CRT-18", "updateUser", defect.Defect{Name: "question-mark", Op: defect.Set, Path: "lastName",
			Value: `"O'Brien-M?ller"`}),
		on("TEN-CRT-20", create, defect.Defect{Op: defect.Dirty}),
		on("TEN-CRT-21", create, defect.Defect{Op: defect.Status, Value: "500"}, defect.Defect{Op: defect.Lose}),
		on("TEN-CRT-22", create, defect.Defect{Op: defect.Set, Path: "caseOwnerFirstName", Value: `"Somebody"`},
			defect.Defect{Op: defect.Null, Path: "caseOwnerLastName"}),
	)
	for _, r := range references() {
		if r.member == "mentorId" || r.member == "employerAddressId" {
			continue // the sentence does not name these two
		}
		all = append(all, on("TEN-CRT-17", create, defect.Defect{Name: "accept-" + r.member, Op: defect.Accept,
			Path: "body:/" + r.member})...)
	}
	for _, member := range numbers() {
		all = append(all, on("TEN-CRT-06", create, defect.Defect{Name: "accept-" + member, Op: defect.Accept,
			Path: "body:/" + member, Value: "format"})...)
	}
	return all
}

func updates() []defect.Defect {
	const update = "updateUser"
	return slices.Concat(
		on("TEN-UPD-01", update, defect.Defect{Op: defect.Status, Value: "202"}, defect.Defect{Op: defect.Empty},
			defect.Defect{Op: defect.Ignore, Path: "lastName"}, defect.Defect{Op: defect.Set, Path: "phone", Value: `"none"`},
			defect.Defect{Name: "other-birthday", Op: defect.Set, Path: "dateOfBirth", Value: `"2003-11-06"`}),
		on("TEN-UPD-02", update, defect.Defect{Op: defect.Set, Path: "id", Value: "5001"},
			defect.Defect{Op: defect.Drop, Path: "id"},
			defect.Defect{Op: defect.Fixed}),
		on("TEN-UPD-03", update, defect.Defect{Op: defect.Lose}),
		behavior.Members(defect.Defect{Requirement: "TEN-UPD-03", Op: defect.Ignore, Operations: []string{update}}, "",
			echoed()...),
		on("TEN-UPD-03", "searchUser", defect.Defect{Op: defect.Stale}),
		on("TEN-UPD-14", update, defect.Defect{Op: defect.Lose}),
		behavior.Members(defect.Defect{Requirement: "TEN-UPD-14", Op: defect.Ignore, Operations: []string{update}}, "",
			slices.DeleteFunc(append(echoedToo(), referring()...), func(member string) bool {
				return member == "authenticationType"
			})...),
		on("TEN-UPD-14", "searchUser", defect.Defect{Op: defect.Stale}),
		behavior.Members(defect.Defect{Requirement: "TEN-UPD-06", Op: defect.Ignore, Operations: []string{update}}, "",
			kept()...),
		on("TEN-UPD-07", update, defect.Defect{Op: defect.Status, Value: "202"}),
		on("TEN-UPD-11", update, defect.Defect{Name: "ignore-email", Op: defect.Ignore, Path: "email"},
			defect.Defect{Name: "ignore-referenceNumber", Op: defect.Ignore, Path: "referenceNumber"},
			defect.Defect{Op: defect.Lose}),
		on("TEN-UPD-11", "searchUser", defect.Defect{Op: defect.Stale}),
		on("TEN-UPD-12", update, defect.Defect{Op: defect.Dirty, On: 400}),
		on("TEN-UPD-13", update, defect.Defect{Name: "dirty-401", Op: defect.Dirty, On: 401},
			defect.Defect{Name: "dirty-403", Op: defect.Dirty, On: 403}),
		on("TEN-DEL-09", update, defect.Defect{Op: defect.Status, Value: "500"}, defect.Defect{Op: defect.Lose}),
	)
}

func deactivations() []defect.Defect {
	const deactivate = "deactivateUser"
	return slices.Concat(
		on("TEN-DEL-01", deactivate, defect.Defect{Op: defect.Status, Value: "202"}, defect.Defect{Op: defect.Lose}),
		on("TEN-DEL-03", deactivate, defect.Defect{Op: defect.Lose}),
		on("TEN-DEL-03", "searchUser", defect.Defect{Op: defect.Stale},
			defect.Defect{Op: defect.Set, Path: "status", Value: `"FullUser"`}),
		on("TEN-DEL-08", deactivate, defect.Defect{Name: "dirty-401", Op: defect.Dirty, On: 401},
			defect.Defect{Name: "dirty-403", Op: defect.Dirty, On: 403}),
	)
}
