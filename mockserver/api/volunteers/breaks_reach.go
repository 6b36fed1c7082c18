package volunteers

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

// removed breaks "what was deleted is gone".
func removed(requirement, remove, list string) []defect.Defect {
	return []defect.Defect{
		{Requirement: requirement, Op: defect.Lose, Operations: []string{remove}},
		{Requirement: requirement, Op: defect.Stale, Name: "stale@" + list, Operations: []string{list}},
		{Requirement: requirement, Op: defect.Status, Value: "422", Operations: []string{remove}},
	}
}

// same breaks "reading answers what creating answered".
func same(requirement, get, path, value string) []defect.Defect {
	return []defect.Defect{
		answered(requirement, get, path, value), {Requirement: requirement, Op: defect.Status,
			Value: "404", Operations: []string{get}},
		{Requirement: requirement, Op: defect.Stale, Operations: []string{get}},
	}
}

func emailBreaks() []defect.Defect {
	const (
		list   = "listUserEmails"
		create = "createUserEmail"
		get    = "getUserEmail"
		update = "updateUserEmail"
		remove = "deleteUserEmail"
	)
	return slices.Concat(
		shaped("VOL-EMAIL-01", list, "data.*.", "id", "user_id", "primary", "email", "soft_bounces", "hard_bounces",
			"complaints", "created_at", "updated_at"),
		[]defect.Defect{
			answered("VOL-EMAIL-02", create, "data.email", `"another@example.org"`),
			answered("VOL-EMAIL-05", create, "data.hard_bounces", "1"),
			refused("VOL-EMAIL-02", create),
			answered("VOL-EMAIL-06", create, "data.soft_bounces", `"2"`), answered("VOL-EMAIL-09", create, "data.user_id", "1"),
			refused("VOL-EMAIL-17", remove), answered("VOL-EMAIL-20", create, "data.created_at", `"today"`),
			answered("VOL-EMAIL-20", list, "data.*.updated_at", `"2001-01-01T00:00:00Z"`),
			answered("VOL-EMAIL-20", get, "data.updated_at", `"today"`),
			answered("VOL-EMAIL-20", update, "data.updated_at", `"2001-01-01T00:00:00Z"`),
		},
		behavior.Members(defect.Defect{Requirement: "VOL-EMAIL-06", Op: defect.Retype, Operations: []string{create}}, "data.",
			"soft_bounces", "hard_bounces", "complaints"),
		lost("VOL-EMAIL-10", create, list), same("VOL-EMAIL-11", get, "data.email", `"another@example.org"`),
		ignored("VOL-EMAIL-12", update, "email"), lost("VOL-EMAIL-12", update, get), ignored("VOL-EMAIL-16", update, "primary"),
		removed("VOL-EMAIL-14", remove, list),
	)
}

func addressBreaks() []defect.Defect {
	const (
		list   = "listUserAddresses"
		create = "createUserAddress"
		get    = "getUserAddress"
		update = "updateUserAddress"
		remove = "deleteUserAddress"
	)
	members := []string{"type", "primary", "street", "city", "postcode", "country"}
	return slices.Concat(
		shaped("VOL-ADDR-01", list, "data.*.", append([]string{"id", "user_id", "created_at", "updated_at"}, members...)...),
		shaped("VOL-ADDR-01", list, "data.*.", "from_date", "company_name", "street_second", "street_third",
			"county", "address", "lat", "long"),
		[]defect.Defect{
			exempt("VOL-ADDR-23", remove, "type", `"Work"`),
			refused("VOL-ADDR-02", create), answered("VOL-ADDR-02", create, "data.city", `"Another"`),
			refused("VOL-ADDR-09", create), answered("VOL-ADDR-09", create, "data.type", `"Other"`),
			answered("VOL-ADDR-16", create, "data.user_id", `"1"`),
			answered("VOL-ADDR-17", get, "data.address", `""`), answered("VOL-ADDR-14", create, "data.lat", `"50.1"`),
		},
		ignored("VOL-ADDR-11", create, "from_date"), ignored("VOL-ADDR-13", create, "company_name",
			"street_second", "street_third", "county"),
		ignored("VOL-ADDR-14", create, "lat", "long"), same("VOL-ADDR-18", get, "data.street", `"Another street"`),
		lost("VOL-ADDR-19", update, get),
		ignored("VOL-ADDR-19", update, append(members, "from_date", "company_name", "street_second", "street_third", "county",
			"lat", "long")...),
		asks("VOL-ADDR-21", list, "primary"), removed("VOL-ADDR-22", remove, list), asks("VOL-ADDR-24", list, "trashed"),
	)
}

func contactBreaks() []defect.Defect {
	const (
		list   = "listUserEmergencyContacts"
		create = "createUserEmergencyContact"
		get    = "getUserEmergencyContact"
		update = "updateUserEmergencyContact"
		remove = "deleteUserEmergencyContact"
	)
	members := []string{"first_name", "last_name", "contact_number", "relationship", "primary"}
	return slices.Concat(
		shaped("VOL-EMRG-01", list, "data.*.", append([]string{"id", "user_id"}, members...)...),
		lost("VOL-EMRG-02", create, get), ignored("VOL-EMRG-02", create, members...),
		[]defect.Defect{
			answered("VOL-EMRG-02", create, "data.relationship", `"Another"`), refused("VOL-EMRG-02", create),
			answered("VOL-EMRG-08", create, "data.user_id", "1"),
			answered("VOL-EMRG-18", create, "data.contact_number", `"07700900077"`),
		},
		same("VOL-EMRG-09", get, "data.relationship", `"Another"`), lost("VOL-EMRG-10", update, get),
		ignored("VOL-EMRG-10", update, members...),
		asks("VOL-EMRG-12", list, "primary"), removed("VOL-EMRG-13", remove, list),
	)
}

func phoneBreaks() []defect.Defect {
	const list, create, get, update = "listUserPhones", "createUserPhone", "getUserPhone", "updateUserPhone"
	members := []string{"phone_number", "type", "primary", "default_sms"}
	return slices.Concat(
		shaped("VOL-PHONE-01", list, "data.*.", append([]string{"id", "user_id", "created_at", "updated_at"}, members...)...),
		lost("VOL-PHONE-02", create, get), ignored("VOL-PHONE-02", create, members...),
		[]defect.Defect{
			answered("VOL-PHONE-02", create, "data.phone_number", `"1"`), refused("VOL-PHONE-02", create),
			refused("VOL-PHONE-07", create), answered("VOL-PHONE-07", create, "data.type", `"Work"`),
			answered("VOL-PHONE-10", create, "data.user_id", "1"),
			answered("VOL-PHONE-17", list, "data.*.created_at", `"today"`),
			answered("VOL-PHONE-17", create, "data.updated_at", `"today"`),
			answered("VOL-PHONE-17", get, "data.created_at", `"today"`),
			answered("VOL-PHONE-17", update, "data.updated_at", `"today"`),
		},
		same("VOL-PHONE-11", get, "data.type", `"Alternative Phone Number"`), lost("VOL-PHONE-12", update, get),
		ignored("VOL-PHONE-12", update, members...),
		asks("VOL-PHONE-14", list, "primary"),
	)
}
