package store

import (
	"fmt"
	"slices"
	"sort"
)

// Group puts records together by values, of which each may have several: all that
// have one, in the order of an index, are a Range. So a filter by such a value is
// cut into pages, and counted, without a look at the records. What is not in the
// index is in no group.
type Group struct {
	Name  string
	Order string                 // name of the index
	Of    func(*Record) []string // the values, each once; made with Key
}

// member is a record in one of its groups.
type member struct {
	value string
	rec   *Record
}

// lessIn orders members by value, then as an index does.
func lessIn(order int) func(a, b member) bool {
	less := lessBy(order)
	return func(a, b member) bool {
		if a.value != b.value {
			return a.value < b.value
		}
		return less(a.rec, b.rec)
	}
}

// order is the place of the index that orders a group.
func (t *Table) order(group int) int {
	return slices.IndexFunc(t.Indexes, func(x Index) bool { return x.Name == t.Groups[group].Order })
}

// checkGroups tells what is wrong in the declaration of groups.
func (t *Table) checkGroups() error {
	for i, g := range t.Groups {
		if t.order(i) < 0 {
			return fmt.Errorf("group %q of table %q is in the order of %q, which is no index of the table", g.Name, t.Name,
				g.Order)
		}
		if slices.ContainsFunc(t.Indexes, func(x Index) bool { return x.Name == g.Name }) ||
			slices.ContainsFunc(t.Groups[:i], func(o Group) bool { return o.Name == g.Name }) {
			return fmt.Errorf("group %q of table %q has the name of another group or index", g.Name, t.Name)
		}
	}
	return nil
}

// values gives the groups a record is in.
func (t *trees) values(group int, r *Record) []string {
	if r.keys[t.table.order(group)] == "" {
		return nil
	}
	return t.table.Groups[group].Of(r)
}

// regroup puts a record into its groups, over the one whose place it takes.
func (t *trees) regroup(r *Record) {
	for i, g := range t.groups {
		for _, v := range t.values(i, r) {
			g.Set(member{v, r})
		}
	}
}

// ungroup takes a record out of the groups where no other takes its place.
func (t *trees) ungroup(old, by *Record) {
	for i, g := range t.groups {
		var stay []string
		if order := t.table.order(i); by != nil && by.keys[order] == old.keys[order] && by.Seq == old.Seq {
			stay = t.values(i, by)
		}
		for _, v := range t.values(i, old) {
			if !slices.Contains(stay, v) {
				g.Delete(member{v, old})
			}
		}
	}
}

// all gives the records of a group that have a value.
func (t *trees) all(group int, value string) Range {
	g := t.groups[group]
	after := func(above bool) int {
		return sort.Search(g.Len(), func(i int) bool {
			m, _ := g.GetAt(i)
			return m.value > value || !above && m.value == value
		})
	}
	return Range{group: g, lo: after(false), hi: after(true)}
}
