package load

import (
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"slices"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// wire is one connection of a load that never sleeps.
type wire struct {
	fd      int
	request []byte
	spots   []int
	read    []byte // of the answer, so far
	began   time.Time
	free    time.Time // since when it waits for no answer
	due     time.Time // of the next request, at a rate
	waits   bool      // for an answer
}

// patience is the time within which a server must give its last answers.
const patience = 10 * time.Second

// run keeps all connections busy from one thread that asks the system for news
// without a pause. A thread that slept would have to be woken by the server under
// load, which costs a slow server more than a fast one.
//
// The load begins when all connections are there: opening them is no answer.
func run(p Plan, serial *atomic.Int64) (times *hdrhistogram.Histogram, took time.Duration, err error) {
	poll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, 0, err
	}
	defer syscall.Close(poll) //nolint:errcheck // nothing is lost with it
	l := &looper{Plan: p, serial: serial, poll: poll, events: make([]syscall.EpollEvent, p.Connections),
		byFile: map[int32]*wire{},
		times:  newTimes()}
	defer l.close()
	for range p.Connections {
		w, err := dial(p, poll)
		if err != nil {
			return nil, 0, err
		}
		l.wires, l.byFile[int32(w.fd)] = append(l.wires, w), w
	}
	begin := time.Now()
	l.until = begin.Add(p.Duration)
	for i, w := range l.wires {
		w.due = begin.Add(p.interval() * time.Duration(i) / time.Duration(p.Connections))
	}
	err = l.loop(begin)
	return l.times, time.Since(begin), err
}

// looper is a load while it runs.
type looper struct {
	Plan
	serial  *atomic.Int64
	until   time.Time
	poll    int
	events  []syscall.EpollEvent
	wires   []*wire
	byFile  map[int32]*wire
	waiting int                     // requests without an answer
	times   *hdrhistogram.Histogram // of the answers
}

func (l *looper) close() {
	for _, w := range l.wires {
		_ = syscall.Close(w.fd) // the load is over
	}
}

// loop sends until the time is over, then waits for what is still to come. It
// begins at its beginning, however late this process comes to run: no load is
// over before its first request.
func (l *looper) loop(begin time.Time) error {
	for now := begin; now.Before(l.until) || l.waiting > 0; now = time.Now() {
		if now.Sub(l.until) > patience {
			return fmt.Errorf("%d requests have no answer after %s", l.waiting, patience)
		}
		for _, w := range l.wires {
			if err := l.send(w, now); err != nil {
				return err
			}
		}
		runtime.Gosched() // another load may share the processor
		if err := l.receive(); err != nil {
			return err
		}
	}
	return nil
}

// send sends the next request of a connection that is at rest, if it is due.
func (l *looper) send(w *wire, now time.Time) error {
	if w.waits || !now.Before(l.until) || l.Rate > 0 && now.Before(w.due) {
		return nil
	}
	number(w.request, w.spots, l.Serial, l.serial)
	if w.began = now; l.Rate > 0 {
		if w.free.After(w.due) {
			w.began = w.due
		}
		w.due = w.due.Add(l.interval())
	}
	n, err := syscall.Write(w.fd, w.request)
	if err == nil && n < len(w.request) {
		err = errors.New("the server does not read what it is sent")
	}
	w.waits, w.read = true, w.read[:0]
	l.waiting++
	return err
}

// receive takes what has come, without waiting.
func (l *looper) receive() error {
	ready, err := syscall.EpollWait(l.poll, l.events, 0)
	if err != nil && !errors.Is(err, syscall.EINTR) {
		return err
	}
	for _, e := range l.events[:max(ready, 0)] {
		w := l.byFile[e.Fd]
		whole, err := l.take(w)
		if err != nil {
			return err
		}
		if !whole {
			continue
		}
		w.free, w.waits = time.Now(), false
		if err := l.times.RecordValue(int64(w.free.Sub(w.began))); err != nil {
			return err
		}
		if l.waiting--; l.Rate <= 0 {
			if err := l.send(w, w.free); err != nil {
				return err
			}
		}
	}
	return nil
}

// dial opens a connection and has the poll watch it.
func dial(p Plan, poll int) (*wire, error) {
	to, err := netip.ParseAddrPort(p.Address)
	if err != nil {
		return nil, err
	}
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		syscall.Connect(fd, &syscall.SockaddrInet4{Port: int(to.Port()), Addr: to.Addr().As4()}),
		syscall.SetNonblock(fd, true),
		syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1),
		syscall.EpollCtl(poll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd)}),
	)
	if err != nil {
		_ = syscall.Close(fd) // it was of no use
		return nil, err
	}
	request := slices.Clone(p.Request)
	return &wire{fd: fd, request: request, spots: places(request, p.Serial), read: make([]byte, 0, 64<<10)}, nil
}

// take reads what has come on a connection, and tells whether the answer is whole.
func (l *looper) take(w *wire) (whole bool, err error) {
	if !w.waits {
		return false, errors.New("the server sends more than its Content-Length says")
	}
	w.read = slices.Grow(w.read, 16<<10)
	n, err := syscall.Read(w.fd, w.read[len(w.read):cap(w.read)])
	switch {
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
		return false, nil
	case err != nil:
		return false, err
	case n == 0:
		return false, errors.New("the server closed the connection")
	}
	w.read = w.read[:len(w.read)+n]
	status, whole, err := parseAnswer(w.read)
	if whole && status != l.Status {
		err = fmt.Errorf("answer %d has status %d, want %d", l.times.TotalCount()+1, status, l.Status)
	}
	return whole, err
}
