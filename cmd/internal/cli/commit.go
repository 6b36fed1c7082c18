package cli

import (
	"runtime"
	"runtime/debug"
)

// What a release was made from, set by the linker: -X rollcall/cmd/internal/cli.commit=….
// A build without them asks the toolchain, which knows it wherever it stamped the program.
var commit, date string

// Build says from what a program was made.
type Build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"` // with "+changed" when files were changed since; "" when the build does not know
	Date     string `json:"date"`   // of the commit, RFC 3339, so that the same commit gives the same bytes; or ""
	Go       string `json:"go"`
	Platform string `json:"platform"` // as in linux/amd64
}

// ReadBuild gives what the linker or the toolchain has written into this program.
func ReadBuild() Build {
	b := Build{Version: Version, Commit: commit, Date: date, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok || b.Commit != "" {
		return b
	}
	var changed string
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			b.Commit = setting.Value
		case setting.Key == "vcs.time":
			b.Date = setting.Value
		case setting.Key == "vcs.modified" && setting.Value == "true":
			changed = "+changed"
		}
	}
	if b.Commit != "" {
		b.Commit += changed
	}
	return b
}

// Commit is the commit that the program was built from, with "+changed" when files were
// changed since; "" when the build does not know.
func Commit() string { return ReadBuild().Commit }
