package contract

import (
	"io/fs"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Names lists the contract folders of fsys, sorted: every directory at its top
// that holds an openapi.yaml.
func Names(fsys fs.FS) []string {
	found, err := fs.Glob(fsys, "*/"+documentFile)
	if err != nil {
		return nil // only a bad pattern errs, and this one is constant
	}
	names := make([]string, 0, len(found))
	for _, path := range found {
		names = append(names, path[:len(path)-len("/"+documentFile)])
	}
	sort.Strings(names)
	return names
}

// Operation returns the operation of that operationId.
func (c *Contract) Operation(id string) (*Operation, bool) {
	op, ok := c.operations[id]
	return op, ok
}

// Requirement returns the row of that id, of the catalogue or derived.
func (c *Contract) Requirement(id string) (*Requirement, bool) {
	r, ok := c.requirements[id]
	return r, ok
}

// Response returns the documented answer of that status: the one of the status itself,
// else of its class, else the default.
func (o *Operation) Response(status int) (*Response, bool) {
	for _, documented := range []int{status, status / 100, 0} {
		for _, r := range o.Responses {
			if r.Status == documented {
				return r, true
			}
		}
	}
	return nil, false
}

// Success returns the documented answer with the lowest 2xx status, else that of the
// class 2XX, else the default; nil when the operation documents none.
func (o *Operation) Success() *Response {
	if r := o.lowest(2); r != nil {
		return r
	}
	r, _ := o.Response(2)
	return r
}

// Answered returns the documented success or, where there is none, the redirection; nil when the operation documents
// neither.
func (o *Operation) Answered() *Response {
	if s := o.Success(); s != nil {
		return s
	}
	return o.redirection()
}

// redirection is the documented redirection with the lowest status, else that of the class 3XX, nil when there is none.
func (o *Operation) redirection() *Response {
	if r := o.lowest(3); r != nil {
		return r
	}
	if r, ok := o.Response(3); ok && r.Status == 3 {
		return r
	}
	return nil
}

// Redirects says whether the one way in which an operation answers well is to send its caller elsewhere.
func (o *Operation) Redirects() bool { return o.Success() == nil && o.redirection() != nil }

// SuccessStatus is the status of a success: the documented one, or that of a redirection where there is no
// other; where the document leaves it open, what HTTP has for a success that made something, or that has
// nothing to tell.
func (o *Operation) SuccessStatus(made bool) int {
	s := o.Success()
	switch redirection := o.redirection(); {
	case s != nil && s.Status >= http.StatusContinue:
		return s.Status
	case s == nil && redirection != nil && redirection.Status >= http.StatusContinue:
		return redirection.Status
	case s == nil && redirection != nil && o.Method == http.MethodGet:
		return http.StatusFound
	case s == nil && redirection != nil:
		return http.StatusSeeOther
	case made:
		return http.StatusCreated
	case o.Method == http.MethodDelete && (s == nil || s.MediaType == ""):
		return http.StatusNoContent
	}
	return http.StatusOK
}

// Code is the key of a response in its document: "200", "4XX" or "default".
func (r *Response) Code() string {
	switch {
	case r.Status == 0:
		return "default"
	case r.Status < 10:
		return strconv.Itoa(r.Status) + "XX"
	}
	return strconv.Itoa(r.Status)
}

// Judged returns the documented response by which an answer of that status to
// the operation is judged: the one of the status itself. Where the reading is not
// strict, a status that the document lacks but a row of the catalogue accepts of
// the operation stands for a documented one of its class: the row's own, else the
// lowest. A server error stands for nothing.
func (c *Contract) Judged(op *Operation, status int, strict bool) (*Response, bool) {
	if found, ok := op.Response(status); ok || status >= 500 {
		return found, ok
	}
	var stands *Response
	for _, q := range c.Requirements {
		if q.Check != "" || q.Expect.Status == 0 || !q.Expect.Allows(status, strict) || !slices.Contains(q.Operations, op.ID) {
			continue
		}
		if own, ok := op.Response(q.Expect.Status); ok && own.Status/100 == status/100 {
			return own, true
		}
		if stands == nil {
			stands = op.lowest(status / 100)
		}
	}
	return stands, stands != nil
}

// lowest returns the documented answer with the lowest status of a class, nil
// when there is none. Responses are in ascending order.
func (o *Operation) lowest(class int) *Response {
	for _, r := range o.Responses {
		if r.Status/100 == class {
			return r
		}
	}
	return nil
}

// Allows reports whether an answer of that status satisfies the expectation:
// strictly the one status, otherwise any accepted one. An expectation of no
// status allows every status.
func (e Expect) Allows(status int, strict bool) bool {
	if e.Status == 0 || status == e.Status {
		return true
	}
	return (e.Open || !strict) && (slices.Contains(e.Accept, status) || slices.Contains(e.Accept, status/100))
}

// Words says which statuses the expectation allows: "409", "400 or 422", "4xx".
func (e Expect) Words(strict bool) string {
	if strict && !e.Open || len(e.Accept) == 0 {
		return strconv.Itoa(e.Status)
	}
	words := make([]string, len(e.Accept))
	for i, status := range e.Accept {
		words[i] = strconv.Itoa(status)
		if status < 10 {
			words[i] += "xx"
		}
	}
	return strings.Join(words, " or ")
}

// All lists the schema and what its allOf is made of, down to the last part, each once and each
// before its own parts: a value must keep all of them. It is empty for none.
func (s *Schema) All() []*Schema {
	if s == nil {
		return nil
	}
	if len(s.AllOf) == 0 {
		return []*Schema{s}
	}
	u := unfolding{seen: map[*Schema]bool{}, below: func(s *Schema) [][]*Schema { return [][]*Schema{s.AllOf} }}
	u.add(s)
	return u.all
}

// Forms lists the schema and what its allOf, anyOf and oneOf are made of, as All does.
func (s *Schema) Forms() []*Schema {
	u := unfolding{seen: map[*Schema]bool{},
		below: func(s *Schema) [][]*Schema { return [][]*Schema{s.AllOf, s.AnyOf, s.OneOf} }}
	u.add(s)
	return u.all
}

// unfolding lists what schemas are made of. A part that several parts share would otherwise come
// as often as there are ways to it, which are twice as many at each level.
type unfolding struct {
	seen  map[*Schema]bool
	below func(*Schema) [][]*Schema
	all   []*Schema
}

func (u *unfolding) add(s *Schema) {
	if s == nil || u.seen[s] {
		return
	}
	u.seen[s] = true
	u.all = append(u.all, s)
	for _, parts := range u.below(s) {
		for _, part := range parts {
			u.add(part)
		}
	}
}

// Property returns the member of that name, allOf included. Where several
// parts name it, the schema's own property wins, then the earliest part.
func (s *Schema) Property(name string) (*Schema, bool) {
	if s == nil {
		return nil, false
	}
	if found, ok := s.own(name); ok || len(s.AllOf) == 0 {
		return found, ok
	}
	for _, part := range s.All()[1:] {
		if found, ok := part.own(name); ok {
			return found, true
		}
	}
	return nil, false
}

// index lets members be found by name without a look at each of the others, where they are many, and says whether it does.
func (s *Schema) index() bool {
	const many = 16
	if s.lazy == nil || len(s.Properties) < many {
		return false
	}
	s.lazy.namesOnce.Do(func() {
		s.lazy.named, s.lazy.must = make(map[string]*Schema, len(s.Properties)), make(map[string]bool, len(s.Required))
		for _, p := range s.Properties {
			s.lazy.named[p.Name] = p.Schema
		}
		for _, name := range s.Required {
			s.lazy.must[name] = true
		}
	})
	return true
}

// demands says whether the schema itself requires a member.
func (s *Schema) demands(name string) bool {
	if s.index() {
		return s.lazy.must[name]
	}
	return slices.Contains(s.Required, name)
}

func (s *Schema) own(name string) (*Schema, bool) {
	if s.index() {
		found, ok := s.lazy.named[name]
		return found, ok
	}
	for _, p := range s.Properties {
		if p.Name == name {
			return p.Schema, true
		}
	}
	return nil, false
}

// Flat lists the members of the schema with those of its allOf parts merged
// in: the parts' first, in document order, each name once.
func (s *Schema) Flat() []*Property {
	f := flattening{at: map[string]int{}, seen: map[*Schema]bool{}}
	f.add(s)
	return f.all
}

// flattening merges the members of parts, each part once.
type flattening struct {
	all   []*Property
	at    map[string]int
	seen  map[*Schema]bool
	first bool // of members with one name the first stays, not the last
}

func (f *flattening) add(s *Schema) {
	if s == nil || f.seen[s] {
		return
	}
	f.seen[s] = true
	for _, part := range s.AllOf {
		f.add(part)
	}
	for _, p := range s.Properties {
		if i, ok := f.at[p.Name]; ok {
			if !f.first {
				f.all[i] = p
			}
			continue
		}
		f.at[p.Name] = len(f.all)
		f.all = append(f.all, p)
	}
}

// Every lists the members that some object of the schema may have: those of Flat, then those
// that only one of its anyOf or oneOf parts has.
func (s *Schema) Every() []*Property {
	f := flattening{at: map[string]int{}, seen: map[*Schema]bool{}}
	f.add(s)
	f.first = true
	for _, form := range s.Forms() {
		f.add(form)
	}
	return f.all
}

// IsRequired reports whether the schema, or a part of its allOf, requires the
// member of that name.
func (s *Schema) IsRequired(name string) bool {
	if s == nil {
		return false
	}
	if s.demands(name) || len(s.AllOf) == 0 {
		return s.demands(name)
	}
	return slices.ContainsFunc(s.All()[1:], func(part *Schema) bool { return part.demands(name) })
}
