package mockserver_test

import (
	"testing"

	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// TestDirectoryRequirementsCanBeBroken holds that every requirement of the two
// contracts has a defect, or a reason why it can't have one.
func TestDirectoryRequirementsCanBeBroken(t *testing.T) {
	for _, name := range []string{"probation", "identity"} {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := mockserver.Plan(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, missing := range plan.Unbreakable() {
			t.Error(missing)
		}
	}
}
