package mockserver

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver/internal/journal"
	"rollcall/mockserver/store"
)

// muchData is the size from which documents are kept in short: with less, they
// are not worth the time it takes to write them out.
const muchData fixtures.Size = 20_000

// populate generates the data of every contract served.
func (s *Server) populate() (*world, error) {
	u := &world{states: map[string]*store.State{}, journal: journal.New(0, "", nil)}
	now := s.config.Now
	s.config.Now = s.made // the data is the same whenever it is made again
	defer func() { s.config.Now = now }()
	u.clock.set.Store(s.config.starting())
	tables, err := s.tables()
	if err != nil {
		return nil, err
	}
	states := slices.Sorted(maps.Keys(tables))
	for i, state := range states {
		schema, err := store.NewSchema(tables[state])
		if err != nil {
			return nil, err
		}
		generate, err := s.generator(state)
		if err != nil {
			return nil, err
		}
		data := generate(s.config.Seed, s.config.Size)
		s.data[state] = data
		source := s.source(data, schema)
		if tell := s.config.Progress; tell != nil {
			source.Progress = func(share float64) { tell((float64(i) + share) / float64(len(states))) }
		}
		u.states[state] = store.New(schema)
		if err := u.states[state].Fill(source); err != nil {
			return nil, err
		}
	}
	for _, m := range s.mounts {
		if s.config.later() != 0 || u.now(s.config.Now).Before(fixtures.AsOf()) { // what is computed was so for another day
			m.engine.Settle(u.states[m.state()], u.now(s.config.Now))
		}
		m.engine.Tick(u.states[m.state()], u.now(s.config.Now))
	}
	if err := s.own(u); err != nil {
		return nil, err
	}
	for state, w := range u.states {
		u.states[state] = w.Fork() // and forget what was before the tick
		u.states[state].Seal()
	}
	return u, nil
}

// generator finds what makes the data of a state: contracts that share it name the same.
func (s *Server) generator(state string) (fixtures.Generator, error) {
	for _, m := range s.mounts {
		if generate := m.plan.API.Data; m.state() == state && generate != nil {
			return generate, nil
		}
	}
	return nil, fmt.Errorf("there is no data for %q: set Data in the table of its contract", state)
}

// later is by how many days the data is moved.
func (cfg Config) later() int {
	if cfg.DataNow.IsZero() {
		return 0
	}
	const day = 24 * time.Hour
	return int(cfg.DataNow.UTC().Truncate(day).Sub(fixtures.AsOf()) / day)
}

// source gives a world the rows of a data set. Rows of a table that only a
// contract keeps which shares the state and is not served here are left out.
func (s *Server) source(data *fixtures.Dataset, schema *store.Schema) store.Source {
	parts, days := data.Parts(), s.config.later()
	return store.Source{Parts: len(parts), Pack: s.config.Size > muchData,
		Part: func(i int, put func(table, id string, document, private []byte)) {
			for row := range parts[i] {
				if schema.Has(row.Table) {
					put(row.Table, row.ID, fixtures.Shift(row.Body, days), fixtures.Shift(row.Private, days))
				}
			}
		}}
}
