package mockserver

import (
	"maps"

	"rollcall/fixtures"
	"rollcall/mockserver/admin"
)

func (s *Server) target(m *mount, base string) admin.Target {
	t := admin.Target{
		Contract: m.name, URL: base + m.prefix, Reading: "strict", Worlds: base + admin.Prefix + "/worlds",
		Personas: map[string]admin.Persona{}, Given: map[string]string{},
	}
	if s.variant.on("absent-nulls") {
		t.Reading = "accepting" // the strict one wants every member there
	}
	for _, r := range m.plan.API.Resources {
		if name := r.Wrap.Loose; name != "" && s.variant.on(name) {
			t.Readings = append(t.Readings, name)
		}
	}
	for _, p := range s.data[m.state()].Personas(m.name) {
		if info, ok := s.met(p.Info, base); ok {
			t.Personas[p.Name] = admin.Persona{Headers: p.Headers, Info: info}
		}
	}
	for k, v := range s.data[m.state()].Given(m.name) {
		t.Given[k] = v
	}
	return t
}

// met tells a caller of another contract, named in the persona's info, where that
// contract is. When it is not served, there is no such caller.
func (s *Server) met(info map[string]string, base string) (map[string]string, bool) {
	other, ok := info[fixtures.InfoContract]
	if !ok {
		return info, true
	}
	for _, m := range s.mounts {
		if m.name == other {
			info = maps.Clone(info)
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
