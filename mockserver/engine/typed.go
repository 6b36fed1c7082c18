package engine

import (
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
)

// typed gives texts the types that the document of a resource has for them, as far as they
// are written so; objects and arrays are JSON in a text.
func typed(s *behavior.CompiledResource, sent map[string]string) map[string]string {
	for name, raw := range sent {
		text := strings.TrimSpace(gjson.Parse(raw).String())
		kind, spelt := "", text
		if s.Document != nil {
			if p, ok := s.Document.Property(name); ok {
				kind, spelt = p.Type, string(p.Plain([]byte(text)))
			}
		}
		v := gjson.Parse(text)
		fits := map[string]bool{"integer": v.Type == gjson.Number, "number": v.Type == gjson.Number, "boolean": v.IsBool(),
			"object": v.IsObject(), "array": v.IsArray(), "": v.IsObject() || v.IsArray()}
		if name != MemberID && fits[kind] && gjson.Valid(text) {
			sent[name] = spelt
		}
	}
	return sent
}
