package load

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/metrics"
	"strconv"
	"strings"
)

// NameHeader says which recorded answer a request asks a bare server for.
const NameHeader = "Rollcall-Load"

// Recorded is one answer that a bare server repeats, and which operation of which contract it is of.
type Recorded struct {
	Name      string
	Status    int
	Type      string
	Body      string
	Contract  string
	Operation string // "" where no body has to be checked
}

// Ready is an answer that is only to be written.
type Ready struct {
	status       int
	kind, length []string
	body         []byte
}

// NewReady makes an answer ready.
func NewReady(a Recorded) *Ready {
	return &Ready{a.Status, []string{a.Type}, []string{strconv.Itoa(len(a.Body))}, []byte(a.Body)}
}

// Write writes it.
func (a *Ready) Write(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Type"], h["Content-Length"] = a.kind, a.length
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // a client that went away needs no answer
}

// Bare is what no server on net/http can beat: it reads the request and writes
// recorded bytes.
func Bare(answers []Recorded) http.Handler {
	byName := map[string]*Ready{}
	for _, a := range answers {
		byName[a.Name] = NewReady(a)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.ContentLength > 0 {
			if _, err := io.Copy(io.Discard, q.Body); err != nil {
				return
			}
		}
		if a := byName[q.Header.Get(NameHeader)]; a != nil {
			a.Write(w)
			return
		}
		Health(w)
	})
}

// Health tells how often the process has allocated, as a mock's control API does.
func Health(w http.ResponseWriter) {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:objects"}}
	metrics.Read(sample)
	var health struct {
		Memory struct {
			Allocations uint64 `json:"allocations"`
		} `json:"memory"`
	}
	health.Memory.Allocations = sample[0].Value.Uint64()
	_ = json.NewEncoder(w).Encode(health) // as with Write
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
