package mockserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
)

// Variants are the ways in which the mock may answer otherwise and still keep
// every contract, those of one contract alone included; the suite must pass on each.
func Variants() []string {
	all := []string{"absent-nulls", "chunked", "error-text", "extra-headers", "extra-members",
		"indented", "key-order", "uuid-ids"}
	for _, table := range apis() {
		all = append(all, table().Variants...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

type variants struct {
	names             []string
	headers, chunked  bool
	rewritesDocuments bool
}

func parseVariants(names []string) (variants, error) {
	v := variants{names: names}
	if len(names) > 0 {
		known := Variants()
		for _, n := range names {
			if !slices.Contains(known, n) {
				return v, fmt.Errorf("no variant is called %q; there are %s", n, strings.Join(known, ", "))
			}
		}
	}
	v.headers, v.chunked = v.on("extra-headers"), v.on("chunked")
	v.rewritesDocuments = v.on("key-order") || v.on("extra-members") || v.on("indented") || v.on("error-text")
	return v, nil
}

// without leaves out the variants that a contract forbids.
func (v variants) without(forbids map[string]string) variants {
	if len(forbids) == 0 || !v.rewritesDocuments {
		return v
	}
	v.names = slices.DeleteFunc(slices.Clone(v.names), func(n string) bool { _, no := forbids[n]; return no })
	return v
}

func (v variants) on(name string) bool { return slices.Contains(v.names, name) }

// answer gives the answer as the active variants would write it.
func (v variants) answer(a behavior.Answer) behavior.Answer {
	if !v.rewritesDocuments || !gjson.ValidBytes(a.Body) {
		return a
	}
	var b bytes.Buffer
	v.value(&b, gjson.ParseBytes(a.Body), a.Status >= 400, true)
	a.Body = b.Bytes()
	if v.on("indented") {
		var out bytes.Buffer
		if json.Indent(&out, a.Body, "", "    ") == nil {
			a.Body = out.Bytes()
		}
	}
	return a
}

// value writes a value; failed and top say whether it is of a refusal, and all of it.
func (v variants) value(b *bytes.Buffer, r gjson.Result, failed, top bool) {
	switch {
	case r.IsArray():
		b.WriteByte('[')
		for i, item := range r.Array() {
			if i > 0 {
				b.WriteByte(',')
			}
			v.value(b, item, failed, false)
		}
		b.WriteByte(']')
	case r.IsObject():
		v.object(b, r, failed, top)
	default:
		b.WriteString(r.Raw)
	}
}

func (v variants) object(b *bytes.Buffer, r gjson.Result, failed, top bool) {
	type pair struct {
		key   string
		value gjson.Result
	}
	var pairs []pair
	r.ForEach(func(k, val gjson.Result) bool { pairs = append(pairs, pair{k.Raw, val}); return true })
	if v.on("key-order") {
		slices.Reverse(pairs)
	}
	b.WriteByte('{')
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(p.key + ":")
		if failed && v.on("error-text") && (p.key == `"error"` || p.key == `"message"`) && p.value.Type == gjson.String {
			b.WriteString(`"Sorry, that did not work: ` + p.value.Raw[1:len(p.value.Raw)-1] + `"`)
			continue
		}
		v.value(b, p.value, failed, false)
	}
	// Below a refusal's outermost object there may be a map by the names of fields,
	// in which one more would be one more fault.
	if v.on("extra-members") && len(pairs) > 0 && (top || !failed) {
		b.WriteString(`,"xVariant":{"added":true}`)
	}
	b.WriteByte('}')
}
