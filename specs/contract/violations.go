package contract

import (
	"cmp"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// violations turns the library's tree of errors into a flat, sorted list of its
// first leaves.
func (j *validator) violations(err *jsonschema.ValidationError) []Violation {
	var all []Violation
	j.collect(err, &all)
	return firstOf(all, 0, byPlace)
}

// byPlace is the order in which violations are told.
func byPlace(a, b Violation) int {
	return cmp.Or(cmp.Compare(a.Pointer, b.Pointer), cmp.Compare(a.Keyword, b.Keyword), cmp.Compare(a.Message, b.Message))
}

// MostViolations is how many faults of one body or parameter are told, the first in
// the order of their places. Nobody reads more, and a body of a megabyte can have
// half a million.
const MostViolations = 100

// firstOf leaves the first of what was found, each once and in order, as soon as
// there is more than room.
func firstOf[T any](all []T, room int, order func(a, b T) int) []T {
	if len(all) <= room {
		return all
	}
	slices.SortFunc(all, order)
	all = slices.CompactFunc(all, func(a, b T) bool { return order(a, b) == 0 })
	return all[:min(len(all), MostViolations)]
}

func (j *validator) collect(e *jsonschema.ValidationError, all *[]Violation) {
	at := pointer(e.InstanceLocation)
	note := func(v Violation) { *all = firstOf(append(*all, v), 2*MostViolations, byPlace) }
	switch k := e.ErrorKind.(type) {
	case *kind.AnyOf:
		note(j.choice(e, at, "anyOf"))
	case *kind.OneOf:
		note(j.choice(e, at, "oneOf"))
	case *kind.Required:
		for _, name := range k.Missing {
			note(j.violation(e, at+"/"+escape(name), "required", "is required"))
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			note(j.violation(e, at+"/"+escape(name), "additionalProperties", "is not a member that is documented"))
		}
	default:
		if len(e.Causes) == 0 {
			keyword, message := leaf(e.ErrorKind)
			note(j.violation(e, at, keyword, message))
		}
		for _, cause := range e.Causes {
			j.collect(cause, all)
		}
	}
}

// choice reports that none of several forms fits: as a wrong type when each form
// fails by the type of the whole, otherwise with the form that came nearest.
func (j *validator) choice(e *jsonschema.ValidationError, at, keyword string) Violation {
	if len(e.Causes) == 0 {
		return j.violation(e, at, keyword, "must fit exactly one of the documented forms, fits several")
	}
	var want []string
	got, byType := "", true
	var nearest []Violation
	for _, cause := range e.Causes {
		if types := onlyTypes(cause, len(e.InstanceLocation)); types != nil {
			got = types[0].Got
			for _, t := range types {
				want = append(want, t.Want...)
			}
			continue
		}
		byType = false
		if branch := j.violations(cause); nearest == nil || len(branch) < len(nearest) {
			nearest = branch
		}
	}
	if byType {
		return j.violation(e, at, "type", mustBeType(want, got))
	}
	near := nearest[0]
	where := strings.TrimPrefix(near.Pointer, at)
	if where != "" {
		where += " "
	}
	return j.violation(e, at, keyword, fmt.Sprintf("fits none of the %d documented forms; the nearest one says: %s%s",
		len(e.Causes), where, near.Message))
}

// onlyTypes returns the type errors of a branch that fails by nothing but the
// type of the value at depth, nil when something else is wrong with it too.
func onlyTypes(e *jsonschema.ValidationError, depth int) []*kind.Type {
	if len(e.Causes) == 0 {
		if t, ok := e.ErrorKind.(*kind.Type); ok && len(e.InstanceLocation) == depth {
			return []*kind.Type{t}
		}
		return nil
	}
	var all []*kind.Type
	for _, cause := range e.Causes {
		types := onlyTypes(cause, depth)
		if types == nil {
			return nil
		}
		all = append(all, types...)
	}
	return all
}

func (j *validator) violation(e *jsonschema.ValidationError, at, keyword, message string) Violation {
	return Violation{In: "body", Pointer: at, Keyword: keyword, Message: message, Line: j.line(e.SchemaURL)}
}

// line finds the schema's line, walking outwards where a location has none.
func (j *validator) line(location string) int {
	_, fragment, _ := strings.Cut(location, "#")
	at, err := url.PathUnescape(fragment)
	if err != nil {
		return 0
	}
	for {
		if line, ok := j.lines[at]; ok {
			return line
		}
		cut := strings.LastIndexByte(at, '/')
		if cut < 0 {
			return 0
		}
		at = at[:cut]
	}
}

// pointer joins the steps to a JSON pointer; the whole value is "".
func pointer(steps []string) string {
	var b strings.Builder
	for _, step := range steps {
		b.WriteByte('/')
		b.WriteString(escape(step))
	}
	return b.String()
}

// exact writes a limit as a decimal number.
func exact(r *big.Rat) string {
	f, _ := r.Float64() // limits were doubles in the document
	return decimal(f)
}

// leaf names the keyword of an error and says what was expected.
func leaf(k jsonschema.ErrorKind) (keyword, message string) {
	switch k := k.(type) {
	case *kind.Type:
		return "type", mustBeType(k.Want, k.Got)
	case *kind.Enum:
		return "enum", mustBeOneOf(k.Want)
	case *kind.Format:
		return "format", mustHaveFormat(k.Want)
	case *kind.Pattern:
		return "pattern", mustMatch(k.Want)
	case *kind.FalseSchema:
		return "writeOnly", "must not be there: it is only written, never read"
	case *kind.Minimum:
		return "minimum", "must be " + exact(k.Want) + " or more"
	case *kind.Maximum:
		return "maximum", "must be " + exact(k.Want) + " or less"
	case *kind.ExclusiveMinimum:
		return "exclusiveMinimum", "must be more than " + exact(k.Want)
	case *kind.ExclusiveMaximum:
		return "exclusiveMaximum", "must be less than " + exact(k.Want)
	case *kind.MultipleOf:
		return "multipleOf", "must be a multiple of " + exact(k.Want)
	case *kind.UniqueItems:
		return "uniqueItems", mustDiffer(k.Duplicates[0], k.Duplicates[1])
	case *kind.MinLength:
		return "minLength", mustCount("at least", k.Want, "character", k.Got)
	case *kind.MaxLength:
		return "maxLength", mustCount("at most", k.Want, "character", k.Got)
	case *kind.MinItems:
		return "minItems", mustCount("at least", k.Want, "item", k.Got)
	case *kind.MaxItems:
		return "maxItems", mustCount("at most", k.Want, "item", k.Got)
	}
	path := k.KeywordPath()
	if len(path) == 0 {
		return "schema", "does not fit the schema"
	}
	return path[len(path)-1], "breaks " + strings.Join(path, "/")
}
