package journal

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// hidden stands where a secret was.
const hidden = "(hidden)"

const secretWords = `password|passwd|passphrase|passcode|pwd|secret|token|credential|` +
	`(?:api|access|private|session|signing)[_-]?key|session[_-]?id`

var (
	secretHeader = regexp.MustCompile(`(?i)^(?:proxy-)?authorization$|cookie|` + secretWords)
	secretMember = regexp.MustCompile(`(?i)("[^"]*(?:` + secretWords + `)[^"]*"\s*:\s*)` +
		`("(?:[^"\\]|\\.)*(?:"|\\?$)|-?[0-9][0-9.eE+-]*)`)
	secretField = regexp.MustCompile(`(?i)((?:^|[?&;])[^=&;?]*(?:` + secretWords + `)[^=&;?]*=)[^&;\s]*`)
)

// Secrets knows what must not be told: the credentials that there are, and members,
// fields and headers whose names say that they hold one.
type Secrets struct{ known *strings.Replacer }

// leastSecret is the length from which a credential is looked for in every text, in bytes.
const leastSecret = 6

// NewSecrets hides the headers by which callers are known, wherever they stand.
func NewSecrets(callers []map[string]string) Secrets {
	known := map[string]bool{}
	for _, headers := range callers {
		for name, value := range headers {
			if scheme, rest, ok := strings.Cut(value, " "); ok && !strings.ContainsAny(scheme, `=;,"`) {
				value = rest
			}
			if secretHeader.MatchString(name) && len(value) >= leastSecret {
				known[value] = true
			}
		}
	}
	var pairs []string
	for _, value := range slices.Backward(slices.Sorted(maps.Keys(known))) { // a longer one before its beginning
		pairs = append(pairs, value, hidden)
	}
	return Secrets{strings.NewReplacer(pairs...)}
}

func (s Secrets) text(text string) string {
	if s.known == nil {
		return text
	}
	return s.known.Replace(text)
}

func (s Secrets) query(uri string) string {
	return secretField.ReplaceAllString(s.text(uri), "${1}"+hidden)
}

// body hides in a text that may be cut short, and so is read as no document.
func (s Secrets) body(kind, body string) string {
	body = secretMember.ReplaceAllString(s.text(strings.ToValidUTF8(body, "\uFFFD")), `${1}"`+hidden+`"`)
	if strings.HasPrefix(kind, "application/x-www-form-urlencoded") {
		body = secretField.ReplaceAllString(body, "${1}"+hidden)
	}
	return body
}

func (s Secrets) headers(h http.Header) map[string][]string {
	told := make(map[string][]string, len(h))
	for name, values := range h {
		for _, v := range values {
			switch {
			case secretHeader.MatchString(name):
				v = hiddenPart(v)
			default:
				v = s.query(v)
			}
			told[name] = append(told[name], v)
		}
	}
	return told
}

// hiddenPart leaves the scheme of a credential, which is no secret.
func hiddenPart(value string) string {
	if scheme, _, ok := strings.Cut(value, " "); ok && !strings.ContainsAny(scheme, `=;,"`) {
		return scheme + " " + hidden
	}
	return hidden
}

func cutQuery(uri string) (path, query string, ok bool) { return strings.Cut(uri, "?") }
