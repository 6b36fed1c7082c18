package suite

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"

	"rollcall/conformance/client"
)

// drainTime is how long outcomes may be under way after their worker has ended.
const drainTime = 2 * time.Second

// job is what a worker is told: all of a Config that it needs.
type job struct {
	Contract    string
	Target      Target
	Only        []string
	Seed        uint64
	Version     string
	Rate        float64 // of all workers together, which ask for their turn then
	Procs       int     // how many workers there are
	CaseBudget  time.Duration
	AnswerLimit time.Duration
	Names       uint64
	ReadOnly    bool
	Profile     string
	Shard       Shard
	Ledger      string // "" = none is kept
	Dir, Path   string // where the run was started, and where it finds programs: Ginkgo starts workers elsewhere
}

// coordinator gives the workers their job over a connection each, and collects their
// outcomes. A worker whose connection breaks stops, so that none outlives the run; and
// neither credentials nor answers touch a disk or a command line. It also keeps the
// run's lock on what all cases share, see caseRun.lock, and the pace of all requests.
type coordinator struct {
	lock     chan struct{} // full while a worker holds it
	listener net.Listener
	token    string
	job      []byte
	report   func(outcome) // never called twice at once
	hung     func(silence) // nor is this one; nil where nobody asks
	pace     *client.Pace
	waiting  func(time.Duration) // told when the target wants to be left alone; may be nil
	mutex    sync.Mutex
	conns    []net.Conn
	told     []net.Conn // those that have their job
	stopped  bool
	serving  sync.WaitGroup
}

// message is what a worker says: first its token, then one thing at a time. It is
// answered by the job, Lock by a reply once the worker holds the lock, and Turn by one once
// it may send a request.
type message struct {
	Token        string        `json:",omitempty"`
	Outcome      *outcome      `json:",omitempty"`
	Hung         *silence      `json:",omitempty"`
	Lock, Unlock bool          `json:",omitempty"`
	Turn         bool          `json:",omitempty"`
	Paused       time.Duration `json:",omitempty"`
}

// reply is what a worker is told after its job: that it holds the lock, that a request is
// its to send, or what another worker met: a request without an answer, or a target that
// wants to be left alone for so long.
type reply struct {
	Granted bool          `json:",omitempty"`
	Turn    bool          `json:",omitempty"`
	Hung    *silence      `json:",omitempty"`
	Paused  time.Duration `json:",omitempty"`
}

func newCoordinator(j job, pace *client.Pace, report func(outcome)) (*coordinator, error) {
	raw, err := json.Marshal(j)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("the run's processes cannot reach each other: %w; run with --procs 1", err)
	}
	c := &coordinator{lock: make(chan struct{}, 1), listener: listener, token: rand.Text(),
		job: append(raw, '\n'), report: report, pace: pace}
	c.serving.Go(c.accept)
	return c, nil
}

// variable is the value of ChildVariable: the child's role, the coordinator's address,
// and the token that it asks for.
func (c *coordinator) variable(role string) string {
	return strings.Join([]string{role, c.listener.Addr().String(), c.token}, " ")
}

func (c *coordinator) accept() {
	for {
		conn, err := c.listener.Accept()
		if err != nil { // closed
			return
		}
		c.mutex.Lock()
		if c.stopped {
			conn.Close()
			c.mutex.Unlock()
			continue
		}
		c.conns = append(c.conns, conn)
		c.mutex.Unlock()
		c.serving.Go(func() { c.serve(conn) })
	}
}

// serve gives a worker its job and does what it says until the connection breaks.
func (c *coordinator) serve(conn net.Conn) {
	defer conn.Close()
	in := json.NewDecoder(conn)
	var hello message
	if in.Decode(&hello) != nil || subtle.ConstantTimeCompare([]byte(hello.Token), []byte(c.token)) != 1 {
		return
	}
	c.mutex.Lock()
	_, err := conn.Write(c.job)
	c.told = append(c.told, conn)
	c.mutex.Unlock()
	if err != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	holds := false
	defer func() {
		cancel()
		if holds {
			<-c.lock
		}
	}()
	for {
		var said message
		if in.Decode(&said) != nil {
			return
		}
		switch {
		case said.Outcome != nil:
			c.mutex.Lock()
			c.report(*said.Outcome)
			c.mutex.Unlock()
		case said.Lock && !holds:
			c.lock <- struct{}{}
			holds = true
			if json.NewEncoder(conn).Encode(reply{Granted: true}) != nil {
				return
			}
		case said.Turn:
			c.serving.Go(func() {
				if c.pace.Wait(ctx) == nil {
					_ = json.NewEncoder(conn).Encode(reply{Turn: true}) // it may be gone already
				}
			})
		case said.Hung != nil:
			c.note(*said.Hung)
			c.spread(conn, reply{Hung: said.Hung})
		case said.Paused > 0:
			c.pause(said.Paused)
			c.spread(conn, reply{Paused: said.Paused})
		case said.Unlock && holds:
			<-c.lock
			holds = false
		}
	}
}

// note keeps what a worker has waited for in vain.
func (c *coordinator) note(one silence) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.hung != nil {
		c.hung(one)
	}
}

// pause holds back all requests of the run, and says so once.
func (c *coordinator) pause(wait time.Duration) {
	news := c.pace.Pause(wait)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if news && c.waiting != nil {
		c.waiting(wait)
	}
}

// spread tells every other worker what one has met.
func (c *coordinator) spread(from net.Conn, what reply) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, conn := range c.told {
		if conn != from {
			_ = json.NewEncoder(conn).Encode(what) // it may be gone already
		}
	}
}

// stopWorkers tells the workers that the run is over: each ends its case, cleans up
// and hands in what it has.
func (c *coordinator) stopWorkers() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.stopped = true
	for _, conn := range c.conns {
		if half, ok := conn.(*net.TCPConn); ok {
			_ = half.CloseWrite() // it may be gone already
		}
	}
}

// close takes in what is still on its way. By now the workers have ended, or are
// left to themselves.
func (c *coordinator) close(patience time.Duration) {
	c.listener.Close()
	c.mutex.Lock()
	for _, conn := range c.conns {
		_ = conn.SetReadDeadline(time.Now().Add(patience)) // it may be closed already
	}
	c.stopped = true
	c.mutex.Unlock()
	c.serving.Wait()
}
