package mutants

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/specs/contract"
)

// depth bounds how far into nested objects members are broken one by one.
const depth = 4

// ofDocument makes the defects that the document alone asks for.
func ofDocument(c *contract.Contract, never []behavior.Never) []defect.Defect {
	d := &mechanical{contract: c, never: never}
	for _, o := range c.Operations {
		d.operation = o
		d.answers()
		d.requests()
	}
	return d.all
}

type mechanical struct {
	contract  *contract.Contract
	never     []behavior.Never
	operation *contract.Operation
	all       []defect.Defect
}

// add makes a defect of what the document imposes under a check, of what is stated or of
// what is inferred, as who says.
func (d *mechanical) add(check string, who contract.Authority, name string, f defect.Defect) {
	r := d.contract.Derived(d.operation.ID, check, who.Stated())
	if r == nil || who.Chosen() { // no case asks for what was chosen
		return
	}
	f.Requirement = r.ID
	f.Operations = []string{d.operation.ID}
	f.Name = name
	d.all = append(d.all, f)
}

func (d *mechanical) answers() {
	for _, r := range d.operation.Responses {
		if r.Schema != nil && !r.Open {
			d.members(r, "", r.Schema, depth)
		}
	}
	s := d.operation.Success()
	if s == nil {
		return
	}
	body, content := s.By.Who(contract.ByBody), s.By.Of[contract.ByContent]
	d.add(contract.CheckStatusCode, s.By.Who(contract.ByStatus), "status", d.wrongStatus(s))
	if easy := d.refusal(); easy != nil {
		d.add(contract.CheckStatusCode, "", "refusal-status", defect.Defect{Op: defect.Status, Value: "500", On: easy.Status})
	}
	if s.Open {
		d.bareRefusal(s)
		return
	}
	if s.MediaType != "" {
		d.add(contract.CheckContentType, content, "type", defect.Defect{Op: defect.Type, Value: "text/html"})
	}
	if s.Schema != nil {
		d.add(contract.CheckResponseSchema, body, "empty", defect.Defect{Op: defect.Empty})
	} else if s.MediaType == "" {
		d.add(contract.CheckResponseSchema, body, "body", defect.Defect{Op: defect.Set, Value: `{"unexpected":true}`})
		d.refusalType()
	}
}

// refusalType breaks the media type where a success has none to break: in the
// refusal that is had most easily.
func (d *mechanical) refusalType() {
	for _, r := range d.operation.Responses {
		if r.Status >= http.StatusBadRequest && r.Schema != nil && !r.Open {
			d.add(contract.CheckContentType, r.By.Of[contract.ByContent], "type",
				defect.Defect{Op: defect.Type, Value: "text/html", On: r.Status})
			return
		}
	}
}

// refusal is the documented refusal that is had most easily, one with a body if there is.
func (d *mechanical) refusal() (bare *contract.Response) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusBadRequest, http.StatusForbidden} {
		r, ok := d.operation.Response(status)
		ok = ok && r.Status == status // a class or a default doesn't say that there is one
		if ok && r.Schema != nil {
			return r
		}
		if ok && bare == nil {
			bare = r
		}
	}
	return bare
}

func (d *mechanical) members(r *contract.Response, path string, s *contract.Schema, left int) {
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
func (d *mechanical) value(r *contract.Response, at string, s *contract.Schema, left int, put string) {
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

func (d *mechanical) answer(r *contract.Response, kind, at string, op defect.Op, value, excuse string) {
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
	who := r.Who(pointer(at), map[string]string{"drop": "required", "retype": "type", "null": contract.ByNull}[kind])
	if kind == "enum" || kind == "format" {
		who = r.Who(pointer(at), kind)
	}
	d.add(contract.CheckResponseSchema, who, name, defect.Defect{Op: op, Path: at, Value: value, On: on, Excuse: excuse})
}

// pointer is a path of a defect as a JSON pointer.
func pointer(path string) string { return "/" + strings.ReplaceAll(path, ".", "/") }

func (d *mechanical) requests() {
	o, by := d.operation, d.operation.By.Default
	d.add(contract.CheckPositive, by, "refuse", defect.Defect{Op: defect.Status, Value: "400"})
	d.add(contract.CheckAuth, o.By.Who(contract.BySecurity), "open", defect.Defect{Op: defect.Open})
	d.add(contract.CheckMethod, o.By.Who(contract.ByMethods), "serve", defect.Defect{Op: defect.Serve})
	d.add(contract.CheckGone, by, "lose", defect.Defect{Op: defect.Lose})
	if o.Method == http.MethodGet {
		d.add(contract.CheckAuth, o.By.Who(contract.BySecurity), "shared",
			defect.Defect{Op: defect.Shared, On: http.StatusUnauthorized})
	}
	d.add(contract.CheckDistinct, by, "fixed", defect.Defect{Op: defect.Fixed})
	if d.tellsRecord() {
		d.add(contract.CheckDistinct, by, "mixed", defect.Defect{Op: defect.Mixed})
	}
	d.neighbours(o.By.Who(contract.ByNeighbours))
	for _, p := range o.Parameters {
		if p.In == "query" && p.Schema != nil && len(p.Schema.Enum) > 0 {
			value := fmt.Sprint(p.Schema.Enum[0])
			d.add(contract.CheckPositive, p.Schema.By.Who("enum"), "refuse-value:?"+p.Name,
				defect.Defect{Op: defect.Refuse, Path: "query:/" + p.Name, Value: value})
		}
		at := p.In + ":/" + p.Name
		if p.Required && p.In != "path" {
			d.accept(at, "required", p.By.Who("required"))
		}
		for _, k := range constraints(p.Schema, false, false) {
			d.accept(at, k, p.Schema.Who("", k))
		}
	}
	if b := o.Body; b != nil {
		d.accept("body:", "json", b.By.Who("json"))
		d.refuseAllowed(b.Schema)
		d.body("", b.Schema, depth)
	}
}

// tellsRecord says whether the operation answers with one record that has an id, bare or in a
// wrapper: what there is beside it can be another's.
func (d *mechanical) tellsRecord() bool {
	s := d.operation.Success()
	if s == nil || s.Schema == nil {
		return false
	}
	record := s.Schema
	for _, m := range record.Flat() {
		if m.Name == "data" {
			record = m.Schema
		}
	}
	return record.Type != "array" && slices.ContainsFunc(record.Flat(), func(m *contract.Property) bool {
		return m.Name == "id" || slices.ContainsFunc(d.operation.Parameters, func(p *contract.Parameter) bool {
			return p.In == "path" && p.Name == m.Name
		})
	})
}

// refuseAllowed refuses what the document allows: null, a listed value, or that a member is left
// out which nobody needs.
func (d *mechanical) refuseAllowed(s *contract.Schema) {
	needed := ""
	for _, m := range s.Flat() {
		if s.IsRequired(m.Name) {
			needed = cmp.Or(needed, m.Name)
		}
	}
	for _, m := range s.Flat() {
		refuse := func(what, value string, who contract.Authority) {
			d.add(contract.CheckPositive, who, "refuse-"+what+":/"+m.Name,
				defect.Defect{Op: defect.Refuse, Path: "/" + m.Name, Value: value})
		}
		if m.Schema.ReadOnly {
			continue
		}
		if m.Schema.Nullable {
			refuse("null", "null", m.Schema.By.Who(contract.ByNull))
		}
		if len(m.Schema.Enum) > 0 && m.Schema.Enum[0] != nil {
			raw, _ := json.Marshal(m.Schema.Enum[0]) // it was decoded from JSON
			refuse("value", string(raw), m.Schema.By.Who("enum"))
		}
		if needed != "" && !s.IsRequired(m.Name) && !s.Who("/"+m.Name, contract.ByOptional).Chosen() {
			refuse("absent", "", s.Who("/"+needed, "required"))
		}
	}
}

// neighbours lets a write hit a record that it does not name: the one made before, the
// one made after where there may be one, the first that stood there before any call where
// nothing but a scope is above it, and the parent.
func (d *mechanical) neighbours(by contract.Authority) {
	kinds := []string{"changed:previous", "deleted:previous", "changed:next", "deleted:next"}
	if !strings.HasSuffix(d.operation.Path, "}") {
		kinds = kinds[:2]
	}
	if !d.belowRecord() {
		kinds = append(kinds, "changed:first", "deleted:first")
	}
	if strings.Count(d.operation.Path, "{") > 1 {
		kinds = append(kinds, "changed:parent")
	}
	for _, kind := range kinds {
		name := "neighbour-" + strings.ReplaceAll(kind, ":", "-")
		d.add(contract.CheckNeighbours, by, name, defect.Defect{Op: defect.Neighbour, Value: kind})
	}
}

// belowRecord says whether the operation's records stand below one that can be read.
func (d *mechanical) belowRecord() bool {
	parent := d.operation.Path
	if strings.HasSuffix(parent, "}") {
		parent = above(parent)
	}
	parent = above(parent)
	return strings.HasSuffix(parent, "}") && slices.ContainsFunc(d.contract.Operations, func(o *contract.Operation) bool {
		return o.Method == http.MethodGet && o.Path == parent
	})
}

// above is a path without its last segment, "" for the root and what stands at it.
func above(path string) string { return path[:max(strings.LastIndex(path, "/"), 0)] }

func (d *mechanical) accept(at, keyword string, who contract.Authority) {
	excuse := ""
	if strings.HasPrefix(at, "path:") {
		excuse = "what the document does not take for an id names nothing, so that the call is refused all the same"
	}
	d.add(contract.CheckNegative, who, "accept:"+at+":"+keyword, defect.Defect{Op: defect.Accept, Path: at,
		Value: keyword, Excuse: excuse})
}

func (d *mechanical) body(path string, s *contract.Schema, left int) {
	if s == nil || left == 0 {
		return
	}
	if typed(s) && path == "" {
		d.accept("body:", "type", s.Who("", "type"))
	}
	if s.Type == "array" && s.Items != nil {
		for _, k := range constraints(s.Items, false, true) {
			d.accept("body:"+path+"/*", k, s.Items.Who("", k))
		}
		d.body(path+"/*", s.Items, left-1)
		return
	}
	for _, m := range s.Flat() {
		if m.Schema.ReadOnly {
			continue
		}
		for _, k := range constraints(m.Schema, s.IsRequired(m.Name), true) {
			d.accept("body:"+path+"/"+m.Name, k, s.Who("/"+m.Name, k))
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
		"minLength": s.MinLength != nil && *s.MinLength > 0 && s.Pattern == "", "maxLength": s.MaxLength != nil,
		"pattern":  s.Pattern != "",
		"minItems": s.MinItems != nil && *s.MinItems > 0, "maxItems": s.MaxItems != nil && s.Exceedable(),
		"format":      checkedFormat(s.Format),
		"multipleOf":  s.MultipleOf != nil && (s.Type != "integer" || *s.MultipleOf > 1), // each integer is one of 1
		"uniqueItems": s.UniqueItems,
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
