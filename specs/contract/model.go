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
	Title, Version string // from the document's info
	Prefix         string // of its requirement ids, e.g. "COU"
	Operations     []*Operation
	Requirements   []*Requirement // the catalogue's rows in its order, then the derived ones
	Digest         string         // "sha256:…" over both files
	Document       []byte         // openapi.yaml as it stands, for readers on another library

	operations   map[string]*Operation
	requirements map[string]*Requirement
}

// Operation is one method on one path template.
type Operation struct {
	ID, Method, Path, Summary string
	Parameters                []*Parameter // those of the path item merged in
	Body                      *Body        // nil when the operation takes none
	Responses                 []*Response  // by ascending status
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

// Body is a JSON request body.
type Body struct {
	Required  bool
	MediaType string
	Schema    *Schema
	By        Authorities
	Line      int
}

// Response is one documented answer.
type Response struct {
	Status    int
	MediaType string  // "" when the answer has no body
	Schema    *Schema // nil when the answer has no body
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
	Minimum, Maximum                   *float64
	ExclusiveMinimum, ExclusiveMaximum bool
	MinLength, MaxLength               *int64
	MinItems, MaxItems                 *int64
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
}

// Authority says who demands it.
func (q *Requirement) Authority() Authority { return Authority(q.Source) }

// File is the document in which it stands, in the folder of the contract: what is derived
// stands in the API's own document.
func (q *Requirement) File(contract string) string {
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
