package bookshop

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

func authorFields() []field {
	return []field{{"name", true, false, fieldText(1, 120)}, {"born", false, true, fieldNumber(0, 2026, true)}}
}

func bookFields() []field {
	return []field{
		{"title", true, false, fieldText(1, 200)}, {"isbn", true, false, fieldMatching("^97[89][0-9]{10}$")},
		{"authorId", true, false, fieldText(0, 1000)}, {"price", false, true, fieldNumber(0, 1e9, false)},
		{"status", false, false, fieldOneOf("draft", "published", "retired")},
	}
}

// stock fills the shelves before anybody comes.
func (s *shop) stock() {
	for i, name := range []string{"Ottilie Brandt", "Jonas Ek", "Marit Sund"} {
		author := s.add("author", hex(5), row{"name": name, "createdAt": now()})
		author["id"] = author.text("key")
		for n := range 4 {
			book := s.newBook(row{"title": fmt.Sprintf("Harbour %d.%d", i, n), "isbn": fmt.Sprintf("978100000%d%03d", i, n),
				"authorId": author.text("id"), "price": 12.5})
			s.newCopy(book, row{"condition": "good"})
		}
	}
}

func (s *shop) listAuthors(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := strings.ToLower(r.URL.Query().Get("q"))
	found := keep(s.rows["author"], func(a row) bool { return strings.Contains(strings.ToLower(a.text("name")), q) })
	s.page(w, r, ordered(found, "name"))
}

func (s *shop) createAuthor(w http.ResponseWriter, r *http.Request) {
	sent, ok := read(w, r, authorFields())
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	sent["id"] = hex(5)
	if own := sent.text("sent id"); own != "" && s.faults["the id is the client's"] {
		sent["id"] = own
	}
	delete(sent, "sent id")
	sent["createdAt"] = now()
	answer(w, http.StatusCreated, s.add("author", sent.text("id"), sent))
}

func (s *shop) deleteAuthor(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := r.PathValue("id")
	switch {
	case s.find("author", id) == nil:
		refuse(w, http.StatusNotFound, "no such author")
	case !s.faults["an author goes before the books"] && s.count("book", func(b row) bool { return b["authorId"] == id }) > 0:
		refuse(w, http.StatusConflict, "there are books")
	default:
		s.remove("author", func(a row) bool { return a["id"] == id })
		empty(w)
	}
}

func (s *shop) listBooks(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := r.URL.Query()
	if status := q.Get("status"); q.Has("status") && fieldOneOf("draft", "published", "retired")(status) {
		refuse(w, http.StatusBadRequest, "status is not good")
		return
	}
	found := keep(s.rows["book"], func(b row) bool {
		title, part := b.text("title"), q.Get("q")
		if !s.faults["titles are searched by letter case"] {
			title, part = strings.ToLower(title), strings.ToLower(part)
		}
		return strings.Contains(title, part) && (!q.Has("author") || b["authorId"] == q.Get("author")) &&
			(!q.Has("status") || b["status"] == q.Get("status"))
	})
	if s.faults["books lie about"] {
		slices.Reverse(found)
		s.page(w, r, found)
		return
	}
	s.page(w, r, ordered(found, "title", "id"))
}

func (s *shop) newBook(b row) row {
	s.made++
	b["id"] = fmt.Sprintf("BK%d%s", 5000+s.made, hex(2))
	if b["status"] == nil {
		b["status"] = "draft"
	}
	b["createdAt"], b["updatedAt"], b["next"] = now(), now(), 1
	if s.faults["numbers begin with 2"] {
		b["next"] = 2
	}
	delete(b, "sent id")
	return s.add("book", b.text("id"), b)
}

// why says what is wrong with a book as it would be; 0 for nothing.
func (s *shop) why(b row) (int, string) {
	switch {
	case !s.faults["a book of nobody"] && s.find("author", b.text("authorId")) == nil:
		return http.StatusUnprocessableEntity, "there is no such author"
	case !s.faults["on sale without a price"] && b["status"] == "published" && b["price"] == nil:
		return http.StatusUnprocessableEntity, "it has no price"
	}
	return 0, ""
}

func (s *shop) taken(isbn string) bool {
	return s.count("book", func(b row) bool { return b["isbn"] == isbn }) > 0
}

func (s *shop) createBook(w http.ResponseWriter, r *http.Request) {
	sent, ok := read(w, r, bookFields())
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if status, why := s.why(sent); status != 0 {
		refuse(w, status, why)
		return
	}
	taken := s.taken(sent.text("isbn"))
	if s.faults["two books of one isbn, if they come at once"] { // looks, and leaves the door open
		s.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
		s.mu.Lock()
	}
	if taken && !s.faults["two books of one isbn"] {
		refuse(w, http.StatusConflict, "there is one with that isbn")
		return
	}
	answer(w, http.StatusCreated, s.newBook(sent))
}

// leads says whether a book may go from one state to another.
func (s *shop) leads(from, to any) bool {
	next := map[any]any{"draft": "published", "published": "retired"}
	return from == to || next[from] == to || from == "retired" && to == "published" && s.faults["what is retired comes back"]
}

func (s *shop) updateBook(w http.ResponseWriter, r *http.Request) {
	sent, ok := read(w, r, optional(bookFields()))
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	book := s.find("book", r.PathValue("id"))
	if book == nil {
		refuse(w, http.StatusNotFound, "no such book")
		return
	}
	delete(sent, "sent id")
	changed := copied(book)
	maps.Copy(changed, sent)
	_, there := sent["price"]
	if !there && s.faults["a change forgets the price"] && sent["status"] == nil && book["status"] == "draft" {
		changed["price"] = nil
	}
	status, why := s.why(changed)
	switch {
	case changed["isbn"] != book["isbn"] && !s.faults["an isbn changes"]:
		refuse(w, http.StatusUnprocessableEntity, "an isbn does not change")
	case changed["isbn"] != book["isbn"] && s.taken(changed.text("isbn")):
		refuse(w, http.StatusConflict, "there is one with that isbn")
	case !s.leads(book["status"], changed["status"]):
		refuse(w, http.StatusConflict, "it does not go there")
	case status != 0:
		refuse(w, status, why)
	default:
		maps.Copy(book, changed)
		if !s.faults["the last change is not dated"] {
			book["updatedAt"] = now()
		}
		answer(w, http.StatusOK, book)
	}
}

func (s *shop) deleteBook(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	book := s.find("book", r.PathValue("id"))
	switch {
	case book == nil:
		refuse(w, http.StatusNotFound, "no such book")
	case book["status"] == "published" && !s.faults["a book on sale is deleted"]:
		refuse(w, http.StatusConflict, "it is on sale")
	default:
		s.remove("book", func(b row) bool { return b["id"] == book["id"] })
		if !s.faults["copies outlive their book"] {
			s.remove("copy", func(c row) bool { return c["of"] == book["id"] })
		}
		empty(w)
	}
}

func (s *shop) publishBook(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	book := s.find("book", r.PathValue("id"))
	switch {
	case book == nil:
		refuse(w, http.StatusNotFound, "no such book")
	case !s.leads(book["status"], "published"):
		refuse(w, http.StatusConflict, "it does not go there")
	case book["price"] == nil && !s.faults["on sale without a price"]:
		refuse(w, http.StatusUnprocessableEntity, "it has no price")
	default:
		book["status"], book["updatedAt"] = "published", now()
		answer(w, http.StatusOK, book)
	}
}
