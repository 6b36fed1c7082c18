package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// alsoMade says whether a POST makes the group's records here as well as at their home: it
// takes all that is required there.
func (r *reader) alsoMade(g *group) bool {
	at, here := r.sent(g.home.at.op("POST"), g.home.at.word).entity, r.sent(g.at.op("POST"), g.at.word).entity
	needed := 0
	for _, p := range members(at) {
		if _, ok := here.Property(p.Name); at.IsRequired(p.Name) && !ok {
			return false
		} else if at.IsRequired(p.Name) {
			needed++
		}
	}
	return needed > 0
}

// selects says whether a word only tells by what a record above is named:
// /topics/external_id/{external_id} and /users/by-email/{email}.
func (r *reader) selects(g *group) bool {
	return plain(g.at.word) == plain(g.keys[0]) || strings.HasPrefix(strings.ToLower(g.at.word), "by")
}

// names is the member of a body that says which of the group's records is meant, "x[]" for a
// list of them: memberId, member_ids or id.
func (r *reader) names(op *contract.Operation, g *group) string {
	found := ""
	for _, m := range members(r.sent(op, "").entity) {
		of := concrete(m.Schema)
		name, end := plain(m.Name), ""
		if isArray(of) {
			of, end = concrete(of.Items), "[]"
			name = strings.TrimSuffix(name, "s")
		}
		stem, ok := strings.CutSuffix(name, "id")
		if of == nil || isObject(of) || isArray(of) || !ok || stem != "" && stem != g.noun && stem != g.home.noun {
			continue
		}
		if found != "" {
			return "" // nobody knows which of the two
		}
		found = m.Name + end
	}
	return found
}

// naming is how a body says which record it binds; where it doesn't, sent stays.
func (r *reader) naming(op *contract.Operation, g *group, sent string) (wrapped, named string) {
	if op.Body == nil || g.home == g {
		return sent, ""
	}
	if named = r.names(op, g); named == "" {
		return sent, ""
	}
	return "", named
}

// relation says whether a group's records are another one's that are only put and taken away,
// as in PUT /teams/{team}/repos/{repo} beside /repos/{repo}.
func (r *reader) relation(g *group) bool {
	put := g.item.op("PUT")
	if g.up == nil || g.at.has("POST") || put == nil || !g.item.has("DELETE") || g.item.has("PATCH") {
		return false
	}
	if r.purposeOf(put) == purposeCreate {
		return false
	}
	return slices.ContainsFunc(r.groups, func(other *group) bool {
		return other != g && !other.single && other.noun == g.noun && depth(other) < depth(g) && len(other.keys) == len(g.keys) &&
			other.strong() &&
			strings.HasSuffix(g.stem, other.stem)
	})
}

// twin is the group with paths of their own to the same records: the one without a
// record above it wins, and below the same record the one with more operations.
func (r *reader) twin(g *group, homes []*group) *group {
	for _, other := range homes {
		same := g.noun == other.noun
		if g.ownBelow(other) {
			continue
		}
		if other == g || other.home != nil && other.home != other || other.stem != g.stem {
			continue
		}
		if g.stem == "" && (!same || other.up != nil) || !same && g.at.has("GET", "POST") && other.at.has("GET", "POST") {
			continue
		}
		switch {
		case other.up == nil && g.up != nil, other.up == g.up && other.weight > g.weight && !other.inside(g):
			return other
		case other.up == g.up && other.home == other && other.weight == g.weight:
			return other
		}
	}
	return g
}

// ownBelow says whether a group below a record of the other has the component of its own name, so
// that the other, which has another name, only shows it: /bookings/{id} answers the reservations.
func (g *group) ownBelow(other *group) bool {
	return g.stem != "" && g.stem == g.noun && other.noun != g.noun && g.inside(other)
}

// inside says whether a group stands below a record of the other.
func (g *group) inside(other *group) bool {
	for up := g.up; up != nil; up = up.up {
		if up == other {
			return true
		}
	}
	return false
}

// homeOf is where the records of a group without paths to each of them have theirs.
func (r *reader) homeOf(g *group, homes []*group) *group {
	var best *group
	rank := 0
	for _, home := range homes {
		if n := r.kinship(g, home); n > rank {
			best, rank = home, n
		}
	}
	for _, other := range r.groups { // the component says more than the word
		unlike := (best == nil || best.stem != g.stem) && g.item == nil && g.stem != "" && g.stem != g.noun
		if unlike && g != other && g.stem == other.stem && !other.single && other.item.has("PUT", "PATCH", "DELETE") {
			return other
		}
	}
	if g.single && g.up != nil && g.stem != "" && g.stem == plain(g.at.word)+g.up.noun {
		return g.up // /files/{file}/trash with the component TrashFile
	}
	for _, other := range r.groups {
		if best == nil && g != other && r.joins(g, other) {
			best = other
		}
	}
	if best == nil || g.single && g.at.has("POST", "DELETE") && g.up != nil {
		return g
	}
	return best
}

// joins says whether a group has the records of another, though no path gets one of those.
func (r *reader) joins(g, other *group) bool {
	alike := g.stem != "" && g.stem == other.stem && !other.single
	switch {
	case other.item != nil && !other.at.has("GET") && g.item == nil && !g.single && !r.plural(other.at.word) &&
		r.plural(g.at.word):
		// /tickets beside /ticket/{id}/…
		return g.noun == other.noun && g.up == other.up
	case g.weight+other.weight == 0: // neither has operations: they only stand above others
		return g.noun == other.noun && depth(g) == depth(other) && slices.Index(r.groups, other) < slices.Index(r.groups, g)
	case g.item != nil:
		return false
	case other.item == nil && alike && g.noun == other.noun && g.up != nil && other.up == nil:
		return true
	case alike && r.query(g.at) && !r.query(other.at):
		return true
	}
	return other.item.has("PUT", "PATCH", "DELETE") && r.kinship(g, other) > 2
}

// kinship is how likely a group's records are those of a home; 0 is not at all.
func (r *reader) kinship(g, home *group) int {
	n := 0
	switch {
	case g.ownBelow(home):
		return 0
	case g.at.has("POST") && (g.up == nil && g.stem != home.stem && g.item != nil && home.at.has("POST") ||
		g.up == home.up && g.noun != home.noun && g.item.has("DELETE")):
		return 0 // each makes its own
	case g.stem != "" && g.stem == home.stem:
		n = 4
	case g.stem != "" && (g.stem == home.noun || g.noun == home.stem):
		n = 3
	case g.stem != "" && home.stem != "" && (g.noun != home.noun || !r.loose && !strings.HasSuffix(g.stem, home.stem)):
		return 0
	case g.noun == home.noun && !r.apart(g, home):
		n = 2
	case g.entity == nil && g.item != nil && home.item != nil && sameKeys(g.keys, home.keys):
		n = 1
	default:
		return 0
	}
	if home.up != nil && g.inside(home.up) {
		n++ // they stand below the same record
	} else if home.up != nil && home.up != g.up && depth(home) > depth(g) {
		n--
	}
	if g.noun == home.noun {
		n++
	}
	return n
}

// apart says whether what two groups tell of their records has hardly a member in common.
func (r *reader) apart(g, home *group) bool {
	here, there := members(g.entity), members(home.entity)
	if len(here) < 2 || len(there) < 2 {
		return false
	}
	both := 0
	for _, p := range here {
		if _, ok := home.entity.Property(p.Name); ok {
			both++
		}
	}
	return both*2 < min(len(here), len(there))
}

// sameKeys says whether records are named alike, by something that says more than that it is an id.
func sameKeys(a, b []string) bool {
	return slices.EqualFunc(a, b, func(a, b string) bool { return plain(a) == plain(b) }) &&
		(len(a) > 1 || !has(idNames, a[0]) || plain(a[0]) == "username")
}
