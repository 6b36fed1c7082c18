package council

import "rollcall/conformance/internal/independent"

const (
	userRole     = "L66: Requires councillor role or above."
	planRule     = "L68: Creating users with the caseworker role requires a Pro plan or higher; 403 with details about it"
	wardAll      = "L4: Returns all wards for your tenant, ordered alphabetically by name."
	userAll      = "L46: Returns all users for your tenant, ordered alphabetically by name."
	categoryAll  = "L76: Returns all categories for your tenant, ordered by sort order."
	wardPut      = "L41-42: Updates a ward's fields. Only provided fields are changed. Returns the updated ward object."
	userPut      = "L71-72: Updates a user's fields. Returns the updated user object."
	categoryPut  = "L111-112: Updates a category's fields. Only provided fields are changed. Returns the updated category object."
	wardPost     = "L24: Returns 201 with the created ward object. 409 if a ward with the same name already exists."
	userPost     = "L69: Returns 201 with the created user (password is never returned). 409 if the same email already exists."
	categoryPost = "L95: Returns 201 with the created category. sortOrder one above the current maximum. 409 for the same name."
	matching     = "L114-124: the best matching category, by keyword overlap"
	noMatch      = "L122: Returns { \"suggestion\": null } if no category matches"
)

func breaks(ids ...string) []string {
	for i := range ids {
		ids[i] = "COU-" + ids[i]
	}
	return ids
}

// accessFaults let in whom the documents keep out, or the reverse.
func accessFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "no-authentication", Says: "Callers without a key, or with an unknown one, are served as the default tenant.",
			Source: "L6, L48, L78: requires the scope; L4: your tenant", Breaks: breaks("GEN-01", "GEN-02")},
		{Name: "wards-list-open", Says: "Anybody at all can list the wards.",
			Source: "L6: requires the wards:read scope", Breaks: breaks("GEN-05")},
		{Name: "ward-scope-ignored", Says: "Listing wards needs no scope.",
			Source: "L6: requires the wards:read scope", Breaks: breaks("GEN-05")},
		{Name: "user-scope-ignored", Says: "Listing users needs no scope.",
			Source: "L48: requires the users:read scope", Breaks: breaks("GEN-06")},
		{Name: "category-scope-ignored", Says: "Listing categories needs no scope.",
			Source: "L78: requires the categories:read scope", Breaks: breaks("GEN-07")},
		{Name: "user-create-by-anyone", Says: "A caseworker can create users.",
			Source: userRole, Breaks: breaks("USER-08")},
		{Name: "user-update-by-anyone", Says: "A caseworker can update users.",
			Source: "L71: Requires councillor role or above.", Breaks: breaks("USER-18")},
		{Name: "user-admins-only", Says: "A councillor cannot write users.",
			Source: userRole, Breaks: breaks("USER-08")},
		{Name: "user-seats-for-all", Says: "Every plan has caseworker seats.",
			Source: planRule, Breaks: breaks("USER-09")},
		{Name: "user-seats-unexplained", Says: "The refusal of a seat does not name the plan.",
			Source: planRule, Breaks: breaks("USER-09")},
		{Name: "user-seats-for-none", Says: "No plan has caseworker seats.",
			Source: planRule, Breaks: breaks("USER-10")},
		{Name: "user-foreign-found", Says: "A user of another tenant can be updated.",
			Source: "L72: 404 if the user does not exist within the tenant", Breaks: breaks("USER-17")},
	}
}

// listFaults are lists that are not what they should be.
func listFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "ward-list-unsorted", Says: "Wards are listed in the order of creation.",
			Source: wardAll, Breaks: breaks("WARD-02")},
		{Name: "user-list-reversed", Says: "Users are listed backwards.",
			Source: userAll, Breaks: breaks("USER-02")},
		{Name: "category-list-by-name", Says: "Categories are listed by name.",
			Source: categoryAll, Breaks: breaks("CAT-02")},
		{Name: "category-list-reversed", Says: "Categories are listed from the highest sort order.",
			Source: categoryAll, Breaks: breaks("CAT-02")},
		{Name: "category-list-by-digits", Says: "Categories are listed by the text of their sort order, 10 before 9.",
			Source: categoryAll, Breaks: breaks("CAT-02")},
		{Name: "ward-list-wrapped", Says: "The list of wards is in an object.",
			Source: "L8: the list is an array", Breaks: breaks("GEN-14")},
		{Name: "ward-list-hides-disabled", Says: "Disabled wards are not listed.", Source: wardAll, Breaks: breaks("WARD-01")},
		{Name: "user-list-hides-disabled", Says: "Disabled users are not listed.", Source: userAll, Breaks: breaks("USER-01")},
		{Name: "category-list-hides-disabled", Says: "Disabled categories are not listed.",
			Source: categoryAll, Breaks: breaks("CAT-01")},
		{Name: "ward-list-leaks", Says: "The wards of all tenants are listed.",
			Source: wardAll, Breaks: breaks("GEN-09")},
		{Name: "user-list-leaks", Says: "The users of all tenants are listed.",
			Source: userAll, Breaks: breaks("GEN-09")},
		{Name: "category-list-leaks", Says: "The categories of all tenants are listed.",
			Source: categoryAll, Breaks: breaks("GEN-09")},
		{Name: "ward-get-same", Says: "Every id gives the same ward.",
			Source: "L26: Returns a single ward by ID.", Breaks: breaks("WARD-13")},
		{Name: "category-get-same", Says: "Every id gives the same category.",
			Source: "L97: Returns a single category by ID.", Breaks: breaks("CAT-11")},
	}
}

// writeFaults are writes that do too much, too little or elsewhere.
func writeFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "ward-create-200", Says: "A new ward is answered 200.",
			Source: wardPost, Breaks: breaks("WARD-04")},
		{Name: "user-create-200", Says: "A new user is answered 200.",
			Source: userPost, Breaks: breaks("USER-05")},
		{Name: "category-create-200", Says: "A new category is answered 200.",
			Source: categoryPost, Breaks: breaks("CAT-04")},
		{Name: "ward-create-twice", Says: "A ward can have the name of another.",
			Source: wardPost, Breaks: breaks("WARD-06")},
		{Name: "user-create-twice", Says: "A user can have the e-mail of another.",
			Source: userPost, Breaks: breaks("USER-07")},
		{Name: "category-create-twice", Says: "A category can have the name of another.",
			Source: categoryPost, Breaks: breaks("CAT-06")},
		{Name: "ward-update-twice", Says: "A ward can take the name of another.",
			Source: "L42: 409 if the new name conflicts", Breaks: breaks("WARD-18")},
		{Name: "category-update-twice", Says: "A category can take the name of another.",
			Source: "L112: 409 if the new name conflicts", Breaks: breaks("CAT-16")},
		{Name: "ward-create-lost", Says: "A new ward is told but not kept.",
			Source: wardAll, Breaks: breaks("WARD-01", "WARD-13")},
		{Name: "user-create-lost", Says: "A new user is told but not kept.",
			Source: userAll, Breaks: breaks("USER-01")},
		{Name: "ward-update-lost", Says: "The change of a ward is told but not kept.",
			Source: wardPut, Breaks: breaks("WARD-20")},
		{Name: "user-update-lost", Says: "The change of a user is told but not kept.",
			Source: userPut, Breaks: breaks("USER-20")},
		{Name: "category-update-lost", Says: "The change of a category is told but not kept.",
			Source: categoryPut, Breaks: breaks("CAT-19")},
		{Name: "ward-update-clears", Says: "What an update of a ward does not send is emptied.",
			Source: wardPut, Breaks: breaks("WARD-15")},
		{Name: "category-update-clears", Says: "What an update of a category does not send is emptied.",
			Source: categoryPut, Breaks: breaks("CAT-13")},
		{Name: "ward-update-hits-neighbour", Says: "An update of a ward also changes the description of the ward before it.",
			Source: wardPut, Breaks: []string{"COU-DOC-updateWard-untouched_neighbours"}},
		{Name: "ward-update-reaches-first", Says: "An update of a ward also changes the description of the tenant's first ward.",
			Source: wardPut, Breaks: []string{"COU-DOC-updateWard-untouched_neighbours"}},
		{Name: "category-update-reaches-first", Says: "An update of a category also changes the description of the first one.",
			Source: categoryPut, Breaks: []string{"COU-DOC-updateCategory-untouched_neighbours"}},
		{Name: "user-update-drops-neighbour", Says: "An update of a user deletes the user before it.",
			Source: userAll, Breaks: breaks("USER-01")},
		{Name: "category-create-drops-neighbour", Says: "A new category deletes the one before it.",
			Source: categoryAll, Breaks: breaks("CAT-01")},
		{Name: "ward-update-tells-old", Says: "An update of a ward answers with the old one.",
			Source: wardPut, Breaks: breaks("WARD-16")},
		{Name: "user-update-tells-old", Says: "An update of a user answers with the old one.",
			Source: userPut, Breaks: breaks("USER-16")},
		{Name: "category-update-tells-old", Says: "An update of a category answers with the old one.",
			Source: categoryPut, Breaks: breaks("CAT-14")},
		{Name: "ward-update-upserts", Says: "An update of an unknown ward makes one.",
			Source: "L42: 404 if the ward does not exist", Breaks: breaks("WARD-17")},
		{Name: "category-update-upserts", Says: "An update of an unknown category makes one.",
			Source: "L112: 404 if the category does not exist", Breaks: breaks("CAT-15")},
		{Name: "category-place-counted", Says: "A new sort order is the number of categories.",
			Source: categoryPost, Breaks: breaks("CAT-05")},
		{Name: "category-place-of-enabled", Says: "A new sort order is one above that of the last category in use.",
			Source: categoryPost, Breaks: breaks("CAT-05")},
		{Name: "category-place-zero", Says: "A new sort order is 0.",
			Source: categoryPost, Breaks: breaks("CAT-05")},
		{Name: "category-place-shared", Says: "A new sort order is the current maximum itself.",
			Source: categoryPost, Breaks: breaks("CAT-05")},
	}
}

// memberFaults are members of a wrong type or value.
func memberFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "ward-places-as-text", Says: "A latitude is a text.",
			Source: "L15, L34: \"latitude\": 50.263", Breaks: breaks("WARD-03")},
		{Name: "user-enabled-as-number", Says: "A user's enabled is 0 or 1.",
			Source: "L56: \"enabled\": true", Breaks: breaks("USER-03")},
		{Name: "user-plan-hidden", Says: "Users lack the members of the plan override.",
			Source: "L58-60: \"planOverride\": null", Breaks: breaks("USER-03")},
		{Name: "category-keywords-as-list", Says: "Keywords are a list.",
			Source: "L86: \"keywords\": \"housing,repairs\"", Breaks: breaks("CAT-03")},
		{Name: "category-place-as-text", Says: "A sort order is a text.",
			Source: "L88: \"sortOrder\": 0", Breaks: breaks("CAT-03")},
		{Name: "user-create-tells-password", Says: "A new user is answered with the password.",
			Source: userPost, Breaks: breaks("USER-04")},
		{Name: "user-list-tells-hash", Says: "Users have the hash of their password.",
			Source: userPost, Breaks: breaks("USER-04")},
		{Name: "user-profile-for-all", Says: "Caseworkers and admins have a profile too.",
			Source: "L64: profile fields that are only populated for councillors", Breaks: breaks("USER-24")},
		{Name: "dates-british", Says: "Times are written as day/month/year.",
			Source: "L18: \"createdAt\": \"2026-01-01T00:00:00.000Z\"", Breaks: breaks("GEN-13")},
		{Name: "dates-numbers", Says: "Times are seconds since 1970.",
			Source: "L18: \"createdAt\": \"2026-01-01T00:00:00.000Z\"", Breaks: breaks("GEN-13")},
		{Name: "ward-create-foreign", Says: "A new ward has another tenant's id.",
			Source: "L23: within the current tenant", Breaks: breaks("WARD-07")},
		{Name: "ward-create-forgets", Says: "A new ward's description is lost.",
			Source: wardPost, Breaks: breaks("WARD-05")},
		{Name: "ward-create-swaps-place", Says: "A new ward's latitude and longitude are exchanged.",
			Source: wardPost, Breaks: breaks("WARD-05")},
		{Name: "category-create-forgets", Says: "A new category's description is lost.",
			Source: categoryPost, Breaks: breaks("CAT-07")},
		{Name: "user-create-one-role", Says: "Every new user is a councillor.",
			Source: userPost, Breaks: breaks("USER-06")},
	}
}

// suggestFaults are suggestions that do not follow the keywords.
func suggestFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "suggest-always-first", Says: "The first category is suggested, whatever the summary.",
			Source: matching, Breaks: breaks("SUG-01", "SUG-02")},
		{Name: "suggest-never", Says: "Nothing is ever suggested.",
			Source: matching, Breaks: breaks("SUG-01")},
		{Name: "suggest-one-keyword", Says: "Only the first keyword of a category counts.",
			Source: matching, Breaks: breaks("SUG-05")},
		{Name: "suggest-worst", Says: "The category with the fewest keywords in common is suggested.",
			Source: matching, Breaks: breaks("SUG-04")},
		{Name: "suggest-none-404", Says: "No match is answered 404.",
			Source: noMatch, Breaks: breaks("SUG-02")},
		{Name: "suggest-none-empty", Says: "No match is answered with an empty object.",
			Source: noMatch, Breaks: breaks("SUG-02")},
		{Name: "suggest-nameless", Says: "A suggestion has no name.",
			Source: "L117-120: id and name", Breaks: breaks("SUG-03")},
	}
}
