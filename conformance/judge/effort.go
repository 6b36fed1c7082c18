package judge

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/specs/contract"
)

// How many steps kin-openapi may take for one body, and how many more for each of its bytes.
// It takes an anyOf or oneOf that fits twice, and a part that several forms share as often as
// there are ways to it: both multiply at each level, of the document and of the body.
const (
	mostSteps    = 50_000
	stepsOfAByte = 20
)

// effort goes the ways of kin-openapi, without judging anything, as long as it has steps left.
// There are no circles in one place: the contract's own reader refuses or breaks them.
type effort struct{ left int }

// tooMuch says whether the judge's own library would be at it without an end.
func tooMuch(s *openapi3.Schema, value any, size int) bool {
	e := effort{mostSteps + stepsOfAByte*size}
	return !e.goes(&openapi3.SchemaRef{Value: s}, value)
}

func (e *effort) goes(ref *openapi3.SchemaRef, value any) bool {
	if ref == nil || ref.Value == nil {
		return true
	}
	if e.left--; e.left < 0 {
		return false
	}
	s := ref.Value
	for _, choice := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for _, part := range choice {
			for range 2 { // it is looked at to choose it, and then to judge by it
				if !e.goes(part, value) {
					return false
				}
			}
		}
	}
	for _, part := range s.AllOf {
		if !e.goes(part, value) {
			return false
		}
	}
	return e.goes(s.Not, value) && e.below(s, value)
}

func (e *effort) below(s *openapi3.Schema, value any) bool {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			of, ok := s.Properties[name]
			if !ok {
				of = s.AdditionalProperties.Schema
			}
			if !e.goes(of, member) {
				return false
			}
		}
	case []any:
		for _, item := range v {
			if !e.goes(s.Items, item) {
				return false
			}
		}
	}
	return true
}

// second holds a body that is too much for kin-openapi against the contract's own schema,
// which is read by the library of the mock. Two readings are better than one, but one that
// ends is better than none.
func (j *Judge) second(a Answer, status int) []Finding {
	op, ok := j.catalogue.Operation(a.Operation)
	if !ok {
		return nil
	}
	response, ok := op.Response(status)
	if !ok || response.Schema == nil {
		return nil
	}
	var found []Finding
	for _, v := range response.Schema.CheckValue(a.Body) {
		found = append(found, Finding{Check: ResponseSchema, Pointer: v.Pointer, Keyword: keyword(v),
			Message: fmt.Sprintf("%s (%s/openapi.yaml:%d)", v.Message, j.contract, v.Line)})
	}
	return found
}

// keyword is that of a violation, as a finding names it.
func keyword(v contract.Violation) string {
	if v.Keyword == "json" {
		return ""
	}
	return v.Keyword
}
