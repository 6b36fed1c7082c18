package command

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTargetFile holds what people write into target files: scalars without
// quotes are the text they are, and what is wrong is told with its line.
func TestTargetFile(t *testing.T) {
	const personas = "personas: {default: {headers: {X-Key: k}}}\n"
	for name, row := range map[string]struct {
		text, want, wrong string
	}{
		"number":          {text: personas + "given: {value: 017}\n", want: "017"},
		"date":            {text: personas + "given: {value: 2026-10-01}\n", want: "2026-10-01"},
		"yes":             {text: personas + "given: {value: yes}\n", want: "yes"},
		"anchor":          {text: "waivers: [{reason: &r why, owner: *r}]\n" + personas + "given: {value: *r}\n", want: "why"},
		"JSON":            {text: `{"personas": {"default": {"headers": {}}}, "given": {"value": "a\u00e9"}}`, want: "aé"},
		"member unknown":  {text: personas + "urll: http://x\n", wrong: "line 2: field urll not found"},
		"named twice":     {text: personas + "url: a\nurl: b\n", wrong: `line 3: mapping key "url" already defined at line 2`},
		"a list":          {text: personas + "given: [a]\n", wrong: "line 2: cannot"},
		"no YAML":         {text: personas + "given: {\n", wrong: "at L3.C1: did not find"},
		"alias of a list": {text: "given: &a {value: x}\npaths: {a: *a}\n" + personas, wrong: "cannot construct"},
		"empty":           {text: "", wrong: `has no persona "default"`},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "target.yaml")
			if err := os.WriteFile(file, []byte(row.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := readTarget(file, os.LookupEnv)
			if row.wrong == "" {
				if err != nil || got.Given["value"] != row.want {
					t.Errorf("it is %q (%v), want %q", got.Given["value"], err, row.want)
				}
				return
			}
			if e := (*Exit)(nil); !errors.As(err, &e) || e.Code != ExitUsage || !strings.Contains(err.Error(), row.wrong) {
				t.Errorf("it is refused with %v, want exit %d and %q", err, ExitUsage, row.wrong)
			}
		})
	}
}
