package mockserver

import (
	"rollcall/fixtures"
	"rollcall/mockserver/admin"
)

func (s *Server) target(m *mount, base string) admin.Target {
	t := admin.Target{
		Contract: m.name, URL: base + m.prefix, Reading: "strict", Worlds: base + admin.Prefix + "/worlds",
		Personas: map[string]admin.Persona{}, Given: map[string]string{}, Destructive: true,
	}
	for _, p := range s.data[m.state()].Personas(m.name) {
		t.Personas[p.Name] = admin.Persona{Headers: p.Headers, Info: p.Info}
	}
	for k, v := range s.data[m.state()].Given(m.name) {
		t.Given[k] = v
	}
	return t
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
