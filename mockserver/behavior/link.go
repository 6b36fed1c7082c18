package behavior

import (
	"github.com/tidwall/gjson"

	"rollcall/mockserver/store"
)

// Link is a member that is stored as the id of another record and answered as
// that record, as it is at the moment.
type Link struct {
	Member string
	Table  string
	Form   func(to []byte, r *store.Record) []byte // appends what is shown of it; nil: its document
	Each   []Link                                  // the member is an array of objects that have links themselves
}

// Expand appends a document that is stored, its links replaced by what they name. A
// link to nothing is null.
func Expand(c *Call, to []byte, doc gjson.Result, links []Link) []byte {
	first := true
	to = append(to, '{')
	doc.ForEach(func(k, v gjson.Result) bool {
		if !first {
			to = append(to, ',')
		}
		first = false
		to = append(append(to, k.Raw...), ':')
		to = value(c, to, k.Str, v, links)
		return true
	})
	return append(to, '}')
}

func value(c *Call, to []byte, name string, v gjson.Result, links []Link) []byte {
	for i := range links {
		l := &links[i]
		if l.Member != name || v.Type == gjson.Null {
			continue
		}
		if l.Each != nil {
			return each(c, to, v, l.Each)
		}
		rec, ok := c.Reader().Get(l.Table, v.String())
		if !ok {
			return append(to, "null"...)
		}
		if l.Form != nil {
			return l.Form(to, rec)
		}
		return rec.AppendDocument(to)
	}
	return append(to, v.Raw...)
}

func each(c *Call, to []byte, list gjson.Result, links []Link) []byte {
	to = append(to, '[')
	first := true
	list.ForEach(func(_, v gjson.Result) bool {
		if !first {
			to = append(to, ',')
		}
		first = false
		to = Expand(c, to, v, links)
		return true
	})
	return append(to, ']')
}
