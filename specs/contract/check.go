package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// CheckBody judges the bytes of a request body against the operation's schema.
// It returns nil when the body keeps the contract or the operation takes none;
// otherwise one violation per fault, sorted by pointer and keyword. Bytes that
// aren't strict JSON (duplicate names, trailing bytes, bad UTF-8) are one
// violation of keyword "json"; a required body without any bytes is one of
// keyword "required". Members that are readOnly are neither demanded nor judged.
// It is safe for concurrent use.
func (o *Operation) CheckBody(raw []byte) []Violation {
	if o.Body == nil {
		return nil
	}
	if len(raw) == 0 {
		if !o.Body.Required {
			return nil
		}
		return []Violation{{In: "body", Keyword: "required", Message: "a body is required", Line: o.Body.Line}}
	}
	return o.Body.Schema.check(raw, asRequest)
}

// CheckValue judges the bytes of a value as part of an answer: members that are
// writeOnly must not be there and aren't demanded. It returns what CheckBody
// would, with In "body".
func (s *Schema) CheckValue(raw []byte) []Violation { return s.check(raw, asResponse) }

// check decides the common cases in one pass over the bytes: a request that keeps
// the document, and one whose faults were all met before. Everything else gets the
// full check.
func (s *Schema) check(raw []byte, way direction) []Violation {
	if way != asRequest || s == nil || s.lazy == nil {
		return s.full(raw, way)
	}
	s.lazy.quickOnce.Do(func() { s.lazy.quick = compileOnepass(s, map[*Schema]bool{}) })
	quick := s.lazy.quick
	if quick == nil {
		return s.full(raw, way)
	}
	if quick.keeps(raw) {
		return nil
	}
	faults, sure := quick.find(raw)
	if sure {
		if known, ok := s.lazy.words.violations(faults); ok {
			return known
		}
	}
	full := s.full(raw, way)
	if sure {
		s.lazy.words.learn(faults, full)
	}
	return full
}

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
		return notJSON("the number " + number + " is out of any range")
	}
	j := s.judge(way)
	if j.err != nil {
		return []Violation{{In: "body", Keyword: "schema", Message: "can't be judged: " + j.err.Error(), Line: s.Line}}
	}
	err = j.compiled.Validate(value)
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

// maxExponent is beyond what a double holds. A number with a larger one would be
// expanded digit by digit when it is compared.
const maxExponent = 400

// oversized finds a number whose exponent no reader could mean.
func oversized(v any) (string, bool) {
	switch v := v.(type) {
	case json.Number:
		return v.String(), isOversized(v.String())
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

func isOversized(number string) bool {
	at := strings.IndexAny(number, "eE")
	if at < 0 {
		return false
	}
	exponent, err := strconv.Atoi(number[at+1:])
	return err != nil || exponent > maxExponent || exponent < -maxExponent
}
