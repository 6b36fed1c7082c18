package behavior

import (
	"slices"
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

// spot is where a document names something by a link.
type spot struct {
	from, to int32 // the bytes of the value
	link     int32 // which of the links
	id       string
}

// spots is what was found in a record's document, of the links that were looked for.
type spots struct {
	links *Link // the first one
	found []spot
}

// Expand appends a document that is stored, a JSON object, with its links replaced
// by what they name; what is no link is copied as it stands. A link to nothing is
// null.
func Expand(c *Call, to []byte, doc string, links []Link) []byte {
	var few [8]spot
	return fill(c, to, doc, links, look(few[:0], doc, links))
}

// ExpandRecord is Expand of a record's document, in which the links are looked for when it is
// shown first. A record never changes, and lists show the same ones again and again.
func ExpandRecord(c *Call, to []byte, r *store.Record, links []Link) []byte {
	doc := r.Text()
	if len(links) == 0 || c.Tx != nil { // what was just written may never be shown again
		return Expand(c, to, doc, links)
	}
	known, ok := r.Noted().(*spots)
	if !ok || known.links != &links[0] {
		known = &spots{&links[0], slices.Clip(look(nil, doc, links))}
		for i := range known.found {
			known.found[i].id = strings.Clone(known.found[i].id) // which may be cut out of what was unpacked for this call
		}
		r.Note(known)
	}
	return fill(c, to, doc, links, known.found)
}

// look appends where links name something.
func look(found []spot, doc string, links []Link) []spot {
	for at := blank(doc, strings.IndexByte(doc, '{')+1); at < len(doc) && doc[at] == '"'; at = blank(doc, at+1) {
		end := text(doc, at)
		name := doc[at+1 : end-1]
		from := blank(doc, blank(doc, end)+1)
		at = after(doc, from)
		if doc[from] != 'n' { // null names nothing
			if i := slices.IndexFunc(links, func(l Link) bool { return l.Member == name }); i >= 0 {
				found = append(found, spot{int32(from), int32(at), int32(i), named(&links[i], doc[from:at])})
			}
		}
		if at = blank(doc, at); at >= len(doc) || doc[at] != ',' {
			break
		}
	}
	return found
}

// named is the id that the value of a link gives; an array of objects has none.
func named(l *Link, raw string) string {
	if l.Each == nil && raw[0] == '"' {
		return gjson.Parse(raw).String()
	}
	if l.Each == nil {
		return raw
	}
	return ""
}

// fill appends a document with what its links name.
func fill(c *Call, to []byte, doc string, links []Link, found []spot) []byte {
	copied := int32(0)
	for i := range found {
		s := &found[i]
		to = append(to, doc[copied:s.from]...)
		to, copied = links[s.link].expand(c, to, doc[s.from:s.to], s.id), s.to
	}
	return append(to, doc[copied:]...)
}

// expand appends what the value of a link stands for.
func (l *Link) expand(c *Call, to []byte, raw, id string) []byte {
	if l.Each != nil {
		return each(c, to, raw, l.Each)
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
