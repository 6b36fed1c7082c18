package judge

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/specs/contract"
	"rollcall/specs/trouble"
)

// lookAtBody holds the body against the schema of its status. Its Content-Type
// is judged apart, so a body under a wrong one is still read.
func (j *Judge) lookAtBody(response *openapi3.Response, a Answer, status int) []Finding {
	body := a.Body
	if len(response.Content) == 0 {
		if len(body) > 0 {
			return []Finding{{Check: ResponseSchema, Message: fmt.Sprintf("expected no body, got %d bytes: %s", len(body),
				sample(body))}}
		}
		return nil
	}
	schema := schemaOf(response)
	if schema == nil {
		return nil
	}
	if len(body) == 0 {
		return []Finding{{Check: ResponseSchema, Message: "expected a body of " + mediaTypes(response) + ", got none"}}
	}
	value, malformed := decode(body)
	if malformed != nil {
		return []Finding{*malformed}
	}
	if tooMuch(schema, value, len(body)) {
		return j.second(a, status)
	}
	var findings []Finding
	for _, leaf := range relevant(leaves(schema.VisitJSON(value, j.options...))) {
		findings = append(findings, j.finding(leaf))
	}
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Pointer, b.Pointer), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(findings)
}

// How many violations of one answer are put into words, of one kind and in all: a list
// of a million wrong items is wrong in one way.
const (
	mostAlike = 5
	mostTold  = 200
)

// relevant picks the violations to tell: a few of each kind, which is the keyword and
// where in the document's shape it is broken.
func relevant(all []error) []error {
	if len(all) <= mostAlike {
		return all
	}
	seen := map[string]int{}
	var picked []error
	for _, err := range all {
		kind := ""
		if wrong, ok := err.(*openapi3.SchemaError); ok {
			kind = wrong.SchemaField + shape(wrong.JSONPointer())
		}
		if seen[kind]++; seen[kind] <= mostAlike {
			picked = append(picked, err)
		}
		if len(picked) == mostTold {
			break
		}
	}
	return picked
}

// shape is a place with the numbers of items left out.
func shape(keys []string) string {
	var out strings.Builder
	for _, key := range keys {
		if _, err := strconv.Atoi(key); err == nil {
			key = "*"
		}
		out.WriteString("/" + key)
	}
	return out.String()
}

// schemaOf returns the schema of the response's JSON, nil when it has none.
func schemaOf(response *openapi3.Response) *openapi3.Schema {
	for _, t := range documentedTypes(response) {
		if ref := response.Content[t].Schema; isJSON(t) && ref != nil {
			return ref.Value
		}
	}
	return nil
}

// leaves flattens what kin-openapi reports: lists of errors, and the branches
// of an allOf, in which the true error hides one level down.
func leaves(err error) []error {
	var list openapi3.MultiError
	var single *openapi3.SchemaError
	switch {
	case err == nil:
		return nil
	case isType(err, &list):
		return each(list)
	case isType(err, &single) && single.SchemaField == "allOf" && errors.As(single.Origin, &list):
		return each(list)
	}
	return []error{err}
}

// isType is a type assertion, not errors.As: kin-openapi's lists answer As with
// the first of their members.
func isType[T error](err error, target *T) bool {
	v, ok := err.(T)
	*target = v
	return ok
}

func each(list []error) []error {
	var all []error
	for _, err := range list {
		all = append(all, leaves(err)...)
	}
	return all
}

// finding words one error.
func (j *Judge) finding(err error) Finding {
	wrong, ok := err.(*openapi3.SchemaError)
	if !ok {
		return Finding{Check: ResponseSchema, Pointer: "", Message: trouble.Words(err)}
	}
	pointer := pointerOf(wrong.JSONPointer())
	message := fmt.Sprintf("expected %s, got %s", j.expected(wrong), actual(wrong, pointer))
	if o := wrong.Schema.Origin; o != nil && o.Key != nil {
		message += fmt.Sprintf(" (%s/openapi.yaml:%d)", j.contract, o.Key.Line)
	}
	return Finding{Check: ResponseSchema, Pointer: pointer, Message: message, Keyword: keywordOf(wrong)}
}

// keywordOf is the keyword of the document that is broken, in the document's own words.
func keywordOf(wrong *openapi3.SchemaError) string {
	switch {
	case wrong.SchemaField == "properties":
		return "additionalProperties"
	case wrong.SchemaField == "nullable" || wrong.Value == nil && (wrong.SchemaField == "type" || wrong.SchemaField == "enum"):
		return contract.ByNull
	}
	return wrong.SchemaField
}

// pointerOf joins keys into a JSON pointer.
func pointerOf(keys []string) string {
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	var pointer strings.Builder
	for _, k := range keys {
		pointer.WriteString("/" + escape.Replace(k))
	}
	return pointer.String()
}
