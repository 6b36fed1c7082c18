package council

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

// breaks lists how requirements are broken that no rule, setting or refusal
// stands for.
func breaks() []defect.Defect {
	return slices.Concat(general(), wards(), users(), categories(), suggestions())
}

func all() []string { return slices.Concat(lists(), creates(), gets(), updates(), suggestOnly()) }

func lists() []string       { return []string{"listWards", "listUsers", "listCategories"} }
func creates() []string     { return []string{"createWard", "createUser", "createCategory"} }
func gets() []string        { return []string{"getWard", "getCategory"} }
func updates() []string     { return []string{"updateWard", "updateUser", "updateCategory"} }
func suggestOnly() []string { return []string{"suggestCategory"} }

func general() []defect.Defect {
	item := slices.Concat(creates(), gets(), updates())
	return slices.Concat(
		behavior.Each(defect.Defect{Requirement: "COU-GEN-08", Op: defect.Drop, Path: "error", On: 401, Name: "no-error-401"},
			all()...),
		behavior.Each(defect.Defect{Requirement: "COU-GEN-08", Op: defect.Retype, Path: "error", On: 404,
			Name: "retype-error-404"}, gets()...),
		behavior.Each(defect.Defect{Requirement: "COU-GEN-08", Op: defect.Drop, Path: "error", On: 400, Name: "no-error-400"},
			creates()...),
		behavior.Each(defect.Defect{Requirement: "COU-GEN-12", Op: defect.Type, Value: "text/plain"}, all()...),
		behavior.Each(defect.Defect{Requirement: "COU-GEN-13", Op: defect.Set, Path: "*.createdAt", Value: `"01/02/2026"`},
			lists()...),
		behavior.Each(defect.Defect{Requirement: "COU-GEN-13", Op: defect.Set, Path: "createdAt", Value: `"2026-01-01 00:00:00"`},
			item...),
		behavior.Each(defect.Defect{Requirement: "COU-GEN-13", Op: defect.Set, Path: "*.updatedAt", Value: `1767225600`,
			Name: "number"}, "listWards", "listCategories"),
		behavior.Each(defect.Defect{Requirement: "COU-GEN-14", Op: defect.Set, Value: `{"data":[]}`}, lists()...),
		[]defect.Defect{{Requirement: "COU-GEN-15", Op: defect.Header, Path: "Retry-After", On: 429},
			{Requirement: "COU-GEN-05", Op: defect.Shared, On: 403, Operations: []string{"listWards"}},
			{Requirement: "COU-GEN-06", Op: defect.Shared, On: 403, Operations: []string{"listUsers"}},
			{Requirement: "COU-GEN-07", Op: defect.Shared, On: 403, Operations: []string{"listCategories"}}},
	)
}

func wards() []defect.Defect {
	keys := []string{"id", "tenantId", "name", "boundaryDescription", "councilTier", "latitude", "longitude",
		"enabled", "createdAt", "updatedAt"}
	return slices.Concat(
		read("COU-WARD-01", "listWards", "createWard"),
		[]defect.Defect{{Requirement: "COU-WARD-02", Op: defect.Reorder, Operations: []string{"listWards"}}},
		shape("COU-WARD-03", "listWards", "*.", keys), shape("COU-WARD-03", "getWard", "", keys),
		created("COU-WARD-04", "createWard"), mangled("COU-WARD-05", "createWard", "name", "boundaryDescription"),
		mangled("COU-WARD-16", "updateWard", "name", "boundaryDescription"),
		behavior.Members(defect.Defect{Requirement: "COU-WARD-05", Op: defect.Ignore, Operations: []string{"createWard"}}, "",
			"name", "boundaryDescription", "councilTier", "latitude", "longitude"),
		[]defect.Defect{
			{Requirement: "COU-WARD-07", Op: defect.Set, Path: "tenantId", Value: `"tenant-999"`,
				Operations: []string{"createWard"}},
			{Requirement: "COU-WARD-13", Op: defect.Set, Path: "name", Value: `"Another ward"`, Operations: []string{"getWard"}},
			{Requirement: "COU-WARD-13", Op: defect.Null, Path: "boundaryDescription", Operations: []string{"getWard"}},
			{Requirement: "COU-WARD-13", Op: defect.Status, Value: "404", Operations: []string{"getWard"}},
			{Requirement: "COU-WARD-16", Op: defect.Ignore, Path: "councilTier", Operations: []string{"updateWard"}},
			{Requirement: "COU-WARD-20", Op: defect.Lose, Operations: []string{"updateWard"}},
			{Requirement: "COU-WARD-20", Op: defect.Lose, Value: "back", Name: "lose-back", Operations: []string{"updateWard"}},
			{Requirement: "COU-WARD-20", Op: defect.Stale, Operations: []string{"getWard"}},
			{Requirement: "COU-WARD-21", Op: defect.Ignore, Path: "enabled", Operations: []string{"updateWard"}},
			{Requirement: "COU-WARD-22", Op: defect.Status, Value: "500", Operations: []string{"updateWard"}},
			{Requirement: "COU-WARD-22", Op: defect.Null, Path: "boundaryDescription", Operations: []string{"getWard"}},
		},
		updated("COU-WARD-16", "updateWard"),
	)
}

func users() []defect.Defect {
	keys := []string{"id", "name", "email", "role", "enabled", "createdAt", "planOverride",
		"planOverrideExpiresAt", "planOverrideReason"}
	writes := []string{"createUser", "updateUser"}
	return slices.Concat(
		read("COU-USER-01", "listUsers", "createUser"),
		[]defect.Defect{{Requirement: "COU-USER-02", Op: defect.Reorder, Operations: []string{"listUsers"}}},
		shape("COU-USER-03", "listUsers", "*.", keys[:6]), // of the last three the page shows null and no type
		behavior.Members(defect.Defect{Requirement: "COU-USER-03", Op: defect.Drop, Operations: []string{"listUsers"}}, "*.",
			keys[6:]...),
		behavior.Each(defect.Defect{Requirement: "COU-USER-04", Op: defect.Set, Path: "password", Value: `"leaked"`}, writes...),
		behavior.Each(defect.Defect{Requirement: "COU-USER-04", Op: defect.Set, Path: "temporaryPassword", Value: `"Xy7-4b1"`,
			Name: "temporary"}, "createUser"),
		behavior.Each(defect.Defect{Requirement: "COU-USER-04", Op: defect.Set, Path: "passwordHash", Value: `"$2b$10$leaked"`,
			Name: "hash"}, writes...),
		[]defect.Defect{{Requirement: "COU-USER-04", Op: defect.Set, Path: "*.password", Value: `"leaked"`,
			Operations: []string{"listUsers"}}},
		created("COU-USER-05", "createUser"), mangled("COU-USER-06", "createUser", "name"),
		mangled("COU-USER-16", "updateUser", "name"),
		behavior.Members(defect.Defect{Requirement: "COU-USER-06", Op: defect.Ignore, Operations: []string{"createUser"}}, "",
			"name", "email", "role"),
		updated("COU-USER-16", "updateUser"),
		[]defect.Defect{
			{Requirement: "COU-USER-20", Op: defect.Lose, Operations: []string{"updateUser"}},
			{Requirement: "COU-USER-20", Op: defect.Lose, Value: "back", Name: "lose-back", Operations: []string{"updateUser"}},
			{Requirement: "COU-USER-20", Op: defect.Stale, Operations: []string{"listUsers"}},
			{Requirement: "COU-USER-22", Op: defect.Ignore, Path: "enabled", Operations: []string{"updateUser"}},
			{Requirement: "COU-USER-26", Op: defect.Ignore, Path: "email", Operations: []string{"updateUser"}},
			{Requirement: "COU-USER-26", Op: defect.Ignore, Path: "role", Operations: []string{"updateUser"}},
		},
		behavior.Members(defect.Defect{Requirement: "COU-USER-24", Op: defect.Set, Value: `"for everybody"`,
			Operations: []string{"listUsers"}}, "*.", profile()...),
		behavior.Members(defect.Defect{Requirement: "COU-USER-25", Op: defect.Set, Value: `"pro"`,
			Operations: []string{"listUsers"}}, "*.",
			"planOverride", "planOverrideExpiresAt", "planOverrideReason"),
	)
}

func categories() []defect.Defect {
	keys := []string{"id", "tenantId", "name", "description", "keywords", "enabled", "sortOrder", "createdAt", "updatedAt"}
	return slices.Concat(
		read("COU-CAT-01", "listCategories", "createCategory"),
		[]defect.Defect{{Requirement: "COU-CAT-02", Op: defect.Reorder, Operations: []string{"listCategories"}}},
		shape("COU-CAT-03", "listCategories", "*.", keys), shape("COU-CAT-03", "getCategory", "", keys),
		created("COU-CAT-04", "createCategory"), mangled("COU-CAT-07", "createCategory", "name", "description"),
		mangled("COU-CAT-14", "updateCategory", "name", "description"),
		behavior.Members(defect.Defect{Requirement: "COU-CAT-07", Op: defect.Ignore, Operations: []string{"createCategory"}}, "",
			"name", "description", "keywords"),
		[]defect.Defect{
			{Requirement: "COU-CAT-11", Op: defect.Set, Path: "name", Value: `"Another category"`,
				Operations: []string{"getCategory"}},
			{Requirement: "COU-CAT-11", Op: defect.Null, Path: "keywords", Operations: []string{"getCategory"}},
			// To refuse a sortOrder, or to leave it out of account, is a target's right.
			{Requirement: "COU-CAT-18", Op: defect.Lose, Operations: []string{"updateCategory"}},
			{Requirement: "COU-CAT-19", Op: defect.Lose, Operations: []string{"updateCategory"}},
			{Requirement: "COU-CAT-19", Op: defect.Lose, Value: "back", Name: "lose-back",
				Operations: []string{"updateCategory"}},
			{Requirement: "COU-CAT-19", Op: defect.Stale, Operations: []string{"getCategory"}},
			{Requirement: "COU-CAT-20", Op: defect.Ignore, Path: "enabled", Operations: []string{"updateCategory"}},
		},
		updated("COU-CAT-14", "updateCategory"),
	)
}

func suggestions() []defect.Defect {
	on := func(d defect.Defect) defect.Defect { d.Operations = suggestOnly(); return d }
	return []defect.Defect{
		on(defect.Defect{Requirement: "COU-SUG-01", Op: defect.Set, Path: "suggestion", Value: "null"}),
		on(defect.Defect{Requirement: "COU-SUG-01", Op: defect.Ignore, Path: "query:summary"}),
		on(defect.Defect{Requirement: "COU-SUG-01", Op: defect.Unfound, Value: `{"suggestion":null}`}),
		on(defect.Defect{Requirement: "COU-SUG-02", Op: defect.Set, Path: "suggestion", Value: "{}"}),
		on(defect.Defect{Requirement: "COU-SUG-02", Op: defect.Drop, Path: "suggestion"}),
		on(defect.Defect{Requirement: "COU-SUG-02", Op: defect.Status, Value: "404"}),
		on(defect.Defect{Requirement: "COU-SUG-03", Op: defect.Drop, Path: "suggestion.name"}),
		on(defect.Defect{Requirement: "COU-SUG-03", Op: defect.Retype, Path: "suggestion.id"}),
		on(defect.Defect{Requirement: "COU-SUG-03", Op: defect.Set, Path: "suggestion.name", Value: `"Another name"`}),
		on(defect.Defect{Requirement: "COU-SUG-09", Op: defect.Status, Value: "404"}),
		on(defect.Defect{Requirement: "COU-SUG-10", Op: defect.Status, Value: "500", On: 400}),
		on(defect.Defect{Requirement: "COU-SUG-11", Op: defect.Stale}),
		on(defect.Defect{Requirement: "COU-SUG-13", Op: defect.Touch, Path: "description", Value: `"changed by a read"`}),
	}
}

// read breaks "what was created is in the list".
func read(requirement, list, create string) []defect.Defect {
	return []defect.Defect{
		{Requirement: requirement, Op: defect.Stale, Operations: []string{list}},
		{Requirement: requirement, Op: defect.Set, Value: "[]", Operations: []string{list}},
		{Requirement: requirement, Op: defect.Repeat, Operations: []string{list}},
		{Requirement: requirement, Op: defect.Lose, Operations: []string{create}},
	}
}

// shape breaks "every documented member is there, with its type".
func shape(requirement, operation, prefix string, keys []string) []defect.Defect {
	d := defect.Defect{Requirement: requirement, Op: defect.Drop, Operations: []string{operation}}
	r := d
	r.Op = defect.Retype
	return append(behavior.Members(d, prefix, keys...), behavior.Members(r, prefix, keys...)...)
}

// created breaks "a valid record is answered with the created status and the record".
func created(requirement, operation string) []defect.Defect {
	on := []string{operation}
	return []defect.Defect{
		{Requirement: requirement, Op: defect.Status, Value: "200", Operations: on},
		{Requirement: requirement, Op: defect.Drop, Path: "id", Operations: on},
		{Requirement: requirement, Op: defect.Retype, Path: "id", Operations: on},
		{Requirement: requirement, Op: defect.Empty, Operations: on},
	}
}

// mangled breaks "what is sent is answered" for letters that are not ASCII, and for long texts.
func mangled(requirement, operation string, names ...string) (all []defect.Defect) {
	for _, way := range []string{defect.MangleLetters, defect.MangleLength} {
		for _, name := range names {
			all = append(all, defect.Defect{Requirement: requirement, Op: defect.Mangle, Path: name, Value: way,
				Operations: []string{operation}})
		}
	}
	return all
}

// updated breaks "the changed record is answered".
func updated(requirement, operation string) []defect.Defect {
	on := []string{operation}
	return []defect.Defect{
		{Requirement: requirement, Op: defect.Status, Value: "202", Operations: on},
		{Requirement: requirement, Op: defect.Set, Path: "id", Value: `"another"`, Operations: on},
		{Requirement: requirement, Op: defect.Ignore, Name: "ignore", Path: updatedMember(operation), Operations: on},
		{Requirement: requirement, Op: defect.Empty, Operations: on},
	}
}

// updatedMember is the member whose change the update's own case looks at.
func updatedMember(operation string) string {
	switch operation {
	case "updateUser":
		return "name"
	case "updateWard":
		return "boundaryDescription"
	}
	return "description"
}
