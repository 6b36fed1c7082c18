package tenants

// excuses says why the requirements and defects here are not proved.
func excuses() map[string]string {
	all := map[string]string{
		"TEN-DOC-deactivateUser-use_after_free":      "deactivating erases nothing; what becomes of the user is TEN-DEL-03",
		"TEN-DOC-deactivateUser-use_after_free/lose": "the requirement does not apply; TEN-DEL-03/lose is the same defect and is noticed",
	}
	for _, operation := range []string{"updateUser", "deactivateUser"} {
		for _, keyword := range []string{"type", "format"} {
			all["TEN-DOC-"+operation+"-negative_data_rejection/accept:path:/userId:"+keyword] = "what is no id names nobody, and 404 is a documented refusal as well"
		}
	}
	return all
}
