// Package route finds the operation of a request among OpenAPI path templates.
//
// It stands on httprouter, which refuses a parameter beside a literal or beside
// a parameter of another name. Templates that meet at such a place are merged
// into one pattern; what httprouter then finds is a leaf, and the leaf chooses
// between the templates that ended in it.
//
// It is no API: it serves the packages beside it, and may change with any version.
package route

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/julienschmidt/httprouter"
)

// anyMethod is the one method under which patterns are registered: a leaf tells
// the methods apart, because only it knows which templates match.
const anyMethod = "ANY"

// Route is one operation: requests with Method on Template lead to Value, which
// means nothing to this package (an index, as a rule).
type Route struct {
	Method, Template string
	Value            int
}

// Outcome says what a lookup came to.
type Outcome int

// The outcomes of a lookup.
const (
	NotFound   Outcome = iota // no template matches the path
	NotAllowed                // a template matches, but none with this method: see Match.Allow
	Options                   // OPTIONS on a known path without such an operation: see Match.Allow
	Found                     // see Match.Value and Match.Params
)

// Param is one path parameter: Key is its name in the template, Value is decoded.
type Param = httprouter.Param

// Params are the path parameters of a request in the order of the template.
type Params []Param

// Get returns the value of the parameter called name, and whether there is one.
func (p Params) Get(name string) (string, bool) {
	for i := range p {
		if p[i].Key == name {
			return p[i].Value, true
		}
	}
	return "", false
}

// Match is the answer to one lookup.
type Match struct {
	Value   int    // of the Route, when Found
	Params  Params // when Found; the caller's to keep
	Outcome Outcome
	Allow   string // when NotAllowed or Options: the path's methods, sorted, as the header wants them
}

// Table is a compiled set of routes. It is immutable and safe for concurrent use.
type Table struct {
	router *httprouter.Router
	fixed  map[string]*leaf // leaves without a wildcard, by their path
	leaves map[string]*leaf // the others, by their pattern
	inner  *strings.Replacer
	notes  []string
}

// Notes names the pairs of templates that match a common path with neither more
// specific than the other. OpenAPI leaves those to the tool; here the one with
// the leftmost literal wins. The order is stable.
func (t *Table) Notes() []string { return t.notes }

// Match finds the operation for method on u's path. HEAD is answered by the GET
// operation where there is none for HEAD. Nothing is cleaned or redirected: a
// trailing slash, an empty segment or a dot segment is taken as it stands, and
// %2F is part of a segment.
func (t *Table) Match(method string, u *url.URL) Match {
	path, escaped := u.Path, u.RawPath != ""
	if escaped {
		path = t.keepSlashes(u)
	}
	if l := t.fixed[path]; l != nil {
		return l.choose(method, nil)
	}
	identify, params, _ := t.router.Lookup(anyMethod, path)
	if identify == nil {
		return Match{}
	}
	identify(nil, nil, params)
	l := t.leaves[params[0].Key]
	if escaped {
		unescape(params)
	}
	return l.choose(method, Params(params))
}

// identify is the leaf's httprouter handle. A lookup hands over a function and
// the parameters; calling the function tells whose it is, by leaving the
// pattern as the key of the first parameter (there is one: fixed leaves are not
// registered, and choose puts the true keys in place).
func (l *leaf) identify(_ http.ResponseWriter, _ *http.Request, params httprouter.Params) {
	params[0].Key = l.pattern
}

// keepSlashes returns u's path with every segment decoded but for "%" and "/",
// so that a slash inside a segment is not taken for one between two.
func (t *Table) keepSlashes(u *url.URL) string {
	segments := strings.Split(sent(u), "/")
	for i, s := range segments {
		if decoded, err := url.PathUnescape(s); err == nil {
			segments[i] = t.inner.Replace(decoded)
		}
	}
	return strings.Join(segments, "/")
}

// sent is the path as it came. EscapedPath would write one anew that has a sign which belongs
// escaped, such as | or a quote, and lose which slashes were.
func sent(u *url.URL) string {
	if u.RawPath != "" {
		return u.RawPath
	}
	return u.EscapedPath()
}

// unescape undoes what keepSlashes left encoded.
func unescape(params httprouter.Params) {
	for i := range params {
		if decoded, err := url.PathUnescape(params[i].Value); err == nil {
			params[i].Value = decoded
		}
	}
}
