package engine

import "rollcall/mockserver/store"

// Misfit is a kept record that the document, as it is now, would not let in.
type Misfit struct {
	Table   string `json:"table"`
	ID      string `json:"id"`
	Pointer string `json:"pointer"` // to the member
	Message string `json:"message"` // what is wrong with it
}

// Misfits finds the records of a state that break the schema of their resource: the first of
// them, up to most, with the first violation of each; and how many there are.
func (e *Engine) Misfits(of store.Snapshot, most int) (first []Misfit, all int) {
	for _, s := range e.plan.API.Resources {
		res, ok := e.plan.Resource(s.Name)
		if !ok || res.Document == nil {
			continue
		}
		for _, rec := range of.Everything(s.Name) {
			for _, v := range res.Document.CheckValue(rec.Document()) {
				if standsFor(res, rec, v) {
					continue
				}
				if all++; len(first) < most {
					first = append(first, Misfit{s.Name, rec.ID, v.Pointer, v.Message})
				}
				break
			}
		}
	}
	return first, all
}
