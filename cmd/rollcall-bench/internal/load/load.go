// Package load measures servers on this machine: a closed loop of connections,
// each sending its next request when it has the answer to the last one, at once
// or when its turn at a rate comes.
package load

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Plan is one kind of load.
type Plan struct {
	Address     string // host:port
	Request     []byte // as it goes over the wire
	Serial      string // text in the request that is replaced by a new number each time, as wide; "" for none
	Connections int
	Duration    time.Duration
	Rate        float64 // requests a second of all connections together; 0 for as many as there can be
	Status      int     // every answer must have it
}

// interval is the time between two requests of one connection, 0 without a rate.
func (p Plan) interval() time.Duration {
	if p.Rate <= 0 {
		return 0
	}
	return time.Duration(float64(p.Connections) / p.Rate * float64(time.Second))
}

// Result is what a load came to.
type Result struct {
	PerSecond      float64
	P50, P99, P999 time.Duration
	Answers        int
}

// Run loads a server. An answer with another status than the plan's ends it with
// an error: a figure over failures would mean nothing.
func Run(p Plan, serial *atomic.Int64) (Result, error) {
	times, took, err := run(p, serial)
	if err != nil {
		return Result{}, err
	}
	return summarise(times, took), nil
}

// newTimes counts times of answers in nanoseconds, to a thousandth of each. None
// can be as long as an hour: a load lasts no more than ten minutes, and then waits
// only for its last answers.
func newTimes() *hdrhistogram.Histogram { return hdrhistogram.New(1, int64(time.Hour), 3) }

func summarise(times *hdrhistogram.Histogram, took time.Duration) Result {
	at := func(percent float64) time.Duration { return time.Duration(times.ValueAtQuantile(percent)) }
	answers := int(times.TotalCount())
	return Result{PerSecond: float64(answers) / took.Seconds(), P50: at(50), P99: at(99), P999: at(99.9), Answers: answers}
}

// number writes a new number into the request.
func number(request []byte, spots []int, like string, serial *atomic.Int64) {
	if len(spots) == 0 {
		return
	}
	next := fmt.Sprintf("%0*d", len(like), serial.Add(1))
	next = next[len(next)-len(like):] // begins again when there are no more of that width
	for _, at := range spots {
		copy(request[at:], next)
	}
}

// places finds every place of a text in the request.
func places(request []byte, text string) (all []int) {
	for from := 0; text != ""; {
		i := bytes.Index(request[from:], []byte(text))
		if i < 0 {
			break
		}
		all = append(all, from+i)
		from += i + len(text)
	}
	return all
}

// parseAnswer looks at what has come of an answer with a Content-Length: its
// status, and whether it is whole.
func parseAnswer(got []byte) (status int, whole bool, err error) {
	head, body, ok := bytes.Cut(got, []byte("\r\n\r\n"))
	if !ok {
		return 0, false, nil
	}
	first, rest, _ := bytes.Cut(head, []byte("\r\n"))
	if len(first) < 12 {
		return 0, false, fmt.Errorf("status line %q", first)
	}
	if status, err = strconv.Atoi(string(first[9:12])); err != nil {
		return 0, false, fmt.Errorf("status line %q", first)
	}
	const name = "Content-Length:"
	for len(rest) > 0 {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\r\n"))
		if len(line) > len(name) && bytes.EqualFold(line[:len(name)], []byte(name)) {
			length, err := strconv.Atoi(string(bytes.TrimSpace(line[len(name):])))
			return status, len(body) >= length, err
		}
	}
	return 0, false, errors.New("an answer without Content-Length can't be measured")
}
