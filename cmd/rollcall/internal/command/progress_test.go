package command

import (
	"strings"
	"testing"
	"time"
)

func TestBar(t *testing.T) {
	var out strings.Builder
	at := time.Unix(0, 0)
	b := startBar(&out, "generating", func() time.Time { return at })
	b.show(0.1)
	b.clear()
	if out.Len() != 0 {
		t.Errorf("short work shows %q", out.String())
	}
	at = at.Add(2 * time.Second)
	b.show(0.25)
	b.show(0.26)
	b.clear()
	want := "\rgenerating [" + strings.Repeat("#", 10) + strings.Repeat(".", 30) + "]  25 %  2 s \r\x1b[K"
	if out.String() != want {
		t.Errorf("it shows %q, want %q", out.String(), want)
	}
}

func TestNoBarOffTerminals(t *testing.T) {
	var out strings.Builder
	b := newBar(Streams{Err: &out}, "generating")
	b.began = b.began.Add(-time.Hour)
	b.drawn = b.began
	b.show(0.5)
	b.clear()
	if out.Len() != 0 {
		t.Errorf("a file gets %q", out.String())
	}
}
