package council

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

func paths() []string { return []string{"wards", "users", "categories"} }

// state looks at what is taken, kept and lost. What a habit may refuse, it passes over.
func (w *walker) state() {
	for _, path := range paths() {
		w.taken(path)
		w.conflicts(path)
		w.kept(path)
		w.owned(path)
		w.letters(path)
	}
}

// allReached comes before all else: a second write may change nothing any more.
func (w *walker) allReached() {
	for _, path := range paths() {
		w.reached(path)
	}
}

// fresh is a new record of that name.
func fresh(path, name string) item {
	switch path {
	case "wards":
		return item{"name": name, "boundaryDescription": "Its own", "councilTier": "unitary",
			"latitude": 53.625, "longitude": -1.875}
	case "users":
		email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@made.example.gov.uk"
		return item{"name": name, "email": email, "role": "caseworker", "password": "Tarn-Hows-41"}
	}
	return item{"name": name, "description": "Its own", "keywords": strings.ToLower(strings.ReplaceAll(name, " ", "")) + "qq"}
}

func uniqueOf(path string) string {
	return map[string]string{"wards": "name", "users": "email", "categories": "name"}[path]
}

func remarkOf(path string) string {
	return map[string]string{"wards": "boundaryDescription", "users": "name", "categories": "description"}[path]
}

// listed is the record of that id in its list.
func (w *walker) listed(path string, id any) item {
	all, _ := w.list(path)
	for _, one := range all {
		if one["id"] == id {
			return one
		}
	}
	return item{}
}

func (w *walker) taken(path string) {
	unique := uniqueOf(path)
	first, second := fresh(path, "Yy One"), fresh(path, "Yy Two")
	_, made := w.make("default", path, first)
	id := fmt.Sprint(made["id"])
	if status, _ := w.change("default", path, id, item{unique: second[unique]}); status == 200 {
		status, _ = w.make("default", path, second)
		w.status(409, status, path+" of a later name")
		if path == "categories" { // its keywords are kept
			first["keywords"] = "yyfreeqq"
		}
		status, _ = w.make("default", path, first)
		w.hold(status == 201, path+" of a name that is free again")
	}
	third := fresh(path, "Yy Three")
	_, made = w.make("default", path, third)
	w.change("default", path, fmt.Sprint(made["id"]), item{"enabled": false})
	status, _ := w.make("default", path, third)
	w.status(409, status, path+" of the name of one out of use")
}

func (w *walker) conflicts(path string) {
	unique, remark := uniqueOf(path), remarkOf(path)
	_, first := w.make("default", path, fresh(path, "Xx One"))
	_, second := w.make("default", path, fresh(path, "Xx Two"))
	other := fresh(path, "Xx One")
	other[remark] = "Another"
	w.make("default", path, other)
	w.change("default", path, fmt.Sprint(second["id"]), item{unique: first[unique], remark: "Another"})
	recased, _ := second[unique].(string)
	status, _ := w.change("default", path, fmt.Sprint(second["id"]), item{unique: strings.ToUpper(recased)})
	w.hold(status != 409, path+" in other letters")
	for _, made := range []item{first, second} {
		w.hold(w.listed(path, made["id"])[remark] == made[remark], path+" written by what is refused")
	}
}

func (w *walker) kept(path string) {
	_, made := w.make("default", path, fresh(path, "Ww One"))
	id := fmt.Sprint(made["id"])
	w.change("default", path, id, item{"enabled": true})
	w.hold(w.listed(path, id)["enabled"] == true, path+" in use")
	for _, name := range []string{"Ww Two", "Ww Three"} {
		w.get(path + "/" + id)
		w.change("default", path, id, item{"name": name})
		w.hold(w.listed(path, id)["name"] == name, path+" in the list after a change")
		w.hold(path == "users" || w.get(path + "/" + id)["name"] == name, path+" after a change")
		w.hold(w.listed(path, id)["enabled"] == true, path+" are disabled by a change")
	}
	w.change("default", path, id, item{"enabled": false})
	w.change("default", path, id, item{"name": "Ww Four"})
	listed := w.listed(path, id)
	w.hold(listed["enabled"] == false && listed["name"] == "Ww Four" && sameAt(listed["createdAt"], made["createdAt"]),
		path+" out of use after a change")
	w.hold(path != "users" || listed["role"] == "caseworker", "role after a change")
	w.hold(path != "wards" || listed["latitude"] == 53.625, "latitude in the list")
}

func (w *walker) owned(path string) {
	_, made := w.make("default", path, fresh(path, "Vv One"))
	id := fmt.Sprint(made["id"])
	for name, value := range map[string]string{"createdAt": "2001-02-03T04:05:06.000Z", "tenantId": "tenant-0001", "id": "x-1"} {
		w.change("default", path, id, item{"name": "Vv Two", name: value})
		listed := w.listed(path, id)
		w.hold(listed["id"] == id && sameAt(listed[name], made[name]), path+" takes "+name)
	}
}

// sameAt compares values, and times to the millisecond.
func sameAt(a, b any) bool {
	short := func(value any) any {
		text, isText := value.(string)
		if at, err := time.Parse(time.RFC3339, text); isText && err == nil {
			return at.Truncate(time.Millisecond).String()
		}
		return value
	}
	return short(a) == short(b)
}

// told is what the lists of all sorts and of two tenants show of all records but one.
func (w *walker) told(but any) string {
	told := map[string]string{}
	for _, persona := range []string{"default", "second-tenant"} {
		for _, path := range paths() {
			_, _, value := w.ask(persona, "GET", "/api/"+path, nil)
			items, _ := value.([]any)
			for _, one := range items {
				record, _ := one.(item)
				if record["id"] != but {
					told[fmt.Sprint(record["id"])] = fmt.Sprint(record["name"], record["description"], record["keywords"],
						record["enabled"], record["boundaryDescription"])
				}
			}
		}
	}
	return fmt.Sprint(told)
}

func (w *walker) reached(path string) {
	before := w.told("")
	_, made := w.make("default", path, fresh(path, "Uu One"))
	for _, change := range []item{{"name": "Uu Two"}, {remarkOf(path): "Uu Three"}, {"enabled": false}} {
		w.change("default", path, fmt.Sprint(made["id"]), change)
	}
	if path == "categories" {
		w.change("default", path, fmt.Sprint(made["id"]), item{"keywords": "uuqq"})
	}
	w.hold(w.told(made["id"]) == before, "records beside written "+path)
}

func (w *walker) letters(path string) {
	const name = "Tt Si\u00e2n \u0174yn"
	sent := fresh(path, "Tt")
	sent["name"] = name
	_, made := w.make("default", path, sent)
	told, _ := made["name"].(string)
	listed, _ := w.listed(path, made["id"])["name"].(string)
	w.hold(norm.NFC.String(told) == name && norm.NFC.String(listed) == name, path+" with letters")
}

// otherHeader sends keys that are good for less than all in X-API-Key.
func (w *walker) otherHeader() {
	by := func(persona, method, path string, body any) int {
		key := strings.TrimPrefix(Implementation().Personas[persona].Headers["Authorization"], "Bearer ")
		status, _, _ := w.askWith(map[string]string{"X-API-Key": key}, method, path, body)
		return status
	}
	for _, path := range paths() {
		w.hold(by("no-scope", "GET", "/api/"+path, nil) != 200, path+" without scope in the other header")
		w.hold(by("revoked-credential", "GET", "/api/"+path, nil) != 200, path+" by a revoked key in the other header")
	}
	w.hold(by("low-rights", "POST", "/api/users", fresh("users", "Ss One")) != 201, "user by a caseworker in the other header")
}

func (w *walker) rights() {
	admin := fresh("users", "Rr One")
	admin["role"] = "admin"
	status, _ := w.make("low-rights", "users", admin)
	w.status(403, status, "admin by a caseworker")
	_, made := w.make("default", "users", fresh("users", "Rr Two"))
	w.change("low-rights", "users", fmt.Sprint(made["id"]), item{"role": "councillor"})
	w.hold(w.listed("users", made["id"])["role"] == "caseworker", "role by a caseworker")
	for i := range 3 {
		status, _ := w.make("low-plan", "users", fresh("users", fmt.Sprint("Rr Seat ", i)))
		w.status(403, status, "seat without plan")
	}
	off := fresh("users", "Rr Off")
	off["enabled"] = false
	status, _ = w.make("low-plan", "users", off)
	w.status(403, status, "seat out of use without plan")
	own := fresh("users", "Rr Own")
	_, made = w.make("default", "users", own)
	status, _ = w.change("default", "users", fmt.Sprint(made["id"]), item{"email": made["email"]})
	w.hold(status == 200, "own e-mail")
	bad := fresh("users", "Rr Bad")
	bad["role"] = "emperor"
	_, text, _ := w.ask("default", "POST", "/api/users", bad)
	w.hold(!strings.Contains(text, "Tarn-Hows-41"), "password in a refusal")
}

func (w *walker) places() {
	zero := fresh("wards", "Qq One")
	zero["latitude"] = 0
	_, made := w.make("default", "wards", zero)
	w.hold(made["latitude"] == 0.0, "ward on the equator")
	_, changed := w.change("default", "wards", fmt.Sprint(made["id"]), item{"longitude": 0})
	w.hold(changed["longitude"] == 0.0, "ward on the meridian")

	_, first := w.make("default", "categories", fresh("categories", "Qq One"))
	w.make("default", "categories", fresh("categories", "Qq Two"))
	w.change("default", "categories", fmt.Sprint(first["id"]), item{"sortOrder": 4000})
	for i := range 3 {
		_, far := w.make("second-tenant", "categories", fresh("categories", fmt.Sprint("Qq Far ", i)))
		w.change("second-tenant", "categories", fmt.Sprint(far["id"]), item{"sortOrder": 9000})
	}
	all, _ := w.list("categories")
	most := -1.0
	for _, one := range all {
		place, isNumber := one["sortOrder"].(float64)
		w.hold(isNumber, "place that is no number")
		most = max(most, place)
	}
	_, made = w.make("default", "categories", fresh("categories", "Qq Three"))
	w.hold(made["sortOrder"] == most+1, "category behind the highest")
}

func (w *walker) words() {
	_, made := w.make("default", "categories", item{"name": "Pp One", "description": "Signs", "keywords": "ppqq"})
	w.change("default", "categories", fmt.Sprint(made["id"]), item{"name": "Pp Two"})
	for _, summary := range []string{"ppqq", strings.Repeat("signposting ", 9) + "ppqq"} {
		w.hold(w.suggestion(summary) == "Pp Two", "suggestion for "+summary)
	}
}
