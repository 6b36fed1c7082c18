package contract

import (
	"bytes"
	"slices"

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
	w := schemaWalk{next: s.Forms()}
	for {
		token, err := dec.ReadToken()
		if err != nil {
			return all
		}
		of := w.take(token)
		if token.Kind() != '0' {
			continue
		}
		sent := token.String()
		if end := int(dec.InputOffset()); end < len(raw) && !bytes.ContainsRune([]byte(" \t\r\n,]}"), rune(raw[end])) {
			return all // 0e0.0 is no number and something behind it
		}
		if !slices.ContainsFunc(of, func(s *Schema) bool { return s.Type == "integer" }) {
			continue
		}
		if digits, whole := format.Integer(sent); whole && digits != sent {
			one := Spelling{At: int(dec.InputOffset()) - len(sent), Sent: sent, Digits: digits}
			if len(all) < mostPlaced {
				one.Pointer = string(dec.StackPointer())
			}
			all = append(all, one)
		}
	}
}

// mostPlaced is of how many spellings it is told where they are: in a deep text a pointer is long.
const mostPlaced = 100

// schemaWalk follows the tokens of a JSON text and knows the schemas of each value, so that a number
// far down costs no more than one at the top.
type schemaWalk struct {
	next   []*Schema // of the value that comes next
	levels []schemaLevel
}

type schemaLevel struct {
	of, items []*Schema
	object    bool
	named     bool // the next token is a value
}

// take gives the schemas of the value that the token begins, nil for a name or an end.
func (w *schemaWalk) take(token jsontext.Token) []*Schema {
	kind := token.Kind()
	if kind == '}' || kind == ']' {
		w.levels = w.levels[:len(w.levels)-1]
		return nil
	}
	of := w.next
	if len(w.levels) > 0 {
		level := &w.levels[len(w.levels)-1]
		switch {
		case level.object && !level.named:
			level.named, w.next = true, stepAll(level.of, token.String())
			return nil
		case level.object:
			level.named = false
		default:
			of = level.items
		}
	}
	if kind == '{' || kind == '[' {
		level := schemaLevel{of: of, object: kind == '{'}
		if !level.object {
			level.items = stepAll(of, "0")
		}
		w.levels = append(w.levels, level)
	}
	return of
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
