package contract

import (
	"io/fs"
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

// Property returns the member of that name, allOf included. Where several
// parts name it, the schema's own property wins, then the earliest part.
func (s *Schema) Property(name string) (*Schema, bool) {
	if s == nil {
		return nil, false
	}
	for _, p := range s.Properties {
		if p.Name == name {
			return p.Schema, true
		}
	}
	for _, part := range s.AllOf {
		if found, ok := part.Property(name); ok {
			return found, true
		}
	}
	return nil, false
}

// Flat lists the members of the schema with those of its allOf parts merged
// in: the parts' first, in document order, each name once.
func (s *Schema) Flat() []*Property {
	var all []*Property
	s.flatten(&all, map[string]int{})
	return all
}

func (s *Schema) flatten(all *[]*Property, at map[string]int) {
	if s == nil {
		return
	}
	for _, part := range s.AllOf {
		part.flatten(all, at)
	}
	for _, p := range s.Properties {
		if i, ok := at[p.Name]; ok {
			(*all)[i] = p
			continue
		}
		at[p.Name] = len(*all)
		*all = append(*all, p)
	}
}

// Every lists the members that some object of the schema may have: those of Flat, then those
// that only one of its anyOf or oneOf parts has.
func (s *Schema) Every() []*Property {
	var all []*Property
	s.gather(&all, map[string]int{}, map[*Schema]bool{})
	return all
}

func (s *Schema) gather(all *[]*Property, at map[string]int, seen map[*Schema]bool) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	s.flatten(all, at)
	for _, parts := range [][]*Schema{s.AllOf, s.AnyOf, s.OneOf} {
		for _, part := range parts {
			for _, p := range part.Every() {
				if _, ok := at[p.Name]; !ok {
					at[p.Name] = len(*all)
					*all = append(*all, p)
				}
			}
		}
	}
}

// IsRequired reports whether the schema, or a part of its allOf, requires the
// member of that name.
func (s *Schema) IsRequired(name string) bool {
	if s == nil {
		return false
	}
	if slices.Contains(s.Required, name) {
		return true
	}
	return slices.ContainsFunc(s.AllOf, func(part *Schema) bool { return part.IsRequired(name) })
}
