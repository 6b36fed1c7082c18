package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/internal/journal"
)

// failed tells why a call about a world can't be carried out.
func (a api) failed(w http.ResponseWriter, world string, err error) {
	if errors.Is(err, ErrNoWorld) {
		a.unknown(w, world)
		return
	}
	if errors.Is(err, ErrUnavailable) {
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusServiceUnavailable, err.Error())
		return
	}
	fail(w, http.StatusBadRequest, err.Error())
}

// sought reads world, filter and limit of a query, and gives the requests. Without ok the
// call is answered.
func (a api) sought(w http.ResponseWriter, q *http.Request, ps httprouter.Params, more ...func(*journal.Request) bool) (
	[]journal.Request, bool,
) {
	query := q.URL.Query()
	f, err := journal.ParseFilter(query)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return nil, false
	}
	list, err := a.control.Requests(worldOf(query, ps), slices.Concat(asking(q), f, more))
	if err != nil {
		a.failed(w, worldOf(query, ps), err)
		return nil, false
	}
	n, err := limit("limit", query.Get("limit"), len(list))
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return nil, false
	}
	return list[len(list)-n:], true
}

// asking takes no request any more when the caller is gone: nothing else is looked for then.
func asking(q *http.Request) journal.Filter {
	return journal.Filter{func(*journal.Request) bool { return q.Context().Err() == nil }}
}

func (a api) requests(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	if list, ok := a.sought(w, q, ps); ok {
		send(w, http.StatusOK, map[string]any{"requests": list})
	}
}

func (a api) archive(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	if list, ok := a.sought(w, q, ps); ok {
		text, err := journal.HAR(list)
		if err != nil {
			fail(w, http.StatusInternalServerError, "the archive could not be written: "+err.Error())
			return
		}
		raw(w, http.StatusOK, text)
	}
}

// unmatched lists the requests for which there was no operation, each with the one that is
// least far from it.
func (a api) unmatched(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	list, ok := a.sought(w, q, ps, journal.Unmatched)
	if !ok {
		return
	}
	for i := range list {
		list[i].Nearest = journal.Find(a.control.Places(), &list[i])
	}
	send(w, http.StatusOK, map[string]any{"requests": list})
}

func (a api) forget(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	query := q.URL.Query()
	if err := a.control.Forget(worldOf(query, ps)); err != nil {
		a.failed(w, worldOf(query, ps), err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// patterned reads a pattern from the body, and gives the requests that it takes.
func (a api) patterned(w http.ResponseWriter, q *http.Request, ps httprouter.Params) ([]journal.Request, bool) {
	query := q.URL.Query()
	p, ok := order[journal.Pattern](w, q, "what requests are looked for by: "+strings.Join(patternMembers(), ", "))
	if !ok {
		return nil, false
	}
	f, err := p.Filter()
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return nil, false
	}
	list, err := a.control.Requests(worldOf(query, ps), slices.Concat(asking(q), f))
	if err != nil {
		a.failed(w, worldOf(query, ps), err)
	}
	return list, err == nil
}

func patternMembers() []string {
	return []string{"method", "url", "urlPath", "urlPattern", "urlPathPattern", "urlPathTemplate", "headers", "queryParameters",
		"bodyPatterns", "contract", "operation", "persona", "status", "path", "body", "since", "until", "after"}
}

func (a api) find(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	if list, ok := a.patterned(w, q, ps); ok {
		send(w, http.StatusOK, map[string]any{"requests": list})
	}
}

func (a api) count(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	if list, ok := a.patterned(w, q, ps); ok {
		send(w, http.StatusOK, map[string]any{"count": len(list)})
	}
}
