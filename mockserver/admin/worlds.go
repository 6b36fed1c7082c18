package admin

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/store"
)

// worldOf reads which world a call is about: the path, the query, or the default.
func worldOf(q *http.Request, ps httprouter.Params) string {
	if id := ps.ByName("id"); id != "" {
		return id
	}
	if id := q.URL.Query().Get("world"); id != "" {
		return id
	}
	return "default"
}

// order is the body of the calls that make or change a world; every member is optional.
type order struct {
	From      string `json:"from"`
	AdvanceMS int64  `json:"advance_ms"`
}

func read(w http.ResponseWriter, q *http.Request) (order, bool) {
	var o order
	if q.ContentLength == 0 {
		return o, true
	}
	d := json.NewDecoder(http.MaxBytesReader(w, q.Body, 1<<16))
	d.DisallowUnknownFields()
	if err := d.Decode(&o); err != nil {
		fail(w, http.StatusBadRequest, "the body must be a JSON object with from or advance_ms: "+err.Error())
		return o, false
	}
	return o, true
}

func (a api) fork(w http.ResponseWriter, q *http.Request, _ httprouter.Params) {
	if o, ok := read(w, q); ok {
		a.forkFrom(w, o.From)
	}
}

func (a api) forkOf(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	a.forkFrom(w, ps.ByName("id"))
}

func (a api) forkFrom(w http.ResponseWriter, from string) {
	id, ok := a.control.Fork(from)
	if !ok {
		unknown(w, from)
		return
	}
	w.Header().Set("Location", Prefix+"/worlds/"+id)
	send(w, http.StatusCreated, map[string]string{"id": id})
}

func unknown(w http.ResponseWriter, id string) {
	fail(w, http.StatusNotFound, "there is no world "+strconv.Quote(id)+"; GET "+Prefix+"/worlds lists them")
}

func (a api) remove(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	if !a.control.Delete(ps.ByName("id")) {
		fail(w, http.StatusNotFound, "there is no world "+strconv.Quote(ps.ByName("id"))+" that could be deleted; the default one stays")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (a api) reset(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	if !a.control.Reset(worldOf(q, ps), "") {
		unknown(w, worldOf(q, ps))
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (a api) restore(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	o, ok := read(w, q)
	if !ok {
		return
	}
	if !a.control.Reset(ps.ByName("id"), o.From) {
		unknown(w, ps.ByName("id")+" or "+o.From)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (a api) clock(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	o, ok := read(w, q)
	if !ok {
		return
	}
	now, ok := a.control.Advance(ps.ByName("id"), time.Duration(o.AdvanceMS)*time.Millisecond)
	if !ok {
		unknown(w, ps.ByName("id"))
		return
	}
	send(w, http.StatusOK, map[string]any{"now": now})
}

func (a api) requests(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	list, ok := a.control.Requests(worldOf(q, ps))
	if !ok {
		unknown(w, worldOf(q, ps))
		return
	}
	if n, err := strconv.Atoi(q.URL.Query().Get("limit")); err == nil && n >= 0 && n < len(list) {
		list = list[len(list)-n:]
	}
	send(w, http.StatusOK, map[string]any{"requests": list})
}

func (a api) data(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	list, ok := a.control.Data(ps.ByName("id"), ps.ByName("contract"), ps.ByName("table"))
	if !ok {
		fail(w, http.StatusNotFound, "there is no such world, contract or table")
		return
	}
	out := make([]json.RawMessage, 0, len(list))
	for _, r := range list {
		out = append(out, body(r))
	}
	send(w, http.StatusOK, map[string]any{"records": out})
}

func body(r *store.Record) json.RawMessage { return r.Document() }
