package contract

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// authorityMark names, beside a constraint of the document, who demands it. Its value
// is an authority for the place and all that is written below it, or a mapping of
// keywords to authorities, in which "*" stands for the place and below, and "*.type" for
// that keyword of the place and below.
const authorityMark = "x-authority"

// documentsMark names, at the top of the document, what authorities and the catalogue cite.
const documentsMark = "x-documents"

// Keywords of authorities that are no keywords of a schema.
const (
	ByStatus     = "status"     // a response: that its status is the answer
	ByContent    = "content"    // a response: the media type of its body
	BySecurity   = "security"   // an operation: that a caller without a credential is refused
	ByNull       = "nulls"      // a schema: that null is refused where it isn't said to be allowed
	ByNeighbours = "neighbours" // an operation: that it touches no other record, where not the operation's own
	ByMethods    = "methods"    // an operation: that its path has no other methods
	ByGone       = "gone"       // an operation: that what it deletes can no longer be read, where not the operation's own
	ByOptional   = "optional"   // a member: that it may be left out, where it is chosen
)

// Authority says who demands a constraint: "seed 003, line 12" where the documents
// state it or every fair reading of them entails it, "inferred: from what" where custom or
// an example has it so, and "chosen: for what" where nothing has: the mock keeps it, and
// nobody is asked for it. "" is nobody: the linter's finding.
type Authority string

// byDocument is the authority of all that somebody's own document says.
const byDocument Authority = "the document"

// Stated says whether the documents demand it. What they don't is a recommendation.
func (a Authority) Stated() bool { return strings.HasPrefix(string(a), "seed ") || a == byDocument }

// Inferred says whether somebody chose it, and says from what.
func (a Authority) Inferred() bool { return strings.HasPrefix(string(a), "inferred: ") }

// Chosen says whether it is a choice of ours, of which no service can know.
func (a Authority) Chosen() bool { return strings.HasPrefix(string(a), "chosen: ") }

// Level is MUST for what is stated, none for what was chosen, SHOULD for all else.
func (a Authority) Level() Level {
	switch {
	case a.Stated():
		return Must
	case a.Chosen():
		return ""
	}
	return Should
}

// Authorities are the authorities of one place of the document.
type Authorities struct {
	Default Authority
	Of      map[string]Authority // by keyword, where it differs
}

// Who returns the authority of a keyword of this place.
func (a Authorities) Who(keyword string) Authority {
	if own, ok := a.Of[keyword]; ok {
		return own
	}
	return a.Default
}

// authorities knows the authorities of every mapping of a document, the inherited ones
// included. Whoever is not told by default, ByContent, BySecurity and ByMethods, is
// told by the place itself or by the top of the document.
type authorities struct {
	*complaints
	top      Authorities
	fallback Authorities // of what nobody is named for
	at       map[*yaml.Node]Authorities
}

func readAuthorities(root *yaml.Node, found *complaints) *authorities {
	a := &authorities{complaints: found, at: map[*yaml.Node]Authorities{}}
	if mark := member(root, authorityMark); mark != nil {
		a.top = a.read(mark, Authorities{})
		if a.top.Default != "" {
			a.add(mark.Line, "Name the authority of each part", "%s of the whole document tells nobody who demands what",
				authorityMark)
		}
	}
	a.walk(root, Authorities{})
	return a
}

// document makes a document that names no authority its own: what it says it demands. What
// it only leads one to expect is inferred. It says whether it did.
func (a *authorities) document() bool {
	if len(a.at) > 0 {
		return false
	}
	a.fallback = Authorities{Default: byDocument, Of: map[string]Authority{
		ByNeighbours: "inferred: a write changes what it names, and nothing else",
		ByGone:       "inferred: what is deleted is gone",
	}}
	a.top.Of = map[string]Authority{ByContent: byDocument, BySecurity: byDocument}
	return true
}

// of returns the authorities of a mapping.
func (a *authorities) of(n *yaml.Node) Authorities {
	if own, ok := a.at[unalias(n)]; ok && (own.Default != "" || len(own.Of) > 0) {
		return own
	}
	return a.fallback
}

// with returns the authorities of a mapping, and those of keywords that no default
// tells: what isn't said here is said at the top, or by nobody.
func (a *authorities) with(n *yaml.Node, keywords ...string) Authorities {
	here := a.of(n)
	all := Authorities{Default: here.Default, Of: map[string]Authority{}}
	for _, word := range keywords {
		all.Of[word] = a.top.Of[word]
	}
	maps.Copy(all.Of, here.Of)
	return all
}

func (a *authorities) walk(n *yaml.Node, inherited Authorities) {
	n = unalias(n)
	switch {
	case n == nil || a.at[n].Default != "":
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			a.walk(item, inherited)
		}
	case n.Kind == yaml.MappingNode:
		own := inherited
		if mark := member(n, authorityMark); mark != nil {
			own = a.read(mark, inherited)
		}
		if own.Default != "" || len(own.Of) > 0 {
			a.at[n] = own
		}
		eachKey(n, func(key, value *yaml.Node) {
			if !slices.Contains([]string{authorityMark, "example", "examples", "default", "enum"}, key.Value) {
				a.walk(value, own.below())
			}
		})
	}
}

func (a *authorities) read(mark *yaml.Node, inherited Authorities) Authorities {
	if mark.Kind == yaml.ScalarNode {
		return Authorities{Default: a.authority(mark)}
	}
	own := Authorities{Default: inherited.Default, Of: map[string]Authority{}}
	maps.Copy(own.Of, inherited.Of)
	eachKey(mark, func(key, value *yaml.Node) {
		if key.Value == "*" {
			own.Default = a.authority(value)
			return
		}
		own.Of[key.Value] = a.authority(value)
		if word, below := strings.CutPrefix(key.Value, everywhere); below {
			own.Of[word] = own.Of[key.Value]
		}
	})
	return own
}

// everywhere begins a keyword that is meant of the place and of all below it.
const everywhere = "*."

// below is what of the authorities of a place goes for what is written below it.
func (a Authorities) below() Authorities {
	out := Authorities{Default: a.Default}
	for key, who := range a.Of {
		if word, below := strings.CutPrefix(key, everywhere); below {
			if out.Of == nil {
				out.Of = map[string]Authority{}
			}
			out.Of[key], out.Of[word] = who, who
		}
	}
	return out
}

func (a *authorities) authority(n *yaml.Node) Authority {
	who := Authority(n.Value)
	if n.Kind != yaml.ScalarNode || !who.Stated() && !who.Inferred() && !who.Chosen() {
		a.add(n.Line, `Write "seed NNN, line N", "inferred: from what" or "chosen: for what"`, "%q is no authority", n.Value)
	}
	return who
}

// Who returns the authority of the keyword that a value at the pointer breaks, a
// pointer into a value of the schema. Where several parts of the schema (allOf,
// branches) have the keyword, the one that is stated tells.
func (s *Schema) Who(pointer, keyword string) Authority {
	name := pointer[strings.LastIndexByte(pointer, '/')+1:]
	if keyword == "required" || keyword == "additionalProperties" {
		pointer = strings.TrimSuffix(pointer, "/"+name)
	}
	var found Authority
	for _, part := range s.below(pointer) {
		who := part.By.Who(keyword)
		if own, ok := part.By.Of["required."+name]; ok && keyword == "required" {
			who = own
		}
		if part.has(keyword, name) && (found == "" || who.Stated()) {
			found = who
		}
	}
	return found
}

// has says whether the schema itself has that keyword, for a member of that name.
func (s *Schema) has(keyword, name string) bool {
	switch keyword {
	case "required":
		return slices.Contains(s.Required, unescape(name))
	case "enum":
		return len(s.Enum) > 0
	case "format":
		return s.Format != ""
	case "pattern":
		return s.Pattern != ""
	case ByOptional:
		return true
	case "type", ByNull:
		return s.Type != "" || len(s.Enum) > 0
	case "minLength":
		return s.MinLength != nil
	case "maxLength":
		return s.MaxLength != nil
	case "minimum", "exclusiveMinimum":
		return s.Minimum != nil
	case "maximum", "exclusiveMaximum":
		return s.Maximum != nil
	case "minItems":
		return s.MinItems != nil
	case "maxItems":
		return s.MaxItems != nil
	case "multipleOf":
		return s.MultipleOf != nil
	case "uniqueItems":
		return s.UniqueItems
	case "anyOf":
		return len(s.AnyOf) > 0
	case "oneOf":
		return len(s.OneOf) > 0
	}
	return true
}

// below lists the schemas that a value at the pointer has to keep, or may.
func (s *Schema) below(pointer string) []*Schema {
	found := s.Forms()
	for _, step := range strings.Split(pointer, "/")[1:] {
		found = stepAll(found, unescape(step))
	}
	return found
}

func (s *Schema) step(name string) (found []*Schema) {
	if of, ok := s.own(name); ok {
		found = of.Forms()
	}
	if s.Items != nil && strings.Trim(name, "0123456789*") == "" {
		found = append(found, s.Items.Forms()...)
	}
	if len(found) == 0 {
		found = s.Additional.Forms()
	}
	return found
}

func unescape(step string) string { return strings.NewReplacer("~1", "/", "~0", "~").Replace(step) }
