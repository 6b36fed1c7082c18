package admin

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"rollcall/mockserver/internal/fault"
)

// A whole number may be spelt in any way that JSON has, and what is none is told as before.
func TestWholeNumbersHoweverSpelt(t *testing.T) {
	for _, row := range []struct {
		text, wrong string
		want        int
	}{
		{"1000", "", 1000}, {"1e3", "", 1000}, {"1000.0", "", 1000}, {"1E+3", "", 1000}, {"-2.5e1", "", -25},
		{"-0", "", 0}, {"0e9", "", 0},
		{"1.5", "it is 1.5, and has to be a whole number of 64 bits", 0}, {"1e-1", "it is 1e-1", 0},
		{"1e19", "has to be a whole number of 64 bits", 0}, {"1e999999999", "it is 1e999999999", 0},
		{`"1"`, "it is a text, and has to be a whole number of 64 bits", 0},
		{"[1]", "it is a list", 0}, {"{}", "it is an object", 0},
	} {
		var f fault.Fault
		err := json.Unmarshal([]byte(`{"times":`+row.text+`}`), &f, wholeNumbers())
		if (err == nil) != (row.wrong == "") || f.Times != row.want ||
			err != nil && !strings.Contains(plainError(err), row.wrong) {
			t.Errorf("%s is %d (%v), want %d, %q", row.text, f.Times, err, row.want, row.wrong)
		}
	}
	var f fault.Fault
	if err := json.Unmarshal([]byte(`{"seed":1.8446744073709551615e19}`), &f, wholeNumbers()); err != nil || f.Seed != 1<<64-1 {
		t.Errorf("%v: %d", err, f.Seed)
	}
	if err := json.Unmarshal([]byte(`{"seed":-1}`), &f, wholeNumbers()); err == nil {
		t.Error("a seed is below zero")
	}
}
