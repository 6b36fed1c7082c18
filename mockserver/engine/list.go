package engine

import (
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// list answers the records of an index, those of the caller or of the parent,
// filtered and cut into pages as the verb says.
func (r *run) list(v behavior.List) (behavior.Answer, *behavior.Refusal) {
	s := r.Operation.Records
	if ref := r.parent(s, ""); ref != nil {
		return behavior.Answer{}, ref
	}
	if of, ok := r.plan.Resource(r.Operation.Above); ok {
		above, ref := r.find(of, "", r.Operation.Parents)
		if ref != nil {
			return behavior.Answer{}, ref
		}
		r.call.Above = above
	}
	sel := query.Selection{Order: r.call.Reader().Scan(s.Name, v.Index, r.prefix()), Keep: r.keep(v)}
	sel.Descend = v.Descend != nil && v.Descend(&r.call)
	if v.Sort != nil {
		sel.Sort = v.Sort(&r.call)
	}
	if v.Page == nil {
		records, _ := sel.Run(0, sel.Order.Len())
		a := r.call.OK(append(r.items(append(r.call.Scratch[:0], '['), records), ']'))
		a.Borrowed = true
		return a, nil
	}
	page, ref := r.call.Page(v.Page)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	if v.Page.By == contract.PagesByCursor {
		page.Offset = sel.Place(page.After)
	}
	records, total := sel.Run(page.Skip(), page.Size)
	if again := r.call.Within(v.Page, page, total); again != page {
		page = again
		records, total = sel.Run(page.From(total), page.Size)
	}
	if len(records) > 0 {
		page.Last = records[len(records)-1].ID
	}
	fill := func(b []byte) []byte { return r.items(b, records) }
	return v.Page.Envelope(&r.call, v.Page, page, total, len(records), fill), nil
}

// prefix is what the keys of the listed records begin with.
func (r *run) prefix() string {
	s := r.Operation.Records
	if s.Owner.Field != "" && r.call.Holds(s.Owner.Lists) {
		return store.Key(r.owner())
	}
	if s.Nest.Resource != "" && r.call.Parent != nil && r.call.Holds(s.Nest.Lists) && r.call.Holds(r.Operation.Within) {
		return store.Key(r.call.Parent.ID)
	}
	return ""
}

// items appends records one after the other, with commas between.
func (r *run) items(b []byte, records []*store.Record) []byte {
	for i, rec := range records {
		if i > 0 {
			b = append(b, ',')
		}
		b = r.show(b, r.Operation.Records, rec)
	}
	return b
}

// keep gives what a record must pass: the filters that are asked for, then what
// hides it.
func (r *run) keep(v behavior.List) (all []func(*store.Record) bool) {
	s := r.Operation.Records
	for _, f := range v.Filters {
		if value, ok := r.call.Query()[f.Param]; ok && r.call.Holds(f.By) {
			all = append(all, f.Keep(&r.call, value[0]))
		}
	}
	if v.Hides != nil && r.call.Holds(v.HidesBy) {
		all = append(all, func(rec *store.Record) bool { return !v.Hides(&r.call, rec) })
	}
	if s.Trash.Field != "" && r.call.Holds(s.Trash.Hidden) && r.call.Query().Get(s.Trash.Param) != "true" {
		all = append(all, func(rec *store.Record) bool { return !trashed(s, rec) })
	}
	return all
}
