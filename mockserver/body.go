package mockserver

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/internal/coding"
)

// What is refused before a contract sees it is told in the contract's own shape all
// the same: a client knows no other.

// maxBody bounds what is read of a request, in bytes.
const maxBody = 1 << 20

// readBody gives the body of a request, or why there is none.
func readBody(q *http.Request) ([]byte, *behavior.Refusal) {
	if q.Body == nil || q.Body == http.NoBody {
		return nil, nil
	}
	var body []byte
	var err error
	if n := q.ContentLength; n > 0 && n <= maxBody {
		body = make([]byte, n)
		_, err = io.ReadFull(q.Body, body)
	} else {
		body, err = io.ReadAll(io.LimitReader(q.Body, maxBody+1))
	}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, unreadable(http.StatusRequestTimeout, "the body did not come in time", "send it faster, or a smaller one")
	case err != nil:
		return nil, unreadable(http.StatusBadRequest, "the body ended before it was whole",
			"send as many bytes as Content-Length says, or all chunks")
	case len(body) > maxBody:
		return nil, unreadable(http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is over %d bytes", maxBody),
			"send a smaller one")
	}
	if why, hint := coding.Unread(q.Header, body); why != "" {
		return nil, unreadable(http.StatusUnsupportedMediaType, why, hint)
	}
	return body, nil
}

func unreadable(status int, message, hint string) *behavior.Refusal {
	return &behavior.Refusal{Status: status, In: "body", Message: message + "; " + hint, Hint: hint}
}
