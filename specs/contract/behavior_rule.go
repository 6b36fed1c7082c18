package contract

// RuleKind names what a rule demands.
type RuleKind string

// The kinds of rule; each is the key under which behavior.yaml names it.
const (
	RuleUnique      RuleKind = "unique"
	RuleReference   RuleKind = "reference"
	RuleRestrict    RuleKind = "restrict"
	RuleCascade     RuleKind = "cascade"
	RuleImmutable   RuleKind = "immutable"
	RuleTransition  RuleKind = "transition"
	RuleRequired    RuleKind = "required"
	RuleKeepOne     RuleKind = "keep-one"
	RuleExclusive   RuleKind = "exclusive"
	RuleLimit       RuleKind = "limit"
	RuleSequence    RuleKind = "sequence"
	RuleOrdered     RuleKind = "ordered"
	RuleUndeletable RuleKind = "undeletable"
)

// Rule is one row of a behavior's rules.
type Rule struct {
	Kind RuleKind
	On   string // resource
	ID   string // of its requirement

	Member  string   // what it is about; of RuleLimit and RuleKeepOne none
	Members []string // of RuleImmutable all, of RuleOrdered the two
	Fold    bool     // letter case makes no difference
	Within  string   // member that the records share among which it holds, "" for all
	To      string   // of RuleReference: the resource that is named
	SentAs  string   // of RuleReference: the member that is sent
	From    int64    // of RuleSequence
	Most    int      // of RuleLimit
	By      string   // of RuleRestrict and RuleCascade: the member of To that names this record
	Steps   []Step   // of RuleTransition
	If      *Condition

	Refuse int      // status; 0 for effects
	In     []string // only in these operations, nil for all that it concerns
	Level  Level
	Text   string
	Origin
}

// Step is one state and those that may follow.
type Step struct {
	From string
	To   []string
}

// Condition holds where a member has that value, as JSON.
type Condition struct {
	Member string
	Value  []byte
}
