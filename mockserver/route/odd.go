package route

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Odd is a route that no table takes: a segment of its template is of text and parameters, or
// the path is another operation's, too, and its query tells them apart.
type Odd struct {
	Route
	Query map[string]string // what must be there; "" stands for any value

	path  *regexp.Regexp
	names []string
}

// Plain tells whether a table takes a template.
func Plain(template string) bool {
	_, err := parse(template)
	return err == nil
}

// NewOdd compiles the template: a parameter takes anything up to the next slash.
func NewOdd(r Route, query map[string]string) (*Odd, error) {
	o := &Odd{Route: r, Query: query}
	var pattern strings.Builder
	pattern.WriteByte('^')
	for rest := r.Template; rest != ""; {
		literal, after, found := strings.Cut(rest, "{")
		pattern.WriteString(regexp.QuoteMeta(literal))
		if !found {
			break
		}
		name, behind, _ := strings.Cut(after, "}")
		o.names = append(o.names, name)
		pattern.WriteString("([^/]+?)")
		rest = behind
	}
	pattern.WriteByte('$')
	var err error
	o.path, err = regexp.Compile(pattern.String())
	return o, err
}

// Before orders templates: at the first segment where one is more of text than the other, that one
// goes first.
func Before(a, b string) int {
	one, other := strings.Split(a, "/"), strings.Split(b, "/")
	for i := range min(len(one), len(other)) {
		if order := looseness(one[i]) - looseness(other[i]); order != 0 {
			return order
		}
	}
	return len(one) - len(other)
}

// looseness is least of a text, more of text and parameters, and most of one parameter alone.
func looseness(segment string) int {
	_, err := parseSegment(segment)
	switch {
	case !strings.Contains(segment, "{"):
		return 0
	case err != nil:
		return 1
	}
	return 2
}

// Match tells whether a request is this route's, and gives its path parameters.
func (o *Odd) Match(method string, u *url.URL) (Params, bool) {
	if method != o.Method && (method != http.MethodHead || o.Method != http.MethodGet) {
		return nil, false
	}
	found := o.path.FindStringSubmatch(sent(u))
	if found == nil {
		return nil, false
	}
	if len(o.Query) > 0 {
		sent := u.Query()
		for name, value := range o.Query {
			if !sent.Has(name) || value != "" && sent.Get(name) != value {
				return nil, false
			}
		}
	}
	params := make(Params, len(o.names))
	for i, name := range o.names {
		value, err := url.PathUnescape(found[i+1])
		if err != nil {
			value = found[i+1]
		}
		params[i] = Param{Key: name, Value: value}
	}
	return params, true
}
