package store

import "slices"

// asking is some conditions, and what is known of who meets them.
type asking struct {
	of      *blocks
	where   []asked
	room    mask // used again for each block
	renewed bool // a block was sealed anew that doesn't stand in its place yet
}

// asked is one condition.
type asked struct {
	*Condition
	sets  []known // in one of them is who may meet it
	exact *spread // who meets it; nil where that is not remembered in one piece
}

// known is a set, and who is in it, as far as that is remembered.
type known struct {
	Set
	over *spread
}

// add adds who of block i is in the set.
func (k *known) add(i int, base *sealed, to *mask) {
	if k.over.holds(i, base) {
		to.or(&k.over.masks[i])
	} else {
		k.Set.add(i, base, to)
	}
}

// asking makes a question of conditions.
func (s *blocks) asking(where []Condition) *asking {
	q := &asking{of: s, where: make([]asked, len(where))}
	for n := range where {
		a := &q.where[n]
		a.Condition = &where[n]
		a.sets = s.sets(nil, a.In)
		switch {
		case a.loose() && a.Key != "":
			if exact, _ := s.spreads.Get(a.key()); s.fresh(exact) {
				a.exact = exact
			}
		case len(a.sets) == 1 && !a.loose():
			a.exact = a.sets[0].over
		}
	}
	return q
}

// sets appends what a set is made of.
func (s *blocks) sets(all []known, of Set) []known {
	switch of := of.(type) {
	case nil:
		return all
	case Either:
		for _, one := range of {
			all = s.sets(all, one)
		}
		return all
	}
	return append(all, known{of, s.spreadOf(of)})
}

func (a *asked) key() Term { return NewTerm("condition", a.Key) }

// count tells how many of a block meet all conditions, without a look into it. Of some it doesn't tell.
func (q *asking) count(i int) (n int, ok bool) {
	at := &q.of.all[i]
	if !at.whole || len(q.where) == 0 {
		return 0, false
	}
	known := true
	for k := range q.where {
		a := &q.where[k]
		holds := a.exact.holds(i, at.base)
		if a.absent(i) || holds && !a.Not && a.exact.counts[i] == 0 {
			return 0, true
		}
		known = known && holds
	}
	if !known {
		return 0, false
	}
	for k := range q.where {
		a := &q.where[k]
		switch over := &a.exact.masks[i]; {
		case k == 0 && !a.Not:
			q.room = *over
		case k == 0:
			q.room = first(len(at.base.recs))
			fallthrough
		case a.Not:
			q.room.without(over)
		default:
			q.room.and(over)
		}
	}
	return q.room.count(), true
}

// absent tells that nobody of a block is named by the condition.
func (a *asked) absent(i int) bool {
	if len(a.sets) != 1 || a.Not {
		return false
	}
	named, ok := a.sets[0].Set.(These)
	return ok && len(named.in[i]) == 0
}

// block gives who of block i meets the conditions: of those it was sealed with, and of those who came late.
func (q *asking) block(i int) (in mask, late []*Record, b *block) {
	at := &q.of.all[i]
	base := at.base
	b = at.block
	if !at.whole {
		b = q.of.read(i)
		q.renewed = q.renewed || b != at.block
		base = b.base
	}
	in = q.may(i, base)
	if b.gone != nil {
		in.without(b.gone)
	}
	for n := range q.where {
		if q.where[n].unsure(i, base) {
			keep := q.where[n].Keep
			in.each(func(at int) {
				if !keep(base.recs[at]) {
					in.clear(at)
				}
			})
		}
	}
	for _, r := range b.late {
		if !slices.ContainsFunc(q.where, func(a asked) bool { return !a.Keep(r) }) {
			late = append(late, r)
		}
	}
	return in, late, b
}

// unsure tells whether those of a block have to be asked one by one.
func (a *asked) unsure(i int, base *sealed) bool { return a.loose() && !a.exact.holds(i, base) }

// may gives who of a block may meet all conditions, which is who does for all that aren't loose.
func (q *asking) may(i int, base *sealed) mask {
	in := first(len(base.recs))
	for n := range q.where {
		if !q.narrow(n, i, base, &in) {
			break
		}
	}
	return in
}

// narrow leaves those of a block who may meet a condition. It tells whether anybody is left.
func (q *asking) narrow(n, i int, base *sealed, in *mask) bool {
	a, who := &q.where[n], &q.room
	switch {
	case a.exact.holds(i, base):
		who = &a.exact.masks[i]
	case a.In == nil:
		return true
	default:
		*who = mask{}
		for k := range a.sets {
			a.sets[k].add(i, base, who)
		}
	}
	if a.Not {
		in.without(who)
	} else {
		in.and(who)
	}
	return in.some()
}

// enoughFew is how few are sooner asked than sorted out.
const enoughFew = 8

// worthAll is how many times as many as the other conditions leave are asked, so that it is known for the next time.
const worthAll = 16

// decide finds out who meets a loose condition, of all there are, where the others leave a large part of
// those who may meet it, or where it was asked before.
func (q *asking) decide() {
	for n := range q.where {
		a := &q.where[n]
		if a.Key == "" || a.exact != nil || !a.loose() {
			continue
		}
		left, most := q.left(n)
		if left <= enoughFew {
			continue
		}
		old, again := q.of.spreads.Get(a.key())
		if !again && left*worthAll < most {
			q.of.spreads.Add(a.key(), nil)
			continue
		}
		a.exact = q.of.spread(a.key(), old, func(i int, base *sealed) mask { return q.ask(n, i, base) })
	}
}

// left counts who may meet all conditions, and who may meet condition n.
func (q *asking) left(n int) (all, one int) {
	for i := range q.of.all {
		base := q.of.all[i].base
		in := first(len(base.recs))
		if q.narrow(n, i, base, &in) {
			one += in.count()
			in = q.may(i, base)
			all += in.count()
		}
	}
	return all, one
}

// ask asks all of a block who may meet a condition.
func (q *asking) ask(n, i int, base *sealed) mask {
	in := first(len(base.recs))
	q.narrow(n, i, base, &in)
	in.each(func(at int) {
		if !q.where[n].Keep(base.recs[at]) {
			in.clear(at)
		}
	})
	return in
}
