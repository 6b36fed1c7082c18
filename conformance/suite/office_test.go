package suite

import (
	"encoding/json"
	"net"
	"slices"
	"testing"
	"time"

	"rollcall/reports"
)

// caller is a worker as the office sees it.
type caller struct {
	net.Conn
	in  *json.Decoder
	out *json.Encoder
}

func dial(t *testing.T, o *office, token string) caller {
	t.Helper()
	conn, err := net.Dial("tcp", o.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	c := caller{conn, json.NewDecoder(conn), json.NewEncoder(conn)}
	c.say(t, message{Token: token})
	return c
}

func (c caller) say(t *testing.T, m message) {
	t.Helper()
	if err := c.out.Encode(m); err != nil {
		t.Fatal(err)
	}
}

func (c caller) hear(t *testing.T, into any) {
	t.Helper()
	if err := c.in.Decode(into); err != nil {
		t.Fatal(err)
	}
}

func opened(t *testing.T, handIn func(outcome)) *office {
	t.Helper()
	o, err := open(job{Contract: "toy", Seed: 7}, handIn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.close(lastWords) })
	return o
}

func TestOfficeTellsStrangersNothing(t *testing.T) {
	o := opened(t, nil)
	var told any
	if err := dial(t, o, "guess").in.Decode(&told); err == nil {
		t.Errorf("it said %v", told)
	}
}

func TestOfficeTakesOutcomes(t *testing.T) {
	var got []string
	o := opened(t, func(one outcome) { got = append(got, one.Requirement) })
	worker := dial(t, o, o.token)
	var orders job
	worker.hear(t, &orders)
	worker.say(t, message{Outcome: &outcome{Requirement: "TOY-THING-01"}})
	worker.say(t, message{Outcome: &outcome{Requirement: "TOY-THING-02"}})
	worker.Close()
	o.close(lastWords)
	if orders.Seed != 7 || !slices.Equal(got, []string{"TOY-THING-01", "TOY-THING-02"}) {
		t.Errorf("job %+v, outcomes %v", orders, got)
	}
}

// TestOfficeGivesOneClaim also holds when who has it is gone without a word.
func TestOfficeGivesOneClaim(t *testing.T) {
	o := opened(t, nil)
	var orders job
	var yes bool
	first, second := dial(t, o, o.token), dial(t, o, o.token)
	first.hear(t, &orders)
	second.hear(t, &orders)
	first.say(t, message{Claim: true})
	first.hear(t, &yes)
	second.say(t, message{Claim: true})
	if len(o.claim) != 1 {
		t.Errorf("%d claims are given", len(o.claim))
	}
	first.Close()
	second.hear(t, &yes)
	second.say(t, message{Release: true})
	third := dial(t, o, o.token)
	third.hear(t, &orders)
	third.say(t, message{Claim: true})
	third.hear(t, &yes)
}

func TestWorkersHearThatTheRunIsOver(t *testing.T) {
	o := opened(t, nil)
	worker := dial(t, o, o.token)
	var orders job
	worker.hear(t, &orders)
	o.hangUp()
	if err := worker.in.Decode(&orders); err == nil {
		t.Error("the line still holds")
	}
	if late := dial(t, o, o.token); late.in.Decode(&orders) == nil {
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
