package cli

import "testing"

// TestWhatIsNotWrittenIsNamed: a command that is ended names the files that it did not come to.
func TestWhatIsNotWrittenIsNamed(t *testing.T) {
	outputs := &Outputs{}
	outputs.Expect("a", "b", "c")
	outputs.Done("b")
	if got, want := outputs.lost(), ": not written: a, c"; got != want {
		t.Errorf("it says %q; want %q", got, want)
	}
	outputs.Done("a")
	outputs.Done("c")
	var none *Outputs
	none.Expect("a")
	if got := outputs.lost() + none.lost(); got != "" {
		t.Errorf("it says %q of nothing", got)
	}
}
