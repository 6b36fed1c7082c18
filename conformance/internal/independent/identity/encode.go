package identity

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// literal is a number in the spelling it has.
type literal string

// encoded spells a value as JSON, in the habits' way.
func (s *server) encoded(value any) []byte {
	var compact bytes.Buffer
	s.spell(&compact, value)
	out := compact.Bytes()
	if s.on("json-indented") {
		var wide bytes.Buffer
		if err := json.Indent(&wide, out, "", "  "); err != nil {
			panic(err)
		}
		out = wide.Bytes()
	}
	if s.on("json-newline") {
		out = append(out, '\n')
	}
	return out
}

func (s *server) spell(to *bytes.Buffer, value any) {
	switch v := value.(type) {
	case object:
		to.WriteByte('{')
		for i, m := range v {
			s.comma(to, i)
			to.WriteString(s.quoted(m.name) + ":")
			s.spell(to, m.value)
		}
		to.WriteByte('}')
	case []any:
		to.WriteByte('[')
		for i, item := range v {
			s.comma(to, i)
			s.spell(to, item)
		}
		to.WriteByte(']')
	case string:
		to.WriteString(s.quoted(v))
	case nil:
		to.WriteString("null")
	case int64:
		to.WriteString(strconv.FormatInt(v, 10))
	default:
		fmt.Fprint(to, v)
	}
}

func (s *server) comma(to *bytes.Buffer, i int) {
	if i > 0 {
		to.WriteByte(',')
	}
}

// quoted writes a string; the encoder's own escapes of <, > and & are left out.
func (s *server) quoted(text string) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(s.on("json-html-escaped"))
	if err := enc.Encode(text); err != nil {
		panic(err)
	}
	spelt := strings.TrimSuffix(out.String(), "\n")
	if s.on("json-slashes-escaped") {
		spelt = strings.ReplaceAll(spelt, "/", `\/`)
	}
	if s.on("json-ascii") {
		spelt = ascii(spelt)
	}
	return spelt
}

// ascii writes every letter beyond ASCII as an escape.
func ascii(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r < 0x80 {
			out.WriteRune(r)
			continue
		}
		out.WriteString(escape(r))
	}
	return out.String()
}

func escape(r rune) string {
	if r > 0xffff {
		r -= 0x10000
		return fmt.Sprintf(`\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
	}
	return fmt.Sprintf(`\u%04x`, r)
}
