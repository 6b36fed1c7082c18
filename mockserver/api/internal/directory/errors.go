package directory

import (
	"net/http"
	"strconv"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
)

// Errors renders errors in three shapes, as services do whose framework has an
// error of its own: none at all for want of a token or of rights, where a
// challenge tells; the service's {status, message, fields} for what the service
// itself refuses; the framework's {timestamp, status, error, path} otherwise.
type Errors struct {
	Lost      behavior.By // an unknown path is answered 404
	LostShape behavior.By // in the framework's shape
	Method    behavior.By // a method that the path does not have is answered 405
	Allow     behavior.By // with the methods that it has
}

// Render writes a refusal. One with Details is the service's own, and the
// details are its fields; so is one that a lookup of the operation answers.
func (e Errors) Render(c *behavior.Call, r *behavior.Refusal) behavior.Answer {
	switch {
	case r.Header.Get(challengeHeader) != "":
		return behavior.Answer{Status: r.Status, Header: r.Header}
	case c.Operation == nil:
		return e.unrouted(c, r)
	case r.Own || len(r.Details) > 0:
		return behavior.Answer{Status: r.Status, Header: r.Header, Body: service(r)}
	}
	return behavior.Answer{Status: r.Status, Header: r.Header, Body: framework(c, r.Status)}
}

func (e Errors) unrouted(c *behavior.Call, r *behavior.Refusal) behavior.Answer {
	a := behavior.Answer{Status: r.Status, Header: r.Header}
	lost := r.Status == http.StatusNotFound
	switch {
	case lost && !c.Holds(e.Lost), !lost && !c.Holds(e.Method):
		a.Status = http.StatusBadRequest
	case !lost && !c.Holds(e.Allow):
		a.Header = nil
	}
	a.Body = framework(c, a.Status)
	if lost && !c.Holds(e.LostShape) {
		a.Body = service(r)
	}
	return a
}

func service(r *behavior.Refusal) []byte {
	body := `{"status":` + strconv.Itoa(r.Status) + `,"message":` + rule.Text(r.Message)
	if len(r.Details) > 0 {
		body += `,"fields":` + string(r.Details)
	}
	return []byte(body + "}")
}

func framework(c *behavior.Call, status int) []byte {
	return []byte(`{"timestamp":"` + c.Now.UTC().Format("2006-01-02T15:04:05.000-07:00") + `","status":` + strconv.Itoa(status) +
		`,"error":` + rule.Text(http.StatusText(status)) + `,"path":` + rule.Text(c.Request.URL.EscapedPath()) + "}")
}
