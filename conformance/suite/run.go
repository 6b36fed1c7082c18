package suite

import (
	"context"
	"errors"
	"math"
	"reflect"
	"time"

	"rollcall/reports"
)

// Run decides the chosen requirements on the target, in a Ginkgo tree of one spec
// for each case, and with Config.Procs in several processes. It returns a *ConfigError before anything is sent, an
// *Unreachable when the target does not answer at all; whatever else the target
// does is in the run. Ginkgo's tree belongs to the process: one Run at a time.
func Run(ctx context.Context, config Config) (*reports.Run, error) {
	if config.Procs > 1 {
		return decide(ctx, config, runProcesses(config))
	}
	return decide(ctx, config, runTree)
}

// RunPlain decides the same as Run in a plain loop: no Ginkgo, no probe of the
// target, safe for concurrent use, and over as soon as the requirement that
// StopAtFailOf names has failed, by a case of its own or by what the judge found
// in any case. No failure of another requirement ends it: that one would hide
// what the cases after it show.
func RunPlain(ctx context.Context, config Config) (*reports.Run, error) {
	return decide(ctx, config, func(ctx context.Context, s *session, p *plan) ([]outcome, string, error) {
		outcomes := s.runLoop(ctx, p, config.StopAtFailOf)
		return outcomes, "not run: the run ended before it", nil
	})
}

// runner carries out a plan. It returns what the cases came to, and the reason
// why requirements without an outcome have none.
type runner func(context.Context, *session, *plan) (outcomes []outcome, undecided string, err error)

func decide(ctx context.Context, config Config, carryOut runner) (decided *reports.Run, err error) {
	s, p, err := newSession(config)
	if err != nil {
		return nil, err
	}
	if err := s.openLedger(config.Ledger); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.ledger.close()) }()
	defer s.leaving.Wait()
	started, clock := s.now(), time.Now()
	outcomes, undecided, err := carryOut(ctx, s, p)
	if err != nil {
		return nil, err
	}
	results := s.results(p, outcomes, undecided)
	if passes(results) && !s.answersVary(ctx, p, outcomes) {
		discredit(results)
	}
	run := &reports.Run{
		Schema: reports.RunSchema, Contract: s.contract.Name, ContractDigest: s.contract.Digest,
		Documents: s.contract.Documents, SuiteVersion: config.Version, Seed: s.seed,
		Target: reports.TargetInfo{Implementation: (*reports.Implementation)(s.target.Implementation),
			URL: s.target.URL, Worlds: s.target.Worlds, Reading: s.target.Reading, Readings: s.target.Readings},
		FailOn: s.failOn, Options: config.options(s), Catalogue: len(s.contract.Requirements),
		Started: started.UTC(), Ended: s.now().UTC(), Requests: s.asked.Load(), LatencyMS: s.latency(),
		DurationMS: time.Since(clock).Milliseconds(),
		HTTPMS:     time.Duration(s.waited.Load()).Milliseconds() / int64(max(config.Procs, 1)), // they wait at the same time
		Results:    results, Interrupted: brokenOff(results),
		Coverage: coverage(s.contract, outcomes),
	}
	s.leftBehind(run, outcomes)
	run.Summarise()
	s.cutSecrets(run)
	return run, nil
}

// count adds requests, and the time that their answers took.
func (s *session) count(requests int64, waited time.Duration) {
	s.asked.Add(requests)
	s.waited.Add(int64(waited))
}

// latency is how long a request waited for its answer on average, in milliseconds to a
// hundredth.
func (s *session) latency() float64 {
	if s.asked.Load() == 0 {
		return 0
	}
	return math.Round(float64(s.waited.Load())/float64(s.asked.Load())/1e4) / 100
}

// options are those of the run, nil when there are none.
func (config Config) options(s *session) *reports.Options {
	o := reports.Options{
		Only: config.Only, Profile: config.Profile, Shard: config.Shard.String(), ReadOnly: config.ReadOnly, Rate: config.rate(),
		Contract: config.Contract.Path,
	}
	if longest := longestSettle(&s.target); longest > 0 {
		o.Settle = longest.String()
	}
	if reflect.DeepEqual(o, reports.Options{}) {
		return nil
	}
	return &o
}

// leftBehind tells the run what the cases have left at the target, and what was asked beside them.
func (s *session) leftBehind(run *reports.Run, outcomes []outcome) {
	for _, one := range outcomes {
		s.left.add(one.Left)
	}
	s.left.add(s.changed())
	if run.LeftRecords = s.left.take(); run.LeftRecords != nil {
		run.Left = reports.CountEach(run.LeftRecords)
	}
}

// runLoop executes the cases in order, one after the other, until the requirement
// stopAt has failed.
func (s *session) runLoop(ctx context.Context, p *plan, stopAt string) []outcome {
	var outcomes []outcome
	for i, item := range p.cases {
		if ctx.Err() != nil {
			break
		}
		result := s.execute(ctx, item)
		outcomes = append(outcomes, result)
		s.reportProgress(i+1, len(p.cases), result)
		if p.fails(stopAt, result) {
			break
		}
	}
	return outcomes
}

func (s *session) reportProgress(done, total int, result outcome) {
	s.progress(Progress{
		Done: done, Total: total, Requirement: result.Requirement,
		Title: result.Result.Title, Verdict: string(result.Result.Verdict),
	})
}
