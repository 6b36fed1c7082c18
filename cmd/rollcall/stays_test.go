package main_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// A run of a contract without deletion tells as many records as are there more than before, by
// the operation that made them; a record that was switched off is there still.
func TestAsManyStayAsAreTold(t *testing.T) {
	c := must(contract.Load(specs.FS, "council"))
	mock := httptest.NewServer(must(mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1,
		Size: fixtures.Small})))
	defer mock.Close()
	get := func(path string) gjson.Result {
		answer := must(http.Get(mock.URL + "/__admin" + path))
		defer answer.Body.Close()
		return gjson.ParseBytes(must(io.ReadAll(answer.Body)))
	}
	var target suite.Target
	if err := json.Unmarshal([]byte(get("/targets/council").Raw), &target); err != nil {
		t.Fatal(err)
	}
	target.Worlds = ""
	before := get("/worlds/default/data")
	ledger := filepath.Join(t.TempDir(), "run.ledger")
	run := must(suite.RunPlain(t.Context(), suite.Config{Contract: c, API: must(conformance.API(c)), Target: target, Seed: 1,
		Ledger: ledger, Only: []string{"COU-WARD*", "COU-USER*", "COU-CAT*", "COU-GEN*", "createUser"}}))
	after := get("/worlds/default/data")
	for _, kind := range []string{"Ward", "User", "Category"} {
		of := "council." + strings.ToLower(kind) + ".#"
		more := int(after.Get(of).Int() - before.Get(of).Int())
		if told := run.Left["create"+kind]; told != more || more == 0 {
			t.Errorf("of the kind %s %d are told, and there are %d more", kind, told, more)
		}
	}
	if _, err := os.Stat(ledger); !os.IsNotExist(err) {
		t.Errorf("the ledger is kept, with nothing that can be taken back: %v", err)
	}
}
