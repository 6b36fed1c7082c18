package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// verdict of an operation: what it does, how sure that is, and why.
type guessed struct {
	verb  contract.Verb
	sure  int
	why   string
	group *group
}

// act says what an operation does.
func (r *reader) act(op *contract.Operation) *contract.Act {
	p := r.at[op]
	g := r.guess(op, p)
	if g.group == nil && g.verb != contract.VerbReply {
		g.verb = contract.VerbReply
	}
	g = r.doubt(op, p, r.weigh(op, r.answered(op, p, g)))
	if r.shadowed(op, p) {
		g.sure, g.why = guess, "an operation with an equal path comes first; "+g.why
	}
	a := &contract.Act{Operation: op.ID, Verb: g.verb, Origin: contract.Origin{Why: g.why, Confidence: g.sure}}
	if g.verb == contract.VerbReply {
		a.Reply = &contract.Reply{Status: 200}
		if of := answer(op); of != nil && of.Status > 99 {
			a.Reply.Status = of.Status
		}
		return a
	}
	a.Resource, a.Params = g.group.made.Name, r.params(op)
	if up, home := g.group.up, g.group.home; up != nil &&
		!(g.group.single && home == up.home && a.Verb == contract.VerbDelete) {
		if g.group.bound || home != g.group && (home.up == nil || home.up.made != up.made) {
			a.Under = up.made.Name
		}
	}
	if home := g.group.home; p.of == g.group && home != g.group && home.item != nil {
		by, own := r.idMember(home, g.group.keys[len(g.group.keys)-1]), r.idMember(home, home.keys[len(home.keys)-1])
		if by.Member != own.Member && by.Confidence > guess {
			a.By = by.Member
		}
	}
	if a.Verb == contract.VerbUpdate && p.of == nil && p.group != nil && p.group.single && p.group.home != g.group.home {
		a.Member = r.memberOf(g.group, p.word)
	}
	r.fill(a, op, p, g)
	return a
}

// fill adds how the records are wrapped, and how a list is cut.
func (r *reader) fill(a *contract.Act, op *contract.Operation, p *place, g guessed) {
	word := g.group.at.word
	a.Sent = r.wrapped(r.sent(op, word))
	switch a.Verb {
	case contract.VerbList:
		a.List = r.listing(op, g.group)
		return
	case contract.VerbRelate, contract.VerbUnbind:
		if a.Under != "" {
			a.Relates = []string{a.Under, a.Resource}
			if p.of != g.group {
				a.Sent, a.Named = r.naming(op, g.group, a.Sent)
			}
		}
	}
	says := r.purposeOf(op)
	a.Several = a.Verb == contract.VerbBulk && op.Method == "POST" && strings.HasSuffix(a.Sent, "[]") &&
		(says == purposeCreate || says == purposeNone)
	if g.group.bound && a.Under != "" && a.Relates == nil && p.of == g.group {
		a.Relates = []string{a.Under, a.Resource}
	}
	a.In = r.wrapped(r.told(op, word, true))
}

// wrapped is what a single record is wrapped in; "[]" at its end is a list of one.
func (r *reader) wrapped(of shape) string {
	if of.list && !of.bare {
		return of.items + "[]"
	}
	return of.in
}

// params are the path parameters of an operation, as they stand in its path.
func (r *reader) params(op *contract.Operation) (all []string) {
	for _, part := range parts(op.Path) {
		all = append(all, part.keys...)
	}
	return all
}

// weigh takes from a guess what the operation's own name contradicts.
func (r *reader) weigh(op *contract.Operation, g guessed) guessed {
	says := r.purposeOf(op)
	if says != purposeNone && !says.fits(g.verb) && g.verb != contract.VerbReply && g.sure > guess {
		g.sure--
		g.why += ", though its name says " + string(says)
		return g
	}
	first := words(op.ID[strings.LastIndexByte(op.ID, '/')+1:])
	if says != purposeNone || op.Method == "GET" || g.sure < sure || g.group == nil || g.verb == contract.VerbAction ||
		len(first) < 2 {
		return g
	}
	if r.actions[first[0]] && !strings.EqualFold(first[0], op.Method) && !strings.HasPrefix(g.group.noun, first[0]) {
		g.sure--
		g.why += ", though its name says " + first[0]
	}
	return g
}

// guess looks at where the operation stands.
func (r *reader) guess(op *contract.Operation, p *place) guessed {
	switch {
	case op.Method == "OPTIONS" || op.Method == "TRACE":
		return guessed{contract.VerbReply, sure, op.Method + " touches no record", nil}
	case watches(p):
		return guessed{contract.VerbReply, likely, "it watches what another path lists", nil}
	case op.Method == "GET" && strings.HasSuffix(op.Path, "/") && p.group != nil && p.group.item == nil && p.leads() &&
		r.purposeOf(op) != purposeList && r.pages(op) == nil:
		return guessed{contract.VerbReply, likely, "it tells of the paths below it", nil}
	case op.Method == "GET" && r.picks(op) && p.up.group != nil:
		if has("filter", lastKeys(op)[0]) {
			return guessed{contract.VerbList, likely, "its last parameter filters the list", p.up.group}
		}
		return guessed{contract.VerbReadOne, guess, "its last parameter picks a part", p.up.group}
	case p.of != nil:
		return r.onItem(op, p, p.of)
	case p.group != nil && p.group.single:
		return r.onSingle(op, p, p.group)
	case p.group != nil:
		return r.onGroup(op, p, p.group)
	}
	return r.onWord(op, p)
}

// answered turns what follows from what is asked into a reply: no path says which record is meant,
// and no record is kept of what is computed.
func (r *reader) answered(op *contract.Operation, p *place, g guessed) guessed {
	switch {
	case g.group == nil || r.named(op) == purposeList && g.verb == contract.VerbReadOne:
	case onOne(p, g) && r.picked(op, p, g) != "":
		return guessed{contract.VerbReply, likely, r.picked(op, p, g) + " in the query says which one is meant", nil}
	case g.verb == contract.VerbReadOne && r.question(op, p) != "":
		return guessed{contract.VerbReply, likely, "what is answered follows from " + r.question(op, p) + " in the query", nil}
	case g.verb == contract.VerbSetOne && op.Method == "POST" && p.has("GET") &&
		(r.question(p.op("GET"), p) != "" || r.asksToo(op, p)):
		return guessed{contract.VerbReply, likely, "a question that GET asks as well", nil}
	case g.verb == contract.VerbCreate && r.unsaid(op) && unseen(r, op, p, g) && (!r.plural(p.word) || r.answersElse(op, p, g)):
		return guessed{contract.VerbReply, likely, "nothing says that a record is made", nil}
	}
	return g
}

// answersElse says whether an answer has members, and is none of the group's records by its component.
func (r *reader) answersElse(op *contract.Operation, p *place, g guessed) bool {
	of := r.told(op, p.word, true)
	return len(members(of.entity)) > 0 && !r.verdict(of.entity) && !related(r.stem(of.entity), g.group.noun)
}

// unsaid says whether neither a name nor a status tells of a record that is made.
func (r *reader) unsaid(op *contract.Operation) bool {
	return !made(op) && !slices.Contains([]purpose{purposeCreate, purposeAdd, purposeUpdate}, r.purposeOf(op))
}

// picked is the query parameter that says which of several records is meant, "" where none does.
func (r *reader) picked(op *contract.Operation, p *place, g guessed) string {
	for _, q := range op.Parameters {
		name, must := plain(q.Name), q.Required && op.Method == "GET" && above(p) == nil
		if q.In == "query" && !r.aside(q.Name) && (must || name == "id" || name == g.group.noun+"id" || name == g.group.noun) {
			return q.Name
		}
	}
	return ""
}

// question is the query parameter that an answer is computed from, "" where there is none.
func (r *reader) question(op *contract.Operation, p *place) string {
	if op == nil {
		return ""
	}
	for _, q := range op.Parameters {
		if q.In == "query" && (has(questionNames, q.Name) || r.same(q.Name, p.word)) {
			return q.Name
		}
	}
	return ""
}

// asksToo says whether what a POST sends is what GET has in its query.
func (r *reader) asksToo(op *contract.Operation, p *place) bool {
	n := 0
	for _, m := range members(r.sent(op, p.word).entity) {
		if slices.ContainsFunc(p.op("GET").Parameters, func(q *contract.Parameter) bool {
			return q.In == "query" && plain(q.Name) == plain(m.Name)
		}) {
			n++
		}
	}
	return n > 1
}

// leads says whether a place has nothing but its GET, and others below it.
func (p *place) leads() bool { return len(p.ops) == 1 && len(p.kids) > 0 }

// picks says whether the last parameter of a path picks a part rather than a record.
func (r *reader) picks(op *contract.Operation) bool {
	keys := lastKeys(op)
	return len(keys) == 1 && has(partWords, keys[0])
}

// shadowed says whether an operation with the same method and an equal template comes before.
func (r *reader) shadowed(op *contract.Operation, p *place) bool {
	first := p.op(op.Method)
	if r.picks(op) != r.picks(first) {
		return false // one of them may be told from the other by the words that it takes
	}
	apart := slices.ContainsFunc(op.Parameters, func(q *contract.Parameter) bool {
		return q.In == "query" && q.Required && query(first, plain(q.Name)) == nil
	})
	return first != op && !apart && !strings.ContainsAny(op.Path, "#?") && !strings.ContainsAny(first.Path, "#?")
}

// watches says whether the place is below a word "watch" beside the same path without it.
func watches(p *place) bool {
	for ; p != nil; p = p.up {
		if p.word != "watch" || p.up == nil || len(p.kids) == 0 {
			continue
		}
		return slices.ContainsFunc(p.kids, func(kid *place) bool {
			return slices.ContainsFunc(p.up.kids, func(beside *place) bool { return beside.word == kid.word })
		})
	}
	return false
}

// above is the group of the record that stands above a place, nil where there is none.
func above(p *place) *group {
	for p = p.up; p != nil; p = p.up {
		if p.of != nil {
			return p.of
		}
	}
	return nil
}

// beside is the group next above a place, be it one of records or of one.
func beside(p *place) *group {
	for p = p.up; p != nil; p = p.up {
		if p.of != nil {
			return p.of
		}
		if p.group != nil {
			return p.group
		}
	}
	return nil
}
