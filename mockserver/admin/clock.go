package admin

import (
	"fmt"
	"math"
	"net/http"
	"time"

	"github.com/julienschmidt/httprouter"

	"rollcall/specs/format"
)

// Clock is the time of a world.
type Clock struct {
	Now     time.Time `json:"now"`
	Frozen  bool      `json:"frozen"`
	Scale   float64   `json:"scale"`    // seconds of the world in one of the server
	AheadMS int64     `json:"ahead_ms"` // of the server's time
}

// ClockOrder is what becomes of a clock: first it is set, then moved, then stopped or paced.
type ClockOrder struct {
	Now     *time.Time
	Advance time.Duration
	Frozen  *bool
	Scale   *float64
	Back    bool // to how worlds begin; nothing else counts then
}

// How far a clock can be moved at once, ahead or behind, in milliseconds: what Go's
// durations hold, some 292 years. And how fast it can go.
const (
	mostMoved = math.MaxInt64 / int64(time.Millisecond)
	mostScale = 1_000_000
)

func (a api) clock(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	c, err := a.control.Clock(ps.ByName("id"))
	a.sendClock(w, ps, c, err)
}

func (a api) sendClock(w http.ResponseWriter, ps httprouter.Params, c Clock, err error) {
	if err != nil {
		a.failed(w, ps.ByName("id"), err)
		return
	}
	send(w, http.StatusOK, c)
}

func (a api) clockBack(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	c, err := a.control.SetClock(ps.ByName("id"), ClockOrder{Back: true})
	a.sendClock(w, ps, c, err)
}

func (a api) setClock(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	o, ok := order[struct {
		Now       string   `json:"now"`
		AdvanceMS int64    `json:"advance_ms"`
		Frozen    *bool    `json:"frozen"`
		Scale     *float64 `json:"scale"`
	}](w, q, fmt.Sprintf("now, a time; advance_ms, a whole number from %d to %d; frozen, true or false; scale, a number",
		-mostMoved, mostMoved))
	if !ok {
		return
	}
	sent := ClockOrder{Advance: time.Duration(o.AdvanceMS) * time.Millisecond, Frozen: o.Frozen, Scale: o.Scale}
	at, isTime := format.Instant(o.Now)
	switch {
	case o.AdvanceMS < -mostMoved || o.AdvanceMS > mostMoved:
		fail(w, http.StatusBadRequest,
			fmt.Sprintf("advance_ms is %d; give a whole number from %d to %d, which is 292 years, or set now", o.AdvanceMS,
				-mostMoved, mostMoved))
		return
	case o.Scale != nil && (*o.Scale < 0 || *o.Scale > mostScale):
		fail(w, http.StatusBadRequest, fmt.Sprintf("scale is %v; give a number from 0, which stands, to %d", *o.Scale, mostScale))
		return
	case o.Now != "" && (!isTime || !format.Writable(at)):
		fail(w, http.StatusBadRequest, fmt.Sprintf("now is %.80q; give a time as 2026-11-01T09:00:00Z,"+
			" in UTC of the years 0000 to 9999", o.Now))
		return
	case o.Now != "":
		sent.Now = &at
	}
	c, err := a.control.SetClock(ps.ByName("id"), sent)
	a.sendClock(w, ps, c, err)
}
