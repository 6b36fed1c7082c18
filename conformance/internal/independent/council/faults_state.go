package council

import "rollcall/conformance/internal/independent"

const (
	wardTaken     = "L24, L42: 409 if a ward with the same name already exists, or the new name conflicts with an existing ward"
	userTaken     = "L69: 409 if a user with the same email already exists"
	categoryTaken = "L95, L112: 409 if a category with the same name already exists, or the new name conflicts with one"
	wardGet       = "L26: Returns a single ward by ID."
	categoryGet   = "L97: Returns a single category by ID."
)

// uniqueFaults are about whose name or e-mail is taken, and since when.
func uniqueFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "ward-unique-of-firsts", Says: "The first name of a ward is taken, a later one is not.",
			Source: wardTaken, Breaks: breaks("WARD-06", "WARD-18")},
		{Name: "user-unique-of-firsts", Says: "The first e-mail of a user is taken, a later one is not.",
			Source: userTaken, Breaks: breaks("USER-07")},
		{Name: "category-unique-of-firsts", Says: "The first name of a category is taken, a later one is not.",
			Source: categoryTaken, Breaks: breaks("CAT-06", "CAT-16")},
		{Name: "ward-unique-for-good", Says: "The first name of a ward stays taken when it has another.",
			Source: wardTaken, Breaks: breaks("WARD-04")},
		{Name: "user-unique-for-good", Says: "The first e-mail of a user stays taken when there is another.",
			Source: userTaken, Breaks: breaks("USER-05")},
		{Name: "category-unique-for-good", Says: "The first name of a category stays taken when it has another.",
			Source: categoryTaken, Breaks: breaks("CAT-04")},
		{Name: "ward-unique-of-enabled", Says: "The name of a disabled ward is free.",
			Source: wardTaken, Breaks: breaks("WARD-06", "WARD-18")},
		{Name: "user-unique-of-enabled", Says: "The e-mail of a disabled user is free.",
			Source: userTaken, Breaks: breaks("USER-07")},
		{Name: "category-unique-of-enabled", Says: "The name of a disabled category is free.",
			Source: categoryTaken, Breaks: breaks("CAT-06", "CAT-16")},
		{Name: "ward-conflict-writes", Says: "A change to a taken name is answered 409, and the rest of it is written.",
			Source: wardTaken, Breaks: breaks("WARD-18")},
		{Name: "category-conflict-writes", Says: "A change to a taken name is answered 409, and the rest of it is written.",
			Source: categoryTaken, Breaks: breaks("CAT-16")},
		{Name: "user-conflict-writes", Says: "A change to a taken e-mail is answered 409, and the rest of it is written.",
			Source: userTaken, Breaks: breaks("USER-21")},
		{Name: "ward-conflict-overwrites", Says: "A ward with a taken name is answered 409, and written over the other.",
			Source: wardTaken, Breaks: breaks("WARD-06", "WARD-18")},
		{Name: "user-conflict-overwrites", Says: "A user with a taken e-mail is answered 409, and written over the other.",
			Source: userTaken, Breaks: breaks("USER-07")},
		{Name: "category-conflict-overwrites", Says: "A category with a taken name is answered 409, and written over the other.",
			Source: categoryTaken, Breaks: breaks("CAT-06", "CAT-16")},
		{Name: "category-place-behind-last", Says: "A new sort order is one above that of the category made last.",
			Source: categoryPost, Breaks: breaks("CAT-05")},
		{Name: "category-place-of-all", Says: "A new sort order is one above the highest of all tenants.",
			Source: "L94-95: within the current tenant; one above the current maximum", Breaks: breaks("CAT-05")},
	}
}

// keepingFaults are about what is shown after a change, and what a change leaves.
func keepingFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "ward-list-stale", Says: "The list shows a ward as it was first listed.",
			Source: wardAll, Breaks: breaks("WARD-20")},
		{Name: "user-list-stale", Says: "The list shows a user as it was first listed.",
			Source: userAll, Breaks: breaks("USER-20")},
		{Name: "category-list-stale", Says: "The list shows a category as it was first listed.",
			Source: categoryAll, Breaks: breaks("CAT-19")},
		{Name: "ward-get-stale", Says: "A ward is read as it was first read.", Source: wardGet, Breaks: breaks("WARD-20")},
		{Name: "category-get-stale", Says: "A category is read as it was first read.",
			Source: categoryGet, Breaks: breaks("CAT-19")},
		{Name: "suggest-first-name", Says: "A suggestion names a category by its first name.",
			Source: "L117-120: id and name of the category", Breaks: breaks("SUG-03")},
		{Name: "suggest-short", Says: "A summary of more than 100 characters matches nothing.",
			Source: matching, Breaks: breaks("SUG-01")},
		{Name: "ward-update-second-lost", Says: "The second change of a ward is told but not kept.",
			Source: wardPut, Breaks: breaks("WARD-20")},
		{Name: "user-update-second-lost", Says: "The second change of a user is told but not kept.",
			Source: userPut, Breaks: breaks("USER-20")},
		{Name: "category-update-second-lost", Says: "The second change of a category is told but not kept.",
			Source: categoryPut, Breaks: breaks("CAT-19")},
		{Name: "ward-update-enables", Says: "An update of a ward that does not say so enables it.",
			Source: wardPut, Breaks: breaks("WARD-15")},
		{Name: "category-update-enables", Says: "An update of a category that does not say so enables it.",
			Source: categoryPut, Breaks: breaks("CAT-13")},
		{Name: "user-update-enables", Says: "An update of a user that does not say so enables it.",
			Source: userPut, Breaks: breaks("USER-19")},
		{Name: "user-update-resets-role", Says: "An update of a user that does not say so makes a councillor of it.",
			Source: userPut, Breaks: breaks("USER-19")},
		{Name: "ward-update-disables-unsent", Says: "An update of a ward without enabled disables it.",
			Source: wardPut, Breaks: breaks("WARD-15")},
		{Name: "ward-update-takes-id", Says: "An update of a ward takes an id.", Source: wardPut, Breaks: breaks("GEN-17")},
		{Name: "user-update-takes-id", Says: "An update of a user takes an id.", Source: userPut, Breaks: breaks("GEN-17")},
		{Name: "category-update-takes-id", Says: "An update of a category takes an id.",
			Source: categoryPut, Breaks: breaks("GEN-17")},
		{Name: "ward-update-takes-tenant", Says: "An update of a ward takes a tenant.",
			Source: wardPut, Breaks: breaks("GEN-17")},
		{Name: "user-update-takes-tenant", Says: "An update of a user takes a tenant.",
			Source: userPut, Breaks: breaks("GEN-17")},
		{Name: "category-update-takes-birth", Says: "An update of a category takes the time of its making.",
			Source: categoryPut, Breaks: breaks("GEN-17")},
	}
}

// reachingFaults reach other sorts, other tenants, and callers who come by the other header.
func reachingFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "ward-update-reaches-tenants", Says: "An update of a ward changes the wards of other tenants.",
			Source: wardAll, Breaks: []string{"COU-DOC-updateWard-untouched_neighbours"}},
		{Name: "user-update-reaches-tenants", Says: "An update of a user changes the users of other tenants.",
			Source: userAll, Breaks: []string{"COU-DOC-updateUser-untouched_neighbours"}},
		{Name: "category-create-reaches-tenants", Says: "A new category changes those of other tenants.",
			Source: categoryAll, Breaks: []string{"COU-DOC-createCategory-untouched_neighbours"}},
		{Name: "ward-create-disables-users", Says: "A new ward disables the users.",
			Source: wardPost, Breaks: []string{"COU-DOC-createWard-untouched_neighbours"}},
		{Name: "ward-update-empties-categories", Says: "An update of a ward empties the descriptions of categories.",
			Source: wardPut, Breaks: []string{"COU-DOC-updateWard-untouched_neighbours"}},
		{Name: "user-update-empties-categories", Says: "An update of a user empties the descriptions of categories.",
			Source: userPut, Breaks: []string{"COU-DOC-updateUser-untouched_neighbours"}},
		{Name: "ward-disabling-disables-users", Says: "Disabling a ward disables the users.",
			Source: wardPut, Breaks: []string{"COU-DOC-updateWard-untouched_neighbours"}},
		{Name: "category-disabling-spreads", Says: "Disabling a category disables them all.",
			Source: categoryPut, Breaks: []string{"COU-DOC-updateCategory-untouched_neighbours"}},
		{Name: "category-keywords-copied", Says: "New keywords of a category are copied to all others.",
			Source: categoryPut, Breaks: []string{"COU-DOC-updateCategory-untouched_neighbours"}},
		{Name: "ward-scope-by-header", Says: "Who sends the key in X-API-Key lists wards without a scope.",
			Source: "L6: requires the wards:read scope", Breaks: breaks("GEN-05")},
		{Name: "user-scope-by-header", Says: "Who sends the key in X-API-Key lists users without a scope.",
			Source: "L48: requires the users:read scope", Breaks: breaks("GEN-06")},
		{Name: "category-scope-by-header", Says: "Who sends the key in X-API-Key lists categories without a scope.",
			Source: "L78: requires the categories:read scope", Breaks: breaks("GEN-07")},
		{Name: "user-role-by-header", Says: "A caseworker who sends the key in X-API-Key writes users.",
			Source: userRole, Breaks: breaks("USER-08", "USER-18")},
		{Name: "revoked-by-header", Says: "An expired or revoked key in X-API-Key works.",
			Source: "the authentication page of the same documents", Breaks: breaks("GEN-03")},
		{Name: "user-admin-by-anyone", Says: "A caseworker can create an admin.", Source: userRole, Breaks: breaks("USER-08")},
		{Name: "user-promoted-by-anyone", Says: "A caseworker can change a user's role.",
			Source: "L71: Requires councillor role or above.", Breaks: breaks("USER-18")},
		{Name: "user-seats-every-second", Says: "Every second caseworker gets a seat on any plan.",
			Source: planRule, Breaks: breaks("USER-09")},
	}
}

// lossFaults tell too much, or keep less than was sent.
func lossFaults() []independent.Fault {
	return []independent.Fault{
		{Name: "user-refusal-tells-password", Says: "The refusal of a bad user repeats the password.",
			Source: userPost, Breaks: breaks("USER-04")},
		{Name: "ward-drops-letters", Says: "Letters of a ward that are not ASCII are lost.",
			Source: wardPost, Breaks: breaks("WARD-05")},
		{Name: "user-drops-letters", Says: "Letters of a user that are not ASCII are lost.",
			Source: userPost, Breaks: breaks("USER-06")},
		{Name: "category-drops-letters", Says: "Letters of a category that are not ASCII are lost.",
			Source: categoryPost, Breaks: breaks("CAT-07")},
		{Name: "ward-folds-letters", Says: "Accents and curly quotes of a ward are made plain.",
			Source: wardPost, Breaks: breaks("WARD-05")},
		{Name: "ward-create-loses-zero", Says: "A new ward on the equator has no latitude.",
			Source: wardPost, Breaks: breaks("WARD-05")},
		{Name: "ward-update-loses-zero", Says: "A ward that is moved to the meridian has no longitude.",
			Source: wardPut, Breaks: breaks("WARD-16")},
		{Name: "ward-list-rounds", Says: "The list shows a latitude with two decimals.",
			Source: wardAll, Breaks: breaks("WARD-01")},
		{Name: "ward-list-bares-disabled", Says: "The list shows of disabled wards the id alone.",
			Source: "L9-20: a ward of the list has ten members", Breaks: breaks("WARD-03")},
		{Name: "user-list-bares-disabled", Says: "The list shows of disabled users the id alone.",
			Source: "L51-61: a user of the list has nine members", Breaks: breaks("USER-03")},
		{Name: "category-list-bares-disabled", Says: "The list shows of disabled categories the id alone.",
			Source: "L81-91: a category of the list has nine members", Breaks: breaks("CAT-03")},
	}
}
