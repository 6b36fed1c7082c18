package command

import "rollcall/cmd/internal/cli"

// Version is the suite's version, written into every run file and request.
const Version = cli.Version

// What all commands share, under its names of this package.
type (
	Streams = cli.Streams
	Code    = cli.Code
	Exit    = cli.Exit
)

// The exit codes; scripts may rely on them.
const (
	ExitFine         = cli.ExitFine
	ExitFindings     = cli.ExitFindings
	ExitUsage        = cli.ExitUsage
	ExitContract     = cli.ExitContract
	ExitTarget       = cli.ExitTarget
	ExitInconclusive = cli.ExitInconclusive
	ExitBug          = cli.ExitBug
)

func exit(code Code, format string, args ...any) error { return cli.Exitf(code, format, args...) }
