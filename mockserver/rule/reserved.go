package rule

import "github.com/tidwall/sjson"

// Reserved keeps members for records with a certain value elsewhere: those
// without it lose them on every write.
type Reserved struct {
	Members []string
	Field   string
	Value   string
}

// Fields names what the kind reads and removes.
func (r Reserved) Fields() []string { return append([]string{r.Field}, r.Members...) }

// Apply removes the members of a record that may not have them.
func (r Reserved) Apply(c *Change) {
	if c.After == nil || c.After.String(r.Field) == r.Value {
		return
	}
	doc := c.After.Document()
	for _, m := range r.Members {
		if out, err := sjson.DeleteBytes(doc, m); err == nil {
			doc = out
		}
	}
	c.After = c.After.With(doc)
}
