package admin

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/julienschmidt/httprouter"

	"rollcall/specs/visible"
)

// send answers with a value as JSON that may be printed, and with its length.
func send(w http.ResponseWriter, status int, v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		status = http.StatusInternalServerError
		b.Reset()
		b.WriteString(`{"error":"the answer could not be written as JSON"}`)
	}
	raw(w, status, []byte(visible.JSON(b.String())))
}

func raw(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body) //nolint:errcheck // a client that went away needs no answer
}

// fail is the one shape of everything that is refused.
func fail(w http.ResponseWriter, status int, message string) {
	send(w, status, map[string]string{"error": message})
}

// bodiless answers HEAD as GET is answered, without the body (RFC 9110, 9.3.2).
func bodiless(h httprouter.Handle) httprouter.Handle {
	return func(w http.ResponseWriter, q *http.Request, ps httprouter.Params) { h(head{w}, q, ps) }
}

type head struct{ http.ResponseWriter }

// Write lets the body go.
func (head) Write(b []byte) (int, error) { return len(b), nil }
