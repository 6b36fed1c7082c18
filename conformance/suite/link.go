package suite

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"sync"
	"time"

	"rollcall/conformance/client"
)

// link is a worker's connection to the coordinator of its run. It is safe for concurrent use.
type link struct {
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

// join connects to the coordinator of a run, and returns the worker's job with the link.
func join(address, token string) (*link, job, error) {
	var j job
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, j, fmt.Errorf("the run that this process belongs to is gone: %w", err)
	}
	l := &link{conn: conn, in: json.NewDecoder(conn), out: json.NewEncoder(conn),
		granted: make(chan struct{}), turns: make(chan struct{}, mostTurns)}
	l.ctx, l.end = context.WithCancel(context.Background())
	if err = l.out.Encode(message{Token: token}); err == nil {
		err = l.in.Decode(&j)
	}
	if err != nil {
		l.close()
		return nil, j, err
	}
	l.pace = client.NewPace(0)
	if j.Rate > 0 {
		l.share = client.NewPace(j.Rate / float64(max(j.Procs, 1)))
		l.pace = client.PaceOf(l.turn)
	}
	return l, j, nil
}

func (l *link) close() {
	l.end()
	l.conn.Close()
}

// say tells the coordinator one thing. Whoever can't, belongs to no run any more.
func (l *link) say(m message) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.out.Encode(m) != nil {
		l.end()
	}
}

// listen does what the coordinator says until it stops the run or is gone.
func (l *link) listen(hung func(silence)) {
	defer l.end()
	for {
		var told reply
		if l.in.Decode(&told) != nil {
			return
		}
		switch {
		case told.Hung != nil:
			hung(*told.Hung)
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

// lock takes the run's lock, or gives it back.
func (l *link) lock(wanted bool) {
	l.say(message{Lock: wanted, Unlock: !wanted})
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
func (l *link) turn(ctx context.Context) error {
	l.say(message{Turn: true})
	select {
	case <-l.turns:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	case <-l.ctx.Done():
		return l.share.Wait(ctx)
	}
}

// paused tells the other workers that the target wants to be left alone.
func (l *link) paused(wait time.Duration) {
	l.say(message{Paused: wait})
}
