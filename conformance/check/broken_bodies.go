package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rollcall/specs/contract"
)

// BrokenBody is a body that breaks its schema in exactly one place.
type BrokenBody struct {
	Pointer string // of the place, "" for the whole body
	Keyword string // "json", "type", "null", "required", "enum", "minimum", "format date" …
	Body    []byte
}

// bodyBreaker walks a schema along a valid body and collects the broken ones.
type bodyBreaker struct {
	badValues
	root  any
	found []BrokenBody
}

// BrokenBodies returns the ways to break a valid body: for each constraint of its
// schema one body that breaks it and nothing else, and one that is no JSON. It
// goes into objects and into the first item of arrays, as far as the body does.
// Alternatives (anyOf, oneOf) are only broken by type: what one of them refuses,
// another may take. A body that is not JSON gives none. The word is in every broken
// text. Of an object with very many members some are broken, from the first to the last.
func BrokenBodies(schema *contract.Schema, body []byte, word string) []BrokenBody {
	m := &bodyBreaker{badValues: badValues{word}}
	if decode(body, &m.root) != nil {
		return nil
	}
	whole := bytes.TrimSpace(body)
	m.found = append(m.found, BrokenBody{"", "json", whole[:len(whole)-1]})
	m.walk(schema, nil, m.root, true)
	return m.found
}

// mostMembers is how many members are broken of an object that has so many: each broken body is as long as the whole,
// so that all of them together would grow with the square of the members.
func mostMembers(members int) int {
	const least, most, together = 10, 100, 200_000
	return min(max(together/(members+1), least), most)
}

// sampled are at most so many of a list, evenly over it, the first and the last among them.
func sampled[T any](all []T, most int) []T {
	if len(all) <= most {
		return all
	}
	some := make([]T, most)
	for i := range some {
		some[i] = all[i*(len(all)-1)/(most-1)]
	}
	return some
}

// walk breaks one place and goes on below it. present says whether the body has
// a value there.
func (m *bodyBreaker) walk(schema *contract.Schema, path []string, value any, present bool) {
	for _, bad := range m.values(schema) {
		m.add(path, bad.keyword, bad.raw)
	}
	if !present {
		return
	}
	for _, part := range schema.All() {
		switch v := value.(type) {
		case map[string]any:
			m.object(part, path, v)
		case []any:
			m.array(part, path, v)
		}
	}
}

func (m *bodyBreaker) object(schema *contract.Schema, path []string, members map[string]any) {
	most := mostMembers(len(schema.Properties))
	for _, name := range sampled(schema.Required, most) {
		if _, ok := members[name]; ok {
			without := maps.Clone(members)
			delete(without, name)
			m.found = append(m.found, BrokenBody{pointer(append(slices.Clone(path), name)), "required",
				replaced(m.root, path, without)})
		}
	}
	for _, property := range sampled(schema.Properties, most) {
		if property.Schema.ReadOnly {
			continue
		}
		value, ok := members[property.Name]
		m.walk(property.Schema, append(slices.Clone(path), property.Name), value, ok)
	}
}

func (m *bodyBreaker) array(schema *contract.Schema, path []string, items []any) {
	if schema.MinItems != nil && *schema.MinItems > 0 {
		m.add(path, "minItems", []byte("[]"))
	}
	const most = 1000
	if schema.UniqueItems && len(items) > 0 && (schema.MaxItems == nil || *schema.MaxItems > int64(len(items))) {
		twice := append(slices.Clone(items), items[0])
		m.found = append(m.found, BrokenBody{pointer(path), "uniqueItems", replaced(m.root, path, twice)})
	}
	if schema.MaxItems != nil && len(items) > 0 && *schema.MaxItems < most && schema.Exceedable() {
		many := manyItems(schema, items[0], int(*schema.MaxItems)+1)
		m.found = append(m.found, BrokenBody{pointer(path), "maxItems", replaced(m.root, path, many)})
	}
	if schema.Items != nil && len(items) > 0 {
		m.walk(schema.Items, append(slices.Clone(path), "0"), items[0], true)
	}
}

// manyItems repeats an item, or makes as many unlike ones where none may be there twice.
func manyItems(schema *contract.Schema, item any, n int) []any {
	many := slices.Repeat([]any{item}, n)
	for i := range many {
		switch {
		case !schema.UniqueItems:
		case schema.Items.Type == "string":
			many[i] = fmt.Sprint(item, i)
		default:
			many[i] = i
		}
	}
	return many
}

func (m *bodyBreaker) add(path []string, keyword string, raw json.RawMessage) {
	m.found = append(m.found, BrokenBody{pointer(path), keyword, replaced(m.root, path, raw)})
}

// replaced returns the document's JSON with the value at the path replaced; the
// document stays as it is.
func replaced(document any, path []string, value any) []byte {
	data, err := json.Marshal(put(document, path, value))
	if err != nil {
		panic("check: a decoded document does not encode: " + err.Error())
	}
	return data
}

func put(document any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	switch d := document.(type) {
	case map[string]any:
		d = maps.Clone(d)
		d[path[0]] = put(d[path[0]], path[1:], value)
		return d
	case []any:
		d = slices.Clone(d)
		i, _ := strconv.Atoi(path[0]) // only array writes these, and writes numbers
		d[i] = put(d[i], path[1:], value)
		return d
	}
	return document
}

func pointer(path []string) string {
	escaper := strings.NewReplacer("~", "~0", "/", "~1")
	var text strings.Builder
	for _, step := range path {
		text.WriteString("/" + escaper.Replace(step))
	}
	return text.String()
}

// decode reads JSON keeping numbers as they are written.
func decode(body []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	return decoder.Decode(into)
}
