package store

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
)

// Source is many records at once, cut into parts that are made independently.
type Source struct {
	Parts int
	// Part hands over the records of part i; several run at once.
	Part func(i int, put func(table, id string, document, private []byte))
	// Pack keeps documents in short. They are unpacked whenever they are read, which
	// pays when there are so many that memory is short.
	Pack bool
	// Progress is told, one call at a time, how much is done, from 0 to 1; may be nil.
	Progress func(share float64)
}

// madeShare is what of the work is done when all records are made, roughly.
const madeShare = 0.7

// Fill puts the records of a source into a state that is empty. The order of
// insertion is that of the parts, whatever the number of processors. A table
// that the schema does not have, or two records with one id, are an error.
func (s *State) Fill(from Source) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	schema := s.current.Load().schema
	f := newFilling(schema, from)
	if err := f.makeAll(); err != nil {
		return err
	}
	r := &root{schema: schema, tables: make([]*tableState, len(schema.tables))}
	if err := f.fillTables(r); err != nil {
		return err
	}
	s.current.Store(r)
	s.before.Store(r)
	return nil
}

// Seal makes all that is known for searches, which else the first readers wait for.
func (s *State) Seal() {
	for _, t := range s.current.Load().tables {
		if all := t.trees().blocks; all != nil {
			atOnce(len(all.all), func(i int) { all.renew(i).base.seal() })
			all.settle()
		}
	}
}

// filling is one call of Fill.
type filling struct {
	schema *Schema
	Source
	words []*words   // by table, nil without packing
	made  [][]batch  // by part and table
	mu    sync.Mutex // around Progress
	done  float64
}

// batch is what a part has for one table, in one piece of memory.
type batch []Record

func newFilling(s *Schema, from Source) *filling {
	f := &filling{schema: s, Source: from, made: make([][]batch, from.Parts), words: make([]*words, len(s.tables))}
	if from.Pack {
		f.learn()
	}
	return f
}

// learn takes samples of parts here and there, to pack the rest with.
func (f *filling) learn() {
	samples := make([][][]byte, len(f.schema.tables))
	size := make([]int, len(samples))
	const looks = 8
	for n := range min(looks, f.Parts) {
		share := mostWords * (n + 1) / min(looks, f.Parts)
		f.Part(n*f.Parts/min(looks, f.Parts), func(table, _ string, document, private []byte) {
			t, ok := f.schema.byName[table]
			if !ok || size[t]+len(document)+len(private) > share {
				return
			}
			samples[t], size[t] = append(samples[t], document, private), size[t]+len(document)+len(private)
		})
	}
	for t := range samples {
		f.words[t] = newWords(samples[t])
	}
}

func (f *filling) progress(by float64) {
	if f.Progress == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done += by
	f.Progress(min(f.done, 1))
}

// makeAll makes every part.
func (f *filling) makeAll() error {
	errs := make([]error, f.Parts)
	idle := make(chan *part, runtime.GOMAXPROCS(0))
	for range cap(idle) {
		idle <- f.newPart()
	}
	atOnce(f.Parts, func(i int) {
		p := <-idle
		f.made[i], errs[i] = p.make(i)
		idle <- p
		f.progress(madeShare / float64(f.Parts))
	})
	for _, w := range f.words {
		if w != nil {
			w.packed()
		}
	}
	return errors.Join(errs...)
}

// atOnce runs n pieces of work on all processors.
func atOnce(n int, work func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				work(i)
			}
		})
	}
	all.Wait()
}
