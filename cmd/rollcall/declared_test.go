package main_test

import (
	"net/http/httptest"
	"path/filepath"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/reports"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// bookshop is the sample of a contract that somebody brings.
func bookshop(t *testing.T) *contract.Contract {
	t.Helper()
	c, err := brought.Load(filepath.Join("..", "..", "specs", "samples", "bookshop"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestADeclaredContractIsKept holds that the suite's reading of a behavior and the mock's are
// one: whatever can be decided passes.
func TestADeclaredContractIsKept(t *testing.T) {
	for _, result := range declared(t, bookshop(t)).Results {
		if result.Verdict != reports.Pass {
			t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
		}
	}
}

// TestEachDeclaredRowCanBeBroken holds that every row of a behavior, and all that the document
// demands, has a defect and a case that calls its operations.
func TestEachDeclaredRowCanBeBroken(t *testing.T) {
	c := bookshop(t)
	plan, err := mockserver.Plan(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, missing := range plan.Unbreakable() {
		t.Error(missing)
	}
	missing, err := conformance.Unchecked(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range missing {
		t.Error(one)
	}
}

// TestDeclaredDefectsAreNoticed breaks a rule of each kind and a row of each verb, one at a time.
func TestDeclaredDefectsAreNoticed(t *testing.T) {
	for _, name := range []string{
		"SHOP-BOOK-UNIQUE-isbn/omit", "SHOP-READER-UNIQUE-email-FOLD/omit@createReader",
		"SHOP-BOOK-REFERENCE-authorId/omit@createBook",
		"SHOP-BOOK-CASCADE-copy/omit", "SHOP-COPY-LIMIT/omit", "SHOP-createCopy-PARENT/dirty", "SHOP-getCopy-OWN/omit",
		"SHOP-listBooks-PAGED/ignore-page", "SHOP-listBooks-ORDERED/reorder", "SHOP-updateBook-TOUCHED/omit",
		"SHOP-replaceReader-WHOLE/omit", "SHOP-createBook-STORED/lose",
	} {
		t.Run(name, func(t *testing.T) {
			failed := false
			for _, result := range declared(t, bookshop(t), name).Results {
				failed = failed || result.Verdict == reports.Fail || result.Verdict == reports.Missed
			}
			if !failed {
				t.Error("nobody noticed")
			}
		})
	}
}

// declared judges a mock of the contract, with the defects.
func declared(t *testing.T, c *contract.Contract, defects ...string) *reports.Run {
	t.Helper()
	server, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: fixtures.Small,
		Defects: defects, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	api, err := conformance.API(c)
	if err != nil {
		t.Fatal(err)
	}
	listener := httptest.NewServer(server)
	t.Cleanup(listener.Close)
	to, err := server.Target(c.Name, listener.URL)
	if err != nil {
		t.Fatal(err)
	}
	to.Reading = target.Strict
	run, err := suite.RunLoop(t.Context(), suite.Config{Contract: c, API: api, Seed: 1, Target: to})
	if err != nil {
		t.Fatal(err)
	}
	return run
}
