// Package judge is the oracle of the conformance suite: it holds every answer
// against the contract's OpenAPI document, and reads that document with a
// library of its own (kin-openapi), so that a misreading on the mock's side
// cannot repeat itself here.
//
// kin-openapi alone lets some wrong answers pass; prepare.go, format.go,
// pattern.go and strict.go say which, and close the gaps.
//
// It is no API: it serves the packages beside it, and may change with any version.
package judge

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/specs/contract"
)

// The checks a finding can belong to, under the field's names. A derived
// requirement of the contract carries one of them as its Check.
const (
	ResponseSchema = contract.CheckResponseSchema
	StatusCode     = contract.CheckStatusCode
	ContentType    = contract.CheckContentType
)

// Answer is what is judged: one response to one call of an operation.
type Answer struct {
	Operation string // its id; "" for a call outside the contract, of which nothing is known
	Method    string // as sent, which may differ from the operation's
	Status    int
	Header    http.Header
	Body      []byte
	Accepting bool // judge by the accepting reading: what the catalogue accepts is no finding
	Untyped   bool // the request had no Content-Type, so that HTTP itself has an answer to it
}

// Finding is one way in which an answer breaks the document.
type Finding struct {
	Check   string // ResponseSchema, StatusCode or ContentType
	Pointer string // JSON pointer into the body, "" for the whole answer
	Message string // what was expected and what came instead
	Keyword string // of the schema, "" where no schema is broken
	Stated  bool   // the documents demand what is broken; otherwise it was inferred
}

// Judge holds one document, ready to judge. It is safe for concurrent use.
type Judge struct {
	contract   string
	operations map[string]operation
	options    []openapi3.SchemaValidationOption
	catalogue  *contract.Contract // whose rows loosen the document, and which knows who states what
	strict     bool
	accepting  *Judge // of the same document, nil in the accepting reading itself
}

// operation is one operation of the document with its method.
type operation struct {
	*openapi3.Operation
	method string
}

// New reads c.Document. The error says what the second library holds against
// the document: a contract has to satisfy both.
func New(c *contract.Contract) (*Judge, error) {
	doc, err := read(c.Document)
	if err != nil {
		return nil, fmt.Errorf("%s/openapi.yaml: the judge cannot use this document: %w", c.Name, err)
	}
	j := &Judge{contract: c.Name, operations: map[string]operation{}, options: options(false), catalogue: c, strict: true}
	for _, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			j.operations[op.OperationID] = operation{op, method}
		}
	}
	j.accepting = &Judge{contract: j.contract, operations: j.operations, options: options(true), catalogue: c}
	return j, nil
}

// Look returns all findings of one answer in a stable order: status, content
// type, then body by pointer.
func (j *Judge) Look(a Answer) []Finding {
	if a.Operation == "" {
		return nil
	}
	if a.Accepting && j.accepting != nil {
		return j.accepting.Look(a)
	}
	op, ok := j.operations[a.Operation]
	if !ok {
		return []Finding{{Check: StatusCode,
			Message: fmt.Sprintf("operation %q is not in %s/openapi.yaml: nothing can be said about its answer", a.Operation,
				j.contract)}}
	}
	rule := j.rule(a)
	return j.attributed(a, rule, j.look(op, rule, a))
}

func (j *Judge) look(op operation, rule rule, a Answer) []Finding {
	findings := op.lookAtStatus(a, rule.status)
	if !op.isMethod(a.Method) {
		return findings // the answer to another method is not this operation's
	}
	response := op.response(rule.status)
	if response == nil {
		return findings
	}
	if rule.open {
		return append(findings, lookAtOpen(a)...)
	}
	findings = append(findings, lookAtContentType(response, a)...)
	if a.Method == http.MethodHead || rule.exempts(response, a) {
		return findings
	}
	return append(findings, j.lookAtBody(response, a, rule.status)...)
}

// attributed says of each finding whether the documents state what is broken, and leaves out
// what was chosen: nobody is asked for it. A success with an undocumented status breaks the
// success that they state; no other status is stated here, for the rows of the catalogue say
// which refusal is.
func (j *Judge) attributed(a Answer, rule rule, findings []Finding) []Finding {
	op, ok := j.catalogue.Operation(a.Operation)
	if !ok || len(findings) == 0 {
		return findings
	}
	response, documented := op.Response(rule.status)
	kept := findings[:0]
	for _, f := range findings {
		switch {
		case f.Check == StatusCode:
			success := op.Success()
			f.Stated = a.Status/100 == 2 && success != nil && success.By.Who(contract.ByStatus).Stated()
		case !documented:
		case f.Check == ContentType:
			f.Stated = response.By.Of[contract.ByContent].Stated()
		case f.Keyword == "":
			f.Stated = response.By.Who(contract.ByBody).Stated()
		default:
			who := response.Who(f.Pointer, f.Keyword)
			if who.Chosen() {
				continue
			}
			f.Stated = who.Stated()
		}
		kept = append(kept, f)
	}
	return kept
}

// isMethod tells whether method calls this operation: its own, or HEAD where it is GET.
func (o operation) isMethod(method string) bool {
	return method == o.method || method == http.MethodHead && o.method == http.MethodGet
}

// response returns what the document says of status: the status itself, its
// range (4XX), or the default; nil when it says nothing.
func (o operation) response(status int) *openapi3.Response {
	if o.Responses == nil {
		return nil
	}
	found := o.Responses.Status(status)
	if status > 0 && status < http.StatusContinue { // of a class
		found = o.Responses.Value(strconv.Itoa(status) + "XX")
	}
	if found == nil {
		found = o.Responses.Default()
	}
	if found == nil {
		return nil
	}
	return found.Value
}

// lookAtStatus takes documented statuses. Four are settled apart from the
// document, by the status of its rule: a server error is never right; 405, or anything else below 500, may
// answer a method that is not the operation's; 415 a request that doesn't say what it is (RFC 9110,
// 15.5.16); and 429 says nothing of the operation, it asks to come back later.
func (o operation) lookAtStatus(a Answer, judged int) []Finding {
	if a.Status >= http.StatusInternalServerError {
		if !o.isMethod(a.Method) && a.Status == http.StatusNotImplemented {
			return nil // what HTTP says of a method that a server does not know
		}
		return []Finding{{Check: StatusCode,
			Message: fmt.Sprintf("expected one of %s, got %s: a server error is never an answer to what was asked",
				o.documented(), status(a.Status))}}
	}
	untold := a.Untyped && a.Status == http.StatusUnsupportedMediaType
	if !o.isMethod(a.Method) || untold || a.Status == http.StatusTooManyRequests || o.response(judged) != nil {
		return nil
	}
	return []Finding{{Check: StatusCode, Message: fmt.Sprintf("expected one of %s as documented for %s, got %s",
		o.documented(), o.OperationID, status(a.Status))}}
}

// documented lists the statuses of the operation, in order.
func (o operation) documented() string {
	if o.Responses == nil {
		return "(none)"
	}
	return strings.Join(o.Responses.Keys(), ", ")
}

func status(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}
