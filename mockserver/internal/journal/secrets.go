package journal

import (
	"net/http"
	"strings"

	"rollcall/specs/secret"
)

// hidden stands where a secret was.
const hidden = "(hidden)"

// Secrets knows what must not be told: the credentials that there are, in whatever spelling a
// caller sends them, and members, fields and headers whose names say that they hold one.
type Secrets struct{ known *secret.Keeper }

// NewSecrets hides the headers by which callers are known, wherever they stand.
func NewSecrets(callers []map[string]string) Secrets {
	known := &secret.Keeper{Mark: hidden}
	for _, headers := range callers {
		for name, value := range headers {
			if secret.Named(name) {
				known.Header(name, value)
			}
		}
	}
	return Secrets{known}
}

func (s Secrets) text(text string) string { return s.known.Cut(text) }

func (s Secrets) query(uri string) string { return s.text(secret.Query(uri, hidden)) }

// body hides in a text that may be cut short, and so is read as no document.
func (s Secrets) body(kind, body string) string {
	body = s.text(secret.Text(strings.ToValidUTF8(body, "\uFFFD"), hidden))
	if strings.HasPrefix(kind, "application/x-www-form-urlencoded") || kind == "" && !strings.ContainsAny(body, "{<\n") {
		body = secret.Form(body, hidden)
	}
	return body
}

func (s Secrets) headers(h http.Header) map[string][]string {
	told := make(map[string][]string, len(h))
	for name, values := range h {
		for _, v := range values {
			if part := secret.Part(v); secret.Named(name) {
				v = strings.TrimSuffix(v, part) + hidden // the scheme is no secret
			} else {
				v = s.query(v)
			}
			told[s.text(name)] = append(told[s.text(name)], v)
		}
	}
	return told
}
