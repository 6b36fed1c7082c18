package store

import (
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/tidwall/gjson"
)

// Record is one stored resource. Once stored it is never changed in place: a
// change is a new Record, so every state that shares it keeps what it saw.
type Record struct {
	ID  string // unique in its table
	Seq uint64 // order of insertion in its table, set by Insert

	body, private string // JSON, or packed with words; texts are shorter than slices
	words         *words
	keys          []string // one for each index of the table
	facts         any      // what the table's Facts read of it

	noted atomic.Pointer[any]
}

// NewRecord makes a record of its document, encoded once as JSON, and of the
// members that never leave the server, as a JSON object or nil.
func NewRecord(id string, document, private []byte) *Record {
	return &Record{ID: id, body: View(document), private: View(private)}
}

// Document gives the document as it was encoded. It must not be changed.
func (r *Record) Document() []byte {
	if r.words == nil {
		return bytesOf(r.body)
	}
	return r.words.unpack(nil, bytesOf(r.body))
}

// AppendDocument appends the document.
func (r *Record) AppendDocument(to []byte) []byte {
	if r.words == nil {
		return append(to, r.body...)
	}
	return r.words.unpack(to, bytesOf(r.body))
}

// Private gives the members that never leave the server, as a JSON object, or
// nil. It must not be changed.
func (r *Record) Private() []byte {
	if r.words == nil || r.private == "" {
		return bytesOf(r.private)
	}
	return r.words.unpack(nil, bytesOf(r.private))
}

// HasPrivate tells whether there are private members.
func (r *Record) HasPrivate() bool { return len(r.private) > len("{}") }

// Facts gives what the table's Facts function read of the record when it was
// stored; nil when the table has none.
func (r *Record) Facts() any { return r.facts }

// Noted gives what somebody who shows the record has noted of it last, nil when nobody has.
func (r *Record) Noted() any {
	if n := r.noted.Load(); n != nil {
		return *n
	}
	return nil
}

// Note keeps what was read of the record, which never changes, for who shows it next. It lives as
// long as the record, and so should be small, and no part of the document.
func (r *Record) Note(what any) { r.noted.Store(&what) }

// Text gives the document to look at. As with Get, what is cut out of it is a part
// of the record.
func (r *Record) Text() string { return View(r.Document()) }

// Get reads a member by its gjson path, from the document or else from the
// private members. The result is a part of the record: who keeps it for longer
// than a call should clone it.
func (r *Record) Get(path string) gjson.Result {
	if v := gjson.Get(View(r.Document()), path); v.Exists() || r.private == "" {
		return v
	}
	return gjson.Get(View(r.Private()), path)
}

// View gives bytes that never change as a string, without a copy: a document, or the body of a
// request. What is cut out of it keeps all of it in memory.
func View(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// bytesOf gives what View has made a string of.
func bytesOf(s string) []byte {
	if s == "" {
		return nil
	}
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

// String reads a member as text; "" when it is absent or null.
func (r *Record) String(path string) string { return r.Get(path).String() }

// With gives a copy that has another document; the identity stays.
func (r *Record) With(document []byte) *Record {
	return &Record{ID: r.ID, Seq: r.Seq, body: View(document), private: View(r.Private())}
}

// SetDocument completes a record that is not stored yet.
func (r *Record) SetDocument(document []byte) { r.body = View(document) }

// SetPrivate completes a record that is not stored yet.
func (r *Record) SetPrivate(private []byte) { r.private = View(private) }

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
