package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestVariablesInATargetFile(t *testing.T) {
	environment := func(name string) (string, bool) {
		value, ok := map[string]string{"BASE": "http://h:1/a", "N": "8", "EMPTY": "", "ODD": "x: [y] # $z"}[name]
		return value, ok
	}
	rows := map[string]struct{ value, want, problem string }{
		"whole":          {`$BASE`, "http://h:1/a", ""},
		"within":         {`"a${N}b$N"`, "a8b8", ""},
		"a plain dollar": {`pa$$word`, "pa$word", ""},
		"two":            {`$$$$N`, "$$N", ""},
		"both":           {`$$$N`, "$8", ""},
		"any text":       {`$ODD`, "x: [y] # $z", ""},
		"not set":        {`a$NOPE`, "", "$NOPE is not set; export it"},
		"empty":          {`$EMPTY`, "", "$EMPTY is set, but empty"},
		"no name":        {`a$5`, "", "write $$ for a plain dollar sign"},
		"open brace":     {`"a${b"`, "", "write $$ for a plain dollar sign"},
		"at the end":     {`a$`, "", "write $$ for a plain dollar sign"},
	}
	places := map[string]string{
		"url": "url: %\npersonas: {default: {}}", "given": "personas: {default: {}}\ngiven:\n  a: %", "header": "personas:\n  default:\n    headers:\n      X-A: %",
		"info": "personas:\n  default:\n    info:\n      a: %", "worlds": "worlds: %\npersonas: {default: {}}", "path": "personas: {default: {}}\npaths:\n  a: %",
		"list": "personas: {default: {}}\nreadings:\n  - %", "waiver": "personas: {default: {}}\nwaivers:\n  - reason: %",
	}
	for name, row := range rows {
		for place, text := range places {
			t.Run(name+" in "+place, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "target.yaml")
				if err := os.WriteFile(file, []byte(strings.Replace(text, "%", row.value, 1)), 0o600); err != nil {
					t.Fatal(err)
				}
				target, err := readTarget(file, environment)
				if row.problem != "" {
					if err == nil || !strings.Contains(err.Error(), row.problem) {
						t.Errorf("got %v", err)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				p := target.Personas["default"]
				all := []string{target.URL, target.Given["a"], p.Headers["X-A"], p.Info["a"], target.Worlds, target.Paths["a"]}
				all = append(all, target.Readings...)
				for _, w := range target.Waivers {
					all = append(all, w.Reason)
				}
				if got := strings.Join(all, ""); got != row.want {
					t.Errorf("got %q, want %q", got, row.want)
				}
			})
		}
	}
}
