package volunteers

import (
	"net/http/httptest"
	"runtime"
	"slices"
	"testing"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// filters are one of each kind that listUsers has.
func filters() []string {
	return []string{
		"ids=1001,1020,1030,1040", "exclude_ids=1001,1020", "userlist=1", "q=son", "q=example.org", "team=100,103,104,105",
		"teamlist=1", "manager=1002,1003,1004", "roles=301,302", "supervisor=1002,1005", "skills=501,502,503", "langs=701",
		"sids=1,3", "has_email=true", "has_logged_in=false", "active_on=2026-01-01", "age=senior", "logins_only=alltime",
		"lat=50.7256&long=-3.5269&distance=5", "geojson_id=1", "view=volunteers", "include_inactive=true",
	}
}

// perfect is a host without a defect.
type perfect struct{ behavior.Host }

func (perfect) Inquire(string) bool { return true }

// filled makes a state with so many users.
func filled(t *testing.T, users int) *store.State {
	t.Helper()
	c, err := contract.Load(specs.FS, "volunteers")
	if err != nil {
		t.Fatal(err)
	}
	api := API()
	p, err := behavior.Compile(c, &api)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := store.NewSchema(p.Tables)
	if err != nil {
		t.Fatal(err)
	}
	parts, s := fixtures.Volunteers(1, fixtures.Size(users)).Parts(), store.New(schema)
	if err := s.Fill(store.Source{Parts: len(parts), Pack: true,
		Part: func(i int, put func(table, id string, document, private []byte)) {
			for row := range parts[i] {
				put(row.Table, row.ID, row.Body, row.Private)
			}
		}}); err != nil {
		t.Fatal(err)
	}
	return s
}

// conditions are those that a query sets.
func conditions(of *store.State, query string) []store.Condition {
	c := &behavior.Call{Host: perfect{}, Request: httptest.NewRequest("GET", "/users?"+query, nil), State: of.View(),
		Now: time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)}
	s := selection(c, &lister{Filters: userFilters(), Views: views(), Hidden: hiddenUsers(), Words: wordsOfUsers()})
	return s.where
}

// TestUsersAreFewObjects holds that what is kept of many users shares its memory: each object is one more that garbage
// collection goes through, and one that keeps a page of those that making users leaves behind.
func TestUsersAreFewObjects(t *testing.T) {
	const users, most = 5000, 10
	objects := func() int {
		runtime.GC()
		runtime.GC() // pools keep for one what nobody uses
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapObjects)
	}
	before := objects()
	of := filled(t, users)
	if n := (objects() - before) / users; n > most {
		t.Errorf("a user takes %d objects, over %d", n, most)
	} else {
		t.Logf("a user takes %d objects", n)
	}
	runtime.KeepAlive(of)
}

// combinations hands over every one of up to three filters.
func combinations(try func(query string)) {
	all := filters()
	for i := range all {
		try(all[i])
		for j := range i {
			try(all[i] + "&" + all[j])
			for k := range j {
				try(all[i] + "&" + all[j] + "&" + all[k])
			}
		}
	}
}

// rename writes a user, who stands elsewhere in the order then.
func rename(t *testing.T, of *store.State, id, name string) {
	t.Helper()
	if err := of.Update(func(tx *store.Tx) error {
		r, _ := tx.Get("user", id)
		tx.Put("user", r.With(patch(r.Document(), []replaced{{"display_name", `"` + name + `"`}})))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestFiltersFindWhatAScanFinds holds every combination of up to three filters to a look at
// every user.
func TestFiltersFindWhatAScanFinds(t *testing.T) {
	of, some := filled(t, 2500), 0
	rename(t, of, "1020", "Aaron Son")
	rename(t, of, "1040", "Zoe Son")
	var users []*store.Record
	of.View().Scan("user", "name", "").All(func(r *store.Record) bool { users = append(users, r); return true })
	combinations(func(query string) {
		where, want := conditions(of, query), []string{}
		for _, r := range users {
			if !slices.ContainsFunc(where, func(c store.Condition) bool { return !c.Keep(r) }) {
				want = append(want, r.ID)
			}
		}
		found, got := of.View().Find("user", where), []string{}
		for _, r := range found.Page(where, 0, found.Len(), false) {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s finds %d, want %d", query, len(got), len(want))
		}
		some += min(1, len(want))
	})
	if some < 500 {
		t.Errorf("only %d combinations find anybody", some)
	}
}

// TestFiltersLookAtFew holds that what a combination of up to three filters looks at one by one,
// right after a write, is not more among a hundred times as many users.
func TestFiltersLookAtFew(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand users take their time")
	}
	const most = 40
	for _, users := range []int{1000, 100_000} {
		of := filled(t, users)
		// What has to be looked at once is looked at, all that each filter alone finds.
		for _, query := range filters() {
			of.View().Find("user", conditions(of, "include_inactive=true&"+query))
		}
		worst, name := 0, ""
		rename(t, of, "1020", "Aaron Son")
		combinations(func(query string) {
			where, looks := conditions(of, query), 0
			for i := range where {
				keep := where[i].Keep
				where[i].Keep = func(r *store.Record) bool { looks++; return keep(r) }
			}
			if of.View().Find("user", where); looks > worst {
				worst, name = looks, query
			}
		})
		t.Logf("%d users: at worst %d looks, with %s", users, worst, name)
		if worst > most {
			t.Errorf("among %d users %s looks at %d one by one, over %d", users, name, worst, most)
		}
	}
}
