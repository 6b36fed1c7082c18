package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/engine"
	"rollcall/mockserver/internal/coding"
)

// Diff is what of a world is other than in another one, by contract and table.
type Diff map[string]map[string]TableDiff

// TableDiff is what of a table is other; records are told as the data of a world is.
type TableDiff struct {
	Added   []json.RawMessage `json:"added,omitempty"`
	Changed []Changed         `json:"changed,omitempty"`
	Removed []json.RawMessage `json:"removed,omitempty"`
}

// Changed is a record that both have.
type Changed struct {
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

// Snapshot is a state with a name.
type Snapshot struct {
	Name string    `json:"name"`
	Of   string    `json:"of"` // the world that it was made of
	At   time.Time `json:"at"` // by the clock of that world
}

// mostData bounds the body of a call that brings records, in bytes.
const mostData = 64 << 20

func (a api) export(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	all, err := a.control.Export(ps.ByName("id"))
	a.told(w, ps, http.StatusOK, all, err)
}

func (a api) record(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	r, err := a.control.Record(ps.ByName("id"), ps.ByName("contract"), ps.ByName("table"), ps.ByName("record"))
	a.told(w, ps, http.StatusOK, r, err)
}

// told answers with what came of a call about data.
func (a api) told(w http.ResponseWriter, ps httprouter.Params, status int, what any, err error) {
	switch {
	case errors.Is(err, ErrNoTable), errors.Is(err, ErrNoRecord):
		fail(w, http.StatusNotFound, err.Error())
	case err != nil:
		a.failed(w, ps.ByName("id"), err)
	case what == nil:
		w.WriteHeader(status)
	default:
		send(w, status, what)
	}
}

// brought reads the body of a call that brings records. Without ok the call is answered.
func brought(w http.ResponseWriter, q *http.Request, into any, form string) bool {
	text, err := io.ReadAll(http.MaxBytesReader(w, q.Body, mostData))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		fail(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is over %d bytes", mostData))
		return false
	case err != nil:
		fail(w, http.StatusBadRequest, "the body ended before it was whole")
		return false
	}
	if why, hint := coding.Unread(q.Header, text); why != "" {
		fail(w, http.StatusUnsupportedMediaType, why+"; "+hint)
		return false
	}
	if err := jsonv2.Unmarshal(text, into, jsonv2.RejectUnknownMembers(true)); err != nil {
		fail(w, http.StatusBadRequest, "the body must be "+form+": "+plainError(err))
		return false
	}
	return true
}

// fill takes records into a table; a PUT puts them in place of those that are there.
func (a api) fill(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	const form = "a JSON object with records, a list"
	var sent struct {
		Records []jsontext.Value `json:"records"`
	}
	if !brought(w, q, &sent, form) {
		return
	}
	if sent.Records == nil { // an empty list empties a table, and a slip of the pen must not
		fail(w, http.StatusBadRequest, "the body must be "+form+": there is none")
		return
	}
	rows := make([]engine.Row, len(sent.Records))
	for i, r := range sent.Records {
		rows[i] = engine.Row{Record: r, Where: fmt.Sprintf("/records/%d", i)}
	}
	ids, err := a.control.Change(ps.ByName("id"), ps.ByName("contract"), ps.ByName("table"), rows, q.Method == http.MethodPut)
	a.told(w, ps, http.StatusOK, map[string][]string{"ids": append([]string{}, ids...)}, err)
}

func (a api) empty(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	_, err := a.control.Change(ps.ByName("id"), ps.ByName("contract"), ps.ByName("table"), nil, true)
	a.told(w, ps, http.StatusNoContent, nil, err)
}

// put takes a record whole, and patch the members of one that are there.
func (a api) put(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	var sent jsontext.Value
	if !brought(w, q, &sent, "a record, a JSON object") {
		return
	}
	row := engine.Row{ID: ps.ByName("record"), Record: sent, Merge: q.Method == http.MethodPatch}
	_, err := a.control.Change(ps.ByName("id"), ps.ByName("contract"), ps.ByName("table"), []engine.Row{row}, false)
	if err != nil {
		a.told(w, ps, 0, nil, err)
		return
	}
	a.record(w, q, ps)
}

func (a api) drop(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
	_, err := a.control.Change(ps.ByName("id"), ps.ByName("contract"), ps.ByName("table"),
		[]engine.Row{{ID: ps.ByName("record")}}, false)
	a.told(w, ps, http.StatusNoContent, nil, err)
}

func (a api) diff(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	query := q.URL.Query()
	d, err := a.control.Diff(ps.ByName("id"), query.Get("from"))
	if errors.Is(err, ErrNoWorld) {
		a.missing(w, ps.ByName("id"), query.Get("from"))
		return
	}
	a.told(w, ps, http.StatusOK, map[string]any{"diff": d}, err)
}
