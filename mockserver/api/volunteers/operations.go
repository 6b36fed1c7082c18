package volunteers

import "rollcall/mockserver/behavior"

func resources() []behavior.Resource {
	return []behavior.Resource{users(), roles(), emails(), addresses(), contacts(), phones(), skills(),
		supervisors(), notes(), touchpoints()}
}

// standardPage is how many records a page holds that nobody asked the size of.
const standardPage = 15

func paging() *behavior.Paging {
	return &behavior.Paging{Default: standardPage, Max: 100, Page: "page", Limit: "limit",
		Limited: "VOL-PAG-15", Beyond: "VOL-PAG-13", Below: "VOL-PAG-14", Links: "VOL-PAG-11",
		Follow: "VOL-PAG-12", Counts: "VOL-PAG-04",
		Envelope: envelope}
}

func listed(filters ...behavior.Filter) behavior.List {
	return behavior.List{Index: "user", Page: paging(), Filters: filters}
}

func created() behavior.Create { return behavior.Create{Ignores: "VOL-GEN-18"} }

func operations() []behavior.Operation {
	partial := func(by behavior.By) behavior.Update { return behavior.Update{Partial: by} }
	of := func(param string, u behavior.Update) behavior.Update { u.Param = param; return u }
	all := []behavior.Operation{
		{ID: "listUsers", Resource: "user", Verb: listUsers()},
		{ID: "createUser", Resource: "user", Verb: createUser()},
		{ID: "getUser", Resource: "user", Verb: getUser(), Refuses: "VOL-GET-11"},
		{ID: "updateUser", Resource: "user", Verb: behavior.Update{Param: "userId", Partial: "VOL-UPD-13", Ignores: "VOL-UPD-14"},
			Refuses: "VOL-UPD-19"},

		{ID: "listUserRoles", Resource: "role", Verb: listed()},
		{ID: "createUserRole", Resource: "role", Verb: created()},
		{ID: "updateUserRole", Resource: "role", Verb: of("associationId", partial("VOL-ROLE-29")), Refuses: "VOL-GEN-11"},
		{ID: "deleteUserRole", Resource: "role", Verb: behavior.Delete{Param: "associationId", Gone: "VOL-ROLE-31"},
			Refuses: "VOL-ROLE-33"},

		{ID: "listUserSkills", Resource: "skill", Verb: behavior.Func{Run: listSkills}},
		{ID: "updateUserSkills", Resource: "skill", Verb: replaceSkills()},

		{ID: "listUserSupervisors", Resource: "supervisor", Verb: listed()},
		{ID: "createUserSupervisor", Resource: "supervisor", Verb: created()},
		{ID: "getUserSupervisor", Resource: "supervisor", Verb: behavior.Get{Param: "supervisorId"}, Refuses: "VOL-SUP-18"},
		{ID: "updateUserSupervisor", Resource: "supervisor", Verb: of("supervisorId", partial("")), Refuses: "VOL-SUP-18"},
		{ID: "deleteUserSupervisor", Resource: "supervisor", Verb: dropSupervisor(), Refuses: "VOL-SUP-19"},
	}
	all = append(all, reach()...)
	return append(all, talk()...)
}

// reach are the operations on the ways to reach a user.
func reach() []behavior.Operation {
	return []behavior.Operation{
		{ID: "listUserEmails", Resource: "email", Verb: listed()},
		{ID: "createUserEmail", Resource: "email", Verb: created()},
		{ID: "getUserEmail", Resource: "email", Verb: behavior.Get{Param: "addressId"}, Refuses: "VOL-EMAIL-21"},
		{ID: "updateUserEmail", Resource: "email", Verb: behavior.Update{Param: "addressId"}, Refuses: "VOL-EMAIL-21"},
		{ID: "deleteUserEmail", Resource: "email", Verb: behavior.Delete{Param: "addressId", Gone: "VOL-EMAIL-14"},
			Refuses: "VOL-EMAIL-23"},

		{ID: "listUserAddresses", Resource: "address", Verb: listed(primary("VOL-ADDR-21"))},
		{ID: "createUserAddress", Resource: "address", Verb: created()},
		{ID: "getUserAddress", Resource: "address", Verb: behavior.Get{Param: "postalAddressId"}, Refuses: "VOL-GEN-11"},
		{ID: "updateUserAddress", Resource: "address", Verb: behavior.Update{Param: "postalAddressId"}, Refuses: "VOL-GEN-11"},
		{ID: "deleteUserAddress", Resource: "address", Verb: behavior.Delete{Param: "postalAddressId", Gone: "VOL-ADDR-22"},
			Refuses: "VOL-ADDR-25"},

		{ID: "listUserEmergencyContacts", Resource: "contact", Verb: listed(primary("VOL-EMRG-12"))},
		{ID: "createUserEmergencyContact", Resource: "contact", Verb: created()},
		{ID: "getUserEmergencyContact", Resource: "contact", Verb: behavior.Get{Param: "contactId"}, Refuses: "VOL-GEN-11"},
		{ID: "updateUserEmergencyContact", Resource: "contact", Verb: behavior.Update{Param: "contactId"}, Refuses: "VOL-GEN-11"},
		{ID: "deleteUserEmergencyContact", Resource: "contact", Verb: behavior.Delete{Param: "contactId", Gone: "VOL-EMRG-13"},
			Refuses: "VOL-EMRG-15"},

		{ID: "listUserPhones", Resource: "phone", Verb: listed(primary("VOL-PHONE-14"))},
		{ID: "createUserPhone", Resource: "phone", Verb: behavior.Create{Ignores: "VOL-GEN-18",
			Keeps: []behavior.Keep{{Members: []string{"created_at", "updated_at"}, By: "VOL-PHONE-18"}}}},
		{ID: "getUserPhone", Resource: "phone", Verb: behavior.Get{Param: "phoneNumberId"}, Refuses: "VOL-PHONE-19"},
		{ID: "updateUserPhone", Resource: "phone", Verb: behavior.Update{Param: "phoneNumberId"}, Refuses: "VOL-PHONE-19"},
	}
}

// talk are the operations on notes and touchpoints.
func talk() []behavior.Operation {
	noteList := listed(noteFilters()...)
	noteList.Hides, noteList.HidesBy = secret, "VOL-NOTE-28"
	touchpointList := listed(touchpointFilters()...)
	touchpointList.Index, touchpointList.Descend = "start", newestFirst
	touchpointList.Enforces = []behavior.By{"VOL-TP-14", "VOL-TP-16"}
	return []behavior.Operation{
		{ID: "listUserNotes", Resource: "note", Verb: noteList},
		{ID: "createUserNote", Resource: "note", Verb: created()},
		{ID: "getUserNote", Resource: "note", Verb: behavior.Get{Param: "noteId"}, Refuses: "VOL-GEN-11"},
		{ID: "updateUserNote", Resource: "note", Verb: behavior.Update{Param: "noteId", Partial: "VOL-NOTE-10"},
			Refuses: "VOL-GEN-11"},
		{ID: "createUserSubNote", Resource: "note", Verb: below("note", "noteId", "sub_notes",
			"VOL-NOTE-20", byCaller, "VOL-NOTE-31")},

		{ID: "listUserTouchpoints", Resource: "touchpoint", Verb: touchpointList},
		{ID: "createUserTouchpoint", Resource: "touchpoint", Verb: created()},
		{ID: "getUserTouchpoint", Resource: "touchpoint", Verb: behavior.Get{Param: "touchpointId"}, Refuses: "VOL-TP-34"},
		{ID: "updateUserTouchpoint", Resource: "touchpoint", Verb: behavior.Update{Param: "touchpointId", Partial: "VOL-TP-21"},
			Refuses: "VOL-TP-34"},
		{ID: "createUserSubTouchpoint", Resource: "touchpoint", Verb: below("touchpoint", "touchpointId",
			"sub_touchpoints", "VOL-TP-34", byNobody)},
	}
}
