package mockserver

import (
	"crypto/tls"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"

	"rollcall/mockserver/admin"
)

// tagOfGzip ends the entity tag of a compressed answer, whose bytes are others.
const tagOfGzip = "-gzip"

// leastGzip is from where compressing is worth it, in bytes.
const leastGzip = 1400

// compressed gives a handler that compresses what is worth it, for callers who take it.
func compressed(h http.Handler) (http.Handler, error) {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(leastGzip), gzhttp.CompressionLevel(gzip.BestSpeed),
		gzhttp.SuffixETag(tagOfGzip),
		gzhttp.EnableZstd(false))
	if err != nil {
		return nil, err
	}
	return wrap(h), nil
}

// forwarded gives a request as a proxy in front of the mock has got it: its host and scheme
// are those of the links in answers.
func forwarded(q *http.Request) *http.Request {
	host, scheme := firstOf(q.Header.Get("X-Forwarded-Host")), firstOf(q.Header.Get("X-Forwarded-Proto"))
	if host == "" && scheme == "" {
		return q
	}
	own := *q
	if host != "" {
		own = *admin.Forwarded(q, host)
	}
	switch strings.ToLower(scheme) {
	case "https":
		own.TLS = &tls.ConnectionState{}
	case "http":
		own.TLS = nil
	}
	return &own
}

func firstOf(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.TrimSpace(first)
}

// baseOf is the address of the mock as a caller knows it.
func baseOf(q *http.Request) string {
	if q.TLS != nil {
		return "https://" + q.Host
	}
	return "http://" + q.Host
}
