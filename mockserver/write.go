package mockserver

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"

	"rollcall/mockserver/behavior"
)

// write is the one place that answers a request.
func (s *Server) write(w http.ResponseWriter, q *http.Request, a behavior.Answer) {
	s.send(w, q, a, len(a.Body))
}

// send writes an answer whose body has a length, of which less may come.
func (s *Server) send(w http.ResponseWriter, q *http.Request, a behavior.Answer, length int) {
	h := w.Header()
	for name, values := range a.Header {
		h[name] = values
	}
	line := make([]string, 3) // room for the values of the headers
	if length > 0 || a.ContentType != "" {
		line[0] = cmp.Or(a.ContentType, "application/json")
		h["Content-Type"] = line[:1:1]
	}
	if s.variant.headers {
		h.Set("X-Request-Id", "variant")
		h.Set("Cache-Control", "no-store")
	}
	chunked := s.variant.chunked && len(a.Body) > 1
	bodiless := a.Status == http.StatusNoContent || a.Status == http.StatusNotModified
	var text [40]byte
	both := strconv.AppendInt(text[:0], int64(length), 10) // one text for length and version
	digits := len(both)
	if a.Tag != 0 {
		both = appendTag(both, a.Tag)
	}
	if a.Tag != 0 || !chunked && !bodiless {
		line[1] = string(both)
	}
	if a.Tag != 0 {
		line[2] = line[1][digits:]
		h["Etag"] = line[2:]
	}
	if !chunked && !bodiless {
		line[1] = line[1][:digits]
		h["Content-Length"] = line[1:2:2]
	}
	w.WriteHeader(a.Status)
	if q.Method == http.MethodHead || len(a.Body) == 0 {
		return
	}
	if chunked {
		half := len(a.Body) / 2
		w.Write(a.Body[:half]) //nolint:errcheck // a client that went away needs no answer
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		a.Body = a.Body[half:]
	}
	w.Write(a.Body) //nolint:errcheck // as above
}

// plain is an answer of the server itself, before any contract is known.
func plain(status int, message string) behavior.Answer {
	body, _ := json.Marshal(map[string]any{"error": message}) //nolint:errchkjson // text always encodes
	return behavior.Answer{Status: status, Body: body}
}
