package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// FromEnvironment sets each flag that was not given from its ROLLCALL_ twin. Not
// every variable of such a name was set for us, or by anybody: an empty one counts as
// not set, and a service of our name in a cluster leaves its address under the name
// of a number.
func FromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool), notes io.Writer) error {
	var wrong error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "ROLLCALL_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, ok := lookup(name)
		switch {
		case !ok || strings.TrimSpace(value) == "" || f.Changed || wrong != nil ||
			slices.Contains([]string{"help", "version"}, f.Name):
			return
		case strings.Contains(value, "://") && numeric(f):
			fmt.Fprintf(notes,
				"rollcall: %s=%s is left alone: it is no number but the address of a service, as orchestrators set it;"+
					" --%s is %s\n", name, value, f.Name, f.DefValue)
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			wrong = fmt.Errorf("%s=%q in the environment: %w; correct it, or unset it", name, value, err)
		}
	})
	return wrong
}

// numeric tells whether a flag holds a number.
func numeric(f *pflag.Flag) bool {
	return slices.Contains([]string{"int", "uint", "float", "duration"}, f.Value.Type())
}
