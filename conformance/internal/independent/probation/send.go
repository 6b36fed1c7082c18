package probation

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
)

// send puts an answer on the wire.
func (s *server) send(w http.ResponseWriter, r *http.Request, out rendered) {
	s.addHeaders(r, &out)
	if s.has("etag") && out.status == http.StatusOK && r.Method == http.MethodGet {
		sum := sha256.Sum256(out.body)
		tag := `"` + hex.EncodeToString(sum[:8]) + `"`
		out.header.Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			out.status, out.body = http.StatusNotModified, nil
			out.header.Del("Content-Type")
		}
	}
	if s.has("gzip-when-accepted") && len(out.body) > 0 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		out.body = zipped(out.body)
		out.header.Set("Content-Encoding", "gzip")
		out.header.Add("Vary", "Accept-Encoding")
	}
	s.deliver(w, out)
}

func (s *server) addHeaders(r *http.Request, out *rendered) {
	for _, h := range s.habits {
		for name, text := range h.header {
			out.header.Set(name, text)
		}
		if h.stamp != nil {
			h.stamp(s, r, out)
		}
	}
}

func (s *server) deliver(w http.ResponseWriter, out rendered) {
	bodiless := out.status == http.StatusNoContent || out.status == http.StatusNotModified
	chunked := s.has("chunked") && len(out.body) > 0
	if !bodiless && !chunked {
		out.header.Set("Content-Length", strconv.Itoa(len(out.body)))
	}
	if len(out.body) == 0 {
		w.Header()["Content-Type"] = nil // or the library would guess one
	}
	for name, texts := range out.header {
		// The library has to know the length, so its header keeps the usual spelling.
		if s.has("header-names-lower-case") && name != "Content-Length" {
			w.Header()[name] = nil
			name = strings.ToLower(name)
		}
		w.Header()[name] = texts
	}
	w.WriteHeader(out.status)
	if flusher, can := w.(http.Flusher); chunked && can {
		flusher.Flush()
	}
	if !bodiless {
		_, _ = w.Write(out.body)
	}
}

func zipped(body []byte) []byte {
	var buffer bytes.Buffer
	zip := gzip.NewWriter(&buffer)
	_, _ = zip.Write(body)
	_ = zip.Close()
	return buffer.Bytes()
}
