package infer

import (
	"encoding/json"
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// describe fills the resource of a group that is its records' home.
func (r *reader) describe(g *group) {
	m := g.made
	m.Single = g.single
	if !g.sent {
		m.Schema = g.entity
	}
	m.Origin = r.origin(g)
	m.Parent = r.parent(g)
	if g.item != nil {
		m.ID = r.identify(g)
	}
	m.Soft = r.soft(g)
	if g.entity == nil {
		return
	}
	body := r.bodyOf(g)
	for _, p := range g.entity.Flat() {
		r.member(m, g, p, body)
	}
	for _, p := range members(body) {
		if _, answered := g.entity.Property(p.Name); !answered && p.Schema != nil && p.Schema.WriteOnly {
			m.Hidden = append(m.Hidden, p.Name)
		}
	}
}

func (r *reader) origin(g *group) contract.Origin {
	switch {
	case g.entity != nil && g.stem != "":
		return contract.Origin{Why: "component " + g.entity.Name + " at " + path(g.at), Confidence: sure}
	case g.entity != nil && !g.sent:
		return contract.Origin{Why: "a schema at " + path(g.at), Confidence: likely}
	}
	return contract.Origin{Why: "by the path " + path(g.at) + " alone", Confidence: guess}
}

// path is a place as it is written.
func path(p *place) string {
	text := ""
	for ; p != nil && p.up != nil; p = p.up {
		word := p.word
		if word == "" {
			word = "{" + strings.Join(p.keys, "}{") + "}"
		}
		text = "/" + word + text
	}
	return text
}

func members(s *contract.Schema) []*contract.Property {
	if s == nil {
		return nil
	}
	return s.Flat()
}

// bodyOf is what is sent to make one of the group's records, or else to change one.
func (r *reader) bodyOf(g *group) *contract.Schema {
	for _, op := range []*contract.Operation{g.at.op("POST"), g.item.op("PUT"), g.item.op("PATCH"), g.item.op("POST"),
		g.at.op("PUT"), g.at.op("PATCH")} {
		if of := r.sent(op, g.at.word); of.entity != nil {
			return of.entity
		}
	}
	return nil
}

func (r *reader) member(m *contract.Resource, g *group, p *contract.Property, body *contract.Schema) {
	s := concrete(p.Schema)
	if s == nil {
		return
	}
	_, sent := body.Property(p.Name)
	readOnly := s.ReadOnly || p.Schema.ReadOnly
	if s.WriteOnly || p.Schema.WriteOnly {
		m.Hidden = append(m.Hidden, p.Name)
	}
	name := plain(p.Name)
	if (r.created[name] || r.changed[name]) && isTime(s) && (readOnly || !sent) {
		at := contract.MemberStamp{Member: p.Name, Changed: r.changed[name], Origin: contract.Origin{Confidence: likely,
			Why: "by its name"}}
		if readOnly || strings.HasPrefix(s.Format, "date") {
			at.Confidence, at.Why = sure, "by its name and form, and nobody sends it"
		}
		m.Stamps = append(m.Stamps, at)
		return
	}
	of, _ := body.Property(p.Name)
	for _, s := range []*contract.Schema{of, p.Schema, concrete(of), s} {
		if s == nil || s.Default == nil {
			continue
		}
		if raw, err := json.Marshal(s.Default); err == nil && string(raw) != "{}" {
			m.Defaults = append(m.Defaults, contract.MemberValue{Member: p.Name, Value: raw,
				Origin: contract.Origin{Why: "the schema's default", Confidence: sure}})
			return
		}
	}
}

// isTime says whether a member may hold a time.
func isTime(s *contract.Schema) bool {
	return strings.HasPrefix(s.Format, "date") || s.Format == "unix-time" || s.Type == "integer" || s.Type == "number" ||
		s.Type == "string" && len(s.Enum) == 0
}

// parent is the record above, and the member that holds its id.
func (r *reader) parent(g *group) *contract.Parent {
	up := g.up
	if up == nil {
		return nil
	}
	p := &contract.Parent{Resource: up.made.Name, Keys: up.keys,
		Origin: contract.Origin{Why: "it stands below " + path(up.item), Confidence: sure}}
	if g.entity == nil || len(up.keys) != 1 {
		return p
	}
	one := strings.Join(r.one(up.at.word), "")
	all := map[string]string{}
	for _, m := range g.entity.Flat() {
		if of := concrete(m.Schema); !r.own(g, m.Name) && !isObject(of) && !isArray(of) {
			all[plain(m.Name)] = m.Name
		}
	}
	first, made := plain(up.keys[0]), plain(up.made.Name)
	for _, name := range []string{first, one + "id", made + "id", one + "gid", one + "sid", one, "parentid", "parent"} {
		if member, ok := all[name]; ok {
			p.Member = member
			return p
		}
	}
	return p
}

// own says whether a member may be the record's own id.
func (r *reader) own(g *group, member string) bool {
	return slices.Contains(r.ids, plain(member)) || len(g.keys) > 0 && plain(member) == plain(g.keys[len(g.keys)-1])
}

// soft says whether a list can show what was deleted.
func (r *reader) soft(g *group) *contract.Soft {
	op := g.at.op("GET")
	if op == nil || g.item == nil || !g.item.has("DELETE") {
		return nil
	}
	if p := query(op, softNames); p != nil && p.Schema != nil && p.Schema.Type == "boolean" {
		return &contract.Soft{
			Param:  p.Name,
			Origin: contract.Origin{Why: "a list can show what is deleted", Confidence: likely},
		}
	}
	return nil
}
