package suite

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"
)

// lastWords is how long outcomes may be under way after their worker has ended.
const lastWords = 2 * time.Second

// job is what a worker is told: all of a Config that it needs.
type job struct {
	Contract    string
	Target      Target
	Only        []string
	Seed        uint64
	Version     string
	Rate        float64
	CaseBudget  time.Duration
	AnswerLimit time.Duration
	Names       uint64
	ReadOnly    bool
	Profile     string
	Shard       Shard
	Ledger      string // "" = none is kept
}

// office is where workers get their job and hand in outcomes. A worker whose line
// to it breaks stops, so that none outlives the run; and neither credentials nor
// answers touch a disk or a command line. It also keeps the one claim there is to
// what all cases share, see caseRun.claim.
type office struct {
	claim    chan struct{} // full while a worker has it
	listener net.Listener
	token    string
	orders   []byte
	handIn   func(outcome) // never called twice at once
	mutex    sync.Mutex
	lines    []net.Conn
	over     bool
	serving  sync.WaitGroup
}

// message is what a worker says: first its token, then one thing at a time. It is
// answered by the job, and a claim once the worker has it by true.
type message struct {
	Token          string   `json:",omitempty"`
	Outcome        *outcome `json:",omitempty"`
	Claim, Release bool     `json:",omitempty"`
}

func open(orders job, handIn func(outcome)) (*office, error) {
	raw, err := json.Marshal(orders)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("the run's processes cannot reach each other: %w; run with --procs 1", err)
	}
	o := &office{claim: make(chan struct{}, 1), listener: listener, token: rand.Text(), orders: append(raw, '\n'), handIn: handIn}
	o.serving.Go(o.accept)
	return o, nil
}

// line is what a child needs to know: what it is, and where its office is.
func (o *office) line(role string) string {
	return strings.Join([]string{role, o.listener.Addr().String(), o.token}, " ")
}

func (o *office) accept() {
	for {
		conn, err := o.listener.Accept()
		if err != nil { // closed
			return
		}
		o.mutex.Lock()
		if o.over {
			conn.Close()
			o.mutex.Unlock()
			continue
		}
		o.lines = append(o.lines, conn)
		o.mutex.Unlock()
		o.serving.Go(func() { o.serve(conn) })
	}
}

// serve gives a worker its job and does what it says until the line breaks.
func (o *office) serve(conn net.Conn) {
	defer conn.Close()
	in := json.NewDecoder(conn)
	var hello message
	if in.Decode(&hello) != nil || subtle.ConstantTimeCompare([]byte(hello.Token), []byte(o.token)) != 1 {
		return
	}
	if _, err := conn.Write(o.orders); err != nil {
		return
	}
	holds := false
	defer func() {
		if holds {
			<-o.claim
		}
	}()
	for {
		var said message
		if in.Decode(&said) != nil {
			return
		}
		switch {
		case said.Outcome != nil:
			o.mutex.Lock()
			o.handIn(*said.Outcome)
			o.mutex.Unlock()
		case said.Claim && !holds:
			o.claim <- struct{}{}
			holds = true
			if _, err := conn.Write([]byte("true\n")); err != nil {
				return
			}
		case said.Release && holds:
			<-o.claim
			holds = false
		}
	}
}

// hangUp tells the workers that the run is over: each ends its case, cleans up
// and hands in what it has.
func (o *office) hangUp() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.over = true
	for _, conn := range o.lines {
		if half, ok := conn.(*net.TCPConn); ok {
			_ = half.CloseWrite() // it may be gone already
		}
	}
}

// close takes in what is still on its way. By now the workers have ended, or are
// left to themselves.
func (o *office) close(patience time.Duration) {
	o.listener.Close()
	o.mutex.Lock()
	for _, conn := range o.lines {
		_ = conn.SetReadDeadline(time.Now().Add(patience)) // it may be closed already
	}
	o.over = true
	o.mutex.Unlock()
	o.serving.Wait()
}
