package volunteers

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// answer is what goes back: a body of members, or a text of another media type.
type answer struct {
	status      int
	body        obj
	wrong       obj // what was wrong, by member
	head        map[string]string
	media, text string
}

func fail(status int, message string) answer {
	return answer{status: status, body: obj{"message": message}}
}

// invalid is the answer to a body that breaks the rules of its members.
func (s *server) invalid(wrong obj) answer {
	a := fail(422, "422 Unprocessable Entity")
	if s.has("validation-400") {
		a = fail(400, "The given data was invalid")
	}
	if s.has("validation-412") {
		a = fail(412, "412 Precondition Failed")
	}
	a.wrong = wrong
	return a
}

// refusal is the answer to a deletion that a rule forbids.
func (s *server) refusal() answer {
	if s.has("rule-409") {
		return fail(409, "Conflict: the record has to stay")
	}
	return fail(403, "Unauthorized action")
}

// readable reads and checks the body of the operation, when it has one.
func readable(c *call) *answer {
	if c.op.fields == nil {
		return nil
	}
	media := c.r.Header.Get("Content-Type")
	if c.has("json-only") && !strings.Contains(strings.ToLower(media), "json") {
		a := fail(415, "415 Unsupported Media Type")
		return &a
	}
	body, _ := io.ReadAll(c.r.Body)
	if len(bytes.TrimSpace(body)) == 0 && c.has("no-body-is-empty") {
		body = []byte("{}")
	}
	if string(bytes.TrimSpace(body)) == "[]" && c.has("empty-list-is-empty") {
		body = []byte("{}")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&c.raw) != nil || c.raw == nil || d.Decode(new(any)) != io.EOF {
		a := fail(400, "The body is not a JSON object")
		return &a
	}
	if c.has("counters-unread") && c.res != nil && c.res.path == "email-addresses" {
		for _, name := range []string{"soft_bounces", "hard_bounces", "complaints"} {
			delete(c.raw, name)
		}
	}
	in, wrong := c.read(c.op.fields, c.raw, c.op.whole)
	if len(wrong) > 0 {
		a := c.invalid(wrong)
		return &a
	}
	c.in = in
	return nil
}

// dress gives an error its members.
func (s *server) dress(a *answer) {
	if a.body == nil || a.status < 400 {
		return
	}
	text := http.StatusText(a.status)
	if s.has("terse-messages") {
		a.body["message"] = text
	}
	if a.wrong != nil && !s.has("no-errors-map") {
		a.body["errors"] = s.errorList(a.wrong)
	}
	if s.has("problem-json") {
		a.media = "application/problem+json"
		a.body["type"], a.body["title"], a.body["status"] = "about:blank", text, a.status
	}
	switch {
	case s.has("errors-without-status"):
	case s.has("status-code-integer"):
		a.body["status_code"] = a.status
	default:
		a.body["status_code"] = strconv.Itoa(a.status)
	}
}

func (s *server) errorList(wrong obj) any {
	if !s.has("errors-listed") {
		return wrong
	}
	list := []any{}
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		list = append(list, obj{"field": name, "messages": wrong[name]})
	}
	return list
}

func mediaHabits() map[string]string {
	return map[string]string{
		"charset-json": "application/json;charset=UTF-8", "vendor-json": "application/x.uvol.v3+json",
		"upper-case-json": "Application/JSON", "hal-json": "application/hal+json",
	}
}

// deliver writes an answer in the spelling of the active habits.
func (s *server) deliver(w http.ResponseWriter, r *http.Request, a answer) {
	s.dress(&a)
	h := w.Header()
	if a.media == "" {
		a.media = "application/json"
		for habit, media := range mediaHabits() {
			if s.has(habit) {
				a.media = media
			}
		}
	}
	if s.has("request-ids") {
		h.Set("X-Request-Id", fmt.Sprintf("r-%08d", s.reads))
		if a.body != nil {
			a.body["request_id"] = fmt.Sprintf("r-%08d", s.reads)
		}
	}
	if a.body != nil {
		e := &encoder{server: s}
		e.value(a.body, 0)
		a.text = e.String()
	}
	for name, value := range a.head {
		h.Set(name, value)
	}
	for habit, header := range headerHabits() {
		if s.has(habit) {
			h.Set(header[0], header[1])
		}
	}
	s.send(w, r, a)
}

func headerHabits() map[string][2]string {
	return map[string][2]string{
		"cache-control": {"Cache-Control", "private, max-age=60, must-revalidate"}, "connection-close": {"Connection", "close"},
		"rate-headers": {"X-RateLimit-Remaining", "4999"}, "cors": {"Access-Control-Allow-Origin", "*"},
	}
}

func (s *server) send(w http.ResponseWriter, r *http.Request, a answer) {
	h := w.Header()
	if a.text == "" {
		w.WriteHeader(a.status)
		return
	}
	h.Set("Content-Type", a.media)
	if s.has("etags") && r.Method == "GET" && a.status == 200 {
		sum := fnv.New64a()
		_, _ = sum.Write([]byte(a.text))
		h.Set("ETag", fmt.Sprintf(`"%x"`, sum.Sum64()))
		if r.Header.Get("If-None-Match") == h.Get("ETag") {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	packed := s.has("gzip") && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
	if packed {
		h.Set("Content-Encoding", "gzip")
		h.Set("Vary", "Accept-Encoding")
	}
	w.WriteHeader(a.status)
	if r.Method == "HEAD" {
		return
	}
	if packed {
		z := gzip.NewWriter(w)
		defer z.Close()
		_, _ = io.WriteString(z, a.text)
		return
	}
	if half := len(a.text) / 2; s.has("chunked") {
		_, _ = io.WriteString(w, a.text[:half])
		_ = http.NewResponseController(w).Flush()
		a.text = a.text[half:]
	}
	_, _ = io.WriteString(w, a.text)
}

// encoder spells JSON, because much of its spelling is open.
type encoder struct {
	bytes.Buffer
	*server
}

func (e *encoder) value(v any, depth int) {
	switch t := v.(type) {
	case obj:
		e.object(t, depth)
	case []any:
		e.list(len(t), depth, func(i int) { e.value(t[i], depth+1) })
	case []obj:
		e.list(len(t), depth, func(i int) { e.value(t[i], depth+1) })
	case string:
		e.text(t)
	case time.Time:
		if e.has("offset-one-hour") {
			t = t.In(time.FixedZone("", 3600))
		}
		e.text(t.Format(e.timeForm()))
	case float64:
		e.number(t)
	default:
		raw, _ := json.Marshal(t)
		e.Write(raw)
	}
}

func (e *encoder) object(o obj, depth int) {
	keys := slices.Sorted(maps.Keys(o))
	if e.has("keys-reversed") {
		slices.Reverse(keys)
	}
	e.WriteByte('{')
	for i, k := range keys {
		e.gap(i, depth+1)
		e.text(k)
		e.WriteByte(':')
		if e.has("indented") {
			e.WriteByte(' ')
		}
		e.value(o[k], depth+1)
	}
	e.end(len(keys), depth, '}')
}

func (e *encoder) list(n, depth int, item func(int)) {
	e.WriteByte('[')
	for i := range n {
		e.gap(i, depth+1)
		item(i)
	}
	e.end(n, depth, ']')
}

func (e *encoder) gap(i, depth int) {
	if i > 0 {
		e.WriteByte(',')
	}
	if e.has("indented") {
		e.WriteString("\n" + strings.Repeat("    ", depth))
	}
}

func (e *encoder) end(n, depth int, mark byte) {
	if n > 0 && e.has("indented") {
		e.WriteString("\n" + strings.Repeat("    ", depth))
	}
	e.WriteByte(mark)
}

func (e *encoder) text(t string) {
	var b bytes.Buffer
	j := json.NewEncoder(&b)
	j.SetEscapeHTML(false)
	_ = j.Encode(t)
	out := strings.TrimSuffix(b.String(), "\n")
	if e.has("escaped-slashes") {
		out = strings.ReplaceAll(out, "/", `\/`)
	}
	if e.has("ascii-only") {
		out = asciiOnly(out)
	}
	e.WriteString(out)
}

func (e *encoder) number(x float64) {
	if e.has("exponents") {
		e.WriteString(strconv.FormatFloat(x, 'e', -1, 64))
		return
	}
	e.WriteString(strconv.FormatFloat(x, 'f', -1, 64))
}

func timeHabits() map[string]string {
	return map[string]string{
		"sql-times": time.DateTime, "offset-without-colon": "2006-01-02T15:04:05-0700",
		"milliseconds":        "2006-01-02T15:04:05.000Z07:00",
		"microseconds-offset": "2006-01-02T15:04:05.000000-07:00",
	}
}

func (e *encoder) timeForm() string {
	for habit, form := range timeHabits() {
		if e.has(habit) {
			return form
		}
	}
	return time.RFC3339Nano
}

// now is the time of a record: whole seconds, unless the server shows finer ones.
func (s *server) now() time.Time {
	if s.has("milliseconds") || s.has("microseconds-offset") {
		return time.Now().UTC()
	}
	return time.Now().UTC().Truncate(time.Second)
}

func asciiOnly(t string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(t)) {
		if unit < 128 {
			b.WriteByte(byte(unit))
		} else {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}
