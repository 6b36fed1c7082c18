package cli

import "runtime/debug"

// Commit is the commit that the program was built from, with "+changed" when files were
// changed since; "" when the build does not know.
func Commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var commit, changed string
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			commit = setting.Value
		case setting.Key == "vcs.modified" && setting.Value == "true":
			changed = "+changed"
		}
	}
	if commit == "" {
		return ""
	}
	return commit + changed
}
