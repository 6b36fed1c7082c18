package admin

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/julienschmidt/httprouter"
)

// worldOf tells which world a call is about: the path, the query, or the default.
func worldOf(query url.Values, ps httprouter.Params) string {
	if id := ps.ByName("id"); id != "" {
		return id
	}
	if id := query.Get("world"); id != "" {
		return id
	}
	return "default"
}

// source is the order of the calls that take the state of another world.
type source struct {
	From string `json:"from"`
}

func (a api) fork(w http.ResponseWriter, q *http.Request, _ httprouter.Params) {
	if o, ok := order[source](w, q, "from, the id of a world"); ok {
		a.forkFrom(w, o.From)
	}
}

// snapshot gives what a fork is a name, by which it is restored from and compared with.
func (a api) snapshot(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	o, ok := order[struct {
		Name string `json:"name"`
	}](w, q, "name, which may be left out")
	if !ok {
		return
	}
	if o.Name == "" {
		a.forkFrom(w, ps.ByName("id"))
		return
	}
	err := a.control.Snapshot(ps.ByName("id"), o.Name)
	switch {
	case errors.Is(err, ErrTaken):
		fail(w, http.StatusConflict, err.Error())
	case errors.Is(err, ErrFull):
		fail(w, http.StatusServiceUnavailable, err.Error())
	case err != nil:
		a.failed(w, ps.ByName("id"), err)
	default:
		w.Header().Set("Location", Prefix+"/worlds/"+o.Name)
		send(w, http.StatusCreated, map[string]string{"id": o.Name})
	}
}

func (a api) snapshots(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	send(w, http.StatusOK, map[string]any{"snapshots": a.control.Snapshots()})
}

func (a api) forkOf(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	if _, ok := order[nothing](w, q, noMember); ok {
		a.forkFrom(w, ps.ByName("id"))
	}
}

func (a api) forkFrom(w http.ResponseWriter, from string) {
	id, err := a.control.Fork(from)
	switch {
	case errors.Is(err, ErrNoWorld):
		a.unknown(w, from)
	case err != nil:
		fail(w, http.StatusServiceUnavailable, err.Error())
	default:
		w.Header().Set("Location", Prefix+"/worlds/"+id)
		send(w, http.StatusCreated, map[string]string{"id": id})
	}
}

// missing tells which of two worlds that a call names is not there: its own, or the one that it is
// compared with or put back to, which may be a snapshot.
func (a api) missing(w http.ResponseWriter, own, from string) {
	if _, err := a.control.Clock(own); err != nil || from == "" {
		a.unknown(w, own)
		return
	}
	if why := a.control.Gone(from); why != "" {
		fail(w, http.StatusGone, "from: "+why+listed)
		return
	}
	fail(w, http.StatusNotFound, fmt.Sprintf(
		"from is %.80q, and there is no world and no snapshot of this name; GET %[2]s/worlds"+
			" and GET %[2]s/snapshots list them", from, Prefix))
}

const listed = "; GET " + Prefix + "/worlds lists those that there are"

// unknown tells that the world that a call names is not there, or not any more.
func (a api) unknown(w http.ResponseWriter, id string) {
	if why := a.control.Gone(id); why != "" {
		fail(w, http.StatusGone, why+listed)
		return
	}
	fail(w, http.StatusNotFound, "there is no world "+strconv.Quote(id)+"; GET "+Prefix+"/worlds lists them")
}

func (a api) remove(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	if err := a.control.Delete(ps.ByName("id")); errors.Is(err, ErrUnavailable) {
		a.failed(w, ps.ByName("id"), err)
		return
	} else if err != nil {
		fail(w, http.StatusNotFound, "there is no world "+strconv.Quote(ps.ByName("id"))+
			" that could be deleted; the default one stays")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (a api) reset(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	query := q.URL.Query()
	if _, ok := order[nothing](w, q, noMember); !ok {
		return
	}
	if err := a.control.Reset(worldOf(query, ps), ""); err != nil {
		a.failed(w, worldOf(query, ps), err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (a api) restore(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	o, ok := order[source](w, q, "from, the id of a world")
	if !ok {
		return
	}
	switch err := a.control.Reset(ps.ByName("id"), o.From); {
	case errors.Is(err, ErrNoWorld):
		a.missing(w, ps.ByName("id"), o.From)
		return
	case err != nil:
		a.failed(w, ps.ByName("id"), err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
