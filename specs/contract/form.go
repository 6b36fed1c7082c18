package contract

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// IsForm says whether the body is a form: fields of a page, or parts.
func (b *Body) IsForm() bool {
	return b != nil && b.MediaType != "application/json" && isForm(b.MediaType)
}

// ReadForm reads a form of that Content-Type into JSON, every field as its schema has it, and
// judges that as ReadBody judges a body. Fields with brackets are members of members, as in
// address[city] and items[0][price]. A body that is JSON already is taken as such.
func (o *Operation) ReadForm(contentType string, raw []byte) ([]byte, []Violation) {
	base, params, _ := mime.ParseMediaType(contentType)
	var values url.Values
	switch {
	case len(raw) == 0:
		values = url.Values{}
	case json.Valid(raw):
		return raw, o.Body.Schema.check(raw, asRequest)
	case base == "multipart/form-data":
		values = partsOf(raw, params["boundary"])
	default:
		values, _ = url.ParseQuery(string(raw)) // what can't be read is missing
	}
	if len(values) == 0 && !o.Body.Required {
		return nil, nil
	}
	out := formJSON(o.Body.Schema, values)
	return out, o.Body.Schema.check(out, asRequest)
}

// partsOf gives the parts of a multipart body by name: their text, or the name of their file.
func partsOf(raw []byte, boundary string) url.Values {
	values := url.Values{}
	for parts := multipart.NewReader(bytes.NewReader(raw), boundary); ; {
		part, err := parts.NextPart()
		if err != nil {
			return values
		}
		text := part.FileName()
		if text == "" {
			content, _ := io.ReadAll(part) // what is there of it
			text = string(content)
		}
		values.Add(part.FormName(), text)
	}
}

// formTree is what the fields of a form say of one member.
type formTree struct {
	texts   []string
	members map[string]*formTree
}

func formJSON(s *Schema, values url.Values) []byte {
	root := &formTree{}
	for name, texts := range values {
		at := root
		for i, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '[' || r == ']' }) {
			if i > 20 { // deeper than anybody means it
				break
			}
			if at.members == nil {
				at.members = map[string]*formTree{}
			}
			if at.members[part] == nil {
				at.members[part] = &formTree{}
			}
			at = at.members[part]
		}
		at.texts = append(at.texts, texts...)
	}
	return root.json(s, true)
}

func (t *formTree) json(s *Schema, root bool) []byte {
	switch {
	case s.jsonType() == "array" && !root:
		return t.array(s)
	case t.members != nil || root:
		return t.object(s)
	case len(t.texts) > 1:
		return t.array(s)
	case len(t.texts) == 0:
		return []byte("null")
	case t.texts[0] == "" && s != nil && s.Nullable:
		return []byte("null")
	}
	return textJSON(s, t.texts[0])
}

func (t *formTree) array(s *Schema) []byte {
	var items *Schema
	if s != nil {
		items = s.Items
	}
	out := []byte{'['}
	add := func(raw []byte) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, raw...)
	}
	for _, text := range t.texts {
		add(textJSON(items, text))
	}
	names := make([]string, 0, len(t.members))
	for name := range t.members {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		return x - y
	})
	for _, name := range names {
		add(t.members[name].json(items, false))
	}
	return append(out, ']')
}

func (t *formTree) object(s *Schema) []byte {
	names := make([]string, 0, len(t.members))
	for name := range t.members {
		names = append(names, name)
	}
	slices.Sort(names)
	out := []byte{'{'}
	for _, name := range names {
		if len(out) > 1 {
			out = append(out, ',')
		}
		inner := s.anyMember(name)
		raw, _ := json.Marshal(name) // a text always encodes
		out = append(append(append(out, raw...), ':'), t.members[name].json(inner, false)...)
	}
	return append(out, '}')
}

// anyMember is the schema of a member, in any of the parts; nil where none names it.
func (s *Schema) anyMember(name string) *Schema {
	for _, p := range s.Every() {
		if p.Name == name {
			return p.Schema
		}
	}
	if s != nil {
		return s.Additional
	}
	return nil
}
