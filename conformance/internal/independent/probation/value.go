package probation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"unicode/utf16"
)

// member is one name and value of an object; objects keep their order, so that the order can be a habit.
type member struct {
	key   string
	value any
}

type (
	object []member
	list   []any
	absent struct{} // an optional member that has no value here; habits decide how that is spelt
	gone   struct{} // a member that is never sent
)

// maybe is the value of an optional text member.
func maybe(text string) any {
	if text == "" {
		return absent{}
	}
	return text
}

// get is the value of one member, nil when there is none.
func (o object) get(key string) any {
	for _, m := range o {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// amend applies change at every place that the dotted path leads to; lists on the way are walked through.
func amend(value any, path []string, change func(any) any) any {
	switch v := value.(type) {
	case list:
		for i := range v {
			v[i] = amend(v[i], path, change)
		}
		return v
	case object:
		if len(path) == 0 {
			return change(v)
		}
		for i := range v {
			if v[i].key == path[0] {
				v[i].value = amendMember(v[i].value, path[1:], change)
			}
		}
		return v
	}
	return value
}

func amendMember(value any, rest []string, change func(any) any) any {
	if len(rest) == 0 {
		return change(value)
	}
	return amend(value, rest, change)
}

// tidy settles what is sent for members without a value: blank is gone{}, nil or "".
func tidy(value, blank any, reorder func(object) object) any {
	switch v := value.(type) {
	case absent:
		return blank
	case list:
		for i := range v {
			v[i] = tidy(v[i], blank, reorder)
		}
	case object:
		kept := make(object, 0, len(v))
		for _, m := range v {
			m.value = tidy(m.value, blank, reorder)
			if _, dropped := m.value.(gone); !dropped {
				kept = append(kept, m)
			}
		}
		return reorder(kept)
	}
	return value
}

func sameOrder(o object) object { return o }

func byName(o object) object {
	sort.SliceStable(o, func(a, b int) bool { return o[a].key < o[b].key })
	return o
}

func backwards(o object) object {
	for i, j := 0, len(o)-1; i < j; i, j = i+1, j-1 {
		o[i], o[j] = o[j], o[i]
	}
	return o
}

// encode writes compact JSON.
func encode(value any) []byte {
	var out bytes.Buffer
	write(&out, value)
	return out.Bytes()
}

func write(out *bytes.Buffer, value any) {
	switch v := value.(type) {
	case object:
		out.WriteByte('{')
		for i, m := range v {
			comma(out, i)
			writeText(out, m.key)
			out.WriteByte(':')
			write(out, m.value)
		}
		out.WriteByte('}')
	case list:
		out.WriteByte('[')
		for i, item := range v {
			comma(out, i)
			write(out, item)
		}
		out.WriteByte(']')
	case string:
		writeText(out, v)
	case int64:
		out.WriteString(strconv.FormatInt(v, 10))
	case bool:
		out.WriteString(strconv.FormatBool(v))
	case nil:
		out.WriteString("null")
	default:
		panic(fmt.Sprintf("no JSON for %T", value))
	}
}

func comma(out *bytes.Buffer, index int) {
	if index > 0 {
		out.WriteByte(',')
	}
}

func writeText(out *bytes.Buffer, text string) {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text)        // text and a line feed
	out.Truncate(out.Len() - 1) // only the text
}

func indented(body []byte) []byte {
	var out bytes.Buffer
	_ = json.Indent(&out, body, "", "  ")
	return append(out.Bytes(), '\n')
}

// asciiOnly escapes what is beyond ASCII; such letters stand only inside of texts.
func asciiOnly(body []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(body) {
		if r < 0x80 {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	return out.Bytes()
}

func slashesEscaped(body []byte) []byte { return bytes.ReplaceAll(body, []byte("/"), []byte(`\/`)) }
