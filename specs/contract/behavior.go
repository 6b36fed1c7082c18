package contract

import "slices"

// Behavior says what is behind the operations of a contract: the records there are, what
// each operation does with them, and the rules that hold of them. It is data alone: the
// mock and the suite read it each by itself, and neither sees what the other makes of it.
type Behavior struct {
	File       string // of behavior.yaml, "" where all of it is inferred
	Auth       Auth
	Answers    Answers
	Resources  []*Resource
	Operations []*Act // one for each operation of the contract, in its order
	Rules      []*Rule
	Limits     []Limit
	Amounts    []Amount
}

// Origin says where a line of a behavior comes from, and how sure it is.
type Origin struct {
	Line, Column int    // in behavior.yaml; 0 where it is inferred
	Why          string // the reason for what is inferred
	Confidence   int    // 3 sure, 2 likely, 1 a guess; what is written is sure
}

// Stated says whether the user wrote it.
func (o Origin) Stated() bool { return o.Line > 0 }

// Level is MUST for what the user wrote, and SHOULD for what was inferred.
func (o Origin) Level() Level {
	if o.Stated() {
		return Must
	}
	return Should
}

// Decides says whether a target fails by it: what is not sure is only told.
func (o Origin) Decides() Decides {
	if o.Confidence < 3 {
		return DecidesReport
	}
	return DecidesVerdict
}

// Resource is one kind of record.
type Resource struct {
	Name     string  // singular, e.g. "book"
	Schema   *Schema // as it is answered; nil where the document says nothing of it
	ID       ID
	Parent   *Parent // the records that these stand under, nil for none
	Order    []string
	Defaults []MemberValue
	Stamps   []MemberStamp
	Hidden   []string // kept, and never answered
	Computed []Computed
	Soft     *Soft // deleted records are kept
	Single   bool  // there is one of each parent, or one at all
	Origin
}

// ID says which member names a record, and how a new one gets it.
type ID struct {
	Member string // of the schema; "" where no member shows it
	Make   string // one of the Makes
	Prefix string // of MakePrefix
	Of     string // member that MakeSlug is made of

	// Composite has, of a key of several parts, the members with the outer ones, the outermost
	// first ("owner.login" of /repos/{owner}/{repo}); "" where no member shows it.
	Composite []string
	Origin
}

// The ways in which a record gets its id.
const (
	MakeUUID    = "uuid"
	MakeInteger = "integer"
	MakePrefix  = "prefix" // a text with a prefix
	MakeSlug    = "slug"   // of another member
	MakeGiven   = "given"  // by whoever creates it
)

// Parent is the resource that records stand under.
type Parent struct {
	Resource string
	Member   string   // of the child, with the parent's id; "" where no member shows it
	Keys     []string // path parameters that name the parent
	Origin
}

// MemberValue is a member and its value as JSON.
type MemberValue struct {
	Member string
	Value  []byte
	Origin
}

// MemberStamp is a member that holds the time at which its record was created or changed.
type MemberStamp struct {
	Member  string
	Changed bool
	Origin
}

// Computed is a member that follows from other records: a member of the one that By names,
// or the count of those whose member By names this one. The file calls it derived.
type Computed struct {
	Member string
	Copy   string // member of the resource Of
	Of     string
	By     string
	Count  string // resource that is counted
	Origin
}

// Soft keeps deleted records; a list shows them where the query parameter is true.
type Soft struct {
	Param string // "" where nothing shows them
	Origin
}

// Verb is what an operation does.
type Verb string

// The verbs. Those that end with One are about the one record that there is, of a parent
// or at all.
const (
	VerbList    Verb = "list"
	VerbCreate  Verb = "create"
	VerbGet     Verb = "get"
	VerbUpdate  Verb = "update"  // members that are not sent stay
	VerbReplace Verb = "replace" // members that are not sent are gone
	VerbUpsert  Verb = "upsert"  // replaces, or creates where there is none
	VerbDelete  Verb = "delete"
	VerbReadOne Verb = "read one"
	VerbSetOne  Verb = "set one"
	VerbRelate  Verb = "relate"
	VerbUnbind  Verb = "unrelate"
	VerbBulk    Verb = "bulk"
	VerbAction  Verb = "action"
	VerbReply   Verb = "reply" // no state: the document's example, or a value made of its schema
)

// Act is what one operation does.
type Act struct {
	Operation string // operationId
	Verb      Verb
	Resource  string   // "" for a reply
	Params    []string // path parameters that lead to the record, the outermost parent's first
	Under     string   // resource of the record above, where that is not the resource's own parent
	By        string   // member that the last of Params names, where that is not the resource's id
	Member    string   // of the record, where the operation is about it alone
	In        string   // member that an answer wraps a single record in, "" for none; "x[]" is a list of one
	Sent      string   // member that a body wraps the record in, "" for none; "x[]" is a list of one
	Several   bool     // of VerbBulk: each item of the list that Sent names becomes a record
	List      *Listing // of VerbList
	Includes  []Include
	Set       []MemberValue
	Relates   []string // the two resources of VerbRelate
	Named     string   // member of the body with the id of the second of them, "" where the path has it; "x[]" is a list of ids
	Reply     *Reply
	Origin
}

// Listing is how a list is cut, filtered and ordered.
type Listing struct {
	Items   string // pointer to the array, with dots; "" where the body is the array
	Total   string // member with the number of all that match
	Count   string // member with the number of records on the page
	Next    string // member with the link, or the cursor, of the next page
	More    string // member that says whether there is a next page
	Paging  *Pages
	Filters []Filter
	Sort    Sort
}

// Pages is how a list is cut into pages.
type Pages struct {
	By           string // one of the kinds of pages
	Param        string // query parameter with number, offset or cursor
	Size         string // query parameter with the size of a page
	Default, Max int
	First        int // number of the first page
	Origin
}

// The kinds of pages.
const (
	PagesByNumber = "page"
	PagesByOffset = "offset"
	PagesByCursor = "cursor"
)

// Sort is how a list is asked for in another order: by a member, `-name` or `name:desc` for the
// other way round.
type Sort struct {
	Param string // query parameter, "" for none
	Origin
}

// Include is what has records come along that others name.
type Include struct {
	Param string // query parameter, with names in a list with commas
	Name  string // in the parameter, and of the member that is added; "" where nobody says it
	Of    string // resource of the record that comes along
	By    string // member that names it
	Origin
}

// Filter is a query parameter that keeps some records of a list.
type Filter struct {
	Param  string
	Test   string // one of the tests
	Member string
	Origin
}

// The tests of a filter.
const (
	TestIs       = "is"
	TestAnyOf    = "any of"   // a list with commas
	TestContains = "contains" // letter case makes no difference
	TestSince    = "since"
	TestUntil    = "until"
)

// Reply is the answer of an operation without state.
type Reply struct {
	Status  int
	Example string // name of the document's example, "" for the first
}

// Answers says how errors look.
type Answers struct {
	Error      ErrorShape
	Invalid    []KeywordStatus // the status of a violation, by keyword; "" for all others
	OmitsNulls bool
}

// ErrorShape names the members of an error's body; all may be "".
type ErrorShape struct {
	Message, Code, Status            string
	Violations                       string // member with a list
	ViolationField, ViolationMessage string
	Origin
}

// KeywordStatus is the status of one kind of violation.
type KeywordStatus struct {
	Keyword string
	Status  int
}

// Auth says who may call.
type Auth struct {
	Stages   []string
	Personas []Caller
	Missing  int // status without a credential
	Expired  int
	Scope    int // status without the scope
	Owner    *Ownership
}

// Caller is one who may call.
type Caller struct {
	Name   string
	Scopes []string
	Info   map[string]string
	Origin
}

// Ownership says that records carry the caller's member, and are nobody else's.
type Ownership struct {
	Member string
	Of     []string // resources
	Others int      // status for another one's record
	Origin
}

// Shown says whether the records of a resource show whose they are: else it is kept apart from them.
func (o *Ownership) Shown(r *Resource) bool {
	if r.Schema == nil {
		return false
	}
	_, ok := r.Schema.Property(o.Member)
	return ok
}

// Limit is how often an operation may be called in a minute; "" stands for all.
type Limit struct {
	Operation string
	PerMinute int
	Origin
}

// Amount is how many records are generated: between Low and High, for each record of Per.
type Amount struct {
	Resource  string
	Low, High int
	Per       string
	Origin
}

// Bound says whether an operation binds records of a resource to one of another, frees them, or lists them:
// the first path parameter is the other's.
func (b *Behavior) Bound(a *Act) bool {
	switch a.Verb {
	case VerbRelate, VerbUnbind:
		return a.names()
	case VerbList:
		return a.Under != "" && len(a.Params) > 0 && b.binds(a.Under, a.Resource)
	}
	return false
}

// binds says whether an operation binds records of the second resource to one of the first.
func (b *Behavior) binds(first, second string) bool {
	return slices.ContainsFunc(b.Operations, func(o *Act) bool {
		return o.Verb == VerbRelate && o.names() && slices.Equal(o.Relates, []string{first, second})
	})
}

// names says whether a call of the operation names both records of a pair.
func (a *Act) names() bool {
	return len(a.Relates) == 2 && a.Under != "" && (len(a.Params) > 1 || a.Named != "" && len(a.Params) > 0)
}

// Refuser is a rule by which a new record of an operation may be refused though the document takes it: a value that
// another one has, or one that names nothing. It is nil where there is none.
func (b *Behavior) Refuser(a *Act) *Rule {
	for _, one := range b.Rules {
		if (one.Kind == RuleUnique || one.Kind == RuleReference) && one.concerns(a) &&
			(len(one.In) == 0 || slices.Contains(one.In, a.Operation)) {
			return one
		}
	}
	return nil
}

// Tied are the operations that bind records of a resource, at either side, to others that are listed, where
// what was deleted may be made again under its id; nil where nobody could see what it is bound to then.
func (b *Behavior) Tied(r *Resource) (all []*Act) {
	if r.ID.Make != MakeGiven || r.ID.Member == "" || r.Parent != nil || len(r.ID.Composite) > 0 || r.Soft != nil ||
		len(b.acting(r, VerbCreate, VerbUpsert)) == 0 {
		return nil
	}
	for _, a := range b.Operations {
		if a.Verb == VerbRelate && b.Bound(a) && slices.Contains(a.Relates, r.Name) && len(b.Bindings(a, VerbList)) > 0 {
			all = append(all, a)
		}
	}
	return all
}

// Bindings are the operations of one verb on what an act binds, or lists.
func (b *Behavior) Bindings(a *Act, verb Verb) (all []*Act) {
	for _, o := range b.Operations {
		if o.Verb == verb && o.Under == a.Under && o.Resource == a.Resource && b.Bound(o) {
			all = append(all, o)
		}
	}
	return all
}

// Resource returns the resource of that name.
func (b *Behavior) Resource(name string) (*Resource, bool) {
	for _, r := range b.Resources {
		if r.Name == name {
			return r, true
		}
	}
	return nil, false
}

// Act returns what the operation of that id does.
func (b *Behavior) Act(operation string) (*Act, bool) {
	for _, a := range b.Operations {
		if a.Operation == operation {
			return a, true
		}
	}
	return nil, false
}
