package contract

import (
	"fmt"
	"net/http"
	"slices"
)

// derive appends to c what its document itself demands of each operation, in the
// operations' order.
func derive(c *Contract) {
	for _, op := range c.Operations {
		for _, q := range demands(op) {
			q.ID = fmt.Sprintf("%s-DOC-%s-%s", c.Prefix, op.ID, q.Check)
			q.Operations = []string{op.ID}
			q.Source = fmt.Sprintf("%s, line %d", documentFile, op.Line)
			q.Decides = DecidesVerdict
			q.Line = op.Line
			c.Requirements = append(c.Requirements, q)
		}
	}
}

// demands lists what the document asks of one operation, named by the check that
// owes it.
func demands(op *Operation) []*Requirement {
	all := []*Requirement{
		{Check: "response_schema_conformance", Level: Must,
			Text: "Every answer of " + op.ID + " has the body that is documented for its status, or none where none is documented."},
		{Check: "status_code_conformance", Level: Should,
			Text: "Every answer of " + op.ID + " has a status that is documented for it."},
		{Check: "content_type_conformance", Level: Should,
			Text: "Every answer of " + op.ID + " has the media type that is documented for its status."},
		{Check: "positive_data_acceptance", Level: Should,
			Text: "A request to " + op.ID + " that keeps the document is answered with a documented success."},
	}
	if op.Secured {
		all = append(all, &Requirement{Check: "ignored_auth", Level: Should,
			Expect: Expect{Status: http.StatusUnauthorized, Accept: []int{http.StatusUnauthorized}},
			Text:   "A request to " + op.ID + " without a credential is refused."})
	}
	if op.Body != nil || slices.ContainsFunc(op.Parameters, (*Parameter).isConstrained) {
		all = append(all, &Requirement{Check: "negative_data_rejection", Level: Should,
			Expect: Expect{Status: http.StatusBadRequest, Accept: []int{400, 404, 409, 415, 422}},
			Text:   "A request to " + op.ID + " that breaks the document is refused."})
	}
	all = append(all, &Requirement{Check: "unsupported_method", Level: Should,
		Expect: Expect{Status: http.StatusMethodNotAllowed, Accept: []int{404, 405}},
		Text:   "A method that the path of " + op.ID + " does not have is refused."})
	if op.Method == http.MethodDelete {
		all = append(all, &Requirement{Check: "use_after_free", Level: Should,
			Text: "What " + op.ID + " has deleted is gone for every later request."})
	}
	return all
}

// isConstrained reports whether some value of the parameter, or its absence,
// breaks the document.
func (p *Parameter) isConstrained() bool {
	return p.In == "query" && p.Required || p.Schema.isConstrained()
}

func (s *Schema) isConstrained() bool {
	if s == nil {
		return false
	}
	typed := slices.Contains([]string{"integer", "number", "boolean"}, s.Type)
	bounded := s.Minimum != nil || s.Maximum != nil || s.MinLength != nil || s.MaxLength != nil
	if typed || bounded || len(s.Enum) > 0 || s.Pattern != "" || textFormat(s.Format) != nil {
		return true
	}
	return slices.ContainsFunc(s.AllOf, (*Schema).isConstrained) || s.Items.isConstrained()
}
