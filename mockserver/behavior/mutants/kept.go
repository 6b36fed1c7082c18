package mutants

import (
	"cmp"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/specs/contract"
)

// ofKept are those in which a write spoils one member: the ways that the type of the
// member has, for each member that a body may set.
func ofKept(c *contract.Contract, kept behavior.Kept) (all []defect.Defect) {
	r, ok := c.Requirement(string(kept.By))
	if !ok {
		return nil
	}
	for _, id := range r.Operations {
		o, ok := c.Operation(id)
		if !ok || o.Body == nil {
			continue
		}
		for _, m := range o.Body.Schema.Flat() {
			for _, how := range ways(m.Schema) {
				all = append(all, defect.Defect{Requirement: r.ID, Op: defect.Mangle, Operations: []string{id},
					Name: how + ":" + m.Name + "@" + id, Path: m.Name, Value: how,
					Excuse: cmp.Or(kept.Excuse[id+"/"+m.Name], kept.Excuse[m.Name])})
			}
		}
	}
	return all
}

// ways are those in which a value of the schema can be spoilt and still keep it.
func ways(s *contract.Schema) []string {
	switch {
	case s.ReadOnly || s.WriteOnly || len(s.Enum) > 0 || s.Pattern != "":
		return nil
	case s.Type == "integer" || s.Type == "number":
		return []string{defect.MangleNumber}
	case s.Type != "string":
		return nil
	}
	switch s.Format {
	case "":
		return []string{defect.MangleLetters, defect.MangleLength}
	case "date":
		return []string{defect.MangleLeap, defect.MangleEpoch}
	case "date-time":
		return []string{defect.MangleOffset}
	}
	return nil
}
