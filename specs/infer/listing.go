package infer

import (
	"strings"

	"rollcall/specs/contract"
)

// listing says how a list is laid out, cut, filtered and ordered.
func (r *reader) listing(op *contract.Operation, g *group) *contract.Listing {
	of := r.told(op, g.at.word, false)
	l := &contract.Listing{Items: of.items, Paging: r.pages(op), Filters: r.filters(op, g)}
	r.envelope(l, of.envelope)
	for _, p := range op.Parameters {
		switch {
		case p.In != "query":
		case l.Sort.Param == "" && has(sortNames, p.Name):
			l.Sort = contract.Sort{Param: p.Name, Origin: contract.Origin{Why: "by its name", Confidence: guess}}
		}
	}
	return l
}

// has says whether a name, in any spelling, is one of a table's words.
func has(text, name string) bool {
	name = plain(name)
	for rest, at := text, strings.Index(text, name); name != "" && at >= 0; at = strings.Index(rest, name) {
		end := at + len(name)
		if (at == 0 || rest[at-1] <= ' ') && (end == len(rest) || rest[end] <= ' ') {
			return true
		}
		rest = rest[end:]
	}
	return false
}

// envelope finds what is said of the list beside it, be it in a member of its own.
func (r *reader) envelope(l *contract.Listing, s *contract.Schema) {
	if s == nil {
		return
	}
	outer, _, _ := strings.Cut(l.Items, ".")
	rows := []struct {
		at    *string
		names string
	}{{&l.Total, totalNames}, {&l.Count, countNames}, {&l.Next, nextNames}, {&l.More, moreNames}}
	var look func(s *contract.Schema, before string, depth int)
	look = func(s *contract.Schema, before string, depth int) {
		for _, p := range s.Flat() {
			of := concrete(p.Schema)
			if isArray(of) {
				continue
			}
			if depth < 2 && isObject(of) && len(of.Flat()) > 0 {
				if before == "" && p.Name == outer || has(metaNames, p.Name) || has("links", p.Name) {
					look(of, before+p.Name+".", depth+1)
				}
				continue
			}
			for _, row := range rows {
				if *row.at == "" && has(row.names, p.Name) {
					*row.at = before + p.Name
					break
				}
			}
		}
	}
	look(s, "", 0)
}

// pages says by which query parameters a list is cut, nil where it isn't.
func (r *reader) pages(op *contract.Operation) *contract.Pages {
	pages := &contract.Pages{First: 1, Origin: contract.Origin{Confidence: sure}}
	for _, row := range []struct{ by, names string }{
		{contract.PagesByNumber, pageNames}, {contract.PagesByCursor, cursorNames}, {contract.PagesByOffset, offsetNames},
	} {
		if p := query(op, row.names); p != nil && pages.Param == "" {
			pages.By, pages.Param = row.by, p.Name
			if n, ok := number(p.Schema); ok && row.by == contract.PagesByNumber && n == 0 {
				pages.First = 0
			}
			if row.by == contract.PagesByNumber && p.Schema != nil && p.Schema.Type == "string" && p.Schema.Format == "" {
				pages.Confidence = likely
			}
		}
	}
	size := query(op, sizeNames)
	if size != nil {
		pages.Size = size.Name
		if n, ok := number(size.Schema); ok {
			pages.Default = int(n)
		}
		if s := size.Schema; s != nil && s.Maximum != nil {
			pages.Max = int(*s.Maximum)
		}
	}
	switch {
	case pages.Param == "" && size == nil:
		return nil
	case pages.Param == "":
		pages.By, pages.Confidence = contract.PagesByOffset, likely
		pages.Why = "query parameter " + size.Name + " alone"
	case size == nil:
		pages.Confidence, pages.Why = likely, "query parameter "+pages.Param
	default:
		pages.Why = "query parameters " + pages.Param + " and " + pages.Size
	}
	return pages
}

// query is the first query parameter with one of the names, the likeliest name first.
func query(op *contract.Operation, text string) *contract.Parameter {
	for _, name := range strings.Fields(text) {
		for _, p := range op.Parameters {
			if p.In == "query" && plain(p.Name) == name {
				return p
			}
		}
	}
	return nil
}

// number is the default of a schema, if it is a number.
func number(s *contract.Schema) (float64, bool) {
	if s == nil {
		return 0, false
	}
	switch n := s.Default.(type) {
	case float64:
		return n, true
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	}
	return jsonNumber(s.Default)
}

// jsonNumber reads a number that a decoder left as text.
func jsonNumber(v any) (float64, bool) {
	n, ok := v.(interface{ Float64() (float64, error) })
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}
