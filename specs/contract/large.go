package contract

// The most that is made of one value, of which a document may ask for more: the items of a list,
// the characters of a text, and about the bytes of all its texts together. What is sent is held
// to the document all the same.
const (
	MostItemsMade = 100
	MostTextMade  = 10_000
	MostMade      = 64 << 10
)

// tellLarge notes the lists and texts that are too large to be made as the document has them.
func tellLarge(c *Contract, found *complaints) {
	l := large{complaints: found, least: map[*Schema]float64{}}
	for _, o := range c.Operations {
		if o.Body != nil {
			l.of(o.Body.Schema)
		}
		for _, r := range o.Responses {
			l.of(r.Schema)
		}
	}
}

// large measures schemas: least is about how many bytes the smallest value of one has.
type large struct {
	*complaints
	least map[*Schema]float64
}

func (l *large) of(s *Schema) float64 {
	if s == nil {
		return 1
	}
	if n, ok := l.least[s]; ok {
		return n
	}
	l.least[s] = 0 // a circle ends somewhere
	n := 1.0
	for _, p := range s.Properties {
		if size := l.of(p.Schema); s.IsRequired(p.Name) {
			n += size
		}
	}
	for _, part := range s.AllOf {
		n += l.of(part)
	}
	for _, forms := range [][]*Schema{s.AnyOf, s.OneOf} {
		for _, form := range forms {
			l.of(form)
		}
	}
	l.of(s.Additional)
	items, length, many := l.of(s.Items), atLeast(s.MinLength), atLeast(s.MinItems)
	n += length + many*items
	l.least[s] = n
	const fix = "Ask for less, or bring records of your own with --data"
	switch {
	case length > MostTextMade:
		l.add(s.Line, fix, "a text of at least %.0f characters is made with %d", length, MostTextMade)
	case many > MostItemsMade:
		l.add(s.Line, fix, "a list of at least %.0f items is made with %d at most", many, MostItemsMade)
	case many > 1 && many*items > MostMade:
		l.add(s.Line, fix, "a list of at least %.0f items, of over %d bytes, is made with fewer", many, MostMade)
	}
	return n
}

// atLeast is a limit as a number, 0 where there is none.
func atLeast(limit *int64) float64 {
	if limit == nil {
		return 0
	}
	return float64(*limit)
}
