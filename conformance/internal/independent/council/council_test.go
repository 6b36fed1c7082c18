package council

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/conformance/internal/independent"
)

func TestTables(t *testing.T) {
	all := Implementation()
	if len(all.Habits) < 30 || len(all.Faults) < 15 {
		t.Fatalf("%d habits, %d faults", len(all.Habits), len(all.Faults))
	}
	seen := map[string]bool{}
	excludes := map[string][]string{}
	for _, h := range all.Habits {
		if seen[h.Name] || h.Says == "" || h.Open == "" {
			t.Errorf("habit %s: twice, or not explained", h.Name)
		}
		seen[h.Name], excludes[h.Name] = true, h.Excludes
	}
	for _, f := range all.Faults {
		if seen[f.Name] || f.Says == "" || f.Source == "" || len(f.Breaks) == 0 {
			t.Errorf("fault %s: twice, or not explained", f.Name)
		}
		seen[f.Name] = true
	}
	for name, others := range excludes {
		for _, other := range others {
			if !slices.Contains(excludes[other], name) {
				t.Errorf("%s excludes %s, not the reverse", name, other)
			}
		}
	}
	for _, group := range rivals() {
		for _, name := range group {
			if _, habit := excludes[name]; !habit {
				t.Errorf("no habit is named %s", name)
			}
		}
	}
}

func TestPlainAndHabits(t *testing.T) {
	for _, found := range walk(t, independent.Habit{}, nil) {
		t.Error("plain: " + found)
	}
	for _, h := range Implementation().Habits {
		for _, found := range walk(t, h, []string{h.Name}) {
			t.Error(h.Name + ": " + found)
		}
	}
}

// TestFaults holds that no fault goes unseen by the walk that every habit passes.
func TestFaults(t *testing.T) {
	for _, f := range Implementation().Faults {
		// What stands before the server shows in long sequences, which the suite's own runs have.
		if _, before := between()[f.Name]; !before && len(walk(t, independent.Habit{}, []string{f.Name})) == 0 {
			t.Errorf("%s: not seen", f.Name)
		}
	}
}

func TestUnknownName(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown name was taken")
		}
	}()
	newServer([]string{"no such habit"})
}

// walker is a caller who notes what he finds wrong.
type walker struct {
	t     *testing.T
	url   string
	habit independent.Habit
	found []string
}

type item = map[string]any

func walk(t *testing.T, habit independent.Habit, active []string) []string {
	served := httptest.NewServer(Implementation().New(active...))
	defer served.Close()
	w := &walker{t: t, url: served.URL, habit: habit}
	for _, part := range []func(){w.allReached, w.access, w.wards, w.users, w.categories, w.suggestions, w.state,
		w.otherHeader, w.rights, w.places, w.words, w.doors} {
		if part(); len(w.found) > 0 {
			break
		}
	}
	return w.found
}

func (w *walker) hold(right bool, what string) {
	if !right {
		w.found = append(w.found, what)
	}
}

// ask calls and waits when it is asked to.
func (w *walker) ask(persona, method, path string, body any) (int, string, any) {
	w.t.Helper()
	return w.askWith(Implementation().Personas[persona].Headers, method, path, body)
}

func (w *walker) askWith(headers map[string]string, method, path string, body any) (int, string, any) {
	w.t.Helper()
	for {
		raw, _ := json.Marshal(body)
		r, _ := http.NewRequest(method, w.url+path, strings.NewReader(string(raw)))
		r.Header.Set("Content-Type", "application/json")
		for name, value := range headers {
			r.Header.Set(name, value)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			w.t.Fatal(err)
		}
		text, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode == 429 {
			time.Sleep(time.Second)
			continue
		}
		var value any
		json.Unmarshal(text, &value)
		return answer.StatusCode, string(text), value
	}
}

func (w *walker) make(persona, path string, body item) (int, item) {
	if path == "wards" { // some want all that the sample shows
		filled := fresh(path, "")
		maps.Copy(filled, body)
		body = filled
	}
	status, _, value := w.ask(persona, "POST", "/api/"+path, body)
	made, _ := value.(item)
	return status, made
}

func (w *walker) change(persona, path, id string, body item) (int, item) {
	method := "PATCH"
	for _, other := range w.habit.Paths {
		if strings.HasSuffix(other, "/{id}") {
			method, _, _ = strings.Cut(other, " ")
		}
	}
	status, _, value := w.ask(persona, method, "/api/"+path+"/"+id, body)
	changed, _ := value.(item)
	return status, changed
}

func (w *walker) get(path string) item {
	_, _, value := w.ask("default", "GET", "/api/"+path, nil)
	got, _ := value.(item)
	return got
}

func (w *walker) list(path string) (all []item, texts []string) {
	_, _, value := w.ask("default", "GET", "/api/"+path, nil)
	items, isList := value.([]any)
	w.hold(isList, path+" is no list")
	for _, one := range items {
		record, _ := one.(item)
		all, texts = append(all, record), append(texts, fmt.Sprint(record["name"]))
	}
	return all, texts
}

// others tells what a member is in every listed record but one, in one text.
func (w *walker) others(path string, but item, member string) string {
	all, _ := w.list(path)
	told := map[string]string{} // printed in the order of its keys
	for _, one := range all {
		if one["id"] != but["id"] {
			told[fmt.Sprint(one["id"])] = fmt.Sprint(one[member])
		}
	}
	return fmt.Sprint(told)
}

// outOfUse takes a record out of use; its list has it all the same.
func (w *walker) outOfUse(path string, record item) {
	w.change("default", path, fmt.Sprint(record["id"]), item{"enabled": false})
	_, names := w.list(path)
	w.hold(slices.Contains(names, fmt.Sprint(record["name"])), path+" out of use are not listed")
}

// like says whether a record has these values, but for null and nothing.
func like(got, wanted item) bool {
	for name, value := range wanted {
		if words, isText := got[name].(string); isText && name == "keywords" && sameWords(words, fmt.Sprint(value)) {
			continue
		}
		if _, has := got[name]; !has || fmt.Sprint(got[name]) != fmt.Sprint(value) {
			return false
		}
	}
	return true
}

// sameWords compares keywords, whatever their order, their case and the blanks between them.
func sameWords(a, b string) bool {
	one, other := strings.Split(strings.ToLower(strings.ReplaceAll(a, " ", "")), ","),
		strings.Split(strings.ToLower(strings.ReplaceAll(b, " ", "")), ",")
	slices.Sort(one)
	slices.Sort(other)
	return slices.Equal(one, other)
}

// follow says whether both names are there, in this order.
func follow(names []string, first, then string) bool {
	at := slices.Index(names, first)
	return at >= 0 && at < slices.Index(names, then)
}

func (w *walker) status(want, got int, what string) {
	w.hold(want == got || want == 409 && got == 422 || (want == 401 || want == 403) && (got == 401 || got == 403),
		fmt.Sprintf("%s: %d", what, got))
}

func (w *walker) access() {
	for _, path := range []string{"wards", "users", "categories"} {
		for persona, want := range map[string]int{"nobody": 401, "expired-credential": 401, "revoked-credential": 401,
			"no-scope": 403, "low-rights": 200} {
			status, _, _ := w.ask(persona, "GET", "/api/"+path, nil)
			w.status(want, status, path+" for "+persona)
		}
		_, far, _ := w.ask("second-tenant", "GET", "/api/"+path, nil)
		all, _ := w.list(path)
		for _, one := range all {
			w.hold(!strings.Contains(far, fmt.Sprintf("%q", one["id"])), path+" of another tenant")
		}
	}
}

func (w *walker) wards() {
	given := w.get("wards/" + Implementation().Given["wardId"])
	full := item{"name": "Zz Brighouse", "boundaryDescription": "The town", "councilTier": "unitary",
		"latitude": 53.5, "longitude": -1.75, "enabled": true}
	status, made := w.make("default", "wards", full)
	w.hold(status == 201 && like(made, full) && made["tenantId"] == given["tenantId"], "new ward")
	id := fmt.Sprint(made["id"])
	w.hold(like(w.get("wards/"+id), full), "ward by id")
	born, _ := made["createdAt"].(string)
	_, err := time.Parse(time.RFC3339, born)
	w.hold(err == nil, "time "+born)
	_, second := w.make("default", "wards", item{"name": "Zz Aaley", "boundaryDescription": "Its own"})
	_, names := w.list("wards")
	w.hold(follow(names, "Zz Aaley", "Zz Brighouse"), "order of wards")
	status, _ = w.make("default", "wards", full)
	w.status(409, status, "the same ward")
	others := w.others("wards", second, "boundaryDescription")
	status, changed := w.change("default", "wards", fmt.Sprint(second["id"]), item{"latitude": 53.25})
	w.hold(w.others("wards", second, "boundaryDescription") == others, "wards beside the changed one")
	kept := item{"latitude": 53.25, "boundaryDescription": "Its own", "name": "Zz Aaley"}
	w.hold(status == 200 && like(changed, kept), "change")
	w.hold(like(w.get("wards/"+fmt.Sprint(second["id"])), item{"latitude": 53.25}), "kept change")
	w.hold(like(w.get("wards/"+id), full), "ward beside the changed one")
	status, _ = w.change("default", "wards", id, item{"name": "Zz Aaley"})
	w.status(409, status, "name of another ward")
	status, _ = w.change("default", "wards", "ward-ffffffff", item{"latitude": 1.5})
	w.status(404, status, "unknown ward")
	_, spare := w.make("default", "wards", item{"name": "Zz Spare"})
	w.outOfUse("wards", spare)
}

func (w *walker) users() {
	body := func(first, role string) item {
		name, email := first+" Trenance", strings.ToLower(first)+"@made.example.gov.uk"
		return item{"name": name, "email": email, "role": role, "password": "Tarn-Hows-41"}
	}
	w.make("default", "users", body("Zzb", "councillor"))
	status, made := w.make("councillor-role", "users", body("Zza", "caseworker"))
	w.hold(status == 201 && like(made, item{"name": "Zza Trenance", "role": "caseworker"}), "new user")
	_, told := made["password"]
	w.hold(!told, "password")
	status, _ = w.make("default", "users", body("Zza", "councillor"))
	w.status(409, status, "the same e-mail")
	status, _ = w.make("low-rights", "users", body("Zzc", "caseworker"))
	w.status(403, status, "user by a caseworker")
	status, text, said := w.ask("low-plan", "POST", "/api/users", body("Zzd", "caseworker"))
	w.hold(status == 403 && strings.Contains(strings.ToLower(text+fmt.Sprint(said)), "pro"), "seat without plan")
	status, _ = w.make("second-tenant", "users", body("Zze", "caseworker"))
	w.hold(status == 201, "seat with plan")
	status, changed := w.change("default", "users", fmt.Sprint(made["id"]), item{"name": "Zzab Trenance"})
	w.hold(status == 200 && like(changed, item{"name": "Zzab Trenance", "role": "caseworker"}), "changed user")
	all, names := w.list("users")
	w.hold(follow(names, "Zzab Trenance", "Zzb Trenance"), "order of users")
	for _, one := range all {
		_, enabled := one["enabled"].(bool)
		_, override := one["planOverrideReason"]
		w.hold(enabled && override && one["passwordHash"] == nil, "user's members")
		w.hold(one["role"] == "councillor" || one["bio"] == nil || one["bio"] == "", "profile of no councillor")
	}
	status, _ = w.change("low-rights", "users", fmt.Sprint(made["id"]), item{"name": "Zzx Trenance"})
	w.status(403, status, "change by a caseworker")
	status, _ = w.change("second-tenant", "users", fmt.Sprint(made["id"]), item{"name": "Zzx Trenance"})
	w.status(404, status, "change by another tenant")
	_, spare := w.make("default", "users", body("Zzspare", "caseworker"))
	w.outOfUse("users", spare)
}

func (w *walker) categories() {
	before, _ := w.list("categories")
	most, last := 0.0, -1e9
	for _, one := range before {
		place, isNumber := one["sortOrder"].(float64)
		_, isText := one["keywords"].(string)
		w.hold(isNumber && place >= last && (isText || one["keywords"] == nil), "order or members of categories")
		last, most = place, max(most, place)
	}
	full := item{"name": "Zz Lighting", "description": "Lamps", "keywords": "lampqq,poleqq"}
	status, made := w.make("default", "categories", full)
	w.hold(status == 201 && like(made, full) && made["sortOrder"] == most+1, "new category")
	_, second := w.make("default", "categories",
		item{"name": "Zz Paving", "description": "Flags", "keywords": "flagqq,kerbqq"})
	w.hold(second["sortOrder"] == most+2, "second category")
	after, _ := w.list("categories")
	w.hold(len(after) == len(before)+2, "number of categories")
	id := fmt.Sprint(second["id"])
	w.hold(like(w.get("categories/"+id), item{"id": id, "name": "Zz Paving"}), "category by id")
	status, _ = w.make("default", "categories", full)
	w.status(409, status, "the same category")
	others := w.others("categories", second, "description")
	status, changed := w.change("default", "categories", id, item{"keywords": "flagqq,kerbqq,settqq"})
	w.hold(w.others("categories", second, "description") == others, "categories beside the changed one")
	kept := item{"description": "Flags", "keywords": "flagqq,kerbqq,settqq"}
	w.hold(status == 200 && like(changed, kept), "changed category")
	w.hold(like(w.get("categories/"+id), item{"keywords": changed["keywords"]}), "kept category")
	status, _ = w.change("default", "categories", id, item{"name": "Zz Lighting"})
	w.status(409, status, "name of another category")
	status, _ = w.change("default", "categories", "cat-ffffffff", item{"description": "None"})
	w.status(404, status, "unknown category")
	_, spare := w.make("default", "categories", item{"name": "Zz Spare", "description": "None", "keywords": "spareqq"})
	w.outOfUse("categories", spare)
	_, behind := w.make("default", "categories", item{"name": "Zz Signs", "description": "Signs", "keywords": "signqq"})
	w.hold(behind["sortOrder"] == most+4, "category behind one out of use")
}

func (w *walker) suggestions() {
	for summary, want := range map[string]any{
		"a poleqq fell": "Zz Lighting", "settqq broken": "Zz Paving", "lampqq by flagqq and kerbqq": "Zz Paving",
		"nonsenseqq": nil,
	} {
		named := w.suggestion(summary)
		w.hold(named == want, fmt.Sprint("suggestion for ", summary, ": ", named))
	}
}

// suggestion is the name that is suggested for a summary, nil for none.
func (w *walker) suggestion(summary string) any {
	var value any
	if path := w.habit.Paths["suggestCategory"]; path != "" {
		_, _, value = w.ask("default", "POST", "/api/categories/suggest", item{"summary": summary})
	} else {
		_, _, value = w.ask("default", "GET", "/api/categories/suggest?summary="+strings.ReplaceAll(summary, " ", "+"), nil)
	}
	answer, _ := value.(item)
	named, has := answer["suggestion"]
	w.hold(has, "no suggestion at all for "+summary)
	if match, isObject := named.(item); isObject {
		named = match["name"]
		w.hold(named != nil, "suggestion without a name")
	}
	return named
}
