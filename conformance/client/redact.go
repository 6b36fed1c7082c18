package client

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"rollcall/specs/secret"
)

// Shown is an Exchange fit for a report: no secret in it.
type Shown struct {
	Method, URL     string
	RequestHeaders  http.Header
	RequestBody     string
	Status          int
	ResponseHeaders http.Header
	ResponseBody    string

	loaded bool // the request has a body, if of no bytes
}

// Shown returns the exchange with its secrets replaced by $TOKEN: credential
// headers, JSON members and query parameters that name a password, secret or
// token, and every other place where one that is known turns up. Bodies are cut at
// most bytes, before anything is looked for in them: the work is bounded by what is
// shown, not by what a target sends.
func (e *Exchange) Shown(most int) Shown {
	body := e.Body
	if e.wire != nil {
		body = e.wire
	}
	return Shown{
		Method: e.Method, URL: e.url(),
		RequestHeaders:  e.headers(lasting(e.RequestHeader)),
		RequestBody:     e.body(e.RequestBody, most),
		Status:          e.Status,
		ResponseHeaders: e.headers(e.Header),
		ResponseBody:    e.body(body, most),
		loaded:          e.RequestBody != nil,
	}
}

// lasting leaves out the world of the case: it is gone when anybody reads this.
func lasting(h http.Header) http.Header {
	h = h.Clone()
	h.Del("Rollcall-World")
	return h
}

// Curl returns a shell line that repeats the request, with $TOKEN where the
// credential belongs.
func (s Shown) Curl() string {
	line := "curl -i -X " + s.Method
	for _, name := range slices.Sorted(maps.Keys(s.RequestHeaders)) {
		line += " -H " + quote(name+": "+strings.Join(s.RequestHeaders[name], ", "))
	}
	if s.loaded {
		line += " --data-binary " + quote(s.RequestBody)
	}
	return line + " " + quote(s.URL)
}

// String is one line about the exchange, for failure texts.
func (e *Exchange) String() string {
	if e.Err != nil {
		what := "no answer"
		if errors.As(e.Err, new(*Unread)) {
			what = "no answer that can be read"
		}
		return fmt.Sprintf("%s %s: %s: %s", e.Method, e.url(), what, e.secrets.Cut(secret.Query(e.Err.Error(), secret.Mark)))
	}
	return fmt.Sprintf("%s %s -> %d", e.Method, e.url(), e.Status)
}

func (e *Exchange) url() string { return e.secrets.Cut(secret.Query(e.URL, secret.Mark)) }

func (e *Exchange) headers(header http.Header) http.Header {
	shown := make(http.Header, len(header))
	for name, values := range header {
		for _, value := range values {
			shown[name] = append(shown[name], e.header(name, value))
		}
	}
	return shown
}

// header hides what a header of that name holds; a scheme before it is no secret.
func (e *Exchange) header(name, value string) string {
	if !secret.Named(name) {
		return e.secrets.Cut(secret.Query(value, secret.Mark))
	}
	part := secret.Part(value)
	if secret.Scheme(part) {
		return value // and no credential behind it, which is what a case is about
	}
	return strings.TrimSuffix(value, part) + secret.Mark
}

func (e *Exchange) body(body []byte, most int) string {
	length := len(body)
	return Clip(e.secrets.Cut(secret.Members(string(e.edge(body, most)), secret.Mark)), most, length)
}

// Fit makes a text about the exchange fit to be shown: no secret in it, and at most so
// many bytes.
func (e *Exchange) Fit(text string, most int) string {
	return Clip(e.secrets.Cut(string(e.edge([]byte(text), most))), most, len(text))
}

// edge cuts a text before anything is looked for in it, with room for a secret there.
// When what is in that room is hidden, it is cut once more.
func (e *Exchange) edge(text []byte, most int) []byte {
	const room = 2 << 10
	return text[:min(len(text), most+max(room, e.secrets.Longest()))]
}

// Clip cuts a text at most bytes, at a character, and says that the whole had so many.
func Clip(text string, most, whole int) string {
	if len(text) <= most && whole <= most {
		return text
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(text[:min(most, len(text))], ""), whole)
}

// quote puts text in single quotes for a POSIX shell, $TOKEN left to expand.
func quote(text string) string {
	text = strings.ReplaceAll(text, "'", `'\''`)
	return "'" + strings.ReplaceAll(text, secret.Mark, `'"$TOKEN"'`) + "'"
}
