package suite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"rollcall/conformance/client"
	"rollcall/reports"
	"rollcall/specs/trouble"
)

// leavingTime is how long the deletion of a world is waited for once its case is over, at the end of
// a run that is interrupted, too.
const leavingTime = 1500 * time.Millisecond

// adminAnswer is how many bytes the worlds endpoint may answer.
const adminAnswer = 1 << 20

// world returns the id of the case's own world, making it on first use; "" when
// the target has none. It ends the case as undetermined when none can be made.
func (c *caseRun) world(ctx context.Context) string {
	if c.session.target.Worlds == "" || c.worldID != "" {
		return c.worldID
	}
	var made struct {
		ID  string
		Now time.Time
	}
	if err := c.admin(ctx, http.MethodPost, "", []byte("{}"), &made); err != nil {
		c.session.worldless(err)
		c.end(reports.Undetermined, "no world of its own: "+err.Error())
	}
	if made.ID == "" {
		c.end(reports.Undetermined, "no world of its own: the worlds endpoint named no id")
	}
	c.worldID = made.ID
	if !made.Now.IsZero() {
		c.offset = made.Now.Sub(c.session.now())
		return c.worldID
	}
	c.session.worldsClock.Do(func() {
		var clock struct{ Now time.Time }
		if err := c.admin(ctx, http.MethodGet, "/"+c.worldID+"/clock", nil, &clock); err == nil && !clock.Now.IsZero() {
			c.session.clockOffset.Store(int64(clock.Now.Sub(c.session.now())))
		}
	})
	c.offset = time.Duration(c.session.clockOffset.Load())
	return c.worldID
}

// worldless ends the run where a world was waited for in vain: every case would wait as long.
func (s *session) worldless(err error) {
	if errors.Is(err, context.DeadlineExceeded) {
		s.noWorlds.Store(&Unreachable{URL: s.target.Worlds, Cause: "no world came of worlds within " + adminTimeout.String(),
			Advice: "check that worlds in the target's file is right, and that what is there is running"})
	}
}

// leave deletes the case's world, or keeps that of a case that did not pass where that is
// asked for. A target that keeps it loses nothing but space, so that an error decides nothing and
// the next case need not wait for it.
func (c *caseRun) leave(ctx context.Context) {
	if c.session.keepWorlds && c.worldID != "" && c.verdict != reports.Pass && c.verdict != reports.NotApplicable {
		c.kept = c.worldID
		return
	}
	if c.worldID == "" {
		return
	}
	gone := func(ctx context.Context) { _ = c.admin(ctx, http.MethodDelete, "/"+c.worldID, nil, nil) }
	if c.session.inTurn || c.session.target.Transport != nil {
		gone(ctx)
		return
	}
	c.session.leaving.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leavingTime)
		defer cancel()
		gone(ctx)
	})
}

// clock returns the time at the target as far as it is known.
func (c *caseRun) clock() time.Time {
	if !c.stands.IsZero() {
		return c.stands
	}
	if c.worldID == "" {
		return c.session.now().Add(time.Duration(c.session.clockOffset.Load()))
	}
	return c.session.now().Add(c.offset)
}

// readClock sets the clock by what the target says of its own (RFC 9110, 6.6.1), as far as
// the two are further apart than an answer is old.
func (s *session) readClock(exchange *client.Exchange) {
	const old = 5 * time.Second
	date, err := http.ParseTime(exchange.Header.Get("Date"))
	if err != nil || s.target.Worlds != "" {
		return
	}
	apart := date.Sub(s.now())
	if apart.Abs() < old {
		apart = 0
	}
	s.clockOffset.Store(int64(apart))
}

// Advance moves the clock of the case's world. It ends the case as undetermined
// on a target without worlds, whose clock nobody can move.
func (env *Env) Advance(ctx context.Context, by time.Duration) {
	world := env.run.world(ctx)
	if world == "" {
		env.Undetermined("needs a clock that can be moved, which this target does not have")
	}
	body := fmt.Appendf(nil, `{"advance_ms":%d}`, by.Milliseconds())
	var clock struct{ Now time.Time }
	if err := env.run.admin(ctx, http.MethodPut, "/"+world+"/clock", body, &clock); err != nil {
		env.Undetermined("the world's clock did not move: %v", err)
	}
	env.run.offset += by
	if !env.run.stands.IsZero() {
		env.run.stands = env.run.stands.Add(by)
	}
	env.run.moved += by
}

// StopClock lets the clock of the case's world stand, so that however slowly the run sends its
// requests they come at one time there. Any other clock goes on.
func (env *Env) StopClock(ctx context.Context) {
	world := env.run.world(ctx)
	if world == "" {
		return
	}
	var clock struct{ Now time.Time }
	if env.run.admin(ctx, http.MethodPut, "/"+world+"/clock", []byte(`{"frozen":true}`), &clock) == nil {
		env.run.stands = clock.Now
	}
}

// admin calls the worlds endpoint and decodes its answer into out, if not nil.
func (c *caseRun) admin(ctx context.Context, method, path string, body []byte, out any) error {
	ctx, cancel := context.WithTimeout(ctx, adminTimeout)
	defer cancel()
	target := c.session.target
	request, err := http.NewRequestWithContext(ctx, method, target.Worlds+path, bytes.NewReader(body))
	if err != nil {
		return trouble.Plain(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range target.WorldHeaders {
		request.Header.Set(name, value)
	}
	wrong := func(err error) error {
		return fmt.Errorf("%s %s: %w", method, request.URL.Path, trouble.Plain(err))
	}
	response, err := c.session.transport.RoundTrip(request)
	if err != nil {
		return wrong(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, adminAnswer+1))
	if err != nil {
		return wrong(err)
	}
	if len(data) > adminAnswer {
		return fmt.Errorf("%s %s: the answer is longer than %d bytes", method, request.URL.Path, adminAnswer)
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return fmt.Errorf("%s %s answered %d", method, request.URL.Path, response.StatusCode)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return wrong(err)
	}
	return nil
}
