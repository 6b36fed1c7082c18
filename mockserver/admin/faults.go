package admin

import (
	"errors"
	"net/http"

	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/internal/fault"
)

func (a api) faults(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	all, err := a.control.Faults(ps.ByName("id"))
	if err != nil {
		a.failed(w, ps.ByName("id"), err)
		return
	}
	send(w, http.StatusOK, map[string]any{"faults": all})
}

func (a api) addFault(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	o, ok := order[fault.Fault](w, q,
		"what calls it is for (contract, operation, method, path, times, probability, seed) and what"+
			" happens (delay, status, retry_after, headers, break, chunks, chunk_ms)")
	if !ok {
		return
	}
	made, err := a.control.AddFault(ps.ByName("id"), o)
	if err != nil {
		a.failed(w, ps.ByName("id"), err)
		return
	}
	w.Header().Set("Location", Prefix+"/worlds/"+ps.ByName("id")+"/faults/"+made.ID)
	send(w, http.StatusCreated, made)
}

func (a api) removeFaults(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	err := a.control.RemoveFaults(ps.ByName("id"), ps.ByName("fault"))
	switch {
	case errors.Is(err, ErrNoFault):
		fail(w, http.StatusNotFound, err.Error())
	case err != nil:
		a.failed(w, ps.ByName("id"), err)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}
