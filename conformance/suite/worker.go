package suite

import (
	"errors"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"

	"rollcall/conformance/suite/parallel"
	"rollcall/specs/contract"
)

// ChildVariable is the environment variable that makes a process a child of a run:
// its main has to hand the value to Child, and do nothing else.
const ChildVariable = parallel.Variable

// Finder finds a contract and its cases by what Contract.Reference gives.
type Finder func(reference string) (*contract.Contract, API, error)

// Child is the main function of a process that Run with Config.Procs has started,
// directly or not. It returns the exit code.
func Child(variable string, find Finder) int {
	return parallel.Child(variable, func(address, token string) error { return runWorker(address, token, find) })
}

// job is what a worker is told: all of a Config that it needs.
type job struct {
	Contract    string
	Target      Target
	Only        []string
	Seed        uint64
	Version     string
	Rate        float64 // of all workers together, which ask for their turn then
	CaseBudget  time.Duration
	AnswerLimit time.Duration
	Names       uint64
	ReadOnly    bool
	LetIn       bool // by the probe
	Profile     string
	Shard       Shard
	Secrets     []string // what the run knows already: tokens that the probe was handed out
	Ledger      string   // "" = none is kept
	Dir, Path   string   // where the run was started, and where it finds programs: Ginkgo starts workers elsewhere
}

// link is a worker's connection to its run.
type link = parallel.Link[outcome, silence]

// runWorker gets a job and runs the specs that Ginkgo gives to this process.
func runWorker(address, token string, find Finder) error {
	testing.Init() // Ginkgo's command line also passes flags of go test
	flag.Parse()
	var j job
	l, err := parallel.Join[outcome, silence](address, token, &j)
	if err != nil {
		return err
	}
	defer l.Close()
	// What a target file and the command line name is named as seen from there.
	if err := errors.Join(os.Chdir(j.Dir), os.Setenv("PATH", j.Path)); err != nil {
		return err
	}
	s, p, err := j.session(find, l)
	if err != nil {
		return err
	}
	s.lock, s.letIn, s.process = l.Lock, j.LetIn, ginkgo.GinkgoParallelProcess()
	s.silences.tell = l.Tell
	for _, known := range j.Secrets {
		s.secrets.Learn(known)
	}
	s.secrets.Told = l.Learnt // before anything is asked, and so before any outcome that has it
	s.tellNote = l.Note
	go l.Listen(s.silences.note, func(value string) { s.secrets.Learn(value) },
		func(name, value string) { s.remembered.Store(name, value) })
	s.registerSpecs(l.Context(), p, l.Deliver)
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
		Rate: j.Rate, CaseBudget: j.CaseBudget, pace: l.Pace(), Waiting: l.Paused,
		AnswerLimit: j.AnswerLimit, UniqueSeed: j.Names, ReadOnly: j.ReadOnly, Profile: j.Profile, Shard: j.Shard,
	})
	if err == nil && j.Ledger != "" {
		s.ledger, err = appendLedger(j.Ledger)
	}
	return s, p, err
}
