package store

// Table declares one kind of record and how it is looked up.
type Table struct {
	Name    string
	Indexes []Index
	Search  *Search           // how records are found by what they have; may be nil
	Facts   func(*Record) any // read once, before the keys, for filters and keys; may be nil
}

// Index is one order of a table. Records with an empty key are not in it; ties
// are settled by insertion.
type Index struct {
	Name string
	Key  func(*Record) string
}
