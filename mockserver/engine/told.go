package engine

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"

	"github.com/tidwall/sjson"
)

// fixed lets a "fixed" defect answer as the operation answered the first time.
func (r *run) fixed(a behavior.Answer) behavior.Answer {
	for _, d := range r.defects(defect.Fixed) {
		if a.Status >= 300 || d.Path != "" && !r.call.Query().Has(d.Path) {
			continue
		}
		first := a
		first.Body, first.Borrowed = append([]byte(nil), a.Body...), false
		kept, _ := r.first.LoadOrStore(d.ID(), first)
		a = kept.(behavior.Answer)
	}
	return a
}

// toldKey is where an answer is kept: in a world, by what was asked for.
type toldKey struct {
	world *store.State
	what  string
}

// mixed lets a "mixed" defect answer a read with the record that the operation gave before: of
// the one that is read there is only its id, and what the request says itself.
func (r *run) mixed(a behavior.Answer) behavior.Answer {
	if a.Status >= http.StatusMultipleChoices || len(r.defects(defect.Mixed)) == 0 {
		return a
	}
	before, _ := r.told.Swap(toldKey{r.State, r.Operation.ID}, string(a.Body))
	if before, ok := before.(string); ok {
		a.Body, a.Borrowed = r.mix([]byte(before), a.Body), false
	}
	return a
}

// asks says whether the path of the request has the value.
func (r *run) asks(value string) bool {
	return slices.ContainsFunc(r.Operation.Contract.Parameters, func(p *contract.Parameter) bool {
		return p.In == "path" && r.Path.Get(p.Name) == value
	})
}

// mix is the record of the one answer with the id of the other. What is no record stays.
func (r *run) mix(before, now []byte) []byte {
	var was, is map[string]json.RawMessage
	if json.Unmarshal(before, &was) != nil || json.Unmarshal(now, &is) != nil || was == nil {
		return now
	}
	if _, wrapped := is["data"]; wrapped {
		is["data"] = r.mix(was["data"], is["data"])
	} else {
		for name, value := range is {
			if name == "id" || r.asks(strings.Trim(string(value), `"`)) {
				was[name] = value
			}
		}
		is = was
	}
	body, err := json.Marshal(is)
	if err != nil {
		return now
	}
	return body
}

// shared lets a "shared" defect answer whoever is refused with what somebody was told who asked
// for the same: the answer was kept without a look at who asked.
func (r *run) shared(a behavior.Answer) behavior.Answer {
	for _, d := range r.defects(defect.Shared) {
		where := toldKey{r.State, r.HTTP.URL.RequestURI()}
		if a.Status < http.StatusMultipleChoices {
			kept := a
			kept.Body, kept.Borrowed = slices.Clone(a.Body), false
			r.told.Store(where, toldAt{r.call.State, kept})
		}
		if kept, ok := r.told.Load(where); ok && a.Status == d.On && kept.(toldAt).state == r.State.View() {
			a = kept.(toldAt).answer
		}
	}
	return a
}

// toldAt is an answer, and the state of the world that it tells of.
type toldAt struct {
	state  store.Snapshot
	answer behavior.Answer
}

// unfound lets an "unfound" defect tell a miss again, whatever was made since.
func (r *run) unfound(a behavior.Answer) behavior.Answer {
	for _, d := range r.defects(defect.Unfound) {
		where := toldKey{r.State, "miss " + r.HTTP.URL.RequestURI()}
		if d.On == a.Status || d.Value != "" && d.Value == string(a.Body) {
			kept := a
			kept.Body, kept.Borrowed = slices.Clone(a.Body), false
			r.told.Store(where, kept)
		}
		if kept, ok := r.told.Load(where); ok {
			a = kept.(behavior.Answer)
		}
	}
	return a
}

// lost says whether a "lose" defect drops what the operation has written: always, or where a
// record comes back to what it was before.
func (r *run) lost() bool {
	for _, d := range r.defects(defect.Lose) {
		if d.Value == "" || r.backAgain() {
			return true
		}
	}
	return false
}

// backAgain says whether a record that the operation has written is what it was once, before
// it was something else, but for its times.
func (r *run) backAgain() (back bool) {
	for _, w := range r.writes {
		once := func(rec *store.Record) toldKey {
			document := rec.Document()
			for _, stamp := range w.resource.Stamps {
				document, _ = sjson.DeleteBytes(slices.Clone(document), stamp.Field) // a document is JSON
			}
			return toldKey{r.State, "once " + rec.ID + string(document)}
		}
		before, ok := r.State.View().Get(w.resource.Name, w.record.ID)
		if !ok || once(before) == once(w.record) {
			continue
		}
		r.told.Store(once(before), true)
		if _, was := r.told.Load(once(w.record)); was {
			back = true
		}
	}
	return back
}
