package infer

import (
	"strings"

	"rollcall/specs/contract"
)

// onItem is what is done with one record of a group.
func (r *reader) onItem(op *contract.Operation, p *place, g *group) guessed {
	at := "the path of one " + g.made.Name
	switch op.Method {
	case "GET", "HEAD":
		of := r.told(op, g.at.word, true)
		if r.found(op, p, of) {
			if home := r.byStem(r.stem(of.entity)); home != nil {
				return guessed{contract.VerbList, likely, "the answer is a list of " + of.entity.Name, home}
			}
			return guessed{contract.VerbList, likely, "the answer is a list", g}
		}
		if of.entity == nil && answer(op) != nil && answer(op).Schema == nil && answer(op).Status == 204 {
			return guessed{contract.VerbGet, likely, at + ", which only says whether it is there", g}
		}
		if r.does(p, g) && (len(members(of.entity)) == 0 || r.verdict(of.entity)) {
			return guessed{contract.VerbReply, guess, "GET of a word that may be a verb", nil}
		}
		return guessed{contract.VerbGet, r.backed(g), "GET of " + at, g}
	case "DELETE":
		if g.bound {
			return guessed{contract.VerbUnbind, likely, "DELETE of " + at + ", which has its own path elsewhere", g}
		}
		return guessed{contract.VerbDelete, sure, "DELETE of " + at, g}
	case "PATCH":
		return guessed{contract.VerbUpdate, sure, "PATCH of " + at, g}
	case "PUT":
		return r.put(op, p, g, at)
	case "POST":
		return r.postOnItem(op, p, g, at)
	}
	return guessed{contract.VerbReply, guess, "nothing tells what " + op.Method + " does", nil}
}

// does says whether a group's word is for doing something with what the key names, and nothing is
// kept there: /unlock/{door}.
func (r *reader) does(p *place, g *group) bool {
	all := words(g.at.word)
	got := len(all) > 0 && r.purposes[all[0]] != purposeNone && (len(all) > 1 || r.plural(g.at.up.word)) // /doors/get/{id}
	return len(all) > 0 && !got && r.actions[all[0]] && !r.plural(g.at.word) && g.home == g &&
		len(p.kids) == 0 && len(g.at.ops) == 0 && !p.has("PUT", "PATCH", "DELETE")
}

// found says whether a GET by a key answers several: what is told is a list, or the key is what is
// looked for, as in /authors/{query} and /runs/route/{routeId}, or its name says so.
func (r *reader) found(op *contract.Operation, p *place, of shape) bool {
	key := p.of.keys[len(p.of.keys)-1]
	says := r.purposeOf(op) == purposeList && r.purposes[plain(p.of.at.word)] == purposeNone && p.of.noun != "list"
	if says && (of.list || len(members(of.entity)) == 0 || r.named(op) == purposeList) {
		return true
	}
	if has(searchNames, key) || r.byOther(p) && !has(idWords, p.of.at.word) {
		return of.list || of.entity == nil || r.plural(p.of.at.word)
	}
	own := plain(key) == "id" || r.keyedBy(p.of.at, p.of.item) && r.idLike(p.of)
	if of.list && !several(p) && own && r.purposeOf(op) == purposeGet {
		return false // a list of the one
	}
	return of.list && (of.items == "" || several(p) || r.idMember(p.of, key).Confidence < sure)
}

// byOther says whether a key is that of something by which the records before it are found.
func (r *reader) byOther(p *place) bool {
	at, up := p.of.at, p.of.at.up.group
	return up != nil && p.of.home != p.of && up.home == p.of.home && !r.plural(at.word) && r.keyedBy(at, p.of.item)
}

// backed is sure where a schema says what the group's records are.
func (r *reader) backed(g *group) int {
	if g.entity == nil && !r.plural(g.at.word) {
		return likely
	}
	return sure
}

func (r *reader) put(op *contract.Operation, p *place, g *group, at string) guessed {
	switch {
	case g.bound || op.Body == nil && !g.strong():
		return guessed{contract.VerbRelate, likely, "PUT of " + at + " that only binds it", g}
	case op.Body == nil && r.purposeOf(op) == purposeUpdate:
		return guessed{contract.VerbReplace, likely, "PUT of " + at + " whose name says update", g}
	case op.Body == nil && p.has("POST", "PATCH"):
		return guessed{contract.VerbAction, guess, "PUT without a body", g}
	case r.lonely(g) && op.Body != nil && (made(op) || p.has("GET") && r.purposeOf(op) != purposeUpdate && keyed(op)):
		return guessed{contract.VerbUpsert, likely, "PUT of " + at + ", and no POST makes one", g}
	case r.lonely(g) && r.purposeOf(op) == purposeCreate:
		return guessed{contract.VerbUpsert, likely, "PUT of " + at + " whose name says create", g}
	case made(op) && p.has("GET") && r.purposeOf(op) != purposeUpdate:
		return guessed{contract.VerbUpsert, likely, "PUT of " + at + " documents 201", g}
	case op.Body == nil && r.purposeOf(op) == purposeNone && len(members(g.entity)) > 0:
		return guessed{contract.VerbAction, likely, "PUT of " + at + " without a body", g}
	case p.has("PATCH"):
		return guessed{contract.VerbReplace, sure, "PUT of " + at + " beside PATCH", g}
	case allOptional(r.sent(op, g.at.word).entity):
		return guessed{contract.VerbUpdate, sure, "PUT of " + at + " whose members may all be left out", g}
	}
	return guessed{contract.VerbReplace, sure, "PUT of " + at, g}
}

// lonely says whether no POST makes one of the group's records.
func (r *reader) lonely(g *group) bool {
	for _, other := range r.groups {
		if other.home == g.home && other.at.has("POST") {
			return false
		}
	}
	return true
}

// keyed says whether whoever makes a record also names it.
func keyed(op *contract.Operation) bool {
	keys := lastKeys(op)
	if len(keys) == 0 {
		return false
	}
	key := plain(keys[len(keys)-1])
	return strings.HasSuffix(key, "name") || strings.HasSuffix(key, "key") || strings.HasSuffix(key, "slug")
}

func (r *reader) postOnItem(op *contract.Operation, p *place, g *group, at string) guessed {
	switch {
	case r.does(p, g) && len(words(g.at.word)) > 1 && p.has("GET"):
		return guessed{contract.VerbReply, guess, "POST of a word that may be a verb", nil}
	case r.purposeOf(op) == purposeUpdate && (p.has("PUT", "PATCH") || op.Body == nil):
		return guessed{contract.VerbUpdate, likely, "POST of " + at + " whose name says update", g}
	case p.has("PUT", "PATCH"):
		return guessed{contract.VerbAction, guess, "POST of " + at + " beside a change", g}
	case g.bound:
		return guessed{contract.VerbRelate, likely, "POST of " + at + ", which has its own path elsewhere", g}
	case !p.has("GET") && !g.at.has("POST"):
		return guessed{contract.VerbAction, likely, "POST of " + at + " that can't be got", g}
	case g.item.has("GET") && !g.at.has("POST") && renamed(op, p.op("GET")):
		return guessed{contract.VerbCreate, likely, "POST of " + at + " by another key than GET's", g}
	case op.Body == nil && len(members(r.told(op, g.at.word, true).entity)) == 0 || op.Body == nil && r.needs(op) != "":
		return guessed{contract.VerbAction, likely, "POST of " + at + " without a body", g}
	case !g.at.has("POST") && made(op):
		return guessed{contract.VerbUpsert, likely, "POST of " + at + " documents 201", g}
	}
	return guessed{contract.VerbUpdate, sure, "POST of " + at + " without PUT and PATCH", g}
}

// renamed says whether the last key of a path is called otherwise than the other operation calls it.
func renamed(op, other *contract.Operation) bool {
	one, two := lastKeys(op), lastKeys(other)
	return len(one) > 0 && len(two) > 0 && plain(one[len(one)-1]) != plain(two[len(two)-1])
}

// made says whether the operation documents that something was created.
func made(op *contract.Operation) bool {
	for _, r := range op.Responses {
		if r.Status == 201 {
			return true
		}
	}
	return false
}

// allOptional says whether there are members, all of which may be left out.
func allOptional(s *contract.Schema) bool {
	if s == nil {
		return false
	}
	members := s.Flat()
	for _, p := range members {
		if s.IsRequired(p.Name) {
			return false
		}
	}
	return len(members) > 0
}
