package client_test

import (
	"net/http"
	"testing"
	"time"

	"rollcall/conformance/client"
)

// Who is told to wait holds back all that share the pace.
func TestAWaitIsForAll(t *testing.T) {
	pace := client.NewPace(0)
	answers := &script{answers: []*http.Response{reply(429, "", "Retry-After", "1"), reply(200, "")}}
	other := make(chan time.Duration)
	began := time.Now()
	c := client.New(client.Config{Transport: answers, Pace: pace, Waiting: func(time.Duration) {
		go func() {
			if err := pace.Wait(t.Context()); err != nil {
				t.Error(err)
			}
			other <- time.Since(began)
		}()
	}})
	if answer := c.Do(t.Context(), client.NewRequest(operation(), client.Path("id", 1))); answer.Status != 200 {
		t.Errorf("it ends with %v", answer)
	}
	if waited := <-other; waited < time.Second {
		t.Errorf("another went on after %s", waited)
	}
}

// Who waited for the end of a pause takes its turn after it, so that no crowd comes then.
func TestNoCrowdAfterAPause(t *testing.T) {
	const crowd, gap = 5, 20 * time.Millisecond
	pace := client.NewPace(float64(time.Second / gap))
	pace.Pause(100 * time.Millisecond)
	began, done := time.Now(), make(chan error)
	for range crowd {
		go func() { done <- pace.Wait(t.Context()) }()
	}
	for range crowd {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if least := 100*time.Millisecond + (crowd-1)*gap; time.Since(began) < least {
		t.Errorf("all were through after %s, want %s", time.Since(began), least)
	}
}
