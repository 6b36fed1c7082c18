package contract

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"rollcall/specs/format"
)

// CheckParameter judges one parameter's value as it arrived, already decoded
// from the path or query; present says whether it arrived at all. "12" is read
// as a number where the schema wants one. It returns nil when the value keeps
// the contract; a valid value of a plain schema costs no allocation.
func (o *Operation) CheckParameter(p *Parameter, value string, present bool) []Violation {
	if !present {
		if p.Required {
			return []Violation{p.violation("required", "is required")}
		}
		return nil
	}
	s := p.Schema
	switch {
	case s == nil:
		return nil
	case s.isScalar():
		return p.checkScalar(value)
	default:
		return p.checkComposed(value)
	}
}

// isScalar reports whether the text of a value can be judged without making it
// JSON first.
func (s *Schema) isScalar() bool {
	return s.Type != "array" && s.Type != "object" && len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0
}

func (p *Parameter) violation(keyword, message string) Violation {
	v := Violation{In: p.In, Pointer: "/" + escape(p.Name), Keyword: keyword, Message: message, Line: p.Line}
	if p.Schema != nil && keyword != "required" {
		v.Line = p.Schema.Line
	}
	return v
}

func (p *Parameter) checkScalar(value string) []Violation {
	s := p.Schema
	number, ok := s.parse(value)
	if !ok {
		return []Violation{p.violation("type", "must be "+withArticle(s.Type)+", got "+strconv.Quote(value))}
	}
	if len(s.Enum) > 0 && !s.lists(value, number) {
		return []Violation{p.violation("enum", mustBeOneOf(s.Enum))}
	}
	if !s.hasFormat(value) {
		return []Violation{p.violation("format", mustHaveFormat(s.Format))}
	}
	switch s.Type {
	case "integer", "number":
		return p.checkRange(number)
	case "boolean":
		return nil
	default:
		return p.checkText(value)
	}
}

// parse reads the value as the schema's type; number is 0 for other types than
// numbers.
func (s *Schema) parse(value string) (number float64, ok bool) {
	switch s.Type {
	case "integer":
		if !isDigits(strings.TrimPrefix(value, "-")) {
			return 0, false
		}
	case "number":
		return format.Decimal(value)
	case "boolean":
		return 0, value == "true" || value == "false"
	default:
		return 0, true
	}
	number, err := strconv.ParseFloat(value, 64)
	return number, err == nil
}

// trimZeros leaves out zeros at the front of digits, which JSON does not have.
func trimZeros(digits string) string {
	rest, negative := strings.CutPrefix(digits, "-")
	rest = strings.TrimLeft(rest[:len(rest)-1], "0") + rest[len(rest)-1:]
	if negative {
		return "-" + rest
	}
	return rest
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func (s *Schema) lists(value string, number float64) bool {
	for _, want := range s.Enum {
		switch want := want.(type) {
		case string:
			if want == value && (s.Type == "string" || s.Type == "") {
				return true
			}
		case float64:
			if want == number && s.Type != "string" && s.Type != "boolean" {
				return true
			}
		case bool:
			if s.Type == "boolean" && want == (value == "true") {
				return true
			}
		}
	}
	return false
}

func (s *Schema) hasFormat(value string) bool {
	switch s.Type {
	case "integer", "number":
		return format.Fits(value, s.Format)
	case "boolean":
		return true
	default:
		check := format.Check(s.Format)
		return check == nil || check(value)
	}
}

func (p *Parameter) checkRange(n float64) []Violation {
	var all []Violation
	s := p.Schema
	if low := s.Minimum; low != nil && (n < *low || n == *low && s.ExclusiveMinimum) {
		if s.ExclusiveMinimum {
			all = append(all, p.violation("exclusiveMinimum", "must be more than "+decimal(*low)))
		} else {
			all = append(all, p.violation("minimum", "must be "+decimal(*low)+" or more"))
		}
	}
	if high := s.Maximum; high != nil && (n > *high || n == *high && s.ExclusiveMaximum) {
		if s.ExclusiveMaximum {
			all = append(all, p.violation("exclusiveMaximum", "must be less than "+decimal(*high)))
		} else {
			all = append(all, p.violation("maximum", "must be "+decimal(*high)+" or less"))
		}
	}
	if s.MultipleOf != nil && s.Multiple(n) != n {
		all = append(all, p.violation("multipleOf", "must be a multiple of "+decimal(*s.MultipleOf)))
	}
	return all
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func (p *Parameter) checkText(value string) []Violation {
	var all []Violation
	s := p.Schema
	length := utf8.RuneCountInString(value)
	if s.MaxLength != nil && int64(length) > *s.MaxLength {
		all = append(all, p.violation("maxLength", mustCount("at most", int(*s.MaxLength), "character", length)))
	}
	if s.MinLength != nil && int64(length) < *s.MinLength {
		all = append(all, p.violation("minLength", mustCount("at least", int(*s.MinLength), "character", length)))
	}
	if s.Pattern != "" {
		if m := s.matcher(); m != nil && !m.MatchString(value) {
			all = append(all, p.violation("pattern", mustMatch(s.Pattern)))
		}
	}
	return all
}

// checkComposed makes the value JSON, of the type the schema wants, and judges
// that. An array arrives as a comma list.
func (p *Parameter) checkComposed(value string) []Violation {
	var raw []byte
	if p.Schema.jsonType() == "array" {
		raw = listJSON(p.Schema.Items, value)
	} else {
		raw = textJSON(p.Schema, value)
	}
	all := p.Schema.check(raw, asRequest)
	for i := range all {
		all[i].In = p.In
		all[i].Pointer = "/" + escape(p.Name) + all[i].Pointer
	}
	return all
}

// jsonType returns the type of a schema, looking into allOf, "" when it has none.
func (s *Schema) jsonType() string {
	if s != nil && (s.Type != "" || len(s.AllOf) == 0) {
		return s.Type
	}
	for _, part := range s.All() {
		if part.Type != "" {
			return part.Type
		}
	}
	return ""
}

func listJSON(items *Schema, value string) []byte {
	raw := []byte{'['}
	if value != "" {
		for i, item := range strings.Split(value, ",") {
			if i > 0 {
				raw = append(raw, ',')
			}
			raw = append(raw, textJSON(items, item)...)
		}
	}
	return append(raw, ']')
}

// textJSON writes the text as the schema's type where it can be read so, as a
// string otherwise: the schema then says what is wrong with it.
func textJSON(s *Schema, value string) []byte {
	switch s.jsonType() {
	case "integer": // read as one that stands alone is
		if _, ok := (&Schema{Type: "integer"}).parse(value); ok {
			return []byte(trimZeros(value))
		}
	case "number", "boolean":
		if json.Valid([]byte(value)) && value != "null" {
			return []byte(value)
		}
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return []byte(`""`) // a string can always be marshalled
	}
	return raw
}
