package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// answers says how errors look: as in the schema that most of the documented ones have.
func (r *reader) answers() contract.Answers {
	count, first := map[*contract.Schema]int{}, []*contract.Schema(nil)
	invalid := map[int]int{}
	for _, op := range r.contract.Operations {
		for _, a := range op.Responses {
			if a.Status >= 200 && a.Status < 400 || a.Status == 2 || a.Status == 3 {
				continue
			}
			if op.Body != nil && (a.Status == 400 || a.Status == 422) {
				invalid[a.Status]++
			}
			s := concrete(a.Schema)
			if !isObject(s) || a.Status == 0 && a == answer(op) && !strings.Contains(strings.ToLower(s.Name), "err") {
				continue
			}
			if count[s] == 0 {
				first = append(first, s)
			}
			count[s]++
		}
	}
	slices.SortStableFunc(first, func(a, b *contract.Schema) int { return count[b] - count[a] })
	var out contract.Answers
	for _, s := range first {
		if shape := r.errorShape(s, "", 0); shape.Message != "" || shape.Code != "" || shape.Violations != "" {
			shape.Origin = contract.Origin{Why: "the schema of most documented errors", Confidence: sure}
			if s.Name != "" {
				shape.Why = "component " + s.Name + " of most documented errors"
			}
			out.Error = shape
			break
		}
	}
	if invalid[400]+invalid[422] > 0 {
		out.Invalid = []contract.KeywordStatus{{Status: bitOf(invalid[422] > invalid[400], 422, 400)}}
	}
	return out
}

// errorShape finds the members of an error's body, be it wrapped.
func (r *reader) errorShape(s *contract.Schema, before string, depth int) (out contract.ErrorShape) {
	all := map[string]*contract.Property{}
	for _, p := range s.Flat() {
		all[plain(p.Name)] = p
	}
	for _, name := range strings.Fields(errorWraps) {
		if p := all[name]; p != nil && isObject(concrete(p.Schema)) && depth < 2 {
			if inner := r.errorShape(concrete(p.Schema), before+p.Name+".", depth+1); inner.Message != "" || inner.Code != "" {
				return inner
			}
		}
	}
	pick := func(names string, taken ...string) string {
		for _, name := range strings.Fields(names) {
			p := all[name]
			if p == nil || isObject(concrete(p.Schema)) || isArray(concrete(p.Schema)) ||
				slices.Contains(taken, before+p.Name) {
				continue
			}
			return before + p.Name
		}
		return ""
	}
	out.Message = pick(messageNames)
	out.Status = pick(statusNames)
	out.Code = pick(codeNames, out.Message)
	for _, name := range strings.Fields(violationLists) {
		p := all[name]
		if p == nil || !isArray(concrete(p.Schema)) {
			continue
		}
		out.Violations = before + p.Name
		inner := concrete(concrete(p.Schema).Items)
		out.ViolationField = memberOf(inner, fieldNames, "")
		out.ViolationMessage = memberOf(inner, messageNames, out.ViolationField)
		break
	}
	return out
}

func memberOf(s *contract.Schema, names, but string) string {
	if s == nil {
		return ""
	}
	for _, name := range strings.Fields(names) {
		for _, p := range s.Flat() {
			if plain(p.Name) == name && p.Name != but {
				return p.Name
			}
		}
	}
	return ""
}

// auth says by which status a caller is refused: where the document has it.
func (r *reader) auth() (out contract.Auth) {
	for _, op := range r.contract.Operations {
		for _, a := range op.Responses {
			switch a.Status {
			case 401:
				out.Missing, out.Expired = 401, 401
			case 403:
				out.Scope = 403
			}
		}
	}
	return out
}
