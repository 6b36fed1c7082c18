package declared

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

func (t *table) list(r *contract.Resource, a *contract.Act, op *contract.Operation) behavior.List {
	out := behavior.List{Index: byOrder}
	if row := behavior.By(t.row(op.ID, contract.RowListed)); row != "" {
		out.Enforces = []behavior.By{row}
		out.Hides = func(c *behavior.Call, rec *store.Record) bool { return !c.Holds(row) && rec.Seq%2 == 1 }
	}
	t.boundAlone(a, &out)
	out.Sort = t.sorts(r, a, op)
	out.Enforces = append(out.Enforces, t.asked(a)...)
	l := a.List
	if l == nil {
		return out
	}
	for _, f := range l.Filters {
		if keep := keeper(f); keep != nil {
			out.Filters = append(out.Filters, behavior.Filter{Param: f.Param, Keep: keep,
				By: behavior.By(t.row(op.ID, contract.RowFilter+f.Param))})
		}
	}
	if l.Paging == nil && l.Items == "" {
		return out
	}
	out.Page = &behavior.Paging{Default: unpaged, Max: unpaged, Envelope: t.envelope(l, op)}
	if p := l.Paging; p != nil {
		*out.Page = behavior.Paging{By: p.By, Page: p.Param, Limit: p.Size, Default: p.Default, Max: p.Max, First: p.First,
			Envelope: t.envelope(l, op)}
		if out.Page.Default <= 0 {
			out.Page.Default = 20
		}
		if out.Page.Max <= 0 {
			out.Page.Max = max(100, out.Page.Default)
		}
	}
	return out
}

// unpaged is the size of the one page of a list that has no pages.
const unpaged = 1_000_000

// keeper reads a filter by its test.
func keeper(f contract.Filter) behavior.Keeper {
	member := func(rec *store.Record) gjson.Result { return rec.Get(f.Member) }
	switch f.Test {
	case contract.TestIs:
		return each(func(value string) func(gjson.Result) bool {
			return func(v gjson.Result) bool { return v.Type != gjson.Null && strings.EqualFold(v.String(), value) }
		}, member)
	case contract.TestAnyOf:
		return each(func(value string) func(gjson.Result) bool {
			wanted := query.Cut(value)
			return func(v gjson.Result) bool {
				for _, w := range wanted {
					if strings.EqualFold(v.String(), w) {
						return true
					}
				}
				return false
			}
		}, member)
	case contract.TestContains:
		return each(func(value string) func(gjson.Result) bool {
			value = strings.ToLower(value)
			return func(v gjson.Result) bool { return strings.Contains(strings.ToLower(v.String()), value) }
		}, member)
	case contract.TestSince:
		return each(func(value string) func(gjson.Result) bool {
			return func(v gjson.Result) bool { return v.String() >= value }
		}, member)
	case contract.TestUntil:
		return each(func(value string) func(gjson.Result) bool {
			return func(v gjson.Result) bool { return v.String() <= value }
		}, member)
	}
	return nil
}

// each makes a keeper of a test: of a member that is a list, one item has to pass.
func each(test func(value string) func(gjson.Result) bool, member func(*store.Record) gjson.Result) behavior.Keeper {
	return func(_ *behavior.Call, value string) func(*store.Record) bool {
		if value == "" {
			return func(*store.Record) bool { return true }
		}
		passes := test(value)
		return func(rec *store.Record) bool {
			v := member(rec)
			if !v.IsArray() {
				return passes(v)
			}
			found := false
			v.ForEach(func(_, item gjson.Result) bool { found = passes(item); return !found })
			return found
		}
	}
}

// envelope writes a page as the document has it: the list where its place is, the numbers that
// the behavior names, and of what else must be there a value of its schema.
func (t *table) envelope(
	l *contract.Listing, op *contract.Operation,
) func(*behavior.Call, *behavior.Paging, query.Page, int, int, func([]byte) []byte) behavior.Answer {
	var s *contract.Schema
	if success := op.Success(); success != nil {
		s = success.Schema
	}
	return func(
		c *behavior.Call, p *behavior.Paging, page query.Page, total, count int, fill func([]byte) []byte,
	) behavior.Answer {
		list := func(to []byte) []byte { return append(fill(append(to, '[')), ']') }
		w := &pageWriter{table: t, call: c, listing: l, paging: p, page: page, total: total, count: count, list: list}
		a := c.OK(w.value(c.Scratch[:0], s, ""))
		a.Borrowed = true
		return a
	}
}

// pageWriter writes one page.
type pageWriter struct {
	*table
	call         *behavior.Call
	listing      *contract.Listing
	paging       *behavior.Paging
	page         query.Page
	total, count int
	list         func([]byte) []byte
}

// value appends what stands at a place of the envelope.
func (w *pageWriter) value(to []byte, s *contract.Schema, at string) []byte {
	if at == w.listing.Items {
		return w.list(to)
	}
	if raw, ok := w.known(at); ok {
		return append(to, raw...)
	}
	if s == nil || !w.within(at) {
		return append(to, w.maker.Reply(w.call.Operation.ID+" "+at, "", s)...)
	}
	to = append(to, '{')
	first := true
	for _, m := range s.Every() {
		inner := strings.TrimPrefix(at+"."+m.Name, ".")
		_, known := w.known(inner)
		unasked := !known && !w.within(inner) && inner != w.listing.Items && !s.IsRequired(m.Name)
		if unasked || inner == w.listing.Next && !w.more() {
			if !(s.IsRequired(m.Name) && m.Schema.Nullable) {
				continue
			}
		}
		if !first {
			to = append(to, ',')
		}
		first = false
		to = append(append(to, encoded(m.Name)...), ':')
		to = w.value(to, m.Schema, inner)
	}
	return append(to, '}')
}

// within tells whether something that is known stands below a place.
func (w *pageWriter) within(at string) bool {
	for _, one := range []string{w.listing.Items, w.listing.Total, w.listing.Count, w.listing.Next, w.listing.More} {
		if one != "" && (at == "" || strings.HasPrefix(one, at+".")) {
			return true
		}
	}
	return false
}

func (w *pageWriter) more() bool { return w.page.Skip()+w.count < w.total }

// known gives what the listing says of a place, as JSON.
func (w *pageWriter) known(at string) (string, bool) {
	if at == "" {
		return "", false
	}
	switch at {
	case w.listing.Total:
		return strconv.Itoa(w.total), true
	case w.listing.Count:
		return strconv.Itoa(w.count), true
	case w.listing.More:
		return strconv.FormatBool(w.more()), true
	case w.listing.Next:
		return w.next(), true
	}
	if w.paging == nil {
		return "", false
	}
	name := at[strings.LastIndexByte(at, '.')+1:]
	switch name {
	case w.paging.Limit:
		return strconv.Itoa(w.page.Size), w.paging.Limit != ""
	case w.paging.Page:
		if w.paging.By == contract.PagesByOffset {
			return strconv.Itoa(w.page.Skip()), true
		}
		return strconv.Itoa(w.page.Number - 1 + w.paging.First), w.paging.By != contract.PagesByCursor && w.paging.Page != ""
	case "total_pages", "totalPages", "pages", "pageCount":
		return strconv.Itoa(w.page.Pages(w.total)), true
	}
	return "", false
}

// next is the link or the cursor of the next page, null after the last one.
func (w *pageWriter) next() string {
	if !w.more() {
		return "null"
	}
	return rule.Text(w.call.NextPage(w.paging, w.page, w.count))
}

func encoded(name string) string { return rule.Text(name) }
