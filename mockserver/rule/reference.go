package rule

import (
	"strconv"

	"rollcall/mockserver/store"
)

// Reference refuses a member that names no record of another table. Null and
// absent members name nothing; one that an update leaves as it was is let be.
type Reference struct {
	Field, Table string
	Within       string                          // the record there must share this member; "" means it need not
	Find         func(in Lookup, id string) bool // whether there is one of that id; nil: by the ids of the table
	Int32        bool                            // ids are whole numbers of 32 bits: what is none, the document refuses
}

// Lookup hands over the records whose keys in an index begin with a prefix.
type Lookup interface {
	Each(table, index, prefix string, yield func(*store.Record) bool)
}

// Fields names what the kind reads.
func (r Reference) Fields() []string { return []string{r.Field, r.Within} }

// Check looks the record up.
func (r Reference) Check(c *Change) (Why, bool) {
	if c.After == nil {
		return Why{}, true
	}
	id := r.id(c.After)
	if id == "" || c.Before != nil && r.id(c.Before) == id {
		return Why{}, true
	}
	if r.Find != nil && r.Find(c.Tx, id) {
		return Why{}, true
	}
	if to, ok := c.Tx.Get(r.Table, id); ok && (r.Within == "" || to.String(r.Within) == c.After.String(r.Within)) {
		return Why{}, true
	}
	return Why{Pointer: "/" + r.Field, Message: "there is no " + r.Table + " " + id, Hint: "name one that exists"}, false
}

// id is what the record names, "" when it names nothing.
func (r Reference) id(record *store.Record) string {
	value := record.Get(r.Field)
	if _, err := strconv.ParseInt(value.Raw, 10, 32); r.Int32 && err != nil {
		return ""
	}
	return value.String()
}
