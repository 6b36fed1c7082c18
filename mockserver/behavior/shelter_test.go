package behavior_test

import (
	"net/http"
	"os"
	"testing"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// shelter loads a contract of a few pets that only tests know.
func shelter(t *testing.T) *contract.Contract {
	t.Helper()
	c, err := contract.Load(os.DirFS("../testdata"), "shelter")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// table is a table of the shelter in which nothing is wrong; tests change one row of it.
func table() behavior.API {
	return behavior.API{
		Contract: "shelter",
		Resources: []behavior.Resource{
			{Name: "pet", Schema: "Pet", IDPrefix: "p", Private: []string{"house"},
				Owner: behavior.Owner{Field: "house", Lists: "SHE-HOUSE-01", Items: "SHE-HOUSE-02"},
				Stamps: []behavior.Stamp{{Field: "id",
					Make: func(_ *behavior.Call, r *store.Record) string { return rule.Text(r.ID) }}},
				Defaults: []behavior.Default{{Field: "kind", Value: `"dog"`, By: "SHE-KIND-01"}},
				Trash: behavior.Trash{Field: "deletedAt", Items: "SHE-TRASH-01", Twice: "SHE-TRASH-02",
					Param: "deleted", Hidden: "SHE-TRASH-03"},
				Indexes: []store.Index{{Name: "by name",
					Key: func(r *store.Record) string { return store.Key(r.String("house"), r.String("name")) }}}},
			{Name: "visit", Schema: "Visit", IDPrefix: "v",
				Nest: behavior.Nest{Resource: "pet", Param: "petId", Field: "petId", Index: "by pet",
					Parents: "SHE-VISIT-01", Items: "SHE-VISIT-02", Lists: "SHE-VISIT-03"},
				Indexes: []store.Index{{Name: "by pet",
					Key: func(r *store.Record) string { return store.Key(r.String("petId")) }}}},
		},
		Operations: []behavior.Operation{
			{ID: "ping", Verb: behavior.Func{Run: func(*behavior.Call) (behavior.Answer, *behavior.Refusal) {
				return behavior.Answer{Status: http.StatusNoContent}, nil
			}}},
			{ID: "listPets", Resource: "pet",
				Verb: behavior.List{Index: "by name", Filters: []behavior.Filter{{Param: "kind", By: "SHE-KIND-02"}}}},
			{ID: "createPet", Resource: "pet", Verb: behavior.Create{}},
			{ID: "getPet", Resource: "pet", Verb: behavior.Get{Param: "petId"}, Refuses: "SHE-PET-01"},
			{ID: "updatePet", Resource: "pet", Verb: behavior.Update{Param: "petId", Partial: "SHE-PET-03"},
				Refuses: "SHE-PET-01"},
			{ID: "deletePet", Resource: "pet", Verb: behavior.Delete{Param: "petId", Gone: "SHE-PET-02"},
				Refuses: "SHE-PET-01", Asks: "SHE-ROLE-01"},
			{ID: "listVisits", Resource: "visit", Verb: behavior.List{Index: "by pet"}},
			{ID: "createVisit", Resource: "visit", Verb: behavior.Create{}},
			{ID: "deleteVisit", Resource: "visit", Verb: behavior.Delete{Param: "visitId"}, Refuses: "SHE-VISIT-04"},
		},
		Rules: []behavior.Rule{
			{Requirement: "SHE-NAME-01", On: "pet", When: rule.Write,
				Kind: rule.Unique{Field: "name", Within: "house", Self: "SHE-NAME-03"}},
			{Requirement: "SHE-CHIEF-01", On: "pet", When: rule.Delete, Kind: rule.Undeletable{Field: "chief", What: "pet"}},
			{Requirement: "SHE-CHIEF-02", On: "pet", When: rule.Write,
				Kind: rule.Exclusive{Group: rule.Group{Within: "house", Index: "by name"}, Field: "chief"}},
		},
		Attributions: []behavior.Attribution{{Requirement: "SHE-NAME-02", Operations: []string{"createPet"}, Pointer: "/name"}},
		Enforces:     []behavior.By{"SHE-LATE-01"},
		Refuses:      []behavior.Denies{"SHE-KEY-01"},
		Media:        "SHE-TYPE-01",
		Excuses:      map[string]string{"SHE-KIND-01/omit": "there is always a kind"},
	}
}
