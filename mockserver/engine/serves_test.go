package engine_test

import (
	"testing"

	"rollcall/mockserver/defect"
)

// TestServes holds what the router is told of its defects.
func TestServes(t *testing.T) {
	undocumented := defect.Defect{Op: defect.Serve, Operations: []string{"getPet"}}
	slash := defect.Defect{Op: defect.Serve, Operations: []string{"getPet"}, Path: "/"}
	for _, row := range []struct {
		name, operation, path string
		defects               []defect.Defect
		want                  bool
	}{
		{"none", "getPet", "", nil, false},
		{"another method", "getPet", "", []defect.Defect{undocumented}, true},
		{"another method of another operation", "listPets", "", []defect.Defect{undocumented}, false},
		{"a slash is no method", "getPet", "/", []defect.Defect{undocumented}, false},
		{"a slash", "getPet", "/", []defect.Defect{undocumented, slash}, true},
		{"another defect", "getPet", "", []defect.Defect{{Op: defect.Open, Operations: []string{"getPet"}}}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := opened(t, row.defects...).engine.Serves(row.operation, row.path); got != row.want {
				t.Errorf("it serves: %t", got)
			}
		})
	}
}
