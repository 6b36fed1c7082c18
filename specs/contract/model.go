// Package contract turns one contract folder into a Contract: every name
// resolved, every complaint with its file and line. It is the only package that
// knows libopenapi.
//
// It is an API for authors of contracts, and may change with any version.
package contract

import "path"

// Contract is one loaded API: what is on the wire and what must hold. It is
// immutable and safe for concurrent use.
type Contract struct {
	Name           string // the folder's name, e.g. "council"
	Path           string // what Open was asked for; "" for one of ours, which its name finds
	Title, Version string // from the document's info
	Prefix         string // of its requirement ids, e.g. "COU"
	Operations     []*Operation
	Requirements   []*Requirement // the catalogue's rows in its order, then the derived ones
	Digest         string         // "sha256:…" over both files
	Document       []byte         // openapi.yaml as it stands, for readers on another library; of a brought one as JSON, 3.0.3
	Behavior       *Behavior      // what is behind the operations; nil where the program itself has a table of it

	Documents []CitedDocument // what sources cite by line, in document order

	Base     string           // the path of the first server, "" or like "/api/v1": every path of an operation is below it
	Security []SecurityScheme // in document order
	Notes    []Complaint      // what Open forgave, by place
	Files    []string         // what Open looked for and read, as the user would name it; nil for one of ours

	whole        bool // one authority demands all of the document
	operations   map[string]*Operation
	requirements map[string]*Requirement
}

// CitedDocument is what a contract was written from.
type CitedDocument struct {
	Name  string `json:"name"`  // as sources cite it: "seed 003"
	Title string `json:"title"` // what it is, for somebody who wants to look it up
}

// Reference is what finds the contract again: its path where it was brought, else its name.
func (c *Contract) Reference() string {
	if c.Path != "" {
		return c.Path
	}
	return c.Name
}

// Operation is one method on one path template.
type Operation struct {
	ID, Method, Path, Summary string
	Parameters                []*Parameter // those of the path item merged in
	Body                      *Body        // nil when the operation takes none
	Responses                 []*Response  // default, then classes, then by ascending status
	Needs                     [][]Need     // the schemes that callers have to keep all of one set of, nil for none
	Query                     []Mark       // what tells it from others of its method and path, nil where there is none
	Secured                   bool         // false for `security: []`
	OtherMethods              []string     // x-other-methods: the documents don't say which, it may as well be one of these
	reads                     bool         // x-reads: it changes nothing, though it is no GET
	By                        Authorities  // of what is written of it, and of BySecurity and ByMethods
	Line                      int          // in openapi.yaml
}

// Parameter is one path, query or header parameter.
type Parameter struct {
	Name, In string
	Required bool
	Schema   *Schema
	By       Authorities
	Line     int
}

// Mark is a query parameter that a request for an operation has to have.
type Mark struct{ Name, Value string } // "" is any value

// Body is a request body. That of JSON and of a form has a schema; into others nobody looks.
type Body struct {
	Required  bool
	MediaType string
	Also      []string // media types that are documented beside it, and not read
	Schema    *Schema
	By        Authorities
	Line      int
}

// Response is one documented answer.
type Response struct {
	Status    int      // a class such as 4 for 4XX, 0 for default; our own contracts have neither
	MediaType string   // "" when the answer has no body
	Also      []string // media types that are documented beside it, and not served
	Schema    *Schema  // nil when the answer has no body, or one that nobody looks into
	Headers   []string
	Example   []byte // as JSON, nil when there is none
	Open      bool   // x-open: the seed says nothing of the body, so that an accepting reading takes any
	By        Authorities
	Line      int
}

// Schema is the part of an OpenAPI 3.0 schema that Rollcall reads. References
// are resolved; a circle points back to the same *Schema.
type Schema struct {
	Name                               string // of the component, "" when inline
	Type, Format, Pattern              string
	Nullable, ReadOnly, WriteOnly      bool
	Enum                               []any // decoded JSON values
	Default                            any
	Required                           []string
	Properties                         []*Property // document order
	Items                              *Schema
	Additional                         *Schema
	AllOf, AnyOf, OneOf                []*Schema
	Minimum, Maximum, MultipleOf       *float64
	ExclusiveMinimum, ExclusiveMaximum bool
	MinLength, MaxLength               *int64
	MinItems, MaxItems                 *int64
	UniqueItems                        bool
	By                                 Authorities // of its keywords; of ByNull where it isn't nullable
	Line                               int

	closed bool  // additionalProperties: false
	lazy   *lazy // set by Load; nil on schemas made by hand
}

// Property is one named member of an object schema.
type Property struct {
	Name   string
	Schema *Schema
}

// Level says how binding a requirement is.
type Level string

// The two levels: MUST is said by the seed document, SHOULD is inferred.
const (
	Must   Level = "MUST"
	Should Level = "SHOULD"
)

// Decides says what a failed requirement does to its target.
type Decides string

// DecidesVerdict fails the target; DecidesReport is only told.
const (
	DecidesVerdict Decides = "verdict"
	DecidesReport  Decides = "report"
)

// Requirement is one row of the catalogue, or one that the document itself
// imposes on an operation (then Check names the check that owes it).
type Requirement struct {
	ID         string
	Level      Level
	Operations []string
	Text       string
	Source     string
	Expect     Expect
	Needs      []string
	Decides    Decides
	Check      string // "" for a row of the catalogue
	Line       int    // in requirements.yaml; in openapi.yaml for a derived one

	file string // in which the line is, where that is none of ours
}

// Authority says who demands it.
func (q *Requirement) Authority() Authority { return Authority(q.Source) }

// File is the document in which it stands, in the folder of the contract: what is derived
// stands in the API's own document.
func (q *Requirement) File(contract string) string {
	if q.file != "" {
		return q.file
	}
	if q.Check != "" {
		return path.Join("specs", contract, documentFile)
	}
	return path.Join("specs", contract, catalogueFile)
}

// Expect is the status a requirement asks for. The zero value asks for none.
type Expect struct {
	Status int   // the strict reading
	Accept []int // what an accepting reading allows, the strict status included; 4 stands for every 4xx
	Either bool  // the sentence itself lets the call be taken or refused
	Open   bool  // no document names the status: a strict reading allows what an accepting one does
}

// Violation is one way in which a request breaks its contract.
type Violation struct {
	In      string // "body", "path", "query" or "header"
	Pointer string // JSON pointer into the body, or "/" and the parameter's name
	Keyword string // "json", "type", "required", "enum", "format", …
	Message string
	Line    int // of the schema in openapi.yaml, 0 when unknown
}
