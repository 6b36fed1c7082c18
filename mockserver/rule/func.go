package rule

// Func is a rule that no other kind can state: an ordinary function, used where
// a relation is found in one contract only.
type Func struct {
	Reads []string // the members it reads
	Asks  []string // requirements it asks Holds about, besides its row's
	Allow func(*Change) (Why, bool)
}

// Fields names what the function reads.
func (f Func) Fields() []string { return f.Reads }

// Check asks the function.
func (f Func) Check(c *Change) (Why, bool) { return f.Allow(c) }
