package certificate

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/secret"
	"rollcall/specs/trouble"
)

// clock is the time of a run that can be played again: it moves with the exchanges alone.
type clock struct {
	mutex sync.Mutex
	at    time.Time
}

func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.at = at
}

// recorder stands between the suite and a target and keeps all that passes, but what cleans up.
type recorder struct {
	clock *clock
	inner http.RoundTripper
	mutex sync.Mutex
	all   []*Exchange
	count map[[2]string]int
}

func newRecorder() *recorder {
	return &recorder{clock: &clock{at: time.Now().UTC().Round(0)}, count: map[[2]string]int{}}
}

// over is the recorder on the way to a target.
func (r *recorder) over(inner http.RoundTripper) http.RoundTripper {
	r.inner = inner
	return r
}

// RoundTrip passes the request on.
func (r *recorder) RoundTrip(q *http.Request) (*http.Response, error) {
	step, known := suite.StepOf(q.Context())
	if !known || step.Cleaning {
		return r.inner.RoundTrip(q)
	}
	one := asked(step, q)
	response, err := r.inner.RoundTrip(q)
	if err == nil {
		one.Status, one.ResponseHeaders = response.StatusCode, response.Header.Clone()
		var body []byte
		body, err = io.ReadAll(io.LimitReader(response.Body, mostBody))
		err = errors.Join(err, response.Body.Close())
		one.ResponseBody, response.Body = Body(body), io.NopCloser(bytes.NewReader(body))
	}
	if err != nil {
		one.Status = 0
		err = trouble.Plain(err)
		one.Failed = err.Error()
		switch {
		case errors.As(err, new(*client.Unread)):
			one.Cause = causeUnread
		case errors.Is(err, context.DeadlineExceeded):
			one.Cause = causeTimeout
		case client.Unsent(err):
			one.Cause = causeUnsent
		}
		response = nil
	}
	r.keep(one)
	return response, err
}

func (r *recorder) keep(one *Exchange) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	one.At = time.Now().UTC().Round(0)
	r.clock.set(one.At)
	key := [2]string{one.Requirement, one.Case}
	r.count[key]++
	one.Number = r.count[key]
	r.all = append(r.all, one)
}

// redacted are the exchanges without the secrets that are known when the run is over.
func (r *recorder) redacted(keeper *secret.Keeper) []*Exchange {
	for _, one := range r.all {
		one.redact(keeper)
	}
	return r.all
}

// asked is the request half of an exchange.
func asked(step suite.Step, q *http.Request) *Exchange {
	one := &Exchange{Requirement: step.Requirement, Case: step.Title, Method: q.Method, URL: q.URL.String(),
		RequestHeaders: q.Header.Clone()}
	if q.GetBody != nil {
		if body, err := q.GetBody(); err == nil {
			data, _ := io.ReadAll(body) // from memory
			one.RequestBody = Body(data)
		}
	}
	return one
}
