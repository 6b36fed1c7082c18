package infer

import (
	"strings"

	"rollcall/specs/contract"
)

// filters are the query parameters that keep some records of a list: those with the name
// of a member, and those that search.
func (r *reader) filters(op *contract.Operation, g *group) (all []contract.Filter) {
	entity := g.home.entity
	if entity == nil {
		entity = g.entity
	}
	if entity == nil {
		return nil
	}
	members := map[string]string{}
	for _, p := range entity.Flat() {
		members[plain(p.Name)] = p.Name
	}
	for _, p := range op.Parameters {
		if p.In != "query" || r.cuts(p.Name) {
			continue
		}
		if f, ok := r.filter(p, members, entity); ok {
			all = append(all, f)
		}
	}
	return all
}

// cuts says whether a query parameter cuts, orders or widens a list.
func (r *reader) cuts(name string) bool {
	for _, names := range []string{pageNames, offsetNames, cursorNames, sizeNames, sortNames, includeNames, otherCuts} {
		if has(names, name) {
			return true
		}
	}
	return false
}

func (r *reader) filter(p *contract.Parameter, members map[string]string, entity *contract.Schema) (contract.Filter, bool) {
	name := p.Name
	if inner, ok := strings.CutPrefix(name, "filter["); ok {
		name = strings.TrimSuffix(inner, "]")
	}
	f := contract.Filter{Param: p.Name, Test: contract.TestIs}
	if has(searchNames, name) && members[plain(name)] == "" {
		for _, title := range strings.Fields(titleNames) {
			if member, ok := members[title]; ok {
				f.Test, f.Member = contract.TestContains, member
				f.Origin = contract.Origin{Why: "it searches by its name, in the member most like a title", Confidence: guess}
				return f, true
			}
		}
		return f, false
	}
	if stem, test := bounds(name); test != "" {
		if member, ok := r.timed(stem, members, entity); ok {
			f.Test, f.Member = test, member
			f.Origin = contract.Origin{Why: "by its name, a bound of " + member, Confidence: likely}
			return f, true
		}
	}
	if member, ok := members[plain(name)]; ok {
		f.Member, f.Origin = member, contract.Origin{Why: "it has the name of a member", Confidence: sure}
		if of, _ := entity.Property(member); p.Schema != nil && isArray(p.Schema) || isArray(concrete(of)) {
			f.Test, f.Confidence = contract.TestAnyOf, likely
		}
		return f, true
	}
	if member, ok := members[strings.Join(r.one(name), "")]; ok {
		f.Test, f.Member = contract.TestAnyOf, member
		f.Origin = contract.Origin{Why: "it has the plural name of a member", Confidence: likely}
		return f, true
	}
	return f, false
}

// bounds takes from a name what says that it is a bound.
func bounds(name string) (stem, test string) {
	for _, row := range []struct{ end, test string }{
		{"[gte]", contract.TestSince}, {"[gt]", contract.TestSince}, {"[lte]", contract.TestUntil}, {"[lt]", contract.TestUntil},
		{">", contract.TestSince}, {"<", contract.TestUntil}, {"since", contract.TestSince}, {"after", contract.TestSince},
		{"until", contract.TestUntil}, {"before", contract.TestUntil}, {"from", contract.TestSince},
	} {
		lower := strings.ToLower(name)
		if stem, ok := strings.CutSuffix(lower, row.end); ok {
			return plain(stem), row.test
		}
	}
	return "", ""
}

// timed is the member that a bound is of: the one with the name, or the time of the last change.
func (r *reader) timed(stem string, members map[string]string, entity *contract.Schema) (string, bool) {
	names := append([]string{stem, stem + "at", stem + "on"}, "date"+stem)
	if stem == "" {
		names = strings.Fields(changedNames + " " + createdNames)
	}
	for _, name := range names {
		if member, ok := members[name]; ok && name != "" {
			s, _ := entity.Property(member)
			s = concrete(s)
			return member, s != nil && (strings.HasPrefix(s.Format, "date") || s.Type == "integer")
		}
	}
	return "", false
}
