package rule

// Copied fills members from the record of another table that Field names.
// Without one they stay as they are.
type Copied struct {
	Field   string
	From    string // the table
	Within  string // the record there must share this member; "" means it need not
	Members []Pair
}

// Pair is a member to fill and the member it is filled from.
type Pair struct{ To, From string }

// Fields names what the kind reads and writes.
func (k Copied) Fields() []string {
	all := []string{k.Field, k.Within}
	for _, p := range k.Members {
		all = append(all, p.To)
	}
	return all
}

// Apply writes the members.
func (k Copied) Apply(c *Change) {
	if c.After == nil {
		return
	}
	from, ok := c.Tx.Get(k.From, c.After.String(k.Field))
	if !ok || k.Within != "" && from.String(k.Within) != c.After.String(k.Within) {
		return
	}
	doc := c.After.Document()
	for _, p := range k.Members {
		doc = set(doc, p.To, from.Get(p.From).Raw)
	}
	c.After = c.After.With(doc)
}
