package store

import (
	"fmt"
	"slices"
)

// part makes the records of one part after the other. What stays of them goes into pieces of memory that hold nothing
// else: as small objects among those that are only needed on the way, it would keep half empty pages.
type part struct {
	*filling
	piles []batch
	texts map[string]string // each text once
	boxes map[string]any    // facts that are a text, each once
	keys  []string          // place for keys
	bytes []byte            // where documents and texts go
	err   error
}

// How much memory is taken at once: for documents and texts, in bytes, and for keys.
const (
	bytesPiece = 32 << 10
	keyPiece   = 256
)

func (f *filling) newPart() *part {
	return &part{filling: f, piles: make([]batch, len(f.schema.tables)), texts: map[string]string{}, boxes: map[string]any{}}
}

func (p *part) make(i int) ([]batch, error) {
	p.Part(i, p.put)
	made := make([]batch, len(p.piles))
	for t, pile := range p.piles {
		made[t] = slices.Clip(slices.Clone(pile))
		clear(pile)
		p.piles[t] = pile[:0]
	}
	clear(p.texts)
	clear(p.boxes)
	err := p.err
	p.err = nil
	return made, err
}

func (p *part) put(table, id string, document, private []byte) {
	t, ok := p.schema.byName[table]
	if !ok {
		p.err = fmt.Errorf("the store has no table %q for the record %q", table, id)
		return
	}
	of := &p.schema.tables[t]
	p.piles[t] = append(p.piles[t], Record{ID: p.own(id), body: View(document), private: View(private)})
	r := &p.piles[t][len(p.piles[t])-1]
	if of.Facts != nil {
		r.facts = p.box(of.Facts(r))
	}
	r.keys = p.keySpace(len(of.Indexes))
	for i := range of.Indexes {
		r.keys[i] = p.text(of.Indexes[i].Key(r))
	}
	p.pack(r, p.words[t])
	if r.words == nil && p.Pack {
		r.body, r.private = p.own(r.body), p.own(r.private)
	}
}

// keySpace gives place for n keys.
func (p *part) keySpace(n int) []string {
	if len(p.keys) < n {
		p.keys = make([]string, keyPiece)
	}
	keys := p.keys[:n:n]
	p.keys = p.keys[n:]
	return keys
}

// text gives the one copy of a text that the part holds.
func (p *part) text(s string) string {
	have, ok := p.texts[s]
	if !ok {
		have = p.own(s)
		p.texts[have] = have
	}
	return have
}

// own gives a copy of a text: a part of a document would keep all of it.
func (p *part) own(s string) string {
	p.room(len(s))
	from := len(p.bytes)
	p.bytes = append(p.bytes, s...)
	return View(p.bytes[from:])
}

// room sees to it that so many bytes more have room in the piece of memory that is being filled.
func (p *part) room(n int) {
	if cap(p.bytes)-len(p.bytes) < n {
		p.bytes = make([]byte, 0, max(bytesPiece, n))
	}
}

func (p *part) box(facts any) any {
	s, ok := facts.(string)
	if !ok {
		return facts
	}
	have, ok := p.boxes[s]
	if !ok {
		have = p.text(s)
		p.boxes[s] = have
	}
	return have
}

// worthPacking is the size of a document in bytes from which packing spares some.
const worthPacking = 96

// pack puts what a record holds into few bytes.
func (p *part) pack(r *Record, with *words) {
	if with == nil || len(r.body) < worthPacking || !packable(r.body) || !packable(r.private) {
		return
	}
	r.words = with
	r.body = p.keep(with, r.body)
	if r.private != "" {
		r.private = p.keep(with, r.private)
	}
}

// keep packs a document.
func (p *part) keep(with *words, doc string) string {
	p.room(len(doc) + 10) // at worst every byte stands for itself, after the length
	from := len(p.bytes)
	p.bytes = with.pack(p.bytes, bytesOf(doc))
	return View(p.bytes[from:])
}
