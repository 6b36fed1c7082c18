package command

import (
	"context"
	"errors"
	"strings"

	"rollcall/conformance/suite"
	"rollcall/specs/targetfile"
	"rollcall/specs/userfile"
)

// The most bytes that a file of the user's may have.
const (
	mostConfig = 10 << 20
	mostRun    = 64 << 20
	mostBundle = 1 << 30
)

// readTarget reads a target file, with the variables of the environment filled in. The target
// remembers where its members stand.
func readTarget(ctx context.Context, file string, environment func(string) (string, bool)) (suite.Target, error) {
	raw, err := userfile.Read(ctx, file, mostConfig)
	if err != nil {
		return suite.Target{}, exit(ExitUsage, "--config: %w", err)
	}
	t, err := targetfile.Parse(raw, environment)
	t.Source.File = file
	var wrong targetfile.Problems
	switch {
	case errors.As(err, &wrong):
		return t, exit(ExitUsage, "--config %s", strings.Join(within(file, wrong), "\n"))
	case err != nil:
		return t, exit(ExitUsage, "--config %s: %w", file, err)
	}
	return t, nil
}

// within puts the name of the file before each problem.
func within(file string, problems []string) []string {
	told := make([]string, len(problems))
	for i, problem := range problems {
		told[i] = file + ": " + problem
	}
	return told
}
