package behavior

import (
	"strings"

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

// Expand appends a document that is stored, a JSON object, with its links replaced
// by what they name; what is no link is copied as it stands. A link to nothing is
// null.
func Expand(c *Call, to []byte, doc string, links []Link) []byte {
	copied := 0
	for at := blank(doc, strings.IndexByte(doc, '{')+1); at < len(doc) && doc[at] == '"'; at = blank(doc, at+1) {
		end := text(doc, at)
		name := doc[at+1 : end-1]
		from := blank(doc, blank(doc, end)+1)
		at = after(doc, from)
		if doc[from] != 'n' { // null names nothing
			if l := find(links, name); l != nil {
				to = append(to, doc[copied:from]...)
				to, copied = l.expand(c, to, doc[from:at]), at
			}
		}
		if at = blank(doc, at); at >= len(doc) || doc[at] != ',' {
			break
		}
	}
	return append(to, doc[copied:]...)
}

func find(links []Link, name string) *Link {
	for i := range links {
		if links[i].Member == name {
			return &links[i]
		}
	}
	return nil
}

// expand appends what the value of a link stands for.
func (l *Link) expand(c *Call, to []byte, raw string) []byte {
	if l.Each != nil {
		return each(c, to, raw, l.Each)
	}
	id := raw
	if raw[0] == '"' {
		id = gjson.Parse(raw).String()
	}
	rec, ok := c.linked(l.Table, id)
	if !ok {
		return append(to, "null"...)
	}
	if l.Form != nil {
		return l.Form(to, rec)
	}
	return rec.AppendDocument(to)
}

func each(c *Call, to []byte, list string, links []Link) []byte {
	to = append(to, '[')
	first := true
	gjson.Parse(list).ForEach(func(_, v gjson.Result) bool {
		if !first {
			to = append(to, ',')
		}
		first = false
		to = Expand(c, to, v.Raw, links)
		return true
	})
	return append(to, ']')
}

// mostLinked is how many records a call remembers at most that links have named: the
// records of one page often name the same ones.
const mostLinked = 64

// seen is a record that a link has named.
type seen struct {
	table, id string
	rec       *store.Record
}

// linkedAt is where a call remembers what a link names. Another one at the same place takes it.
func linkedAt(table, id string) uint32 {
	h := uint32(len(table))
	for i := max(0, len(id)-4); i < len(id); i++ { // ids differ at their ends
		h = h*31 + uint32(id[i])
	}
	return (h*31 + uint32(table[0])) % mostLinked
}

// linked finds what a link names. A call that writes does not remember it.
func (c *Call) linked(table, id string) (*store.Record, bool) {
	if c.Tx != nil {
		return c.Reader().Get(table, id)
	}
	if c.recent == nil {
		c.recent = new([mostLinked]seen)
	}
	s := &c.recent[linkedAt(table, id)]
	if s.id != id || s.table != table {
		rec, _ := c.Reader().Get(table, id)
		*s = seen{table, id, rec}
	}
	return s.rec, s.rec != nil
}

// The following walk over JSON that is known to be valid, by the place of a byte.

// blank gives the next place that holds no white space.
func blank(doc string, at int) int {
	for at < len(doc) && (doc[at] == ' ' || doc[at] == '\n' || doc[at] == '\t' || doc[at] == '\r') {
		at++
	}
	return at
}

// text gives the place after a string.
func text(doc string, at int) int {
	for at++; at < len(doc); at++ {
		switch doc[at] {
		case '"':
			return at + 1
		case '\\':
			at++
		}
	}
	return len(doc)
}

// after gives the place after a value.
func after(doc string, at int) int {
	if at >= len(doc) {
		return len(doc)
	}
	switch doc[at] {
	case '"':
		return text(doc, at)
	case '{', '[':
		return nested(doc, at)
	}
	for at < len(doc) && doc[at] != ',' && doc[at] != '}' && doc[at] != ']' && doc[at] > ' ' {
		at++
	}
	return at
}

func nested(doc string, at int) int {
	for depth := 0; at < len(doc); {
		switch doc[at] {
		case '"':
			at = text(doc, at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if at++; depth == 0 {
			return at
		}
	}
	return len(doc)
}
