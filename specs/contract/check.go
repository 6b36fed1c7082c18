package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"rollcall/specs/format"
)

// CheckBody judges the bytes of a request body against the operation's schema.
// It returns nil when the body keeps the contract or the operation takes none;
// otherwise one violation per fault, sorted by pointer and keyword. Bytes that
// aren't strict JSON (duplicate names, trailing bytes, bad UTF-8) are one
// violation of keyword "json"; a required body without any bytes is one of
// keyword "required". Members that are readOnly are neither demanded nor judged.
// Of a body that is no JSON, only that it is there is judged. It is safe for concurrent use.
func (o *Operation) CheckBody(raw []byte) []Violation {
	_, all := o.ReadBody(raw)
	return all
}

// ReadBody judges the bytes as CheckBody does, and returns them with every integer
// spelt as one: 20 for 2e1 and 20.0, which are the same number but nothing that an
// answer may say (see Plain). A body without such a number comes back as it is.
func (o *Operation) ReadBody(raw []byte) ([]byte, []Violation) {
	if o.Body == nil {
		return raw, nil
	}
	if len(raw) == 0 {
		if !o.Body.Required {
			return raw, nil
		}
		return raw, []Violation{{In: "body", Keyword: "required", Message: "a body is required", Line: o.Body.Line}}
	}
	if o.Body.foreign() {
		return raw, nil
	}
	s := o.Body.Schema
	if s.keeps(raw) { // with its integers spelt as such: the quick check takes no other
		return raw, nil
	}
	wrong, sure := s.faults(raw, asRequest)
	if sure { // as above: what is wrong is something else
		return raw, wrong
	}
	return s.Plain(raw), wrong
}

// foreign says whether the body is no JSON: a form, or what nobody looks into.
func (b *Body) foreign() bool {
	return b.MediaType != "" && b.MediaType != "application/json" && !IsJSON(b.MediaType)
}

// CheckValue judges the bytes of a value as part of an answer: members that are
// writeOnly must not be there and aren't demanded. It returns what CheckBody
// would, with In "body".
func (s *Schema) CheckValue(raw []byte) []Violation { return s.check(raw, asResponse) }

// Fits says whether CheckValue finds nothing, without a word of what is wrong: where values are tried, most of the time
// would go into the words.
func (s *Schema) Fits(raw []byte) bool {
	if s == nil || checkJSON(raw) != nil {
		return s == nil && checkJSON(raw) == nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return false
	}
	if _, ok := oversized(value); ok {
		return false
	}
	j := s.validator(asResponse)
	return j.err == nil && j.validate(value) == nil
}

// check decides the common cases in one pass over the bytes: a request that keeps
// the document, and one whose faults were all met before. Everything else gets the
// full check.
func (s *Schema) check(raw []byte, way direction) []Violation {
	if way == asRequest && s.keeps(raw) {
		return nil
	}
	wrong, _ := s.faults(raw, way)
	return wrong
}

// keeps says whether the bytes certainly keep the schema of a request.
func (s *Schema) keeps(raw []byte) bool {
	quick := s.quick()
	return quick != nil && quick.keeps(raw)
}

// quick returns the schema of a request compiled for one pass, nil when it can't be.
func (s *Schema) quick() *onepass {
	if s == nil || s.lazy == nil {
		return nil
	}
	s.lazy.quickOnce.Do(func() { s.lazy.quick = compileOnepass(s, compiling{}) })
	return s.lazy.quick
}

// faults is the check of a value that may well break the schema, and tells whether the quick
// check has understood all of it.
func (s *Schema) faults(raw []byte, way direction) (wrong []Violation, sure bool) {
	quick := s.quick()
	if way != asRequest || quick == nil {
		return s.full(raw, way), false
	}
	faults, sure := quick.find(raw)
	if sure {
		if known, ok := s.lazy.words.violations(faults); ok {
			return known, true
		}
	}
	full := s.full(raw, way)
	if sure {
		s.lazy.words.learn(faults, full)
	}
	return full, sure
}

// mostShown is how much of a number without end is told, in bytes.
const mostShown = 40

func (s *Schema) full(raw []byte, way direction) []Violation {
	if v := checkJSON(raw); v != nil {
		return v
	}
	if s == nil {
		return nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return notJSON(err.Error())
	}
	if number, ok := oversized(value); ok {
		if len(number) > mostShown {
			number = number[:mostShown] + "…"
		}
		return notJSON("the number " + number + " is out of any range")
	}
	j := s.validator(way)
	if j.err != nil {
		return []Violation{{In: "body", Keyword: "schema", Message: "can't be judged: " + j.err.Error(), Line: s.Line}}
	}
	err = j.validate(value)
	if err == nil {
		return nil
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return []Violation{{In: "body", Keyword: "schema", Message: "can't be judged: " + err.Error(), Line: s.Line}}
	}
	return j.violations(invalid)
}

// checkJSON is the strict gate: what it lets past means the same to every reader.
func checkJSON(raw []byte) []Violation {
	if jsontext.Value(raw).IsValid() {
		return nil
	}
	dec := jsontext.NewDecoder(bytes.NewReader(raw))
	_, err := dec.ReadValue()
	if err == nil {
		return notJSON(fmt.Sprintf("more bytes follow the value, from byte %d", dec.InputOffset()))
	}
	return notJSON(strings.TrimPrefix(err.Error(), "jsontext: "))
}

func notJSON(why string) []Violation {
	return []Violation{{In: "body", Keyword: "json", Message: "must be strict JSON: " + why}}
}

// oversized finds a number whose exponent no reader could mean.
func oversized(v any) (string, bool) {
	switch v := v.(type) {
	case json.Number:
		return v.String(), format.IsOversized(v.String())
	case []any:
		for _, item := range v {
			if n, ok := oversized(item); ok {
				return n, true
			}
		}
	case map[string]any:
		for _, item := range v {
			if n, ok := oversized(item); ok {
				return n, true
			}
		}
	}
	return "", false
}
