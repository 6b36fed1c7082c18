package tenants

import (
	"slices"

	"rollcall/conformance/internal/independent"
)

func broken(name, says, source string, breaks ...string) independent.Fault {
	return independent.Fault{Name: name, Says: says, Source: source, Breaks: breaks}
}

func faults() []independent.Fault {
	return slices.Concat(faultsOfSteps(), faultsOfKinds(), doorFaults(), betweenFaults(),
		togetherFaults(), seldomFaults(), afterFaults())
}

// faultsOfSteps break what an operation does.
func faultsOfSteps() []independent.Fault {
	return []independent.Fault{
		broken("no-tokens", "Nobody needs a token.", "L17 | 401 | Unauthorised", "TEN-GEN-01"),
		broken("open-searchUser", "A search needs no token.", "L17 | 401 | Unauthorised", "TEN-GEN-01"),
		broken("open-deactivateUser", "A deactivation needs no token.", "L283 | 401 | Unauthorised", "TEN-GEN-01"),
		broken("rights-ignored", "A token without rights may do all.", "L18 | 403 | Permission denied", "TEN-GEN-03"),
		broken("update-needs-no-rights", "A token without rights may update.", "L224 | 403 | Permission denied", "TEN-GEN-03"),
		broken("rights-401", "A token without rights is answered 401.", "L18 | 403 | Permission denied", "TEN-GEN-03"),
		broken("tenant-ignored", "The tenant in the path is not looked at.", "L9 The name of the tenant",
			"TEN-GEN-11", "TEN-GEN-12"),
		broken("tenant-borders-open", "A token of one tenant works in another.", "L9, L18 Permission denied", "TEN-GEN-12"),
		broken("tenants-mixed", "A search finds users of all tenants.", "L9 The name of the tenant", "TEN-SRCH-16"),
		broken("same-user-always", "A search by id gives the same user for every id.", "L4 Get specific user by id",
			"TEN-SRCH-01"),
		broken("refnum-ignored", "A search by reference number gives the first user.", "L4, L11", "TEN-SRCH-02"),
		broken("refnum-stale", "A search knows only a user's first reference number.", "L4, L11", "TEN-UPD-11"),
		broken("email-never-found", "A search by email finds nobody.", "L4, L12", "TEN-SRCH-03"),
		broken("criteria-not-combined", "Two criteria together are refused.", "L4 and/or", "TEN-SRCH-04"),
		broken("search-miss-200", "A search that finds nobody is answered 200 with {}.", "L19 | 404 | Not found", "TEN-SRCH-05"),
		broken("unused-email-finds", "An unused email gives the first user.", "L4 Get specific user", "TEN-SRCH-05"),
		broken("text-id-404", "A userId that is no integer is answered 404.", "L16 | 400 | Invalid input", "TEN-SRCH-06"),
		broken("search-list", "A search gives a list.", "L20-64 Response body {", "TEN-SRCH-07", "TEN-GEN-04"),
		broken("envelope-updateUser", "An update gives the user inside of data.", "L226-270 Response body {", "TEN-GEN-04"),
		broken("update-thin", "An update gives three members only.", "L226-270 Response body", "TEN-GEN-05"),
		broken("snake-case", "Members are spelled in snake case.", "L22-63 firstName: string", "TEN-GEN-06"),
		broken("hours-as-text", "plannedHours is a string.", "L61 plannedHours: integer (Int32)", "TEN-GEN-07"),
		broken("status-as-code", "status is a number.", "L33 status: string", "TEN-GEN-08"),
		broken("flag-as-text", "jobActiveSync is a string.", "L30 jobActiveSync: true", "TEN-GEN-09"),
		broken("create-202", "A create is answered 202.", "L118 | 200 | Successful operations", "TEN-CRT-01"),
		broken("create-same-id", "Each new user has the same id and replaces the last.", "L66 Creates a new user.", "TEN-CRT-02"),
		broken("create-loses-town", "A create loses townCity.", "L91 townCity: string", "TEN-CRT-03"),
		broken("create-not-kept", "A create is answered and not kept.", "L66 Creates a new user.", "TEN-CRT-04"),
		broken("untyped-createUser", "A create takes values of wrong types as none.", "L119 | 400 | Invalid input", "TEN-CRT-05"),
		broken("invalid-422-createUser", "Invalid input of a create is answered 422.", "L119 | 400 | Invalid input",
			"TEN-CRT-05"),
		broken("update-other-id", "An update gives another id than the user's.", "L174 id of the user to update", "TEN-UPD-02"),
		broken("update-lost", "An update is answered and not kept.", "L168 Updates an existing user.", "TEN-UPD-03"),
		broken("update-upserts", "An update of an unknown id makes a user.", "L225 | 404 | Not found", "TEN-UPD-04"),
		broken("untyped-updateUser", "An update takes values of wrong types as none.", "L222 | 400 | Invalid input",
			"TEN-UPD-05"),
		broken("invalid-422-updateUser", "Invalid input of an update is answered 422.", "L222 | 400 | Invalid input",
			"TEN-UPD-05"),
		broken("update-renames-neighbours", "An update also renames the users next to it, and takes their phone.",
			"L174 The id of the user to update", "TEN-UPD-10"),
		broken("update-reaches-another", "An update gives its town to a user who was there before as well.",
			"L174 The id of the user to update", "TEN-DOC-updateUser-untouched_neighbours"),
		broken("deactivate-takes-another", "A deactivation also ends a user who was there before.",
			"L278 The id of the user", "TEN-DOC-deactivateUser-untouched_neighbours"),
		broken("deactivate-202", "A deactivation is answered 202.", "L281 | 200 | Successful operations", "TEN-DEL-01"),
		broken("deactivate-miss-200", "Deactivating nobody is answered 200.", "L285 | 404 | Not found", "TEN-DEL-02"),
		broken("deactivate-without-effect", "A deactivation changes nothing.", "L272 Deactivate an existing user", "TEN-DEL-03"),
		broken("deactivate-neighbours", "A deactivation also ends the users next to it.", "L278 The id of the user",
			"TEN-DEL-06"),
	}
}

// faultsOfKinds break one kind of call, of value or of bystander, where others are well.
func faultsOfKinds() []independent.Fault {
	return []independent.Fault{
		broken("open-search-by-email", "A search by email alone needs no token.", "L17 | 401 | Unauthorised", "TEN-GEN-01"),
		broken("refnum-needs-no-rights", "A search by reference number alone needs no rights.", "L18 | 403 | Permission denied",
			"TEN-GEN-03"),
		broken("refnum-finds-abroad", "A search by reference number finds users of all tenants.", "L9 The name of the tenant",
			"TEN-GEN-18", "TEN-SRCH-16"),
		broken("refnum-prefix", "A search by reference number finds the first user whose number begins so.",
			"L11 The reference number of the user to retrieve", "TEN-SRCH-02"),
		broken("refnum-undecoded", "A reference number with a slash or a blank is never found.",
			"L11 The reference number of the user to retrieve", "TEN-SRCH-02"),
		broken("update-reaches-abroad", "An update also changes every user of the other tenant.", "L9 The name of the tenant",
			"TEN-GEN-18"),
		broken("deactivate-reaches-abroad", "A deactivation also ends every user of the other tenant.",
			"L9 The name of the tenant", "TEN-GEN-18"),
		broken("deactivate-erases", "A deactivation erases email and first name.",
			"L272 Deactivate an existing user", "TEN-DEL-10"),
		broken("update-miss-hits-another", "An update of nobody is answered 404 and renames somebody.",
			"L174, L225 | 404 | Not found", "TEN-UPD-04"),
		broken("update-ascii-only", "An update puts a question mark for each character beyond ASCII.",
			"L168, L176 firstName: string", "TEN-UPD-06", "TEN-CRT-18"),
		broken("update-forgets-some", "An update answers with dateOfBirth, status and username as sent, and keeps the old ones.",
			"L168 Updates an existing user.", "TEN-UPD-01"),
		broken("hours-of-16-bits", "Hours are kept in 16 bits.",
			"L112 plannedHours: integer (Int32)", "TEN-CRT-03", "TEN-UPD-03"),
		broken("hours-zero-lost", "No hours are kept as none said.",
			"L112 plannedHours: integer (Int32)", "TEN-CRT-03", "TEN-UPD-03"),
		broken("hours-without-sign", "Hours lose their sign.", "L112 plannedHours: integer (Int32)", "TEN-CRT-03", "TEN-UPD-03"),
		broken("refnum-as-number", "A reference number of digits loses its leading zeros.", "L79 referenceNumber: string",
			"TEN-CRT-03", "TEN-UPD-11"),
		broken("refnum-shown-as-number", "A reference number of digits is shown as a number.", "L28 referenceNumber: string",
			"TEN-CRT-03"),
		broken("refusal-shows-user", "A search that is refused for want of rights shows the user.",
			"L18 | 403 | Permission denied", "TEN-GEN-03"),
		broken("second-end-ends-all", "A second deactivation ends everybody.", "L278 The id of the user",
			"TEN-DOC-deactivateUser-untouched_neighbours"),
		broken("deactivate-hits-shared-number", "A deactivation also ends whoever has the user's reference number.",
			"L278 The id of the user", "TEN-DOC-deactivateUser-untouched_neighbours"),
		broken("update-hits-shared-number", "An update also moves whoever has the user's reference number.",
			"L174 The id of the user to update", "TEN-DOC-updateUser-untouched_neighbours"),
		broken("leap-day-refused", "29 February is no date of birth.",
			"L85 dateOfBirth: string; row A9 of the sheet", "TEN-CRT-16"),
		broken("texts-cut", "Texts are cut at 60 characters.", "L89 address1: string", "TEN-CRT-03", "TEN-UPD-03"),
		broken("days-and-months-exchanged", "A date whose day could be a month is kept with the two exchanged.",
			"L85 dateOfBirth: string; row A9 of the sheet", "TEN-CRT-16"),
		broken("flag-never-false", "A new user's jobActiveSync is true when it was sent as false.", "L81 jobActiveSync: true",
			"TEN-CRT-23"),
	}
}
