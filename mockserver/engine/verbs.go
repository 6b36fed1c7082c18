package engine

import (
	"net/http"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

func (r *run) verb() (behavior.Answer, *behavior.Refusal) {
	switch v := r.Operation.Verb.(type) {
	case behavior.List:
		return r.list(v)
	case behavior.Get:
		rec, ref := r.load(v.Param)
		if ref != nil {
			return behavior.Answer{}, ref
		}
		return r.one(rec), nil
	case behavior.Create:
		return r.create(v)
	case behavior.Update:
		return r.update(v)
	case behavior.Upsert:
		return r.upsert(v)
	case behavior.Delete:
		return r.delete(v)
	case behavior.Func:
		return v.Run(&r.call)
	}
	return behavior.Answer{Status: http.StatusNotImplemented}, nil
}

func (r *run) create(v behavior.Create) (behavior.Answer, *behavior.Refusal) {
	if ref := r.parent(r.Operation.Records, ""); ref != nil {
		return behavior.Answer{}, ref
	}
	rec := r.draft(v)
	after, ref := r.commit(nil, rec)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	a := r.one(after)
	a.Status = r.Operation.Contract.SuccessStatus(true)
	return a, nil
}

func (r *run) update(v behavior.Update) (behavior.Answer, *behavior.Refusal) {
	before, ref := r.load(v.Param)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	after, ref := r.commit(before, r.merge(before, v))
	if ref != nil {
		return behavior.Answer{}, ref
	}
	return r.one(after), nil
}

func (r *run) upsert(v behavior.Upsert) (behavior.Answer, *behavior.Refusal) {
	s := r.Operation.Records
	if ref := r.parent(s, v.Replace.Param); ref != nil {
		return behavior.Answer{}, ref
	}
	before, id, there := r.locate(s, v.Replace.Param)
	var after *store.Record
	switch {
	case there && r.call.Holds(v.Once):
		if ref := r.hidden(s, r.Operation.Refuses, before); ref != nil && r.refuse(ref) {
			return behavior.Answer{}, ref
		}
		after = r.merge(before, v.Replace)
	case !r.call.Holds(v.Makes):
		return behavior.Answer{}, r.missing(s, r.Operation.Refuses, id)
	default:
		if before = nil; !there && v.Named {
			r.named = id
		}
		after = r.draft(v.Create)
	}
	after.SetDocument(v.Key(&r.call, after.Document()))
	after, ref := r.commit(before, after)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	return r.upserted(r.one(after), before == nil), nil
}

// upserted gives the answer the status that the document has for what was made, or for what was replaced.
func (r *run) upserted(a behavior.Answer, made bool) behavior.Answer {
	for _, answer := range r.Operation.Contract.Responses {
		if answer.Status/100 == 2 && (answer.Status == http.StatusCreated) == made {
			if a.Status = answer.Status; answer.Schema == nil && answer.MediaType == "" {
				a.Body = nil
			}
			return a
		}
	}
	if s := r.Operation.Contract.Success(); s != nil && s.Status < http.StatusContinue {
		a.Status = r.Operation.Contract.SuccessStatus(made)
	}
	return a
}

func (r *run) delete(v behavior.Delete) (behavior.Answer, *behavior.Refusal) {
	before, ref := r.load(v.Param)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	if r.call.Holds(v.Gone) {
		if _, ref = r.commit(before, nil); ref != nil {
			return behavior.Answer{}, ref
		}
	}
	if v.Says != nil {
		return v.Says(&r.call, before), nil
	}
	return r.call.OK(nil), nil
}
