// Package council declares how the mock serves the council contract: wards,
// users and categories of the tenant that a key belongs to.
//
// It is no API: it serves the packages beside it, and may change with any version.
package council

import (
	"strings"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// API gives the table of the contract.
func API() behavior.API {
	return behavior.API{
		Contract:     "council",
		Data:         fixtures.Council,
		Stages:       []behavior.Stage{behavior.Route, behavior.Authenticate, behavior.Authorize, behavior.Validate},
		Resources:    resources(),
		Operations:   operations(),
		Rules:        rules(),
		Attributions: attributions(),
		Breaks:       breaks(),
		Excuses:      excuses(),
		Never: []behavior.Never{
			{Status: 403, Operations: []string{"createWard", "updateWard", "createCategory", "updateCategory"},
				Reason: "the mock never answers it: the documents name no scope or role for writing wards and categories"},
			{Status: 422, Operations: []string{"createCategory", "updateCategory"},
				Reason: "the mock never answers it: no member of a category has a domain narrower than its type"},
			{Status: 422, Operations: []string{"suggestCategory"},
				Reason: "the mock never answers it: a summary that is missing or empty is answered 400"},
		},
		Enforces:     []behavior.By{"COU-GEN-03", "COU-GEN-04"},
		Refuses:      []behavior.Denies{"COU-GEN-01", "COU-GEN-02", "COU-GEN-15"},
		Authenticate: authenticate,
		Guest:        guest,
		Authorize:    authorize,
		Invalid:      invalid,
		Render:       render,
	}
}

func resources() []behavior.Resource {
	return []behavior.Resource{
		{
			Name: "ward", Schema: "Ward", IDPrefix: "ward-", Owner: owner(),
			Stamps:   append(stamps("COU-GEN-18"), behavior.Stamp{Field: "tenantId", Make: tenantOf}),
			Defaults: append(nulls("boundaryDescription", "councilTier", "latitude", "longitude"), enabled("COU-WARD-09")),
			Indexes:  []store.Index{byName()},
		},
		{
			Name: "user", Schema: "User", IDPrefix: "user-", Owner: owner(), Private: []string{"tenantId", "password"},
			Stamps:   []behavior.Stamp{{Field: "id", Make: idOf}, {Field: "createdAt", Make: nowOf}},
			Defaults: append(nulls("planOverride", "planOverrideExpiresAt", "planOverrideReason"), enabled("")),
			Indexes:  []store.Index{byName()},
		},
		{
			Name: "category", Schema: "Category", IDPrefix: "cat-", Owner: owner(),
			Stamps: append(stamps("COU-GEN-18"), behavior.Stamp{Field: "tenantId", Make: tenantOf}),
			Defaults: append(nulls("description", "keywords"), enabled("COU-CAT-10"),
				behavior.Default{Field: "sortOrder", Value: "0"}),
			Indexes: []store.Index{bySortOrder()},
		},
		{Name: "tenant"},
		{Name: "key", Facts: readRights,
			Indexes: []store.Index{{Name: "tenant",
				Key: func(r *store.Record) string { return store.Key(r.String("tenantId"), r.ID) }}}},
	}
}

func owner() behavior.Owner {
	return behavior.Owner{Field: "tenantId", Lists: "COU-GEN-09", Items: "COU-GEN-10"}
}

func stamps(touched behavior.By) []behavior.Stamp {
	return []behavior.Stamp{
		{Field: "id", Make: idOf},
		{Field: "createdAt", Make: nowOf},
		{Field: "updatedAt", Make: nowOf, Touch: true, By: touched},
	}
}

func idOf(_ *behavior.Call, r *store.Record) string { return rule.Text(r.ID) }

func nowOf(c *behavior.Call, _ *store.Record) string {
	return c.Moment(`"2006-01-02T15:04:05.000Z"`)
}

func tenantOf(c *behavior.Call, _ *store.Record) string {
	return rule.Text(c.Actor.String("tenantId"))
}

func nulls(names ...string) (all []behavior.Default) {
	for _, n := range names {
		all = append(all, behavior.Default{Field: n, Value: "null"})
	}
	return all
}

func enabled(by behavior.By) behavior.Default {
	return behavior.Default{Field: "enabled", Value: "true", By: by}
}

// byName is the alphabetical order of a tenant's records: letter case counts
// only between names that are otherwise equal.
func byName() store.Index {
	return store.Index{Name: "name", Key: func(r *store.Record) string {
		name := r.String("name")
		return store.Key(r.String("tenantId"), strings.ToLower(name), name)
	}}
}

func bySortOrder() store.Index {
	return store.Index{Name: "sortOrder", Key: func(r *store.Record) string {
		return store.Key(r.String("tenantId"), rule.SortableInt(r.Get("sortOrder").Int()))
	}}
}

func operations() []behavior.Operation {
	return []behavior.Operation{
		{ID: "listWards", Resource: "ward", Verb: behavior.List{Index: "name"}, Scope: "wards:read", Asks: "COU-GEN-05"},
		{ID: "createWard", Resource: "ward", Verb: behavior.Create{Ignores: "COU-GEN-17"}},
		{ID: "getWard", Resource: "ward", Verb: behavior.Get{Param: "id"}, Scope: "wards:read", Refuses: "COU-WARD-14"},
		{ID: "updateWard", Resource: "ward", Verb: behavior.Update{Param: "id", Partial: "COU-WARD-15", Ignores: "COU-GEN-17"},
			Refuses: "COU-WARD-17"},

		{ID: "listUsers", Resource: "user", Verb: behavior.List{Index: "name"}, Scope: "users:read", Asks: "COU-GEN-06"},
		{ID: "createUser", Resource: "user", Verb: behavior.Create{Ignores: "COU-GEN-17"},
			MinRole: "councillor", AsksRole: "COU-USER-08"},
		{ID: "updateUser", Resource: "user", Verb: behavior.Update{Param: "id", Partial: "COU-USER-19", Ignores: "COU-GEN-17"},
			MinRole: "councillor", AsksRole: "COU-USER-18", Refuses: "COU-USER-17"},

		{ID: "listCategories", Resource: "category", Verb: behavior.List{Index: "sortOrder"}, Scope: "categories:read",
			Asks: "COU-GEN-07"},
		{ID: "createCategory", Resource: "category", Verb: behavior.Create{Ignores: "COU-GEN-17"}},
		{ID: "getCategory", Resource: "category", Verb: behavior.Get{Param: "id"}, Scope: "categories:read",
			Refuses: "COU-CAT-12"},
		{ID: "updateCategory", Resource: "category",
			Verb:    behavior.Update{Param: "id", Partial: "COU-CAT-13", Ignores: "COU-GEN-17"},
			Refuses: "COU-CAT-15"},
		{ID: "suggestCategory", Resource: "category", Verb: suggestVerb(), Scope: "categories:read"},
	}
}

// invalid gives the status of a violation of the document: 400 for what is
// missing or can't be read, 422 for a value outside its domain.
func invalid(v contract.Violation) int {
	switch v.Keyword {
	case "enum", "minimum", "maximum", "format", "maxLength", "pattern":
		return 422
	}
	return 400
}
