package mockserver

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/engine"
	"rollcall/mockserver/route"
	"rollcall/specs/contract"
)

// mount is one contract under its prefix: a plain value, which knows no server.
type mount struct {
	name   string
	prefix string // "" when it is served alone, at the root
	plan   *behavior.Plan
	engine *engine.Engine
	routes *route.Table
	odd    []*route.Odd // the more concrete first
}

// pathParams are the values that a route captured.
type pathParams route.Params

// Get gives a value, "" when the template has no such parameter.
func (p pathParams) Get(name string) string {
	v, _ := route.Params(p).Get(name)
	return v
}

func newMount(p *behavior.Plan, defects []defect.Defect, alone, strict bool) (*mount, error) {
	m := &mount{name: p.Contract.Name, plan: p, engine: engine.New(p, defects...)}
	if strict {
		m.engine.Declares = mutants.Declared(p)
	}
	if !alone {
		m.prefix = "/" + p.Contract.Name
	}
	var routes []route.Route
	for i, o := range p.Contract.Operations {
		one := route.Route{Method: o.Method, Template: o.Path, Value: i}
		if len(o.Query) == 0 && (route.Plain(o.Path) || p.Contract.Behavior == nil) {
			routes = append(routes, one)
			continue
		}
		odd, err := route.NewOdd(one, marks(o))
		if err != nil {
			return nil, err
		}
		m.odd = append(m.odd, odd)
	}
	slices.SortStableFunc(m.odd, func(a, b *route.Odd) int { return route.Before(a.Template, b.Template) })
	var err error
	m.routes, err = route.New(routes)
	return m, err
}

// matchOdd finds the odd route of a request, unless what the table found has the more concrete path.
func (m *mount) matchOdd(method string, u *url.URL, found route.Match) (*route.Odd, route.Params) {
	for _, odd := range m.odd {
		params, ok := odd.Match(method, u)
		if !ok {
			continue
		}
		if found.Outcome == route.Found && route.Before(m.plan.Contract.Operations[found.Value].Path, odd.Template) < 0 {
			break
		}
		return odd, params
	}
	return nil, nil
}

// marks are what the query of an operation must have, where that tells it from another one.
func marks(o *contract.Operation) map[string]string {
	all := map[string]string{}
	for _, mark := range o.Query {
		all[mark.Name] = mark.Value
	}
	return all
}

// allowed adds to what a table says of a method that a path does not have those of the odd routes of the path.
func (m *mount) allowed(match route.Match, method string, u *url.URL) route.Match {
	if match.Outcome == route.Found {
		return match
	}
	var methods []string
	for _, odd := range m.odd {
		if _, ok := odd.Match(odd.Method, u); ok {
			methods = append(methods, odd.Method)
		}
	}
	if len(methods) == 0 {
		return match
	}
	if match.Outcome = route.NotAllowed; method == http.MethodOptions {
		match.Outcome = route.Options
	}
	methods = append(methods, strings.FieldsFunc(match.Allow, func(r rune) bool { return r == ',' || r == ' ' })...)
	slices.Sort(methods)
	match.Allow = strings.Join(slices.Compact(methods), ", ")
	return match
}

// based takes the path of the document's first server off that of a request, which does without
// it as well.
func (m *mount) based(u *url.URL) *url.URL {
	rest, below := strings.CutPrefix(u.Path, m.plan.Contract.Base)
	if !below || m.plan.Contract.Base == "" || rest == "" || rest[0] != '/' {
		return u
	}
	own := *u
	own.Path, own.RawPath = rest, strings.TrimPrefix(u.RawPath, m.plan.Contract.Base)
	return &own
}

// mount finds the contract of a request and takes its prefix off the path.
func (s *Server) mount(q *http.Request) (*mount, *http.Request, bool) {
	for _, m := range s.mounts {
		if m.prefix == "" {
			return m, q, true
		}
		if rest, ok := strings.CutPrefix(q.URL.Path, m.prefix); ok && (rest == "" || rest[0] == '/') {
			return m, strip(q, m.prefix), true
		}
	}
	return nil, q, false
}

// mountNow is mount, for who does not go on with it.
func (s *Server) mountNow(q *http.Request) (*mount, *http.Request, bool) {
	s.enter()
	defer s.leave()
	return s.mount(q)
}

// newest is what has taken the place of a mount since its request came.
func (s *Server) newest(m *mount) *mount {
	for _, now := range s.mounts {
		if now.name == m.name {
			return now
		}
	}
	return m
}

// strip gives the request without a prefix of its path.
func strip(q *http.Request, prefix string) *http.Request {
	out, u := *q, *q.URL
	u.Path = strings.TrimPrefix(u.Path, prefix)
	u.RawPath = u.RawPath[spelt(u.RawPath, len(prefix)):]
	out.URL = &u
	return &out
}

// spelt is how many bytes of a path with its escapes are so many without.
func spelt(raw string, plain int) (n int) {
	for ; plain > 0 && n < len(raw); plain-- {
		if raw[n] == '%' {
			n += len("41")
		}
		n++
	}
	return min(n, len(raw))
}

// broken gives the mount with other defects.
func (m *mount) broken(defects []defect.Defect) *mount {
	b := *m
	b.engine = engine.New(m.plan, defects...)
	b.engine.Declares = m.engine.Declares
	return &b
}

func (m *mount) state() string {
	if m.plan.API.State != "" {
		return m.plan.API.State
	}
	return m.name
}

// find routes a request. Without an operation it says why, as a refusal; 204
// stands for an OPTIONS request, answered with what the path allows.
func (m *mount) find(method string, u *url.URL) (*behavior.CompiledOperation, behavior.Params, *behavior.Refusal) {
	u = m.based(u)
	match := m.routes.Match(method, u)
	if odd, params := m.matchOdd(method, u, match); odd != nil {
		return m.operation(odd.Value), pathParams(params), nil
	}
	match = m.allowed(match, method, u)
	switch match.Outcome {
	case route.Found:
		return m.operation(match.Value), pathParams(match.Params), nil
	case route.Options:
		return nil, pathParams(nil), &behavior.Refusal{Status: http.StatusNoContent, Header: http.Header{"Allow": {match.Allow}}}
	case route.NotAllowed:
		if op, params := m.servedByDefect(u); op != nil {
			return op, params, nil
		}
		return nil, pathParams(nil), &behavior.Refusal{Status: http.StatusMethodNotAllowed,
			Header:  http.Header{"Allow": {match.Allow}},
			Message: method + " is not allowed on " + u.Path, Hint: "the path allows " + match.Allow}
	}
	if op, params := m.slashByDefect(method, u); op != nil {
		return op, params, nil
	}
	return nil, pathParams(nil), &behavior.Refusal{Status: http.StatusNotFound,
		Message: "there is no path " + u.Path, Hint: "compare it with the paths of the document"}
}

// open tells whether a path is one that asks nobody for a credential.
func (m *mount) open(u *url.URL) bool {
	open := false
	u = m.based(u)
	for i, o := range m.plan.Contract.Operations {
		if match := m.routes.Match(o.Method, u); match.Outcome == route.Found && match.Value == i {
			if o.Secured {
				return false
			}
			open = true
		}
	}
	return open
}

// servedByDefect lets a "serve" defect answer a method that the path does not have.
func (m *mount) servedByDefect(u *url.URL) (*behavior.CompiledOperation, behavior.Params) {
	for i, o := range m.plan.Contract.Operations {
		if !m.engine.Serves(o.ID, "") {
			continue
		}
		if match := m.routes.Match(o.Method, u); match.Outcome == route.Found && match.Value == i {
			return m.operation(i), pathParams(match.Params)
		}
		for _, odd := range m.odd {
			if params, ok := odd.Match(o.Method, u); ok && odd.Value == i {
				return m.operation(i), pathParams(params)
			}
		}
	}
	return nil, nil
}

// slashByDefect lets a "serve" defect with the path "/" answer a path that has a slash
// too many at its end.
func (m *mount) slashByDefect(method string, u *url.URL) (*behavior.CompiledOperation, behavior.Params) {
	if !strings.HasSuffix(u.Path, "/") {
		return nil, nil
	}
	short := *u
	short.Path, short.RawPath = strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(u.RawPath, "/")
	match := m.routes.Match(method, &short)
	if match.Outcome != route.Found || !m.engine.Serves(m.plan.Contract.Operations[match.Value].ID, "/") {
		return nil, nil
	}
	return m.operation(match.Value), pathParams(match.Params)
}

func (m *mount) operation(i int) *behavior.CompiledOperation {
	op, _ := m.plan.Operation(m.plan.Contract.Operations[i].ID)
	return op
}
