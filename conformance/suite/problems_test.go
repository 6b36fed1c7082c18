package suite_test

import (
	"strings"
	"testing"
	"time"

	"rollcall/conformance/suite"
	"rollcall/specs"
	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// TestWhatNoRunCouldDoIsToldBeforeIt holds that spans nobody waits for, methods that are none and
// programs that are not there are mistakes of the target's file, told by name.
func TestWhatNoRunCouldDoIsToldBeforeIt(t *testing.T) {
	c, err := contract.Load(specs.FS, "council")
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		change func(*target.Target)
		told   string // "" where the file is in order
	}{
		"in order": {func(*target.Target) {}, ""},
		"a long settle": {func(its *target.Target) {
			its.Settle = target.Settle{"*": target.Duration(10000 * time.Hour)}
		}, "settle"},
		"a fair settle": {func(its *target.Target) {
			its.Settle = target.Settle{"*": target.Duration(time.Minute)}
		}, ""},
		"a long answer": {func(its *target.Target) {
			its.Timeouts.Answer = target.Duration(1e5 * time.Hour)
		}, "timeouts.answer"},
		"a long connection": {func(its *target.Target) {
			its.Timeouts.Connect = target.Duration(2 * time.Hour)
		}, "timeouts.connect"},
		"a long run": {func(its *target.Target) {
			its.Timeouts.Run = target.Duration(1e6 * time.Hour)
		}, "timeouts.run"},
		"a method": {func(its *target.Target) {
			its.Paths = map[string]string{"listWards": "GETT /x"}
		}, "did you mean GET?"},
		"a hook": {func(its *target.Target) { its.Hooks = []target.Hook{{Make: []string{"/no/such/program"}}} },
			"no program here"},
		"a token's command": {func(its *target.Target) {
			its.Personas["default"] = target.Persona{Token: &target.Token{Command: []string{"no-such-program-of-rollcall"}}}
		}, "no program here"},
	} {
		t.Run(name, func(t *testing.T) {
			its := target.Target{Contract: "council", URL: "http://127.0.0.1:9",
				Personas: map[string]target.Persona{"default": {Headers: map[string]string{"X-Key": "abcdef"}}}}
			row.change(&its)
			err := suite.CheckTarget(&its, c)
			switch {
			case row.told == "" && err != nil:
				t.Errorf("it is refused: %v", err)
			case row.told != "" && (err == nil || !strings.Contains(err.Error(), row.told)):
				t.Errorf("it is told %v, want a word of %q", err, row.told)
			}
		})
	}
}
