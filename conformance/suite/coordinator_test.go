package suite

import (
	"encoding/json"
	"net"
	"slices"
	"testing"
	"time"

	"rollcall/conformance/client"
	"rollcall/reports"
)

// workerConn is a worker as the coordinator sees it.
type workerConn struct {
	net.Conn
	in  *json.Decoder
	out *json.Encoder
}

func dial(t *testing.T, c *coordinator, token string) workerConn {
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
	w.send(t, message{Token: token})
	return w
}

func (c workerConn) send(t *testing.T, m message) {
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

func startCoordinator(t *testing.T, report func(outcome)) *coordinator {
	t.Helper()
	c, err := newCoordinator(job{Contract: "toy", Seed: 7}, client.NewPace(0), report)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.close(drainTime) })
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
	var got job
	worker.receive(t, &got)
	worker.send(t, message{Outcome: &outcome{Requirement: "TOY-THING-01"}})
	worker.send(t, message{Outcome: &outcome{Requirement: "TOY-THING-02"}})
	worker.Close()
	c.close(drainTime)
	if got.Seed != 7 || !slices.Equal(ids, []string{"TOY-THING-01", "TOY-THING-02"}) {
		t.Errorf("job %+v, outcomes %v", got, ids)
	}
}

// TestOneWorkerHoldsTheLock also when the one that held it is gone without a word.
func TestOneWorkerHoldsTheLock(t *testing.T) {
	c := startCoordinator(t, nil)
	var got job
	var yes reply
	first, second := dial(t, c, c.token), dial(t, c, c.token)
	first.receive(t, &got)
	second.receive(t, &got)
	first.send(t, message{Lock: true})
	first.receive(t, &yes)
	second.send(t, message{Lock: true})
	if len(c.lock) != 1 {
		t.Errorf("%d workers hold the lock", len(c.lock))
	}
	first.Close()
	second.receive(t, &yes)
	second.send(t, message{Unlock: true})
	third := dial(t, c, c.token)
	third.receive(t, &got)
	third.send(t, message{Lock: true})
	third.receive(t, &yes)
}

// What one worker waited for in vain the others hear of, after their job, and the run too.
func TestWorkersHearWhatHangs(t *testing.T) {
	var heard []silence
	c := startCoordinator(t, nil)
	c.hung = func(one silence) { heard = append(heard, one) }
	var got job
	var told reply
	first, second := dial(t, c, c.token), dial(t, c, c.token)
	first.receive(t, &got)
	second.receive(t, &got)
	first.send(t, message{Hung: &silence{Operation: "deleteThing", Method: "DELETE"}})
	second.receive(t, &told)
	first.Close()
	second.Close()
	c.close(drainTime)
	if told.Hung == nil || told.Hung.Operation != "deleteThing" || len(heard) != 1 {
		t.Errorf("the other was told %+v, the run %+v", told.Hung, heard)
	}
}

func TestWorkersHearThatTheRunIsOver(t *testing.T) {
	c := startCoordinator(t, nil)
	worker := dial(t, c, c.token)
	var got job
	worker.receive(t, &got)
	c.stopWorkers()
	if err := worker.in.Decode(&got); err == nil {
		t.Error("the connection still holds")
	}
	if late := dial(t, c, c.token); late.in.Decode(&got) == nil {
		t.Error("a late worker got the job")
	}
}

func TestCasesThatWereNotRunAreUndetermined(t *testing.T) {
	p := &plan{cases: []Case{{Requirement: "A", Title: "1"}, {Requirement: "A", Title: "2"}, {Requirement: "B", Title: "1"}}}
	passed := outcome{Requirement: "A", Result: reports.CaseResult{Title: "2", Verdict: reports.Pass}}
	of, _ := p.sort([]outcome{passed}, "stopped")
	var result reports.Result
	combine(&result, of["A"], "stopped")
	if result.Verdict != reports.Undetermined || len(result.Cases) != 2 || result.Cases[1].Verdict != reports.Pass {
		t.Errorf("%+v", result)
	}
	if len(of["B"]) != 0 {
		t.Errorf("B has %v", of["B"])
	}
}

// TestFindingsDoNotDependOnTheOrderOfTheCases is what makes the run of several
// processes the run of one.
func TestFindingsDoNotDependOnTheOrderOfTheCases(t *testing.T) {
	p := &plan{}
	var outcomes []outcome
	for _, title := range []string{"1", "2", "3", "4"} {
		p.cases = append(p.cases, Case{Requirement: "A", Title: title})
		outcomes = append(outcomes, outcome{
			Requirement: "A", Result: reports.CaseResult{Title: title, Verdict: reports.Pass},
			Findings: findings{"DOC": {Count: 2, Texts: []string{"text " + title}, Evidence: []reports.Evidence{{Case: title}}}},
		})
	}
	_, forwards := p.sort(outcomes, "")
	slices.Reverse(outcomes)
	_, backwards := p.sort(outcomes, "")
	one, _ := forwards.against("DOC")
	other, _ := backwards.against("DOC")
	want := "text 1\ntext 2\ntext 3\n5 more answers like these"
	if one.Result.Reason != want || other.Result.Reason != want || one.Evidence[0].Case != other.Evidence[0].Case {
		t.Errorf("%q\n%q", one.Result.Reason, other.Result.Reason)
	}
}
