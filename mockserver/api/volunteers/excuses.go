package volunteers

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
	}
	for _, operation := range []string{"createUser", "createUserNote"} {
		for _, keyword := range []string{"json", "type"} {
			all["VOL-DOC-"+operation+"-negative_data_rejection/accept:body::"+keyword] = empty
		}
	}
	for _, pair := range []string{"VOL-EMAIL-13", "VOL-ADDR-20", "VOL-EMRG-11", "VOL-PHONE-13"} {
		all[pair+"/omit"] = "the change is then a partial one, which the requirement lets be"
	}
	all["VOL-TP-17/omit"] = "what is not looked at is ignored, which the requirement lets be"
	all["VOL-ROLE-35/omit@getUser"] = "the names are written with the roles: reading a user has no part in it"
	for _, kind := range []string{"changed", "deleted"} {
		all["VOL-DOC-updateUserSkills-untouched_neighbours/neighbour-"+kind+"-previous"] = "the call names all that a user has of them"
	}
	unset(all)
	return all
}

// unset excuses the defects in members that a new record never has.
func unset(all map[string]string) {
	each := []string{"drop", "null", "retype"}
	absent(all, "createUserRole", "a new role association has no leaving reason yet", each, "data.leaving_reason.", "id", "reason", "volunteer_selectable")
	absent(all, "createUserRole", "a new role association is not vetted yet", each, "data.vetting.", "id")
	const none = "a new note has no sub notes"
	absent(all, "createUserNote", none, each, "data.sub_notes.*.", "id", "body", "user", "created_at", "updated_at")
	absent(all, "createUserNote", none, []string{"null", "retype"}, "data.sub_notes.*", "")
	absent(all, "createUserNote", none, []string{"retype"}, "data.sub_notes.*.", "deleted_at")
	absent(all, "createUserNote", none, []string{"format"}, "data.sub_notes.*.", "created_at", "updated_at", "deleted_at")
}

// absent excuses defects of several kinds in members of one answer.
func absent(all map[string]string, operation, why string, kinds []string, prefix string, members ...string) {
	for _, m := range members {
		for _, kind := range kinds {
			all["VOL-DOC-"+operation+"-response_schema_conformance/"+kind+":"+prefix+m] = why
		}
	}
}
