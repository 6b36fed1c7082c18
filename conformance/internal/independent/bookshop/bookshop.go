// Package bookshop is an independent server of the bookshop that the samples of contracts
// have: authors, books, the copies on the shelves, and readers. It was written from the two
// files of that folder alone, and has habits of its own: ids, extra members, times with a
// zone, absent members instead of null, and lists in no order where none is asked for.
package bookshop

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Secret is the token of the one caller.
const Secret = "shelf-and-ladder"

// Fault is one way in which the server can be wrong, and the requirement that it breaks.
type Fault struct{ Name, Breaks string }

// Faults lists all of them.
func Faults() []Fault {
	return []Fault{
		{"two books of one isbn", "SHOP-BOOK-UNIQUE-isbn"},
		{"two books of one isbn, if they come at once", "SHOP-BOOK-UNIQUE-isbn"},
		{"an address in capitals is another one", "SHOP-READER-UNIQUE-email-FOLD"},
		{"a reader's own address is taken", "SHOP-READER-UNIQUE-email-SELF"},
		{"a book of nobody", "SHOP-BOOK-REFERENCE-authorId"},
		{"an author goes before the books", "SHOP-AUTHOR-RESTRICT-book"},
		{"copies outlive their book", "SHOP-BOOK-CASCADE-copy"},
		{"an isbn changes", "SHOP-BOOK-IMMUTABLE-isbn"},
		{"what is retired comes back", "SHOP-BOOK-TRANSITION-status"},
		{"on sale without a price", "SHOP-BOOK-REQUIRED-price"},
		{"the last copy goes", "SHOP-COPY-KEEP-ONE"},
		{"two main copies", "SHOP-COPY-EXCLUSIVE-main"},
		{"a sixth copy", "SHOP-COPY-LIMIT"},
		{"numbers begin with 2", "SHOP-COPY-SEQUENCE-number"},
		{"a book on sale is deleted", "SHOP-BOOK-UNDELETABLE-status"},
		{"titles are searched by letter case", "SHOP-listBooks-FILTER-q"},
		{"pages overlap", "SHOP-listBooks-PAGED"},
		{"books lie about", "SHOP-listBooks-ORDERED"},
		{"a change forgets the price", "SHOP-updateBook-PARTIAL"},
		{"the last change is not dated", "SHOP-updateBook-TOUCHED"},
		{"the id is the client's", "SHOP-createAuthor-SERVER"},
		{"the phone stays", "SHOP-replaceReader-WHOLE"},
		{"copies of all books in one list", "SHOP-listCopies-WITHIN"},
		{"a copy is found under any book", "SHOP-getCopy-OWN"},
	}
}

// row is a record.
type row map[string]any

func (r row) text(name string) string { s, _ := r[name].(string); return s }

// shop is the server. Everything is behind one lock.
type shop struct {
	mu     sync.Mutex
	rows   map[string][]row // by sort
	made   int
	faults map[string]bool
}

// New is a server with these faults and a few records.
func New(faults ...string) http.Handler {
	s := &shop{rows: map[string][]row{}, faults: map[string]bool{}}
	for _, name := range faults {
		if !slices.ContainsFunc(Faults(), func(f Fault) bool { return f.Name == name }) {
			panic("no fault is called " + name)
		}
		s.faults[name] = true
	}
	s.stock()
	mux := http.NewServeMux()
	for pattern, serve := range s.routes() {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(pattern, "/status") && r.Header.Get("Authorization") != "Bearer "+Secret {
				refuse(w, http.StatusUnauthorized, "who are you?")
				return
			}
			serve(w, r)
		})
	}
	return mux
}

func (s *shop) routes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /authors": s.listAuthors, "POST /authors": s.createAuthor,
		"GET /authors/{id}": s.get("author"), "DELETE /authors/{id}": s.deleteAuthor,
		"GET /books": s.listBooks, "POST /books": s.createBook,
		"GET /books/{id}": s.get("book"), "PATCH /books/{id}": s.updateBook, "DELETE /books/{id}": s.deleteBook,
		"POST /books/{id}/publish": s.publishBook,
		"GET /books/{id}/copies":   s.listCopies, "POST /books/{id}/copies": s.createCopy,
		"GET /books/{id}/copies/{copy}": s.getCopy, "DELETE /books/{id}/copies/{copy}": s.deleteCopy,
		"GET /copies/{copy}": s.findCopy,
		"GET /readers":       s.listReaders, "POST /readers": s.createReader,
		"GET /readers/{id}": s.get("reader"), "PUT /readers/{id}": s.replaceReader, "DELETE /readers/{id}": s.deleteReader,
		"GET /status": func(w http.ResponseWriter, _ *http.Request) {
			answer(w, http.StatusOK, row{"open": true, "since": "9 am"})
		},
	}
}

// find is the record of a sort with that id; nil when there is none.
func (s *shop) find(sort, id string) row {
	for _, r := range s.rows[sort] {
		if r.text("key") == id {
			return r
		}
	}
	return nil
}

// add keeps a record under an id of the shop's making.
func (s *shop) add(sort, key string, r row) row {
	r["key"] = key
	s.rows[sort] = append(s.rows[sort], r)
	return r
}

func (s *shop) remove(sort string, gone func(row) bool) {
	s.rows[sort] = slices.DeleteFunc(s.rows[sort], gone)
}

func (s *shop) count(sort string, is func(row) bool) (n int) {
	for _, r := range s.rows[sort] {
		if is(r) {
			n++
		}
	}
	return n
}

func (s *shop) get(sort string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if sort == "reader" && !uuid(r.PathValue("id")) {
			refuse(w, http.StatusBadRequest, "that is no id of a reader")
			return
		}
		found := s.find(sort, r.PathValue("id"))
		if found == nil {
			refuse(w, http.StatusNotFound, "no such "+sort)
			return
		}
		answer(w, http.StatusOK, found)
	}
}
