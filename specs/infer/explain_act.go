package infer

import (
	"strconv"
	"strings"

	"rollcall/specs/contract"
)

// act is one operation's line.
func act(a *contract.Act) string {
	var f flow
	switch a.Verb {
	case contract.VerbReply:
		var in flow
		if a.Reply != nil && a.Reply.Status > 0 {
			in.put("status", strconv.Itoa(a.Reply.Status))
		}
		if a.Reply != nil {
			in.add("example", a.Reply.Example)
		}
		f.put("reply", in.String())
		return f.String()
	case contract.VerbRelate, contract.VerbUnbind:
		if len(a.Relates) > 0 {
			f.put(string(a.Verb), list(a.Relates))
			break
		}
		f.add(string(a.Verb), a.Resource)
	default:
		f.add(strings.ReplaceAll(string(a.Verb), " ", "-"), a.Resource)
		f.add("under", a.Under)
		f.add("by", a.By)
		f.add("member", a.Member)
	}
	f.add("in", a.In)
	f.add("sent", a.Sent+a.Named)
	if len(a.Set) > 0 {
		var set flow
		for _, m := range a.Set {
			set.put(m.Member, string(m.Value))
		}
		f.put("set", set.String())
	}
	if a.List != nil {
		f.listing(a.List)
	}
	if len(a.Includes) > 0 {
		var in flow
		for _, one := range a.Includes {
			in.add(one.Name, one.Of+" by "+one.By)
		}
		f.put("include", in.String())
	}
	return f.String()
}

func (f *flow) listing(l *contract.Listing) {
	f.add("items", l.Items)
	f.add("total", l.Total)
	f.add("count", l.Count)
	f.add("next", l.Next)
	f.add("more", l.More)
	if l.Paging != nil {
		f.put("page", pages(l.Paging).String())
	}
	if len(l.Filters) > 0 {
		var in flow
		for _, one := range l.Filters {
			in.add(one.Param, one.Test+" "+one.Member)
		}
		f.put("filter", in.String())
	}
	f.add("sort", l.Sort.Param)
}

func pages(p *contract.Pages) (f flow) {
	if p.Param != "" {
		f.add(p.By, p.Param)
	}
	f.add("size", p.Size)
	for _, row := range []struct {
		key string
		n   int
	}{{"default", p.Default}, {"max", p.Max}} {
		if row.n > 0 {
			f.put(row.key, strconv.Itoa(row.n))
		}
	}
	if p.By == contract.PagesByNumber && p.First != 1 {
		f.put("first", strconv.Itoa(p.First))
	}
	return f
}
