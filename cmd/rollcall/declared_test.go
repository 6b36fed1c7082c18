package main_test

import (
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/reports"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// samples are the contracts that stand as examples of those that somebody brings. Together
// they have every key of the grammar that is served.
func samples() []string { return []string{"bookshop", "toolshed", "songbook"} }

func sample(t *testing.T, name string) *contract.Contract {
	t.Helper()
	c, err := brought.Load(filepath.Join("..", "..", "specs", "samples", name))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestADeclaredContractIsKept holds that the suite's reading of a behavior and the mock's are
// one: whatever can be decided passes.
func TestADeclaredContractIsKept(t *testing.T) {
	for _, name := range samples() {
		for _, result := range declared(t, sample(t, name)).Results {
			if result.Verdict != reports.Pass {
				t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
			}
		}
	}
}

// TestEachDeclaredRowCanBeBroken holds that every row of a behavior, and all that the document
// demands, has a defect and a case that calls its operations.
func TestEachDeclaredRowCanBeBroken(t *testing.T) {
	for _, name := range samples() {
		c := sample(t, name)
		plan, err := mockserver.Plan(c)
		if err != nil {
			t.Fatal(err)
		}
		missing, err := conformance.Unchecked(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range slices.Concat(mutants.Unbreakable(plan), missing) {
			t.Error(one)
		}
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
		"SHED-SCOPE/omit@createTool", "SHED-TOOL-OWNER/omit@getTool", "SHED-TOOL-OWNED/omit", "SHED-TOOL-HIDDEN/omit@getTool",
		"SHED-TOOL-DERIVED-loans/omit", "SHED-TOOL-DERIVED-keeperName/omit", "SHED-TOOL-GONE/omit", "SHED-TOOL-SHOWN/ignore",
		"SONG-putPiece-STORED/omit", "SONG-putPiece-ONCE/omit", "SONG-putPiece-WHOLE/omit", "SONG-cast-BOUND/omit",
		"SONG-cast-PARENT/dirty", "SONG-uncast-FREED/omit", "SONG-uncast-FOUND/dirty", "SONG-listCast-WITHIN/omit",
		"SONG-castByName-BOUND/omit", "SONG-castByName-FOUND/omit", "SONG-uncastSome-FREED/omit", "SONG-deletePiece-UNTIED/omit",
		"SONG-createSingers-SEVERAL/omit", "SONG-createSingers-ATOMIC/omit", "SONG-SINGER-UNIQUE-email/omit@createSingers",
		"SHED-listTools-SORTED/omit", "SHED-listTools-INCLUDE-keeper/omit", "SHED-listTools-ORDERED/reorder",
	} {
		t.Run(name, func(t *testing.T) {
			of := map[string]string{"SHOP": "bookshop", "SHED": "toolshed", "SONG": "songbook"}[name[:4]]
			failed := false
			for _, result := range declared(t, sample(t, of), name).Results {
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
