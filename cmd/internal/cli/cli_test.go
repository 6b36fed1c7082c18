package cli

import (
	"os"
	"testing"
)

// TestTerminal holds that only a terminal is drawn on: the null device is one of
// letters, too, and so are many others.
func TestTerminal(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if terminal(null) {
		t.Errorf("%s is taken for a terminal", os.DevNull)
	}
}
