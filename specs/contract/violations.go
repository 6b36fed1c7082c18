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
	t := &telling{j, map[*jsonschema.ValidationError]Violation{}, map[typesAt]*wrongTypes{}}
	return t.violations(err)
}

// telling puts one tree of errors into words. What is wrong with a part that several forms
// share stands in the tree once, and is put into words once.
type telling struct {
	*validator
	choices map[*jsonschema.ValidationError]Violation
	types   map[typesAt]*wrongTypes
}

func (t *telling) violations(err *jsonschema.ValidationError) []Violation {
	c := collecting{telling: t, seen: map[*jsonschema.ValidationError]bool{}}
	c.collect(err)
	return firstOf(c.all, 0, byPlace)
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

// collecting gathers the leaves of one error.
type collecting struct {
	*telling
	seen map[*jsonschema.ValidationError]bool
	all  []Violation
}

func (c *collecting) note(v Violation) { c.all = firstOf(append(c.all, v), 2*MostViolations, byPlace) }

func (c *collecting) collect(e *jsonschema.ValidationError) {
	if c.seen[e] {
		return
	}
	c.seen[e] = true
	at := pointer(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.AnyOf:
		c.note(c.choice(e, at, "anyOf"))
	case *kind.OneOf:
		c.note(c.choice(e, at, "oneOf"))
	case *kind.Required:
		for _, name := range k.Missing {
			c.note(c.violation(e, at+"/"+escape(name), "required", "is required"))
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			c.note(c.violation(e, at+"/"+escape(name), "additionalProperties", "is not a member that is documented"))
		}
	default:
		if len(e.Causes) == 0 {
			keyword, message := leaf(e.ErrorKind)
			c.note(c.violation(e, at, keyword, message))
		}
		for _, cause := range e.Causes {
			c.collect(cause)
		}
	}
}

// mostOfForm is how much is told of a form that came nearest, which may be a choice itself.
const mostOfForm = 1000

// choice reports that none of several forms fits: as a wrong type when each form
// fails by the type of the whole, otherwise with the form that came nearest.
func (t *telling) choice(e *jsonschema.ValidationError, at, keyword string) Violation {
	told, ok := t.choices[e]
	if !ok {
		told = t.chosen(e, at, keyword)
		t.choices[e] = told
	}
	return told
}

func (t *telling) chosen(e *jsonschema.ValidationError, at, keyword string) Violation {
	if len(e.Causes) == 0 {
		return t.violation(e, at, keyword, "must fit exactly one of the documented forms, fits several")
	}
	var want []string
	got, byType := "", true
	var nearest []Violation
	for _, cause := range e.Causes {
		if types := t.onlyTypes(cause, len(e.InstanceLocation)); types != nil {
			got, want = types.got, append(want, types.want...)
			continue
		}
		byType = false
		if branch := t.violations(cause); nearest == nil || len(branch) < len(nearest) {
			nearest = branch
		}
	}
	if byType {
		return t.violation(e, at, "type", mustBeType(want, got))
	}
	near := nearest[0]
	where := strings.TrimPrefix(near.Pointer, at)
	if where != "" {
		where += " "
	}
	return t.violation(e, at, keyword, fmt.Sprintf("fits none of the %d documented forms; the nearest one says: %s%s",
		len(e.Causes), where, cutTo(near.Message, mostOfForm)))
}

// wrongTypes are the types of which a value should have one, each once, and the one it has.
type wrongTypes struct {
	want []string
	got  string
}

// typesAt is an error, asked about the type of the value at a depth.
type typesAt struct {
	of    *jsonschema.ValidationError
	depth int
}

// onlyTypes returns the type errors of a branch that fails by nothing but the
// type of the value at depth, nil when something else is wrong with it too.
func (t *telling) onlyTypes(e *jsonschema.ValidationError, depth int) *wrongTypes {
	if len(e.Causes) == 0 {
		if k, ok := e.ErrorKind.(*kind.Type); ok && len(e.InstanceLocation) == depth {
			return &wrongTypes{k.Want, k.Got}
		}
		return nil
	}
	key := typesAt{e, depth}
	if all, ok := t.types[key]; ok {
		return all
	}
	all := &wrongTypes{}
	for _, cause := range e.Causes {
		types := t.onlyTypes(cause, depth)
		if types == nil {
			all = nil
			break
		}
		all.got = types.got
		for _, one := range types.want {
			if !slices.Contains(all.want, one) {
				all.want = append(all.want, one)
			}
		}
	}
	t.types[key] = all
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
