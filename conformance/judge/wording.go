package judge

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/specs/contract"
)

// expected says what the failed keyword of the schema asked for.
func (j *Judge) expected(wrong *openapi3.SchemaError) string {
	s := wrong.Schema
	switch wrong.SchemaField {
	case "type":
		return typeName(s)
	case "nullable":
		return typeName(s) + " that is not null"
	case "enum":
		return contract.Few(s.Enum)
	case "required":
		return "the required member"
	case "properties":
		return "no member beyond the documented ones"
	case "writeOnly":
		return "a member that is only ever written to be absent"
	case "pattern":
		return fmt.Sprintf("text that matches %s", s.Pattern)
	case "format":
		return j.expectedFormat(wrong)
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		return "a number that keeps its bound: " + wrong.Reason
	case "minLength":
		return fmt.Sprintf("at least %d characters", s.MinLength)
	case "maxLength":
		return fmt.Sprintf("at most %d characters", *s.MaxLength)
	case "minItems":
		return fmt.Sprintf("at least %d items", s.MinItems)
	case "maxItems":
		return fmt.Sprintf("at most %d items", *s.MaxItems)
	case "multipleOf":
		return fmt.Sprintf("a multiple of %v", *s.MultipleOf)
	case "uniqueItems":
		return "no item twice"
	case "oneOf", "anyOf":
		return j.expectedBranch(wrong)
	}
	return fmt.Sprintf("a value that keeps %q (%s)", wrong.SchemaField, wrong.Reason)
}

// expectedFormat prefers the words of our own validators.
func (j *Judge) expectedFormat(wrong *openapi3.SchemaError) string {
	text := fmt.Sprintf("format %s", wrong.Schema.Format)
	if _, reason, ok := strings.Cut(wrong.Reason, "("); ok {
		text += ": " + strings.TrimSuffix(reason, ")")
	}
	return text
}

// expectedBranch adds, for a value that no branch takes, what the nearest one
// holds against it: "matches none" alone helps nobody.
func (j *Judge) expectedBranch(wrong *openapi3.SchemaError) string {
	refs, how := wrong.Schema.AnyOf, "at least one"
	if wrong.SchemaField == "oneOf" {
		refs, how = wrong.Schema.OneOf, "exactly one"
	}
	text := fmt.Sprintf("a value that matches %s of %d schemas", how, len(refs))
	var nearest []error
	for _, ref := range refs {
		faults := leaves(ref.Value.VisitJSON(wrong.Value, j.options...))
		if len(faults) == 0 {
			return text + " (it matches more)"
		}
		if nearest == nil || len(faults) < len(nearest) {
			nearest = faults
		}
	}
	if len(nearest) > 0 {
		f := j.finding(nearest[0])
		text += fmt.Sprintf(" (the nearest fails at %q: %s)", f.Pointer, f.Message)
	}
	return text
}

func typeName(s *openapi3.Schema) string {
	if s.Type == nil {
		return "a value"
	}
	name := strings.Join(s.Type.Slice(), " or ")
	if strings.IndexByte("aeiou", name[0]) >= 0 {
		return "an " + name
	}
	return "a " + name
}

// secrets are the members whose values stay out of every report.
var secrets = regexp.MustCompile(`(?i)(password|secret|token)[^/]*$`)

// actual shows the value that is there instead, cut short.
func actual(wrong *openapi3.SchemaError, pointer string) string {
	if wrong.SchemaField == "required" {
		return "nothing"
	}
	if wrong.SchemaField == "properties" {
		return strings.TrimSuffix(wrong.Reason, " is unsupported")
	}
	switch v := wrong.Value.(type) {
	case map[string]any:
		return fmt.Sprintf("an object of %d members", len(v))
	case []any:
		return fmt.Sprintf("an array of %d items", len(v))
	case float64:
		if math.Abs(v) >= -math.MinInt64 { // a float64 no longer shows the digits that were sent
			return fmt.Sprintf("about %.4g", v)
		}
	}
	if secrets.MatchString(pointer) && wrong.Value != nil {
		return "a value that is not shown"
	}
	return inJSON(wrong.Value)
}

func inJSON(value any) string {
	const most = 200
	if text, ok := value.(string); ok && len(text) > 4*most { // enough for so many characters
		value = strings.ToValidUTF8(text[:4*most], "")
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	if cut := []rune(string(text)); len(cut) > most {
		return string(cut[:most]) + "…"
	}
	return string(text)
}
