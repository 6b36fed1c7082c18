package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// idMember finds the member of a group's records that a parameter of the path names.
func (r *reader) idMember(g *group, param string) contract.ID {
	if g.entity == nil || g.sent {
		return contract.ID{Member: "id",
			Origin: contract.Origin{Why: "no schema shows it; mostly it is called id", Confidence: guess}}
	}
	key, all := plain(param), r.flat(g.entity)
	for _, row := range r.keyRows(g, key) {
		if m, ok := all[row.member]; ok && row.member != "" {
			return contract.ID{Member: m, Origin: contract.Origin{Why: row.why, Confidence: row.sure}}
		}
	}
	return contract.ID{Origin: contract.Origin{Why: "no member is like the parameter", Confidence: guess}}
}

// keyRow is a member that a parameter may stand for.
type keyRow struct {
	member string
	sure   int
	why    string
}

// keyRows are the members that a parameter may stand for, the likeliest first.
func (r *reader) keyRows(g *group, key string) []keyRow {
	all := []keyRow{{key, sure, "the parameter has its name"}}
	for _, other := range r.others[key] {
		all = append(all, keyRow{other, likely, "what such a parameter mostly stands for"})
	}
	for _, own := range []string{strings.Join(r.one(g.at.word), ""), g.noun, g.stem, plain(g.home.made.Name)} {
		if rest, ok := strings.CutPrefix(key, own); ok && own != "" {
			all = append(all, keyRow{rest, sure, "the parameter has its name, behind the record's"})
			if rest == "" {
				all = append(all, keyRow{"id", sure, "the parameter has the record's name"})
			}
		}
	}
	for _, name := range r.ids {
		if rest, ok := strings.CutSuffix(key, name); ok {
			all = append(all, keyRow{name, likely, "the parameter ends in its name"},
				keyRow{rest, likely, "the parameter begins with its name"})
		}
	}
	all = append(all, keyRow{key + "name", likely, "it has the parameter's name and more"},
		keyRow{"id", likely, "the member that mostly names a record"})
	for _, name := range r.ids[:slices.Index(r.ids, "username")] {
		all = append(all, keyRow{name, guess, "the member that mostly names a record"})
	}
	return all
}

// flat is each member by its plain name, those of what only nests them included.
func (r *reader) flat(s *contract.Schema) map[string]string {
	all := map[string]string{}
	for _, p := range s.Flat() {
		of := concrete(p.Schema)
		if !isObject(of) && !isArray(of) {
			all[plain(p.Name)] = p.Name
		}
	}
	for _, p := range s.Flat() {
		of := concrete(p.Schema)
		if !isObject(of) || !r.nests[plain(p.Name)] {
			continue
		}
		for _, inner := range of.Flat() {
			if _, ok := all[plain(inner.Name)]; !ok {
				all[plain(inner.Name)] = p.Name + "." + inner.Name
			}
		}
	}
	return all
}

// keyPart is the member that holds one of the outer parts of a key of several.
func (r *reader) keyPart(g *group, key string) string {
	if g.entity == nil {
		return ""
	}
	for _, p := range g.entity.Flat() {
		of := concrete(p.Schema)
		if plain(p.Name) != plain(key) {
			continue
		}
		if !isObject(of) {
			return p.Name
		}
		inner := r.flat(of)
		for _, name := range append(slices.Clone(r.others[plain(key)]), r.ids...) {
			if m, ok := inner[name]; ok {
				return p.Name + "." + m
			}
		}
	}
	return ""
}
