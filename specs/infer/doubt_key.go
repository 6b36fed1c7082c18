package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// related says whether two names without marks are of one thing: one has the other in it.
func related(a, b string) bool {
	return len(a) > 1 && len(b) > 1 && (strings.Contains(a, b) || strings.Contains(b, a))
}

// calledSo says whether a name is what a group's records are called: by the path, by the
// component, or by those at whose home they are.
func (r *reader) calledSo(g *group, name string) bool {
	for _, own := range []string{g.noun, g.stem, g.home.noun, g.home.stem, strings.Join(r.one(g.at.word), "")} {
		if related(own, name) || short(name, own) {
			return true
		}
	}
	return false
}

// short says whether a name is another one with letters left out, as msg is of message.
func short(name, of string) bool {
	if len(name) < 2 || len(of) < 2 || name[0] != of[0] {
		return false
	}
	for _, c := range name {
		at := strings.IndexRune(of, c)
		if at < 0 {
			return false
		}
		of = of[at+1:]
	}
	return true
}

// foreign says whether the key of a group has the name of something else: /tags/{resourceId} is
// no tag, and /events/{appId}/settings belongs to an app.
func (r *reader) foreign(g *group) bool {
	if g == nil || g.item == nil {
		return false
	}
	key := g.keys[len(g.keys)-1]
	all := words(key)
	if up := strings.Join(r.one(g.at.up.word), ""); len(up) > 2 && strings.HasPrefix(plain(key), up) && !r.calledSo(g, up) {
		return true // /messages/sent/{messageid}
	}
	if len(all) < 2 || !has(idNames+" arn ref", all[len(all)-1]) {
		return false
	}
	own := strings.Join(all[:len(all)-1], "")
	return !has(anyNames, own) && !r.calledSo(g, own) && r.idMember(g, key).Confidence < sure
}

// ofAnother: the key of the record, or of the one above it, is that of something else.
func ofAnother(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	return p.of == g.group && r.foreign(g.group) || r.foreign(g.group.up)
}

// ofKind: /genders/{language} and /lists/{type} have what is of that kind, not one of them.
func ofKind(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	if p.of == nil {
		return false
	}
	key := p.of.keys[len(p.of.keys)-1]
	all := words(key)
	return len(all) > 0 && has(kindNames, all[len(all)-1]) && !r.calledSo(p.of, plain(key)) &&
		r.idMember(p.of, key).Confidence < sure
}

// ofMany: nothing shows that a record has all the parts of a key of several.
func ofMany(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	if p.of == nil || len(p.of.keys) < 2 {
		return false
	}
	last := len(p.of.keys) - 1
	for _, key := range p.of.keys[:last] {
		if r.keyPart(p.of, key) == "" {
			return true
		}
	}
	return r.idMember(p.of, p.of.keys[last]).Confidence < likely
}

// otherwise: the path calls the records otherwise than the component does, or the paths do
// where each of them is.
func otherwise(r *reader, _ *contract.Operation, _ *place, g guessed) bool {
	at := g.group
	return at.stem != "" && !at.sent && !r.made(at) && !r.akin(at)
}

// elsewhere: the paths call the records otherwise where each of them is, or there are several there
// and one here.
func elsewhere(_ *reader, _ *contract.Operation, _ *place, g guessed) bool {
	at := g.group
	return at.home != at && (at.single || !related(at.noun, at.home.noun) && !short(at.noun, at.home.noun))
}

// made says whether a component's name is none that an author gave: Body_3 and items29.
func (r *reader) made(g *group) bool {
	return g.entity != nil && r.variants[strings.TrimRight(plain(g.entity.Name), "0123456789")]
}

// akin says whether what a group's records are called and their component have a word in common.
func (r *reader) akin(g *group) bool {
	if related(g.stem, g.noun) || short(g.noun, g.stem) || short(g.stem, g.noun) {
		return true
	}
	for _, word := range r.component(g.entity) {
		if len(word) > 2 && strings.Contains(g.noun, r.singular(word)) {
			return true
		}
	}
	return false
}

// numbered: its name is another one's, with a number behind it.
func numbered(_ *reader, _ *contract.Operation, _ *place, g guessed) bool {
	for _, at := range []*group{g.group, g.group.up} {
		if at != nil && strings.TrimRight(at.made.Name, "0123456789") != at.made.Name &&
			strings.TrimRight(at.home.noun, "0123456789") == at.home.noun {
			return true
		}
	}
	return false
}

// qualified: the word says which of the records before it are meant, not what they are.
func qualified(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	for _, at := range []*group{g.group, g.group.home, g.group.up} {
		if at == nil {
			continue
		}
		all := words(at.at.word)
		if len(all) > 0 && (has("no non not", all[0]) || has(whichWords, all[len(all)-1]) && has(whichWords, at.noun)) {
			return true // /orders/open, and /questions/no-answers
		}
	}
	return false
}

// listOfOne: GET /places/{name} answers a member with the places that are called so.
func listOfOne(r *reader, op *contract.Operation, p *place, g guessed) bool {
	if g.verb != contract.VerbGet || p.of == nil {
		return false
	}
	all := members(r.told(op, p.of.at.word, true).entity)
	known := r.idMember(p.of, p.of.keys[len(p.of.keys)-1]).Member != ""
	return slices.ContainsFunc(all, func(m *contract.Property) bool {
		ofAll := r.plural(m.Name) && (r.same(m.Name, p.of.at.word) || r.allMeta(all, m.Name))
		return isRecords(concrete(m.Schema)) && (ofAll || !known && related(plain(m.Name), p.of.noun))
	})
}

// severally: what stands below the key of a list belongs to who knows what.
func severally(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	for up := p.up; up != nil; up = up.up {
		if up.of != nil && !r.parental(up) {
			return true
		}
	}
	return false
}

// added: a record that has its own place is added to another one, rather than made.
func added(r *reader, op *contract.Operation, _ *place, g guessed) bool {
	return g.verb == contract.VerbCreate && r.purposeOf(op) == purposeAdd &&
		(g.group.home != g.group || len(members(r.told(op, g.group.at.word, true).entity)) == 0)
}

// doing: a path that begins with a word for doing is no record, whatever its name says.
func doing(r *reader, op *contract.Operation, p *place, g guessed) bool {
	all := words(p.word)
	last := len(all) - 1
	if p.of != nil || p.group != g.group || last < 0 {
		return false
	}
	return strings.HasPrefix(all[0], "get") && len(all[0]) > 4 || last > 0 && (r.actions[all[0]] && !r.plural(p.word) ||
		r.purposes[all[0]] != purposeNone || r.purposes[all[last]] != purposeNone)
}

// notSeveral: what is no plural, and has no paths to each, is seldom a list of records.
func notSeveral(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	return g.verb == contract.VerbList && g.group.item == nil && !r.plural(p.word)
}

// inside: the list stands in a member of which nobody knows that it wraps one.
func inside(r *reader, op *contract.Operation, p *place, g guessed) bool {
	outer, _, deep := strings.Cut(r.told(op, p.word, false).items, ".")
	return g.verb == contract.VerbList && deep && !r.wrapNames[plain(outer)]
}

// steered: what is got follows from what is asked, if nobody writes it.
func steered(r *reader, op *contract.Operation, p *place, g guessed) bool {
	return g.verb == contract.VerbReadOne && len(p.ops) == 1 && above(p) == nil && slices.ContainsFunc(op.Parameters,
		func(q *contract.Parameter) bool { return q.In == "query" && !r.aside(q.Name) })
}

// severalMade: a POST that answers a list makes none.
func severalMade(r *reader, op *contract.Operation, p *place, g guessed) bool {
	told := r.told(op, p.word, true)
	return g.verb == contract.VerbCreate && told.list && told.items == ""
}

// makesSeveral: what is sent wraps a list.
func makesSeveral(r *reader, op *contract.Operation, p *place, g guessed) bool {
	of := r.sent(op, p.word)
	return g.verb == contract.VerbCreate && of.list && !of.bare
}

// takenAway: DELETE /likes/songs/{id} deletes no song.
func takenAway(_ *reader, _ *contract.Operation, _ *place, g guessed) bool {
	return g.verb == contract.VerbDelete && g.group.home != g.group
}

// pickedBeside: what another operation of the place says in its query, which one is meant, this one
// doesn't say.
func pickedBeside(r *reader, _ *contract.Operation, p *place, g guessed) bool {
	return onOne(p, g) && slices.ContainsFunc(p.ops, func(op *contract.Operation) bool { return r.picked(op, p, g) != "" })
}

// summedList: "Get a list of …" gets no one record.
func summedList(r *reader, op *contract.Operation, _ *place, g guessed) bool {
	return among(g.verb, contract.VerbGet, contract.VerbReadOne) && saysAll(op)
}

// saysAll says whether a summary is about several: "Get a list of …", "Returns all …".
func saysAll(op *contract.Operation) bool {
	all := words(op.Summary)
	all = all[:min(len(all), 5)]
	says := func(word string) bool { return slices.Contains(all, word) }
	return says("all") || says("lists") || says("list") && says("of")
}

// saysNot: the words before say that the records are counted or looked for, the word is that of a
// key, or the answer is computed.
func saysNot(r *reader, op *contract.Operation, p *place, g guessed) bool {
	return g.verb == contract.VerbList && (has(idWords+" ids", r.singular(plain(p.word))) || has("count counts", p.up.word) ||
		r.question(op, p) != "" && !r.told(op, p.word, false).list)
}
