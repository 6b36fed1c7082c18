package probation

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// answer is what a check or an operation decided, before it is spelt.
type answer struct {
	status  int
	header  http.Header
	value   any    // the JSON; nil for no body
	failed  bool   // 4xx with a body
	message string // of a failure; "" where the framework speaks, not the service
	refusal bool   // 401 and 403 of the token, without a body
}

func (a *answer) set(name, value string) {
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set(name, value)
}

func ok(value any) answer { return answer{status: http.StatusOK, value: value} }

func failure(status int, message string) *answer {
	return &answer{status: status, failed: true, message: message}
}

func notFound(entity, field, value string) answer {
	return *failure(http.StatusNotFound, fmt.Sprintf("%s with %s of %s not found", entity, field, value))
}

// rendered is an answer in bytes.
type rendered struct {
	status int
	header http.Header
	body   []byte
}

// render spells an answer: first faults and habits change its value, then its JSON, then its headers.
func (s *server) render(c *call, a answer) rendered {
	op := ""
	if c.route != nil {
		op = c.route.op
	}
	s.restate(op, &a)
	out := rendered{status: a.status, header: a.header}
	if out.header == nil {
		out.header = http.Header{}
	}
	media := ""
	switch {
	case a.failed, a.refusal && s.has("refusals-with-body"):
		media, out.body = s.spellFailure(c, a)
	case a.value != nil:
		media, out.body = s.spell(op, c, a.value)
	}
	if media != "" {
		out.header.Set("Content-Type", media)
	}
	if a.refusal && s.has("refusals-without-challenge") {
		out.header.Del("WWW-Authenticate")
	}
	return out
}

// restate changes the status where a switch says another one.
func (s *server) restate(op string, a *answer) {
	for _, f := range s.faults {
		if status := f.statusOf[op]; status != 0 && a.status == http.StatusOK {
			a.status = status
		}
	}
	before := a.status
	for _, h := range s.habits {
		if status := h.statuses[before]; status != 0 {
			a.status = status
		}
	}
}

func (s *server) spell(op string, c *call, value any) (string, []byte) {
	value = s.page(c, value)
	var edits []edit
	for _, h := range s.habits {
		edits = append(edits, h.edits...)
	}
	for _, f := range s.faults {
		edits = append(edits, f.edits...)
	}
	if s.has("links-as-asked") {
		edits = append(edits, linksAsAsked(c.request)...)
	}
	for _, e := range edits {
		value = e.apply(s, op, value)
	}
	return s.media(op), s.json(value)
}

// json is the spelling of a value: what is said for absent members, their order, blanks and escapes.
func (s *server) json(value any) []byte {
	var blank any = gone{}
	if s.has("nulls-sent") {
		blank = nil
	}
	if s.has("empty-texts-sent") {
		blank = ""
	}
	reorder := sameOrder
	for _, h := range s.habits {
		if h.reorder != nil {
			reorder = h.reorder
		}
	}
	body := encode(tidy(value, blank, reorder))
	for _, h := range s.habits {
		if h.respell != nil {
			body = h.respell(body)
		}
	}
	return body
}

func (s *server) media(op string) string {
	media := "application/json"
	for _, h := range s.habits {
		if h.media != "" && (h.mediaOp == "" || h.mediaOp == op) {
			media = h.media
		}
	}
	return media
}

func (s *server) spellFailure(c *call, a answer) (string, []byte) {
	for _, h := range s.habits {
		if h.failure != nil {
			return h.failure(s, a)
		}
	}
	body := object{}
	if a.message == "" {
		body = append(body, member{"timestamp", time.Now().UTC().Format("2006-01-02T15:04:05.000+00:00")})
	}
	body = append(body, member{"status", int64(a.status)})
	if a.message == "" {
		body = append(body, member{"error", http.StatusText(a.status)}, member{"path", c.request.URL.Path})
	} else {
		body = append(body, member{"message", s.wording(a)})
	}
	return s.media(""), s.json(body)
}

// wording is the text of a failure.
func (s *server) wording(a answer) string {
	if s.has("plain-wording") && a.status == http.StatusNotFound {
		return "We have no record of that."
	}
	if a.message != "" {
		return a.message
	}
	return http.StatusText(a.status)
}

// listItself is the path of an edit that looks at a list as one.
const listItself = "[]"

// edit changes the value of some operations' answers at one place.
type edit struct {
	ops, path string // "" is every operation, and the objects at the top
	change    func(s *server, value any) any
}

func (e edit) apply(s *server, op string, value any) any {
	if e.ops != "" && !strings.Contains(" "+e.ops+" ", " "+op+" ") {
		return value
	}
	if e.path == listItself {
		return e.change(s, value)
	}
	var path []string
	if e.path != "" {
		path = strings.Split(e.path, ".")
	}
	return amend(value, path, func(v any) any { return e.change(s, v) })
}
