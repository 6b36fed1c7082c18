package mockserver

import (
	"fmt"
	"maps"
	"strings"

	"rollcall/fixtures"
	"rollcall/mockserver/admin"
	"rollcall/specs/target"
)

// Target says what a suite may know of a contract that is served here: where it is,
// who may call, which records are given, where worlds are made. It is what GET
// /__admin/targets/<contract> answers. The base is the address at which the server
// listens, "http://127.0.0.1:4010"; a contract that is not served is an error.
func (s *Server) Target(contract, base string) (target.Target, error) {
	for _, m := range s.mounts {
		if m.name == contract {
			return s.target(m, strings.TrimSuffix(base, "/")), nil
		}
	}
	return target.Target{}, fmt.Errorf("contract %q is not served here; %s is", contract, strings.Join(s.served(), ", "))
}

// served lists the contracts by name, those with the longest prefix first.
func (s *Server) served() (names []string) {
	for _, m := range s.mounts {
		names = append(names, m.name)
	}
	return names
}

func (s *Server) target(m *mount, base string) target.Target {
	t := target.Target{
		Contract: m.name, URL: base + m.prefix, Reading: target.Strict, Worlds: base + admin.Prefix + "/worlds",
		Personas: map[string]target.Persona{}, Given: maps.Clone(s.data[m.state()].Given(m.name)),
	}
	if token := s.config.AdminToken; token != "" { // whoever asks over HTTP has shown it
		t.WorldHeaders = map[string]string{"Authorization": "Bearer " + token}
	}
	if s.variant.on("absent-nulls") {
		t.Reading = target.Accepting // the strict one wants every member there
	}
	for _, r := range m.plan.API.Resources {
		if name := r.Wrap.Loose; name != "" && s.variant.on(name) {
			t.Readings = append(t.Readings, name)
		}
	}
	for _, p := range s.data[m.state()].Personas(m.name) {
		if info, ok := s.withContract(p.Info, base); ok {
			t.Personas[p.Name] = target.Persona{Headers: maps.Clone(p.Headers), Info: info}
		}
	}
	return t
}

// withContract tells a caller of another contract, named in the persona's info, where that
// contract is. When it is not served, there is no such caller.
func (s *Server) withContract(info map[string]string, base string) (map[string]string, bool) {
	other, ok := info[fixtures.InfoContract]
	info = maps.Clone(info)
	if !ok {
		return info, true
	}
	for _, m := range s.mounts {
		if m.name == other {
			info[fixtures.InfoURL] = base + m.prefix
			return info, true
		}
	}
	return nil, false
}

// Persona gives a persona of a contract that is served.
func (s *Server) Persona(contract, name string) (fixtures.Persona, bool) {
	for _, m := range s.mounts {
		if m.name != contract {
			continue
		}
		for _, p := range s.data[m.state()].Personas(contract) {
			if p.Name == name {
				return p, true
			}
		}
	}
	return fixtures.Persona{}, false
}
