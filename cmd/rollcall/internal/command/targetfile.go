package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"rollcall/conformance/suite"
	"rollcall/specs/targetfile"
)

// readTarget reads a target file, with the variables of the environment filled in.
func readTarget(file string, environment func(string) (string, bool)) (suite.Target, error) {
	raw, err := readSome(file)
	if err != nil {
		return suite.Target{}, exit(ExitUsage, "--config: %w", err)
	}
	t, err := targetfile.Parse(raw, environment)
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

// readSome reads a file of the user's, up to a size that no such file has: a device may
// have no end.
func readSome(path string) ([]byte, error) {
	const most = 10 << 20
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && len(raw) > most {
		err = fmt.Errorf("%s has more than %d bytes", path, most)
	}
	return raw, err
}
