package suite

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"rollcall/conformance/suite/parallel"
)

// A run in several processes is one parent, which probes, decides and reports;
// Ginkgo's own command line in a child, which hands out the specs; and as many
// workers, which that child starts. All are the same binary.

// drainTime is how long outcomes may be under way after their worker has ended.
const drainTime = 2 * time.Second

// childGrace is how long the children get to clean up once a run is interrupted.
const childGrace = cleanupGrace + 400*time.Millisecond

// runProcesses probes the target and runs the plan in config.Procs processes.
func runProcesses(config Config) runner {
	return func(ctx context.Context, s *session, p *plan) ([]outcome, string, error) {
		seen, refused, err := s.probe(ctx)
		outcomes := []outcome{seen}
		if err != nil || refused != "" {
			return outcomes, refused, err
		}
		work := job{
			Contract: s.contract.Reference(), Target: s.target, Only: config.Only, Seed: s.seed, Version: config.Version,
			Rate: config.rate(), CaseBudget: s.budget, AnswerLimit: s.limit, Names: s.uniqueSeed,
			ReadOnly: config.ReadOnly, LetIn: s.letIn, Profile: config.Profile, Shard: config.Shard, Secrets: s.secrets.Known(),
		}
		if s.ledger != nil {
			work.Ledger = config.Ledger
		}
		if work.Dir, err = os.Getwd(); err != nil {
			return nil, "", fmt.Errorf("the run's processes need the folder that it was started in: %w", err)
		}
		work.Path = os.Getenv("PATH")
		share := work.Rate / float64(max(config.Procs, 1))
		workers, err := parallel.New[outcome, silence](work, share, s.pace, func(result outcome) {
			outcomes = append(outcomes, result)
			s.count(result.Requests, result.Waited)
			s.reportProgress(len(outcomes)-1, len(p.cases), result)
		})
		if err != nil {
			return nil, "", err
		}
		workers.Hung, workers.Waiting, workers.Learnt = s.silences.note, config.Waiting, s.secrets.Learn
		said, failed := workers.Run(ctx, parallel.Children{
			Executable: config.Executable, Procs: config.Procs, Seed: ginkgoSeed(s.seed), Longest: longest, Grace: childGrace,
		})
		patience := drainTime
		if ctx.Err() != nil {
			patience /= 10
		}
		workers.Close(patience)
		for name, value := range workers.Notes() {
			s.remembered.Store(name, value)
		}
		switch done := len(outcomes) - 1; {
		case ctx.Err() != nil || done == len(p.cases):
			return outcomes, interrupted, nil
		case done == 0:
			return nil, "", fmt.Errorf("the %d processes of the run decided nothing (%v):\n%s", config.Procs, failed, said)
		}
		return outcomes, "not run: a process of the run ended before it:\n" + tail(said), nil
	}
}

// problems says what stands in the way of a run in several processes.
func (config Config) problems() []string {
	var found []string
	if problem := RateProblem(config.Rate); problem != "" {
		found = append(found, fmt.Sprintf("rate %v: %s", config.Rate, problem))
	}
	if config.Procs < 0 || config.Procs > MostProcs {
		found = append(found, fmt.Sprintf("procs %d: give a number from 1 to %d", config.Procs, MostProcs))
	}
	if config.CaseBudget < 0 || config.AnswerLimit < 0 {
		found = append(found, "a time for a case or an answer is below zero")
	}
	if config.Procs > 1 && config.Executable == "" {
		found = append(found, "more than one process needs Config.Executable, a program that calls suite.Child")
	}
	if config.Procs > 1 && config.Target.Transport != nil {
		found = append(found,
			"a target inside this process cannot be tested from several: give it an address, or run with one process")
	}
	return found
}

func tail(text string) string {
	const most = 500
	return strings.ToValidUTF8(text[max(0, len(text)-most):], "")
}
