package mockserver

import (
	"slices"
	"testing"

	"rollcall/mockserver/store"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// TestTablesOfOneState holds that a table of two contracts is declared as shared
// by both, and that the indexes of both are kept.
func TestTablesOfOneState(t *testing.T) {
	for _, row := range []struct {
		name            string
		unshare         string // the contract that hides what it shares
		wantIndex, fail bool
	}{
		{"shared by both", "", true, false},
		{"hidden by the first", "probation", false, true},
		{"hidden by the second", "identity", false, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := &Server{}
			for _, name := range []string{"probation", "identity"} {
				c, err := contract.Load(specs.FS, name)
				if err != nil {
					t.Fatal(err)
				}
				p, err := Plan(c)
				if err != nil {
					t.Fatal(err)
				}
				for i := range p.API.Resources {
					p.API.Resources[i].Shared = p.API.Resources[i].Shared && name != row.unshare
				}
				s.mounts = append(s.mounts, &mount{name: name, plan: p})
			}
			tables, err := s.tables()
			if (err != nil) != row.fail {
				t.Fatalf("the tables give the error %v", err)
			}
			entry := slices.IndexFunc(tables["directory"], func(t store.Table) bool { return t.Name == "entry" })
			if row.wantIndex && (entry < 0 || len(tables["directory"][entry].Indexes) == 0) {
				t.Errorf("the directory's entries have lost their index: %v", tables["directory"])
			}
		})
	}
}

func TestCompanions(t *testing.T) {
	for name, want := range map[string][]string{"probation": {"identity"}, "identity": {"probation"}, "council": nil} {
		if got := Companions(name); !slices.Equal(got, want) {
			t.Errorf("%s shares its state with %v, want %v", name, got, want)
		}
	}
}
