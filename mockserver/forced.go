package mockserver

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/internal/fault"
	"rollcall/specs/contract"
)

// forced is what somebody asked for in place of the contract's behaviour: a fault of the
// world, or a preference of the caller. The zero value is nothing.
type forced struct {
	by     string // for the journal
	fault  fault.Fault
	delay  time.Duration
	answer *behavior.Answer // in place of the operation's
}

// forced looks for a fault, then for preferences. Of most calls it knows at once that
// there is neither.
func (c call) forced() (f forced) {
	prefer := c.http.Header["Prefer"]
	if !c.world.faults.Any() && prefer == nil {
		return f
	}
	op, _, _ := c.mount.find(c.http.Method, c.http.URL)
	asked := fault.Call{Contract: c.mount.name, Method: c.http.Method, Path: c.http.URL.Path}
	if op != nil {
		asked.Operation = op.ID
	}
	if hit, delay := c.world.pick(asked); hit != nil {
		f = c.faulty(*hit, delay)
	} else if prefer != nil {
		f = c.preferred(op, fault.Prefer(prefer))
	}
	c.entry.Forced, c.entry.Operation = f.by, asked.Operation
	return f
}

// faulty is what a fault does to the call.
func (c call) faulty(hit fault.Fault, delay time.Duration) forced {
	f := forced{by: "fault " + hit.ID, fault: hit, delay: delay}
	if hit.Status == 0 && !f.instead() {
		return f
	}
	a := behavior.Answer{}
	if hit.Status != 0 {
		a = c.refuse(&behavior.Refusal{Status: hit.Status, Message: "a fault of this world answers this call",
			Hint: "DELETE " + admin.Prefix + "/worlds/" + c.world.id + "/faults/" + hit.ID + " lifts it"})
	}
	if hit.RetryAfter > 0 {
		a.Header.Set("Retry-After", strconv.Itoa(hit.RetryAfter))
	}
	for name, value := range hit.Headers {
		a.Header.Set(name, value)
	}
	f.answer = &a
	return f
}

// instead tells whether no operation is carried out because nothing of its answer would come.
func (f *forced) instead() bool {
	return f.fault.Break == fault.Reset || f.fault.Break == fault.Empty || f.fault.Break == fault.Garbage
}

// preferred is what the header Prefer asks for, as far as the contract has it: a status in
// its own shape of errors, or the example of its document.
func (c call) preferred(op *behavior.CompiledOperation, p fault.Preference) (f forced) {
	var applied []string
	if p.Delay > 0 {
		f.delay, applied = p.Delay, append(applied, fmt.Sprintf("delay=%d", p.Delay.Milliseconds()))
	}
	if op != nil {
		var named string
		f.answer, named = c.instead(op.Contract, p)
		if named != "" {
			applied = append(applied, named)
		}
	}
	if len(applied) == 0 {
		return f
	}
	f.by = "prefer " + strings.Join(applied, ", ")
	f.fault.Headers = map[string]string{"Preference-Applied": strings.Join(applied, ", ")}
	return f
}

// instead gives the answer that is preferred to the operation's, and the name of the
// preference that was applied.
func (c call) instead(op *contract.Operation, p fault.Preference) (a *behavior.Answer, named string) {
	wanted := op.Success()
	if p.Code != 0 {
		wanted, _ = op.Response(p.Code)
		named = fmt.Sprintf("code=%d", p.Code)
	}
	still := p.Example != "" || p.Dynamic != nil && !*p.Dynamic
	switch {
	case p.Example != "" && wanted != nil:
		named = strings.TrimPrefix(named+", example="+p.Example, ", ")
	case p.Dynamic != nil:
		named = strings.TrimPrefix(fmt.Sprintf("%s, dynamic=%v", named, *p.Dynamic), ", ")
	}
	switch {
	case p.Code >= http.StatusBadRequest && !still:
		refused := c.refuse(&behavior.Refusal{Status: p.Code, Message: "the header Prefer asks for this answer",
			Hint: "leave the header out"})
		return &refused, named
	case wanted != nil && (still || p.Code != 0):
		status := wanted.Status
		if status < http.StatusContinue { // a class of them, or any
			status = cmp.Or(p.Code, op.SuccessStatus(false))
		}
		return &behavior.Answer{Status: status, ContentType: wanted.MediaType, Body: wanted.Example}, named
	case p.Dynamic != nil && *p.Dynamic && p.Code == 0:
		return nil, named
	}
	return nil, ""
}

// before waits as long as the answer is to wait, or until the caller is gone, and puts the
// headers in that are asked for.
func (f *forced) before(w http.ResponseWriter, q *http.Request) {
	if f.by == "" {
		return
	}
	for name, value := range f.fault.Headers {
		w.Header().Set(name, value)
	}
	took := f.delay
	if f.fault.Break == fault.Slow {
		chunks, pause := f.fault.Pieces()
		took += time.Duration(chunks) * pause
	}
	if took == 0 {
		return
	}
	const toWrite = 45 * time.Second
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(took + toWrite)) // a recorder of tests has none
	rest(q, f.delay)
}

func rest(q *http.Request, d time.Duration) {
	if d == 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-q.Context().Done():
	}
}

// write answers as the fault has it; true: the connection has to be given up.
func (c call) write(w http.ResponseWriter, f *forced, a behavior.Answer) (abort bool) {
	switch f.fault.Break {
	case fault.Reset, fault.Empty, fault.Garbage:
		return !breakOff(w, f.fault)
	case fault.Truncate:
		cut := a
		cut.Body = a.Body[:len(a.Body)/2]
		c.server.send(w, c.http, cut, len(a.Body))
		_ = http.NewResponseController(w).Flush()
		return true
	case fault.Slow:
		chunks, pause := f.fault.Pieces()
		chunks = min(chunks, max(len(a.Body), 1))
		step := (len(a.Body) + chunks - 1) / chunks
		first := a
		first.Body = nil
		c.server.send(w, c.http, first, len(a.Body))
		for i := 0; i < len(a.Body) && c.http.Method != http.MethodHead; i += step {
			rest(c.http, pause)
			_, _ = w.Write(a.Body[i:min(i+step, len(a.Body))]) // a client that went away needs no answer
			_ = http.NewResponseController(w).Flush()
		}
		return false
	}
	c.server.write(w, c.http, a)
	return false
}

// breakOff takes the connection from the server and spoils it; false where it can't be had.
func breakOff(w http.ResponseWriter, f fault.Fault) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	defer conn.Close() //nolint:errcheck // it is given up
	switch f.Break {
	case fault.Reset:
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // what is closed then is reset
		}
	case fault.Garbage:
		random := rand.New(rand.NewPCG(f.Seed, uint64(f.Used)))
		garbage := make([]byte, 256)
		for i := range garbage {
			garbage[i] = byte(random.Uint32()) | 0x80 // no letter of HTTP
		}
		_, _ = conn.Write(garbage)
	}
	return true
}
