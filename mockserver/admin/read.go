package admin

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"

	"rollcall/mockserver/internal/coding"
)

// maxOrder bounds the body of an order, in bytes.
const maxOrder = 1 << 16

// order reads the body of a call into what it may hold; no body is an empty one,
// however it is sent. It has to be one JSON object without a member that the call
// does not know, and nothing behind it. Without ok the call is answered.
func order[T any](w http.ResponseWriter, q *http.Request, members string) (o T, ok bool) {
	sent, err := io.ReadAll(http.MaxBytesReader(w, q.Body, maxOrder))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		fail(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is over %d bytes", maxOrder))
		return o, false
	case errors.Is(err, os.ErrDeadlineExceeded):
		fail(w, http.StatusRequestTimeout, "the body came too slowly")
		return o, false
	case err != nil:
		fail(w, http.StatusBadRequest, "the body ended before it was whole")
		return o, false
	case len(sent) == 0:
		return o, true
	}
	if why, hint := coding.Unread(q.Header, sent); why != "" {
		fail(w, http.StatusUnsupportedMediaType, why+"; "+hint)
		return o, false
	}
	err = json.Unmarshal(sent, &o, json.RejectUnknownMembers(true), wholeNumbers())
	if err == nil && bytes.TrimLeft(sent, " \t\r\n")[0] != '{' {
		err = errors.New("it is none")
	}
	if err != nil {
		fail(w, http.StatusBadRequest, "the body must be a JSON object with "+members+": "+plainError(err))
	}
	return o, err == nil
}

// nothing is the order of a call that needs no word.
type nothing struct{}

const noMember = "no member"

// asked says whether the query of a call has no parameters but the known ones, each once. If not, the
// call is answered.
func asked(w http.ResponseWriter, q *http.Request, known ...string) bool {
	values, err := url.ParseQuery(q.URL.RawQuery)
	for name, all := range values {
		switch {
		case err != nil:
		case !slices.Contains(known, name):
			err = fmt.Errorf("there is no parameter %.80q", name)
		case len(all) > 1:
			err = fmt.Errorf("%s is there %d times", name, len(all))
		}
	}
	if err != nil {
		has := "this call has no parameters"
		if len(known) > 0 {
			has = fmt.Sprintf("the parameters of this call are %q", known)
		}
		fail(w, http.StatusBadRequest, fmt.Sprintf("the query is not understood: %v; %s", err, has))
	}
	return err == nil
}

// limit reads how many entries are wanted, fallback when that is not said.
func limit(name, text string, fallback int) (int, error) {
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%s is %.80q; give a whole number from 0", name, text)
	}
	return min(n, fallback), nil
}
