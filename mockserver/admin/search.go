package admin

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/store"
)

// data tells the records of a table that have a text, without regard to case, from an offset
// on and no more than a limit.
func (a api) data(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	query := q.URL.Query()
	list, err := a.control.Data(ps.ByName("id"), ps.ByName("contract"), ps.ByName("table"))
	if errors.Is(err, ErrUnavailable) {
		a.failed(w, ps.ByName("id"), err)
		return
	}
	if err != nil {
		if a.control.Gone(ps.ByName("id")) != "" {
			a.unknown(w, ps.ByName("id"))
			return
		}
		fail(w, http.StatusNotFound, "there is no such world, contract or table")
		return
	}
	if text := bytes.ToLower([]byte(query.Get("search"))); len(text) > 0 {
		list = slices.DeleteFunc(slices.Clone(list), func(r *store.Record) bool {
			return !bytes.Contains(bytes.ToLower(r.Document()), text)
		})
	}
	total := len(list)
	for _, cut := range []struct {
		name string
		do   func(int)
	}{{"offset", func(n int) { list = list[min(n, len(list)):] }}, {"limit", func(n int) { list = list[:min(n, len(list))] }}} {
		if query.Get(cut.name) == "" {
			continue
		}
		n, err := limit(cut.name, query.Get(cut.name), total)
		if err != nil {
			fail(w, http.StatusBadRequest, err.Error())
			return
		}
		cut.do(n)
	}
	keys, out := make([]string, 0, len(list)), make([]json.RawMessage, 0, len(list))
	for _, r := range list {
		keys, out = append(keys, r.ID), append(out, r.Document())
	}
	send(w, http.StatusOK, map[string]any{"records": out, "keys": keys, "total": total})
}
