package command

import (
	"fmt"
	"io"
	"strings"
	"time"

	"rollcall/conformance/suite"
	"rollcall/reports"
)

// How the bar looks: its width in letters, and how often it is drawn.
const (
	barWidth = 40
	barEvery = 100 * time.Millisecond
)

// bar shows on a terminal how far a long piece of work has come. It draws
// nothing before the first tenth of a second, so that short work stays silent.
type bar struct {
	w     io.Writer
	what  string
	now   func() time.Time
	began time.Time
	drawn time.Time
}

// newBar gives a bar on a terminal, and one that draws nothing on anything else.
func newBar(s Streams, what string) *bar {
	if !s.Terminal {
		return startBar(io.Discard, what, time.Now)
	}
	return startBar(s.Err, what, time.Now)
}

func startBar(w io.Writer, what string, now func() time.Time) *bar {
	at := now()
	return &bar{w: w, what: what, now: now, began: at, drawn: at}
}

// show draws a share from 0 to 1, unless it was drawn a moment ago.
func (b *bar) show(share float64) {
	at := b.now()
	if at.Sub(b.drawn) < barEvery {
		return
	}
	b.drawn = at
	full := int(share * barWidth)
	fmt.Fprintf(b.w, "\r%s [%s%s] %3.0f %%  %.0f s ", b.what, strings.Repeat("#", full), strings.Repeat(".", barWidth-full),
		share*100, at.Sub(b.began).Seconds())
}

// clear wipes the bar from its line.
func (b *bar) clear() {
	if b.drawn != b.began {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}

// progressEvery is how often a run that takes long says so where there is no terminal.
const progressEvery = 10 * time.Second

// progress draws a live count on a terminal, and elsewhere writes a line now and then.
func progress(s Streams, now func() time.Time) func(suite.Progress) {
	if s.Terminal {
		return func(p suite.Progress) {
			fmt.Fprintf(s.Err, "\r\033[K%d of %d  %s", p.Done, p.Total, p.Requirement)
		}
	}
	began := now()
	told, failed := began, 0
	return func(p suite.Progress) {
		if p.Verdict == string(reports.Fail) {
			failed++
		}
		at := now()
		if at.Sub(told) < progressEvery {
			return
		}
		told = at
		took := at.Sub(began)
		left := time.Duration(float64(took) / float64(p.Done) * float64(p.Total-p.Done)).Round(time.Second)
		fmt.Fprintf(s.Err, "rollcall: %d of %d cases after %s, %d failed, %.1f a second, about %s left\n",
			p.Done, p.Total, took.Round(time.Second), failed, float64(p.Done)/took.Seconds(), left)
	}
}
