package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// group is what stands at one word of the paths: records of a kind, or the one record
// that there is.
type group struct {
	at     *place
	item   *place   // where one of the records is; nil where no path leads there
	keys   []string // parameters that name one
	single bool     // it is one record
	bound  bool     // its records are others', bound to the one above
	entity *contract.Schema
	sent   bool // what the entity is known by is sent, and nothing says what is answered
	stem   string
	noun   string // what one of its records is called, before that is made unlike all others
	up     *group // whose record stands above
	home   *group // where the records have their paths; itself, mostly
	made   *contract.Resource
	weight int // of the operations
}

// find makes the groups below a place; up is the group whose record stands above it.
func (r *reader) find(p *place, up *group) {
	if p.word != "" && !p.colon && !watches(p) {
		if g := r.groupAt(p, up); g != nil {
			p.group = g
			r.groups = append(r.groups, g)
			if g.item != nil {
				g.item.of = g
			}
		}
	}
	for _, kid := range p.kids {
		above := up
		if p.of != nil {
			above = p.of
		}
		r.find(kid, above)
	}
}

func (r *reader) groupAt(p *place, up *group) *group {
	g := &group{at: p, up: up}
	g.item, g.keys = p.key()
	if p.of != nil {
		g.up = p.of
	}
	get := p.op("GET")
	of := r.told(get, p.word, false)
	switch {
	case r.verb(p) && !r.plural(p.word) && r.untold(p):
		return nil
	case g.item != nil && r.isGroup(p, g.item):
	case get != nil && (of.list && !of.bare || r.plural(p.word) && (of.entity == nil || r.loose)):
	case get != nil && of.entity == nil && answer(get) != nil && answer(get).Schema == nil && slices.ContainsFunc(words(p.word),
		func(word string) bool { return r.singular(word) != word && !r.ones[word] }):
	case get != nil && r.query(p) && !of.list:
		return nil
	case get == nil && p.has("POST") && r.plural(p.word) && !r.verb(p):
	case get != nil || p.has("PUT", "PATCH", "DELETE") && !r.verb(p):
		g.single = true
	case p.has("POST") && r.makes(p):
	default:
		return nil
	}
	if g.item != nil && !r.isGroup(p, g.item) {
		g.item, g.keys = nil, nil
	}
	r.learn(g)
	g.noun = strings.Join(r.noun(g), "")
	return g
}

// isGroup says whether what stands at the end of a key is one of the records before it.
func (r *reader) isGroup(p, item *place) bool {
	if len(item.keys) == 1 && has(partWords, item.keys[0]) || has(askingWords, p.word) && !item.has("PUT", "PATCH", "DELETE") ||
		r.verb(p) && !r.plural(p.word) && r.untold(p) {
		return false
	}
	return len(item.ops) > 0 || len(item.kids) > 0 && (len(p.ops) > 0 || r.plural(p.word) || p.up.of != nil)
}

// verb says whether the word is something that is done.
func (r *reader) verb(p *place) bool {
	all := words(p.word)
	return p.colon || len(all) > 0 && r.actions[all[0]] && !(len(all) == 1 && r.plural(p.word))
}

// untold says whether no operation at a place documents what it takes or answers.
func (r *reader) untold(p *place) bool {
	return p.has("POST") && p.has("GET") && !slices.ContainsFunc(p.ops, func(op *contract.Operation) bool {
		return len(members(r.told(op, p.word, false).entity)) > 0 || len(members(r.sent(op, p.word).entity)) > 0
	})
}

// query says whether the word is something that is asked.
func (r *reader) query(p *place) bool {
	all := words(p.word)
	return len(all) > 0 && (r.queries[all[0]] || has(askingWords, all[len(all)-1]))
}

// makes says whether a POST to a word without another method makes a record.
func (r *reader) makes(p *place) bool {
	op := p.op("POST")
	switch r.purposeOf(op) {
	case purposeCreate:
		return !r.verb(p) || r.plural(p.word) && r.spoken(op, p)
	case purposeAdd:
		return !r.verb(p)
	}
	of := r.told(op, p.word, true)
	if of.entity != nil && r.stem(of.entity) != "" && r.stem(of.entity) == plain(camel(r.one(p.word))) {
		return true
	}
	return r.plural(p.word) && !r.verb(p)
}

// spoken says whether an operation's name or summary has the words of a path's part together:
// "Create upload session" has those of upload_sessions, "Create jobs to terminate all sessions"
// not those of terminate_sessions.
func (r *reader) spoken(op *contract.Operation, p *place) bool {
	noun := strings.Join(r.one(p.word), " ")
	return r.named(op) == purposeCreate && strings.Contains(strings.Join(r.one(op.ID), " "), noun) ||
		strings.Contains(strings.Join(r.one(op.Summary), " "), noun)
}

// told is what the answer of an operation holds.
func (r *reader) told(op *contract.Operation, word string, single bool) shape {
	if op == nil {
		return shape{}
	}
	if a := answer(op); a != nil {
		return r.shapeOf(a.Schema, word, single)
	}
	return shape{}
}

// sent is what the body of an operation holds.
func (r *reader) sent(op *contract.Operation, word string) shape {
	if op == nil || op.Body == nil {
		return shape{}
	}
	return r.shapeOf(op.Body.Schema, word, true)
}

// learn looks for what a group's records are like: in what one answers, then in what a
// change of one answers, then in the list, then in what is sent.
func (r *reader) learn(g *group) {
	word := g.at.word
	for _, p := range []*place{g.item, g.at} {
		if p == nil {
			continue
		}
		for _, method := range []string{"GET", "PATCH", "PUT", "POST"} {
			of := r.told(p.op(method), word, p == g.item || g.single)
			if g.entity == nil && of.entity != nil && !of.bare && len(of.entity.Flat()) > 0 && !r.verdict(of.entity) {
				g.entity = of.entity
			}
			if p.op(method) != nil {
				g.weight++
			}
		}
	}
	g.stem = r.stem(g.entity) // what is sent is called by who sends it
	if g.entity == nil {
		for _, p := range []*place{g.at, g.item} {
			for _, method := range []string{"POST", "PUT", "PATCH"} {
				of := r.sent(p.op(method), word)
				if g.entity == nil && of.entity != nil && len(of.entity.Flat()) > 0 {
					g.entity, g.sent = of.entity, true
				}
			}
		}
	}
}

// verdict says whether the schema only says that something was done.
func (r *reader) verdict(s *contract.Schema) bool {
	return !slices.ContainsFunc(s.Flat(), func(p *contract.Property) bool {
		all := words(p.Name)
		return slices.ContainsFunc(all, func(word string) bool { return !r.meta[word] }) || r.record[plain(p.Name)]
	})
}

// strong says whether the group's records can be got one by one.
func (g *group) strong() bool {
	op := g.item.op("GET")
	if op == nil {
		return false
	}
	a := answer(op)
	return a == nil || a.Status != 204
}
