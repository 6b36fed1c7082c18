package council

// excuses says why the requirements and defects here are not proved.
func excuses() map[string]string {
	all := map[string]string{
		"COU-SUG-10/omit": "a summary that says nothing may as well find nothing: the sentence allows both",
		"COU-DOC-suggestCategory-negative_data_rejection": "what becomes of a summary that is missing or empty is " +
			"COU-SUG-10, which allows both",
	}
	for _, operation := range []string{"updateWard", "updateUser", "updateCategory"} {
		all["COU-DOC-"+operation+
			"-unsupported_method/serve"] = "the page names no method, so that PUT and POST are none that it excludes, " +
			"and others send no body to change anything with"
	}
	return all
}
