package certificate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/secret"
	"rollcall/specs/trouble"
)

// player answers the suite's requests from a bundle. Each case has its exchanges in their
// order; one that asks for anything else gets no answer any more.
type player struct {
	clock  *clock
	keeper *secret.Keeper
	mutex  sync.Mutex
	tapes  map[[2]string]*playback
}

// playback is what is recorded of one case, and how far it was asked for.
type playback struct {
	exchanges []*Exchange
	next      int
	strayed   *Finding // the first request that is not the recorded one
	redacted  bool     // a secret was cut out of an answer: what the suite makes of it may differ
}

func newPlayer(all []*Exchange, at *clock, keeper *secret.Keeper) *player {
	p := &player{clock: at, keeper: keeper, tapes: map[[2]string]*playback{}}
	for _, one := range all {
		tape := p.tape([2]string{one.Requirement, one.Case})
		tape.exchanges = append(tape.exchanges, one)
		tape.redacted = tape.redacted || one.hides()
	}
	return p
}

func (p *player) tape(key [2]string) *playback {
	if p.tapes[key] == nil {
		p.tapes[key] = &playback{}
	}
	return p.tapes[key]
}

// hides says whether a secret was cut out of the answer.
func (e *Exchange) hides() bool {
	if strings.Contains(string(e.ResponseBody), secret.Mark) {
		return true
	}
	for _, values := range e.ResponseHeaders {
		if strings.Contains(strings.Join(values, "\n"), secret.Mark) {
			return true
		}
	}
	return false
}

// RoundTrip answers a request.
func (p *player) RoundTrip(q *http.Request) (*http.Response, error) {
	step, known := suite.StepOf(q.Context())
	switch {
	case !known:
		return nil, errors.New("nothing but the cases is in the bundle")
	case step.Cleaning:
		return answer(q, &Exchange{Status: http.StatusNoContent}), nil
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	tape := p.tape([2]string{step.Requirement, step.Title})
	if tape.strayed != nil {
		return nil, errors.New(tape.strayed.Text)
	}
	if stray := p.compare(tape, step, q); stray != nil {
		tape.strayed = stray
		return nil, errors.New(stray.Text)
	}
	one := tape.exchanges[tape.next]
	tape.next++
	p.clock.set(one.At)
	switch {
	case one.Cause == causeTimeout:
		return nil, trouble.Said(one.Failed, context.DeadlineExceeded)
	case one.Cause == causeUnread:
		return nil, &client.Unread{Why: trouble.Said(one.Failed, nil)}
	case one.Cause == causeUnsent:
		return nil, trouble.Said(one.Failed, &net.OpError{Op: "dial", Err: io.EOF})
	case one.Failed != "" || one.Status == 0:
		return nil, trouble.Said(one.Failed, nil)
	}
	return answer(q, one), nil
}

// compare says how the request differs from the one that was recorded in its place.
func (p *player) compare(tape *playback, step suite.Step, q *http.Request) *Finding {
	now := asked(step, q)
	now.redact(p.keeper)
	stray := func(format string, args ...any) *Finding {
		return &Finding{Part: partExchanges, Requirement: step.Requirement, Case: step.Title, Exchange: tape.next + 1,
			Text: fmt.Sprintf(format, args...)}
	}
	if tape.next == len(tape.exchanges) {
		return stray("the suite sends %s %s here, which is not in the bundle", now.Method, now.URL)
	}
	was := tape.exchanges[tape.next]
	switch {
	case was.Method != now.Method || !alike(was.URL, now.URL):
		return stray("the suite sends %s %s here, the bundle has %s %s", now.Method, now.URL, was.Method, was.URL)
	case !alike(string(was.RequestBody), string(now.RequestBody)):
		return stray("%s %s: the suite sends the body %s, the bundle has %s", now.Method, now.URL, brief(now.RequestBody),
			brief(was.RequestBody))
	}
	if name := differing(was.RequestHeaders, now.RequestHeaders); name != "" {
		return stray("%s %s: the suite sends the header %s: %s, the bundle has %s", now.Method, now.URL, name,
			now.RequestHeaders[name], was.RequestHeaders[name])
	}
	return nil
}

// differing is the first header in which two requests differ, "" when there is none.
func differing(a, b http.Header) string {
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if !alike(strings.Join(a[name], "\n"), strings.Join(b[name], "\n")) {
			return name
		}
	}
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if _, known := a[name]; !known {
			return name
		}
	}
	return ""
}

// cutPiece is what a mark may stand for: one word, a step of a path, or a part of those, and never several of them.
const cutPiece = `[^\s"'/?&=,;{}\[\]]+`

// alike says whether a text may be the recorded one: a mark in the recorded text stands for a piece that was cut out there
// and is known here, such as a name that has a part of a secret in it.
func alike(recorded, text string) bool {
	if recorded == text || !strings.Contains(recorded, secret.Mark) {
		return recorded == text
	}
	pieces := strings.Split(recorded, secret.Mark)
	for i, piece := range pieces {
		pieces[i] = regexp.QuoteMeta(piece)
	}
	matched, err := regexp.MatchString("^(?s:"+strings.Join(pieces, cutPiece)+")$", text)
	return err == nil && matched
}

func brief(body Body) string {
	const most = 200
	if len(body) == 0 {
		return "(none)"
	}
	return strings.ToValidUTF8(string(body[:min(most, len(body))]), "?")
}

// answer is a recorded answer as the network would give it.
func answer(q *http.Request, one *Exchange) *http.Response {
	header := one.ResponseHeaders.Clone()
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{
		Status: http.StatusText(one.Status), StatusCode: one.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader([]byte(one.ResponseBody))),
		ContentLength: int64(len(one.ResponseBody)), Request: q,
	}
}

// findings are what strayed, and what nobody asked for.
func (p *player) findings() (found []Finding) {
	for _, key := range slices.SortedFunc(maps.Keys(p.tapes), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		tape := p.tapes[key]
		switch {
		case tape.next == 0 && len(tape.exchanges) > 0 && tape.strayed == nil && key[0] != "":
			found = append(found, Finding{Part: partExchanges, Requirement: key[0], Case: key[1],
				Text: "the suite has no such case, or sends nothing in it"})
		case tape.redacted: // its verdict alone tells
		case tape.strayed != nil:
			found = append(found, *tape.strayed)
		case tape.next < len(tape.exchanges):
			one := tape.exchanges[tape.next]
			found = append(found, Finding{Part: partExchanges, Requirement: key[0], Case: key[1], Exchange: one.Number,
				Text: fmt.Sprintf("the suite does not send %s %s here", one.Method, one.URL)})
		}
	}
	return found
}
