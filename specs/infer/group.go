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
			if !r.parental(p) {
				above = up
			}
		}
		r.find(kid, above)
	}
}

// parental says whether what stands below the end of a key belongs to a record: not below
// /v1/{name}, where any record's name may stand, nor where the key's GET answers several.
func (r *reader) parental(item *place) bool {
	at := item.of.at
	if isVersion(at.word) {
		return len(item.ops) > 0 && at.up.word != ""
	}
	of := r.told(item.op("GET"), at.word, true)
	_, keyed := r.flat(item.of.entity)[plain(item.keys[len(item.keys)-1])]
	return !several(item) && (!of.list || of.items != "" || keyed)
}

// several says whether a key names several records at once, as /sites/{siteIds} does.
func several(item *place) bool {
	last := words(item.keys[len(item.keys)-1])
	return len(last) > 1 && last[len(last)-1] == "ids"
}

func (r *reader) groupAt(p *place, up *group) *group {
	g := &group{at: p, up: up}
	g.item, g.keys = p.key()
	if p.of != nil && r.parental(p) {
		g.up = p.of
	}
	get := p.op("GET")
	of := r.told(get, p.word, false)
	switch {
	case r.verb(p) && !r.plural(p.word) && r.untold(p):
		return nil
	case g.item != nil && r.isGroup(p, g.item):
	case get != nil && r.asked(p, get):
		return nil
	case get != nil && (of.list && !of.bare || r.listed(p, get, of)):
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

// asked says whether a place has only answers to questions: what is told follows from what is
// sent, and nothing there is made, changed or found again. GET /convert?from=&to= is one.
func (r *reader) asked(p *place, get *contract.Operation) bool {
	if p.has("PUT", "PATCH", "DELETE") || len(p.kids) > 0 || r.plural(p.word) || r.named(p.op("POST")) == purposeCreate {
		return false
	}
	return r.needs(get) != "" || r.query(p) && r.listWord(p.word) == "" && r.told(get, p.word, false).list
}

// needs is the query parameter without which an operation has no answer, "" where there is none.
func (r *reader) needs(op *contract.Operation) string {
	for _, q := range op.Parameters {
		if q.In == "query" && q.Required && !r.aside(q.Name) {
			return q.Name
		}
	}
	return ""
}

// aside says whether a query parameter has nothing to do with which records are meant.
func (r *reader) aside(name string) bool { return has(asideNames, name) || r.cuts(name) }

// listWord is a word that only says that the records before it are listed or got.
func (r *reader) listWord(word string) string {
	if of := r.purposes[plain(word)]; of == purposeList && !r.queries[plain(word)] || of == purposeGet || plain(word) == "list" {
		return plain(word)
	}
	return ""
}

// listed says whether a place holds several records, though its answer doesn't show them.
func (r *reader) listed(p *place, get *contract.Operation, of shape) bool {
	pages := r.pages(get)
	mute := of.entity == nil || len(members(of.entity)) == 0 && (of.entity.Type == "" || isObject(of.entity))
	if r.plural(p.word) {
		return mute || of.list || r.loose || pages != nil
	}
	return of.entity == nil && answer(get) != nil && (pages != nil && pages.Param != "" ||
		r.purposes[plain(p.word)] == purposeList && r.plural(p.up.word) && !r.query(p))
}

// isGroup says whether what stands at the end of a key is one of the records before it.
func (r *reader) isGroup(p, item *place) bool {
	if len(item.keys) == 1 && (has(partWords, item.keys[0]) || has(pageNames, item.keys[0])) ||
		has(askingWords, p.word) && !item.has("PUT", "PATCH", "DELETE") ||
		r.verb(p) && !r.plural(p.word) && r.untold(p) {
		return false
	}
	return len(item.ops) > 0 || len(item.kids) > 0 && (len(p.ops) > 0 || r.plural(p.word) || p.up.of != nil ||
		r.keyedBy(p, item))
}

// keyedBy says whether a key has the name of the word before it: /service/{serviceName}/users are
// the users of a service, though nothing gets one.
func (r *reader) keyedBy(p, item *place) bool {
	own := strings.Join(r.one(p.word), "")
	return len(item.keys) == 1 && len(own) > 2 && strings.HasPrefix(plain(item.keys[0]), own)
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
	g.stem = r.stemAt(g) // what is sent is called by who sends it
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

// stemAt is the stem of what a group's records are, with the last word where that is the path's
// own: CollectionItem at /collections/{id}/items is no collection.
func (r *reader) stemAt(g *group) string {
	if g.entity != nil {
		all := words(g.entity.Name[strings.LastIndexByte(g.entity.Name, '.')+1:])
		if n := len(all); n > 1 && r.variants[all[n-1]] && r.singular(all[n-1]) == strings.Join(r.one(g.at.word), "") {
			return strings.Join(all[:n-1], "") + r.singular(all[n-1])
		}
	}
	return r.stem(g.entity)
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
