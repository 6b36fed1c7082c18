package tenants

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf16"
)

func (s *server) fail(status int, says string) *answer {
	return &answer{status: status, fault: says}
}

// notAcceptable refuses callers that do not want JSON.
func (s *server) notAcceptable(r *http.Request) *answer {
	accept := lower(r.Header.Get("Accept"))
	fits := accept == "" || strings.Contains(accept, "json") || strings.Contains(accept, "*/*") ||
		strings.Contains(accept, "application/*")
	if fits || !s.has("accept-strict") {
		return nil
	}
	return s.fail(406, "Only JSON is spoken here.")
}

func mediaTypes() map[string]string {
	return map[string]string{
		"charset-stated": "application/json; charset=utf-8", "charset-tight": "application/json;charset=UTF-8",
		"media-type-capitals": `Application/JSON; Charset="UTF-8"`, "vendor-media-type": "application/vnd.learners.user+json",
		"hal-media-type": "application/hal+json",
	}
}

// errorShapes give media type and body of an error; "" is the JSON type of the server.
func errorShapes() map[string]func(status int, says string) (string, any) {
	return map[string]func(status int, says string) (string, any){
		"errors-problem": func(status int, says string) (string, any) {
			return "application/problem+json", []member{
				{"type", "about:blank"}, {"title", http.StatusText(status)}, {"status", status},
				{"errors", []member{{"user", []any{says}}}},
			}
		},
		"errors-html": func(status int, says string) (string, any) {
			page := fmt.Sprintf("<html><body><h1>%d</h1><p>%s</p></body></html>", status, says)
			return "text/html; charset=utf-8", []byte(page)
		},
		"errors-text":  func(_ int, says string) (string, any) { return "text/plain; charset=utf-8", []byte(says + "\n") },
		"errors-empty": func(int, string) (string, any) { return "", nil },
		"errors-nested": func(status int, says string) (string, any) {
			return "", []member{{"error", []member{{"code", status}, {"details", []any{[]member{{"reason", says}}}}}}}
		},
		"errors-list":   func(_ int, says string) (string, any) { return "", []any{says} },
		"errors-string": func(_ int, says string) (string, any) { return "", says },
	}
}

func plainError(_ int, says string) (string, any) { return "", []member{{"message", says}} }

// write sends the answer with the headers and the spelling that the habits ask for.
func (s *server) write(w http.ResponseWriter, r *http.Request, a *answer) {
	media, value := "", a.body
	if a.fault != "" {
		media, value = pick(s, plainError, errorShapes())(a.status, a.fault)
	}
	if media == "" {
		media = pick(s, "application/json", mediaTypes())
	}
	body := s.spelled(value)
	if len(body) > 0 {
		w.Header().Set("Content-Type", media)
	}
	s.setHeaders(w.Header(), a)
	if s.unchanged(w, r, a, body) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.send(w, r, a.status, body)
}

func (s *server) send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	if s.has("gzip") && len(body) > 0 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		body = zipped(body)
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Vary", "Accept-Encoding")
	}
	chunked := s.has("chunked") && len(body) > 0 && r.Method != http.MethodHead
	if !chunked && status != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	half := 0
	if flusher, ok := w.(http.Flusher); ok && chunked {
		half = len(body) / 2
		_, _ = w.Write(body[:half])
		flusher.Flush()
	}
	_, _ = w.Write(body[half:])
}

func zipped(body []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(body)
	_ = z.Close()
	return out.Bytes()
}

// extraHeaders are headers that some products send with every answer.
func extraHeaders() map[string]map[string]string {
	return map[string]map[string]string{
		"connection-close": {"Connection": "close"},
		"no-store":         {"Cache-Control": "no-store, max-age=0", "Pragma": "no-cache"},
		"rate-headers":     {"X-RateLimit-Limit": "600", "X-RateLimit-Remaining": "599", "RateLimit-Policy": "600;w=60"},
		"cookie":           {"Set-Cookie": "affinity=web2; Path=/; HttpOnly; Secure; SameSite=Lax"},
		"link-header":      {"Link": `</help/users>; rel="help"`},
	}
}

func (s *server) setHeaders(h http.Header, a *answer) {
	for habit, list := range extraHeaders() {
		for name, value := range list {
			if s.has(habit) {
				h.Set(name, value)
			}
		}
	}
	for name, value := range a.header {
		h.Set(name, value)
	}
	if s.has("lower-case-headers") {
		h["x-request-id"] = []string{fmt.Sprintf("%08x", s.served)}
		h["strict-transport-security"] = []string{"max-age=31536000"}
	}
}

// unchanged tags a user that is read, and says whether the caller has it already.
func (s *server) unchanged(w http.ResponseWriter, r *http.Request, a *answer, body []byte) bool {
	if !s.has("etag") || a.status != 200 || r.Method != http.MethodGet {
		return false
	}
	sum := fnv.New64a()
	_, _ = sum.Write(body)
	tag := fmt.Sprintf(`W/"%x"`, sum.Sum64())
	w.Header().Set("ETag", tag)
	return r.Header.Get("If-None-Match") == tag
}

// spelled gives the bytes of a body; bytes stay as they are.
func (s *server) spelled(value any) []byte {
	if raw, ok := value.([]byte); ok {
		return raw
	}
	if value == nil {
		return nil
	}
	var out bytes.Buffer
	encode(&out, value)
	raw := out.Bytes()
	if s.has("json-indented") {
		var wide bytes.Buffer
		_ = json.Indent(&wide, raw, "", "    ")
		raw = append(wide.Bytes(), '\n')
	}
	if s.has("json-escaped") {
		raw = escaped(raw)
	}
	return raw
}

// encode writes ordered objects and lists itself and leaves the rest to the library.
func encode(out *bytes.Buffer, value any) {
	switch v := value.(type) {
	case []member:
		encodeEach(out, '{', '}', len(v), func(i int) {
			encode(out, v[i].name)
			out.WriteByte(':')
			encode(out, v[i].value)
		})
	case []any:
		encodeEach(out, '[', ']', len(v), func(i int) { encode(out, v[i]) })
	default:
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(v)
		out.Truncate(out.Len() - 1) // the library ends each value with a line feed
	}
}

func encodeEach(out *bytes.Buffer, start, end byte, n int, each func(int)) {
	out.WriteByte(start)
	for i := range n {
		if i > 0 {
			out.WriteByte(',')
		}
		each(i)
	}
	out.WriteByte(end)
}

// escaped spells slashes and all that is not ASCII with escapes, which only texts have.
func escaped(raw []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(raw) {
		switch {
		case r == '/':
			out.WriteString(`\/`)
		case r < 128:
			out.WriteRune(r)
		default:
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&out, `\u%04x`, unit)
			}
		}
	}
	return out.Bytes()
}
