package probation

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

const bodyLimit = 1 << 20

func crnForm() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Z]\d{6}$`)
}

// bind reads the variables of the path and the body; what cannot be read is 400.
func (s *server) bind(c *call) *answer {
	if s.has("unknown-query-refused") && c.request.URL.RawQuery != "" {
		return failure(http.StatusBadRequest, "")
	}
	if s.has("unacceptable-406") && !acceptsJSON(c.request.Header.Get("Accept")) {
		return failure(http.StatusNotAcceptable, "")
	}
	if a := s.bindPath(c); a != nil {
		return a
	}
	if c.route.listBody {
		return s.bindList(c)
	}
	return nil
}

func (s *server) bindPath(c *call) *answer {
	if crn, there := c.values["crn"]; there && s.has("case-number-form-checked") && !crnForm().MatchString(crn) {
		return failure(http.StatusBadRequest, "A case number is a letter and six digits")
	}
	text, there := c.values["id"]
	if !there {
		return nil
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil && s.has("id-not-a-number-404") {
		return failure(http.StatusNotFound, "Staff with id of "+text+" not found")
	}
	if _, decimal := strconv.ParseFloat(text, 64); err != nil && decimal == nil && s.has("decimal-404") {
		return failure(http.StatusNotFound, "Staff with id of "+text+" not found")
	}
	if err != nil {
		return failure(http.StatusBadRequest, "")
	}
	if id > math.MaxInt32 && s.has("long-ids-400") || id < 0 && s.has("negative-ids-400") {
		return failure(http.StatusBadRequest, "")
	}
	c.id = s.mistaken(id)
	return nil
}

// mistaken is the id that is looked for; only faults make it another.
func (s *server) mistaken(id int64) int64 {
	switch {
	case s.has("ids-of-32-bits"):
		return id & math.MaxUint32
	case id < 0 && s.has("ids-without-sign"):
		return -id
	case id == 0 && s.has("zero-is-somebody"):
		return s.data.people[0].id
	}
	return id
}

func (s *server) bindList(c *call) *answer {
	raw, err := io.ReadAll(io.LimitReader(c.request.Body, bodyLimit))
	if err == nil && len(bytes.TrimSpace(raw)) == 0 && s.has("missing-body-as-empty-list") {
		return nil // what is not there is of no type
	}
	if !s.has("content-type-ignored") && !isJSON(c.request.Header.Get("Content-Type")) {
		return failure(http.StatusUnsupportedMediaType, "")
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var items []any
	if err != nil || decoder.Decode(&items) != nil || items == nil {
		return failure(http.StatusBadRequest, "")
	}
	if s.has("lists-up-to-500") && len(items) > 500 {
		return failure(http.StatusBadRequest, "A list may have 500 items")
	}
	for _, item := range items {
		text, fair := s.scalar(item)
		if !fair {
			return failure(http.StatusBadRequest, "")
		}
		c.items = append(c.items, text)
	}
	return nil
}

func acceptsJSON(accept string) bool {
	return accept == "" || strings.Contains(accept, "json") || strings.Contains(accept, "*/*") ||
		strings.Contains(accept, "application/*")
}

func isJSON(header string) bool {
	media, _, err := mime.ParseMediaType(header)
	return err == nil && (media == "application/json" || strings.HasSuffix(media, "+json"))
}

// scalar is an item as text; numbers and truth values are taken as their spelling.
func (s *server) scalar(item any) (string, bool) {
	text, isText := item.(string)
	if isText && s.has("blank-items-refused") && strings.TrimSpace(text) == "" {
		return "", false
	}
	if isText && s.has("trims-list-items") {
		text = strings.TrimSpace(text)
	}
	if isText || s.has("only-texts-in-lists") {
		return text, isText
	}
	switch v := item.(type) {
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	case nil:
		return "", true
	}
	return "", false
}
