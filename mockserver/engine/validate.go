package engine

import (
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/specs/contract"

	"github.com/tidwall/gjson"
)

// validate holds the request against the document, the parameters before the body.
func (r *run) validate() *behavior.Refusal {
	defer r.mangle()
	defer r.ignore()
	o := r.Operation.Contract
	all := r.call.Unreadable()
	for _, p := range o.Parameters {
		value, present := r.parameter(p)
		all = append(all, o.CheckParameter(p, value, present)...)
	}
	if o.Body != nil {
		var wrong []contract.Violation
		if o.Body.IsForm() {
			r.call.Body, wrong = o.ReadForm(r.HTTP.Header.Get("Content-Type"), r.Body)
		} else {
			r.call.Body, wrong = o.ReadBody(r.Body)
		}
		if all == nil { // both are ours
			all = wrong
		} else {
			all = append(all, wrong...)
		}
		all = append(all, r.unknown()...)
	}
	all = append(all, r.refusedThoughAllowed()...)
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

// generalise writes every array index of a pointer as "*".
func generalise(pointer string) string {
	if !strings.ContainsAny(pointer, "0123456789") {
		return pointer
	}
	parts := strings.Split(pointer, "/")
	for i, p := range parts {
		if p != "" && strings.Trim(p, "0123456789") == "" {
			parts[i] = "*"
		}
	}
	return strings.Join(parts, "/")
}

func (r *run) attribution(v contract.Violation) *behavior.Attribution {
	for i := range r.plan.API.Attributions {
		c := &r.plan.API.Attributions[i]
		in := c.In
		if in == "" {
			in = "body"
		}
		if in == v.In && slices.Contains(c.Operations, r.Operation.ID) &&
			(c.Pointer == "*" || c.Pointer == generalise(v.Pointer)) &&
			(len(c.Keywords) == 0 || slices.Contains(c.Keywords, v.Keyword)) &&
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
	if c := r.attribution(v); c != nil {
		ref.Requirement = c.Requirement
	}
	return ref
}

func validJSON(b []byte) bool { return gjson.ValidBytes(b) }
