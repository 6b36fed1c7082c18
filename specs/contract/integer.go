package contract

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"rollcall/specs/format"
)

// Spelling is an integer of a JSON text that is spelt otherwise than OpenAPI 3.0.3
// has an integer: a JSON number without fraction or exponent.
type Spelling struct {
	Pointer string // JSON pointer to it
	At      int    // the byte at which it begins
	Sent    string // as it is spelt, 2e1
	Digits  string // as it should be, 20
}

// Spellings lists, in their order, the integers of a JSON text that are spelt
// otherwise than OpenAPI 3.0.3, "Data Types", has an integer. An integer is a whole
// number where the schema, or a part of it, wants one; numbers where it does not may
// be spelt as they like. Of a text that is no JSON, it lists those before its fault.
func (s *Schema) Spellings(raw []byte) (all []Spelling) {
	if s == nil || !hasOddNumber(raw) {
		return nil
	}
	dec := jsontext.NewDecoder(bytes.NewReader(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	root := s.parts(0)
	for {
		token, err := dec.ReadToken()
		if err != nil {
			return all
		}
		if token.Kind() != '0' {
			continue
		}
		sent := token.String()
		if end := int(dec.InputOffset()); end < len(raw) && !bytes.ContainsRune([]byte(" \t\r\n,]}"), rune(raw[end])) {
			return all // 0e0.0 is no number and something behind it
		}
		if digits, whole := format.Integer(sent); whole && digits != sent && wantsInteger(root, dec.StackPointer()) {
			all = append(all, Spelling{string(dec.StackPointer()), int(dec.InputOffset()) - len(sent), sent, digits})
		}
	}
}

// Plain returns the JSON text with every integer spelt as one; the text itself when
// all are.
func (s *Schema) Plain(raw []byte) []byte {
	all := s.Spellings(raw)
	if len(all) == 0 {
		return raw
	}
	out, from := make([]byte, 0, len(raw)), 0
	for _, n := range all {
		out = append(append(out, raw[from:n.At]...), n.Digits...)
		from = n.At + len(n.Sent)
	}
	return append(out, raw[from:]...)
}

// wantsInteger follows a pointer from the schemas and says whether one that it leads
// to is of integers.
func wantsInteger(at []*Schema, pointer jsontext.Pointer) bool {
	for name := range pointer.Tokens() {
		at = stepAll(at, name)
	}
	for _, s := range at {
		if s.Type == "integer" {
			return true
		}
	}
	return false
}

// hasOddNumber says whether a text may have a number that is not digits alone. Nearly
// none has.
func hasOddNumber(raw []byte) bool {
	quoted := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case quoted:
		case c == '.' || c == 'E' || c == 'e' && i > 0 && raw[i-1] >= '0' && raw[i-1] <= '9':
			return true
		case c == '-' && i+1 < len(raw) && raw[i+1] == '0':
			return true
		}
	}
	return false
}
