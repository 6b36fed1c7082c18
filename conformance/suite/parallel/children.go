package parallel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/onsi/ginkgo/v2/ginkgo/command"
	"github.com/onsi/ginkgo/v2/ginkgo/run"
)

// Variable is the environment variable that makes a process a child of a run: its main has to
// hand the value to Child, and do nothing else.
const Variable = "ROLLCALL_CHILD"

// The two sorts of children.
const (
	ginkgoCLI = "conductor"
	worker    = "worker"
)

// workerName ends as Ginkgo wants it of a compiled suite.
const workerName = "conformance.test"

// Children says what processes a run has.
type Children struct {
	Executable string // calls Child
	Procs      int
	Seed       int64
	Longest    time.Duration // of the whole run
	Grace      time.Duration // to clean up once the run is interrupted
}

// Run starts Ginkgo's command line, which starts the workers, and waits for them all. It
// returns what they printed.
func (c *Coordinator[Outcome, Silence]) Run(ctx context.Context, of Children) (said string, err error) {
	dir, err := os.MkdirTemp("", "rollcall-")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	worker := filepath.Join(dir, workerName)
	if err := os.Symlink(of.Executable, worker); err != nil {
		return "", fmt.Errorf("the run's processes need a link to this program: %w; run with --procs 1", err)
	}
	child := exec.CommandContext(ctx, of.Executable)
	child.Args = append([]string{os.Args[0]}, of.ginkgoArgs(worker)...)
	child.Env = append(os.Environ(), Variable+"="+c.variable(ginkgoCLI), "GINKGO_NO_COLOR=TRUE")
	// The workers see by their connections that the run is over; only if that doesn't
	// help is the child killed.
	child.Cancel = func() error { c.Stop(); return nil }
	child.WaitDelay = of.Grace
	output, err := child.CombinedOutput()
	return string(output), err
}

// ginkgoArgs are the arguments of the conductor.
func (of Children) ginkgoArgs(suite string) []string {
	return []string{
		fmt.Sprintf("--procs=%d", of.Procs), fmt.Sprintf("--seed=%d", of.Seed), "--randomize-all",
		"--timeout=" + of.Longest.String(), "--output-interceptor-mode=none", "--no-color", "--succinct", suite,
	}
}

// Child is the main function of a process that Run has started, directly or not. Work is what
// a worker does, with what leads to its coordinator. It returns the exit code.
func Child(variable string, work func(address, token string) error) int {
	// A terminal tells all processes of a run that it is closed, or to end. The parent ends the
	// others in order; whoever went alone would leave behind what its case has made.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP, syscall.SIGQUIT)
	role, address, token := parseVariable(variable)
	var err error
	switch role {
	case ginkgoCLI:
		return runGinkgoCLI(strings.Join([]string{worker, address, token}, " "))
	case worker:
		if err = work(address, token); err == nil {
			return 0
		}
	default:
		err = fmt.Errorf("%s is set, and not by a run: unset it", Variable)
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func parseVariable(value string) (role, address, token string) {
	parts := append(strings.Fields(value), "", "", "")
	return parts[0], parts[1], parts[2]
}

// runGinkgoCLI is Ginkgo's command line. It starts the workers and hands out the specs.
func runGinkgoCLI(variable string) (code int) {
	os.Setenv(Variable, variable)
	// It looks for a Go toolchain to compare versions with; there is one binary
	// here and nothing to compare.
	os.Setenv("PATH", "")
	command.Program{
		Name: "ginkgo", DefaultCommand: run.BuildRunCommand(), Exiter: func(c int) { code = c },
	}.RunAndExit(os.Args)
	return code
}
