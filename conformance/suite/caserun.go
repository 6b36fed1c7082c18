package suite

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/reports"
	"rollcall/specs/contract"
)

const adminTimeout = 10 * time.Second

// saysNothing is what a yes or no adds to a sentence of the case's own.
var saysNothing = regexp.MustCompile(`\nexpected it (?:not )?to be (?:true|false)(?:, but it is (?:true|false))?$`)

// stop is panicked with to end a case whose verdict is already noted.
type stop struct{}

// caseRun is the state of one case while it runs; every Env of the case shares it.
type caseRun struct {
	id          string // in the ledger file
	session     *session
	ctx         context.Context // of the case, for what is handed none
	item        Case
	requirement *contract.Requirement
	gomega      types.Gomega

	met
	asked     map[*client.Exchange]client.Request // what each came of, as the suite made it
	turn      *sync.Mutex                         // of pieces that go abreast; nil when none do
	writes    []*sent
	undo      []undoStep
	cleaning  bool
	locked    bool
	shares    bool // it works on what all cases share
	worldID   string
	kept      string        // the world that is there still
	stands    time.Time     // the target's time while its clock stands, zero while it goes
	offset    time.Duration // of the target's clock against ours
	moved     time.Duration // of it, since the last exchange
	spent     time.Duration // inside requests
	keyless   bool          // the token of the default persona could not be fetched
	uniques   int
	turns     map[string]int
	noted     map[string][]string
	look      func() *reports.Sight // where the present expectation looks, should it fail
	words     map[string]bool       // the letters of what Unique made
	passwords []string              // that the case made up of other letters
	requests  int64
	waited    time.Duration // for their answers, clean-up included
	shown     time.Time     // when the last write shows, zero when it does
}

// outcome is what is left of a case after it ran. As JSON it crosses from one
// process of a run to another.
type outcome struct {
	Requirement string // "" for the probe, which decides nothing
	Result      reports.CaseResult
	Evidence    []reports.Evidence
	Findings    findings
	Substance   []substance
	Coverage    []reports.Coverage
	Left        map[string][]string // ids at a target without worlds, by the operation that made it
	Requests    int64
	Waited      time.Duration // for their answers
}

// execute runs one case to its verdict. It never panics: what breaks inside the
// case is the suite's own fault and makes it undetermined.
func (s *session) execute(ctx context.Context, item Case) outcome {
	started := time.Now()
	over := ""
	if why := s.over.Load(); why != nil {
		over = *why
	}
	if s.away() {
		over = gone
	}
	if over != "" {
		return outcome{Requirement: item.Requirement,
			Result: reports.CaseResult{Title: item.Title, Verdict: reports.Undetermined, Reason: over}}
	}
	run := s.perform(ctx, item)
	if why := s.dismissed(ctx, run); why != "" {
		run.verdict, run.reason, run.findings = reports.Undetermined, why, findings{}
	}
	result := run.outcome()
	result.Left = s.left.take()
	result.Result.DurationMS = time.Since(started).Milliseconds()
	return result
}

func (c *caseRun) outcome() outcome {
	return outcome{
		Requirement: c.item.Requirement,
		Result: reports.CaseResult{Title: c.item.Title, Verdict: c.verdict, Reason: c.session.fit(c.reason), World: c.kept,
			Broke: c.broke},
		Evidence: c.evidence(), Findings: c.findings, Substance: c.substance,
		Coverage: covered(c.exchanges), Requests: c.requests, Waited: c.waited,
	}
}

// perform runs one case, clean-up included.
func (s *session) perform(ctx context.Context, item Case) *caseRun {
	requirement, ok := s.contract.Requirement(item.Requirement)
	if !ok { // the probe checks none
		requirement = &contract.Requirement{ID: item.Requirement}
	}
	run := &caseRun{session: s, item: item, requirement: requirement, met: met{verdict: reports.Pass, findings: findings{}},
		asked: map[*client.Exchange]client.Request{}}
	run.id = s.nextCase()
	ctx = within(ctx, Step{Requirement: item.Requirement, Title: item.Title})
	run.ctx = ctx
	run.gomega = gomega.NewGomega(func(message string, _ ...int) {
		if run.look != nil {
			run.sight = run.look()
		}
		run.end(reports.Fail, saysNothing.ReplaceAllString(message, ""))
	})
	run.guarded(func() {
		run.checkNeeds(slices.Concat(requirement.Needs, item.Needs))
		item.Check(ctx, &Env{run: run, persona: DefaultPersona})
	})
	run.cleanUp(ctx)
	s.left.add(run.stays())
	return run
}

// checkNeeds ends the case when the target lacks one of its needs.
func (c *caseRun) checkNeeds(needs []string) {
	for _, need := range needs {
		if !c.session.target.Has(need) {
			c.end(reports.Undetermined, fmt.Sprintf("needs %s, which the target does not have", need))
		}
	}
}

// end notes the verdict and leaves the case.
func (c *caseRun) end(verdict reports.Verdict, reason string) {
	c.verdict, c.reason = verdict, reason
	panic(stop{})
}

// guarded runs a piece of the case and recovers from its end.
func (c *caseRun) guarded(piece func()) {
	defer func() {
		switch cause := recover().(type) {
		case nil, stop:
		default:
			c.verdict, c.broke = reports.Undetermined, true
			c.reason = fmt.Sprintf("the suite itself broke, please report it: %v", cause)
		}
	}()
	piece()
}

// cleanUp takes back what the case made, the last thing first, and leaves its
// world. It has a budget of its own and changes no verdict.
func (c *caseRun) cleanUp(ctx context.Context) {
	ctx, cancel := cleanupContext(within(ctx, Step{Requirement: c.item.Requirement, Title: c.item.Title, Cleaning: true}))
	defer cancel()
	own, seen := c.met, len(c.exchanges)
	c.spent, c.cleaning = 0, true
	if c.worldID == "" { // a world of its own is thrown away whole
		c.undoAll(ctx)
	}
	c.leave(ctx)
	if c.shares {
		c.untilShown(ctx) // the next case looks at the same thing
	}
	if c.locked {
		c.session.lock(false)
	}
	c.verdict, c.reason, c.subject, c.exchanges = own.verdict, own.reason, own.subject, c.exchanges[:seen]
	c.sight, c.before, c.after = own.sight, own.before, own.after
}

// cleanupGrace is how long a case may clean up once its run is interrupted: whoever
// interrupts it waits. What is not taken back then is in the ledger.
const cleanupGrace = 700 * time.Millisecond

// cleanupContext is a context that ends a while after the other one.
func cleanupContext(ctx context.Context) (context.Context, context.CancelFunc) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(cleanupGrace, cancel) })
	return out, func() {
		stop()
		cancel()
	}
}

// lock waits until no case of another process works on what all cases share.
func (c *caseRun) lock() {
	c.shares = true
	if c.session.lock != nil && c.session.target.Worlds == "" && !c.locked {
		c.session.lock(true)
		c.locked = true
	}
}

func (c *caseRun) undoAll(ctx context.Context) {
	for i := len(c.undo) - 1; i >= 0; i-- {
		done := false
		c.guarded(func() { done = c.undo[i].run(ctx) })
		if done && c.undo[i].of != nil && !c.undo[i].keeps {
			c.undo[i].of.stays = false
		}
		if done {
			c.note(entry{Event: "undone", ID: c.undo[i].id})
		}
	}
	c.note(entry{Event: "end", Case: c.id})
}

// tenth is the part of the limit of one answer that costs a case nothing: over a long way
// each answer takes that, and a case that asks often would never be decided.
const tenth = 10

// remaining returns how much of the case's time is left. Only answers that let it wait use it
// up: pacing, waiting for a rate limit and the number of its requests do not.
func (c *caseRun) remaining() time.Duration { return c.session.budget - c.spent }

// record keeps an exchange and lets the judge look at it.
func (c *caseRun) record(exchange *client.Exchange) {
	c.spent += max(0, exchange.Duration-c.session.limit/tenth)
	if !c.cleaning {
		c.session.readClock(exchange)
	}
	c.session.heard(exchange)
	c.wrote(exchange)
	c.waited += exchange.Duration
	c.requests++
	c.session.count(1, exchange.Duration)
	exchange.Moved, c.moved = c.moved, 0
	c.exchanges = append(c.exchanges, exchange)
	if exchange.Operation != nil && exchange.Err == nil && !c.cleaning && !c.session.tolerated(exchange) {
		c.judged(exchange)
	}
}
