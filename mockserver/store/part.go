package store

import (
	"fmt"
	"slices"
	"strings"
)

// part makes the records of one part.
type part struct {
	*filling
	piles  []batch
	texts  map[string]string // each text once
	boxes  map[string]any    // facts that are a text, each once
	keys   []string          // place for keys
	packed []byte            // where packed documents go
	err    error
}

// How much memory is taken at once: for packed documents, in bytes, and for keys.
const (
	packedPiece = 32 << 10
	keyPiece    = 256
)

func (f *filling) makePart(i int) ([]batch, error) {
	p := &part{filling: f, piles: make([]batch, len(f.schema.tables)), texts: map[string]string{}, boxes: map[string]any{}}
	f.Part(i, p.put)
	for t := range p.piles {
		p.piles[t] = slices.Clip(slices.Clone(p.piles[t]))
	}
	return p.piles, p.err
}

func (p *part) put(table, id string, document, private []byte) {
	t, ok := p.schema.byName[table]
	if !ok {
		p.err = fmt.Errorf("the store has no table %q for the record %q", table, id)
		return
	}
	of := &p.schema.tables[t]
	p.piles[t] = append(p.piles[t], Record{ID: strings.Clone(id), body: document, private: private})
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
		r.body, r.private = slices.Clip(slices.Clone(r.body)), slices.Clip(slices.Clone(r.private)) // without room to grow
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
		have = strings.Clone(s) // lest a part of a document keeps all of it
		p.texts[have] = have
	}
	return have
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
	if r.private != nil {
		r.private = p.keep(with, r.private)
	}
}

// keep packs a document into the piece of memory that is being filled.
func (p *part) keep(with *words, doc []byte) []byte {
	// At worst every byte stands for itself, after the length.
	if need := len(doc) + 10; cap(p.packed)-len(p.packed) < need {
		p.packed = make([]byte, 0, max(packedPiece, need))
	}
	from := len(p.packed)
	p.packed = with.pack(p.packed, doc)
	return slices.Clip(p.packed[from:])
}
