package suite

import (
	"context"
	"slices"
	"sync"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/reports"
)

// met is what a case has met so far. Of pieces that go abreast each has its own.
type met struct {
	findings  findings
	substance []substance // different answers of substance, of which a working target gives several
	exchanges []*client.Exchange
	subject   *client.Exchange // what the last expectation was about
	sight     *reports.Sight   // where it looked, nil where that is not one place, or all was well
	needing   bool             // the call is a set-up: what goes wrong with it decides nothing
	verdict   reports.Verdict
	reason    string
	broke     bool // by an error of the suite
	// two reads of the same state, which differ where what was refused was written
	before, after *client.Exchange
}

// Abreast carries out pieces of the case that don't depend on one another, such as reads: while one
// waits for an answer, another goes on. No two do anything else at the same time, so that they need no
// locks. What they met stands in their order, however the answers came; the first of them, in that
// order, that ends the case ends it, and what was asked behind it decides nothing. A piece makes no
// names (Unique): their order would be that of the answers. It may have pieces of its own.
func (env *Env) Abreast(pieces ...func()) {
	c := env.run
	if len(pieces) < 2 || c.session.inTurn || c.session.target.Transport != nil { // what is in this process lets nobody wait
		for _, piece := range pieces {
			piece()
		}
		return
	}
	if c.turn == nil {
		c.turn = &sync.Mutex{}
		c.turn.Lock()
		defer func() { c.turn = nil }()
	}
	before, moved := c.met, c.moved
	c.moved = 0
	lanes := c.carryOut(pieces)
	c.met = before
	ended := slices.IndexFunc(lanes, func(l lane) bool { return l.end != nil })
	for i := range lanes {
		c.join(before, lanes[i].met, ended < 0 || i <= ended)
	}
	if c.moved += moved; len(c.exchanges) > len(before.exchanges) {
		c.exchanges[len(before.exchanges)].Moved += c.moved
		c.moved = 0
	}
	if ended >= 0 {
		panic(lanes[ended].end)
	}
}

// ReadAll reads pieces of the target's state, abreast, and returns them in the order of the reads. What is in a list is state,
// the order of it is not: a target may list in another one each time.
func (env *Env) ReadAll(ctx context.Context, reads []Read) [][]byte {
	states, pieces := make([][]byte, len(reads)), make([]func(), len(reads))
	for i, read := range reads {
		pieces[i] = func() { states[i] = match.Unordered(read(ctx)) }
	}
	env.Abreast(pieces...)
	return states
}

// lane is one piece among several.
type lane struct {
	met met
	end any // what the piece panicked with, nil when it came to its own end
}

// mostAbreast is how many pieces wait for answers at the same time: no service is to be run over.
const mostAbreast = 8

// carryOut gives up the turn until all pieces have come to their ends.
func (c *caseRun) carryOut(pieces []func()) []lane {
	lanes := make([]lane, len(pieces))
	for i := range lanes {
		lanes[i].met = c.met.fork()
	}
	c.turn.Unlock()
	defer c.turn.Lock()
	var all sync.WaitGroup
	places := make(chan struct{}, mostAbreast)
	for i, piece := range pieces {
		places <- struct{}{}
		all.Go(func() {
			lanes[i].carryOut(c, piece)
			<-places
		})
	}
	all.Wait()
	return lanes
}

// carryOut has the turn, and what its case meets is its own, but while it waits for an answer.
func (l *lane) carryOut(c *caseRun, piece func()) {
	c.turn.Lock()
	defer c.turn.Unlock()
	c.met = l.met
	defer func() { l.met, l.end = c.met, recover() }()
	piece()
}

// meanwhile waits for an answer, and lets another piece of the case go on.
func (c *caseRun) meanwhile(wait func() *client.Exchange) *client.Exchange {
	if c.turn == nil {
		return wait()
	}
	own, turn := c.met, c.turn
	turn.Unlock()
	defer func() {
		turn.Lock()
		c.met = own
	}()
	return wait()
}

// fork is what a piece starts from: it sees what was met before, and adds to none of it.
func (m met) fork() met {
	m.exchanges, m.substance, m.findings = slices.Clip(m.exchanges), slices.Clip(m.substance), findings{}
	return m
}

// join takes over what a piece has met since they all began. What the judge has found of an answer
// holds whatever became of the case.
func (c *caseRun) join(before, own met, decides bool) {
	c.findings.add(own.findings)
	for _, said := range own.substance {
		c.substance = addDistinct(c.substance, said)
	}
	if !decides {
		return
	}
	c.exchanges = append(c.exchanges, own.exchanges[len(before.exchanges):]...)
	if own.subject != before.subject {
		c.subject = own.subject
	}
	c.needing, c.verdict, c.reason, c.broke = own.needing, own.verdict, own.reason, own.broke
	c.sight, c.after, c.before = own.sight, own.after, own.before
}
