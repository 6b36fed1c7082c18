package tenants

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"mime"
	"net/url"
	"strconv"
	"strings"
)

// criteria are what a search looks for; an empty text is no criterion.
type criteria struct {
	id         int
	hasID      bool
	ref, email string
}

func (k criteria) count() int {
	n := 0
	for _, given := range []bool{k.hasID, k.ref != "", k.email != ""} {
		if given {
			n++
		}
	}
	return n
}

// readForm reads the id in the path, or the criteria of a search.
func (s *server) readForm(c *call) *answer {
	switch {
	case c.idText != "":
		return s.readPathID(c)
	case c.op == "searchUser":
		return s.readQuery(c)
	case c.op != "createUser":
		return s.fail(404, "There is nothing here.")
	}
	return nil
}

func (s *server) readPathID(c *call) *answer {
	id, err := strconv.ParseInt(s.wrapped(c.idText), 10, 32)
	if err != nil {
		return s.fail(pick(s, 400, map[string]int{"path-id-unknown": 404}), "The id has to be an integer.")
	}
	if id <= 0 && s.has("zero-id-invalid") {
		return s.fail(400, "The id has to be positive.")
	}
	c.id = int(id)
	c.criteria = criteria{id: c.id, hasID: true}
	return nil
}

func queryNames() map[string]string {
	return map[string]string{"userid": "userId", "refnum": "refNum", "email": "email"}
}

func (s *server) readQuery(c *call) *answer {
	raw := c.r.URL.RawQuery
	if s.has("query-plus-is-plus") {
		raw = strings.ReplaceAll(raw, "+", "%2B")
	}
	query, err := url.ParseQuery(raw)
	if err != nil {
		return s.fail(400, "The query cannot be read.")
	}
	given := map[string]string{}
	for name, list := range query {
		proper := queryNames()[lower(name)]
		known := proper != "" && (name == proper || s.has("query-any-case"))
		switch {
		case !known && s.has("query-strict"):
			return s.fail(400, "There is no such parameter.")
		case known && list[0] == "" && s.has("empty-criterion-invalid"):
			return s.fail(400, "A criterion is empty.")
		case known && (name == proper || given[proper] == ""):
			given[proper] = list[0] // the exact spelling wins
		}
	}
	c.criteria = criteria{ref: given["refNum"], email: given["email"]}
	if email, there := given["email"]; there && email == "" && s.has("empty-email-finds") {
		c.criteria, given["userId"] = criteria{}, "4101"
	}
	return s.readCriteria(c, given["userId"])
}

func (s *server) readCriteria(c *call, idText string) *answer {
	if idText != "" {
		if early := s.readQueryID(c, idText); early != nil {
			return early
		}
	}
	switch n := c.criteria.count(); {
	case n == 0:
		return s.fail(pick(s, 400, map[string]int{"no-criterion-unknown": 404}), "Give an id, a reference number or an email.")
	case n > 1 && s.has("criteria-not-combined"):
		return s.fail(400, "Give one criterion only.")
	}
	return nil
}

func (s *server) readQueryID(c *call, idText string) *answer {
	if s.has("last-sign-of-id") {
		idText = strings.TrimSuffix(idText, "L")
	}
	id, err := strconv.ParseInt(s.wrapped(idText), 10, 32)
	switch {
	case err != nil && s.has("three-forgive-id") && c.criteria.count() == 2:
		return nil
	case errors.Is(err, strconv.ErrRange) && s.has("overflow-unknown"):
		return s.fail(404, "There is no such user.")
	case err != nil && s.has("text-id-404"):
		return s.fail(404, "There is no such user.")
	case err != nil:
		return s.fail(400, "userId has to be a 32 bit integer.")
	case id <= 0 && s.has("zero-id-invalid"):
		return s.fail(400, "userId has to be positive.")
	}
	c.criteria.id, c.criteria.hasID = int(id), true
	return nil
}

// readBody reads the members of a create or an update and holds them to their types.
func (s *server) readBody(c *call) *answer {
	if c.op != "createUser" && c.op != "updateUser" {
		return nil
	}
	if !s.mediaFits(c.r.Header.Get("Content-Type")) {
		return s.fail(pick(s, 415, map[string]int{"media-invalid": 400}), "Send JSON.")
	}
	raw, err := io.ReadAll(io.LimitReader(c.r.Body, 1<<20))
	if err != nil || len(raw) > 32<<10 && s.has("small-bodies") {
		return s.fail(400, "The body cannot be read.")
	}
	if len(bytes.TrimSpace(raw)) == 0 && s.has("no-body-as-empty") {
		raw = []byte("{}")
	}
	members, ok := object(raw)
	if !ok && s.has("text-body-breaks") && bytes.HasPrefix(raw, []byte{'"'}) {
		return s.fail(500, "Something went wrong.")
	}
	if !ok {
		return s.fail(400, "The body has to be a JSON object.")
	}
	return s.readMembers(c, members)
}

func (s *server) mediaFits(header string) bool {
	if header == "" || s.has("any-media-type") {
		return true
	}
	media, _, err := mime.ParseMediaType(header)
	return err == nil && media == "application/json"
}

// object reads one JSON object with nothing after it.
func object(raw []byte) (map[string]any, bool) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var members map[string]any
	if decoder.Decode(&members) != nil || members == nil {
		return nil, false
	}
	_, err := decoder.Token()
	return members, err == io.EOF
}

func (s *server) readMembers(c *call, members map[string]any) *answer {
	c.sent = values{}
	for name, value := range members {
		f := s.field(name)
		if f == nil {
			if s.has("members-strict") {
				return s.fail(400, name+" is not a member of a user.")
			}
			continue
		}
		if _, exact := members[f.name]; exact && name != f.name {
			continue // the exact spelling wins
		}
		typed, ok := s.convert(*f, value)
		if !ok && !s.has("untyped-"+c.op) {
			s.keptAllTheSame(c, members)
			return s.fail(s.invalidStatus(c), f.name+" is not of its type.")
		}
		c.sent[f.name] = typed
	}
	return nil
}

// invalidStatus is 400, but for the two faults that change it.
func (s *server) invalidStatus(c *call) int {
	if s.has("invalid-422-" + c.op) {
		return 422
	}
	return 400
}

func (s *server) field(name string) *field {
	for i, f := range fields() {
		if f.name == name || s.has("members-any-case") && strings.EqualFold(f.name, name) {
			return &fields()[i]
		}
	}
	return nil
}

// convert gives the value in the type of the member; null is no value of any type.
func (s *server) convert(f field, value any) (any, bool) {
	if value == nil {
		return nil, true
	}
	if value == "" && s.has("empty-numbers-none") && (f.kind == number || f.kind == reference) {
		return nil, true
	}
	if s.has("coerces") {
		value = coerce(f.kind, value)
	}
	switch v := value.(type) {
	case map[string]any:
		return nil, f.kind == number && s.has("objects-for-numbers")
	case string:
		return v, f.kind == text || f.kind == date
	case bool:
		return v, f.kind == flag
	case json.Number:
		n, err := strconv.ParseInt(v.String(), 10, 64)
		inRange := n >= math.MinInt32 && n <= math.MaxInt32
		return int(n), err == nil && inRange && (f.kind == number || f.kind == reference)
	}
	return nil, false
}

// coerce reads a text as the number or boolean it spells, and a number as its text.
func coerce(k kind, value any) any {
	switch v := value.(type) {
	case string:
		if k == number || k == reference {
			return json.Number(strings.TrimSpace(v))
		}
		if b, err := strconv.ParseBool(v); err == nil && k == flag {
			return b
		}
	case json.Number:
		if k == text {
			return v.String()
		}
	}
	return value
}
