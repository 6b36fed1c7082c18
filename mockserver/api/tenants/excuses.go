package tenants

// excuses says why the requirements and defects here are not proved.
func excuses() map[string]string {
	const open = "no document says which members may be null or left out, so that no case asks"
	all := map[string]string{
		"TEN-DOC-deactivateUser-use_after_free": "deactivating erases nothing; what becomes of the " +
			"user is TEN-DEL-03",
		"TEN-DOC-deactivateUser-use_after_free/lose": "the requirement does not apply; TEN-DEL-03/lose is " +
			"the same defect and is noticed",
		"TEN-DOC-createUser-unsupported_method/serve": "what the check sends makes no user, so that it is " +
			"refused even where the method is served",
		"TEN-DOC-createUser-positive_data_acceptance/refuse": "a target that refuses each new user may miss a value that " +
			"its file can give: nothing is determined then, and the reason says so",
		"TEN-CRT-22/omit": "the names are among the members of the body as well, and may be kept as they are sent",
		"TEN-DOC-createUser-positive_data_acceptance-inferred": open,
		"TEN-DOC-updateUser-positive_data_acceptance-inferred": open,
	}
	for _, defect := range []string{"TEN-UPD-08/omit", "TEN-UPD-08/dirty", "TEN-DEL-05/dirty"} {
		all[defect] = "what is no id names nobody, so that it is refused, with 404, and nothing is written, whether " +
			"it is looked at or not"
	}
	for _, operation := range []string{"updateUser", "deactivateUser"} {
		for _, keyword := range []string{"type", "format"} {
			all["TEN-DOC-"+operation+"-negative_data_rejection/accept:path:/userId:"+
				keyword] = "what is no id names nobody, and 404 is a documented refusal as well"
		}
		all["TEN-DOC-"+operation+
			"-untouched_neighbours/neighbour-changed-parent"] = "no operation tells anything of a tenant that could change"
	}
	return all
}
