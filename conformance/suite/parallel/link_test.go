package parallel

import (
	"sync"
	"testing"
	"time"

	"rollcall/conformance/client"
)

// linked is a worker of a run that sends so many requests a second, with all its workers.
func linked(t *testing.T, c *Coordinator[outcome, silence]) *Link[outcome, silence] {
	t.Helper()
	l, err := Join[outcome, silence](c.listener.Addr().String(), c.token, &job{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	go l.Listen(func(silence) {}, func(string) {}, func(string, string) {})
	return l
}

func paced(t *testing.T, rate float64) *Coordinator[outcome, silence] {
	t.Helper()
	c, err := New[outcome, silence](job{}, rate, client.NewPace(rate), func(outcome) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(drainTime) })
	return c
}

// All workers together send no more than the rate allows, however many of them are at it.
func TestWorkersShareTheRate(t *testing.T) {
	const rate, each = 200, 10
	c := paced(t, rate)
	var all sync.WaitGroup
	began := time.Now()
	for range 4 {
		l := linked(t, c)
		all.Go(func() {
			for range each {
				if err := l.pace.Wait(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if least := (4*each - 1) * time.Second / rate; time.Since(began) < least {
		t.Errorf("%d requests went out in %s, at %d a second they need %s", 4*each, time.Since(began), rate, least)
	}
}

// A target that asks one worker to leave it alone is left alone by all, and the run says so once.
func TestWorkersPauseTogether(t *testing.T) {
	const wait = 300 * time.Millisecond
	for _, rate := range []float64{0, 1000} {
		c, told := paced(t, rate), 0
		c.Waiting = func(time.Duration) { told++ }
		first, second := linked(t, c), linked(t, c)
		began := time.Now()
		first.Paused(wait)
		first.Paused(wait - time.Millisecond)
		for second.pace.Wait(t.Context()) == nil && time.Since(began) < wait/2 {
			time.Sleep(time.Millisecond) // the word is still on its way
		}
		if time.Since(began) < wait || told != 1 {
			t.Errorf("at %v a second the other worker went on after %s, and the run said it %d times",
				rate, time.Since(began), told)
		}
	}
}

// When a run is over nobody hands out turns any more, and what cleans up still may send.
func TestWorkersCleanUpAtTheirShare(t *testing.T) {
	c := paced(t, 1000)
	l := linked(t, c)
	c.Stop()
	<-l.ctx.Done()
	for range 3 {
		if err := l.pace.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// What a worker left is known to whoever holds the lock next, and to a worker that comes later.
func TestWorkersKnowWhatOneLeft(t *testing.T) {
	c := paced(t, 0)
	first := linked(t, c)
	second := dial(t, c, c.token)
	second.receive(t, &assignment{})
	first.Lock(true)
	second.send(t, said{Lock: true})
	first.Note("the password of ann", "left")
	first.Lock(false)
	var word, grant told
	second.receive(t, &word)
	second.receive(t, &grant)
	if word.Noted == nil || *word.Noted != (Note{"the password of ann", "left"}) || !grant.Granted {
		t.Errorf("the next one is told %+v and %+v", word, grant)
	}
	third := dial(t, c, c.token)
	third.receive(t, &assignment{})
	var late told
	third.receive(t, &late)
	if late.Noted == nil || late.Noted.Value != "left" {
		t.Errorf("a later one is told %+v", late)
	}
}
