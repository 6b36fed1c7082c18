// Package parallel spreads the cases of one run over several processes: a coordinator in the
// parent gives workers their job and collects their outcomes, Ginkgo's own command line in a
// child starts the workers and hands out the specs. What a job, an outcome and a silence are
// is the suite's.
//
// It is no API: it serves the packages beside it, and may change with any version.
package parallel

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"strings"
	"sync"
	"time"

	"rollcall/conformance/client"
)

// Coordinator gives the workers their job over a connection each, and collects their
// outcomes. A worker whose connection breaks stops, so that none outlives the run; and
// neither credentials nor answers touch a disk or a command line. It also keeps the
// run's lock on what all cases share, and the pace of all requests.
type Coordinator[Outcome, Silence any] struct {
	Hung    func(Silence)       // told what a worker waited for in vain, never twice at once; nil where nobody asks
	Waiting func(time.Duration) // told when the target wants to be left alone; may be nil
	Learnt  func(string) bool   // told a secret that a worker has met, and says whether it is news; may be nil

	lock     chan struct{} // full while a worker holds it
	listener net.Listener
	token    string
	job      []byte
	report   func(Outcome) // never called twice at once
	pace     *client.Pace
	mutex    sync.Mutex
	conns    []net.Conn
	told     []net.Conn        // those that have their job
	noted    map[string]string // for who comes later
	stopped  bool
	serving  sync.WaitGroup
}

// message is what a worker says: first its token, then one thing at a time. It is
// answered by the job, Lock by a reply once the worker holds the lock, and Turn by one once
// it may send a request.
type message[Outcome, Silence any] struct {
	Token        string        `json:",omitempty"`
	Outcome      *Outcome      `json:",omitempty"`
	Hung         *Silence      `json:",omitempty"`
	Lock, Unlock bool          `json:",omitempty"`
	Turn         bool          `json:",omitempty"`
	Paused       time.Duration `json:",omitempty"`
	Learnt       string        `json:",omitempty"`
	Noted        *Note         `json:",omitempty"`
}

// Note is what a worker left for the cases to come, under a name.
type Note struct{ Name, Value string }

// reply is what a worker is told after its job: that it holds the lock, that a request is
// its to send, or what another worker met: a request without an answer, a target that
// wants to be left alone for so long, a secret, or what it left for the cases to come.
type reply[Silence any] struct {
	Granted bool          `json:",omitempty"`
	Turn    bool          `json:",omitempty"`
	Hung    *Silence      `json:",omitempty"`
	Paused  time.Duration `json:",omitempty"`
	Learnt  string        `json:",omitempty"`
	Noted   *Note         `json:",omitempty"`
}

// assignment is what a worker is told first.
type assignment struct {
	Job   json.RawMessage
	Share float64 // of the rate that all requests keep: this worker's, 0 for any
}

// New begins to wait for workers. Each is given the job, which JSON can tell, and keeps to
// its share of a rate once nobody hands out turns any more, 0 for any. What the workers hand
// in goes to report.
func New[Outcome, Silence any](job any, share float64, pace *client.Pace, report func(Outcome)) (
	*Coordinator[Outcome, Silence], error) {
	raw, err := json.Marshal(job)
	if err != nil {
		return nil, err
	}
	if raw, err = json.Marshal(assignment{raw, share}); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("the run's processes cannot reach each other: %w; run with --procs 1", err)
	}
	c := &Coordinator[Outcome, Silence]{lock: make(chan struct{}, 1), listener: listener, token: rand.Text(),
		job: append(raw, '\n'), report: report, pace: pace}
	c.serving.Go(c.accept)
	return c, nil
}

// variable is the value of Variable: the child's role, the coordinator's address,
// and the token that it asks for.
func (c *Coordinator[Outcome, Silence]) variable(role string) string {
	return strings.Join([]string{role, c.listener.Addr().String(), c.token}, " ")
}

func (c *Coordinator[Outcome, Silence]) accept() {
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
func (c *Coordinator[Outcome, Silence]) serve(conn net.Conn) {
	defer conn.Close()
	in := json.NewDecoder(conn)
	var hello message[Outcome, Silence]
	if in.Decode(&hello) != nil || subtle.ConstantTimeCompare([]byte(hello.Token), []byte(c.token)) != 1 {
		return
	}
	c.mutex.Lock()
	_, err := conn.Write(c.job)
	for name, value := range c.noted {
		_ = json.NewEncoder(conn).Encode(reply[Silence]{Noted: &Note{name, value}}) // it may be gone already
	}
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
		var said message[Outcome, Silence]
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
			if json.NewEncoder(conn).Encode(reply[Silence]{Granted: true}) != nil {
				return
			}
		case said.Turn:
			c.serving.Go(func() {
				if c.pace.Wait(ctx) == nil {
					_ = json.NewEncoder(conn).Encode(reply[Silence]{Turn: true}) // it may be gone already
				}
			})
		case said.Hung != nil:
			c.note(*said.Hung)
			c.spread(conn, reply[Silence]{Hung: said.Hung})
		case said.Paused > 0:
			c.pause(said.Paused)
			c.spread(conn, reply[Silence]{Paused: said.Paused})
		case said.Learnt != "":
			if c.Learnt != nil && c.Learnt(said.Learnt) {
				c.spread(conn, reply[Silence]{Learnt: said.Learnt})
			}
		case said.Noted != nil:
			c.keep(*said.Noted)
			c.spread(conn, reply[Silence]{Noted: said.Noted})
		case said.Unlock && holds:
			<-c.lock
			holds = false
		}
	}
}

// note keeps what a worker has waited for in vain.
func (c *Coordinator[Outcome, Silence]) note(one Silence) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.Hung != nil {
		c.Hung(one)
	}
}

// Notes is what the workers left under each name, the last of each.
func (c *Coordinator[Outcome, Silence]) Notes() map[string]string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return maps.Clone(c.noted)
}

// keep notes what a worker left. The others are told before anybody gets the lock that this worker holds: what it says is
// done in order, and so is what they are told.
func (c *Coordinator[Outcome, Silence]) keep(one Note) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.noted == nil {
		c.noted = map[string]string{}
	}
	c.noted[one.Name] = one.Value
}

// pause holds back all requests of the run, and says so once.
func (c *Coordinator[Outcome, Silence]) pause(wait time.Duration) {
	news := c.pace.Pause(wait)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if news && c.Waiting != nil {
		c.Waiting(wait)
	}
}

// spread tells every other worker what one has met.
func (c *Coordinator[Outcome, Silence]) spread(from net.Conn, what reply[Silence]) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, conn := range c.told {
		if conn != from {
			_ = json.NewEncoder(conn).Encode(what) // it may be gone already
		}
	}
}

// Stop tells the workers that the run is over: each ends its case, cleans up
// and hands in what it has.
func (c *Coordinator[Outcome, Silence]) Stop() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.stopped = true
	for _, conn := range c.conns {
		if half, ok := conn.(*net.TCPConn); ok {
			_ = half.CloseWrite() // it may be gone already
		}
	}
}

// Close takes in what is still on its way. By now the workers have ended, or are
// left to themselves.
func (c *Coordinator[Outcome, Silence]) Close(patience time.Duration) {
	c.listener.Close()
	c.mutex.Lock()
	for _, conn := range c.conns {
		_ = conn.SetReadDeadline(time.Now().Add(patience)) // it may be closed already
	}
	c.stopped = true
	c.mutex.Unlock()
	c.serving.Wait()
}
