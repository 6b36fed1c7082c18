package journal

import (
	"encoding/binary"
	"net/http"
	"slices"
	"time"
)

// Exchange is a request and its answer, as they went over the network. Nothing of it is
// held: what is kept is copied.
type Exchange struct {
	Request *http.Request
	Body    []byte
	Status  int
	Header  http.Header // of the answer
	Answer  []byte
	Ended   time.Time // by the server's clock
}

// Bounds of what is kept, in bytes: of one body, of the headers of one side, and of all
// requests of a world together. When the last is reached, the oldest requests keep what
// is in Entry alone.
const (
	mostBody    = 16 << 10
	mostHeaders = 8 << 10
	mostBytes   = 1 << 20
	firstBytes  = 16 << 10
)

// bytesRing holds the newest bytes in one piece of memory, so that what is kept of a
// request costs no allocation and nothing of the request stays in memory.
type bytesRing struct {
	all []byte
	end int64 // of all bytes that were ever written
}

// at gives bytes that were kept, nil when newer ones are in their place.
func (r *bytesRing) at(from, length int64) []byte {
	if length == 0 || from < r.end-int64(len(r.all)) {
		return nil
	}
	i := from % int64(len(r.all))
	return r.all[i : i+length]
}

// appendExchange puts an exchange into one text, which an unpacker takes apart again.
func appendExchange(to []byte, x Exchange) []byte {
	b := appendText(to, x.Request.RequestURI)
	b = appendText(b, x.Request.Host)
	b = append(b, secure(x.Request))
	b = appendHeaders(b, x.Request.Header)
	b = appendBody(b, x.Body)
	b = appendHeaders(b, x.Header)
	return appendBody(b, x.Answer)
}

func secure(q *http.Request) byte {
	if q.TLS != nil {
		return 1
	}
	return 0
}

// write puts a text that is shorter than the ring behind the last one, in one piece.
func (r *bytesRing) write(text []byte) int64 {
	for r.end+int64(len(text)) > int64(len(r.all)) && len(r.all) < mostBytes {
		more := make([]byte, max(firstBytes, 2*len(r.all)))
		copy(more, r.all)
		r.all = more
	}
	if left := int64(len(r.all)) - r.end%int64(len(r.all)); left < int64(len(text)) {
		r.end += left
	}
	from := r.end
	copy(r.all[from%int64(len(r.all)):], text)
	r.end += int64(len(text))
	return from
}

func appendText(to []byte, text string) []byte {
	text = text[:min(len(text), mostHeaders)]
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

func appendBody(to, body []byte) []byte {
	to = binary.AppendUvarint(to, uint64(len(body)))
	return append(to, body[:min(len(body), mostBody)]...)
}

// appendHeaders appends names and values until there are too many; an empty name ends them.
func appendHeaders(to []byte, headers http.Header) []byte {
	began := len(to)
	for name, values := range headers {
		for _, value := range values {
			if len(to)-began+len(name)+len(value) > mostHeaders || name == "" {
				continue
			}
			to = appendText(appendText(to, name), value)
		}
	}
	return appendText(to, "")
}

// unpacker takes apart what appendExchange has put together.
type unpacker struct{ rest []byte }

func (r *unpacker) number() int {
	n, size := binary.Uvarint(r.rest)
	r.rest = r.rest[size:]
	return int(n)
}

func (r *unpacker) text(length int) string {
	text := string(r.rest[:length])
	r.rest = r.rest[length:]
	return text
}

func (r *unpacker) next() string { return r.text(r.number()) }

func (r *unpacker) headers() http.Header {
	h := http.Header{}
	for name := r.next(); name != ""; name = r.next() {
		h[name] = append(h[name], r.next())
	}
	for _, values := range h {
		slices.Sort(values)
	}
	return h
}

func (r *unpacker) body() (text string, size int) {
	size = r.number()
	return r.text(min(size, mostBody)), size
}
