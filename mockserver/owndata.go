package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/engine"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// table finds a table of a contract that is served.
func (s *Server) table(contract, table string) (*mount, error) {
	for _, m := range s.mounts {
		if m.name != contract {
			continue
		}
		if slices.ContainsFunc(m.plan.Tables, func(t store.Table) bool { return t.Name == table }) {
			return m, nil
		}
	}
	return nil, admin.ErrNoTable
}

// importInto puts rows into a state of a world.
func (u *world) importInto(m *mount, rows []engine.Row, emptied ...string) ([]string, error) {
	config := &u.server.config
	return m.engine.Import(engine.Request{HTTP: &http.Request{Header: http.Header{}, URL: &url.URL{}}, Path: pathParams(nil),
		State: u.states[m.state()], Now: u.now(config.Now), Born: u.start(),
		Seed: config.Seed, Server: u}, rows, emptied...)
}

// Export gives every record of a world by contract and table, as --data takes it. A table
// that two contracts share is told once.
func (c control) Export(id string) (map[string]map[string][]json.RawMessage, error) {
	u, err := c.find(id)
	if err != nil {
		return nil, err
	}
	all, told := map[string]map[string][]json.RawMessage{}, map[string]bool{}
	for _, m := range c.mounts {
		all[m.name] = map[string][]json.RawMessage{}
		for _, t := range m.plan.Tables {
			if told[m.state()+"/"+t.Name] {
				continue
			}
			told[m.state()+"/"+t.Name] = true
			records := []json.RawMessage{}
			for _, r := range u.states[m.state()].View().Everything(t.Name) {
				records = append(records, engine.Whole(r))
			}
			all[m.name][t.Name] = records
		}
	}
	return all, nil
}

// Record gives a record of a world with what is never answered of it.
func (c control) Record(id, contract, table, record string) (json.RawMessage, error) {
	u, err := c.find(id)
	if err != nil {
		return nil, err
	}
	m, err := c.table(contract, table)
	if err != nil {
		return nil, err
	}
	r, ok := u.states[m.state()].View().Get(table, record)
	if !ok {
		return nil, admin.ErrNoRecord
	}
	return engine.Whole(r), nil
}

// Change puts rows into a table of a world, which is emptied before if that is wanted, and
// gives their ids. Either all is done or nothing.
func (c control) Change(id, contract, table string, rows []engine.Row, empty bool) ([]string, error) {
	u, err := c.find(id)
	if err != nil {
		return nil, err
	}
	m, err := c.table(contract, table)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		rows[i].Table = table
		if _, there := u.states[m.state()].View().Get(table, r.ID); !there && (r.Record == nil || r.Merge) {
			return nil, admin.ErrNoRecord
		}
	}
	var emptied []string
	if empty {
		emptied = []string{table}
	}
	ids, err := u.importInto(m, rows, emptied...)
	return ids, unavailable(err)
}

// Diff tells what of a world is other than in the world from.
func (c control) Diff(id, from string) (admin.Diff, error) {
	u, err := c.find(id)
	before := c.origin
	if err == nil && from != "" {
		before, err = c.find(from)
	}
	if err != nil {
		return nil, err
	}
	all, told := admin.Diff{}, map[string]bool{}
	for _, m := range c.mounts {
		for _, t := range m.plan.Tables {
			if told[m.state()+"/"+t.Name] {
				continue
			}
			told[m.state()+"/"+t.Name] = true
			d := difference(before.states[m.state()].View().Everything(t.Name), u.states[m.state()].View().Everything(t.Name))
			if len(d.Added)+len(d.Changed)+len(d.Removed) == 0 {
				continue
			}
			if all[m.name] == nil {
				all[m.name] = map[string]admin.TableDiff{}
			}
			all[m.name][t.Name] = d
		}
	}
	return all, nil
}

// difference compares records by id; those that worlds share are one in memory.
func difference(before, after []*store.Record) (d admin.TableDiff) {
	was := make(map[string]*store.Record, len(before))
	for _, r := range before {
		was[r.ID] = r
	}
	for _, r := range after {
		old, ok := was[r.ID]
		delete(was, r.ID)
		switch {
		case !ok:
			d.Added = append(d.Added, engine.Whole(r))
		case old != r && !(bytes.Equal(old.Document(), r.Document()) && bytes.Equal(old.Private(), r.Private())):
			d.Changed = append(d.Changed, admin.Changed{Before: engine.Whole(old), After: engine.Whole(r)})
		}
	}
	for _, r := range before {
		if was[r.ID] != nil {
			d.Removed = append(d.Removed, engine.Whole(r))
		}
	}
	return d
}

// own puts the data of the configuration into the first state, each contract's at once.
func (s *Server) own(u *world) error {
	u.server = s
	defer func() { u.server = nil }()
	byContract := map[string][]engine.Row{}
	tables := map[string][]string{}
	for _, r := range s.config.Data {
		if _, err := s.table(r.Contract, r.Table); err != nil {
			return fmt.Errorf("%s: there is no table %q of a contract %q that is served here%s; it has %q", r.Where, r.Table,
				r.Contract, didYouMean(r.Table, s.tablesOf(r.Contract)), s.tablesOf(r.Contract))
		}
		if r.Record != nil {
			byContract[r.Contract] = append(byContract[r.Contract], engine.Row{Table: r.Table, Record: r.Record,
				Where: r.Where, Texts: r.Texts})
		}
		if s.config.DataAlone && !slices.Contains(tables[r.Contract], r.Table) {
			tables[r.Contract] = append(tables[r.Contract], r.Table)
		}
	}
	var faults []error
	for _, m := range s.mounts {
		if len(byContract[m.name])+len(tables[m.name]) > 0 {
			_, err := u.importInto(m, byContract[m.name], tables[m.name]...)
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// didYouMean names what a wrong name was most likely meant to be.
func didYouMean(word string, names []string) string {
	if near := contract.Nearest(word, names); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ""
}

func (s *Server) tablesOf(contract string) (names []string) {
	for _, m := range s.mounts {
		if m.name == contract {
			for _, t := range m.plan.Tables {
				names = append(names, t.Name)
			}
		}
	}
	return names
}
