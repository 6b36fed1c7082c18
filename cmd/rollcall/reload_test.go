package main_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
)

// shop is a bookshop in a folder of its own, served so that its files may change.
type shop struct {
	t      *testing.T
	folder string
	server *mockserver.Server
	key    http.Header
}

func openShop(t *testing.T) *shop {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s := &shop{t: t, folder: filepath.Join(t.TempDir(), "bookshop"), key: http.Header{}}
	if err := os.CopyFS(s.folder, os.DirFS("../../specs/samples/bookshop")); err != nil {
		t.Fatal(err)
	}
	var err error
	s.server, err = mockserver.New(mockserver.Config{Contracts: s.load(), Seed: 1, Size: fixtures.Small, Reloads: true})
	if err != nil {
		t.Fatal(err)
	}
	who, _ := s.server.Persona("bookshop", "default")
	for name, value := range who.Headers {
		s.key.Set(name, value)
	}
	return s
}

func (s *shop) load() []*contract.Contract {
	s.t.Helper()
	c, err := brought.Load(s.folder)
	if err != nil {
		s.t.Fatal(err)
	}
	return []*contract.Contract{c}
}

// edit changes a file of the folder.
func (s *shop) edit(file string, oldNew ...string) {
	s.t.Helper()
	at := filepath.Join(s.folder, file)
	raw, err := os.ReadFile(at)
	if err != nil {
		s.t.Fatal(err)
	}
	text := strings.NewReplacer(oldNew...).Replace(string(raw))
	if text == string(raw) {
		s.t.Fatalf("%s has none of %q", file, oldNew)
	}
	if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) call(method, path, body, world string) (int, gjson.Result) {
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Header = s.key.Clone()
	if world != "" {
		q.Header.Set(mockserver.WorldHeader, world)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, q)
	return w.Code, gjson.Parse(w.Body.String())
}

// TestReloadKeepsState: a rule that is new holds from then on; records, worlds and journal
// stay, and a request that broke the old rule alone is fine.
func TestReloadKeepsState(t *testing.T) {
	s := openShop(t)
	_, authors := s.call("GET", "/authors", "", "")
	book := `{"title":"Tide","isbn":"9780000000001","authorId":"` + authors.Get("data.0.id").String() + `"}`
	_, fork := s.call("POST", "/__admin/worlds", "", "")
	world := fork.Get("id").String()
	if code, _ := s.call("POST", "/books", book, world); code != http.StatusCreated {
		t.Fatalf("a book is answered %d", code)
	}
	s.edit("behavior.yaml", "unique: isbn", "unique: title", "immutable: [isbn]", "immutable: [title]")
	if err := s.server.Reload(s.load()); err != nil {
		t.Fatal(err)
	}
	same := strings.Replace(book, "9780000000001", "9780000000002", 1)
	if code, _ := s.call("POST", "/books", same, world); code != http.StatusConflict {
		t.Errorf("a second book of the title is answered %d in the world that has one, want 409", code)
	}
	if code, _ := s.call("POST", "/books", strings.Replace(book, "Tide", "Ebb", 1), world); code != http.StatusCreated {
		t.Errorf("a second book of the isbn is answered %d, want 201: that rule is gone", code)
	}
	if code, _ := s.call("POST", "/books", same, ""); code != http.StatusCreated {
		t.Errorf("the title is answered %d in the world that has none, want 201", code)
	}
	_, journal := s.call("GET", "/__admin/requests?world="+world, "", "")
	if plans := journal.Get("requests.#.plan").Raw; plans != "[1,2,2]" {
		t.Errorf("the journal has the plans %s, want [1,2,2]", plans)
	}
}

// TestReloadTellsWhatNoLongerFits: records stay whatever the document says now, and are named.
func TestReloadTellsWhatNoLongerFits(t *testing.T) {
	s := openShop(t)
	s.edit("openapi.yaml", "isbn:", "code:", "title, isbn, authorId", "title, code, authorId")
	s.edit("behavior.yaml", "unique: isbn", "unique: code", "immutable: [isbn]", "immutable: [code]")
	if err := s.server.Reload(s.load()); err != nil {
		t.Fatal(err)
	}
	_, plan := s.call("GET", "/__admin/plan", "", "")
	if plan.Get("number").Int() != 2 || plan.Get("unfit").Int() != 24 || plan.Get("misfits.0.table").String() != "book" {
		t.Errorf("the plan is %s; want 24 books that lack a code", plan.Raw)
	}
	s.server.Refused("behavior.yaml:1:1: wrong")
	if _, plan := s.call("GET", "/__admin/plan", "", ""); plan.Get("problems.0").String() != "behavior.yaml:1:1: wrong" {
		t.Errorf("the problems are %s", plan.Get("problems").Raw)
	}
	if _, books := s.call("GET", "/books", "", ""); books.Get("meta.total").Int() != 24 {
		t.Errorf("there are %s books, want the 24 of before", books.Get("meta.total").Raw)
	}
}

// TestReloadUnderTraffic: while plans change, every request is answered by one of them, and
// what was acknowledged is there afterwards.
func TestReloadUnderTraffic(t *testing.T) {
	s := openShop(t)
	_, authors := s.call("GET", "/authors", "", "")
	by := authors.Get("data.0.id").String()
	one := s.load()
	s.edit("behavior.yaml", "{on: book, unique: isbn, refuse: 409}", "{on: book, unique: isbn, fold: true, refuse: 409}")
	plans := [][]*contract.Contract{s.load(), one}
	var made atomic.Int64
	var working sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		working.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				book := fmt.Sprintf(`{"title":"T","isbn":"978%010d","authorId":%q}`, made.Add(1), by)
				if code, answer := s.call("POST", "/books", book, ""); code != http.StatusCreated {
					t.Errorf("a book is answered %d %s", code, answer.Raw)
					return
				}
			}
		})
	}
	for i := range 4 {
		if err := s.server.Reload(plans[i%2]); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	working.Wait()
	if _, books := s.call("GET", "/books?limit=1", "", ""); books.Get("meta.total").Int() != 24+made.Load() {
		t.Errorf("there are %s books; 24 and the %d that were made are wanted", books.Get("meta.total").Raw, made.Load())
	}
}
