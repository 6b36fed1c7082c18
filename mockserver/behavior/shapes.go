package behavior

import (
	"net/http"
	"strconv"

	"rollcall/mockserver/rule"
)

// Shapes renders errors in three shapes, as services do whose framework has an
// error of its own: none at all for want of a token or of rights, where a
// challenge tells; the service's {status, message, fields} for what the service
// itself refuses; the framework's {timestamp, status, error, path} otherwise.
type Shapes struct {
	Lost      By // an unknown path is answered 404
	LostShape By // in the framework's shape
	Method    By // a method that the path does not have is answered 405
	Allow     By // with the methods that it has
}

// Render writes a refusal. One with Details is the service's own, and the
// details are its fields; so is one that a lookup of the operation answers.
func (s Shapes) Render(c *Call, r *Refusal) Answer {
	switch {
	case r.Header.Get(challengeHeader) != "":
		return Answer{Status: r.Status, Header: r.Header}
	case c.Operation == nil:
		return s.unrouted(c, r)
	case r.Own || len(r.Details) > 0:
		return Answer{Status: r.Status, Header: r.Header, Body: service(r)}
	}
	return Answer{Status: r.Status, Header: r.Header, Body: framework(c, r.Status)}
}

func (s Shapes) unrouted(c *Call, r *Refusal) Answer {
	a := Answer{Status: r.Status, Header: r.Header}
	lost := r.Status == http.StatusNotFound
	switch {
	case lost && !c.Holds(s.Lost), !lost && !c.Holds(s.Method):
		a.Status = http.StatusBadRequest
	case !lost && !c.Holds(s.Allow):
		a.Header = nil
	}
	a.Body = framework(c, a.Status)
	if lost && !c.Holds(s.LostShape) {
		a.Body = service(r)
	}
	return a
}

func service(r *Refusal) []byte {
	body := `{"status":` + strconv.Itoa(r.Status) + `,"message":` + rule.Text(r.Message)
	if len(r.Details) > 0 {
		body += `,"fields":` + string(r.Details)
	}
	return []byte(body + "}")
}

func framework(c *Call, status int) []byte {
	return []byte(`{"timestamp":"` + c.Now.UTC().Format("2006-01-02T15:04:05.000-07:00") + `","status":` + strconv.Itoa(status) +
		`,"error":` + rule.Text(http.StatusText(status)) + `,"path":` + rule.Text(c.Request.URL.EscapedPath()) + "}")
}
