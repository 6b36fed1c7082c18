package declared

import (
	"net/http"
	"slices"
	"strconv"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/specs/contract"
)

// invalid gives the status of a violation of the document.
func (t *table) invalid(v contract.Violation) int {
	for _, k := range t.of.Answers.Invalid {
		if k.Keyword == v.Keyword {
			return k.Status
		}
	}
	for _, k := range t.of.Answers.Invalid {
		if k.Keyword == "" {
			return k.Status
		}
	}
	return http.StatusBadRequest
}

// render writes an error by the schema that the document has for its status; without one, as
// a problem with its details.
func (t *table) render(c *behavior.Call, r *behavior.Refusal) behavior.Answer {
	a := behavior.Answer{Status: t.statusOf(c, r), Header: r.Header}
	documented := t.documented(c, a.Status)
	if documented == nil || documented.Schema == nil || !contract.IsJSON(documented.MediaType) {
		if documented != nil && documented.MediaType == "" {
			return a
		}
		a.ContentType = "application/problem+json"
		a.Body = []byte(`{"title":` + rule.Text(http.StatusText(r.Status)) + `,"status":` + strconv.Itoa(r.Status) +
			`,"detail":` + rule.Text(r.Message) + "}")
		return a
	}
	a.ContentType = documented.MediaType
	s := documented.Schema
	if a.Body = t.errorBody(nil, c, r, s, 0); s.Items != nil || s.Type != "" && s.Type != "object" {
		a.Body = t.maker.Reply("error", "", s) // a default that is that of a success, too
	}
	return a
}

// statusOf is the status of a refusal. That of a violation is the same for all operations, as far as they document it:
// what is no number is not found where nothing else is documented.
func (t *table) statusOf(c *behavior.Call, r *behavior.Refusal) int {
	if c.Operation == nil || len(r.Violations) == 0 || r.Status != t.invalid(r.Violations[0]) {
		return r.Status
	}
	others := []int{http.StatusBadRequest, http.StatusUnprocessableEntity}
	if r.In == "path" {
		others = append(others, http.StatusNotFound)
	}
	for _, status := range slices.Insert(others, 0, r.Status) {
		if _, ok := c.Operation.Response(status); ok {
			return status
		}
	}
	return r.Status
}

func (t *table) documented(c *behavior.Call, status int) *contract.Response {
	if c.Operation != nil {
		if r, ok := c.Operation.Response(status); ok {
			return r
		}
	}
	for _, op := range t.Operations {
		for _, r := range op.Responses {
			if r.Status == status && r.Schema != nil {
				return r
			}
		}
	}
	return nil
}

// The names by which the documents of the world call the members of an error.
func messageNames() []string {
	return []string{
		"message",
		"error",
		"detail",
		"title",
		"description",
		"error_description",
		"msg",
		"reason",
		"error_message",
	}
}

// errorBody writes an error: the members that are known by their names, and what else must be
// there.
func (t *table) errorBody(to []byte, c *behavior.Call, r *behavior.Refusal, s *contract.Schema, depth int) []byte {
	to = append(to, '{')
	first := true
	for _, m := range s.Every() {
		raw := t.errorMember(c, r, m, depth)
		if raw == "" && s.IsRequired(m.Name) {
			raw = string(t.maker.Reply("error "+m.Name, "", m.Schema))
		}
		if raw == "" {
			continue
		}
		if !first {
			to = append(to, ',')
		}
		first = false
		to = append(append(append(to, encoded(m.Name)...), ':'), raw...)
	}
	return append(to, '}')
}

func (t *table) errorMember(c *behavior.Call, r *behavior.Refusal, m *contract.Property, depth int) string {
	shape := t.of.Answers.Error
	text := m.Schema.Type == "string" || m.Schema.Type == "" && len(m.Schema.Every()) == 0 && m.Schema.Items == nil
	switch {
	case m.Name == shape.Status || m.Name == "status" || m.Name == "statusCode" || m.Name == "status_code":
		if m.Schema.Type == "string" {
			return rule.Text(strconv.Itoa(r.Status))
		}
		return strconv.Itoa(r.Status)
	case text && (m.Name == shape.Message || slices.Contains(messageNames(), m.Name)) && len(m.Schema.Enum) == 0:
		return rule.Text(r.Message)
	case (m.Name == "error" || m.Name == "errors") && len(m.Schema.Every()) > 0 && depth < 3:
		return string(t.errorBody(nil, c, r, m.Schema, depth+1))
	case (m.Name == shape.Violations || m.Name == "errors") && m.Schema.Items != nil && depth < 3:
		if len(m.Schema.Items.Every()) == 0 {
			return "[" + rule.Text(r.Message) + "]"
		}
		return "[" + string(t.errorBody(nil, c, r, m.Schema.Items, depth+1)) + "]"
	case m.Name == "field" || m.Name == "pointer" || m.Name == "param":
		if m.Schema.Type == "string" && r.Pointer != "" {
			return rule.Text(r.Pointer)
		}
	}
	return ""
}
