package command

import (
	"fmt"
	"io"
	"strings"
	"time"
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
	fmt.Fprintf(b.w, "\r%s [%s%s] %3.0f %%  %.0f s ", b.what, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), share*100, at.Sub(b.began).Seconds())
}

// clear wipes the bar from its line.
func (b *bar) clear() {
	if b.drawn != b.began {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}
