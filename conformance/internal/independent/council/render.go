package council

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
)

// problem is what went wrong, before it takes a shape.
type problem struct {
	status     int
	code, text string
	details    object
}

func fail(status int, code, text string, details ...member) *reply {
	return &reply{status: status, wrong: &problem{status, code, text, details}}
}

// welsh are the texts of the bilingual products, by code; the plan keeps its name.
func welsh() map[string]string {
	return map[string]string{
		"UNAUTHENTICATED": "Nid yw'r allwedd API yn ddilys", "FORBIDDEN": "Nid oes gennych yr hawl",
		"PRO_PLAN_REQUIRED": "Mae seddi gweithwyr achos yn gofyn am gynllun Pro", "NOT_FOUND": "Heb ei ganfod",
		"CONFLICT": "Mae\u2019r enw eisoes yn bod", "INVALID": "Data annilys", "MALFORMED": "Nid yw\u2019r corff yn JSON",
	}
}

// errorForms are the shapes of an error: the media type and the body.
func errorForms() map[string]func(p *problem) (string, any) {
	return map[string]func(p *problem) (string, any){
		"errors-problem": func(p *problem) (string, any) {
			return "application/problem+json", append(object{{"type", "about:blank"}, {"title", http.StatusText(p.status)},
				{"status", p.status}, {"detail", p.text}}, p.details...)
		},
		"errors-text": func(p *problem) (string, any) { return "text/plain; charset=utf-8", []byte(p.text + "\n") },
		"errors-html": func(p *problem) (string, any) {
			page := fmt.Sprintf("<!doctype html><title>%d</title><h1>%s</h1>", p.status, html.EscapeString(p.text))
			return "text/html; charset=utf-8", []byte(page)
		},
		"errors-nested": func(p *problem) (string, any) {
			return jsonType, object{{"error", object{{"code", p.code}, {"message", p.text}, {"details", p.details}}}}
		},
		"errors-list": func(p *problem) (string, any) {
			return jsonType, object{{"errors", []any{object{{"code", p.code}, {"detail", p.text}}}}}
		},
		"errors-empty": func(p *problem) (string, any) {
			if p.code == "PRO_PLAN_REQUIRED" { // the one refusal whose details are promised
				return plainError(p)
			}
			return "", []byte{}
		},
		"errors-details-null": func(p *problem) (string, any) {
			media, body := plainError(p)
			if len(p.details) == 0 {
				body = append(body.(object), member{"details", nil})
			}
			return media, body
		},
		"errors-details-list": func(p *problem) (string, any) {
			list := []any{}
			for _, d := range p.details {
				list = append(list, object{{"field", d.name}, {"message", d.value}})
			}
			return jsonType, object{{"error", p.text}, {"details", list}}
		},
	}
}

const jsonType = "application/json"

func plainError(p *problem) (string, any) {
	body := object{{"error", p.text}}
	if len(p.details) > 0 {
		body = append(body, member{"details", p.details})
	}
	return jsonType, body
}

// render turns a reply into bytes and their type.
func (s *server) render(rep *reply) ([]byte, string) {
	if rep.wrong == nil {
		if rep.body == nil {
			return nil, ""
		}
		return s.encode(rep.body), s.mediaType(jsonType)
	}
	p := *rep.wrong
	if words, found := welsh()[p.code]; found && s.on("errors-welsh") {
		p.text = words
	}
	if s.on("errors-terse") {
		p.text = p.code
	}
	form := plainError
	for _, name := range []string{"errors-details-null", "errors-details-list", "errors-problem", "errors-text", "errors-html",
		"errors-nested", "errors-list", "errors-empty"} {
		if s.on(name) {
			form = errorForms()[name]
		}
	}
	media, body := form(&p)
	if raw, isRaw := body.([]byte); isRaw {
		return raw, media
	}
	return s.encode(body), s.mediaType(media)
}

func (s *server) mediaType(media string) string {
	forms := map[string]string{"type-charset": "application/json;charset=UTF-8",
		"type-shouted": "Application/JSON; Charset=utf-8",
		"type-hal":     "application/hal+json",
		"type-vendor":  "application/vnd.casework.v1+json"}
	for name, form := range forms {
		if media == jsonType && s.on(name) {
			return form
		}
	}
	return media
}

// send writes the reply with the transport's habits.
func (s *server) send(w http.ResponseWriter, r *http.Request, rep *reply, body []byte, media string) {
	header := w.Header()
	for name, value := range rep.header {
		header.Set(name, value)
	}
	if media != "" {
		header.Set("Content-Type", media)
	}
	status := s.conditional(header, r, rep.status, body)
	if status == 304 {
		body = nil
	}
	s.decorate(header)
	body = s.packed(header, r, body)
	if len(body) > 0 && !s.on("chunked") {
		header.Set("Content-Length", itoa(len(body)))
	}
	if s.on("headers-lower") {
		lowered(header)
	}
	w.WriteHeader(status)
	if r.Method != "HEAD" {
		s.pour(w, body)
	}
}

// conditional adds the validator and answers 304 to those who ask.
func (s *server) conditional(header http.Header, r *http.Request, status int, body []byte) int {
	if !s.on("etags") || status != 200 || (r.Method != "GET" && r.Method != "HEAD") {
		return status
	}
	mark := `"` + digest(string(body), 0)[:16] + `"`
	header.Set("ETag", mark)
	if r.Header.Get("If-None-Match") == mark {
		return 304
	}
	return status
}

func (s *server) decorate(header http.Header) {
	for habit, pair := range map[string][2]string{
		"cache-control":     {"Cache-Control", "private, max-age=0, must-revalidate"},
		"connection-close":  {"Connection", "close"},
		"rate-headers":      {"X-RateLimit-Remaining", "97"},
		"security-headers":  {"Strict-Transport-Security", "max-age=31536000"},
		"request-id-header": {"X-Request-Id", strconv.FormatInt(time.Now().UnixNano(), 36)},
	} {
		if s.on(habit) {
			header.Set(pair[0], pair[1])
		}
	}
}

func (s *server) packed(header http.Header, r *http.Request, body []byte) []byte {
	if !s.on("gzip") || len(body) == 0 || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return body
	}
	var small bytes.Buffer
	packer := gzip.NewWriter(&small)
	packer.Write(body) // a buffer takes everything
	packer.Close()
	header.Set("Content-Encoding", "gzip")
	header.Set("Vary", "Accept-Encoding")
	return small.Bytes()
}

// lowered spells the names small, but for those that the library itself reads.
func lowered(header http.Header) {
	for name, values := range header {
		if name == "Content-Length" || name == "Connection" || name != http.CanonicalHeaderKey(name) {
			continue
		}
		header[strings.ToLower(name)] = values
		header[name] = nil
	}
}

// pour writes the body at once or in two chunks.
func (s *server) pour(w http.ResponseWriter, body []byte) {
	flusher, able := w.(http.Flusher)
	if half := len(body) / 2; s.on("chunked") && able && half > 0 {
		w.Write(body[:half])
		flusher.Flush()
		body = body[half:]
	}
	w.Write(body)
}

// encode writes JSON in the product's spelling.
func (s *server) encode(value any) []byte {
	e := &encoder{s: s}
	e.value(value, 1)
	if s.on("json-indented") {
		return []byte("\n" + e.out.String() + "\n")
	}
	return []byte(e.out.String())
}

type encoder struct {
	s   *server
	out strings.Builder
}

func (e *encoder) value(value any, depth int) {
	switch v := value.(type) {
	case nil:
		e.out.WriteString("null")
	case bool:
		e.out.WriteString(strconv.FormatBool(v))
	case string:
		e.text(v)
	case int:
		e.number(float64(v))
	case float64:
		e.number(v)
	case []any:
		e.list('[', ']', len(v), depth, func(i int) { e.value(v[i], depth+1) })
	case object:
		v = e.ordered(v)
		e.list('{', '}', len(v), depth, func(i int) {
			e.text(v[i].name)
			e.out.WriteByte(':')
			e.value(v[i].value, depth+1)
		})
	}
}

func (e *encoder) ordered(o object) object {
	o = slices.Clone(o)
	if e.s.on("members-sorted") {
		slices.SortFunc(o, func(a, b member) int { return strings.Compare(a.name, b.name) })
	}
	if e.s.on("members-reversed") {
		slices.Reverse(o)
	}
	return o
}

func (e *encoder) list(open, end byte, n, depth int, item func(int)) {
	e.out.WriteByte(open)
	for i := range n {
		if i > 0 {
			e.out.WriteByte(',')
		}
		e.line(depth)
		item(i)
	}
	if n > 0 {
		e.line(depth - 1)
	}
	e.out.WriteByte(end)
}

func (e *encoder) line(depth int) {
	if e.s.on("json-indented") {
		e.out.WriteString("\r\n" + strings.Repeat("\t", depth))
	}
}

func (e *encoder) number(v float64) {
	words := strconv.FormatFloat(v, 'f', -1, 64)
	switch {
	case e.s.on("json-exponents"):
		words = strconv.FormatFloat(v, 'e', -1, 64)
	case e.s.on("json-floats") && !strings.Contains(words, "."):
		words += ".0"
	}
	e.out.WriteString(words)
}

// text escapes what has to be, and with the habits also slashes and everything but ASCII, or all letters.
func (e *encoder) text(words string) {
	e.out.WriteByte('"')
	for _, r := range words {
		escaped := e.s.on("json-escaped")
		switch {
		case r == '"' || r == '\\' || r == '/' && escaped:
			e.out.WriteString(`\` + string(r))
		case r < ' ' || r > '~' && r < 1<<16 && escaped || unicode.IsLetter(r) && r < 1<<16 && e.s.on("json-letters-escaped"):
			fmt.Fprintf(&e.out, `\u%04x`, r)
		case r >= 1<<16 && escaped:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&e.out, `\u%04x\u%04x`, high, low)
		default:
			e.out.WriteRune(r)
		}
	}
	e.out.WriteByte('"')
}
