package journal

import (
	"time"

	"rollcall/specs/har"
)

// HAR gives requests as an HTTP Archive 1.2, which browsers and other tools open.
func HAR(all []Request) ([]byte, error) {
	exchanges := make([]har.Exchange, 0, len(all))
	for i := range all {
		q := &all[i]
		exchanges = append(exchanges, har.Exchange{Started: q.At, Took: time.Duration(q.Micros) * time.Microsecond,
			Method: q.Method, URL: q.URL, Status: q.Status, Request: q.Headers, Answer: q.Answer.Headers,
			Sent: q.Body, Came: q.Answer.Body, SentSize: q.BodySize, GotSize: q.Answer.BodySize,
			Comment: q.comment()})
	}
	return har.Encode("1", "", exchanges)
}

// comment is what an archive has no place for.
func (q *Request) comment() string {
	text := q.Contract + " " + q.Operation
	if q.Persona != "" {
		text += " as " + q.Persona
	}
	if q.Forced != "" {
		text += ", " + q.Forced
	}
	return text
}
