package engine

import (
	"net/http"

	"rollcall/mockserver/behavior"
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
	return r.one(after), nil
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
