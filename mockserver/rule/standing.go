package rule

// Standing is a check that says of a record in its place whether it may be there, whoever
// put it there. It is asked of data that comes from outside all operations.
type Standing interface {
	Check
	// Stands looks at After, which is stored already.
	Stands(*Change) (Why, bool)
}

// Stands looks for another record with the value.
func (u Unique) Stands(c *Change) (Why, bool) {
	own := *c
	own.Before = c.After
	return u.Check(&own)
}

// Stands looks the record up, whether it was named before or not.
func (r Reference) Stands(c *Change) (Why, bool) {
	own := *c
	own.Before = nil
	return r.Check(&own)
}
