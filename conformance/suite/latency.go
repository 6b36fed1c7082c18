package suite

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"rollcall/conformance/access"
	"rollcall/conformance/client"
)

// Latency is how long the target takes for a request, as the faster of two: of a path that
// no API has, so that nobody's rights matter. 0 means that it does not answer, or with what
// can't be read: the exchange that came to nothing is given then.
func Latency(ctx context.Context, t *Target, way http.RoundTripper) (best time.Duration, failed *client.Exchange) {
	c := client.New(client.Config{BaseURL: t.URL, Transport: way, Headers: t.Headers})
	for range 2 {
		request := client.NewRequest(nil, client.Method(http.MethodGet), client.RawPath("/rollcall-latency"))
		request.Timeout = cmp.Or(time.Duration(t.Timeouts.Answer), defaultLimit)
		answer := c.Do(ctx, request)
		if answer.Err != nil {
			return 0, answer
		}
		if best == 0 || answer.Duration < best {
			best = answer.Duration
		}
	}
	return best, nil
}

// settlesOneIn is how many requests there are for each that first waits for a write to show.
const settlesOneIn = 5

// longestSettle is the longest time that the target's file gives a write to show, 0 for none.
func longestSettle(t *Target) time.Duration {
	return time.Duration(slices.Max(append(slices.Collect(maps.Values(t.Settle)), 0)))
}

// How many processes a run is spread over by itself: one for each that many milliseconds
// that an answer takes, and not for a target that is near.
const (
	nearby     = 40 * time.Millisecond
	perProcess = 15 * time.Millisecond
	mostByself = 24
)

// ProcsFor chooses the number of processes for a run by the time that the target takes to
// answer, and what is written there to show. A target in this process, one that is near, and a run that is held to a rate
// have one.
func ProcsFor(ctx context.Context, config Config) int {
	if config.Target.Transport != nil || config.Executable == "" {
		return 1
	}
	kept, err := access.Transport(&config.Target)
	if err != nil {
		return 1 // the run itself will say what is wrong
	}
	took, _ := Latency(ctx, &config.Target, client.Over(kept))
	took += longestSettle(&config.Target) / settlesOneIn
	if took < nearby {
		return 1
	}
	procs := min(int(took/perProcess), mostByself)
	if rate := config.rate(); rate > 0 {
		procs = min(procs, max(1, int(rate*took.Seconds())))
	}
	return procs
}
