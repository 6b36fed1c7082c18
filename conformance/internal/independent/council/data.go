package council

import (
	"fmt"
	"time"
)

// tenant is one council that uses the product.
type tenant struct {
	plan string
	tier string
}

func tenants() map[string]tenant {
	return map[string]tenant{
		"tenant-calder-3f":  {plan: "council", tier: "metropolitan"},
		"tenant-mendip-81":  {plan: "pro", tier: "district"},
		"tenant-welland-c2": {plan: "team", tier: "parish"},
	}
}

// caller is the bearer of one key.
type caller struct {
	persona string
	tenant  string
	role    string
	scopes  []string
	state   string // why the key no longer works, if so
}

func everyScope() []string {
	return []string{"wards:read", "users:read", "categories:read"}
}

func callers() map[string]*caller {
	return map[string]*caller{
		"sk_calder_9b2e71c0":  {persona: "default", tenant: "tenant-calder-3f", role: "admin", scopes: everyScope()},
		"sk_calder_41d7aa6f":  {persona: "councillor-role", tenant: "tenant-calder-3f", role: "councillor", scopes: everyScope()},
		"sk_calder_c05f82be":  {persona: "low-rights", tenant: "tenant-calder-3f", role: "caseworker", scopes: everyScope()},
		"sk_calder_77e0b913":  {persona: "no-scope", tenant: "tenant-calder-3f", role: "admin"},
		"sk_mendip_3a68d4f2":  {persona: "second-tenant", tenant: "tenant-mendip-81", role: "admin", scopes: everyScope()},
		"sk_welland_e91c5d07": {persona: "low-plan", tenant: "tenant-welland-c2", role: "admin", scopes: everyScope()},
		"sk_calder_0f6b2d58": {
			persona: "expired-credential", tenant: "tenant-calder-3f", role: "admin", scopes: everyScope(), state: "expired",
		},
		"sk_calder_d8134e9c": {
			persona: "revoked-credential", tenant: "tenant-calder-3f", role: "admin", scopes: everyScope(), state: "revoked",
		},
	}
}

// ranks order the roles and the plans from low to high.

func roleRank() map[string]int {
	return map[string]int{"caseworker": 1, "councillor": 2, "admin": 3}
}

func planRank() map[string]int {
	return map[string]int{"team": 1, "pro": 2, "council": 3}
}

// row is a record as the tables below write it down: tenant, id and the values in the
// order of the kind's columns.
type row []any

func wardColumns() []string {
	return []string{"name", "boundaryDescription", "councilTier", "latitude", "longitude", "enabled"}
}

func wardRows() []row {
	return []row{
		{"tenant-calder-3f", "ward-5e1c09a7", "Skircoat", "Savile Park, Copley and the Skircoat Green conservation area",
			"metropolitan", 53.7093, -1.8694, true},
		{"tenant-calder-3f", "ward-b8427d10", "Elland", "Elland town, Blackley and the riverside as far as West Vale",
			"metropolitan", 53.6852, -1.8381, true},
		{"tenant-calder-3f", "ward-09fa6c3b", "Todmorden", "Todmorden, Walsden, Cornholme and the moor above",
			"metropolitan", 53.7134, -2.0962, true},
		{"tenant-calder-3f", "ward-d73e5142", "Luddendenfoot", "Midgley, Booth and the Luddenden valley",
			"metropolitan", 53.7221, -1.9475, true},
		{"tenant-calder-3f", "ward-4c90e8f6", "Ovenden", nil, "metropolitan", 53.7478, -1.8783, false},
		{"tenant-mendip-81", "ward-a16b04dd", "Shepton East", "East of the Fosse Way to Charlton Viaduct",
			"district", 51.1907, -2.5371, true},
		{"tenant-mendip-81", "ward-2f8d93c1", "Frome Keyford", "Keyford, Critchill and The Mount",
			"district", 51.2214, -2.3206, true},
		{"tenant-welland-c2", "ward-6be7f05a", "Deeping Gate", "The whole parish north of the Maxey Cut",
			"parish", 52.6689, -0.3128, true},
	}
}

func userColumns() []string {
	return []string{"name", "email", "role", "enabled"}
}

func userRows() []row {
	return []row{
		{"tenant-calder-3f", "user-20bd7f14", "Priya Ramsden", "priya.ramsden@calder.example.gov.uk", "councillor", true},
		{"tenant-calder-3f", "user-e64a1980", "Alun Greenwood", "alun.greenwood@calder.example.gov.uk", "admin", true},
		{"tenant-calder-3f", "user-7c3f0b2d", "Morag Sutcliffe", "morag.sutcliffe@calder.example.gov.uk", "caseworker", true},
		{"tenant-calder-3f", "user-91e5d8a6", "Desmond Okafor", "desmond.okafor@calder.example.gov.uk", "councillor", true},
		{"tenant-calder-3f", "user-3d08c7be", "Hetty Barraclough", "hetty.barraclough@calder.example.gov.uk", "caseworker",
			false},
		{"tenant-mendip-81", "user-f5a27e43", "Rosalind Tucker", "rosalind.tucker@mendip.example.gov.uk", "admin", true},
		{"tenant-mendip-81", "user-08b6c19d", "Gwilym Vowles", "gwilym.vowles@mendip.example.gov.uk", "councillor", true},
		{"tenant-welland-c2", "user-ba914f70", "Edith Plowright", "clerk@welland.example.gov.uk", "admin", true},
	}
}

func categoryColumns() []string {
	return []string{"name", "description", "keywords", "enabled", "sortOrder"}
}

func categoryRows() []row {
	return []row{
		{"tenant-calder-3f", "cat-88f0c3d2", "Waste & Recycling", "Missed bins, fly-tipping and the household tips",
			"bin,bins,recycling,fly-tipping,skip,rubbish", true, 0},
		{"tenant-calder-3f", "cat-1b7e4a95", "Flooding", "River levels, culverts and flood grants",
			"flood,flooding,culvert,sandbags,gully", true, 20},
		{"tenant-calder-3f", "cat-c62d90fb", "Council Tax", nil, "council tax,banding,arrears,discount", true, 30},
		{"tenant-calder-3f", "cat-54a8e317", "Allotments", "Plots, waiting lists and water butts",
			"allotment,plot,hosepipe", true, 120},
		{"tenant-mendip-81", "cat-0dc37b6e", "Rights of Way", "Stiles, gates and blocked footpaths",
			"footpath,stile,bridleway", true, 0},
		{"tenant-mendip-81", "cat-f294e8a1", "Licensing", "Taxis, premises and street trading", "taxi,licence,premises", true, 1},
		{"tenant-welland-c2", "cat-7e5b1c48", "Burial Ground", "Plots, memorials and upkeep", "burial,memorial,headstone", true,
			0},
	}
}

// The odd rows are right but unusual: what a grown database has after some years.

func oddWards() []row {
	return []row{
		{"tenant-calder-3f", "ward-00000000", "\u00c9toile \"Old Town\" / Pye Nest \U0001F333", "", nil, nil, nil, true},
		{"tenant-calder-3f", "ward-00000001", "lower case end", "Line one\nLine two\ttabbed", "borough", 0.0, 0.0, false},
	}
}

func oddUsers() []row {
	return []row{
		{"tenant-calder-3f", "user-00000000", "Si\u00e2n O\u2019Hara-Llwyd", "sian+post@calder.example.gov.uk",
			"councillor", true},
		{"tenant-calder-3f", "user-00000001", "Alun Greenwood", "a.greenwood2@calder.example.gov.uk", "caseworker", true},
	}
}

func oddCategories() []row {
	return []row{
		{"tenant-calder-3f", "cat-00000000", "Unsorted", "", "", true, -4},
		{"tenant-calder-3f", "cat-00000001", "Archive <2019>", nil, nil, false, 30},
		{"tenant-calder-3f", "cat-00000002", "Legacy", "Kept for old cases", ",,legacy only,", true, 900},
	}
}

// seed fills a fresh server.
func (s *server) seed() {
	s.plant(wards(), wardColumns(), wardRows())
	s.plant(users(), userColumns(), userRows())
	s.plant(categories(), categoryColumns(), categoryRows())
	claimed := s.stores[users().name][0].values
	claimed["bio"], claimed["party"] = "Born in Skircoat; surgeries on the first Saturday", "Independent"
	claimed["publicEmail"], claimed["interests"] = "cllr.ramsden@calder.example.gov.uk", "Transport, parks"
	if s.on("odd-data") {
		s.plant(wards(), wardColumns(), oddWards())
		s.plant(users(), userColumns(), oddUsers())
		s.plant(categories(), categoryColumns(), oddCategories())
		s.overrideFirst()
	}
	if s.on("many-records") {
		s.plant(wards(), wardColumns(), crowd())
	}
}

// plant stores the rows as records some months old.
func (s *server) plant(k *kind, columns []string, rows []row) {
	for i, cells := range rows {
		born := time.Date(2025, time.Month(1+i%9), 4+i%20, 9, 12, 30, 417_000_000, time.UTC)
		rec := &record{id: cells[1].(string), tenant: cells[0].(string), values: map[string]any{},
			created: born, updated: born.Add(time.Duration(i) * 31 * time.Hour)}
		for j, column := range columns {
			rec.values[column] = cells[j+2]
		}
		rec.first = rec.text(k.unique)
		s.stores[k.name] = append(s.stores[k.name], rec)
	}
}

// overrideFirst gives one user a plan of his own.
func (s *server) overrideFirst() {
	first := s.stores[users().name][0].values
	first["planOverride"] = "pro"
	first["planOverrideExpiresAt"] = time.Date(2027, 3, 31, 22, 59, 59, 0, time.UTC)
	first["planOverrideReason"] = "Pilot of the ward surgeries"
}

// crowd is a county's worth of wards.
func crowd() []row {
	var rows []row
	sides := []string{"Upper", "Lower", "East", "West", "North", "South", "Great", "Little"}
	places := []string{"Aske", "Brant", "Cowling", "Denby", "Egton", "Farn", "Gisburn", "Hale", "Ings", "Kex", "Lang", "Melt"}
	for i, side := range sides {
		for j, place := range places {
			id := fmt.Sprintf("ward-c%03d%03d", i, j)
			rows = append(rows, row{"tenant-calder-3f", id,
				side + " " + place, nil, "metropolitan", 53.5 + float64(j)/100, -1.9, true})
		}
	}
	return rows
}
