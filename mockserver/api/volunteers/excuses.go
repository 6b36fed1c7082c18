package volunteers

import "strings"

// excuses says of defects why no case can see them.
func excuses() map[string]string {
	const (
		elsewhere = "the record that is written belongs to a user the caller can't know"
		empty     = "what is no object counts as an empty one, which a rule of the state refuses with the same answer"
		nameless  = "the requirement asks for a refusal, and names no status"
	)
	all := map[string]string{
		"VOL-UPD-19/dirty":  elsewhere,
		"VOL-ADDR-28/dirty": "what is deleted already can't be deleted any further",
		"VOL-CRT-21/code":   nameless,
		"VOL-ADDR-26/omit":  "the deleted address is then read as what it was, which the requirement lets be",
	}
	for _, row := range []string{"createUser-negative_data_rejection-inferred", "createUserNote-negative_data_rejection"} {
		for _, keyword := range []string{"json", "type"} {
			all["VOL-DOC-"+row+"/accept:body::"+keyword] = empty
		}
	}
	for _, pair := range []string{"VOL-EMAIL-13", "VOL-ADDR-20", "VOL-EMRG-11", "VOL-PHONE-13"} {
		all[pair+"/omit"] = "the change is then a partial one, which the requirement lets be"
	}
	for _, kind := range []string{"changed", "deleted"} {
		all["VOL-DOC-updateUserSkills-untouched_neighbours/neighbour-"+kind+
			"-previous"] = "the call names all that a user has of them"
	}
	for _, operation := range nestedWrites() {
		if operation == "updateUserSkills" || strings.HasPrefix(operation, "createUser") &&
			!strings.HasPrefix(operation, "createUserSub") {
			all["VOL-GEN-10/dirty@"+operation] = elsewhere
		}
		all["VOL-GEN-13/dirty@"+
			operation] = "an identifier that is no number names no record that a later call could show to be changed"
		all["VOL-GEN-14/dirty@"+operation] = empty
	}
	for _, member := range []string{"attributes", "confirm_age", "dob", "emailAddresses", "password", "phoneNumbers",
		"send_password_reset_email"} {
		all["VOL-DOC-createUser-positive_data_acceptance/refuse-absent:/"+member] =
			"a body of the required members alone is rightly refused, for one of dob and confirm_age has to be there (VOL-CRT-06)"
	}
	const first = "the record that is found in its place is the one that can't be deleted, so that the call is " +
		"refused all the same"
	for _, id := range []string{"VOL-GEN-13/omit@deleteUserEmail"} {
		all[id] = first
	}
	for _, id := range []string{"VOL-GEN-13/dirty@deleteUserEmail"} {
		all[id] = first
	}
	for _, operation := range []string{"createUser", "createUserNote"} {
		all["VOL-GEN-14/omit@"+operation] = empty
	}
	for _, operation := range []string{"createUser", "updateUser"} {
		all["VOL-GEN-14/dirty@"+operation] = "a body that can't be read holds nothing that could be written"
	}
	all["VOL-GEN-15/dirty@createUser"] = "the request lacks what a user is looked up by"
	all["VOL-GEN-13/dirty@updateUser"] = elsewhere
	all["VOL-GEN-13/omit@updateUserEmail"] = "the record that is found in its place is the user's own primary one, " +
		"whose change is refused all the same"
	all["VOL-DOC-updateUser-negative_data_rejection/accept:body:/dob:type"] = "a birthday that is no text is refused " +
		"by the rule for birthdays as well"
	all["VOL-DOC-createUser-negative_data_rejection-inferred/accept:body:/dob:type"] =
		all["VOL-DOC-updateUser-negative_data_rejection/accept:body:/dob:type"]
	all["VOL-GEN-01/dirty@createUser"] = "VOL-GEN-16/dirty@createUser is the same defect and is noticed"
	all["VOL-GEN-02/dirty@createUser"] = all["VOL-GEN-01/dirty@createUser"]
	all["VOL-TP-17/omit"] = "the sentence lets an unknown value be ignored"
	for _, operation := range []string{"createUserRole", "updateUserRole"} {
		all["VOL-GEN-26/epoch:end@"+operation] = "a role that ended so long ago is one that nobody has"
	}
	unset(all)
	return all
}

// unset excuses the defects in members that a new record never has.
func unset(all map[string]string) {
	each := []string{"drop", "null", "retype"}
	absent(all, "createUserRole", "a new role association has no leaving reason yet", each, "data.leaving_reason.", "id",
		"reason", "volunteer_selectable")
	absent(all, "createUserRole", "a new role association is not vetted yet", each, "data.vetting.", "id")
	const none = "a new note has no sub notes"
	absent(all, "createUserNote", none, each, "data.sub_notes.*.", "id", "body", "user", "created_at", "updated_at")
	absent(all, "createUserNote", none, []string{"null", "retype"}, "data.sub_notes.*", "")
	absent(all, "createUserNote", none, []string{"retype"}, "data.sub_notes.*.", "deleted_at")
}

// absent excuses defects of several kinds in members of one answer.
func absent(all map[string]string, operation, why string, kinds []string, prefix string, members ...string) {
	for _, m := range members {
		for _, kind := range kinds {
			id := "VOL-DOC-" + operation + "-response_schema_conformance"
			if kind == "null" {
				id += "-inferred" // which members can be null the page doesn't tell of all
			}
			all[id+"/"+kind+":"+prefix+m] = why
		}
	}
}
