package judge

import (
	"mime"
	"net/http"
	"regexp"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/specs/format"
)

// rule is what of the document an answer is judged by.
type rule struct {
	status int  // the documented one, that of the answer unless another is accepted in its place
	open   bool // the body may be anything, or none
}

// rule returns the rule for an answer: its own status, unless a row of the catalogue
// takes another for it.
func (j *Judge) rule(a Answer) rule {
	own := rule{status: a.Status}
	op, ok := j.catalogue.Operation(a.Operation)
	if !ok {
		return own
	}
	if response, ok := j.catalogue.Judged(op, a.Status, j.strict); ok {
		return rule{response.Status, response.Open}
	}
	return own
}

// exempts tells whether the body is left alone, because the answer has another
// status than the one whose body is documented: 204 has none whatever the other
// has, and where none is documented the accepted status may have one.
func (r rule) exempts(response *openapi3.Response, a Answer) bool {
	if r.status == a.Status {
		return false
	}
	return len(response.Content) == 0 || a.Status == http.StatusNoContent && len(a.Body) == 0
}

// lookAtOpen holds of a body of which nothing is said that it is what it says it
// is: JSON has to be JSON.
func lookAtOpen(a Answer) []Finding {
	media, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if err != nil || !isJSON(media) || len(a.Body) == 0 || a.Method == http.MethodHead {
		return nil
	}
	if _, malformed := decode(a.Body); malformed != nil {
		return []Finding{*malformed}
	}
	return nil
}

// isDay takes a day, also written as the instant at which it begins, with or
// without a zone: what many servers make of a column of days.
func isDay(s string, midnight *regexp.Regexp) bool {
	date, rest := s, ""
	if len(s) > len(time.DateOnly) {
		date, rest = s[:len(time.DateOnly)], s[len(time.DateOnly):]
	}
	_, ok := format.Date(date)
	return ok && (rest == "" || midnight.MatchString(rest))
}
