package client

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// redacted stands where a secret was. As a shell variable it lets a curl line be
// repeated by whoever has the credential.
const redacted = "$TOKEN"

var (
	secretHeader = regexp.MustCompile(`(?i)^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-api-token)$`)
	secretMember = regexp.MustCompile(`(?i)("[^"]*(?:password|secret|token)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*)`)
	secretQuery  = regexp.MustCompile(`(?i)([?&][^=&]*(?:password|secret|token)[^=&]*=)[^&]*`)
)

// Shown is an Exchange fit for a report: no secret in it.
type Shown struct {
	Method, URL     string
	RequestHeaders  http.Header
	RequestBody     string
	Status          int
	ResponseHeaders http.Header
	ResponseBody    string
}

// Shown returns the exchange with its secrets replaced by $TOKEN: credential
// headers, JSON members and query parameters that name a password, secret or
// token, and every other place where the credential's value turns up.
func (e *Exchange) Shown() Shown {
	body := e.Body
	if e.wire != nil {
		body = e.wire
	}
	return Shown{
		Method: e.Method, URL: e.hide(secretQuery.ReplaceAllString(e.URL, "${1}$$TOKEN")),
		RequestHeaders:  e.headers(lasting(e.RequestHeader)),
		RequestBody:     e.body(e.RequestBody),
		Status:          e.Status,
		ResponseHeaders: e.headers(e.Header),
		ResponseBody:    e.body(body),
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
func (e *Exchange) Curl() string {
	shown := e.Shown()
	line := "curl -i -X " + shown.Method
	for _, name := range slices.Sorted(maps.Keys(shown.RequestHeaders)) {
		line += " -H " + quote(name+": "+strings.Join(shown.RequestHeaders[name], ", "))
	}
	if e.RequestBody != nil {
		line += " --data-binary " + quote(shown.RequestBody)
	}
	return line + " " + quote(shown.URL)
}

// String is one line about the exchange, for failure texts.
func (e *Exchange) String() string {
	shown := e.Shown()
	if e.Err != nil {
		return fmt.Sprintf("%s %s: no answer: %s", shown.Method, shown.URL, e.hide(e.Err.Error()))
	}
	return fmt.Sprintf("%s %s -> %d", shown.Method, shown.URL, e.Status)
}

func (e *Exchange) headers(header http.Header) http.Header {
	shown := make(http.Header, len(header))
	for name, values := range header {
		for _, value := range values {
			if secretHeader.MatchString(name) {
				value = strings.TrimSuffix(value, secretPart(value)) + redacted
			}
			shown[name] = append(shown[name], e.hide(value))
		}
	}
	return shown
}

func (e *Exchange) body(body []byte) string { return e.hide(Redacted(body)) }

// Redacted returns a JSON body with $TOKEN in place of each member that names a
// password, secret or token.
func Redacted(body []byte) string {
	return secretMember.ReplaceAllString(string(body), `${1}"$$TOKEN"`)
}

// hide replaces the credential's value wherever it turns up, so that a target
// that echoes it doesn't carry it into a report.
func (e *Exchange) hide(text string) string {
	for _, secret := range e.secrets {
		if len(secret) >= 6 { // a shorter one would blank ordinary words
			text = strings.ReplaceAll(text, secret, redacted)
		}
	}
	return text
}

// secretPart returns a header value without its scheme word ("Bearer ").
func secretPart(value string) string {
	if _, rest, found := strings.Cut(value, " "); found {
		return rest
	}
	return value
}

// quote puts text in single quotes for a POSIX shell, $TOKEN left to expand.
func quote(text string) string {
	text = strings.ReplaceAll(text, "'", `'\''`)
	return "'" + strings.ReplaceAll(text, redacted, `'"$TOKEN"'`) + "'"
}
