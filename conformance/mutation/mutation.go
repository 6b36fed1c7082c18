// Package mutation proves the suite: it runs a requirement's cases against a
// target that breaks the requirement, once for each known way, and a mutant that
// no case of its requirement notices has survived.
//
// It is no API: it serves the packages beside it, and may change with any version.
package mutation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"rollcall/conformance"
	"rollcall/conformance/judge"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// Mutant is one way to break one requirement.
type Mutant struct {
	Name        string // what Launch starts a target with
	Requirement string
	Operations  []string // where it acts; empty means anywhere
	Excuse      string   // why no suite can notice it; it isn't run
}

// Launch starts a target with one mutant, or with none for ""; stop ends it.
type Launch func(mutant string) (target suite.Target, stop func(), err error)

// Config says what to prove.
type Config struct {
	Contract *contract.Contract
	Mutants  []Mutant
	Reasons  map[string]string // requirement id -> why it has no mutant
	Launch   Launch
	Partial  bool // not every mutant is here: requirements without one are left out of the matrix
	Workers  int  // at least 1
	Version  string
	Progress func(done, total int, mutant string, killed bool)
	Noticed  func(mutant string, how reports.Result) // of each that is killed, from any goroutine; nil for nobody
}

// Unsound tells that the target fails without a mutant, too: what always fails notices nothing.
type Unsound struct{ Requirements []string }

// Error names what fails.
func (e *Unsound) Error() string {
	return fmt.Sprintf("without any defect %s fails already, so that its cases would prove nothing: run `rollcall test` first",
		strings.Join(e.Requirements, ", "))
}

// Run gives the matrix. A target that can't be started is an error, and one that fails without
// a mutant is an *Unsound.
func Run(ctx context.Context, cfg Config) (*reports.Matrix, error) {
	api, err := conformance.API(cfg.Contract)
	if err != nil {
		return nil, err
	}
	oracle, err := judge.New(cfg.Contract)
	if err != nil {
		return nil, err
	}
	p := &proof{Config: cfg, api: api, judge: oracle, killed: map[string]bool{}}
	if err := p.sound(ctx); err != nil {
		return nil, err
	}
	if err := p.all(ctx); err != nil {
		return nil, err
	}
	return p.matrix(), nil
}

// sound runs what is to notice mutants where there is none.
func (p *proof) sound(ctx context.Context) error {
	var ids []string
	for _, m := range p.Mutants {
		if m.Excuse == "" && !slices.Contains(ids, m.Requirement) {
			ids = append(ids, m.Requirement)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	target, stop, err := p.Launch("")
	if err != nil {
		return err
	}
	defer stop()
	run, err := suite.RunPlain(ctx, suite.Config{Contract: p.Contract, API: p.api, Target: target, Seed: 1, Version: p.Version,
		Judge: p.judge, Only: ids})
	if err != nil {
		return err
	}
	var failing []string
	for _, r := range run.Results {
		if r.Verdict == reports.Fail || r.Verdict == reports.Missed {
			failing = append(failing, r.Requirement)
		}
	}
	if len(failing) > 0 {
		return &Unsound{failing}
	}
	return nil
}

type proof struct {
	Config
	api   suite.API
	judge *judge.Judge

	mu     sync.Mutex
	killed map[string]bool
	failed error
}

func (p *proof) all(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan Mutant)
	var workers sync.WaitGroup
	for range max(p.Workers, 1) {
		workers.Go(func() {
			for m := range queue {
				if err := p.one(ctx, m); err != nil {
					p.mu.Lock()
					p.failed = err
					p.mu.Unlock()
					cancel()
				}
			}
		})
	}
	for _, m := range p.Mutants {
		if m.Excuse != "" || ctx.Err() != nil {
			continue
		}
		queue <- m
	}
	close(queue)
	workers.Wait()
	if p.failed != nil {
		return p.failed
	}
	return context.Cause(ctx)
}

func (p *proof) one(ctx context.Context, m Mutant) error {
	killed, err := p.kills(ctx, m, p.ownCases(m))
	if err == nil && !killed && p.judgedEverywhere(m) {
		killed, err = p.kills(ctx, m, p.casesOfOperations(m))
	}
	if err != nil {
		return fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.killed[m.Name] = killed
	if p.Progress != nil {
		p.Progress(len(p.killed), p.running(), m.Name, killed)
	}
	return nil
}

func (p *proof) running() (n int) {
	for _, m := range p.Mutants {
		if m.Excuse == "" {
			n++
		}
	}
	return n
}

// ownCases is the requirement's own cases.
func (p *proof) ownCases(m Mutant) []suite.Case {
	return slices.DeleteFunc(slices.Clone(p.api.Cases), func(c suite.Case) bool { return c.Requirement != m.Requirement })
}

// judgedEverywhere tells whether the judge decides the requirement by looking at every
// exchange, so that any case may be the one that shows it.
func (p *proof) judgedEverywhere(m Mutant) bool {
	r, ok := p.Contract.Requirement(m.Requirement)
	return ok && strings.HasSuffix(r.Check, "_conformance")
}

// casesOfOperations is every case of a requirement about an operation of the mutant.
func (p *proof) casesOfOperations(m Mutant) []suite.Case {
	return slices.DeleteFunc(slices.Clone(p.api.Cases), func(c suite.Case) bool {
		r, ok := p.Contract.Requirement(c.Requirement)
		return !ok || !slices.ContainsFunc(r.Operations, func(o string) bool { return slices.Contains(m.Operations, o) })
	})
}

// kills runs the cases; only a failure of the mutant's own requirement counts, and
// the first one settles it.
func (p *proof) kills(ctx context.Context, m Mutant, cases []suite.Case) (bool, error) {
	target, stop, err := p.Launch(m.Name)
	if err != nil {
		return false, err
	}
	defer stop()
	api := p.api
	api.Cases = cases
	run, err := suite.RunPlain(ctx, suite.Config{Contract: p.Contract, API: api, Target: target, Seed: 1, Version: p.Version,
		Judge: p.judge, Only: only(m, cases), StopAtFailOf: m.Requirement})
	if err != nil {
		return false, err
	}
	for _, r := range run.Results {
		if r.Requirement == m.Requirement && (r.Verdict == reports.Fail || r.Verdict == reports.Missed) {
			if p.Noticed != nil {
				p.Noticed(m.Name, r)
			}
			return true, nil
		}
	}
	return false, nil
}

func only(m Mutant, cases []suite.Case) []string {
	names := []string{m.Requirement}
	for _, c := range cases {
		if !slices.Contains(names, c.Requirement) {
			names = append(names, c.Requirement)
		}
	}
	return names
}

func (p *proof) matrix() *reports.Matrix {
	m := &reports.Matrix{Contract: p.Contract.Name, ContractDigest: p.Contract.Digest}
	rows := map[string]*reports.RequirementMutants{}
	for _, r := range p.Contract.Requirements {
		rows[r.ID] = &reports.RequirementMutants{Requirement: r.ID, Reason: p.Reasons[r.ID]}
	}
	for _, one := range p.Mutants {
		row := rows[one.Requirement]
		row.Mutants++
		switch {
		case one.Excuse != "":
			m.Excused = append(m.Excused, reports.Excuse{Mutant: one.Name, Reason: one.Excuse})
		case p.killed[one.Name]:
			m.Killed++
			row.Killed++
		default:
			m.Survived = append(m.Survived, one.Name)
			row.Survived = append(row.Survived, one.Name)
		}
	}
	for _, r := range p.Contract.Requirements {
		if p.Partial && rows[r.ID].Mutants == 0 {
			continue
		}
		m.ByRequirement = append(m.ByRequirement, *rows[r.ID])
	}
	m.Summarise()
	return m
}
