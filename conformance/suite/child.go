package suite

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/onsi/ginkgo/v2/ginkgo/command"
	"github.com/onsi/ginkgo/v2/ginkgo/run"

	"rollcall/specs/contract"
)

// ChildVariable is the environment variable that makes a process a child of a run:
// its main has to hand the value to Child, and do nothing else.
const ChildVariable = "ROLLCALL_CHILD"

// The two sorts of children.
const (
	ginkgoCLI = "conductor"
	worker    = "worker"
)

// Finder finds a contract and its cases by what Contract.Reference gives.
type Finder func(reference string) (*contract.Contract, API, error)

// Child is the main function of a process that Run with Config.Procs has started,
// directly or not. It returns the exit code.
func Child(variable string, find Finder) int {
	// A terminal tells all processes of a run that it is closed, or to end. The parent ends the
	// others in order; whoever went alone would leave behind what its case has made.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP, syscall.SIGQUIT)
	role, address, token := parseVariable(variable)
	var err error
	switch role {
	case ginkgoCLI:
		return runGinkgoCLI(strings.Join([]string{worker, address, token}, " "))
	case worker:
		if err = runWorker(address, token, find); err == nil {
			return 0
		}
	default:
		err = fmt.Errorf("%s is set, and not by a run: unset it", ChildVariable)
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func parseVariable(value string) (role, address, token string) {
	parts := append(strings.Fields(value), "", "", "")
	return parts[0], parts[1], parts[2]
}

// ginkgoArgs are the arguments of the conductor.
func ginkgoArgs(procs int, seed uint64, suite string) []string {
	return []string{
		fmt.Sprintf("--procs=%d", procs), fmt.Sprintf("--seed=%d", ginkgoSeed(seed)), "--randomize-all",
		"--timeout=" + longest.String(), "--output-interceptor-mode=none", "--no-color", "--succinct", suite,
	}
}

// runGinkgoCLI is Ginkgo's command line. It starts the workers and hands out the specs.
func runGinkgoCLI(variable string) (code int) {
	os.Setenv(ChildVariable, variable)
	// It looks for a Go toolchain to compare versions with; there is one binary
	// here and nothing to compare.
	os.Setenv("PATH", "")
	command.Program{
		Name: "ginkgo", DefaultCommand: run.BuildRunCommand(), Exiter: func(c int) { code = c },
	}.RunAndExit(os.Args)
	return code
}

// runWorker gets a job and runs the specs that Ginkgo gives to this process.
func runWorker(address, token string, find Finder) error {
	testing.Init() // Ginkgo's command line also passes flags of go test
	flag.Parse()
	l, j, err := join(address, token)
	if err != nil {
		return err
	}
	defer l.close()
	// What a target file and the command line name is named as seen from there.
	if err := errors.Join(os.Chdir(j.Dir), os.Setenv("PATH", j.Path)); err != nil {
		return err
	}
	s, p, err := j.session(find, l)
	if err != nil {
		return err
	}
	s.lock = l.lock
	s.silences.tell = func(one silence) { l.say(message{Hung: &one}) }
	go l.listen(s.silences.note)
	s.registerSpecs(l.ctx, p, func(result outcome) { l.say(message{Outcome: &result}) })
	s.runSpecs()
	s.leaving.Wait()
	return nil
}

func (j job) session(find Finder, l *link) (*session, *plan, error) {
	c, api, err := find(j.Contract)
	if err != nil {
		return nil, nil, err
	}
	s, p, err := newSession(Config{
		Contract: c, API: api, Target: j.Target, Only: j.Only, Seed: j.Seed, Version: j.Version,
		Rate: j.Rate, CaseBudget: j.CaseBudget, pace: l.pace, Waiting: l.paused,
		AnswerLimit: j.AnswerLimit, UniqueSeed: j.Names, ReadOnly: j.ReadOnly, Profile: j.Profile, Shard: j.Shard,
	})
	if err == nil && j.Ledger != "" {
		s.ledger, err = appendLedger(j.Ledger)
	}
	return s, p, err
}
