package identity

import (
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"
)

// kind is the shape that an answer has on the wire.
type kind int

const (
	success     kind = iota // JSON
	noBody                  // nothing
	plainText               // words
	envelope                // an error that the service itself tells: status, message, fields
	frameError              // an error of the web framework: timestamp, status, error, path
	bearerError             // no or not enough credentials: a challenge, no body
)

// answer is what an operation or a check says, before it has bytes.
type answer struct {
	status    int
	kind      kind
	value     any
	message   string
	fields    []fieldError
	challenge string
	seedWords bool // the seed has words for this refusal
	header    http.Header
}

type fieldError struct{ kind, message, field string }

func ok(value any) *answer { return &answer{status: http.StatusOK, value: value} }

func nothing(status int) *answer { return &answer{status: status, kind: noBody} }

func unreadable(status int) *answer { return &answer{status: status, kind: frameError} }

func notFound(entity, field, value string) *answer {
	return &answer{status: http.StatusNotFound, kind: envelope,
		message: fmt.Sprintf("%s with %s of %s not found", entity, field, value)}
}

func (a *answer) with(name, value string) *answer {
	a.header = http.Header{name: {value}}
	return a
}

// words is what an error says to a person.
func (s *server) words(a *answer) string {
	if s.on("other-words") && a.kind == envelope {
		return otherWords()[a.status]
	}
	if a.message != "" {
		return a.message
	}
	return http.StatusText(a.status)
}

func otherWords() map[int]string {
	return map[int]string{
		http.StatusNotFound:            "There is no such user.",
		http.StatusGone:                "This user has left.",
		http.StatusUnauthorized:        "Username or password is wrong.",
		http.StatusBadRequest:          "Please check what you sent.",
		http.StatusUnprocessableEntity: "Please check what you sent.",
	}
}

// shape makes an error's media type and content: text as it is, anything else as JSON.
type shape func(s *server, c *call, a *answer) (string, any)

func shapes() map[string]shape {
	return map[string]shape{
		"": plainError,
		"error-text": func(s *server, _ *call, a *answer) (string, any) {
			return "text/plain;charset=UTF-8", s.words(a)
		},
		"error-html": func(s *server, _ *call, a *answer) (string, any) {
			return "text/html; charset=utf-8", "<!doctype html><title>" + http.StatusText(a.status) +
				"</title><h1>" + html.EscapeString(s.words(a)) + "</h1>"
		},
		"error-problem": func(s *server, c *call, a *answer) (string, any) {
			return "application/problem+json", object{{"type", "about:blank"}, {"title", http.StatusText(a.status)},
				{"status", s.errorStatus(a)}, {"detail", s.words(a)}, {"instance", c.r.URL.Path}}
		},
		"error-nested": func(s *server, _ *call, a *answer) (string, any) {
			return jsonType, object{{"error", object{{"code", code(a)}, {"message", s.words(a)}}}}
		},
		"error-list": func(s *server, _ *call, a *answer) (string, any) {
			return jsonType, []any{object{{"code", code(a)}, {"text", s.words(a)}}}
		},
		"error-description": func(s *server, _ *call, a *answer) (string, any) {
			return jsonType, object{{"error", strings.ToLower(code(a))}, {"error_description", s.words(a)}}
		},
		"error-empty":   func(*server, *call, *answer) (string, any) { return "", "" },
		"error-uniform": func(s *server, _ *call, a *answer) (string, any) { return jsonType, s.enveloped(a) },
		"error-vendor": func(s *server, _ *call, a *answer) (string, any) {
			return "application/vnd.error+json", s.enveloped(a)
		},
		"error-no-fields": func(s *server, c *call, a *answer) (string, any) {
			media, value := plainError(s, c, a)
			if a.kind == envelope && a.fields == nil {
				value = append(value.(object), member{"fields", []any{}})
			}
			return media, value
		},
	}
}

// shapeNames are the shapes' habits; they exclude each other.
func shapeNames() []string {
	return []string{
		"error-text", "error-html", "error-problem", "error-nested", "error-list", "error-description",
		"error-empty", "error-uniform", "error-vendor", "error-no-fields",
	}
}

func code(a *answer) string {
	return strings.ToUpper(strings.ReplaceAll(http.StatusText(a.status), " ", "_"))
}

// plainError has the two shapes of the fact sheet.
func plainError(s *server, c *call, a *answer) (string, any) {
	if a.kind == envelope {
		return jsonType, s.enveloped(a)
	}
	return jsonType, object{{"timestamp", s.timestamp()}, {"status", s.errorStatus(a)},
		{"error", http.StatusText(a.status)}, {"path", c.r.URL.Path}}
}

func (s *server) enveloped(a *answer) object {
	o := object{{"status", s.errorStatus(a)}, {"message", s.words(a)}}
	if a.fields == nil {
		return o
	}
	list := []any{}
	for _, f := range a.fields {
		list = append(list, object{{"type", f.kind}, {"message", f.message}, {"field", f.field}})
	}
	return append(o, member{"fields", list})
}

func (s *server) errorStatus(a *answer) any {
	if s.on("error-status-text") {
		return fmt.Sprint(a.status)
	}
	if s.on("error-status-exponent") {
		return literal(fmt.Sprintf("%de0", a.status))
	}
	return int64(a.status)
}

// timestamp is when a framework's error happened.
func (s *server) timestamp() any {
	now := time.Now().UTC()
	switch s.first("timestamp-seconds", "timestamp-micros", "timestamp-epoch") {
	case "timestamp-seconds":
		return now.Format("2006-01-02T15:04:05Z")
	case "timestamp-micros":
		return now.Format("2006-01-02T15:04:05.000000Z07:00")
	case "timestamp-epoch":
		return now.UnixMilli()
	}
	return now.Format("2006-01-02T15:04:05.000+00:00")
}
