package load

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// NameHeader says which recorded answer a request asks a bare server for.
const NameHeader = "Rollcall-Load"

// Recorded is one answer that a bare server repeats.
type Recorded struct {
	Name   string
	Status int
	Type   string
	Body   string
}

// Bare is what no server on net/http can beat: it reads the request and writes
// recorded bytes.
func Bare(answers []Recorded) http.Handler {
	type ready struct {
		status       int
		kind, length []string
		body         []byte
	}
	byName := map[string]ready{}
	for _, a := range answers {
		byName[a.Name] = ready{a.Status, []string{a.Type}, []string{strconv.Itoa(len(a.Body))}, []byte(a.Body)}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.ContentLength > 0 {
			if _, err := io.Copy(io.Discard, q.Body); err != nil {
				return
			}
		}
		a, ok := byName[q.Header.Get(NameHeader)]
		if !ok {
			http.NotFound(w, q)
			return
		}
		h := w.Header()
		h["Content-Type"], h["Content-Length"] = a.kind, a.length
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body) // a client that went away needs no answer
	})
}

// Wire writes a request as it goes over the connection.
func Wire(method, target, host string, headers []string, body string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, target, host)
	for _, h := range headers {
		b.WriteString(h + "\r\n")
	}
	if body != "" {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	return []byte(b.String() + "\r\n" + body)
}

// Listen takes a free port on the loopback address.
func Listen() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }
