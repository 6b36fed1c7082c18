package volunteers

import (
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
)

// writes lists the operations that take a body.
func writes() []string { return slices.Concat([]string{"createUser", "updateUser"}, nestedWrites()) }

func nestedWrites() []string {
	return []string{
		"createUserRole", "updateUserRole", "createUserEmail", "updateUserEmail", "createUserAddress", "updateUserAddress",
		"createUserEmergencyContact", "updateUserEmergencyContact", "createUserPhone", "updateUserPhone", "updateUserSkills",
		"createUserSupervisor", "updateUserSupervisor", "createUserNote", "updateUserNote", "createUserSubNote",
		"createUserTouchpoint", "updateUserTouchpoint", "createUserSubTouchpoint",
	}
}

// attributions gives violations of the document to requirements; the last takes all
// that nobody else does.
func attributions() []behavior.Attribution {
	return slices.Concat(
		[]behavior.Attribution{{Requirement: "VOL-GEN-14", Operations: writes(), Pointer: "", Keywords: []string{"json"}}},
		userAttributions(), recordAttributions(),
		[]behavior.Attribution{
			{Requirement: "VOL-TP-17", Operations: []string{"listUserTouchpoints"}, In: "query", Pointer: "/o"},
			{Requirement: "VOL-TP-17", Operations: []string{"listUserTouchpoints"}, In: "query", Pointer: "/s"},
			{Requirement: "VOL-GEN-15", Operations: writes(), Pointer: "*"},
		},
	)
}

// attribute is about one member of one operation's body.
func attribute(requirement, operation, member string, keywords ...string) behavior.Attribution {
	return behavior.Attribution{Requirement: requirement, Operations: []string{operation},
		Pointer: "/" + member, Keywords: keywords}
}

func userAttributions() []behavior.Attribution {
	lacks := func(requirement, letters string) behavior.Attribution {
		c := attribute(requirement, "createUser", "password", "pattern")
		c.When = func(raw string) bool { return !strings.ContainsAny(raw, letters) }
		return c
	}
	return []behavior.Attribution{
		attribute("VOL-CRT-02", "createUser", "first_name", "required"),
		attribute("VOL-CRT-03", "createUser", "last_name", "required"),
		attribute("VOL-CRT-04", "createUser", "roleProfiles", "required"),
		attribute("VOL-CRT-05", "createUser", "roleProfiles", "minItems"),
		lacks("VOL-CRT-08", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
		lacks("VOL-CRT-09", "abcdefghijklmnopqrstuvwxyz"),
		lacks("VOL-CRT-10", "0123456789"),
		attribute("VOL-CRT-21", "createUser", "send_password_reset_email", "type"),
		attribute("VOL-CRT-24", "createUser", "dob", "format"),
		attribute("VOL-CRT-25", "createUser", "emailAddresses/*/email", "format"),
		attribute("VOL-UPD-16", "updateUser", "website", "format"),
		attribute("VOL-UPD-16", "updateUser", "dob", "format"),
		attribute("VOL-UPD-16", "updateUser", "start_date", "format"),
		attribute("VOL-UPD-17", "updateUser", "first_name", "minLength"),
	}
}

// missing attributes the want of each member that must be there.
func missing(operation string, byMember ...string) (all []behavior.Attribution) {
	for i := 0; i < len(byMember); i += 2 {
		all = append(all, attribute(byMember[i+1], operation, byMember[i], "required"))
	}
	return all
}

func recordAttributions() []behavior.Attribution {
	return slices.Concat(
		missing("createUserRole", "role", "VOL-ROLE-10", "role/id", "VOL-ROLE-10"),
		missing("createUserEmail", "email", "VOL-EMAIL-03", "primary", "VOL-EMAIL-04"),
		missing("updateUserEmail", "email", "VOL-EMAIL-13", "primary", "VOL-EMAIL-13"),
		missing("createUserAddress", "type", "VOL-ADDR-03", "primary", "VOL-ADDR-04", "street",
			"VOL-ADDR-05", "city", "VOL-ADDR-06",
			"postcode", "VOL-ADDR-07", "country", "VOL-ADDR-08"),
		missing("createUserEmergencyContact", "first_name", "VOL-EMRG-03", "last_name", "VOL-EMRG-04",
			"contact_number", "VOL-EMRG-05",
			"relationship", "VOL-EMRG-06", "primary", "VOL-EMRG-07"),
		missing("createUserPhone", "phone_number", "VOL-PHONE-03", "type", "VOL-PHONE-04", "primary", "VOL-PHONE-05",
			"default_sms", "VOL-PHONE-06"),
		missing("createUserSupervisor", "user", "VOL-SUP-06", "user/id", "VOL-SUP-06"),
		missing("createUserSubNote", "body", "VOL-NOTE-21"),
		[]behavior.Attribution{
			{Requirement: "VOL-ADDR-20", Operations: []string{"updateUserAddress"}, Pointer: "*", Keywords: []string{"required"}},
			{Requirement: "VOL-EMRG-11", Operations: []string{"updateUserEmergencyContact"}, Pointer: "*",
				Keywords: []string{"required"}},
			{Requirement: "VOL-PHONE-13", Operations: []string{"updateUserPhone"}, Pointer: "*", Keywords: []string{"required"}},
			attribute("VOL-ROLE-12", "createUserRole", "start", "format"),
			attribute("VOL-EMAIL-07", "createUserEmail", "email", "format"),
			attribute("VOL-EMAIL-08", "createUserEmail", "primary", "type"),
			attribute("VOL-ADDR-10", "createUserAddress", "type", "enum"),
			attribute("VOL-ADDR-12", "createUserAddress", "from_date", "format"),
			attribute("VOL-ADDR-15", "createUserAddress", "lat", "type", "minimum", "maximum"),
			{Requirement: "VOL-EMRG-17", Operations: []string{"createUserEmergencyContact"}, Pointer: "*",
				Keywords: []string{"minLength"}},
			attribute("VOL-PHONE-08", "createUserPhone", "type", "enum"),
			attribute("VOL-SKILL-08", "updateUserSkills", "skills/*", "type"),
			attribute("VOL-NOTE-24", "createUserNote", "private", "type"),
			attribute("VOL-TP-31", "createUserTouchpoint", "duration", "type", "minimum"),
			attribute("VOL-TP-32", "createUserTouchpoint", "start", "format"),
			attribute("VOL-TP-32", "createUserTouchpoint", "end", "format"),
		},
	)
}
