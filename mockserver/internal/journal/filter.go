package journal

import (
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/mockserver/route"
	"rollcall/specs/format"
)

// Filter takes the requests that all of its conditions hold for.
type Filter []func(*Request) bool

// Takes tells whether all conditions hold for a request.
func (f Filter) Takes(q *Request) bool {
	return !slices.ContainsFunc(f, func(holds func(*Request) bool) bool { return !holds(q) })
}

// Unmatched takes the requests for which there was no operation.
func Unmatched(q *Request) bool { return q.Operation == "" }

// condition reads what a parameter asks for.
type condition func(value string) (func(*Request) bool, error)

// conditions are what a filter may ask for, by the name of the parameter.
func conditions() map[string]condition {
	return map[string]condition{
		"id":        numbered(func(q *Request, n int64) bool { return q.ID == n }),
		"after":     numbered(func(q *Request, n int64) bool { return q.ID > n }),
		"contract":  named(func(q *Request) string { return q.Contract }),
		"operation": named(func(q *Request) string { return q.Operation }),
		"persona":   named(func(q *Request) string { return q.Persona }),
		"method":    named(func(q *Request) string { return q.Method }),
		"status":    withStatus,
		"path":      onPath,
		"body":      withBody,
		"since":     timed(func(q *Request, t time.Time) bool { return !q.At.Before(t) }),
		"until":     timed(func(q *Request, t time.Time) bool { return !q.At.After(t) }),
	}
}

// Parameters lists the names of what ParseFilter knows.
func Parameters() []string {
	var names []string
	for name := range conditions() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// ParseFilter reads the conditions in a query; other parameters are left alone. The error
// says which parameter can't be read and how it is written.
func ParseFilter(query url.Values) (Filter, error) {
	var f Filter
	for name, read := range conditions() {
		value := query.Get(name)
		if value == "" {
			continue
		}
		holds, err := read(value)
		if err != nil {
			return nil, fmt.Errorf("%s is %.80q; %w", name, value, err)
		}
		f = append(f, holds)
	}
	return f, nil
}

func named(of func(*Request) string) condition {
	return func(value string) (func(*Request) bool, error) {
		any := strings.Split(value, ",")
		return func(q *Request) bool { return slices.Contains(any, of(q)) }, nil
	}
}

func numbered(holds func(*Request, int64) bool) condition {
	return func(value string) (func(*Request) bool, error) {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("give the id of a request, a whole number from 0 to %d", math.MaxInt64)
		}
		return func(q *Request) bool { return holds(q, n) }, nil
	}
}

func timed(holds func(*Request, time.Time) bool) condition {
	return func(value string) (func(*Request) bool, error) {
		t, ok := format.Instant(value)
		if !ok {
			return nil, fmt.Errorf("give a time as 2026-11-01T09:00:00Z, by the world's clock")
		}
		return func(q *Request) bool { return holds(q, t) }, nil
	}
}

var statuses = regexp.MustCompile(`^[1-5](?:[0-9][0-9]|xx)(?:,[1-5](?:[0-9][0-9]|xx))*$`)

// withStatus reads 404, or 4xx, or several behind commas.
func withStatus(value string) (func(*Request) bool, error) {
	if !statuses.MatchString(value) {
		return nil, fmt.Errorf("give statuses as 404 or 4xx, several with commas")
	}
	return func(q *Request) bool {
		code := strconv.Itoa(q.Status)
		wanted := strings.Split(value, ",")
		return slices.Contains(wanted, code) || slices.Contains(wanted, code[:1]+"xx")
	}, nil
}

// onPath reads a path as route.Glob does.
func onPath(value string) (func(*Request) bool, error) {
	on, err := route.Glob(value)
	return func(q *Request) bool { return on(q.Path) }, err
}

// withBody reads a JSONPath (RFC 9535) that the body must have something at, or with "="
// behind it the value that must be there: $.name, $.name=Ada.
func withBody(value string) (func(*Request) bool, error) {
	path, wanted, compared := value, "", false
	if i := strings.LastIndexByte(value, ']') + 1; strings.ContainsRune(value[i:], '=') {
		path, wanted, compared = strings.Cut(value[i:], "=")
		path = value[:i] + path
	}
	return atPath(path, func(found string) bool { return !compared || found == wanted })
}
