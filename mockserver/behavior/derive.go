package behavior

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rollcall/mockserver/defect"
	"rollcall/specs/contract"
)

// depth bounds how far into nested objects members are broken one by one.
const depth = 4

// derive makes the mechanical defects: those the document alone asks for.
func derive(c *contract.Contract, never []Never) []defect.Defect {
	d := &deriver{contract: c, never: never}
	for _, o := range c.Operations {
		d.operation = o
		d.answers()
		d.requests()
	}
	return d.all
}

type deriver struct {
	contract  *contract.Contract
	never     []Never
	operation *contract.Operation
	all       []defect.Defect
}

func (d *deriver) add(check, name string, f defect.Defect) {
	f.Requirement = d.contract.Prefix + "-DOC-" + d.operation.ID + "-" + check
	if _, ok := d.contract.Requirement(f.Requirement); !ok {
		return
	}
	f.Operations = []string{d.operation.ID}
	f.Name = name
	d.all = append(d.all, f)
}

func (d *deriver) answers() {
	for _, r := range d.operation.Responses {
		if r.Schema != nil {
			d.members(r, "", r.Schema, depth)
		}
	}
	s := d.operation.Success()
	if s == nil {
		return
	}
	d.add("status_code_conformance", "status", defect.Defect{Op: defect.Status, Value: strconv.Itoa(undocumented(d.operation))})
	if s.Schema != nil {
		d.add("content_type_conformance", "type", defect.Defect{Op: defect.Type, Value: "text/html"})
		d.add("response_schema_conformance", "empty", defect.Defect{Op: defect.Empty})
	} else {
		d.add("response_schema_conformance", "body", defect.Defect{Op: defect.Set, Value: `{"unexpected":true}`})
		d.refusalType()
	}
}

// refusalType breaks the media type where a success has none to break: in the
// refusal that is had most easily.
func (d *deriver) refusalType() {
	for _, status := range []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusBadRequest, http.StatusForbidden} {
		if r, ok := d.operation.Response(status); ok && r.Schema != nil {
			d.add("content_type_conformance", "type", defect.Defect{Op: defect.Type, Value: "text/html", On: status})
			return
		}
	}
}

// undocumented is a success status the operation does not list.
func undocumented(o *contract.Operation) int {
	for _, s := range []int{202, 203, 206} {
		if _, ok := o.Response(s); !ok {
			return s
		}
	}
	return 207
}

func (d *deriver) members(r *contract.Response, path string, s *contract.Schema, left int) {
	if left == 0 || s == nil {
		return
	}
	if s.Type == "array" {
		d.value(r, join(path, defect.All), s.Items, left, "")
		return
	}
	for _, m := range s.Flat() {
		at := join(path, m.Name)
		if !s.IsRequired(m.Name) {
			d.value(r, at, m.Schema, left, unusual(m.Schema))
			continue
		}
		d.answer(r, "drop", at, defect.Drop, "", "")
		d.value(r, at, m.Schema, left, "")
	}
}

// value breaks one value. One that answers may leave out is not changed but
// added: put is then a value of another type.
func (d *deriver) value(r *contract.Response, at string, s *contract.Schema, left int, put string) {
	if s == nil {
		return
	}
	retype, null := defect.Retype, defect.Null
	if put != "" {
		retype, null = defect.Set, defect.Set
	}
	if typed(s) {
		d.answer(r, "retype", at, retype, put, "")
		if !s.Nullable {
			d.answer(r, "null", at, null, "null", "")
		}
	}
	if len(s.Enum) > 0 && s.Type == "string" {
		d.answer(r, "enum", at, defect.Set, `"no such value"`, "")
	}
	if bad := malformed(s.Format); bad != "" {
		d.answer(r, "format", at, defect.Set, bad, "")
	}
	d.members(r, at, s, left-1)
}

// unusual is a value that no schema of the type takes.
func unusual(s *contract.Schema) string {
	if s != nil && (s.Type == "string" || s.Type == "array") {
		return `{"unexpected":true}`
	}
	return `["unexpected"]`
}

// typed tells whether a value of another type breaks the schema.
func typed(s *contract.Schema) bool { return s.Type != "" || len(s.AllOf) > 0 }

func malformed(format string) string {
	switch format {
	case "date", "date-time", "email", "uuid":
		return `"not a ` + format + `"`
	case "int32":
		return "4294967296"
	}
	return ""
}

func (d *deriver) answer(r *contract.Response, kind, at string, op defect.Op, value, excuse string) {
	on := 0
	name := kind + ":" + at
	if s := d.operation.Success(); s == nil || s.Status != r.Status {
		on = r.Status
		name = fmt.Sprintf("%d-%s", r.Status, name)
		for _, n := range d.never {
			if n.Status == r.Status && slices.Contains(n.Operations, d.operation.ID) {
				excuse = n.Reason
			}
		}
	}
	d.add("response_schema_conformance", name, defect.Defect{Op: op, Path: at, Value: value, On: on, Excuse: excuse})
}

func (d *deriver) requests() {
	d.add("positive_data_acceptance", "refuse", defect.Defect{Op: defect.Status, Value: "400"})
	d.add("ignored_auth", "open", defect.Defect{Op: defect.Open})
	d.add("unsupported_method", "serve", defect.Defect{Op: defect.Serve})
	d.add("use_after_free", "lose", defect.Defect{Op: defect.Lose})
	for _, p := range d.operation.Parameters {
		for _, k := range constraints(p.Schema, p.Required && p.In != "path", false) {
			d.accept(p.In+":/"+p.Name, k)
		}
	}
	if b := d.operation.Body; b != nil {
		d.accept("body:", "json")
		d.body("", b.Schema, depth)
	}
}

func (d *deriver) accept(at, keyword string) {
	d.add("negative_data_rejection", "accept:"+at+":"+keyword, defect.Defect{Op: defect.Accept, Path: at, Value: keyword})
}

func (d *deriver) body(path string, s *contract.Schema, left int) {
	if s == nil || left == 0 {
		return
	}
	if typed(s) && path == "" {
		d.accept("body:", "type")
	}
	if s.Type == "array" && s.Items != nil {
		for _, k := range constraints(s.Items, false, true) {
			d.accept("body:"+path+"/*", k)
		}
		d.body(path+"/*", s.Items, left-1)
		return
	}
	for _, m := range s.Flat() {
		if m.Schema.ReadOnly {
			continue
		}
		for _, k := range constraints(m.Schema, s.IsRequired(m.Name), true) {
			d.accept("body:"+path+"/"+m.Name, k)
		}
		d.body(path+"/"+m.Name, m.Schema, left-1)
	}
}

// constraints lists the keywords with which a value of the schema can be refused.
func constraints(s *contract.Schema, required, body bool) (words []string) {
	if s == nil {
		return nil
	}
	if required {
		words = append(words, "required")
	}
	if s.Type != "" && (body || s.Type != "string" && s.Type != "array") {
		words = append(words, "type")
	}
	for word, there := range map[string]bool{
		"enum": len(s.Enum) > 0, "minimum": s.Minimum != nil, "maximum": s.Maximum != nil,
		"minLength": s.MinLength != nil && *s.MinLength > 0 && s.Pattern == "", "maxLength": s.MaxLength != nil, "pattern": s.Pattern != "",
		"minItems": s.MinItems != nil && *s.MinItems > 0, "maxItems": s.MaxItems != nil, "format": checkedFormat(s.Format),
	} {
		if there {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return words
}

func checkedFormat(f string) bool {
	return strings.Contains(" date date-time email uri uuid int32 int64 ", " "+f+" ") && f != ""
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
