package command

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/cmd/internal/cli"
)

// commands lists every command with flags, by its path.
func commands(c *cobra.Command) map[string]*cobra.Command {
	all := map[string]*cobra.Command{c.CommandPath(): c}
	for _, below := range c.Commands() {
		for path, one := range commands(below) {
			all[path] = one
		}
	}
	return all
}

func silent() Streams {
	return Streams{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Env: func(string) (string, bool) { return "", false }}
}

// TestEveryNumberHasBounds holds that no flag takes any number there is: what means
// nothing is refused where it is read.
func TestEveryNumberHasBounds(t *testing.T) {
	found := 0
	for path, c := range commands(newRoot(silent())) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if slices.Contains([]string{"string", "bool", "stringArray", "stringSlice"}, f.Value.Type()) {
				return
			}
			if found++; !strings.Contains(fmt.Sprintf("%T", f.Value), "command.number[") {
				t.Errorf("%s --%s is a %T: declare it with its bounds", path, f.Name, f.Value)
				return
			}
			before := f.Value.String()
			for _, odd := range []string{"-1", "NaN", "1e999", "", " 1", "0x10", "1_000",
				"tcp://10.0.0.1:80", "99999999999999999999999", "99999999h"} {
				if err := f.Value.Set(odd); err == nil || f.Value.String() != before {
					t.Errorf("%s --%s takes %q: %v, %v", path, f.Name, odd, err, f.Value)
				}
			}
			if err := f.Value.Set(f.DefValue); err != nil {
				t.Errorf("%s --%s does not take its default: %v", path, f.Name, err)
			}
		})
	}
	if found < 8 {
		t.Errorf("only %d flags hold a number", found)
	}
}

// TestEnvironmentOfOthers: what orchestrators, images and empty settings leave behind
// is no wish of anybody.
func TestEnvironmentOfOthers(t *testing.T) {
	others := map[string]string{
		"ROLLCALL_PORT": "tcp://10.96.12.7:4010", "ROLLCALL_SERVICE_HOST": "10.96.12.7", "ROLLCALL_SERVICE_PORT": "4010",
		"ROLLCALL_PORT_4010_TCP": "tcp://10.96.12.7:4010", "ROLLCALL_PORT_4010_TCP_PORT": "4010",
		"ROLLCALL_SEED":    "udp://10.0.0.1:1",
		"ROLLCALL_VERSION": "1.2.3", "ROLLCALL_HELP": "yes", "ROLLCALL_MAX_WORLDS": "http://rollcall", "ROLLCALL_WORLD_IDLE": "",
		"ROLLCALL_HOST": "", "ROLLCALL_SIZE": "", "ROLLCALL_AUTH": "", "ROLLCALL_DEFECT": "",
		"ROLLCALL_RATE": "", "ROLLCALL_ONLY": "", "ROLLCALL_JSON": "",
	}
	for path, c := range commands(newRoot(silent())) {
		before := settings(c)
		var notes bytes.Buffer
		lookup := func(name string) (string, bool) { v, ok := others[name]; return v, ok }
		if err := cli.FromEnvironment(c.Flags(), lookup, &notes); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if after := settings(c); !slices.Equal(before, after) {
			t.Errorf("%s: the settings are %v, were %v", path, after, before)
		}
		if path == "rollcall mock" && !strings.Contains(notes.String(), "ROLLCALL_PORT=tcp://10.96.12.7:4010 is left alone") {
			t.Errorf("it says %q", notes.String())
		}
	}
}

func settings(c *cobra.Command) (all []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) { all = append(all, fmt.Sprintf("%s=%s %t", f.Name, f.Value, f.Changed)) })
	return all
}

func TestEnvironmentOfOurOwn(t *testing.T) {
	for _, row := range []struct{ name, value, flag, want, wrong string }{
		{"ROLLCALL_PORT", "4444", "port", "4444", ""},
		{"ROLLCALL_HOST", "0.0.0.0", "host", "0.0.0.0", ""},
		{"ROLLCALL_PORT", "bad", "port", "", `ROLLCALL_PORT="bad"`},
		{"ROLLCALL_PORT", "70000", "port", "", "from 0 to 65535; correct it, or unset it"},
	} {
		c := newMock(silent())
		err := cli.FromEnvironment(c.Flags(), func(name string) (string, bool) { return row.value, name == row.name },
			&bytes.Buffer{})
		switch {
		case row.wrong != "" && (err == nil || !strings.Contains(err.Error(), row.wrong)):
			t.Errorf("%s=%s: %v, want %s", row.name, row.value, err, row.wrong)
		case row.wrong == "" && (err != nil || c.Flag(row.flag).Value.String() != row.want):
			t.Errorf("%s=%s: --%s is %s (%v)", row.name, row.value, row.flag, c.Flag(row.flag).Value, err)
		}
	}
}
