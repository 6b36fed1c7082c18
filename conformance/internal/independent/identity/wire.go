package identity

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
)

const jsonType = "application/json"

// reply is an answer with its bytes.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (s *server) render(c *call, a *answer) reply {
	out := reply{status: a.status, header: http.Header{}}
	for name, values := range a.header {
		out.header[name] = values
	}
	media, content := s.content(c, a, out.header)
	if text, isText := content.(string); isText {
		out.body = []byte(text)
	} else {
		out.body = s.encoded(content)
		media = s.jsonMedia(media)
	}
	if len(out.body) > 0 {
		out.header.Set("Content-Type", media)
	}
	s.addHeaders(c, out)
	return out
}

// content gives an answer's media type, and its text or JSON value.
func (s *server) content(c *call, a *answer, h http.Header) (string, any) {
	switch a.kind {
	case success:
		return jsonType, a.value
	case noBody:
		return "", ""
	case plainText:
		return "text/plain;charset=UTF-8", a.message
	case bearerError:
		return s.refusal(c, a, h)
	}
	return shapes()[s.first(shapeNames()...)](s, c, a)
}

// refusal is the answer to a lack of credentials or authority: a challenge and no body.
func (s *server) refusal(c *call, a *answer, h http.Header) (string, any) {
	challenge := a.challenge
	if s.on("challenge-realm") {
		challenge = strings.Replace(challenge, "Bearer", `Bearer realm="identity",`, 1)
		challenge = strings.TrimSuffix(challenge, ",")
	}
	if !s.on("no-challenge") {
		h.Set("WWW-Authenticate", challenge)
	}
	switch {
	case s.on("seed-words-403") && a.seedWords:
		return "text/plain;charset=UTF-8", "Client role required: DELIUS_USER_AUTH"
	case s.on("refusal-envelope"):
		return jsonType, s.enveloped(a)
	}
	return "", ""
}

// mediaTypes are other ways to write the type of a JSON answer.
func mediaTypes() map[string]string {
	return map[string]string{
		"type-charset":       "application/json;charset=UTF-8",
		"type-spaced":        "application/json; charset=utf-8",
		"type-capitals":      "Application/JSON",
		"type-hal":           "application/hal+json",
		"type-vendor":        "application/vnd.probation-identity.v1+json",
		"type-vendor-params": `application/vnd.probation.user+json; version="1"; charset=UTF-8`,
	}
}

func (s *server) jsonMedia(media string) string {
	for name, other := range mediaTypes() {
		if media == jsonType && s.on(name) {
			return other
		}
	}
	return media
}

// headerHabits are headers that every answer has while their habit is active.
func headerHabits() map[string]map[string]string {
	return map[string]map[string]string{
		"no-store":         {"Cache-Control": "no-cache, no-store, max-age=0", "Pragma": "no-cache", "Expires": "0"},
		"short-cache":      {"Cache-Control": "private, max-age=5", "Vary": "Authorization"},
		"security-headers": {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "X-XSS-Protection": "0"},
		"connection-close": {"Connection": "close"},
		"link-header":      {"Link": `</v3/api-docs>; rel="service-desc"`},
		"cross-origin":     {"Access-Control-Allow-Origin": "*", "Vary": "Origin, Access-Control-Request-Method"},
		"rate-headers":     {"RateLimit-Limit": "5000", "RateLimit-Remaining": "4999", "RateLimit-Reset": "60"},
	}
}

func (s *server) addHeaders(c *call, out reply) {
	for habit, headers := range headerHabits() {
		for name, value := range headers {
			if s.on(habit) {
				out.header.Set(name, value)
			}
		}
	}
	if s.on("request-id") {
		out.header.Set("X-Request-Id", fmt.Sprintf("req-%d", s.reads))
	}
	if s.on("etag") && c.r.Method == http.MethodGet && out.status == http.StatusOK {
		out.header.Set("ETag", fmt.Sprintf(`W/"%x"`, sha256.Sum256(out.body))[:22]+`"`)
	}
}

// write sends a reply. Only a caller who asks for it gets a 304 or a packed body.
func (s *server) write(w http.ResponseWriter, r *http.Request, out reply) {
	tag := out.header.Get("ETag")
	if tag != "" && r.Header.Get("If-None-Match") == tag {
		out.status, out.body = http.StatusNotModified, nil
		out.header.Del("Content-Type")
	}
	if s.on("gzip") && len(out.body) > 0 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		out.body = packed(out.body)
		out.header.Set("Content-Encoding", "gzip")
		out.header.Add("Vary", "Accept-Encoding")
	}
	s.copyHeader(w.Header(), out.header)
	w.WriteHeader(out.status)
	s.send(w, out.body)
}

// send gives the body in one piece, or in two of which each is flushed.
func (s *server) send(w http.ResponseWriter, body []byte) {
	if flusher, can := w.(http.Flusher); can && s.on("chunked") && len(body) > 1 {
		w.Write(body[:len(body)/2])
		flusher.Flush()
		body = body[len(body)/2:]
	}
	if len(body) > 0 {
		w.Write(body)
	}
}

// copyHeader writes header names in small letters if asked to, as later protocols do.
func (s *server) copyHeader(to, from http.Header) {
	for name, values := range from {
		if s.on("lower-header-names") && name != "Connection" {
			to[name] = nil
			name = strings.ToLower(name)
		}
		to[name] = values
	}
}

func packed(body []byte) []byte {
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	zip.Write(body)
	zip.Close()
	return out.Bytes()
}
