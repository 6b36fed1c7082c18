package cli

import "fmt"

// Code is what the process exits with.
type Code int

// The exit codes; scripts may rely on them.
const (
	ExitFine         Code = 0
	ExitFindings     Code = 1
	ExitUsage        Code = 2
	ExitContract     Code = 3
	ExitTarget       Code = 4
	ExitInconclusive Code = 5
	ExitBug          Code = 70
)

// Exit is an error with its exit code. Without an Err nothing more is printed.
type Exit struct {
	Code Code
	Err  error
}

// Error gives the message for the user.
func (e *Exit) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

// Unwrap gives the cause.
func (e *Exit) Unwrap() error { return e.Err }

// Exitf gives an Exit with a message, as fmt.Errorf makes it.
func Exitf(code Code, format string, args ...any) error {
	return &Exit{Code: code, Err: fmt.Errorf(format, args...)}
}
