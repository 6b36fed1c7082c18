package parallel

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"sync"
	"time"

	"rollcall/conformance/client"
)

// Link is a worker's connection to the coordinator of its run. It is safe for concurrent use.
type Link[Outcome, Silence any] struct {
	ctx     context.Context // over when the coordinator stops the run or is gone
	end     func()
	conn    net.Conn
	in      *json.Decoder
	mutex   sync.Mutex // of out
	out     *json.Encoder
	pace    *client.Pace
	granted chan struct{}
	turns   chan struct{}
	share   *client.Pace // of this worker alone, once nobody hands out turns any more
}

// mostTurns is more than there are requests of one worker that wait for their turn at once.
const mostTurns = 1 << 10

// Join connects to the coordinator of a run, and reads the worker's job.
func Join[Outcome, Silence any](address, token string, job any) (*Link[Outcome, Silence], error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("the run that this process belongs to is gone: %w", err)
	}
	l := &Link[Outcome, Silence]{conn: conn, in: json.NewDecoder(conn), out: json.NewEncoder(conn),
		granted: make(chan struct{}), turns: make(chan struct{}, mostTurns)}
	l.ctx, l.end = context.WithCancel(context.Background())
	var told assignment
	if err = l.out.Encode(message[Outcome, Silence]{Token: token}); err == nil {
		err = l.in.Decode(&told)
	}
	if err == nil {
		err = json.Unmarshal(told.Job, job)
	}
	if err != nil {
		l.Close()
		return nil, err
	}
	l.pace = client.NewPace(0)
	if told.Share > 0 {
		l.share = client.NewPace(told.Share)
		l.pace = client.PaceOf(l.turn)
	}
	return l, nil
}

// Context is over when the coordinator stops the run or is gone.
func (l *Link[Outcome, Silence]) Context() context.Context { return l.ctx }

// Pace is that of the run: each request waits for its turn.
func (l *Link[Outcome, Silence]) Pace() *client.Pace { return l.pace }

// Deliver gives the coordinator the outcome of a case.
func (l *Link[Outcome, Silence]) Deliver(one Outcome) {
	l.say(message[Outcome, Silence]{Outcome: &one})
}

// Tell tells the others what this worker has waited for in vain.
func (l *Link[Outcome, Silence]) Tell(one Silence) { l.say(message[Outcome, Silence]{Hung: &one}) }

// Learnt tells the run of a secret that a target has handed out to this worker.
func (l *Link[Outcome, Silence]) Learnt(value string) {
	l.say(message[Outcome, Silence]{Learnt: value})
}

// Note tells the others what this worker left for the cases to come. Whoever holds the run's lock after it knows it.
func (l *Link[Outcome, Silence]) Note(name, value string) {
	l.say(message[Outcome, Silence]{Noted: &Note{name, value}})
}

// Close leaves the run.
func (l *Link[Outcome, Silence]) Close() {
	l.end()
	l.conn.Close()
}

// say tells the coordinator one thing. Whoever can't, belongs to no run any more.
func (l *Link[Outcome, Silence]) say(m message[Outcome, Silence]) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.out.Encode(m) != nil {
		l.end()
	}
}

// Listen does what the coordinator says until it stops the run or is gone: hung is told
// what another worker has waited for in vain, learnt which secret it has met, noted what it left for the cases to come.
func (l *Link[Outcome, Silence]) Listen(hung func(Silence), learnt func(string), noted func(name, value string)) {
	defer l.end()
	for {
		var told reply[Silence]
		if l.in.Decode(&told) != nil {
			return
		}
		switch {
		case told.Hung != nil:
			hung(*told.Hung)
		case told.Learnt != "":
			learnt(told.Learnt)
		case told.Noted != nil:
			noted(told.Noted.Name, told.Noted.Value)
		case told.Paused > 0:
			l.pace.Pause(told.Paused)
		case told.Turn:
			l.turns <- struct{}{}
		case told.Granted:
			select {
			case l.granted <- struct{}{}:
			case <-l.ctx.Done():
			}
		}
	}
}

// Lock takes the run's lock, or gives it back.
func (l *Link[Outcome, Silence]) Lock(wanted bool) {
	l.say(message[Outcome, Silence]{Lock: wanted, Unlock: !wanted})
	if !wanted {
		return
	}
	select {
	case <-l.granted:
	case <-l.ctx.Done():
	}
}

// turn waits until the run may send its next request, and this worker is the one to do so.
// When the run is over, what cleans up goes on at the worker's share of the rate.
func (l *Link[Outcome, Silence]) turn(ctx context.Context) error {
	l.say(message[Outcome, Silence]{Turn: true})
	select {
	case <-l.turns:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	case <-l.ctx.Done():
		return l.share.Wait(ctx)
	}
}

// Paused tells the other workers that the target wants to be left alone.
func (l *Link[Outcome, Silence]) Paused(wait time.Duration) {
	l.say(message[Outcome, Silence]{Paused: wait})
}
