package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// ground is what speaks for a sure guess beside its place in the paths. That nothing speaks
// against it is not enough: of the guesses that had no ground one in eight was wrong.
type ground func(r *reader, op *contract.Operation, p *place, g guessed) bool

func grounds() []ground {
	return []ground{
		acted, namedByComponent, keyedById, keptTogether, listed, listSaid, createSaid, single, setBeside,
	}
}

// grounded says whether something speaks for a guess.
func (r *reader) grounded(op *contract.Operation, p *place, g guessed) bool {
	for _, holds := range grounds() {
		if holds(r, op, p, g) {
			return true
		}
	}
	return false
}

// ends says whether the component is called as the path calls a group's records, or has more before it.
func (r *reader) ends(g *group) bool {
	noun := r.singular(g.noun)
	return g.stem != "" && (strings.HasSuffix(g.stem, noun) || strings.HasSuffix(noun, g.stem))
}

// like says whether nothing is known of a component, or its last word is one of those by which the
// path calls a group's records.
func (r *reader) like(g *group) bool {
	all := r.component(g.entity)
	for len(all) > 1 && has(trailingWords, all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	if g.stem == "" || r.ends(g) || len(all) == 0 {
		return true
	}
	last := r.singular(all[len(all)-1])
	return len(last) > 2 && strings.Contains(g.noun, last)
}

// acted: a word for doing, below one record.
func acted(_ *reader, _ *contract.Operation, _ *place, g guessed) bool {
	return g.verb == contract.VerbAction
}

// namedByComponent: each has a path, and the component is called as the path calls them.
func namedByComponent(r *reader, _ *contract.Operation, _ *place, g guessed) bool {
	return g.group.item != nil && r.ends(g.group)
}

// keyedById: the key is an id, and more than one thing is done.
func keyedById(r *reader, _ *contract.Operation, _ *place, g guessed) bool {
	at := g.group
	return at.item != nil && r.like(at) && r.idLike(at) && at.home.weight > 1 && !r.worded(at)
}

// keptTogether: a plural with a path to each, where more than one thing is done.
func keptTogether(r *reader, _ *contract.Operation, _ *place, g guessed) bool {
	at := g.group
	return at.item != nil && r.plural(at.at.word) && at.home.weight > 1 && r.like(at) && (at.stem != "" || !r.worded(at))
}

// listed: a plural that answers a list.
func listed(r *reader, op *contract.Operation, p *place, g guessed) bool {
	return g.verb == contract.VerbList && g.group.item == nil && r.plural(g.group.at.word) && r.like(g.group) &&
		r.told(op, p.word, false).list
}

// listSaid: a plural of which the document doesn't say what it answers, but its name or its summary does.
func listSaid(r *reader, op *contract.Operation, p *place, g guessed) bool {
	says := r.purposeOf(op)
	if says == purposeNone || !says.fits(g.verb) || !r.mentions(op, g.group) {
		return false
	}
	steered := slices.ContainsFunc(op.Parameters, func(q *contract.Parameter) bool { return q.In == "query" && !r.aside(q.Name) })
	return g.verb == contract.VerbList && r.plural(g.group.at.word) && r.like(g.group) && !steered
}

// createSaid: a POST to a plural that answers such a record, or says that it makes one.
func createSaid(r *reader, op *contract.Operation, _ *place, g guessed) bool {
	return g.verb == contract.VerbCreate && r.plural(g.group.at.word) && (r.ends(g.group) || r.named(op) == purposeCreate)
}

// single: one record, called as its component is.
func single(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	return p.of == nil && g.group.item == nil && r.ends(g.group) && !r.worded(g.group)
}

// setBeside: what is changed where it is got.
func setBeside(_ *reader, _ *contract.Operation, p *place, g guessed) bool {
	return g.verb == contract.VerbSetOne && p.has("GET")
}

// mentions says whether a summary, or a name that an author gave, has the word for a group's records.
func (r *reader) mentions(op *contract.Operation, g *group) bool {
	return strings.Contains(plain(op.Summary), g.home.noun) || !generated(op) && strings.Contains(plain(op.ID), g.home.noun)
}

// worded says whether words stand before a group that name no records, as in /likes/songs: not those
// with which all paths begin.
func (r *reader) worded(g *group) bool {
	n := wordsBefore(g)
	for up := r.root; len(up.kids) == 1 && len(up.ops) == 0; up = up.kids[0] {
		n -= bit(up.up != nil && up.word != "" && !isVersion(up.word) && !has(frameWords, up.word))
	}
	return n > 0
}

// wordsBefore is how many words before a group name no records.
func wordsBefore(g *group) (n int) {
	for up := g.at.up; up != nil && up.up != nil; up = up.up {
		n += bit(up.word != "" && up.group == nil && !isVersion(up.word) && !has(frameWords, up.word))
	}
	return n
}
