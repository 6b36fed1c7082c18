package mockserver

import (
	"net/url"
	"slices"
	"strings"

	"rollcall/fixtures"
	"rollcall/specs/contract"
)

// Personas lists who may call a contract that is served.
func (s *Server) Personas(contract string) []fixtures.Persona {
	for _, m := range s.mounts {
		if m.name == contract {
			return s.data[m.state()].Personas(contract)
		}
	}
	return nil
}

// Sample gives path and query of a call that the default persona may make: the
// first reading operation whose required parameters are all given records; optional
// ones that are given go along.
func (s *Server) Sample(name string) (string, bool) {
	for _, m := range s.mounts {
		if m.name != name {
			continue
		}
		given := s.data[m.state()].Given(name)
		for _, o := range m.plan.Contract.Operations {
			if m.plan.Contract.Behavior != nil { // what is given has the names of resources, not of parameters
				o = withoutQuery(o)
			}
			if path, ok := fill(o, given); ok && o.Method == "GET" && o.Secured {
				return path, true
			}
		}
	}
	return "", false
}

func fill(o *contract.Operation, given map[string]string) (string, bool) {
	path, query := o.Path, url.Values{}
	for _, p := range o.Parameters {
		value, ok := given[p.Name]
		if !ok && !p.Required && p.In != "path" {
			continue
		}
		if !ok {
			return "", false
		}
		if p.In == "path" {
			path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(value))
		} else {
			query.Set(p.Name, value)
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return path, true
}

// withoutQuery is the operation without the query parameters that may be left out.
func withoutQuery(o *contract.Operation) *contract.Operation {
	plain := *o
	plain.Parameters = slices.DeleteFunc(slices.Clone(o.Parameters),
		func(p *contract.Parameter) bool { return p.In != "path" && !p.Required })
	return &plain
}
