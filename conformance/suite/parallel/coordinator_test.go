package parallel

import (
	"encoding/json"
	"net"
	"slices"
	"testing"
	"time"

	"rollcall/conformance/client"
)

// The job, outcome and silence of these tests.
type (
	job     struct{ Seed uint64 }
	outcome struct{ Requirement string }
	silence struct{ Operation string }
	said    = message[outcome, silence]
	told    = reply[silence]
)

const drainTime = 2 * time.Second

// workerConn is a worker as the coordinator sees it.
type workerConn struct {
	net.Conn
	in  *json.Decoder
	out *json.Encoder
}

func dial(t *testing.T, c *Coordinator[outcome, silence], token string) workerConn {
	t.Helper()
	conn, err := net.Dial("tcp", c.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	w := workerConn{conn, json.NewDecoder(conn), json.NewEncoder(conn)}
	w.send(t, said{Token: token})
	return w
}

func (c workerConn) send(t *testing.T, m said) {
	t.Helper()
	if err := c.out.Encode(m); err != nil {
		t.Fatal(err)
	}
}

func (c workerConn) receive(t *testing.T, into any) {
	t.Helper()
	if err := c.in.Decode(into); err != nil {
		t.Fatal(err)
	}
}

func startCoordinator(t *testing.T, report func(outcome)) *Coordinator[outcome, silence] {
	t.Helper()
	c, err := New[outcome, silence](job{7}, 0, client.NewPace(0), report)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(drainTime) })
	return c
}

func TestCoordinatorWantsItsToken(t *testing.T) {
	c := startCoordinator(t, nil)
	var told any
	if err := dial(t, c, "guess").in.Decode(&told); err == nil {
		t.Errorf("it said %v", told)
	}
}

func TestCoordinatorCollectsOutcomes(t *testing.T) {
	var ids []string
	c := startCoordinator(t, func(one outcome) { ids = append(ids, one.Requirement) })
	worker := dial(t, c, c.token)
	var got assignment
	worker.receive(t, &got)
	worker.send(t, said{Outcome: &outcome{Requirement: "TOY-THING-01"}})
	worker.send(t, said{Outcome: &outcome{Requirement: "TOY-THING-02"}})
	worker.Close()
	c.Close(drainTime)
	if string(got.Job) != `{"Seed":7}` || !slices.Equal(ids, []string{"TOY-THING-01", "TOY-THING-02"}) {
		t.Errorf("job %+v, outcomes %v", got, ids)
	}
}

// TestOneWorkerHoldsTheLock also when the one that held it is gone without a word.
func TestOneWorkerHoldsTheLock(t *testing.T) {
	c := startCoordinator(t, nil)
	var got assignment
	var yes told
	first, second := dial(t, c, c.token), dial(t, c, c.token)
	first.receive(t, &got)
	second.receive(t, &got)
	first.send(t, said{Lock: true})
	first.receive(t, &yes)
	second.send(t, said{Lock: true})
	if len(c.lock) != 1 {
		t.Errorf("%d workers hold the lock", len(c.lock))
	}
	first.Close()
	second.receive(t, &yes)
	second.send(t, said{Unlock: true})
	third := dial(t, c, c.token)
	third.receive(t, &got)
	third.send(t, said{Lock: true})
	third.receive(t, &yes)
}

// What one worker waited for in vain the others hear of, after their job, and the run too.
func TestWorkersHearWhatHangs(t *testing.T) {
	var heard []silence
	c := startCoordinator(t, nil)
	c.Hung = func(one silence) { heard = append(heard, one) }
	var got assignment
	var news told
	first, second := dial(t, c, c.token), dial(t, c, c.token)
	first.receive(t, &got)
	second.receive(t, &got)
	first.send(t, said{Hung: &silence{"deleteThing"}})
	second.receive(t, &news)
	first.Close()
	second.Close()
	c.Close(drainTime)
	if news.Hung == nil || news.Hung.Operation != "deleteThing" || len(heard) != 1 {
		t.Errorf("the other was told %+v, the run %+v", news.Hung, heard)
	}
}

func TestWorkersHearThatTheRunIsOver(t *testing.T) {
	c := startCoordinator(t, nil)
	worker := dial(t, c, c.token)
	var got assignment
	worker.receive(t, &got)
	c.Stop()
	if err := worker.in.Decode(&got); err == nil {
		t.Error("the connection still holds")
	}
	if late := dial(t, c, c.token); late.in.Decode(&got) == nil {
		t.Error("a late worker got the job")
	}
}

// A secret that one worker has met is known to the run before any outcome that shows it, and to the others.
func TestCoordinatorSpreadsSecrets(t *testing.T) {
	var heard []string
	c := startCoordinator(t, func(one outcome) { heard = append(heard, "outcome "+one.Requirement) })
	c.Learnt = func(value string) bool {
		heard = append(heard, value)
		return len(heard) == 1
	}
	one, other := dial(t, c, c.token), dial(t, c, c.token)
	for _, w := range []workerConn{one, other} {
		w.receive(t, new(any))
	}
	one.send(t, said{Learnt: "canary"})
	one.send(t, said{Outcome: &outcome{"A-1"}})
	var news told
	other.receive(t, &news)
	if news.Learnt != "canary" {
		t.Errorf("the other is told %+v", news)
	}
	one.Close()
	other.Close()
	c.Close(drainTime)
	if want := []string{"canary", "outcome A-1"}; !slices.Equal(heard, want) {
		t.Errorf("the run hears %q", heard)
	}
}
