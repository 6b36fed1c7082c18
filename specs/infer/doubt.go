package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// doubt is a sign that what a path says may not be so: nothing in the document contradicts the
// guess, but there are as many documents where it is wrong.
type doubt struct {
	why   string
	holds func(r *reader, op *contract.Operation, p *place, g guessed) bool
}

// doubts are what takes a sure guess down to a likely one.
func doubts() []doubt {
	return []doubt{
		{"the query says which one", queried},
		{"the query says what is looked for", lookedFor},
		{"its path has a word for doing or asking", spokenOf},
		{"nothing gets what is made", unseen},
		{"it is cut like a list", cut},
		{"the answer is hardly more than a list", lists},
		{"what stands above it is no record", loose},
		{"the document doesn't say what is answered", untold},
		{"its path says by what one is found, not of which", byWhat},
		{"its path has a word for making one", newOne},
		{"its key names several", ofSeveral},
		{"the answer is a list, be it of one", ofList},
		{"nothing else is done there", alone},
		{"its word is a plural", ofPlural},
		{"its summary says something else", summed},
		{"its key is that of something else", ofAnother},
		{"its key says of which kind", ofKind},
		{"not all of its key is known", ofMany},
		{"its component is called otherwise", otherwise},
		{"each of them is where they are called otherwise", elsewhere},
		{"its word is no plural", notSeveral},
		{"the list is inside something", inside},
		{"the query may say what is answered", steered},
		{"it answers a list", severalMade},
		{"it makes several", makesSeveral},
		{"it may only take it from where it is", takenAway},
		{"a query says elsewhere which one is meant", pickedBeside},
		{"its path is not that of a list", saysNot},
		{"its name is another one's", numbered},
		{"its word only says which", qualified},
		{"the answer has a list of them", listOfOne},
		{"it stands below a list", severally},
		{"it may only be added", added},
		{"its word says what is done", doing},
		{"its summary says several", summedList},
	}
}

// doubt lowers a sure guess by the first sign against it.
func (r *reader) doubt(op *contract.Operation, p *place, g guessed) guessed {
	if g.sure < sure || g.group == nil {
		return g
	}
	for _, d := range doubts() {
		if d.holds(r, op, p, g) {
			g.sure--
			g.why += ", but " + d.why
			return g
		}
	}
	if !r.grounded(op, p, g) {
		g.sure--
		g.why += ", but nothing else speaks for it"
	}
	return g
}

// onOne says whether a guess is about the one record that there is at a place.
func onOne(p *place, g guessed) bool {
	return p.of == nil && among(g.verb, contract.VerbReadOne, contract.VerbSetOne, contract.VerbDelete, contract.VerbUpdate,
		contract.VerbReplace)
}

// queried: GET /aliases?name= is one of several records, though no path leads to them, and
// DELETE /quote?id= takes one away.
func queried(r *reader, op *contract.Operation, p *place, g guessed) bool {
	return onOne(p, g) && (r.needs(op) != "" || slices.ContainsFunc(op.Parameters, func(q *contract.Parameter) bool {
		name := plain(q.Name)
		return q.In == "query" && !r.aside(q.Name) && (name == "id" || name == g.group.noun+"id" || name == g.group.noun)
	}))
}

// lookedFor: a list that has to be asked for is as often computed as kept.
func lookedFor(r *reader, op *contract.Operation, p *place, g guessed) bool {
	return g.verb == contract.VerbList && g.group.item == nil && g.group.home == g.group && !r.plural(p.word) &&
		r.needs(op) != ""
}

// spokenOf: GET /copyPad does something, and POST /orders/preview makes nothing.
func spokenOf(r *reader, op *contract.Operation, p *place, g guessed) bool {
	all := words(p.word)
	if p.of != nil && g.group == p.of {
		first := words(p.of.at.word)
		return len(first) > 1 && (has(askingWords, first[0]) || r.purposes[first[0]] == purposeGet)
	}
	if len(all) == 0 || g.verb == contract.VerbAction || p.of != nil || g.group.item != nil || r.plural(p.word) {
		return false
	}
	last := all[len(all)-1]
	return r.actions[all[0]] && (len(all) > 1 || g.verb == contract.VerbList || !p.has("PUT", "PATCH", "DELETE")) || r.query(p) ||
		len(all) > 1 && op.Method == "POST" && r.actions[last] && r.named(op) != purposeCreate
}

// unseen: nobody can tell a POST that makes a record from one that does something, unless the
// record can be seen afterwards or the name says so.
func unseen(r *reader, op *contract.Operation, p *place, g guessed) bool {
	if g.verb != contract.VerbCreate || p.group == nil || p.group.item != nil || r.named(op) == purposeCreate {
		return false
	}
	for _, other := range r.groups {
		if other.home == g.group.home && (other.item.has("GET") || r.told(other.at.op("GET"), other.at.word, false).list) {
			return false
		}
	}
	return true
}

// cut: what has pages is no single record.
func cut(r *reader, op *contract.Operation, _ *place, g guessed) bool {
	pages := r.pages(op)
	return among(g.verb, contract.VerbReadOne, contract.VerbGet) && pages != nil && pages.Param != ""
}

// lists: a single answer with one array and nothing else but what is said of lists.
func lists(r *reader, op *contract.Operation, p *place, g guessed) bool {
	if g.verb != contract.VerbReadOne {
		return false
	}
	all := members(r.told(op, p.word, true).entity)
	for _, m := range all {
		if isArray(concrete(m.Schema)) && (r.allMeta(all, m.Name) || (r.plural(p.word) || r.listNames[plain(m.Name)]) &&
			isRecords(concrete(m.Schema)) && !r.isRecord(all)) {
			return true
		}
	}
	return false
}

// loose: below a parameter that names no record may stand one record for each of its values.
func loose(_ *reader, _ *contract.Operation, p *place, g guessed) bool {
	for up := p.up; onOne(p, g) && up != nil; up = up.up {
		if up.word == "" && up.of == nil && len(up.keys) > 0 && up.up.group == nil && !has(endingNames, up.keys[0]) {
			return !inKey(up)
		}
	}
	return false
}

// inKey says whether a parameter is an outer part of a key of several.
func inKey(p *place) bool {
	for up := p.up; up != nil; up = up.up {
		if up.word != "" {
			return up.group != nil
		}
	}
	return false
}

// untold: the record of a place is known from elsewhere, and its GET answers who knows what.
func untold(r *reader, op *contract.Operation, p *place, g guessed) bool {
	if g.verb != contract.VerbReadOne {
		return false
	}
	of := r.told(op, p.word, true)
	return len(members(of.entity)) == 0 || strings.HasPrefix(g.group.stem, "error")
}

// byWhat: below /stats/id/{id} is whatever the statistics are of.
func byWhat(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	if p.of == nil {
		return false
	}
	at := p.of.at
	if g.verb == contract.VerbGet && (r.byOther(p) || has(searchNames, p.of.keys[0])) {
		return true // /runs/route/{routeId}, and /images/{query}
	}
	return g.group == p.of && at.up.word != "" && p.of.at.up.group == nil && has(idWords, p.of.at.word)
}

// newOne: POST /messages/new makes a message, not a new.
func newOne(r *reader, _ *contract.Operation, p *place, _ guessed) bool {
	return p.word != "" && r.purposes[plain(p.word)] == purposeCreate
}

// ofSeveral: /sites/{siteIds} is not one of them.
func ofSeveral(_ *reader, _ *contract.Operation, p *place, _ guessed) bool {
	return p.of != nil && several(p)
}

// ofList: /words/{language} has the words of a language, and /tests/{id} a list of the one test.
func ofList(r *reader, op *contract.Operation, p *place, g guessed) bool {
	return g.verb == contract.VerbGet && p.of != nil && r.told(op, p.of.at.word, true).list &&
		(r.idMember(p.of, p.of.keys[len(p.of.keys)-1]).Confidence < sure || p.of.at.op("GET") == nil)
}

// alone: what is only done by a key, below a word that is no plural, may as well be a function of
// it, as /convert/{amount} is, or be about the record before it, as /users/password/{name} is.
func alone(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	if p.of == nil || g.group != p.of || g.group.home != g.group || len(p.ops) != 1 || len(p.kids) > 0 || len(p.of.at.ops) > 0 {
		return false
	}
	up := p.of.at.up.word
	if r.plural(p.of.at.word) {
		return g.group.stem == "" && up != "" && !isVersion(up) && !has(frameWords, up)
	}
	return g.group.stem != g.group.noun || !r.idLike(p.of)
}

// idLike says whether a key has the name of an id, be it with the record's before it.
func (r *reader) idLike(g *group) bool {
	all := words(g.keys[len(g.keys)-1])
	return len(all) > 0 && has("id uuid guid slug key gid sid ids", all[len(all)-1]) && !r.foreign(g)
}

// summed: "Lists the regions of a language" gets no one region, and "Disable a runner" may leave it.
func summed(r *reader, op *contract.Operation, _ *place, g guessed) bool {
	first := words(op.Summary)
	if len(first) < 2 {
		return false
	}
	says := r.purposes[r.singular(first[0])]
	return says != purposeNone && !says.fits(g.verb) || g.verb == contract.VerbDelete && has(looseningWords, first[0])
}

// ofPlural: /devices may answer the devices in a way that is no list, or one record of them all.
func ofPlural(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	return g.verb == contract.VerbReadOne && p.of == nil && g.group.home == g.group && r.plural(p.word)
}
