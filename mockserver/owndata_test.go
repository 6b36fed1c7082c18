package mockserver_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
	"rollcall/mockserver/data"
)

// TestRecordsOfOnesOwn puts, changes and removes records by the control API.
func TestRecordsOfOnesOwn(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	_, tenant := call(t, s, "GET", h.URL+"/api/wards", "default", "")
	of := gjson.Get(tenant, "0.tenantId").Str
	base := h.URL + "/__admin/worlds/default/data/council/"
	user := `{"name":"Ada","email":"ada@example.org","role":"admin","password":"Harbour-Heron-29","tenantId":"` + of + `"}`
	for _, row := range []struct {
		method, path, body string
		status             int
		picked, want       string
	}{
		{"PUT", "ward/ward-own", `{"name":"Own","tenantId":"` + of + `"}`, 200, "enabled", "true"},
		{"GET", "ward/ward-own", "", 200, "id", "ward-own"},
		{"PATCH", "ward/ward-own", `{"latitude":50.5}`, 200, "name", "Own"},
		{"PATCH", "ward/ward-own", `{"latitude":"north"}`, 400, "error",
			"ward ward-own: /latitude must be null or a number, got a string"},
		{"PATCH", "ward/ward-own", `{"lattitude":1}`, 400, "error",
			`a ward has no member "lattitude"; it has id, tenantId, name,` +
				` boundaryDescription, councilTier, latitude, longitude, enabled, createdAt, updatedAt`},
		{"PUT", "ward/ward-own", `{"id":"other","name":"x"}`, 400, "error",
			`id is "other", and the record is called "ward-own"; they must be the same`},
		{"PATCH", "ward/ward-none", `{"latitude":1}`, 404, "error", "there is no such record"},
		{"PUT", "word/x", `{}`, 404, "error", "there is no such contract or table"},
		{"PUT", "user/user-own", user, 200, "_private.password", "Harbour-Heron-29"},
		{"PATCH", "user/user-own", `{"name":"Ida"}`, 200, "_private.tenantId", of},
		{"PATCH", "ward", `{"records":[{"name":"A","tenantId":"` + of + `"},{"name":"A","tenantId":"` + of + `"}]}`, 400, "error",
			`/records/0: ward`},
		{"PATCH", "ward", `{"records":[{"name":"C","tenantId":"` + of + `"},{"name":"B","tenantId":"` + of + `"}]}`, 200,
			"ids.#", "2"},
		{"PATCH", "ward", `{"records":[7]}`, 400, "error", "/records/0: a ward is a JSON object"},
		{"PATCH", "ward", `[]`, 400, "error", "the body must be a JSON object with records"},
		{"DELETE", "ward/ward-own", "", 204, "", ""}, {"DELETE", "ward/ward-own", "", 404, "error", "there is no such record"},
		{"PUT", "ward", `{"records":[{"id":"ward-1","name":"One","tenantId":"` + of + `"}]}`, 200, "ids.0", "ward-1"},
		{"GET", "ward", "", 200, "records.#", "1"},
	} {
		res, body := call(t, s, row.method, base+row.path, "", row.body)
		if got := gjson.Get(body, row.picked).String(); res.StatusCode != row.status || !strings.HasPrefix(got, row.want) {
			t.Errorf("%s %s %s: %d %s, want %d and %q", row.method, row.path, row.body, res.StatusCode, body, row.status,
				row.want)
		}
	}
	if _, wards := call(t, s, "GET", h.URL+"/api/wards", "default", ""); gjson.Get(wards, "#.name").Raw != `["One"]` {
		t.Errorf("the wards are %s", wards)
	}
}

// Integers are kept in one spelling, by whatever way they come.
func TestIntegersOfOnesOwnAreSpeltAsSuch(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	_, tenant := call(t, s, "GET", h.URL+"/api/wards", "default", "")
	of := gjson.Get(tenant, "0.tenantId").Str
	record := `{"id":"own","name":"Own","sortOrder":2e1,"tenantId":"` + of + `"}`
	files := fstest.MapFS{"category.csv": {Data: []byte("id,name,sortOrder,tenantId\nown,Own,20.0," + of + "\n")}}
	rows, err := data.Read(t.Context(), files, "category.csv", []string{"council"})
	if err != nil {
		t.Fatal(err)
	}
	csv, file := mock(t, mockserver.Config{Data: rows}, "council")
	if _, got := call(t, csv, "GET", file.URL+"/__admin/worlds/default/data/council/category/own", "", ""); gjson.Get(got,
		"sortOrder").Raw != "20" {
		t.Errorf("of a file there is %s", got)
	}
	base := h.URL + "/__admin/worlds/default/data/council/category"
	for _, row := range [][3]string{{"PUT", "/own", record}, {"PATCH", "/own", `{"sortOrder":20.0}`},
		{"PATCH", "", `{"records":[` + record + `]}`}, {"PUT", "", `{"records":[` + record + `]}`}} {
		if res, said := call(t, s, row[0], base+row[1], "", row[2]); res.StatusCode != 200 {
			t.Fatalf("%v: %d %s", row, res.StatusCode, said)
		}
		if _, got := call(t, s, "GET", base+"/own", "", ""); gjson.Get(got, "sortOrder").Raw != "20" {
			t.Errorf("after %v there is %s", row, got)
		}
	}
}

// TestSnapshotsAndDiff names a state, changes the world and looks at what is other.
func TestSnapshotsAndDiff(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	admin := h.URL + "/__admin/worlds/default/"
	for body, want := range map[string]int{`{"name":"before"}`: 201, `{"name":"a b"}`: 400, `{"name":"w12"}`: 409, `{}`: 201} {
		if res, said := call(t, s, "POST", admin+"snapshot", "", body); res.StatusCode != want {
			t.Errorf("a snapshot %s is answered %d %s, want %d", body, res.StatusCode, said, want)
		}
	}
	if res, _ := call(t, s, "POST", admin+"snapshot", "", `{"name":"before"}`); res.StatusCode != 409 {
		t.Errorf("a second one is answered %d", res.StatusCode)
	}
	if _, all := call(t, s, "GET", h.URL+"/__admin/snapshots", "", ""); gjson.Get(all, "snapshots.#.name").Raw != `["before"]` {
		t.Errorf("the snapshots are %s", all)
	}
	_, wards := call(t, s, "GET", h.URL+"/api/wards", "default", "")
	call(t, s, "DELETE", admin+"data/council/ward/"+gjson.Get(wards, "1.id").Str, "", "")
	call(t, s, "PATCH", admin+"data/council/ward/"+gjson.Get(wards, "0.id").Str, "", `{"name":"Renamed"}`)
	call(t, s, "POST", h.URL+"/api/wards", "default", `{"name":"New"}`)
	_, diff := call(t, s, "GET", admin+"diff?from=before", "", "")
	for picked, want := range map[string]string{"diff.council.ward.added.#.name": `["New"]`,
		"diff.council.ward.changed.#.after.name": `["Renamed"]`, "diff.council.ward.removed.#": "1",
		"diff.council.@keys.#": "1"} {
		if got := gjson.Get(diff, picked).Raw; got != want {
			t.Errorf("%s is %s, want %s: %s", picked, got, want, diff)
		}
	}
	call(t, s, "POST", admin+"restore", "", `{"from":"before"}`)
	if _, diff := call(t, s, "GET", admin+"diff", "", ""); strings.TrimSpace(diff) != `{"diff":{}}` {
		t.Errorf("restored it is other by %s", diff)
	}
}

// TestExportIsWhatDataTakes gives all that a mock exports to another one.
func TestExportIsWhatDataTakes(t *testing.T) {
	names := []string{"council", "identity", "probation", "tenants", "volunteers"}
	s, h := mock(t, mockserver.Config{}, names...)
	_, exported := call(t, s, "GET", h.URL+"/__admin/worlds/default/data", "", "")
	rows, err := data.Read(t.Context(), fstest.MapFS{"all.json": {Data: []byte(exported)}}, "all.json", names)
	if err != nil {
		t.Fatal(err)
	}
	s, h = mock(t, mockserver.Config{Data: rows, DataAlone: true}, names...)
	_, again := call(t, s, "GET", h.URL+"/__admin/worlds/default/data", "", "")
	var want, got map[string]map[string][]map[string]any
	if err := errors.Join(json.Unmarshal([]byte(exported), &want), json.Unmarshal([]byte(again), &got)); err != nil {
		t.Fatal(err)
	}
	for name, tables := range want {
		for table, records := range tables {
			for i := range records {
				for _, r := range []map[string]any{records[i], got[name][table][i]} {
					if private, ok := r["_private"].(map[string]any); ok {
						delete(private, "keys") // what lists ask for is made anew for the day
					}
				}
				if !reflect.DeepEqual(records[i], got[name][table][i]) {
					t.Fatalf("%s %s has %.500v, want %.500v", name, table, got[name][table][i], records[i])
				}
			}
		}
	}
}

// TestWrongDataIsRefused holds that a mock does not start with data that breaks document or
// rules, and says where it is.
func TestWrongDataIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"- name: One\n- name: Two\n  enabled: 3\n":            "ward.yaml:2: ward ",
		"- name: One\n- name: One\n":                          "another one has the name",
		"- name: One\n  colour: red\n":                        `a ward has no member "colour"`,
		"user:\n  - name: One\n":                              "ward.yaml:2",
		"word:\n  - name: One\n":                              `there is no table "word" of a contract "council"`,
		"- [1]\n":                                             "a ward is a JSON object",
		"name: One\n":                                         "neither a list of records",
		"- name: One\n  name: Two\n":                          "ward.yaml",
		"- name: " + strings.Repeat("x", 10) + "\n  _id: [\n": "ward.yaml",
	} {
		rows, err := data.Read(t.Context(), fstest.MapFS{"ward.yaml": {Data: []byte(text)}}, "ward.yaml", []string{"council"})
		if err == nil {
			err = startWith(t, rows)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is told as %v, want %s", text, err, want)
		}
	}
}
