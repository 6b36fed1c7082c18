package bookshop

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	mixed "math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// zone is where the shop stands: its times have that offset.
func zone() *time.Location { return time.FixedZone("", 2*60*60) }

func now() string { return time.Now().In(zone()).Format("2006-01-02T15:04:05.000000Z07:00") }

// answer writes a record, or a list of them.
func answer(w http.ResponseWriter, status int, body any) {
	if r, ok := body.(row); ok {
		body = shown(r)
	}
	if all, ok := body.([]row); ok {
		body = shownAll(all)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // whoever is gone needs no answer
}

// shown is a record as it is answered: with a note of the shop's own, and without what it has not.
func shown(r row) row {
	out := row{"shelfmark": "SM/" + r.text("key")}
	for name, value := range r {
		if value != nil && name != "key" && name != "of" && name != "next" {
			out[name] = value
		}
	}
	return out
}

func shownAll(all []row) []row {
	out := make([]row, 0, len(all))
	for _, r := range all {
		out = append(out, shown(r))
	}
	return out
}

func refuse(w http.ResponseWriter, status int, why string) {
	answer(w, status, row{"error": why, "code": "E" + strconv.Itoa(status)})
}

func empty(w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) }

func hex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return fmt.Sprintf("%x", b)
}

func newUUID() string {
	h := []byte(hex(16))
	h[12], h[16] = '4', 'a'
	return fmt.Sprintf("%s-%s-%s-%s-%s", h[:8], h[8:12], h[12:16], h[16:20], h[20:])
}

func uuid(s string) bool {
	ok, _ := regexp.MatchString("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", s)
	return ok
}

// field is what a member of a body must be like; a function says what is wrong with a value.
type field struct {
	name     string
	required bool
	null     bool
	wrong    func(any) bool
}

func fieldText(least, most int) func(any) bool {
	return func(v any) bool {
		s, ok := v.(string)
		return !ok || len([]rune(s)) < least || len([]rune(s)) > most
	}
}

func fieldOneOf(values ...string) func(any) bool {
	return func(v any) bool { s, ok := v.(string); return !ok || !slices.Contains(values, s) }
}

func fieldMatching(pattern string) func(any) bool {
	return func(v any) bool {
		s, ok := v.(string)
		matched, _ := regexp.MatchString(pattern, s)
		return !ok || !matched
	}
}

func fieldNumber(low, high float64, whole bool) func(any) bool {
	return func(v any) bool {
		n, ok := v.(float64)
		return !ok || n < low || n > high || whole && n != math.Trunc(n)
	}
}

func fieldTruth(v any) bool { _, ok := v.(bool); return !ok }

// read takes from a body what the fields name. What is wrong is refused.
func read(w http.ResponseWriter, r *http.Request, fields []field) (row, bool) {
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var sent map[string]any
	if err != nil || json.Unmarshal(data, &sent) != nil || sent == nil {
		refuse(w, http.StatusBadRequest, "the body is no JSON object")
		return nil, false
	}
	out := row{}
	for _, f := range fields {
		value, there := sent[f.name]
		switch {
		case !there && f.required:
			refuse(w, http.StatusBadRequest, f.name+" is missing")
			return nil, false
		case !there:
			continue
		case value == nil && f.null:
		case value == nil || f.wrong(value):
			refuse(w, http.StatusBadRequest, f.name+" is not good")
			return nil, false
		}
		out[f.name] = value
	}
	if id, ok := sent["id"].(string); ok {
		out["sent id"] = id
	}
	return out, true
}

func optional(fields []field) []field {
	all := slices.Clone(fields)
	for i := range all {
		all[i].required = false
	}
	return all
}

// page cuts a list.
func (s *shop) page(w http.ResponseWriter, r *http.Request, all []row) {
	number, size := 1, 20
	for name, to := range map[string]*int{"page": &number, "limit": &size} {
		if !r.URL.Query().Has(name) {
			continue
		}
		n, err := strconv.Atoi(r.URL.Query().Get(name))
		if err != nil || n < 1 || name == "limit" && n > 100 {
			refuse(w, http.StatusBadRequest, name+" is not good")
			return
		}
		*to = n
	}
	from := min((number-1)*size, len(all))
	if s.faults["pages overlap"] && strings.HasPrefix(r.URL.Path, "/books") {
		from = max(0, from-(number-1))
	}
	until := min(from+size, len(all))
	answer(w, http.StatusOK, map[string]any{"data": shownAll(all[from:until]), "meta": row{"total": len(all), "took": "2 ms"}})
}

func ordered(all []row, names ...string) []row {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b row) int {
		for _, name := range names {
			if c := strings.Compare(strings.ToLower(a.text(name)), strings.ToLower(b.text(name))); c != 0 {
				return c
			}
		}
		return 0
	})
	return sorted
}

// shuffled is a list in no order at all.
func shuffled(all []row) []row {
	mixedUp := slices.Clone(all)
	mixed.Shuffle(len(mixedUp), func(i, j int) { mixedUp[i], mixedUp[j] = mixedUp[j], mixedUp[i] })
	return mixedUp
}

func keep(all []row, is func(row) bool) (some []row) {
	for _, r := range all {
		if is(r) {
			some = append(some, r)
		}
	}
	return some
}

func copied(r row) row { return maps.Clone(r) }
