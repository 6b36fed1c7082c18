package infer

import (
	"encoding/json"
	"strings"

	"rollcall/specs/contract"
)

// identify says which member names a record, and how a new one gets it.
func (r *reader) identify(g *group) contract.ID {
	id := r.idMember(g, g.keys[len(g.keys)-1])
	for _, key := range g.keys[:len(g.keys)-1] {
		id.Composite = append(id.Composite, r.keyPart(g, key))
	}
	s := r.idSchema(g, id.Member)
	body := r.bodyOf(g)
	var sent bool
	if body != nil && id.Member != "" {
		sent = body.IsRequired(id.Member)
		if _, ok := body.Property(id.Member); ok && !strings.HasSuffix(plain(id.Member), "id") {
			sent = true
		}
	}
	switch {
	case sent && !s.ReadOnly, r.upserted(g):
		id.Make = contract.MakeGiven
	case s.Format == "uuid" || s.Format == "guid":
		id.Make = contract.MakeUUID
	case s.Type == "integer" || s.Type == "number":
		id.Make = contract.MakeInteger
	case plain(id.Member) == "slug" && r.title(g) != "":
		id.Make, id.Of = contract.MakeSlug, r.title(g)
	default:
		id.Make, id.Prefix = r.look(g, id.Member)
		if letters := leading(s.Pattern); letters != "" {
			id.Prefix = letters
		}
	}
	return id
}

// upserted says whether a PUT makes the group's records.
func (r *reader) upserted(g *group) bool {
	op := g.item.op("PUT")
	return op != nil && r.put(op, g.item, g, "").verb == contract.VerbUpsert
}

// idSchema is the schema of the member, or else of the parameter.
func (r *reader) idSchema(g *group, member string) contract.Schema {
	if s := r.below(g.entity, member); s != nil {
		return *s
	}
	for _, op := range g.item.ops {
		for _, p := range op.Parameters {
			if p.In == "path" && p.Name == g.keys[len(g.keys)-1] && p.Schema != nil {
				return *concrete(p.Schema)
			}
		}
	}
	return contract.Schema{}
}

// below is the member at a path with dots, nil where there is none.
func (r *reader) below(s *contract.Schema, member string) *contract.Schema {
	for _, name := range strings.Split(member, ".") {
		next, ok := concrete(s).Property(name)
		if !ok {
			return nil
		}
		s = next
	}
	return concrete(s)
}

func bitOf(yes bool, one, other int) int {
	if yes {
		return one
	}
	return other
}

// title is the member that a slug is most likely made of.
func (r *reader) title(g *group) string {
	for _, name := range []string{"title", "name"} {
		for _, p := range members(g.entity) {
			if plain(p.Name) == name {
				return p.Name
			}
		}
	}
	return ""
}

// look is how the id in a documented example looks.
func (r *reader) look(g *group, member string) (way, prefix string) {
	example := r.example(g, member)
	if at := strings.LastIndexAny(example, "_-"); at > 0 && at < 12 && at < len(example)-1 && !isUUID(example) &&
		strings.Trim(strings.ToLower(example[:at]), "abcdefghijklmnopqrstuvwxyz_-") == "" {
		return contract.MakePrefix, example[:at+1]
	}
	switch {
	case isUUID(example):
		return contract.MakeUUID, ""
	case example != "" && strings.Trim(example, "0123456789") == "":
		return contract.MakePrefix, ""
	}
	return contract.MakePrefix, strings.ToLower(g.made.Name) + "-"
}

// leading are the letters with which a pattern wants a text to begin.
func leading(pattern string) string {
	rest, ok := strings.CutPrefix(pattern, "^")
	end := strings.IndexFunc(rest, func(c rune) bool { return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_' })
	if !ok || end < 1 || strings.ContainsAny(rest[end:end+1], "?*{") {
		return ""
	}
	return rest[:end]
}

func isUUID(text string) bool {
	return len(text) == 36 && strings.Count(text, "-") == 4 && strings.Trim(strings.ToLower(text), "0123456789abcdef-") == ""
}

// example is the id that a documented answer shows.
func (r *reader) example(g *group, member string) string {
	if member == "" {
		return ""
	}
	for _, op := range []*contract.Operation{g.item.op("GET"), g.at.op("POST"), g.item.op("PATCH"), g.item.op("PUT")} {
		if op == nil || answer(op) == nil || answer(op).Example == nil {
			continue
		}
		var value any
		if json.Unmarshal(answer(op).Example, &value) != nil {
			continue
		}
		of := r.told(op, g.at.word, true)
		for _, name := range strings.Split(strings.TrimPrefix(of.in+"."+member, "."), ".") {
			object, _ := value.(map[string]any)
			value = object[name]
		}
		if text, ok := value.(string); ok {
			return text
		}
	}
	return ""
}
