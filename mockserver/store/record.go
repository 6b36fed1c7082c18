package store

import (
	"strings"

	"github.com/tidwall/gjson"
)

// Record is one stored resource. It is never changed in place: a change is a
// new Record, so every world that shares it keeps what it saw.
type Record struct {
	ID      string // unique in its table
	Seq     uint64 // order of insertion in its table, set by Insert
	Body    []byte // the document, encoded once, as JSON
	Private []byte // members that never leave the server, as a JSON object, or nil

	keys  []string // one for each index of the table
	facts any      // what the table's Facts read of it
}

// Facts gives what the table's Facts function read of the record when it was
// stored; nil when the table has none.
func (r *Record) Facts() any { return r.facts }

// Get reads a member by its gjson path, from the document or else from the
// private members.
func (r *Record) Get(path string) gjson.Result {
	if v := gjson.GetBytes(r.Body, path); v.Exists() || r.Private == nil {
		return v
	}
	return gjson.GetBytes(r.Private, path)
}

// String reads a member as text; "" when it is absent or null.
func (r *Record) String(path string) string { return r.Get(path).String() }

// With gives a copy that has another document; the identity stays.
func (r *Record) With(body []byte) *Record {
	return &Record{ID: r.ID, Seq: r.Seq, Body: body, Private: r.Private}
}

// Key composes an index key of parts. Each part is closed by a NUL, so the key
// of the first parts is a prefix of the keys of all that begin with them.
func Key(parts ...string) string {
	n := len(parts)
	for _, p := range parts {
		n += len(p)
	}
	var b strings.Builder
	b.Grow(n)
	for _, p := range parts {
		b.WriteString(p)
		b.WriteByte(0)
	}
	return b.String()
}
