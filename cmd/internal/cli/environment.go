package cli

import (
	"errors"
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
			wrong = fmt.Errorf("%s=%q in the environment: %w; correct it, or unset it", name, value, PlainFlag(err))
			return
		}
		if f.Annotations == nil {
			f.Annotations = map[string][]string{}
		}
		f.Annotations[ofEnvironment] = []string{name}
	})
	return wrong
}

// ofEnvironment is the annotation of a flag that a variable has set.
const ofEnvironment = "rollcall-environment"

// whence says of the flags that a message is about which variables have set them: whoever reads it has not
// given them.
func whence(flags *pflag.FlagSet, message string) (said string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if from := f.Annotations[ofEnvironment]; len(from) > 0 && about(message, "--"+f.Name) {
			said += fmt.Sprintf("; --%s is from %s in the environment: correct it there, or unset it", f.Name, from[0])
		}
	})
	return said
}

// about tells whether a message has the name of a flag, and not but the beginning of a longer one.
func about(message, flag string) bool {
	for {
		_, rest, found := strings.Cut(message, flag)
		if !found || rest == "" || !strings.ContainsAny(rest[:1], "abcdefghijklmnopqrstuvwxyz-") {
			return found
		}
		message = rest
	}
}

// PlainFlag is what is wrong with a flag without a word of how it is read.
func PlainFlag(err error) error {
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) && wrong.GetFlag().Value.Type() == "bool" && !errors.As(err, new(twice)) {
		return fmt.Errorf("invalid argument %q for \"--%s\" flag: give true or false", wrong.GetValue(), wrong.GetFlag().Name)
	}
	return err
}

// numeric tells whether a flag holds a number.
func numeric(f *pflag.Flag) bool {
	return slices.Contains([]string{"int", "uint", "float", "duration"}, f.Value.Type())
}
