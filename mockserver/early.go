package mockserver

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/engine"
)

// What is refused before a contract sees it is told in the contract's own shape all
// the same: a client knows no other.

// maxBody bounds what is read of a request, in bytes.
const maxBody = 1 << 20

// readBody gives the body of a request, or why there is none.
func readBody(q *http.Request) ([]byte, *behavior.Refusal) {
	if q.Body == nil || q.Body == http.NoBody {
		return nil, nil
	}
	var body []byte
	var err error
	if n := q.ContentLength; n > 0 && n <= maxBody {
		body = make([]byte, n)
		_, err = io.ReadFull(q.Body, body)
	} else {
		body, err = io.ReadAll(io.LimitReader(q.Body, maxBody+1))
	}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, unread(http.StatusRequestTimeout, "the body did not come in time", "send it faster, or a smaller one")
	case err != nil:
		return nil, unread(http.StatusBadRequest, "the body ended before it was whole",
			"send as many bytes as Content-Length says, or all chunks")
	case len(body) > maxBody:
		return nil, unread(http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is over %d bytes", maxBody), "send a smaller one")
	}
	return body, nil
}

func unread(status int, message, hint string) *behavior.Refusal {
	return &behavior.Refusal{Status: status, In: "body", Message: message + "; " + hint, Hint: hint}
}

func noWorld(id string) *behavior.Refusal {
	hint := "POST " + admin.Prefix + "/worlds makes one, GET lists them"
	return &behavior.Refusal{Status: http.StatusNotFound, In: "header", Pointer: "/" + WorldHeader, Hint: hint,
		Message: fmt.Sprintf("there is no world %.80q; %s", id, hint)}
}

// refuse answers for the contract what it does not get to see.
func (m *mount) refuse(s *Server, q *http.Request, u *universe, ref *behavior.Refusal, entry *entry) behavior.Answer {
	op, params, _ := m.find(q.Method, q.URL)
	if op != nil {
		entry.Operation = op.ID
	}
	return m.engine.Refuse(m.request(s, q, u, op, params, entry), ref)
}

// crash answers for a bug of ours, in the contract's shape as far as that is not
// the bug.
func (m *mount) crash(s *Server, q *http.Request, u *universe, entry *entry) (a behavior.Answer) {
	message := fmt.Sprintf("internal error; the log has it under journal id %d", entry.ID)
	defer func() {
		if recover() != nil {
			a = plain(http.StatusInternalServerError, message)
		}
	}()
	return m.refuse(s, q, u, &behavior.Refusal{Status: http.StatusInternalServerError, Message: message, Hint: "report it"}, entry)
}

// request is a call to the engine as far as it is known before the body.
func (m *mount) request(
	s *Server, q *http.Request, u *universe, op *behavior.Compiled, params behavior.Params, entry *entry,
) engine.Request {
	return engine.Request{
		HTTP: q, World: u.states[m.state()], Operation: op, Path: params, Now: u.now(s.config.Now), Born: u.start(),
		Seed: s.config.Seed, Server: u, NoAuth: s.config.NoAuth, Strict: s.config.Strict, Trace: &entry.Trace,
	}
}
