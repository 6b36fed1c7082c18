package engine

import (
	"slices"
	"strings"

	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// validate holds the request against the document, the parameters before the body.
func (r *run) validate() *behavior.Refusal {
	defer r.ignore()
	o := r.Operation.Contract
	all := r.call.Unreadable()
	for _, p := range o.Parameters {
		value, present := r.parameter(p)
		all = append(all, o.CheckParameter(p, value, present)...)
	}
	if o.Body != nil {
		var wrong []contract.Violation
		r.call.Body, wrong = o.ReadBody(r.Body)
		all = append(append(all, wrong...), r.unknown()...)
	}
	all = append(all, r.choosy()...)
	if len(all) == 0 {
		return nil
	}
	all = slices.DeleteFunc(all, r.accepted)
	if len(all) == 0 {
		r.repair()
		return nil
	}
	return r.refusal(all)
}

// choosy lets a "refuse" defect find fault with a value that the document allows.
func (r *run) choosy() (all []contract.Violation) {
	for _, d := range r.at(defect.Refuse) {
		in, pointer, sent := "body", d.Path, sentAt(r.Body, d.Path)
		if name, query := strings.CutPrefix(d.Path, "query:/"); query {
			in, pointer, sent = "query", "/"+name, strings.Join(r.call.Query()[name], ",")
		}
		if sent == d.Value {
			all = append(all, contract.Violation{In: in, Pointer: pointer, Keyword: "choosy", Message: "is not wanted"})
		}
	}
	return all
}

func (r *run) parameter(p *contract.Parameter) (string, bool) {
	switch p.In {
	case "path":
		return r.Path.Get(p.Name), true
	case "query":
		v, ok := r.call.Query()[p.Name]
		if !ok {
			return "", false
		}
		return strings.Join(v, ","), true
	default:
		v := r.HTTP.Header.Get(p.Name)
		return v, v != ""
	}
}

// accepted tells whether an active defect lets a violation through.
func (r *run) accepted(v contract.Violation) bool {
	if !r.active.Any() {
		return false
	}
	for _, d := range r.at(defect.Accept) {
		if d.Path == v.In+":"+generalise(v.Pointer) && d.Value == v.Keyword {
			return true
		}
	}
	if c := r.claim(v); c != nil {
		_, omit := r.broke(c.Requirement, defect.Omit)
		return omit
	}
	return false
}

// generalise writes every array index of a pointer as "*".
func generalise(pointer string) string {
	parts := strings.Split(pointer, "/")
	for i, p := range parts {
		if p != "" && strings.Trim(p, "0123456789") == "" {
			parts[i] = "*"
		}
	}
	return strings.Join(parts, "/")
}

// repair makes a body that a defect let through usable: what is not an object
// or array counts as an empty one.
func (r *run) repair() {
	if t := strings.TrimLeft(string(r.call.Body), " \t\r\n"); t == "" || (t[0] != '{' && t[0] != '[') || !validJSON(r.call.Body) {
		r.call.Body = []byte("{}")
	}
}

func (r *run) claim(v contract.Violation) *behavior.Claim {
	for i := range r.plan.API.Claims {
		c := &r.plan.API.Claims[i]
		in := c.In
		if in == "" {
			in = "body"
		}
		if in == v.In && slices.Contains(c.Operations, r.Operation.ID) &&
			(c.Pointer == "*" || c.Pointer == generalise(v.Pointer)) && (len(c.Keywords) == 0 || slices.Contains(c.Keywords, v.Keyword)) &&
			(c.When == nil || c.When(sentAt(r.Body, v.Pointer))) {
			return c
		}
	}
	return nil
}

// refusal tells the first violation; the rest go along for the header.
func (r *run) refusal(all []contract.Violation) *behavior.Refusal {
	v := all[0]
	ref := &behavior.Refusal{
		In: v.In, Pointer: v.Pointer, Keyword: v.Keyword, Line: v.Line, Violations: all,
		Message: v.In + " " + v.Pointer + ": " + v.Message,
		Hint:    "send a request that follows the document",
		Status:  r.plan.API.Invalid(v),
	}
	if c := r.claim(v); c != nil {
		ref.Requirement = c.Requirement
	}
	return ref
}

// ignore makes active defects forget parameters and members of the body.
func (r *run) ignore() {
	for _, d := range r.at(defect.Ignore) {
		if name, query := strings.CutPrefix(d.Path, "query:"); query {
			r.call.Drop(name)
			continue
		}
		if out, err := sjson.DeleteBytes(r.call.Body, d.Path); err == nil {
			r.call.Body = out
		}
	}
}

// touch makes a reading operation write, for a "touch" defect.
func (r *run) touch() {
	for _, d := range r.at(defect.Touch) {
		s := r.Operation.Shelf
		_ = r.World.Update(func(tx *store.Tx) error {
			for _, rec := range tx.Everything(s.Name) {
				if doc, err := sjson.SetRawBytes(rec.Document(), d.Path, []byte(d.Value)); err == nil {
					tx.Put(s.Name, rec.With(doc))
				}
			}
			return nil
		})
	}
}
