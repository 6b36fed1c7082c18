package bookshop

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
)

func copyFields() []field {
	return []field{{"condition", true, false, fieldOneOf("new", "good", "worn")}, {"main", false, false, fieldTruth}}
}

// bookOf is the book of a path; a path of none is refused.
func (s *shop) bookOf(w http.ResponseWriter, r *http.Request) row {
	book := s.find("book", r.PathValue("id"))
	if book == nil {
		refuse(w, http.StatusNotFound, "no such book")
	}
	return book
}

// copyOf is the copy of a path, under the book where there is one; a path of none is refused.
func (s *shop) copyOf(w http.ResponseWriter, r *http.Request, book row) row {
	id, err := strconv.Atoi(r.PathValue("copy"))
	if err != nil || id < 1 {
		refuse(w, http.StatusBadRequest, "that is no id of a copy")
		return nil
	}
	c := s.find("copy", strconv.Itoa(id))
	anywhere := book == nil || s.faults["a copy is found under any book"] && r.Method == http.MethodGet
	if c == nil || !anywhere && c["of"] != book["id"] {
		refuse(w, http.StatusNotFound, "no such copy")
		return nil
	}
	return c
}

func (s *shop) listCopies(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if book := s.bookOf(w, r); book != nil {
		answer(w, http.StatusOK, shuffled(keep(s.rows["copy"], func(c row) bool {
			return c["of"] == book["id"] || s.faults["copies of all books in one list"]
		})))
	}
}

// newCopy gives a copy the next number of its book; the main one is the only one.
func (s *shop) newCopy(book, c row) row {
	number, _ := book["next"].(int)
	book["next"] = number + 1
	s.made++
	id := 70_000 + 3*s.made
	c["id"], c["number"], c["of"] = id, number, book["id"]
	if c["main"] == nil {
		c["main"] = false
	}
	for _, other := range s.rows["copy"] {
		if other["of"] == book["id"] && c["main"] == true && !s.faults["two main copies"] {
			other["main"] = false
		}
	}
	delete(c, "sent id")
	return s.add("copy", strconv.Itoa(id), c)
}

func (s *shop) createCopy(w http.ResponseWriter, r *http.Request) {
	sent, ok := read(w, r, copyFields())
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	book := s.bookOf(w, r)
	if book == nil {
		return
	}
	if s.count("copy", func(c row) bool { return c["of"] == book["id"] }) >= 5 && !s.faults["a sixth copy"] {
		refuse(w, http.StatusConflict, "the shelf is full")
		return
	}
	answer(w, http.StatusCreated, s.newCopy(book, sent))
}

func (s *shop) getCopy(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if book := s.bookOf(w, r); book != nil {
		if c := s.copyOf(w, r, book); c != nil {
			answer(w, http.StatusOK, c)
		}
	}
}

func (s *shop) findCopy(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.copyOf(w, r, nil); c != nil {
		answer(w, http.StatusOK, c)
	}
}

func (s *shop) deleteCopy(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	book := s.bookOf(w, r)
	if book == nil {
		return
	}
	c := s.copyOf(w, r, book)
	switch {
	case c == nil:
	case s.count("copy", func(o row) bool { return o["of"] == book["id"] }) == 1 && !s.faults["the last copy goes"]:
		refuse(w, http.StatusConflict, "it is the last one")
	default:
		s.remove("copy", func(o row) bool { return o["id"] == c["id"] })
		empty(w)
	}
}

func readerFields() []field {
	return []field{{"name", true, false, fieldText(1, 1000)},
		{"email", true, false, fieldMatching(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)}, {"phone", false, true, fieldText(0, 1000)}}
}

func (s *shop) listReaders(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	answer(w, http.StatusOK, ordered(s.rows["reader"], "name"))
}

// known says whether another reader has the address.
func (s *shop) known(email, but string) bool {
	return s.count("reader", func(r row) bool {
		same := strings.EqualFold(r.text("email"), email)
		if s.faults["an address in capitals is another one"] {
			same = r.text("email") == email
		}
		return same && (r.text("id") != but || s.faults["a reader's own address is taken"])
	}) > 0
}

func (s *shop) createReader(w http.ResponseWriter, r *http.Request) {
	sent, ok := read(w, r, readerFields())
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known(sent.text("email"), "") {
		refuse(w, http.StatusConflict, "there is one with that address")
		return
	}
	delete(sent, "sent id")
	sent["id"] = newUUID()
	answer(w, http.StatusCreated, s.add("reader", sent.text("id"), sent))
}

func (s *shop) replaceReader(w http.ResponseWriter, r *http.Request) {
	sent, ok := read(w, r, readerFields())
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !uuid(r.PathValue("id")) {
		refuse(w, http.StatusBadRequest, "that is no id of a reader")
		return
	}
	reader := s.find("reader", r.PathValue("id"))
	switch {
	case reader == nil:
		refuse(w, http.StatusNotFound, "no such reader")
	case s.known(sent.text("email"), reader.text("id")):
		refuse(w, http.StatusConflict, "there is one with that address")
	default:
		delete(sent, "sent id")
		if !s.faults["the phone stays"] {
			delete(reader, "phone")
		}
		maps.Copy(reader, sent)
		answer(w, http.StatusOK, reader)
	}
}

func (s *shop) deleteReader(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !uuid(r.PathValue("id")) {
		refuse(w, http.StatusBadRequest, "that is no id of a reader")
		return
	}
	id := r.PathValue("id")
	if s.find("reader", id) == nil {
		refuse(w, http.StatusNotFound, "no such reader")
		return
	}
	s.remove("reader", func(o row) bool { return o["id"] == id })
	empty(w)
}
